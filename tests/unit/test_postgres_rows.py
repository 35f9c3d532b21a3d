"""Rows that wait to be written go out in few statements, and none overtakes one that it excludes."""

from __future__ import annotations

from typing import Any

from queue_server.store.postgres_rows import RowsToWrite, merged

LINE = "INSERT INTO line (site, queue, priority, only_counter, waiting) VALUES (?, ?, ?, ?, ?) ON CONFLICT UP"
TICKET = "INSERT INTO ticket (site, id, counter) VALUES (?, ?, ?)"
OWED = "INSERT INTO delivery (site, target, state) VALUES (?, ?, 'owed')"


def taken(rows: RowsToWrite) -> list[tuple[str, tuple[Any, ...]]]:
    return [(sql.decode(), values) for sql, values in rows.taken()]


def test_of_a_row_that_is_replaced_again_and_again_only_the_last_goes_out() -> None:
    rows = RowsToWrite()
    for waiting in range(1, 40):
        assert rows.add(LINE, "nho", ("dat", "ordinary", "", waiting))
        assert rows.add(LINE, "nho", ("thue", "ordinary", "", 7))
    ((sql, values),) = taken(rows)
    assert "VALUES ($1, $2, $3, $4, $5), ($1, $6, $7, $8, $9) ON CONFLICT" in sql
    assert values == ("nho", "dat", "ordinary", "", 39, "thue", "ordinary", "", 7)
    assert taken(rows) == []


def test_many_rows_go_out_in_order_and_in_few_sizes_of_statements() -> None:
    rows = RowsToWrite()
    for number in range(13):
        assert rows.add(TICKET, "nho", (f"t{number}", None))
        assert rows.add(OWED, "nho", ("k1",))
    statements = taken(rows)
    assert [sql.count("INSERT") for sql, _ in statements] == [2, 2, 2]
    assert [len(values) for _, values in statements] == [1 + 8 * 3, 1 + 4 * 3, 1 + 3]
    tickets = [value for _, values in statements for value in values if str(value).startswith("t")]
    assert tickets == [f"t{number}" for number in range(13)]


def test_a_ticket_that_changes_again_waits_for_its_first_change_to_go_out() -> None:
    rows = RowsToWrite()
    assert rows.add(TICKET, "nho", ("a", "c1"))
    assert rows.add(TICKET, "nho", ("b", None))
    assert not rows.add(TICKET, "nho", ("a", None))


def test_rows_of_another_centre_wait() -> None:
    rows = RowsToWrite()
    assert rows.add(TICKET, "nho", ("a", None))
    assert not rows.add(TICKET, "to", ("b", None))
    rows.forget()
    assert rows.add(TICKET, "to", ("b", None))


def test_what_follows_the_row_of_values_stays_behind_the_rows() -> None:
    sql = merged(((OWED, 2), (LINE, 1))).decode()
    assert sql == (
        "WITH part0 AS (INSERT INTO delivery (site, target, state) VALUES ($1, $2, 'owed'), ($1, $3, 'owed'))"
        " INSERT INTO line (site, queue, priority, only_counter, waiting) VALUES ($1, $4, $5, $6, $7)"
        " ON CONFLICT UP"
    )
