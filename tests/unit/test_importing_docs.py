"""docs/site-file.md names every key of the site file, and what it shows works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queue_server.app.importing import check_site, shape, values
from queue_server.app.importing.kinds import REQUIRED, Kind
from tests.unit.importing_samples import SAMPLE, commune

PAGE = (Path(__file__).parents[2] / "docs" / "site-file.md").read_text(encoding="utf-8")


def section(kind: Kind) -> str:
    heading = kind.one if kind is shape.SITE else kind.name
    _, _, below = PAGE.partition(f"\n### {heading}\n")
    return re.split(r"\n##", below)[0]


@pytest.mark.parametrize("kind", [shape.SITE, shape.RULE, *shape.LISTS], ids=lambda kind: kind.name)
def test_every_key_has_its_row_in_the_section_of_its_kind_and_no_other_key_has(kind: Kind) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", section(kind), re.MULTILINE)
    assert [name for name, _ in rows] == [key.name for key in kind.keys]


@pytest.mark.parametrize("kind", [shape.SITE, shape.RULE, *shape.LISTS], ids=lambda kind: kind.name)
def test_a_key_that_must_be_given_has_no_default_in_its_row(kind: Kind) -> None:
    defaults = dict(re.findall(r"^\| `(\w+)` \|(.*?)\|", section(kind), re.MULTILINE))
    for key in kind.keys:
        stated = defaults[key.name].strip()
        assert (not stated) == (key.default is REQUIRED), key.name
        if isinstance(key.default, (int, float)) and not isinstance(key.default, bool):
            assert stated == f"`{key.default:g}`"


def test_every_word_that_may_be_chosen_is_named() -> None:
    arrows = "left right ahead up-left up-right back".split()
    words = "refuse warn screen close digits quantity north south none".split()
    for word in [*values.DAYS, *values.LANGUAGES, *arrows, *words]:
        assert f"`{word}`" in PAGE or f'`"{word}"`' in PAGE, word


def test_the_smallest_site_is_imported_without_a_warning_but_that_nothing_speaks(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [warning.code for warning in check_site(commune(tmp_path, example)).warnings] == ["silent"]


def test_the_figures_of_the_sample_are_those_told() -> None:
    site = check_site(SAMPLE).site
    told = (
        f"{len(site.agencies)} agencies, {len(site.counters)} counters and {len(site.services):,} procedures"
    )
    assert told in PAGE
