"""The sample centre is whole: real agencies and procedures, every queue served, texts in both languages."""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter as Tally

import pytest

from queue_server.app.importing import CheckedSite, check_site
from queue_server.core.site import ORDINARY, Site
from tests.unit.importing_samples import SAMPLE


@pytest.fixture(scope="module")
def checked() -> CheckedSite:
    return check_site(SAMPLE)


@pytest.fixture(scope="module")
def site(checked: CheckedSite) -> Site:
    return checked.site


def test_it_is_imported_without_a_mistake_and_warns_only_of_its_letters(checked: CheckedSite) -> None:
    """The agencies hold all the letters from A to Z, those that sound or look alike among them."""
    assert Tally(warning.code for warning in checked.warnings) == {"reads-alike": 3, "sounds-alike": 2}


def test_it_has_the_26_agencies_of_the_province_each_with_its_letter(site: Site) -> None:
    assert len(site.agencies) == 26
    assert sorted(agency.chip for agency in site.agencies) == [
        chr(code) for code in range(ord("A"), ord("Z") + 1)
    ]
    assert site.agency["stp"].name == {"vi": "Sở Tư pháp", "en": "Department of Justice"}
    assert site.agency["stnmt"].code == "STNMT"


def test_every_agency_says_in_both_languages_what_it_does(site: Site) -> None:
    for agency in site.agencies:
        assert set(agency.name) == set(agency.about) == {"vi", "en"}
        assert all(10 <= len(text) <= 70 for text in agency.about.values()), agency


def test_agencies_stand_under_six_headings_none_of_them_crowded(site: Site) -> None:
    sizes = Tally(agency.group for agency in site.agencies)
    assert set(sizes) == {group.id for group in site.groups} and len(sizes) == 6
    assert max(sizes.values()) <= 6


def test_every_agency_has_one_queue_that_numbers_under_its_letter(site: Site) -> None:
    assert [queue.agency for queue in site.queues] == [agency.id for agency in site.agencies]
    for queue in site.queues:
        assert queue.prefix == site.agency[queue.agency].chip
        assert (queue.first, queue.last, queue.width) == (1, 9999, 3)
        assert 5 <= queue.service_minutes <= 30


def test_it_has_the_real_procedures_of_the_province(site: Site) -> None:
    assert len(site.services) == 1394
    counts = {queue: len(services) for queue, services in site.services_of.items()}
    assert (counts["snnptnt"], counts["stp"], counts["bdt"], counts["ttt"]) == (155, 154, 2, 1)
    assert set(counts) == set(site.queue)
    record = next(service for service in site.services_of["stp"] if service.popular == 1)
    assert record.name["vi"].startswith("Cấp Phiếu Lý lịch tư pháp cho công dân Việt Nam")


def test_procedures_are_clean_text(site: Site) -> None:
    for service in site.services:
        assert service.name["vi"] and unicodedata.is_normalized("NFC", service.name["vi"])
        assert not service.name["vi"].endswith(".") and "  " not in service.name["vi"]
        assert service.days == "" or service.days.isdigit()


def test_every_queue_names_its_most_used_services_from_1_up(site: Site) -> None:
    for queue, services in site.services_of.items():
        ranks = sorted(service.popular for service in services if service.popular is not None)
        assert ranks == list(range(1, len(ranks) + 1)), queue
        assert min(len(services), 3) <= len(ranks) <= 6, queue


def test_forty_counters_stand_in_six_areas_with_the_way_to_each(site: Site) -> None:
    assert [counter.number for counter in site.counters] == [str(number) for number in range(1, 41)]
    assert {counter.area for counter in site.counters} == {area.id for area in site.areas}
    assert len(site.areas) == 6
    for area in site.areas:
        assert set(area.name) == set(area.direction) == {"vi", "en"}


def test_every_queue_has_a_counter_of_its_own_and_neighbours_help_where_most_people_come(site: Site) -> None:
    own = Tally(queue for counter in site.counters for queue in counter.queues)
    anyhow = Tally(queue for counter in site.counters for queue in counter.serves)
    assert set(own) == set(site.queue)
    assert own["stp"] == 4 and anyhow["stp"] >= 16
    assert anyhow["stnmt"] >= 9


def test_counters_of_one_queue_stand_in_one_area(site: Site) -> None:
    """A slip sends a person to one area, so a queue's own counters are not strewn over the hall."""
    for queue in site.queue:
        assert len({counter.area for counter in site.counters if queue in counter.queues}) == 1, queue


def test_it_is_open_on_weekdays_twice_and_on_saturday_morning(site: Site) -> None:
    spans = {(hours.weekday, hours.start, hours.end) for hours in site.hours}
    weekdays = {(day, *span) for day in range(5) for span in ((450, 690), (810, 1020))}
    assert spans == weekdays | {(5, 450, 690)}
    assert site.outside_hours == "warn"


def test_holidays_hold_only_days_that_are_certain(site: Site) -> None:
    days = {holiday.date for holiday in site.holidays}
    assert {"2026-02-17", "2026-04-30", "2026-09-02", "2027-01-01", "2027-02-06"} <= days
    assert not {"2026-01-02", "2027-02-04", "2027-02-09", "2027-05-03", "2027-09-03"} & days
    assert len(days) == 23
    assert {datetime.date.fromisoformat(day).year for day in days} == {2026, 2027}


def test_those_with_priority_go_sooner_than_others(site: Site) -> None:
    ordinary, *others = site.classes
    assert (ordinary.id, ordinary.rate) == (ORDINARY, 1.0)
    assert {other.id for other in others} == {
        "elderly",
        "disabled",
        "pregnant",
        "merit",
        "appointment",
        "result",
    }
    assert all(other.rate > 1 and set(other.name) == set(other.about) == {"vi", "en"} for other in others)


def test_one_board_speaks_for_the_whole_hall_and_both_kiosks_print(site: Site) -> None:
    assert [board.id for board in site.boards if board.speaks] == ["main"]
    assert site.board["main"].areas == ()
    assert {kiosk.id: kiosk.printer for kiosk in site.kiosks} == {
        "lobby": "virtual://lobby",
        "gate": "virtual://gate",
    }
