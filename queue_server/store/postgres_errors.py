"""What PostgreSQL's errors mean to the application, said so that whoever runs it knows what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from ..app.ports import Conflict, StoreTrouble

_ADVICE = {
    "25006": "it takes no writes (a standby?): --database must name the primary server",
    "25P03": "it ended a transaction that stood still for too long",
    "28000": "it refuses this user: see pg_hba.conf and the user in --database",
    "28P01": "it refuses the password: see the user and password in --database",
    "3D000": "there is no such database: make it (createdb), or see the name in --database",
    "42501": "this user may not do that: it must own the schema motcua, or be granted it",
    "42P01": "its tables are gone: restore a backup, or see the database in --database",
    "53100": "its disk is full: make room",
    "53300": "it has no connection left: raise max_connections, or run fewer workers",
    "55P03": "another process holds this site for too long: see what hangs there",
    "57P01": "it is being stopped or restarted",
    "57P02": "it is recovering from a crash",
    "57P03": "it is starting up",
    "XX001": "its data are damaged: restore a backup",
    "XX002": "an index of it is damaged: REINDEX DATABASE, and see to the disk",
}
_GONE = "it does not answer: is it running, and are host and port in --database right?"


@contextmanager
def told(where: str) -> Iterator[None]:
    """Errors of PostgreSQL inside become Conflict or StoreTrouble; wrong use of it stays what it is."""
    try:
        yield
    except psycopg.IntegrityError as error:
        raise Conflict(error.diag.constraint_name or str(error)) from error
    except psycopg.Error as error:
        if not is_trouble(error):
            raise
        raise StoreTrouble(f"PostgreSQL, {where}: {_advice(error)}") from error


def is_trouble(error: BaseException) -> bool:
    """Whether the server or the way to it is at fault, and not the program."""
    if isinstance(error, psycopg.OperationalError | psycopg.InternalError):
        return True
    return isinstance(error, psycopg.Error) and error.sqlstate in _ADVICE


def _advice(error: psycopg.Error) -> str:
    """What to do, and what the server itself said."""
    said = " ".join(str(error).split())
    if isinstance(error, psycopg.errors.PipelineAborted):
        return "the transaction was undone"
    state = error.sqlstate or next((code for words, code in _SAID.items() if words in said), "")
    advice = _ADVICE.get(state) or (_GONE if any(words in said for words in _SAID_OF_GONE) else "")
    return f"{advice} ({said})" if advice else said


# A refused connection brings no code, only what was said.
_SAID = {
    "password authentication failed": "28P01",
    "no password supplied": "28P01",
    "no pg_hba.conf entry": "28000",
    '" does not exist': "3D000",
    "too many clients": "53300",
    "too many connections": "53300",
    "connection slots are reserved": "53300",
    "the database system is": "57P03",
}
_SAID_OF_GONE = (
    *("refused", "No such file", "timeout", "timed out", "resolve host", "Name or service", "lost", "closed"),
    *("No route", "unreachable", "reset by peer", "SSL SYSCALL"),
)
