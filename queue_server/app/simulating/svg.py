"""Writes SVG: a few shapes and texts on a page, with numbers kept short."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]


class Svg:
    """A page of `width` × `height` units."""

    def __init__(self, width: float, height: float, title: str, style: str) -> None:
        self._size = width, height
        self._title = title
        self._style = style
        self._parts: list[str] = []

    def line(self, start: Point, end: Point, kind: str) -> None:
        (x1, y1), (x2, y2) = start, end
        self._add("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)

    def path(self, points: Sequence[Point], kind: str, colour: str) -> None:
        """A broken line through `points`."""
        steps = " ".join(
            f"{'L' if place else 'M'}{_short(x)} {_short(y)}" for place, (x, y) in enumerate(points)
        )
        self._add("path", kind, d=steps, stroke=colour)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self._add("polygon", "", points=" ".join(f"{_short(x)},{_short(y)}" for x, y in points), fill=colour)

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        self._add("circle", "", cx=centre[0], cy=centre[1], r=radius, fill=colour)

    def rectangle(self, corner: Point, width: float, height: float, kind: str) -> None:
        self._add("rect", kind, x=corner[0], y=corner[1], width=width, height=height)

    def text(self, place: Point, text: str, kind: str, anchor: str = "start") -> None:
        attributes = f'x="{_short(place[0])}" y="{_short(place[1])}" class={quoteattr(kind)}'
        self._parts.append(f'<text {attributes} text-anchor="{anchor}">{escape(text)}</text>')

    def __str__(self) -> str:
        width, height = map(_short, self._size)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" role="img" aria-labelledby="title">\n'
            f'<title id="title">{escape(self._title)}</title>\n<style>{self._style}</style>\n'
            + "\n".join(self._parts)
            + "\n</svg>\n"
        )

    def _add(self, tag: str, kind: str, **attributes: float | str) -> None:
        told = [f"class={quoteattr(kind)}"] if kind else []
        told += [
            f"{name}={quoteattr(value if isinstance(value, str) else _short(value))}"
            for name, value in attributes.items()
        ]
        self._parts.append(f"<{tag} {' '.join(told)}/>")


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
