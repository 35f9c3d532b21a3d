"""The shapes of signing in: what is sent, and what a session says of its person."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from .bodies import Request
from .schemas import Words

Password = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\u0000-\\u001f\\u007f]*$")]


class Credentials(Request):
    login: Words
    password: Password


class PasswordChange(Request):
    """`new`: at least 10 characters, not the login, not the current one, not one that anybody guesses."""

    current: Password
    new: Password


class User(Struct):
    id: Annotated[str, Meta(description="The same as `officer.id` of a counter that this person opened.")]
    login: str
    name: str
    role: Literal["officer", "supervisor", "administrator", "viewer"]
    counters: list[str]


class SessionView(Struct):
    user: User
    rights: Annotated[list[str], Meta(description="The actions that this person's role may do here.")]
    csrf: str
    must_change_password: Annotated[
        bool, Meta(description="Nothing else is answered until POST /session/password has taken a new one.")
    ]
