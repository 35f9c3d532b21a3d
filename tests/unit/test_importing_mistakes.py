"""Every mistake in a site file is told with its file, its line and a mend, all in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from queue_server.app.importing import ImportProblems, check_site
from queue_server.app.importing.wording import MENDS, STATEMENTS
from tests.unit.importing_samples import bare_sample, commune


@dataclass(frozen=True)
class Typo:
    """The technician wrote `new` for `old`, and `code` is told at that line plus `below`.

    `at` names another place where it is told; `also` are codes that follow from it.
    """

    code: str
    file: str
    old: str
    new: str
    says: str
    below: int = 0
    at: tuple[str, str] | None = None
    before: tuple[tuple[str, str, str], ...] = ()
    also: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"{self.code} {self.file}"


def site(code: str, old: str, new: str, says: str, **more: object) -> Typo:
    return Typo(code, "site.toml", old, new, says, **more)  # type: ignore[arg-type]


LONG = "x" * 201
LOBBY = 'id = "lobby"'
GATE = 'id = "gate"'
OWN = LOBBY + "\noffline_first = {}\noffline_last = {}"

TYPOS = [
    # the files
    site("no-file", '"services.csv"', '"service.csv"', "'service.csv': No such file"),
    site("file-outside", '"services.csv"', '"../services.csv"', "put it into the same folder"),
    site("file-outside", '"services.csv"', '"/etc/passwd"', "is not beside the site file"),
    site("toml", 'id = "quang-ninh"', "id = quang-ninh", "mend this line first"),
    site("toml", "cap_minutes = 45 ", "region = 45 ", "Cannot overwrite a value", below=3),
    Typo("csv", "services.csv", "Hủy đăng ký dự án", '"Hủy đăng ký dự án', "close every quote"),
    Typo("no-header", "counters.csv", "number,area,queues,helps", ",,,", "id,number,area,queues,helps"),
    Typo("twice-column", "queues.csv", "id,agency,prefix", "id,agency,id", "column 'id' stands twice"),
    Typo("columns", "counters.csv", "2,a,stnmt,sgtvt sxd", "2,a,stnmt", "the row has 3 cells, the header 4"),
    # keys
    site("unknown-key", "outside_hours =", "outside_hour =", "nearest: 'outside_hours'"),
    site("unknown-key", "[rule]", "[rules]", "nearest: 'rule'"),
    site(
        "unknown-key", "number_reading", "numbers_reading", "key 'numbers_reading' is not known in the rule"
    ),
    site("unknown-key", "speaks = true", "speak = true", "nearest: 'speaks'"),
    Typo(
        "unknown-key",
        "agencies.csv",
        "about_vi",
        "abuot_vi",
        "nearest: 'about_vi'",
        also=frozenset({"missing-language"}),
    ),
    Typo(
        "missing-key",
        "services.csv",
        "id,queue",
        "id,queu",
        "service has no 'queue'",
        also=frozenset({"unknown-key"}),
    ),
    site(
        "missing-key",
        '[[areas]]\nid = "b"',
        "[[areas]]",
        "area has no 'id'; add it: a short name",
        also=frozenset({"unknown-reference"}),
    ),
    site("twice-key", 'id = "main"\n', 'id = "main"\nname_vi = "Bảng"\n', "keep one of them", below=2),
    site("no-section", '"counters.csv"', "[]", '[[counters]] or counters = "counters.csv"'),
    site(
        "too-many",
        "[[groups]]",
        '[[groups]]\nid = "x"\nname = {vi = "x", en = "x"}\n' * 31 + "[[groups]]",
        "at most 30 are allowed",
        also=frozenset({"twice"}),
    ),
    site("not-a-list", '"queues.csv"', "5", 'write queues = "queues.csv" or [[queues]]'),
    site("not-a-table", "[rule]", "[[rule]]", "write [rule] and its keys below"),
    # values
    site("not-text", 'vi = "Bảng tầng 1"', "vi = 1", "'name_vi' is not text; put it in quotes"),
    site("not-printable", "Bảng tầng 1", "Bảng\\ntầng 1", "write it on one line"),
    Typo("not-printable", "services.csv", "Hủy đăng ký dự án", '"Hủy\nđăng ký dự án"', "holds a line break"),
    site("too-long", "Từ sảnh rẽ trái", LONG, "'direction_vi' has 201 characters; at most 200"),
    site("not-id", 'id = "quang-ninh"', 'id = "Quảng Ninh"', "'Quảng Ninh' is not an id"),
    Typo(
        "not-whole",
        "services.csv",
        "1.014132,stnmt,",
        "1.014132,stnmt,often",
        "'popular' is 'often', not a whole number",
    ),
    Typo("not-whole", "services.csv", "1.014132,stnmt,", "1.014132,stnmt,1²", "digits only, from 1 to 999"),
    Typo("not-number", "services.csv", "1.014132,stnmt,,25", "1.014132,stnmt,,a while", "from 0.5 to 240"),
    site("not-number", "rate = 2.0", "rate = true", "'rate' is 'True', not a number"),
    site("range", "rate = 2.0", "rate = 0", "write a number from 0.1 to 100"),
    site("range", "rate = 2.0", "rate = 1000", "'rate' is 1000"),
    site("range", "announcement_seconds = 60", "announcement_seconds = 3601", "from 5 to 3600"),
    site("range", "announcement_seconds = 60", "announcement_seconds = 4", "from 5 to 3600"),
    site("range", "rate = 2.0", "rate = nan", "'rate' is nan"),
    site("range", "cap_minutes = 45", "cap_minutes = -1", "from 1 to 600"),
    site("not-flag", "speaks = true", 'speaks = "yes"', "write true or false"),
    site("not-choice", 'arrow = "left"', 'arrow = "lfet"', "nearest: 'left'"),
    site("not-choice", '"warn"', '"refuze"', "nearest: 'refuse'"),
    site("not-choice", LOBBY, f'{LOBBY}\nwithout_paper = "cloze"', "nearest: 'close'", below=1),
    site("not-list", 'days = ["sat"]', "days = []", "'days' is not a list"),
    site("twice-in-list", 'days = ["sat"]', 'days = ["sat", "sat"]', "'sat' stands twice in 'days'"),
    site("not-date", "date = 2026-04-30", 'date = "2026-04-31"', "year-month-day, for example 2026-04-30"),
    site("not-date", "date = 2026-04-30", "date = 2026-04-30T00:00:00", "is not a date"),
    site("not-span", '"07:30-11:30", "13', '"11:30-07:30", "13', "from-to within one day"),
    site("not-span", '"07:30-11:30", "13', '"7h30-11h30", "13', "'7h30-11h30' is not a span of hours"),
    Typo("not-letters", "agencies.csv", "stp,STP,C,", "stp,STP,c,", "capital letters, A to Z or Đ"),
    Typo("not-sign", "counters.csv", "\n7,", "\nseven,", "for example 12 or 12A", below=1),
    site("not-address", "virtual://gate", "gate", "for example virtual://lobby"),
    site("unknown-timezone", "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Min", "nearest: 'Asia/Ho_Chi_Minh'"),
    site("unknown-timezone", "Asia/Ho_Chi_Minh", "/etc/passwd", "for example 'Asia/Ho_Chi_Minh'"),
    site("unknown-language", '["vi", "en"]', '["vi", "fr"]', "language 'fr' is not known"),
    site(
        "foreign-language",
        'en = "Floor 1 board"',
        'en = "Floor 1 board", fr = "Panneau"',
        "or add the language to 'languages'",
    ),
    site("missing-language", ', en = "Floor 1 board"', "", "'name' has no text in 'en'; add name_en"),
    Typo("missing-language", "agencies.csv", ",Department of Justice,", ",,", "'name' has no text in 'en'"),
    # what belongs together
    Typo(
        "unknown-reference",
        "counters.csv",
        "10,b,stp,",
        "10,b,stp2,",
        "queue 'stp2' is not known; nearest: 'stp'",
    ),
    Typo("unknown-reference", "counters.csv", "10,b,", "10,z,", "area 'z' is not known; known: 'a', 'b'"),
    Typo("unknown-reference", "services.csv", "1.014132,stnmt", "1.014132,stnm", "nearest: 'stnmt'"),
    Typo(
        "unknown-reference", "agencies.csv", "STP,C,justice", "STP,C,justise", "group 'justise' is not known"
    ),
    site(
        "unknown-reference", 'areas = ["a", "b", "c"]', 'areas = ["a", "b", "cc"]', "area 'cc' is not known"
    ),
    Typo(
        "twice", "agencies.csv", "stp,STP,C,", "stp,STP,A,", "agency chip 'A' stands twice, first in line 2"
    ),
    Typo("twice", "queues.csv", "stp,stp,C,", "stp,stp,A,", "queue prefix 'A' stands twice, first in line 2"),
    Typo(
        "twice", "counters.csv", "\n7,", "\n6,", "counter number '6' stands twice, first in line 7", below=1
    ),
    Typo("twice", "services.csv", "\n1.014132,", "\n1.014131,", "service '1.014131' stands twice", below=1),
    Typo(
        "twice",
        "services.csv",
        "1.014132,stnmt,",
        "1.014132,stnmt,1",
        "in queue 'stnmt', service popular '1' stands twice",
        at=("services.csv", "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu"),
    ),
    site("twice", "date = 2026-05-01", "date = 2026-04-30", "holiday '2026-04-30' stands twice"),
    site(
        "overlap",
        '"13:30-17:00"',
        '"11:00-17:00"',
        "the hours 11:00-17:00 overlap 07:30-11:30 on the same day",
    ),
    site("overlap", 'days = ["sat"]', 'days = ["fri"]', "join them or move one", below=1),
    Typo(
        "first-last",
        "queues.csv",
        "sxd,sxd,D,17",
        "sxd,sxd,D,1",
        "numbers run from 1 to 1",
        before=(("queues.csv", "minutes", "last"),),
    ),
    site("half-range", LOBBY, f"{LOBBY}\noffline_first = 900", "without 'offline_last'", below=1),
    site("half-range", LOBBY, f"{LOBBY}\noffline_last = 900", "give both ends, or neither", below=1),
    site("offline-order", LOBBY, OWN.format(949, 900), "own numbers run from 949 to 900", below=2),
    site(
        "offline-overlap",
        GATE,
        f"{GATE}\noffline_first = 949\noffline_last = 999",
        "the numbers 949-999 overlap 900-949 of kiosk 'lobby'",
        below=1,
        before=(("site.toml", LOBBY, OWN.format(900, 949)),),
    ),
    site(
        "offline-outside",
        LOBBY,
        OWN.format(17, 18),
        "go beyond those of queue 'sxd', 1 to 17",
        below=2,
        before=(("queues.csv", "minutes", "last"),),
    ),
    Typo(
        "queue-unserved",
        "counters.csv",
        "40,f,svhtt,",
        "40,f,sdl,",
        "no counter has queue 'svhtt' as its own",
        at=("queues.csv", "svhtt,svhtt"),
        also=frozenset({"own-and-helped"}),
    ),
    Typo(
        "own-and-helped", "counters.csv", "1,a,stnmt,", "1,a,stnmt sxd,", "out of 'queues' or out of 'helps'"
    ),
    Typo(
        "agency-queueless",
        "queues.csv",
        "stnmt,stnmt,A",
        "stnmt,skhdt,A",
        "add a queue with agency = 'stnmt'",
        at=("agencies.csv", "stnmt,STNMT"),
    ),
    site("no-ordinary", 'id = "ordinary"', 'id = "normal"', "let the first class be 'ordinary'"),
    site("preset-key", "cap_minutes = 45", "cap_minutes = 45\nn = 3", "set preset = 'one-in-n'", below=1),
    site("preset-lacks", "cap_minutes = 45", 'preset = "strict"', 'add it: order = ["merit", "elderly"]'),
    site(
        "unknown-reference",
        "cap_minutes = 45",
        'preset = "strict"\norder = ["merit", "eldery"]',
        "class 'eldery' is not known; nearest: 'elderly'",
        below=1,
    ),
    site("ordinary-rate", "rate = 1.0", "rate = 2", "the other rates are measured against it"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return bare_sample(tmp_path)


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line (from 1) on which the replacement begins."""
    text = (folder / file).read_text(encoding="utf-8")
    at = text.index(old)
    (folder / file).write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text.count("\n", 0, at) + 1


