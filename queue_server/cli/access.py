"""`motcua token` and `motcua person`: who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, chosen_site, opened_store, with_settings

_SUBJECTS = {"kiosk": "kiosk", "officer": "counter", "board": "board"}


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Any, Any]]:
    """(access, the site's description)"""
    from queue_server.main import build_access

    with opened_store(settings) as store:
        site_id = chosen_site(store, settings)
        with store.reading(site_id) as reading:
            site = reading.site()[1]
        yield build_access(store, site_id), site


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

    with _opened(settings) as (access, site):
        kind = _SUBJECTS.get(role)
        subject = _subject(site, kind, subjects) if kind else None
        click.echo(access.create_token(Role(role), subject, name))


def _subject(site: Any, kind: str, subjects: dict[str, str | None]) -> str:
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
    with _opened(settings) as (access, _):
        for item in access.tokens():
            state = "revoked" if item.revoked_at else "good"
            click.echo(f"{item.id}  {item.role.value:<10}  {item.subject or '-':<12}  {state:<8} {item.name}")


@token.command("revoke")
@click.argument("token_id")
@with_settings("data", "site")
def revoke_token(settings: Settings, token_id: str) -> None:
    """Make a token worthless, by its id from `token list`."""
    with _opened(settings) as (access, _):
        if not access.revoke_token(token_id):
            raise Trouble(f"there is no good token {token_id!r}; see `motcua token list`")
        click.echo(f"{token_id} revoked")


@click.group()
def person() -> None:
    """People who sign in."""


@person.command("create")
@click.argument("login")
@click.option(
    "--role", type=click.Choice(["officer", "supervisor", "administrator", "viewer"]), default="officer"
)
@click.option("--name", default="", help="The name colleagues see.")
@click.option("--counter", "counters", multiple=True, help="A counter they may open; may be repeated.")
@click.password_option(help="Asked for when not given.")
@with_settings("data", "site")
def create_person(
    settings: Settings, login: str, role: str, name: str, counters: tuple[str, ...], password: str
) -> None:
    """Let somebody sign in as LOGIN."""
    from queue_server.app.access import LoginTaken, Role

    with _opened(settings) as (access, site):
        for counter in counters:
            _subject(site, "counter", {"counter": counter})
        try:
            access.create_person(login, password, Role(role), name=name, counters=counters)
        except LoginTaken as taken:
            raise Trouble(f"the login {login!r} is taken; choose another") from taken
        click.echo(f"{login} may sign in as {role}")
