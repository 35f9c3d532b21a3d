"""A site is kept as JSON and comes back equal; importing again changes only what changed."""

from __future__ import annotations

import json
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.app.importing import (
    UnreadableSite,
    difference,
    digest,
    read_site,
    site_from_json,
    site_to_json,
)
from queue_server.core.calling_rule import CallingRule
from queue_server.core.site import (
    Agency,
    Area,
    Board,
    Counter,
    Group,
    Holiday,
    Kiosk,
    Opening,
    PriorityClass,
    Queue,
    Service,
    Site,
)
from tests.unit.importing_samples import SAMPLE, commune, copied_sample

_words = st.text(max_size=8)
_texts = st.dictionaries(st.sampled_from(["vi", "en"]), _words)
_numbers = st.floats(0.1, 100, allow_nan=False)
_tuples = st.lists(_words, max_size=3).map(tuple)


def _few(**parts: Any) -> Any:
    """Tuples of facts: `cls` with its fields."""
    return st.lists(st.builds(parts.pop("cls"), **parts), max_size=3).map(tuple)


SITES = st.builds(
    Site,
    id=_words,
    name=_texts,
    timezone=_words,
    languages=_tuples,
    hours=_few(cls=Opening, weekday=st.integers(0, 6), start=st.integers(0, 9), end=st.integers(10, 1440)),
    outside_hours=st.sampled_from(["refuse", "warn"]),
    holidays=_few(cls=Holiday, date=_words, name=_texts),
    classes=_few(cls=PriorityClass, id=_words, name=_texts, rate=_numbers, about=_texts),
    groups=_few(cls=Group, id=_words, name=_texts),
    agencies=_few(cls=Agency, id=_words, code=_words, chip=_words, name=_texts, about=_texts, group=_words),
    queues=_few(cls=Queue, id=_words, agency=_words, prefix=_words, name=_texts, service_minutes=_numbers),
    services=_few(
        cls=Service,
        id=_words,
        queue=_words,
        name=_texts,
        field=_words,
        minutes=_numbers,
        popular=st.none() | st.integers(1, 9),
    ),
    areas=_few(cls=Area, id=_words, name=_texts, direction=_texts, arrow=st.sampled_from(["left", "back"])),
    counters=_few(cls=Counter, id=_words, number=_words, area=_words, queues=_tuples, helps=_tuples),
    boards=_few(cls=Board, id=_words, name=_texts, areas=_tuples, speaks=st.booleans()),
    kiosks=_few(
        cls=Kiosk,
        id=_words,
        name=_texts,
        printer=_words,
        without_paper=st.sampled_from(["screen", "close"]),
    ),
    rule=st.builds(CallingRule, cap_minutes=st.none() | _numbers, region=st.sampled_from(["north", "south"])),
    slogan=_texts,
)


@pytest.fixture(scope="module")
def sample() -> Site:
    return read_site(SAMPLE)


@settings(max_examples=50)
@given(SITES)
def test_any_site_comes_back_from_json_as_it_went_in(site: Site) -> None:
    back = site_from_json(json.loads(json.dumps(site_to_json(site))))
    assert back == site
    assert digest(back) == digest(site)
    assert not difference(site, back)


@settings(max_examples=30)
@given(SITES, SITES, st.sampled_from([field.name for field in fields(Site)]))
def test_two_sites_share_a_digest_only_if_they_are_equal(one: Site, source: Site, name: str) -> None:
    other = replace(one, **{name: getattr(source, name)})
    assert (digest(one) == digest(other)) == (one == other)


def test_the_order_in_which_languages_are_written_makes_no_other_site(sample: Site) -> None:
    turned = replace(sample, name=dict(reversed(sample.name.items())))
    assert list(turned.name) != list(sample.name)
    assert digest(turned) == digest(sample)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["format", "id", "hours", "rule", "counters", "name", "zzz"]),
        st.recursive(
            st.none() | st.integers() | _words,
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_words, inner, max_size=2),
            max_leaves=4,
        ),
    )
)
def test_damaged_json_is_told_as_such(data: dict[str, Any]) -> None:
    with pytest.raises(UnreadableSite):
        site_from_json({"format": 1} | data)


