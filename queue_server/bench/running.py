"""One run of the bench: which measures are taken, in which order, how thoroughly, and on which database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .hall import SITE, BenchHall
from .histories import compare
from .measure import Measure
from .on_postgres import measure_on_postgres
from .orders import measure_orders
from .past import make_past
from .processes import Server
from .resources import measure_starts
from .screens import measure_screens
from .slow_disk import MILLISECONDS

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
    slow_disk: bool = True


FULL = Effort(rounds=9, seconds=1.5, visits=600, past=5_000_000, starts=7, sockets=1_000, changes=20)
QUICK = Effort(
    rounds=3, seconds=0.5, visits=100, past=100_000, starts=2, sockets=1_000, changes=10, slow_disk=False
)
TINY = Effort(rounds=1, seconds=0.05, visits=10, past=500, starts=0, sockets=1, changes=3)


@dataclass(frozen=True, slots=True)
class Run:
    """`cache` keeps the big database between runs; `tell` is told what is being measured."""

    effort: Effort
    mode: str
    cache: Path
    tell: Callable[[str], None]
    database: str = ""
    message_queue: str = ""

    def measures(self) -> Iterator[Measure]:
        """All of them on SQLite, or the orders alone on PostgreSQL where a database is named."""
        if not self.database:
            yield from self._on_sqlite()
            return
        effort, waiting = self.effort, LONG_LINE if self.effort.visits > 10 else SHORT_LINE
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
            yield from measure_on_postgres(
                self.database,
                self.message_queue,
                Path(name),
                effort.rounds,
                effort.seconds,
                waiting,
                self.tell,
            )

    def _on_sqlite(self) -> Iterator[Measure]:
        effort, mode = self.effort, self.mode
        with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
            folder = Path(name)
            self.tell("preparing a centre in which 2,000 people wait")
            hall = BenchHall(folder / "long", waiting=LONG_LINE)
            with serve(hall.folder, mode) as ours, serve_bare(folder / "bare.db", mode) as bare:
                starts = [(ours, bare)]
                idle = [(ours.memory(), bare.memory())]
                self.tell("issue and call-next, with 1, 8 and 32 at once")
                yield from measure_orders(hall, ours, bare, effort.rounds, effort.seconds)
                yield from self._histories(folder)
            if effort.slow_disk:
                yield from self._on_a_slow_disk(folder)
            self.tell("starting")
            for _ in range(effort.starts):
                with serve(hall.folder, mode) as ours, serve_bare(folder / "bare.db", mode) as bare:
                    starts.append((ours, bare))
                    idle.append((ours.memory(), bare.memory()))
        yield from measure_starts([(one.seconds, other.seconds) for one, other in starts], idle)
        self.tell(f"one board, and {effort.sockets:,} sockets")
        yield from measure_screens(mode, effort.sockets, effort.changes, effort.rounds)

    def _on_a_slow_disk(self, folder: Path) -> Iterator[Measure]:
        self.tell(f"issue and call-next on a disk that takes {MILLISECONDS:g} ms for each commit")
        hall = BenchHall(folder / "slow", waiting=LONG_LINE)
        pause = f"{MILLISECONDS:g}"
        with (
            Server("queue_server.bench.slow_disk", pause, *_serving(hall.folder, self.mode)) as ours,
            Server("queue_server.bench.bare", self.mode, str(folder / "slow.db"), pause) as bare,
        ):
            yield from measure_orders(hall, ours, bare, self.effort.rounds, self.effort.seconds, "slow-disk.")

    def _histories(self, folder: Path) -> Iterator[Measure]:
        tickets, visits = self.effort.past, self.effort.visits
        self.tell(f"preparing a centre with {tickets:,} past tickets")
        old_folder = self.cache / f"past-{tickets}"
        make_past(old_folder, SITE, tickets)
        old = BenchHall(old_folder, waiting=SHORT_LINE)
        new = BenchHall(folder / "new", waiting=SHORT_LINE)
        crowded = BenchHall(folder / "crowded", waiting=LONG_LINE)
        self.tell("issue and call-next, beside a centre with no past and one with a short line")
        how = f"median over keep-alive HTTP, one after the other, {tickets:,} past tickets; floor: none"
        line = f"the same with {LONG_LINE:,} waiting; floor: {SHORT_LINE} waiting"
        for name, said, long in ((f"past-{tickets}", how, old), (f"waiting-{LONG_LINE}", line, crowded)):
            # Both begin anew each time: a server that has been at work is quicker than one that has not.
            with serve(long.folder, self.mode) as ours, serve(new.folder, self.mode) as plain:
                yield from compare(name, said, (long, ours), (new, plain), visits)


def serve(folder: Path, mode: str) -> Server:
    """The product itself, on the centre in `folder`."""
    return Server("queue_server", *_serving(folder, mode))


def _serving(folder: Path, mode: str) -> list[str]:
    return ["serve", "--data", str(folder), "--port", "0", "--async-mode", mode]


def serve_bare(database: Path, mode: str) -> Server:
    return Server("queue_server.bench.bare", mode, str(database))
