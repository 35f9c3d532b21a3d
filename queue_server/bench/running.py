"""One run of the bench: which measures are taken, in which order, how thoroughly, and on which database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .hall import BenchHall
from .histories import compare
from .measure import Measure
from .orders import measure_orders
from .past import make_past
from .processes import Server
from .resources import measure_start

LONG_LINE, SHORT_LINE = 2_000, 10


@dataclass(frozen=True, slots=True)
class Effort:
    """How thorough a run is. `seconds` is the length of one turn; `past` how many tickets lie behind."""

    rounds: int
    seconds: float
    visits: int
    past: int
    starts: int
    sockets: int
    changes: int


FULL = Effort(rounds=9, seconds=1.5, visits=600, past=5_000_000, starts=7, sockets=1_000, changes=20)
QUICK = Effort(rounds=3, seconds=0.6, visits=120, past=100_000, starts=3, sockets=1_000, changes=10)
TINY = Effort(rounds=1, seconds=0.1, visits=10, past=1_000, starts=1, sockets=20, changes=3)


@dataclass(frozen=True, slots=True)
class Run:
    """`cache` keeps the big database between runs; `tell` is told what is being measured."""

    effort: Effort
    mode: str
    cache: Path
    tell: Callable[[str], None]

    def measures(self) -> Iterator[Measure]:
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
            folder = Path(name)
            self.tell("preparing a centre in which 2,000 people wait")
            hall = BenchHall(folder / "long", waiting=LONG_LINE)
            yield from self._orders(hall, folder)
            yield from self._histories(folder)
            yield from measure_start(hall.folder, folder, self.mode, self.effort.starts, self.tell)

    def _orders(self, hall: BenchHall, folder: Path) -> Iterator[Measure]:
        with ExitStack() as stack:
            ours = stack.enter_context(serve(hall.folder, self.mode))
            bare = stack.enter_context(serve_bare(folder / "bare.db", self.mode))
            self.tell("issue and call-next, with 1, 8 and 32 at once")
            yield from measure_orders(hall, ours, bare, self.effort.rounds, self.effort.seconds)

    def _histories(self, folder: Path) -> Iterator[Measure]:
        tickets = self.effort.past
        self.tell(f"preparing a centre with {tickets:,} past tickets")
        old_folder = self.cache / f"past-{tickets}"
        make_past(old_folder, "bench", tickets)
        old = BenchHall(old_folder, waiting=SHORT_LINE)
        new = BenchHall(folder / "new", waiting=SHORT_LINE)
        crowded = BenchHall(folder / "crowded", waiting=LONG_LINE)
        self.tell("issue and call-next, beside a centre with no past and one with a short line")
        with ExitStack() as stack:
            servers = {
                one.folder: stack.enter_context(serve(one.folder, self.mode)) for one in (old, new, crowded)
            }
            plain = (new, servers[new.folder])
            visits = self.effort.visits
            yield from compare(
                f"past-{tickets}",
                f"median over keep-alive HTTP, one after the other, {tickets:,} past tickets; floor: none",
                (old, servers[old.folder]),
                plain,
                visits,
            )
            yield from compare(
                f"waiting-{LONG_LINE}",
                f"the same with {LONG_LINE:,} waiting; floor: {SHORT_LINE} waiting",
                (crowded, servers[crowded.folder]),
                plain,
                visits,
            )


def serve(folder: Path, mode: str) -> Server:
    """The product itself, on the centre in `folder`."""
    return Server("queue_server", "serve", "--data", str(folder), "--port", "0", "--async-mode", mode)


def serve_bare(database: Path, mode: str) -> Server:
    return Server("queue_server.bench.bare", mode, str(database))
