"""Every order of a day, killed before and after each statement that it makes, on the embedded store.

`python -m tests.crash.kill_points FOLDER STEP SEED` forks a child for each death: the child opens the file,
carries out one order and sends itself SIGKILL before its n-th statement; then before the n + STEP-th, and so
on, until it dies with the answer ready and unsaid. Between two deaths the file is opened and checked: before
its COMMIT nothing of an order is there, and after it all; who asks again gets the answer that was kept.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from queue_server.app import journal
from queue_server.app.describing import describe
from queue_server.app.replay import replay
from queue_server.app.views import shapes
from queue_server.app.write_path import Done, Order, carry_out
from queue_server.core import commands as c
from queue_server.core.model import Actor
from queue_server.store.sqlite import SqliteStore
from tests.crash.people import crash_site
from tests.halls import KIOSK, officer
from tests.sites import DAY, MINUTE, MORNING

SITE = replace(crash_site(2), kiosks=(replace(crash_site(2).kiosks[0], printer="virtual://own"),))
AN, BO, CHI, DU = (f"{n:032x}" for n in range(1, 5))


def a_day() -> Iterator[tuple[c.Command, Actor, int]]:
    """(order, who gives it, when)"""
    one, two = officer("one"), officer("two")
    orders: list[tuple[c.Command, Actor]] = [
        *((c.IssueTicket(id, f"secret-{id[-4:]}", "q0", origin="k1"), KIOSK) for id in (AN, BO, CHI)),
        (c.OpenCounter("c1"), one),
        (c.OpenCounter("c2"), two),
        (c.CallNext("c1"), one),
        (c.RecallTicket(AN), one),
        (c.StartService(AN), one),
        (c.ParkTicket(AN, "copy"), one),
        (c.CallNext("c2"), two),
        (c.MarkNoShow(BO), two),
        (c.UndoTicket(BO), two),
        (c.StartService(BO), two),
        (c.AddService(BO, "q1"), two),
        (c.FinishService(BO, "done", "see the second page"), two),
        (c.UnparkTicket(AN), one),
        (c.CallNext("c1"), one),
        (c.TransferTicket(AN, counter="c2"), one),
        (c.CallNext("c1"), one),
        (c.ReturnTicket(CHI), one),
        (c.CancelTicket(CHI, "left"), one),
        (c.PauseCounter("c1", "break"), one),
        (c.ResumeCounter("c1"), one),
        (c.CloseCounter("c1"), one),
    ]
    now = MORNING
    for command, actor in orders:
        now += MINUTE // 10
        yield command, actor, now
    yield c.IssueTicket(DU, "secret-next-day", "q0"), KIOSK, now + DAY  # who still waits expires before it


def dies(path: Path, order: tuple[c.Command, Actor, int], key: str, death: int) -> bool:
    """Whether a child died at statement `death` of the order; False: with the answer ready and unsaid."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _carry_out(path, order, key, death, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        had_an_answer = bool(pipe.read())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL, f"the child ended with {status}"
    return not had_an_answer


def _carry_out(path: Path, order: tuple[c.Command, Actor, int], key: str, death: int, tell: int) -> None:
    try:
        store = SqliteStore(path)
        statements = itertools.count(1)

        def before(statement: str) -> None:
            if next(statements) == death:
                os.kill(os.getpid(), signal.SIGKILL)

        with store.connection() as db:
            db.conn.set_trace_callback(before)
        _do(store, order, key)
        os.write(tell, b"!")
        os.kill(os.getpid(), signal.SIGKILL)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _do(store: SqliteStore, order: tuple[c.Command, Actor, int], key: str) -> Done:
    command, actor, now = order
    with store.writing(SITE.id) as transaction:
        return carry_out(transaction, SITE.id, Order(command, actor, key, "f"), now, shapes.answer_to)


def check(path: Path, before: tuple[int, int]) -> tuple[int, int]:
    """(journal entries, answers) that the file holds, after it was found whole."""
    store = SqliteStore(path)
    with store.reading(SITE.id) as reading:
        verdict = journal.verify(SITE.id, reading)
        assert verdict.broken_at is None, verdict.problem
        assert replay(reading, SITE).differences == ()
    with store.connection() as db:
        answers = int(db.execute("SELECT count(*) FROM answer").fetchone()[0])
        numbers = Counter(db.execute("SELECT day, series, number FROM ticket").fetchall())
    store.close()
    assert not numbers or max(numbers.values()) == 1
    now = (verdict.entries, answers)
    whole = now[0] > before[0] and now[1] == before[1] + 1
    assert now == before or whole, f"half an order: {before} {now}"
    return now


def main() -> None:
    """Prints how many died, over how many orders, and the last statement at which one did."""
    path, step, dice = Path(sys.argv[1]) / "motcua.db", int(sys.argv[2]), random.Random(sys.argv[3])
    store = SqliteStore(path)
    describe(store, SITE)
    store.close()
    deaths, longest = 0, 0
    state = check(path, (0, -1))
    for turn, order in enumerate(a_day()):
        before, key = state, f"key-{turn}"
        for death in itertools.count(1 + dice.randrange(step), step):
            deaths += 1
            died_early = dies(path, order, key, death)
            state = check(path, before)
            if not died_early:
                break
            assert state == before, f"{order[0]} was kept before its COMMIT"
        assert state[1] == before[1] + 1, f"{order[0]} was answered and not kept"
        store = SqliteStore(path)
        assert _do(store, order, key).repeated
        store.close()
        longest = max(longest, death)
    print(json.dumps({"deaths": deaths, "orders": turn + 1, "statements": longest}))


if __name__ == "__main__":
    main()
