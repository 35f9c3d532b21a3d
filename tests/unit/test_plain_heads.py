"""Plain heads are read as the usual reader reads them; all others stay on the wire for it."""

from __future__ import annotations

from http.client import HTTPMessage, parse_headers
from io import BufferedReader, BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.plain_heads import LONGEST, fields_of, request_line

NAMES = st.from_regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}", fullmatch=True)
VALUES = st.from_regex(r"[!-~]([ -~]{0,30}[!-~])?", fullmatch=True)
BODY = b'{"queue":"dat"}\r\n\r\n'


def wire(head: bytes) -> BufferedReader:
    return BufferedReader(BytesIO(head + BODY), LONGEST)  # type: ignore[arg-type]


@given(st.lists(st.tuples(NAMES, VALUES, st.booleans()), min_size=1, max_size=20))
def test_a_plain_head_is_read_as_the_usual_reader_reads_it(fields: list[tuple[str, str, bool]]) -> None:
    lines = [f"{name}:{' ' if spaced else ''}{value}\r\n" for name, value, spaced in fields]
    head = "".join(lines).encode() + b"\r\n"
    quick, usual = HTTPMessage(), wire(head)
    file = wire(head)
    assert fields_of(file, quick)
    assert quick.items() == parse_headers(usual).items()
    assert file.read() == BODY == usual.read()


@pytest.mark.parametrize(
    "head",
    [
        b"\r\n",
        b"Host: a\r\n folded: line\r\n\r\n",
        b"Host : a\r\n\r\n",
        b"Host: a\n\n",
        b"Host: a\r\nContent-Length: 3\n\r\n",
        b"Host: a\r\nX: \xc4\x90\r\n\r\n",
        b"Host: a\r\nX: a\x00b\r\n\r\n",
        b"Host: a\r\nX: a \r\n\r\n",
        b"Host: a\r\nX:\ta\r\n\r\n",
        b"Host: a\r\nX:\r\n\r\n",
        b"Host: a\r\nno colon\r\n\r\n",
        b"Host: a\r\nX: " + b"a" * LONGEST + b"\r\n\r\n",
        b"X: a\r\n" * 100 + b"\r\n",
        b"Host: a\r\nContent-Le",
    ],
)
def test_any_other_head_stays_on_the_wire(head: bytes) -> None:
    message, file = HTTPMessage(), BufferedReader(BytesIO(head), LONGEST)  # type: ignore[arg-type]
    assert not fields_of(file, message)
    assert message.items() == [] and file.read() == head


def test_only_a_plain_request_line_is_taken_apart() -> None:
    assert request_line("POST /api/v1/tickets?a=b HTTP/1.1") == ("POST", "/api/v1/tickets?a=b", "HTTP/1.1")
    for odd in (
        "GET / HTTP/1.0",
        "GET  / HTTP/1.1",
        "get / HTTP/1.1",
        "GET //host/ HTTP/1.1",
        "GET http://host/ HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET /\u0111 HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET /\n HTTP/1.1",
        "GET /",
        "",
    ):
        assert request_line(odd) is None, odd
