"""Lays a ticket's slip out on paper: the number first, then where to go, then how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from drivers.printer import (
    DOTS_80MM,
    QR,
    Block,
    Column,
    Columns,
    Cut,
    Display,
    Document,
    Frame,
    Picture,
    Rule,
    Shape,
    Space,
    Text,
)
from kiosk.wording import Wording, wording
from queue_server.protocol import Slip

_UP: Final = ((0.5, 0.0), (1.0, 0.5), (0.66, 0.5), (0.66, 1.0), (0.34, 1.0), (0.34, 0.5), (0.0, 0.5))
_QUIET: Final = 4  # squares of blank around a QR code; to the left the paper's own margin serves
_TURN: Final = {"ahead": 0, "up-right": 45, "right": 90, "back": 180, "left": -90, "up-left": -45}


@dataclass(frozen=True, slots=True)
class Scale:
    """Type sizes and spaces in dots for one width of paper; eight dots are a millimetre on most heads."""

    small: int
    body: int
    strong: int
    number: int
    arrow: int
    ahead: int
    gap: int
    module: int


_WIDE: Final = Scale(small=24, body=27, strong=36, number=230, arrow=84, ahead=212, gap=24, module=6)
_NARROW: Final = Scale(small=21, body=23, strong=29, number=170, arrow=60, ahead=146, gap=18, module=5)


def layout(slip: Slip, width: int = DOTS_80MM, logo: Picture | None = None) -> Document:
    """The slip as a document for paper `width` dots wide, in the slip's own language."""
    say = wording(slip.language)
    scale = _WIDE if width >= 500 else _NARROW
    blocks: list[Block] = [
        *([logo, Space(scale.gap // 2)] if logo else ()),
        *_head(slip, scale, say),
        *_number(slip, scale, say),
        *_where(slip, scale),
        *_wait(slip, scale, say),
        *_track(slip, scale, say),
        Cut(),
    ]
    return Document(width, tuple(blocks))


def _head(slip: Slip, scale: Scale, say: Wording) -> list[Block]:
    blocks: list[Block] = [Text(slip.centre, scale.body, "semibold", lines=2), Space(scale.gap // 2), Rule(3)]
    if slip.copy:
        mark = Text(say("slip-copy"), scale.strong, "bold", "center", leading=1.2)
        blocks += [Space(scale.gap), Frame((mark,), thickness=4, padding=6)]
    return [*blocks, Space(scale.gap)]


def _number(slip: Slip, scale: Scale, say: Wording) -> list[Block]:
    blocks: list[Block] = [
        Text(say("slip-your-number"), scale.small),
        Space(scale.gap),
        Display(slip.label, scale.number),
        Space(scale.gap),
    ]
    if slip.class_name:
        blocks += [Text(slip.class_name, scale.strong, "semibold", lines=2), Space(scale.gap // 2)]
    blocks.append(Text(slip.agency, scale.strong, "bold", leading=1.24, lines=2))
    if slip.service:
        blocks += [Space(scale.gap // 3), Text(slip.service, scale.small)]
    return [*blocks, Space(scale.gap), Rule(1), Space(scale.gap)]


def _where(slip: Slip, scale: Scale) -> list[Block]:
    way: list[Block] = [Text(slip.area, scale.strong, "bold")]
    if slip.direction:
        way.append(Text(slip.direction, scale.body))
    if slip.counters:
        way.append(Text(slip.counters, scale.body, "semibold"))
    arrow = Column((Space(scale.gap // 2), arrow_shape(slip.arrow, scale.arrow)), scale.arrow)
    return [Columns((arrow, Column(tuple(way))), gap=scale.gap), Space(scale.gap), Rule(1), Space(scale.gap)]


def _wait(slip: Slip, scale: Scale, say: Wording) -> list[Block]:
    if slip.offline:
        said = (
            Text(say("slip-offline"), scale.strong, "bold", leading=1.2),
            Text(say("slip-offline-wait"), scale.small),
        )
        return [*said, Space(scale.gap), Rule(1), Space(scale.gap)]

    def figure(label: str, value: str, width: int | None = None) -> Column:
        lines = (Text(label, scale.small, lines=1), Text(value, scale.strong, "bold", leading=1.2, lines=1))
        return Column(lines, width)

    people = say("slip-ahead-people", count=slip.ahead)
    ahead = figure(say("slip-ahead"), people, scale.ahead)
    wait = figure(say("slip-wait"), likely_wait(slip.low, slip.high, say))
    return [Columns((ahead, wait), gap=scale.gap), Space(scale.gap), Rule(1), Space(scale.gap)]


def _track(slip: Slip, scale: Scale, say: Wording) -> list[Block]:
    issued = Text(say("slip-issued", time=slip.issued_at), scale.small)
    if not slip.track_url:
        return [issued]
    return [
        issued,
        Text(say("slip-track"), scale.small),
        Space(scale.module * _QUIET),
        QR(slip.track_url, scale.module),
    ]


def likely_wait(low: int | None, high: int | None, say: Wording) -> str:
    """The wait in words; where there is no estimate it says so, for a slip must not promise."""
    if low is None or high is None:
        return say("slip-wait-unknown")
    if low <= 0:
        return say("slip-wait-under", minutes=max(high, 1))
    if low >= high:
        return say("slip-wait-about", minutes=low)
    return say("slip-wait-range", low=low, high=high)


def arrow_shape(arrow: str, size: int) -> Shape:
    """The arrow that points where a person facing the kiosk must walk; an unknown word points ahead."""
    angle = _TURN.get(arrow, 0) * pi / 180
    turned = [
        (
            0.5 + (x - 0.5) * cos(angle) - (y - 0.5) * sin(angle),
            0.5 + (x - 0.5) * sin(angle) + (y - 0.5) * cos(angle),
        )
        for x, y in _UP
    ]
    return Shape(tuple((round(x, 4), round(y, 4)) for x, y in turned), size)