def test_json_of_a_newer_version_is_refused_and_unknown_fields_are_passed_over(sample: Site) -> None:
    kept = site_to_json(sample)
    with pytest.raises(UnreadableSite, match="format 2"):
        site_from_json(kept | {"format": 2})
    kept["counters"][0]["colour"] = "red"
    assert site_from_json(kept | {"motto": "x"}) == sample


def test_a_second_import_of_the_same_file_changes_nothing(sample: Site) -> None:
    again = read_site(SAMPLE)
    assert digest(again) == digest(sample)
    assert list(difference(sample, again).lines()) == []
    assert not difference(sample, again)


def test_a_first_import_adds_everything(tmp_path: Path) -> None:
    site = read_site(commune(tmp_path))
    changes = difference(None, site)
    assert changes and changes.first
    assert list(changes.lines()) == [
        "hours: 2 added: mon 07:30, fri 07:30",
        "classes: 1 added: ordinary",
        "groups: 1 added: all",
        "agencies: 1 added: commune",
        "queues: 1 added: commune",
        "services: 1 added: birth",
        "areas: 1 added: hall",
        "counters: 1 added: 1",
    ]


def test_importing_again_names_only_what_changed(sample: Site, tmp_path: Path) -> None:
    copy = copied_sample(tmp_path)
    counters = (copy / "counters.csv").read_text(encoding="utf-8")
    counters = counters.replace("10,b,stp,cat\n", "") + "41,b,stp,\n"
    (copy / "counters.csv").write_text(counters.replace("5,a,sgtvt,", "5,c,sgtvt,"), encoding="utf-8")
    toml = (copy / "site.toml").read_text(encoding="utf-8")
    toml = toml.replace('"13:30-17:00"', '"13:30-17:30"').replace("cap_minutes = 45", 'cap_minutes = "none"')
    (copy / "site.toml").write_text(toml.replace('"warn"', '"refuse"'), encoding="utf-8")

    changes = difference(sample, read_site(copy))

    assert changes.site == ("outside_hours", "rule.cap_minutes")
    assert changes.of("counters").added == ("41",)
    assert changes.of("counters").removed == ("10",)
    assert changes.of("counters").changed == {"5": ("area",)}
    assert list(changes.of("hours").changed) == [
        f"{day} 13:30" for day in ("mon", "tue", "wed", "thu", "fri")
    ]
    assert not changes.of("services") and not changes.of("counters").reordered
    assert [kind.kind for kind in changes.kinds] == ["hours", "counters"]
    assert "counters: 5 changed (area)" in changes.lines()


def test_many_changes_of_a_kind_are_told_in_one_line(sample: Site) -> None:
    slower = tuple(replace(service, minutes=service.minutes + 1) for service in sample.services)
    (line,) = difference(sample, replace(sample, services=slower)).lines()
    assert line.startswith("services: 1394 changed (minutes): ") and line.endswith(", …")


def test_another_order_is_a_change(sample: Site) -> None:
    turned = replace(sample, groups=sample.groups[::-1])
    assert list(difference(sample, turned).lines()) == ["groups: in another order"]
    assert digest(turned) != digest(sample)


def test_the_sample_is_read_and_restored_without_delay(sample: Site) -> None:
    """A start reads the kept site, so it must be a small part of the seconds a start may take.

    The time of this thread counts alone, however busy the machine is.
    """
    kept = json.dumps(site_to_json(sample))
    spent = []
    for work in (lambda: read_site(SAMPLE), lambda: site_from_json(json.loads(kept)), lambda: digest(sample)):
        best = 9.0
        for _ in range(5):
            begin = time.thread_time()
            work()
            best = min(best, time.thread_time() - begin)
        spent.append(best)
    print("read, restore, digest (s):", *(f"{seconds:.3f}" for seconds in spent))
    assert max(spent) < 0.3
