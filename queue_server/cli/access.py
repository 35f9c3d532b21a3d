"""`motcua token` and `motcua access-log`: devices that may ask, and what happened at the door."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from queue_server.core.calendar import rfc3339
from queue_server.options import Settings

from . import Trouble, chosen_site, opened_store, with_settings

_SUBJECTS = {"kiosk": "kiosk", "officer": "counter", "board": "board"}


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Any, Any]]:
    """(access, the site's description); what is done is noted under whoever is logged in at this machine."""
    from queue_server.main import build_access

    with opened_store(settings) as store:
        site_id = chosen_site(store, settings)
        with store.reading(site_id) as reading:
            site = reading.site()[1]
        access = build_access(store, site_id)
        access.operator = f"shell:{_user()}"
        yield access, site


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return str(os.getuid())


@click.group()
def token() -> None:
    """Tokens of devices and integrators."""


@token.command("create")
@click.option("--role", type=click.Choice(["kiosk", "officer", "board", "integrator"]), required=True)
@click.option("--counter", help="The counter an officer's token is bound to.")
@click.option("--kiosk", help="The kiosk; default: the first.")
@click.option("--board", help="The board; default: the first.")
@click.option("--name", default="", help="A note on where the token is used.")
@with_settings("data", "site")
def create_token(settings: Settings, role: str, name: str, **subjects: str | None) -> None:
    """Make a token and print it: this is the only time it is shown."""
    from queue_server.app.access import Role

    with opened(settings) as (access, site):
        kind = _SUBJECTS.get(role)
        subject = subject_in(site, kind, subjects) if kind else None
        click.echo(access.create_token(Role(role), subject, name))


def nobody(login: str, known: Iterable[str]) -> Trouble:
    """What to say of a login that is nobody's."""
    near = difflib.get_close_matches(login, list(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "; see `motcua person list`"
    return Trouble(f"nobody has the login {login!r}{hint}")


def subject_in(site: Any, kind: str, subjects: dict[str, str | None]) -> str:
    known = {"kiosk": site.kiosk, "counter": site.counter, "board": site.board}[kind]
    wanted = subjects[kind]
    if wanted is None and kind == "counter":
        raise Trouble("an officer's token needs --counter ID")
    if wanted is None:
        wanted = next(iter(known), None)
    if wanted not in known:
        raise Trouble(f"there is no {kind} {wanted!r}; there is: {', '.join(known)}")
    return str(wanted)


@token.command("list")
@with_settings("data", "site")
def list_tokens(settings: Settings) -> None:
    """List the tokens: id, role, what for; never the token itself."""
    with opened(settings) as (access, _):
        for item in access.tokens():
            state = "revoked" if item.revoked_at else "good"
            click.echo(f"{item.id}  {item.role.value:<10}  {item.subject or '-':<12}  {state:<8} {item.name}")


@token.command("revoke")
@click.argument("token_id")
@with_settings("data", "site")
def revoke_token(settings: Settings, token_id: str) -> None:
    """Make a token worthless, by its id from `token list`."""
    with opened(settings) as (access, _):
        if not access.revoke_token(token_id):
            raise Trouble(f"there is no good token {token_id!r}; see `motcua token list`")
        click.echo(f"{token_id} revoked")


@click.command("access-log")
@click.option("--person", "login", help="Only what concerns this login.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=200, show_default=True, help="The newest so many."
)
@with_settings("data", "site")
def access_log(settings: Settings, login: str | None, limit: int) -> None:
    """Show who signed in, was refused, locked or changed, when and from where; kept for 90 days."""
    from queue_server.app.access import UnknownLogin

    with opened(settings) as (access, site):
        logins = {person.id: person.login for person in access.people()}
        try:
            entries = access.log(login, limit)
        except UnknownLogin:
            raise nobody(login or "", logins.values()) from None
        for entry in entries:
            whom = logins.get(entry.person, entry.person) if entry.person else "-"
            actor = entry.actor.removeprefix("person:")
            who = logins.get(actor, actor) or "a stranger"
            where = entry.address or "-"
            line = f"{rfc3339(site, entry.at)[:19]}  {entry.act.value:<22}  {whom:<16}  by {who:<16}"
            click.echo(f"{line}  {where:<15}  {entry.detail}".rstrip())
