"""What a scanned code means: of a card the age band alone, of a slip its secret, of a dossier its code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner import AgeBand, CitizenCard, DossierCode, Scan, TicketCode, Unreadable, decode
from drivers.scanner.framing import QUIET_SECONDS, Framing

SECRET = "5f2c8a90d1e34b7796c0aa1b22c3d4e5"
TODAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[2]


def card(
    number: str = "022085000000",
    old: str = "",
    name: str = "HỌ VÀ TÊN MẪU",
    birth: str = "05031985",
    sex: str = "Nam",
    address: str = "Địa chỉ mẫu",
    issued: str = "10052024",
    *more: str,
) -> str:
    return "|".join((number, old, name, birth, sex, address, issued, *more))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (card(), 16, 60),
        (card("022141000000", "000000000", birth="02091941", sex="Nữ"), 80, None),
        (card("022207000000", birth="15082007"), 16, 60),
        (card("022305000000", birth="25092005", sex="Nữ"), 16, 60),
        (card("022051000000", birth="24111951"), 60, 75),  # 75 tomorrow
        (card("022051000000", birth="23111951"), 75, 80),  # 75 today
        (card("022212000000", birth="29022012"), 0, 16),
        (card() + "|a field that newer cards add|and another", 16, 60),
        (card(name="HO VA TEN MAU?", sex="N?", number="022185000000"), 16, 60),  # as a keyboard mangles it
    ],
)
def test_a_card_gives_its_age_band_and_nothing_else(text: str, low: int, high: int | None) -> None:
    assert decode(text, TODAY) == decode(text.encode(), TODAY) == CitizenCard(AgeBand(low, high))
    assert CitizenCard.__slots__ == ("age",) and AgeBand.__slots__ == ("low", "high")


def test_bands_are_the_centres_own() -> None:
    assert decode(card(), TODAY, bands=(0, 40, 65)) == CitizenCard(AgeBand(40, 65))


@pytest.mark.parametrize(
    "text",
    [
        card("099085000000"),  # no such province
        card().replace("|", ";", 1),
        card(issued="01012030"),
        card(birth="31021985"),
        "|".join(card().split("|")[:6]),
        card("022185000000"),  # a woman's century digit
        card(name=""),
        card("022085"),
        card("０22085000000"),
        card(old="12"),
        card(birth="05031986"),  # another year than the number's
        card(birth="05031885", number="022085000000"),
        card(issued="10051984"),  # issued before birth
        card(sex="X"),
        "|||||||",
    ],
)
def test_a_card_that_contradicts_itself_is_damaged(text: str) -> None:
    assert decode(text, TODAY) == Unreadable("damaged_card")


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        (
            "http://192.0.2.10:8080/t/5f2c8a90d1e34b7796c0aa1b22c3d4e5",
            TicketCode("5f2c8a90d1e34b7796c0aa1b22c3d4e5"),
        ),
        ("https://motcua.example/t/5f2c8a90d1e34b77/", TicketCode("5f2c8a90d1e34b77")),
        ("HTTPS://motcua.example/t/5f2c8a90d1e34b77\r\n", TicketCode("5f2c8a90d1e34b77")),
        ("https://motcua.example/t/../../admin", Unreadable("unknown")),
        ("https://motcua.example/x/5f2c8a90d1e34b77", Unreadable("unknown")),
        ("ftp://motcua.example/t/5f2c8a90d1e34b77", Unreadable("unknown")),
        ("http://[::1/t/5f2c8a90d1e34b77", Unreadable("unknown")),
        ("H49.12-261123-0001", DossierCode("H49.12-261123-0001")),
        ("h49.12.03-261123-0001 ", DossierCode("H49.12.03-261123-0001")),
        ("000.00.12.H49-261123-0001", DossierCode("000.00.12.H49-261123-0001")),
        ("G01.899-261123-12345", DossierCode("G01.899-261123-12345")),
        ("8934673123456", Unreadable("unknown")),  # a milk carton
        ("", Unreadable("empty")),
        ("  \r\n", Unreadable("empty")),
        ("x" * 1025, Unreadable("too_long")),
    ],
)
def test_each_kind_of_code_is_known(text: str, scan: Scan) -> None:
    assert decode(text, TODAY) == scan


def test_bytes_that_are_no_text_are_said_to_be_none() -> None:
    assert decode(b"\xff\xfe022", TODAY) == Unreadable("not_text")


@given(st.binary(max_size=1200) | st.text(max_size=300))
def test_no_code_at_all_breaks_the_reading(read: bytes | str) -> None:
    assert isinstance(decode(read, TODAY), Scan)


@given(st.lists(st.text("0123456789|NamữHh.-/", max_size=14), max_size=9), st.dates())
def test_no_half_card_breaks_the_reading_on_any_day(fields: list[str], today: date) -> None:
    decode("|".join(fields), today)
    decode(card(*fields[:7]), today)


def test_the_scanners_code_stores_nothing_and_logs_nothing() -> None:
    for path in (ROOT / "drivers" / "scanner").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in ("logging", "print(", "write_text", "write_bytes", "sqlite", "open("):
            assert word not in text.replace("_open(", "").replace("os.open(", ""), f"{path.name}: {word}"


# ---- cutting what arrives into codes -----------------------------------------------------------------


def test_codes_end_with_a_line_or_with_silence() -> None:
    framing = Framing()
    assert framing.feed(b"one\r\ntw", 0.0) == [b"one"]
    assert framing.feed(b"o\n", 0.01) == [b"two"]
    assert framing.feed(b"three", 1.0) == []
    assert framing.rest(1.0 + QUIET_SECONDS / 2) == []
    assert framing.rest(1.01 + QUIET_SECONDS) == [b"three"]
    assert framing.feed(b"fo", 2.0) == [] and framing.feed(b"ur", 2.01 + QUIET_SECONDS) == [b"fo"]


def test_a_code_without_end_is_thrown_away_and_the_next_one_is_read() -> None:
    framing = Framing()
    for number in range(100):
        assert framing.feed(b"x" * 1000, number / 1000) == []
    assert framing.is_babbling(0.1)
    assert len(framing._arrived) <= 1024
    assert framing.feed(b"\n", 0.2) == []
    assert not framing.is_babbling(3.0)
    assert framing.feed(b"H49-261123-1\n", 3.0) == [b"H49-261123-1"]


def test_more_codes_than_hands_can_hold_are_babble_and_calm_ends_it() -> None:
    framing = Framing()
    read = [code for number in range(50) for code in framing.feed(b"%d\n" % number, number / 50)]
    assert len(read) <= 5
    assert framing.feed(b"again\n", 5.0) == [b"again"]


@given(st.lists(st.tuples(st.binary(max_size=300), st.floats(0, 2)), max_size=30))
def test_nothing_that_arrives_grows_without_bound(parts: list[tuple[bytes, float]]) -> None:
    framing, now = Framing(), 0.0
    for data, later in parts:
        now += later
        for code in framing.feed(data, now):
            assert 0 < len(code) <= 1024
        assert len(framing._arrived) <= 1024 and len(framing._recent) <= 6
