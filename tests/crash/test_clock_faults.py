"""A clock that is stepped back and forth, and midnight, under load and under kills.

The server's wall clock is one function, `queue_server.main.clock`; here it reads a file that the test sets.
Steady time (patience, beats) is the machine's own, as when somebody sets a real clock.
"""

from __future__ import annotations

import ast
import random
import time
from pathlib import Path

import pytest

from queue_server.core import calendar, events
from tests.crash.hall_at_work import at_work
from tests.crash.nursery import Nursery
from tests.crash.oddities import SetClock
from tests.crash.people import crash_site
from tests.crash.seeds import SEED, often
from tests.servers import ROOT, in_time
from tests.sites import DAY, MINUTE, MORNING

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.in_process,  # the async mode knows no wall clock: once is enough
]

MIDNIGHT = MORNING + 15 * 60 * MINUTE
"""The end of the day whose 09:00 is MORNING."""

OVERTAKEN = ("wrong_state", "counter_closed", "not_your_ticket")
"""What a desk may hear whose ticket has expired, or whose counter was closed, with the day."""


def test_a_clock_that_is_set_back_and_forth_loses_nobody(nursery: Nursery, tmp_path: Path) -> None:
    dice, clock = random.Random(SEED), SetClock(tmp_path / "clock")
    clock.show(MORNING)
    with at_work(nursery, tmp_path, board=True, clock=str(clock.path)) as hall:
        for _ in range(often(12)):
            by = dice.choice((1_000, 30_000, 10 * MINUTE, 60 * MINUTE))
            clock.show(
                min(max(clock.now + dice.choice((-by, by)), MORNING - 120 * MINUTE), MIDNIGHT - MINUTE)
            )
            hall.people.wait_for(10)
        entries = hall.over()
        assert len([e for e in entries if isinstance(e.event, events.DayOpened)]) == 1
    clock.close()


@pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning")
def test_midnight_under_load_and_kills_closes_one_day_and_opens_the_next(
    nursery: Nursery, tmp_path: Path
) -> None:
    dice, clock = random.Random(SEED), SetClock(tmp_path / "clock")
    clock.show(MORNING)
    nights, kills = often(2), 0
    with at_work(nursery, tmp_path, board=True, forgiven=OVERTAKEN, clock=str(clock.path)) as hall:
        for night in range(nights):
            midnight = MIDNIGHT + night * DAY
            clock.show(midnight - 400)
            while clock.now < midnight + 400:
                time.sleep(dice.uniform(0.05, 0.3))
                hall.centre.kill()
                hall.centre.start()
                kills += 1
            hall.people.wait_for(30)
            hall.told()
            clock.show(midnight - 60 * MINUTE)  # set back behind it: that day is over all the same
            hall.people.wait_for(20)
            hall.told()
            clock.show(midnight + 60 * MINUTE)
        entries = hall.over()
    clock.close()
    print(f"{kills} kills around midnight")
    days = [e.event.day for e in entries if isinstance(e.event, events.DayOpened)]
    first = calendar.local_date(crash_site(1), MORNING)
    assert days == sorted(set(days)) and len(days) == 1 + nights and days[0] == first
    assert any(isinstance(e.event, events.TicketExpired) for e in entries), "nobody waited at midnight"


def test_a_quiet_centre_turns_the_day_by_itself(nursery: Nursery, tmp_path: Path) -> None:
    clock = SetClock(tmp_path / "clock")
    clock.show(MORNING)
    with at_work(nursery, tmp_path, clock=str(clock.path)) as hall:
        hall.people.stop()
        clock.show(MIDNIGHT + 1)
        tomorrow = calendar.local_date(crash_site(1), MIDNIGHT + 1)
        in_time(lambda: hall.look("/site")[1]["day"] == tomorrow)


def test_the_server_knows_one_wall_clock() -> None:
    """The tests above set it: any other that the server read would be missed."""
    clocks = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today"}
    found = set()
    for folder in ("app", "core", "live", "store", "web"):
        for file in [*(ROOT / "queue_server" / folder).rglob("*.py"), ROOT / "queue_server" / "main.py"]:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(tuple(clocks)):
                    found.add(str(file.relative_to(ROOT / "queue_server")))
    by_command = {"app/describing.py", "store/sqlite_side.py", "store/postgres_side.py"}  # when it was given
    assert found - by_command == {"main.py"}
