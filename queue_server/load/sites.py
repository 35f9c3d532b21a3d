"""The centres of a simulated province, made from the sample centre: a hall, branches, communes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..app.access import Access, Role
from ..core.site import Agency, Area, Board, Counter, Kiosk, Opening, Queue, Site
from .plan import Kind, Plan

DESKS_OF_A_BRANCH = 12
_WHOLE_DAY = tuple(Opening(day, 0, 24 * 60 - 1) for day in range(7))
_CHIPS = "ACEGHKLRSTUVXYBDMNP"


@dataclass(frozen=True, slots=True)
class Keys:
    """The tokens of one centre: by kiosk, by counter, by board, and one that may see and do all."""

    kiosks: Mapping[str, str]
    counters: Mapping[str, str]
    boards: Mapping[str, str]
    integrator: str

    @classmethod
    def made(cls, access: Access, site: Site) -> Keys:
        return cls(
            {one.id: access.create_token(Role.KIOSK, one.id) for one in site.kiosks},
            {one.id: access.create_token(Role.OFFICER, one.id) for one in site.counters},
            {one.id: access.create_token(Role.BOARD, one.id) for one in site.boards},
            access.create_token(Role.INTEGRATOR),
        )


def sites_of(plan: Plan, sample: Site, now: datetime | None = None) -> list[Site]:
    """One centre for each of the plan's kinds. Where they lie it is about eight in the morning: no day ends
    while the simulation runs, whenever that is.
    """
    hours = (now or datetime.now(UTC)).hour
    template = replace(
        sample,
        timezone=_zone_where_it_is_morning(hours),
        hours=_WHOLE_DAY,
        holidays=(),
        outside_hours="warn",
        rule=replace(sample.rule, recall_seconds=0, calls_before_no_show=2),
    )
    make: dict[Kind, Callable[[Site, str, random.Random], Site]] = {
        "hall": _hall,
        "branch": _branch,
        "commune": _commune,
    }
    dice = random.Random(f"{plan.seed} desks")
    return [make[kind](template, f"{kind}-{number}", dice) for number, kind in enumerate(plan.kinds, 1)]


def _zone_where_it_is_morning(hour: int) -> str:
    east = (8 - hour + 12) % 24 - 12
    return "Etc/GMT" if east == 0 else f"Etc/GMT{-east:+d}"  # in these names east of Greenwich is minus


def _hall(template: Site, name: str, dice: random.Random) -> Site:
    kiosks = tuple(Kiosk(f"k{n}", {"vi": f"Máy {n}", "en": f"Kiosk {n}"}) for n in range(1, 5))
    return replace(template, id=name, kiosks=kiosks)


def _branch(template: Site, name: str, dice: random.Random) -> Site:
    return _plain(template, name, desks=DESKS_OF_A_BRANCH, queues=6, kiosks=2)


def _commune(template: Site, name: str, dice: random.Random) -> Site:
    desks = dice.randint(1, 4)
    return _plain(template, name, desks=desks, queues=(desks + 1) // 2, kiosks=1)


def _plain(template: Site, name: str, desks: int, queues: int, kiosks: int) -> Site:
    """A centre with `desks` that share `queues` out among them; each helps with the next queue."""
    group = template.groups[0].id
    lines = [f"q{n}" for n in range(queues)]
    return replace(
        template,
        id=name,
        name={"vi": f"Bộ phận Một cửa {name}", "en": f"One-stop unit {name}"},
        agencies=tuple(
            Agency(line, "", _CHIPS[n], {"vi": f"Lĩnh vực {n + 1}", "en": f"Field {n + 1}"}, {}, group)
            for n, line in enumerate(lines)
        ),
        queues=tuple(
            Queue(line, line, _CHIPS[n], {"vi": f"Lĩnh vực {n + 1}", "en": f"Field {n + 1}"})
            for n, line in enumerate(lines)
        ),
        services=(),
        areas=(Area("a", {"vi": "Sảnh", "en": "Hall"}, {"vi": "Đi thẳng", "en": "Straight ahead"}, "ahead"),),
        counters=tuple(
            Counter(
                f"c{n + 1}",
                str(n + 1),
                "a",
                (lines[n % queues],),
                (lines[(n + 1) % queues],) if queues > 1 else (),
            )
            for n in range(desks)
        ),
        boards=tuple(
            Board(f"b{n}", {"vi": f"Bảng {n}", "en": f"Board {n}"}, speaks=n == 1)
            for n in range(1, kiosks + 1)
        ),
        kiosks=tuple(Kiosk(f"k{n}", {"vi": f"Máy {n}", "en": f"Kiosk {n}"}) for n in range(1, kiosks + 1)),
    )