def line_of(folder: Path, file: str, text: str) -> int:
    content = (folder / file).read_text(encoding="utf-8")
    return content.count("\n", 0, content.index(text)) + 1


@pytest.mark.parametrize("typo", TYPOS, ids=str)
def test_a_mistake_is_told_with_its_file_its_line_and_a_mend(copy: Path, typo: Typo) -> None:
    for file, old, new in typo.before:
        edit(copy, file, old, new)
    line = edit(copy, typo.file, typo.old, typo.new) + typo.below
    file = typo.file
    if typo.at:
        file, line = typo.at[0], line_of(copy, *typo.at)

    with pytest.raises(ImportProblems) as raised:
        check_site(copy)

    told = raised.value.problems
    found = [problem for problem in told if problem.code == typo.code and typo.says in str(problem)]
    assert [(Path(problem.place.file).name, problem.place.line) for problem in found] == [(file, line)], told
    assert {problem.code for problem in told} - {typo.code} <= typo.also
    assert str(found[0]).startswith(f"{copy / file}:{line}: ")


UNWISE = [
    (
        "sounds-alike",
        'id = "commune"\nagency',
        'id = "x"\nagency = "commune"\nprefix = "Đ"\n\n[[queues]]\nid = "commune"\nprefix = "D"\nagency',
        2,
    ),
    ("reads-alike", 'id = "commune"\nagency', 'id = "commune"\nprefix = "O"\nagency', 1),
    ("area-empty", "areas = [", 'areas = [{ id = "x", name = "x", direction = "x", arrow = "back" }, ', 0),
    ("group-empty", "groups = [", 'groups = [{ id = "x", name = "x" }, ', 0),
    (
        "area-unseen",
        "areas = [",
        'boards = [{ id = "m", name = "x", areas = ["x"] }]\n'
        'areas = [{ id = "x", name = "x", direction = "x", arrow = "back" }, ',
        1,
    ),
    ("silent", "areas = [", 'boards = [{ id = "m", name = "x", speaks = false }]\nareas = [', None),
    ("no-printer", "areas = [", 'kiosks = [{ id = "k", name = "x" }]\nareas = [', 0),
]


