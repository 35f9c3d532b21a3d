"""Reading a plain head of a request at once: the usual way, line by line as if it were mail, takes longer.

Plain is what every browser, kiosk and desk sends: HTTP/1.1, names of letters, values of visible ASCII.
Whatever is not (a folded line, a space before a colon, a head that has not come whole) is left untouched on
the wire for the web server's own reader, which knows what to refuse.
"""

from __future__ import annotations

import re
from email.message import Message
from typing import Any

LONGEST = 8_192
"""Bytes of head that are looked at: what the web servers' buffers hold."""

# Names as RFC 9110 has them (tokens); a value neither ends in a space nor is empty. The usual reader, too,
# takes 99 fields and refuses the next.
_NAME = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_HEAD = re.compile(rb"(?:" + _NAME + rb": ?[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?\r\n){1,99}\r\n")
_LINE = re.compile(r"([A-Z]{3,7}) (/(?!/)[\x21-\x7e]*) (HTTP/1\.1)")


def request_line(line: str) -> tuple[str, str, str] | None:
    """(method, path, version) of a plain request line, without its end; None for any other."""
    found = _LINE.fullmatch(line)
    return (found[1], found[2], found[3]) if found else None


def fields_of(file: Any, message: Message) -> bool:
    """Take the header fields that come next in `file` (buffered, binary) into `message`; False, with nothing
    taken, where they are not plain.
    """
    found = _HEAD.match(file.peek(LONGEST))
    if found is None:
        return False
    for line in file.read(found.end()).decode("ascii").split("\r\n")[:-2]:
        name, _, value = line.partition(":")
        message.set_raw(name, value.removeprefix(" "))
    return True
