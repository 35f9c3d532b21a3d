"""What the PostgreSQL store owes besides the contract: trouble said plainly, locks, guards, query plans."""

from __future__ import annotations

import itertools
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from queue_server import concurrency
from queue_server.app.access_log import Act, Noted
from queue_server.app.ports import Conflict, StoreTrouble
from queue_server.app.views import shapes
from queue_server.app.write_path import Order, carry_out
from queue_server.app.writer import Writer, _Job
from queue_server.core.commands import (
    CallNext,
    CloseCounter,
    Command,
    FinishService,
    IssueTicket,
    MarkNoShow,
    OpenCounter,
    StartService,
)
from queue_server.core.model import Changes
from queue_server.store import postgres_session
from queue_server.store.postgres import PostgresStore
from queue_server.store.postgres_connections import KEPT, MORE
from tests.engines import FORGETFUL, PostgresServer, database_of, emptied_database, fresh_database
from tests.halls import KIOSK, SUPERVISOR, TestHall, officer
from tests.sites import MORNING, small_site
from tests.two_days import live_two_days


@pytest.fixture
def url(postgres_server: PostgresServer) -> str:
    return emptied_database(postgres_server)


@pytest.fixture
def store(url: str) -> Iterator[PostgresStore]:
    made = PostgresStore(url)
    yield made
    made.close()


@pytest.fixture
def hall(store: PostgresStore) -> TestHall:
    return TestHall(store)


# ---- locks ------------------------------------------------------------------------------------------------


def waiting_locks(server: PostgresServer, url: str) -> list[Any]:
    return server.ask("SELECT locktype FROM pg_locks WHERE NOT granted", database=database_of(url))


def test_sites_never_wait_for_each_other_and_one_site_does(
    postgres_server: PostgresServer, url: str, store: PostgresStore
) -> None:
    """While one site's order stands still, all others go on; a second one for the same site waits."""
    halls = {name: TestHall(store, small_site(id=name)) for name in ("nho", *(f"x{n}" for n in range(40)))}
    for one in halls.values():
        one.issue()
    inside, leave = threading.Event(), threading.Event()

    def stand_still() -> None:
        with store.writing("nho") as transaction:
            transaction.head()
            inside.set()
            leave.wait(60)

    def go_on(one: TestHall) -> None:
        for _ in range(3):
            one.issue()

    with ThreadPoolExecutor(8) as people:
        still = people.submit(stand_still)
        try:
            assert inside.wait(30)
            others = [people.submit(go_on, one) for name, one in halls.items() if name != "nho"]
            seen: list[Any] = []
            while not all(other.done() for other in others):
                seen += waiting_locks(postgres_server, url)
            assert seen == []
            second = people.submit(halls["nho"].issue)
            while not (seen := waiting_locks(postgres_server, url)):
                assert not second.done()
            assert seen == [("advisory",)]
        finally:
            leave.set()
        for one in (still, second, *others):
            one.result(30)
    assert halls["nho"].waiting() == {"dat": 2}


def test_a_site_that_somebody_holds_too_long_is_trouble(url: str, store: PostgresStore) -> None:
    impatient = PostgresStore(f"{url}?options=-c%20lock_timeout%3D50ms")
    with store.writing("nho") as transaction:
        transaction.head()
        with pytest.raises(StoreTrouble, match="another process holds this site"):
            with impatient.writing("nho") as second:
                second.head()
    with impatient.writing("nho") as transaction:
        transaction.head()
    impatient.close()


def test_what_one_process_reads_does_not_change_while_it_reads(url: str, hall: TestHall) -> None:
    other = PostgresStore(url)
    with other.reading("nho") as reading:
        before = reading.lines()
        hall.issue()
        assert reading.lines() == before
        assert reading.head() == (0, "")
    with other.reading("nho") as reading:
        assert [line.waiting for line in reading.lines()] == [1]
    other.close()


