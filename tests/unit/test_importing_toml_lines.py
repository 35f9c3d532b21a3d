"""Every key of a TOML file is found on its own line, however the file is laid out."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from queue_server.app.importing.toml_lines import key_lines
from tests.unit.importing_samples import SAMPLE

TRICKY = '''\
# a = 1
title = "not [a] table # nor a comment"   # but this is
text = """
[nothing]
x = 1 \\"""
"""
raw = \'\'\'
y = 2\'\'\'
dotted.key."quoted.part" = 1
list = [
  1, # [
  [2, "]"],

  { name = "a", inner = { deep = [ 3 ] } },
]
when = 1979-05-27 07:32:00Z

[table."with space"]
a = 1
[[many]]
a = 1
[[many]]
a = 2
[many.below]
b = 3
  [[many.rows]]
  c = 4
[after]
'''


def test_keys_are_found_behind_strings_comments_and_nested_lists() -> None:
    lines = key_lines(TRICKY)
    assert tomllib.loads(TRICKY)
    assert {path: lines[path] for path in [("title",), ("text",), ("raw",), ("list",), ("when",)]} == {
        ("title",): 2,
        ("text",): 3,
        ("raw",): 7,
        ("list",): 10,
        ("when",): 16,
    }
    assert lines["dotted", "key", "quoted.part"] == 9
    assert (lines["list", 0], lines["list", 1], lines["list", 2], lines["list", 2, "name"]) == (
        11,
        12,
        14,
        14,
    )
    assert lines["list", 2, "inner", "deep"] == 14
    assert lines["table", "with space", "a"] == 19
    assert (lines["many", 0, "a"], lines["many", 1], lines["many", 1, "a"]) == (21, 22, 23)
    assert (lines["many", 1, "below", "b"], lines["many", 1, "rows", 0, "c"]) == (25, 27)
    assert lines["after",] == 28
    assert ("y",) not in lines and ("nothing",) not in lines and ("x",) not in lines


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, item in below for inner in _paths(item, (*path, key)))]


def test_every_key_of_the_sample_has_a_line_that_names_it() -> None:
    text = (SAMPLE / "site.toml").read_text(encoding="utf-8")
    lines, rows = key_lines(text), text.splitlines()
    for path in _paths(tomllib.loads(text)):
        if path and isinstance(path[-1], str):
            assert path[-1] in rows[lines[path] - 1], path


SCALARS = st.sampled_from(
    ["1", "true", "2026-04-30", '"a"', "'}'", '"]"', '"\\""', '"""\n#"""', "'''\n[x]\n'''"]
)
INLINE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # ]\n".join(items) + "]")
        | st.lists(inner, max_size=2).map(
            lambda items: "{" + ", ".join(f"k{index} = {item}" for index, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.sampled_from(["", "[t{}]\n", "[[m]]\n", "\n# [c]\n"]), INLINE), max_size=6))
def test_any_valid_file_yields_exactly_its_own_paths(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{before.format(at)}key{at} = {value}\n" for at, (before, value) in enumerate(parts))
    expected = [path for path in _paths(tomllib.loads(text)) if path]
    lines = key_lines(text)
    assert set(lines) == set(expected)
    rows = text.split("\n")
    for at in range(len(parts)):
        (path,) = (path for path in expected if path[-1] == f"key{at}")
        assert rows[lines[path] - 1].startswith(f"key{at} =")
