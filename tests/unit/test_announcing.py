"""Announcements: the words shown, the clips played, and how numbers are read in Vietnamese and English."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.announcing import PHRASES, Announcement, Clips, Kind, announce, vocabulary
from queue_server.core.reading import LARGEST_QUANTITY, Reading, Region, mark_aloud, quantity_aloud

VOCABULARY = vocabulary()
KINDS: tuple[Kind, ...] = ("call", "recall", "transfer", "missed", "paused", "closing")
LETTERS = string.ascii_uppercase + "ĂÂĐÊÔƠƯ"


def spoken(clips: Clips, language: str) -> str:
    """What a person hears in one language, as text."""
    names = dict(clips)[language]
    words = (VOCABULARY[language][name.removeprefix(f"{language}/")] for name in names)
    return " ".join(word for word in words if word)


def quantity(number: int, language: str = "vi", region: Region = "north") -> str:
    return " ".join(VOCABULARY[language][clip] for clip in quantity_aloud(number, language, region))


def label_in_words(label: str, reading: Reading, language: str = "vi", region: Region = "north") -> str:
    return " ".join(VOCABULARY[language][clip] for clip in mark_aloud(label, language, reading, region))


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        ("call", "Mời khách hàng số A012 đến quầy số 3.", "Number A012, please go to counter 3."),
        (
            "recall",
            "Mời khách hàng số A012 đến quầy số 3. Nhắc lại lần 2.",
            "Number A012, please go to counter 3. This is call number 2.",
        ),
        (
            "transfer",
            "Khách hàng số A012 vui lòng chuyển sang quầy số 3, Tầng 1, khu A.",
            "Number A012, please move to counter 3, Floor 1, zone A.",
        ),
        (
            "missed",
            "Khách hàng số A012 đã qua lượt, vui lòng liên hệ quầy hướng dẫn.",
            "Number A012 has missed its turn, please ask at the guidance desk.",
        ),
        ("paused", "Quầy số 3 tạm ngừng phục vụ.", "Counter 3 has paused."),
        ("closing", "Đã hết giờ nhận số.", "Numbers are no longer given out today."),
    ],
)
def test_each_kind_shows_its_phrase(kind: Kind, vi: str, en: str) -> None:
    area = {"vi": "Tầng 1, khu A", "en": "Floor 1, zone A"}
    words, _ = announce(kind, label="A012", counter="3", times=2, area=area)
    assert words == {"vi": vi, "en": en}


def test_a_call_is_a_chime_then_vietnamese_then_english() -> None:
    _, clips = announce("call", label="A012", counter="12")
    assert clips == (
        (
            "vi",
            (
                "vi/chime",
                "vi/call-1",
                "vi/letter-a",
                "vi/n-0",
                "vi/n-1",
                "vi/n-2",
                "vi/call-2",
                "vi/ten",
                "vi/n-2",
            ),
        ),
        (
            "en",
            ("en/call-1", "en/letter-a", "en/n-0", "en/n-1", "en/n-2", "en/breath", "en/call-2", "en/n-12"),
        ),
    )
    assert spoken(clips, "vi") == "Mời khách hàng số a không một hai đến quầy số mười hai"
    assert spoken(clips, "en") == "Number A zero one two please go to counter twelve"


def test_a_recall_says_which_time_after_a_pause() -> None:
    _, clips = announce("recall", label="B3", counter="21", times=2)
    assert spoken(clips, "vi") == "Mời khách hàng số bê ba đến quầy số hai mươi mốt Nhắc lại lần hai"
    assert dict(clips)["vi"][-3:] == ("vi/pause", "vi/recall-3", "vi/n-2")
    assert spoken(clips, "en").endswith("This is call number two")


def test_a_transfer_says_the_area_only_when_every_word_of_its_name_can_be_said() -> None:
    plain = {"vi": "Tầng 2, khu B", "en": "Floor 2, zone B"}
    odd = {"vi": "Khu Đất đai", "en": "Land wing"}
    _, said = announce("transfer", label="A1", counter="5", area=plain)
    words, unsaid = announce("transfer", label="A1", counter="5", area=odd)
    assert spoken(said, "vi").endswith("chuyển sang quầy số năm tầng hai khu bê")
    assert spoken(said, "en").endswith("move to counter five floor two zone B")
    assert spoken(unsaid, "vi").endswith("chuyển sang quầy số năm")
    assert words["vi"].endswith("quầy số 5, Khu Đất đai.")


def test_the_same_words_share_one_clip() -> None:
    assert announce("recall", label="A1", counter="2")[1][0][1][1] == "vi/call-1"
    for texts in VOCABULARY.values():
        phrases = [text for clip, text in texts.items() if text and clip.split("-")[0] in KINDS]
        assert len(phrases) == len(set(phrases))


def test_languages_follow_the_centre_and_the_first_one_has_the_chime() -> None:
    _, english_first = announce("call", label="A1", counter="2", languages=("en", "vi"))
    assert [language for language, _ in english_first] == ["en", "vi"]
    assert english_first[0][1][0] == "en/chime"
    assert "vi/chime" not in english_first[1][1]
    words, only = announce("closing", languages=("vi", "km"))
    assert [*words] == ["vi"] and [language for language, _ in only] == ["vi"]


def test_another_wording_of_a_centre_is_another_vocabulary() -> None:
    ours = {"vi": {**PHRASES["vi"], "call": "Xin mời số {label} vào quầy {counter}."}}
    _, clips = announce("call", label="A1", counter="2", phrases=ours)
    texts = vocabulary(ours)
    assert [*texts] == ["vi"]
    assert [texts["vi"][name[3:]] for name in clips[0][1]] == [
        "",
        "Xin mời số",
        "a",
        "một",
        "vào quầy",
        "hai",
    ]


@pytest.mark.parametrize(
    ("number", "north"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (1500, "một nghìn năm trăm"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
    ],
)
def test_vietnamese_quantities_as_the_north_says_them(number: int, north: str) -> None:
    assert quantity(number) == north


def test_the_south_says_le_and_ngan() -> None:
    assert quantity(101, region="south") == "một trăm lẻ một"
    assert quantity(1005, region="south") == "một ngàn không trăm lẻ năm"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (12, "twelve"),
        (40, "forty"),
        (57, "fifty seven"),
        (105, "one hundred and five"),
        (1005, "one thousand and five"),
        (1500, "one thousand five hundred"),
        (2_340, "two thousand three hundred and forty"),
    ],
)
def test_english_quantities(number: int, words: str) -> None:
    assert quantity(number, "en") == words


def vietnamese_by_groups(number: int, region: Region) -> str:
    """Another way to the same words: all four places written out in full, then the sound changes as text."""
    digit = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    thousands, hundreds, tens, ones = (int(sign) for sign in f"{number:04}")
    text = f" {digit[thousands]} nghìn {digit[hundreds]} trăm {digit[tens]} mươi {digit[ones]} "
    if number < 1000:
        text = text.replace(" không nghìn", "", 1)
        if number < 100:
            text = text.replace(" không trăm", "", 1)
            if number < 10:
                return digit[number]
    text = text.replace(" không mươi không ", " ").replace(" không mươi ", " linh ")
    text = (
        text.replace(" một mươi ", " mười ")
        .replace(" mươi không ", " mươi ")
        .replace(" mười không ", " mười ")
    )
    for old, new in (("mươi một", "mươi mốt"), ("mươi bốn", "mươi tư"), ("mươi năm", "mươi lăm")):
        text = text.replace(f" {old} ", f" {new} ")
    text = text.replace(" mười năm ", " mười lăm ").strip()
    if number % 1000 == 0:
        text = text.replace(" không trăm", "")
    return text.replace("linh", "lẻ").replace("nghìn", "ngàn") if region == "south" else text


def english_by_value(text: str) -> int:
    """The number that English words stand for."""
    teens = [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *teens]
    values = {word: value for value, word in enumerate(small)}
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    values |= {word: (place + 2) * 10 for place, word in enumerate(tens)}
    total = group = 0
    for word in text.split():
        if word == "thousand":
            total, group = group * 1000, 0
        elif word == "hundred":
            group *= 100
        elif word != "and":
            group += values[word]
    return total + group


@pytest.mark.parametrize("region", ["north", "south"])
def test_every_vietnamese_quantity_agrees_with_an_independent_formulation(region: Region) -> None:
    for number in range(LARGEST_QUANTITY + 1):
        assert quantity(number, region=region) == vietnamese_by_groups(number, region)


def test_every_english_quantity_means_its_number_and_no_two_sound_alike() -> None:
    texts = [quantity(number, "en") for number in range(LARGEST_QUANTITY + 1)]
    assert [english_by_value(text) for text in texts] == list(range(LARGEST_QUANTITY + 1))
    assert len(set(texts)) == len(texts)


def test_a_quantity_beyond_four_digits_is_refused_and_a_label_falls_back_to_digits() -> None:
    with pytest.raises(ValueError, match="9999"):
        quantity_aloud(10_000, "vi")
    assert label_in_words("10000", "quantity") == "một không không không không"
    assert label_in_words("00012", "quantity") == "mười hai"


@pytest.mark.parametrize(
    ("label", "reading", "words"),
    [
        ("1005", "digits", "một không không năm"),
        ("005", "digits", "không không năm"),
        ("A024", "digits", "a không hai bốn"),
        ("A024", "quantity", "a hai mươi tư"),
        ("Đ105", "quantity", "đê một trăm linh năm"),
        ("D1", "digits", "dê một"),
        ("HA012", "digits", "hát a không một hai"),
        ("HĐ7", "digits", "hát đê bảy"),
        ("đ7", "digits", "đê bảy"),
        ("3B", "quantity", "ba bê"),
        ("A-000", "quantity", "a không"),
    ],
)
def test_labels_are_read_letter_by_letter_then_the_number(label: str, reading: Reading, words: str) -> None:
    assert label_in_words(label, reading) == words


def test_decomposed_letters_are_read_like_composed_ones() -> None:
    assert label_in_words("Ơ1", "digits") == label_in_words("Ơ1", "digits") == "ơ một"


def test_no_two_letters_have_the_same_name() -> None:
    for language in VOCABULARY:
        names = [label_in_words(letter, "digits", language) for letter in LETTERS]
        assert len(set(names)) == len(LETTERS) and all(names)


marks = st.one_of(
    st.from_regex(rf"\A[{LETTERS}]{{0,2}}[0-9]{{1,6}}\Z"),
    st.text(max_size=12),
)


@given(
    kind=st.sampled_from(KINDS),
    label=marks,
    counter=marks,
    times=st.integers(0, 20_000),
    area=st.one_of(
        st.none(), st.fixed_dictionaries({"vi": st.text(max_size=20), "en": st.text(max_size=20)})
    ),
    reading=st.sampled_from(["digits", "quantity"]),
    region=st.sampled_from(["north", "south"]),
)
def test_whatever_is_announced_uses_known_clips_only(
    kind: Kind,
    label: str,
    counter: str,
    times: int,
    area: dict[str, str] | None,
    reading: Reading,
    region: Region,
) -> None:
    words, clips = announce(
        kind, label=label, counter=counter, times=times, area=area, reading=reading, region=region
    )
    assert [*words] == [language for language, _ in clips] == ["vi", "en"]
    for language, names in clips:
        assert names
        for name in names:
            spoken_by, clip = name.split("/")
            assert spoken_by == language and clip in VOCABULARY[language]


def test_every_clip_of_the_vocabulary_can_be_announced() -> None:
    """No recording is asked for in vain."""
    area = {"vi": "tầng 1, khu A, sảnh B, dãy 2", "en": "floor 1, zone A, area A, hall B, row 2"}
    rules: list[tuple[Reading, Region, tuple[str, str]]] = [
        ("quantity", "north", ("vi", "en")),
        ("quantity", "south", ("en", "vi")),
    ]
    used: set[str] = set()
    for reading, region, languages in rules:
        for label in [*LETTERS, *map(str, range(1200))]:
            for kind in KINDS if label == "1" else KINDS[:1]:
                _, clips = announce(
                    kind,
                    label=label,
                    counter="1",
                    times=2,
                    area=area,
                    languages=languages,
                    reading=reading,
                    region=region,
                )
                used |= {name for _, names in clips for name in names}
    assert used == {f"{language}/{clip}" for language, clips in VOCABULARY.items() for clip in clips}


def test_clip_names_are_safe_as_file_names() -> None:
    allowed = set(string.ascii_lowercase + string.digits + "-")
    for clips in VOCABULARY.values():
        assert all(set(clip) <= allowed for clip in clips)


def test_an_announcement_is_a_plain_frozen_row() -> None:
    words, clips = announce("call", label="A012", counter="3")
    row = Announcement(7, "call", "A012", "3", 1_000, 61_000, words, clips)
    assert (row.id, row.expires - row.at, row.clips[0][0]) == (7, 60_000, "vi")