def test_who_only_reads_cannot_write(store: PostgresStore) -> None:
    with pytest.raises(StoreTrouble, match="read-only"), store.reading("nho") as reading:
        reading._session.rows("DELETE FROM ticket RETURNING 1")


# ---- trouble ----------------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_so_that_it_can_be_mended(postgres_server: PostgresServer, url: str) -> None:
    server, database = postgres_server, database_of(url)
    server.ask("DROP ROLE IF EXISTS strict")
    server.ask("CREATE ROLE strict LOGIN PASSWORD 'right' CONNECTION LIMIT 0")
    spare = PostgresServer.url
    for address, words in {
        spare(server, "nowhere"): "no such database: make it",
        spare(server, database, "strict", "wrong-word"): "refuses the password",
        spare(server, database, "nobody-of-that-name"): "does not exist",
        f"postgresql://postgres@127.0.0.1:1/{database}": "does not answer: is it running",
        "postgresql://postgres@127.0.0.1/x?nonsense=1": "--database",
        spare(server, database, "strict", "right"): "no connection left",
    }.items():
        with pytest.raises(StoreTrouble, match=words) as trouble:
            PostgresStore(address)
        assert "wrong-word" not in str(trouble.value)
    server.ask("DROP ROLE strict")


def test_a_standby_that_takes_no_writes_is_called_so(postgres_server: PostgresServer, url: str) -> None:
    store = PostgresStore(f"{url}?options=-c%20default_transaction_read_only%3Don")
    with pytest.raises(StoreTrouble, match="primary"):
        TestHall(store)
    assert store.sites() == []
    store.close()


def test_a_lost_connection_is_trouble_once_and_never_lent_again(
    postgres_server: PostgresServer, url: str, store: PostgresStore, hall: TestHall
) -> None:
    def turn_out() -> None:
        for pid in postgres_server.backends(database_of(url)):
            postgres_server.ask("SELECT pg_terminate_backend(%s, 5000)", pid)

    hall.issue()
    turn_out()
    hall.issue()  # what lay idle was looked at before it was lent
    with pytest.raises(StoreTrouble), store.writing("nho") as transaction:
        transaction.keep_note("t", "ghi chú", "person:an", MORNING)
        turn_out()
    with pytest.raises(StoreTrouble, match=r"stopped|lost|closed"), store.reading("nho") as reading:
        reading.day()
        turn_out()
        reading.head()
    hall.issue()
    assert hall.waiting() == {"dat": 3}
    with store.reading("nho") as reading:
        assert reading.note("t") is None


def test_a_reading_that_met_trouble_never_says_later_that_there_is_nothing(
    postgres_server: PostgresServer, url: str, store: PostgresStore, hall: TestHall
) -> None:
    hall.issue()
    with pytest.raises(StoreTrouble), store.reading("nho") as reading:
        for backend in postgres_server.backends(database_of(url)):
            postgres_server.ask("SELECT pg_terminate_backend(%s, 5000)", backend)
        for _ in range(2):
            with pytest.raises(psycopg.OperationalError):
                reading.head()
        reading.site()


def test_what_was_known_of_a_site_is_forgotten_with_a_lost_connection(
    postgres_server: PostgresServer, url: str, hall: TestHall
) -> None:
    """The server that comes back may be a restored one."""
    hall.issue()
    assert hall.waiting() == {"dat": 1}
    database = database_of(url)
    postgres_server.ask("UPDATE motcua.line SET waiting = 7", database=database)
    assert hall.waiting() == {"dat": 1}, "nobody counted that change"
    for pid in postgres_server.backends(database):
        postgres_server.ask("SELECT pg_terminate_backend(%s, 5000)", pid)
    assert hall.waiting() == {"dat": 7}


