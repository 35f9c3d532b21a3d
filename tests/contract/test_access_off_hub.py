"""Checking a password and writing a session never hold up the hub: they happen in a thread of their own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest

from queue_server.app.access import Access, BadCredentials, Role
from queue_server.app.access_rules import MINUTE_MS
from queue_server.app.side_thread import SideThread
from queue_server.store.memory_access import MemoryAccessStore


class Witness:
    """Passwords and a store that note in which thread they are used."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def hash(self, password: str) -> str:
        return password

    def matches(self, hashed: str, password: str) -> bool:
        self.threads.add(threading.get_ident())
        return hashed == password


class WitnessStore(MemoryAccessStore):
    def __init__(self, witness: Witness) -> None:
        super().__init__()
        self._witness = witness

    def add_session(self, *facts: Any, **more: Any) -> None:
        self._witness.threads.add(threading.get_ident())
        super().add_session(*facts, **more)

    def change_lockout(self, *facts: Any) -> Any:
        self._witness.threads.add(threading.get_ident())
        return super().change_lockout(*facts)

    def change_person(self, *facts: Any, **more: Any) -> Any:
        self._witness.threads.add(threading.get_ident())
        return super().change_person(*facts, **more)

    def see_session(self, *facts: Any) -> None:
        self._witness.threads.add(threading.get_ident())
        super().see_session(*facts)

    def end_session(self, *facts: Any, **more: Any) -> bool:
        self._witness.threads.add(threading.get_ident())
        return super().end_session(*facts, **more)


class PlainThreads:
    """Native threads, without any async mode. See ports.Threads."""

    def start(self, target: Callable[[], None], name: str) -> None:
        threading.Thread(target=target, name=name, daemon=True).start()

    def queue(self) -> Any:
        return queue.SimpleQueue()

    def completion(self) -> Any:
        return PlainCompletion()


class PlainCompletion:
    def __init__(self) -> None:
        self._result: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def set(self, result: Any) -> None:
        self._result.put(result)

    def wait(self, timeout: float) -> Any:
        return self._result.get(timeout=timeout)


@pytest.fixture
def side() -> Any:
    side = SideThread(PlainThreads())
    yield side
    side.stop()


def test_signing_in_and_out_leaves_the_hub_alone(side: SideThread) -> None:
    witness = Witness()
    now = [1_000_000]
    access = Access(WitnessStore(witness), "nho", lambda: now[0], witness, off_hub=side)
    access.create_person("lan", "mật khẩu dài", Role.OFFICER)
    signed_in = access.sign_in("lan", "mật khẩu dài", "here")
    with pytest.raises(BadCredentials):
        access.sign_in("nobody", "khác", "here")
    now[0] += MINUTE_MS
    assert access.by_session(signed_in.secret)
    signed_in = access.change_password(signed_in.secret, "mật khẩu dài", "mật khẩu dài khác", "here")
    access.sign_out(signed_in.secret)
    assert len(witness.threads) == 1
    assert threading.get_ident() not in witness.threads


def test_nobody_waits_for_a_job_that_is_for_later_nor_hears_of_its_failure(
    side: SideThread, caplog: pytest.LogCaptureFixture
) -> None:
    gate = threading.Event()
    done: list[int] = []

    def fail() -> None:
        raise KeyError("gone")

    side.later(gate.wait)
    side.later(fail)
    side.later(lambda: done.append(1))
    assert done == []
    gate.set()
    assert side(lambda: "in its turn") == "in its turn"
    assert done == [1]
    assert "gone" in caplog.text


def test_jobs_come_back_with_their_result_or_their_failure(side: SideThread) -> None:
    def fail() -> None:
        raise KeyError("gone")

    assert side(lambda: 6 * 7) == 42
    with pytest.raises(KeyError, match="gone"):
        side(fail)
    assert side(lambda: "still working") == "still working"


def test_jobs_are_done_one_at_a_time_in_their_order(side: SideThread) -> None:
    done: list[int] = []
    busy = threading.Lock()

    def job(number: int) -> None:
        assert busy.acquire(blocking=False), "two jobs at once"
        done.append(number)
        busy.release()

    callers = [threading.Thread(target=side, args=(lambda n=n: job(n),)) for n in range(20)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sorted(done) == list(range(20))


def test_work_goes_to_a_thread_even_where_two_begin_at_the_same_moment() -> None:
    """The first thread starts only after the second was asked for, and still has its own queue to see to."""
    late: list[Callable[[], None]] = []
    side = SideThread(_Held(late))
    done: list[str] = []
    side.later(lambda: done.append("first"))
    side._jobs = None  # as another thread saw it just before
    side.later(lambda: done.append("second"))
    side.stop()
    threads = [threading.Thread(target=one, daemon=True) for one in late]
    for thread in threads:
        thread.start()
    threads[1].join(5)
    threads[0].join(0.2)
    assert sorted(done) == ["first", "second"]


class _Held(PlainThreads):
    """Threads that begin later."""

    def __init__(self, late: list[Callable[[], None]]) -> None:
        self._late = late

    def start(self, target: Callable[[], None], name: str) -> None:
        self._late.append(target)