@pytest.mark.parametrize(("code", "old", "new", "below"), UNWISE, ids=[case[0] for case in UNWISE])
def test_what_is_allowed_but_unwise_is_a_warning_at_its_line(
    tmp_path: Path, code: str, old: str, new: str, below: int | None
) -> None:
    path = commune(tmp_path)
    line = edit(tmp_path, path.name, old, new)
    line = 0 if below is None else line + below  # 0: the file as a whole
    if code == "sounds-alike":
        edit(tmp_path, path.name, '["commune"] }]', '["commune", "x"] }]')

    warnings = check_site(path).warnings

    assert (code, line) in [(warning.code, warning.place.line) for warning in warnings]


def test_every_mistake_that_can_be_told_has_its_words_and_its_test() -> None:
    elsewhere = {"file-size", "not-utf8", "no-rates", "not-rates"}  # the last two: in rule files only
    assert STATEMENTS.keys() == MENDS.keys()
    assert {typo.code for typo in TYPOS} | {case[0] for case in UNWISE} | elsewhere == STATEMENTS.keys()


def test_all_mistakes_of_all_files_are_told_in_one_go_by_file_and_line(copy: Path) -> None:
    lines = [
        edit(copy, "site.toml", 'arrow = "left"', 'arrow = "lfet"'),
        edit(copy, "site.toml", "virtual://gate", "gate"),
        edit(copy, "counters.csv", "10,b,stp,", "10,b,stp2,"),
        edit(copy, "agencies.csv", "stp,STP,C,", "stp,STP,c,"),
    ]
    with pytest.raises(ImportProblems) as raised:
        check_site(copy)
    told = [(Path(problem.place.file).name, problem.place.line) for problem in raised.value.problems]
    assert told == [
        ("site.toml", lines[0]),
        ("site.toml", lines[1]),
        ("agencies.csv", lines[3]),
        ("counters.csv", lines[2]),
    ]
    assert str(raised.value).count("\n") == 3