def test_a_server_that_was_killed_loses_nothing_and_is_used_again_when_it_is_back() -> None:
    server = PostgresServer(FORGETFUL)
    try:
        store = PostgresStore(fresh_database(server))
        hall = TestHall(store)
        ticket = hall.issue()
        with pytest.raises(StoreTrouble), store.writing("nho") as transaction:
            transaction.keep_note(ticket, "ghi chú", "person:an", MORNING)
            server.kill()
        with pytest.raises(StoreTrouble, match="does not answer"):
            hall.issue()
        assert not store.leadership("relay").held()
        server.start()
        assert hall.ticket(ticket).label == "A001"
        hall.issue()
        with store.reading("nho") as reading:
            assert reading.note(ticket) is None
        store.close()
    finally:
        server.close()


class CutLine:
    """Between a store and its server: once it `cuts`, questions arrive there and no answer comes back."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cuts = False
        self.round_trips = 0
        self._asking = False
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                server = socket.create_connection(("127.0.0.1", self._server.port))
                threading.Thread(target=self._carry, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._carry, args=(server, client, True), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while (piece := here.recv(65_536)) and not (is_answer and self.cuts):
                self.round_trips += is_answer and self._asking
                self._asking = not is_answer
                there.sendall(piece)
        for end in (here, there):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self._listener.close()


class Told:
    """What one order was answered."""

    def set(self, result: Any) -> None:
        if isinstance(result, BaseException):
            raise result


def test_orders_of_one_commit_take_two_round_trips_and_three_after_another_process_wrote(
    postgres_server: PostgresServer, url: str
) -> None:
    """However many they are. Who opens is told by name; who finishes may be sent on: one more."""
    line = CutLine(postgres_server)
    far = PostgresStore(url.replace(f":{postgres_server.port}/", f":{line.port}/"))
    hall, numbers = TestHall(far), itertools.count(1)
    threads = concurrency.enter("threading")
    writer = Writer(far, lambda: hall.now, threads, shapes.answer_to, lambda *_: None)

    def trips(*commands: Command) -> int:
        before = line.round_trips
        orders = [Order(command, SUPERVISOR, f"key-{next(numbers)}", "f") for command in commands]
        writer._commit("nho", [_Job("nho", order, Told()) for order in orders])
        return line.round_trips - before

    def issues(count: int) -> list[Command]:
        return [IssueTicket(f"{n:032x}", f"secret-{n}", "dat") for n in itertools.islice(numbers, count)]

    other = PostgresStore(url)
    for _ in range(2):  # the first time all is new to them
        seen = [trips(*issues(1)), trips(*issues(9)), trips(OpenCounter("c1")), trips(CallNext("c1"))]
        ticket = hall.desk("c1").ticket or ""
        seen += [trips(StartService(ticket)), trips(FinishService(ticket)), trips(CloseCounter("c1"))]
    assert seen == [2, 2, 3, 2, 2, 3, 2]
    with other.writing("nho") as transaction:
        carry_out(transaction, "nho", Order(issues(1)[0], KIOSK), hall.now, shapes.answer_to)
    assert trips(*issues(9)) == 3
    for counter in ("c1", "c2"):
        hall.do(OpenCounter(counter), officer(counter))
    trips(CallNext("c1"))
    first = hall.desk("c1").ticket or ""
    assert trips(MarkNoShow(first), CallNext("c1"), CallNext("c2")) == 2
    other.close()
    far.close()
    line.close()


def test_statements_beyond_those_that_are_prepared_work_as_well(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_session, "MOST_PREPARED", 3)
    live_two_days(TestHall(store))
    assert len(store._connections._idle[0].statements) == 3


def test_a_commit_whose_answer_is_lost_is_trouble_and_asking_again_gives_the_same_ticket(
    postgres_server: PostgresServer, url: str, hall: TestHall
) -> None:
    """It may have been carried out or not: nobody is told that it was not."""
    line = CutLine(postgres_server)
    far = PostgresStore(url.replace(f":{postgres_server.port}/", f":{line.port}/"))
    order = Order(IssueTicket("f" * 32, "secret-f", "dat"), KIOSK, "key-f", "same")
    with pytest.raises(StoreTrouble, match=r"closed|lost|reset"), far.writing("nho") as transaction:
        carry_out(transaction, "nho", order, hall.now, shapes.answer_to)
        line.cuts = True
    line.cuts = False
    assert hall.waiting() == {"dat": 1}, "it was carried out"
    with far.writing("nho") as transaction:
        again = carry_out(transaction, "nho", order, hall.now, shapes.answer_to)
    assert again.repeated and again.answer is not None and again.answer["label"] == "A001"
    assert hall.waiting() == {"dat": 1}
    far.close()
    line.close()


def test_a_transaction_that_the_database_undid_is_never_carried_on(
    store: PostgresStore, hall: TestHall
) -> None:
    with pytest.raises(StoreTrouble, match="undone"), store.writing("nho") as transaction:
        transaction.owe("slip", "k1", 1, "{}", MORNING)
        with transaction.savepoint():
            transaction._session.rows("SELECT no_such_column")
    with pytest.raises(StoreTrouble, match="undone"), store.writing("nho") as transaction:
        transaction.owe("slip", "k1", 1, "{}", MORNING)
        transaction._session.run("ROLLBACK")
        transaction._session.run("BEGIN")
        transaction._session.run("SAVEPOINT fails")
        transaction._session.settle()
        with pytest.raises(psycopg.Error):
            transaction._session.rows("SELECT no_such_column")
    with store.reading("nho") as reading:
        assert reading.due("slip", "k1", MORNING, 9) == []


def test_a_conflict_undoes_its_order_and_the_batch_goes_on(store: PostgresStore, hall: TestHall) -> None:
    ticket = hall.ticket(hall.issue())
    with store.writing("nho") as transaction:
        transaction.keep_note("a", "trước", "person:an", MORNING)
        for _ in range(3):
            with pytest.raises(Conflict, match="ticket_secret"), transaction.savepoint():
                transaction.keep_note("b", "giữa", "person:an", MORNING)
                twin = replace(ticket, id="f" * 32, number=77)
                transaction.save(Changes({twin.id: twin}))
        transaction.keep_note("c", "sau", "person:an", MORNING)
    with store.reading("nho") as reading:
        assert [reading.note(one) for one in "abc"] == ["trước", None, "sau"]
        assert reading.ticket(ticket.id) == ticket


def test_a_snapshot_asks_for_each_ticket_once_and_a_writer_looks_afresh(
    store: PostgresStore, hall: TestHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hall.ticket(hall.issue())
    asked: list[str] = []
    send = postgres_session.Session.rows

    def rows(session: postgres_session.Session, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return send(session, sql, *values)

    monkeypatch.setattr(postgres_session.Session, "rows", rows)
    with store.reading("nho") as reading:
        assert [reading.ticket(ticket.id) for _ in range(3)] == [ticket] * 3
        assert reading.ticket("nobody") is reading.ticket("nobody") is None
        assert len(asked) == 2
    with store.writing("nho") as transaction:
        assert transaction.ticket(ticket.id) == ticket
        changed = replace(ticket, language="en")
        transaction.save(Changes({ticket.id: changed}))
        assert transaction.ticket(ticket.id) == changed


def test_a_text_with_a_nul_character_finds_nothing_and_is_not_kept(
    store: PostgresStore, hall: TestHall
) -> None:
    hall.issue()
    assert store.site_of_secret("secret-00000001\0") is None
    with store.reading("nho") as reading:
        assert reading.ticket("\0") is None
        assert reading.ticket_by_secret("a\0") is None
    with pytest.raises(Conflict, match="NUL"), store.writing("nho") as transaction:
        transaction.keep_note("t", "a\0b", "person:an", MORNING)


def test_a_burst_of_readers_leaves_a_few_connections(store: PostgresStore) -> None:
    gate = threading.Barrier(3 * (KEPT + MORE))

    def read() -> None:
        with store.reading("nho") as reading:
            reading.day()
            gate.wait(30)

    readers = [threading.Thread(target=read) for _ in range(3 * (KEPT + MORE))]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(store._connections._idle) == KEPT + MORE


def test_a_store_that_was_closed_says_so(store: PostgresStore) -> None:
    store.close()
    with pytest.raises(StoreTrouble, match="closed"), store.reading("nho"):
        raise AssertionError("it is closed")


# ---- the schema -------------------------------------------------------------------------------------------


def test_the_journal_is_never_changed_cut_or_emptied(
    postgres_server: PostgresServer, url: str, hall: TestHall
) -> None:
    hall.issue()
    for statement in (
        "UPDATE motcua.journal SET data = '{}'",
        "DELETE FROM motcua.journal",
        "TRUNCATE motcua.journal",
        "TRUNCATE motcua.access_log",
    ):
        with pytest.raises(psycopg.IntegrityError, match=r"never changed|keeps 90 days"):
            postgres_server.ask(statement, database=database_of(url))


def test_the_role_that_owns_the_tables_may_only_add_to_the_journal_and_read_it(
    postgres_server: PostgresServer,
) -> None:
    server = postgres_server
    server.ask("CREATE ROLE clerk LOGIN")
    database = server.new_database()
    server.ask(f"GRANT CREATE ON DATABASE {database} TO clerk")
    store = PostgresStore(server.url(database, "clerk"))
    hall = TestHall(store)
    hall.issue()
    store.close()
    with psycopg.connect(server.url(database, "clerk"), autocommit=True) as clerk:
        for statement in ("UPDATE motcua.journal SET at = 0", "DELETE FROM motcua.journal"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                clerk.execute(statement)
        assert clerk.execute("SELECT count(*) FROM motcua.journal").fetchone() == (2,)


def test_the_program_may_run_as_a_role_that_owns_nothing(postgres_server: PostgresServer) -> None:
    """With the very rights that the decision record grants."""
    server, database = postgres_server, postgres_server.new_database()
    PostgresStore(server.url(database)).close()
    page = (Path(__file__).resolve().parents[2] / "docs/adr/0007-postgres.md").read_text(encoding="utf-8")
    server.ask("CREATE ROLE guest LOGIN")
    for grant in (
        re.findall(r"```sql\n(.*?)```", page, re.DOTALL)[0].replace("clerk", "guest").split(";")[:-1]
    ):
        server.ask(grant, database=database)
    store = PostgresStore(server.url(database, "guest"))
    live_two_days(TestHall(store))
    store.access().note("nho", Noted(MORNING, Act.LOCKED))
    store.close()
    with psycopg.connect(server.url(database, "guest"), autocommit=True) as guest:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            guest.execute("DELETE FROM motcua.journal")


def test_a_database_made_by_a_newer_program_is_refused_plainly(postgres_server: PostgresServer) -> None:
    url = fresh_database(postgres_server)
    PostgresStore(url).close()
    postgres_server.ask(
        "INSERT INTO motcua.migration (name) VALUES ('fly_to_the_moon')", database=database_of(url)
    )
    with pytest.raises(StoreTrouble, match=r"newer version of this program .fly_to_the_moon."):
        PostgresStore(url)


def test_many_who_open_a_new_database_at_once_all_find_it_whole(postgres_server: PostgresServer) -> None:
    url = fresh_database(postgres_server)
    with ThreadPoolExecutor(8) as people:
        stores = list(people.map(lambda _: PostgresStore(url), range(8)))
    TestHall(stores[0]).issue()
    assert [store.heads() for store in stores] == [{"nho": 2}] * 8
    for store in stores:
        store.close()


def test_opening_a_database_that_is_up_to_date_waits_for_no_writer(url: str, store: PostgresStore) -> None:
    with store.writing("nho") as transaction:
        transaction.set_cursor("x", 1)
        PostgresStore(url).close()
