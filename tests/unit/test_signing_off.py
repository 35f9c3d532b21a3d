"""Leaving: one's counters close, or nothing happens at all, and no right is needed for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queue_server.app.centre import Centre
from queue_server.app.describing import describe
from queue_server.core.commands import CallNext, IssueTicket, OpenCounter, StartService
from queue_server.core.model import Actor
from queue_server.core.refusals import Code, Refused
from queue_server.core.site import Right, Site
from queue_server.store.sqlite import SqliteStore
from tests.halls import KIOSK, SUPERVISOR, officer, running_writer
from tests.sites import MORNING, small_site

AN = officer("an")
TICKET = "a" * 32


@pytest.fixture
def centre_of(tmp_path: Path) -> Iterator[Callable[[Site], Centre]]:
    """Makes a running centre of a site."""
    store = SqliteStore(tmp_path / "motcua.db")
    writer = running_writer(store, lambda: MORNING)
    made: list[Centre] = []

    def make(site: Site) -> Centre:
        describe(store, site)
        made.append(Centre(store, site.id, lambda: MORNING, writer))
        made[0].do(IssueTicket(TICKET, "secret-a", "dat"), KIOSK)
        return made[0]

    yield make
    writer.stop()
    store.close()


def states(centre: Centre) -> dict[str, str]:
    rows = centre.snapshot("site:nho")[1]["counters"]
    return {name: row["state"] for name, row in rows.items() if row["officer"]}


def test_who_serves_at_one_counter_leaves_none(centre_of: Callable[[Site], Centre]) -> None:
    centre = centre_of(small_site())
    for counter in ("c1", "c2", "c3"):
        centre.do(OpenCounter(counter), SUPERVISOR)
    centre.do(CallNext("c2"), SUPERVISOR)
    centre.do(StartService(TICKET), SUPERVISOR)
    with pytest.raises(Refused) as refused:
        centre.sign_off(SUPERVISOR)
    assert refused.value.refusal.code is Code.COUNTER_BUSY
    assert states(centre) == {"c1": "open", "c2": "open", "c3": "open"}


@pytest.mark.parametrize("role", ["officer", "viewer"])
def test_nobody_is_kept_in_for_want_of_a_right(centre_of: Callable[[Site], Centre], role: str) -> None:
    """A centre may keep closing to its leaders, and an officer may have become a viewer meanwhile."""
    centre = centre_of(small_site(rights=(Right("close_counter", ("supervisor",)),)))
    centre.do(OpenCounter("c1"), AN)
    centre.sign_off(Actor(AN.id, role))
    assert states(centre) == {}
