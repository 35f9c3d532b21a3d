"""A site file becomes a site: in TOML alone or with CSV, whatever program saved it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.app.importing import ImportProblems, check_site, read_site
from queue_server.core.site import Opening
from tests.unit.importing_samples import COMMUNE, SAMPLE, commune, copied_sample


def test_a_commune_s_desk_fits_into_one_file_with_little_said(tmp_path: Path) -> None:
    site = read_site(commune(tmp_path))
    assert site.name == {"vi": "Bộ phận Một cửa xã Quảng La"}
    assert (site.timezone, site.outside_hours, site.languages) == ("Asia/Ho_Chi_Minh", "refuse", ("vi",))
    assert site.hours == (Opening(0, 450, 690), Opening(4, 450, 690))
    (queue,) = site.queues
    assert (queue.prefix, queue.name, queue.width) == ("A", {"vi": "Ủy ban nhân dân xã"}, 3)
    assert site.counters[0].id == "1"
    assert site.services[0].minutes == queue.service_minutes
    assert (site.boards, site.kiosks, site.holidays) == ((), (), ())


def test_a_list_says_the_same_in_csv_as_in_toml(tmp_path: Path) -> None:
    in_toml = read_site(commune(tmp_path))
    head, _, services = COMMUNE.partition("[[services]]")
    (tmp_path / "services.csv").write_text(
        "id,queue,name\nbirth,commune,Đăng ký khai sinh\n", encoding="utf-8"
    )
    in_csv = read_site(commune(tmp_path, 'services = "services.csv"\n' + head))
    assert services and in_csv == in_toml


def test_a_folder_stands_for_the_site_file_in_it() -> None:
    assert read_site(SAMPLE) == read_site(SAMPLE / "site.toml")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_save_its_own_way(tmp_path: Path, delimiter: str) -> None:
    """A byte order mark, ';' or tabs, Windows line ends, decomposed letters, empty rows at the end."""
    copy = copied_sample(tmp_path)
    expected = read_site(copy)
    text = (copy / "counters.csv").read_text(encoding="utf-8").replace(",", delimiter)
    (copy / "counters.csv").write_bytes(
        ("\ufeff" + text.replace("\n", "\r\n") + delimiter * 3 + "\r\n\r\n").encode()
    )
    agencies = (copy / "agencies.csv").read_text(encoding="utf-8")
    (copy / "agencies.csv").write_text(unicodedata.normalize("NFD", agencies), encoding="utf-8")
    assert read_site(copy) == expected


def test_an_escape_in_toml_is_composed_too(tmp_path: Path) -> None:
    site = read_site(commune(tmp_path, COMMUNE.replace("Đi thẳng", "Đi tha\\u0306\\u0309ng")))
    assert site.area["hall"].direction == {"vi": "Đi thẳng"}


def test_rows_after_a_cell_of_several_lines_keep_their_own_line_numbers(tmp_path: Path) -> None:
    head, _, _ = COMMUNE.partition("[[services]]")
    (tmp_path / "services.csv").write_text(
        'id,queue,name\na,commune,"x\ny\nz"\n\nb,nowhere,x\n', encoding="utf-8"
    )
    with pytest.raises(ImportProblems) as raised:
        check_site(commune(tmp_path, 'services = "services.csv"\n' + head))
    assert [(problem.code, problem.place.line) for problem in raised.value.problems] == [
        ("not-printable", 2),
        ("unknown-reference", 6),
    ]


def test_odd_spaces_around_a_number_do_no_harm(tmp_path: Path) -> None:
    """U+001C is a space to `str.strip`, but not to `int`."""
    head, _, _ = COMMUNE.partition("[[services]]")
    rows = "id,queue,popular,minutes,name\nbirth,commune,1\x1c,\xa012.5 ,x\n"
    (tmp_path / "services.csv").write_text(rows, encoding="utf-8")
    (service,) = read_site(commune(tmp_path, 'services = "services.csv"\n' + head)).services
    assert (service.popular, service.minutes) == (1, 12.5)


def test_what_hangs_on_a_list_that_cannot_be_read_is_not_told_as_well(tmp_path: Path) -> None:
    copy = copied_sample(tmp_path)
    (copy / "queues.csv").write_bytes(b"\xff")
    with pytest.raises(ImportProblems) as raised:
        check_site(copy)
    assert [problem.code for problem in raised.value.problems] == ["not-utf8"]


@settings(max_examples=150)
@given(st.data())
def test_no_damage_to_a_site_file_raises_anything_but_its_problems(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    head, _, _ = COMMUNE.partition("[[services]]")
    files = {
        "commune.toml": 'services = "services.csv"\n' + head,
        "services.csv": 'id,queue,popular,name\nbirth,commune,1,"Đăng ký\nkhai sinh"\n',
    }
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name].encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    junk = st.text(alphabet="[]{}=\"',.#\n\r\t\\;19aé\0\ufeff", max_size=6).map(str.encode) | st.binary(
        max_size=3
    )
    files[name] = ""
    folder = tmp_path_factory.mktemp("site")
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    damaged = content[:start] + data.draw(junk) + content[end:]
    (folder / name).write_bytes(damaged)
    try:
        check_site(folder / "commune.toml")
    except ImportProblems as told:
        ends = {str(path): len(path.read_bytes().splitlines()) + 1 for path in folder.iterdir()}
        assert told.problems
        for problem in told.problems:
            assert 0 <= problem.place.line <= ends[problem.place.file]
            assert "\n" not in str(problem)
