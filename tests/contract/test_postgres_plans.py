"""How PostgreSQL finds the rows that orders and screens ask for: the server tells, with a long history."""

from __future__ import annotations

import re
from urllib.parse import quote

from queue_server.store.postgres import PostgresStore
from tests.engines import PostgresServer, database_of, emptied_database
from tests.halls import TestHall
from tests.two_days import live_two_days

PAST = 20_000
PAGES = 120
"""The most that one statement may look at; a walk through the history would look at more."""

_SETTINGS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
}
_HISTORY = (
    f"""
INSERT INTO motcua.ticket SELECT 'nho', 'past' || n, '2026-10-' || lpad((n % 30 + 1)::text, 2, '0'), 'dat',
    'dat', n, 'A' || n, 'past-secret-' || n, 'ordinary', NULL, 'vi', 'k1', n, n, n, 'finished', '',
    'c' || n % 2 + 1, 1, n, n, n, 'done', NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL, '', NULL, 0
FROM generate_series(1, {PAST}) n
""",
    f"""
INSERT INTO motcua.journal SELECT 'nho', n, n, 'past', 'Past', 1, '{{}}', '', 'hash', 'past' || n
FROM generate_series(2, {PAST}) n
""",
    f"UPDATE motcua.head SET seq = {PAST}, hash = 'hash', changes = changes + 1",
    f"""
INSERT INTO motcua.answer SELECT 'nho', 'past', 'key' || n, 'f', '{{}}', 9999999999999
FROM generate_series(1, {PAST}) n
""",
    f"""
INSERT INTO motcua.delivery (site, channel, target, seq, body, state, due_at, attempts, at)
SELECT 'nho', 'slip', 'k1', n, '{{"ticket": "past1"}}', 'done', 0, 1, 0 FROM generate_series(1, {PAST}) n
""",
)


def plans(log: str) -> list[str]:
    """Each statement with its plan, as auto_explain logged it."""
    return re.split(r"\n(?=\d{4}-\d\d-\d\d )", log)


def test_no_order_and_no_screen_reads_more_the_longer_the_history_is(postgres_server: PostgresServer) -> None:
    """Every statement finds its rows by an index, in the order it wants them, and looks at few pages."""
    url = emptied_database(postgres_server)
    settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    quiet = PostgresStore(url)
    TestHall(quiet)
    quiet.close()
    for statement in _HISTORY:
        postgres_server.ask(statement, database=database_of(url))
    before = len(postgres_server.log)
    store = PostgresStore(f"{url}?options={quote(settings)}")
    hall = TestHall.__new__(TestHall)
    vars(hall).update(vars(TestHall()), store=store)
    live_two_days(hall)
    store.close()
    told = [
        plan
        for plan in plans(postgres_server.log[before:])
        if "Query Text:" in plan and "motcua.migration" not in plan
    ]
    assert len(told) > 200
    assert any("UPDATE motcua.place" in plan for plan in told), "what triggers do is told too"
    grown = [plan for plan in told if re.search(r"Seq Scan on (?!head)|\bSort  \(|Sort Method", plan)]
    grown += [
        plan for plan in told if max(map(int, re.findall(r"shared hit=(\d+)", plan)), default=0) > PAGES
    ]
    assert grown == []
