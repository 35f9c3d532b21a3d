"""The colour tokens keep their promises by calculation: readable text, visible controls, hues apart."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "queue_server" / "pages" / "shared" / "tokens.css"
ROOT = Path(__file__).parents[2]
PAGES = ("queue_server/pages", "kiosk", "display")

THEMES = ("paper", "hall", "contrast", "hall-contrast")
STATES = ("waiting", "serving", "paused", "soon", "late", "done")
GROUNDS = ("paper", "surface", "sunk")
AA, AAA, NON_TEXT = 4.5, 7.0, 3.0

# Machado, Oliveira and Fernandes (2009), severity 1.0: linear RGB as people with each kind of sight see it.
SIGHT = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
RGB = tuple[float, float, float]


def colours(theme: str) -> dict[str, RGB]:
    """The colour tokens of a theme, as linear RGB in 0..1."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.search(rf'\[data-theme="{theme}"\]\s*\{{(.*?)\}}', css, flags=re.DOTALL)
    assert found, f"no theme {theme}"
    pairs = re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", found.group(1))
    return {name: linear(value) for name, value in pairs}


def linear(value: str) -> RGB:
    """WCAG 2.2's relative luminance starts from these: sRGB "#rrggbb" without its gamma."""
    channels = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def luminance(colour: RGB) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: RGB, other: RGB) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: RGB) -> RGB:
    """CIE L*a*b* under D65, for the distance between two colours (CIE 1976)."""
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_by(sight: str, colour: RGB) -> RGB:
    red, green, blue = (
        sum(weight * part for weight, part in zip(row, colour, strict=True)) for row in SIGHT[sight]
    )
    return red, green, blue


def distance(one: RGB, other: RGB) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_every_ground_it_stands_on(theme: str) -> None:
    found = colours(theme)
    for text in ("ink", "ink-soft", "ink-faint", "brand", "brand-strong", "late"):
        for ground in GROUNDS:
            ratio = contrast(found[text], found[ground])
            assert ratio >= AA, f"{theme}: {text} on {ground} is {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_every_fill_carries_readable_text(theme: str) -> None:
    found = colours(theme)
    fills = [name for name in found if f"on-{name}" in found]
    assert len(fills) >= 2 + 2 + 2 * len(STATES) + 8
    for fill in fills:
        ratio = contrast(found[f"on-{fill}"], found[fill])
        assert ratio >= AA, f"{theme}: on-{fill} is {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_reach_the_higher_grade(theme: str) -> None:
    found = colours(theme)
    for number, ground in (("ink", "paper"), ("ink", "surface"), ("ink", "sunk"), ("ink", "call-soft")):
        ratio = contrast(found[number], found[ground])
        assert ratio >= AAA, f"{theme}: {number} on {ground} is {ratio:.2f}"
    # The number being called is set large, where 4.5 is the higher grade (WCAG 2.2, 1.4.6).
    for ground in (*GROUNDS, "call-soft"):
        assert contrast(found["call"], found[ground]) >= AA, f"{theme}: call on {ground}"


@pytest.mark.parametrize("theme", THEMES)
def test_controls_marks_and_focus_stand_out_from_their_ground(theme: str) -> None:
    found = colours(theme)
    for part in ("line-strong", "brand", "call", "focus", *STATES):
        for ground in GROUNDS:
            ratio = contrast(found[part], found[ground])
            assert ratio >= NON_TEXT, f"{theme}: {part} on {ground} is {ratio:.2f}"
    assert contrast(found["focus"], found["focus-halo"]) >= NON_TEXT


@pytest.mark.parametrize("theme", ("paper", "hall"))
@pytest.mark.parametrize("sight", SIGHT)
def test_agency_hues_stay_apart_for_every_kind_of_sight(theme: str, sight: str) -> None:
    found = {
        name: seen_by(sight, colour) for name, colour in colours(theme).items() if name.startswith("hue-")
    }
    assert len(found) == 8
    for one, other in combinations(found, 2):
        apart = distance(found[one], found[other])
        assert apart >= 12, f"{theme}, {sight}: {one} and {other} are {apart:.1f} apart"


def test_all_themes_have_the_same_tokens() -> None:
    names = {theme: set(colours(theme)) for theme in THEMES}
    assert all(found == names["paper"] for found in names.values()), names


def test_no_page_has_a_colour_of_its_own() -> None:
    found = [sheet for folder in PAGES for sheet in (ROOT / folder).rglob("*.css")]
    sheets = [sheet for sheet in found if "node_modules" not in sheet.parts]
    assert TOKENS in sheets
    for sheet in sheets:
        if sheet == TOKENS:
            continue
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        own = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl|oklch|lab)a?\([^)]*\)", css)
        assert not own, f"{sheet.relative_to(ROOT)} has colours of its own: {own}"