def test_a_mistake_reads_as_a_sentence_with_its_mend(copy: Path) -> None:
    line = edit(copy, "counters.csv", "10,b,stp,", "10,b,stp2,")
    with pytest.raises(ImportProblems) as raised:
        check_site(copy)
    assert str(raised.value) == f"{copy / 'counters.csv'}:{line}: queue 'stp2' is not known; nearest: 'stp'"


def test_a_file_that_is_not_utf8_is_told_at_the_line_of_the_wrong_byte(copy: Path) -> None:
    text = (copy / "agencies.csv").read_bytes()
    (copy / "agencies.csv").write_bytes(text.replace("Sở Tư pháp".encode(), "Sở Tư pháp".encode("utf-16-le")))
    with pytest.raises(ImportProblems) as raised:
        check_site(copy)
    (problem,) = raised.value.problems
    assert (problem.code, Path(problem.place.file).name, problem.place.line) == (
        "not-utf8",
        "agencies.csv",
        4,
    )


def test_a_huge_file_is_not_read(copy: Path) -> None:
    (copy / "services.csv").write_bytes(b"x" * 5_000_001)
    with pytest.raises(ImportProblems) as raised:
        check_site(copy)
    assert [problem.code for problem in raised.value.problems] == ["file-size"]


def test_a_missing_site_file_is_told_and_not_raised_as_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ImportProblems) as raised:
        check_site(tmp_path / "nowhere.toml")
    assert str(raised.value).startswith(f"{tmp_path / 'nowhere.toml'}: the file cannot be read (No such file")
