"""`motcua person` and `motcua session`: who signs in, as what, and who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from queue_server.core.calendar import rfc3339
from queue_server.options import Settings

from . import Trouble, with_settings
from .access import nobody, opened, subject_in

_ROLES = ["officer", "supervisor", "administrator", "viewer"]
_PASSWORD_HELP = "A first password, to be changed at the first sign-in; made up and shown when not given."
_WEAK = {
    "too_short": "the password needs at least 10 characters",
    "login": "the password must not be the login",
    "common": "the password is too easily guessed",
}


@contextmanager
def _people(settings: Settings) -> Iterator[tuple[Any, Any]]:
    """(access, site); what is wrong with a login or a password is said in one line."""
    from queue_server.app.access import LoginTaken, UnknownLogin, WeakPassword

    with opened(settings) as (access, site):
        try:
            yield access, site
        except LoginTaken as taken:
            raise Trouble(f"the login {str(taken)!r} is taken; choose another") from taken
        except UnknownLogin as unknown:
            raise nobody(str(unknown), [one.login for one in access.people()]) from unknown
        except WeakPassword as weak:
            advice = "leave --password away and one is made up"
            raise Trouble(f"{_WEAK[weak.reason]}; {advice}") from weak


def _first_password(given: str | None) -> tuple[str, str]:
    """(password, what to say of it)"""
    from queue_server.app.password_rule import made_up

    if given is not None:
        return given, "; the password must be changed at the first sign-in"
    password = made_up()
    return password, f"; first password, to be changed at the first sign-in: {password}"


@click.group()
def person() -> None:
    """People who sign in."""


@person.command("create")
@click.argument("login")
@click.option("--role", type=click.Choice(_ROLES), default="officer")
@click.option("--name", default="", help="The name colleagues see.")
@click.option("--counter", "counters", multiple=True, help="A counter they may open; may be repeated.")
@click.option("--password", help=_PASSWORD_HELP)
@with_settings("data", "site")
def create_person(
    settings: Settings, login: str, role: str, name: str, counters: tuple[str, ...], password: str | None
) -> None:
    """Let somebody sign in as LOGIN."""
    from queue_server.app.access import Role

    with _people(settings) as (access, site):
        for counter in counters:
            subject_in(site, "counter", {"counter": counter})
        given, about = _first_password(password)
        access.create_person(login, given, Role(role), name=name, counters=counters)
        click.echo(f"{login} may sign in as {role}{about}")


@person.command("list")
@with_settings("data", "site")
def list_people(settings: Settings) -> None:
    """List the people: login, role, state, counters, name."""
    with _people(settings) as (access, _):
        for one in access.people():
            locked = -(-access.locked_for(one) // 60_000)
            states = [
                "disabled" if one.disabled else "",
                f"locked for {locked} min" if locked else "",
                "first password" if one.must_change else "",
            ]
            state = ", ".join(filter(None, states)) or "good"
            counters = " ".join(one.counters) or "-"
            click.echo(f"{one.login:<16}  {one.role.value:<13}  {state:<16}  {counters:<12}  {one.name}")


@person.command("password")
@click.argument("login")
@click.option("--password", help=_PASSWORD_HELP)
@with_settings("data", "site")
def reset_password(settings: Settings, login: str, password: str | None) -> None:
    """Give LOGIN a new first password; their sessions end, and a lock opens."""
    with _people(settings) as (access, _):
        given, about = _first_password(password)
        access.reset_password(login, given)
        click.echo(f"{login} has a new password{about}")


@person.command("unlock")
@click.argument("login")
@with_settings("data", "site")
def unlock(settings: Settings, login: str) -> None:
    """Open an account that wrong passwords have locked."""
    with _people(settings) as (access, _):
        done = access.unlock(login)
        click.echo(f"{login} may sign in again" if done else f"{login} was not locked")


@person.command("disable")
@click.argument("login")
@with_settings("data", "site")
def disable(settings: Settings, login: str) -> None:
    """Shut LOGIN out, at once: their sessions end. What they did stays in the journal."""
    with _people(settings) as (access, _):
        done = access.disable(login)
        click.echo(f"{login} is shut out" if done else f"{login} was shut out before")


@person.command("enable")
@click.argument("login")
@with_settings("data", "site")
def enable(settings: Settings, login: str) -> None:
    """Let LOGIN in again."""
    with _people(settings) as (access, _):
        done = access.enable(login)
        click.echo(f"{login} may sign in again" if done else f"{login} was never shut out")


@person.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(_ROLES))
@with_settings("data", "site")
def change_role(settings: Settings, login: str, role: str) -> None:
    """Make LOGIN a ROLE; in force within two seconds."""
    from queue_server.app.access import Role

    with _people(settings) as (access, _):
        access.change(login, role=Role(role))
        click.echo(f"{login} is now {role}")


@person.command("name")
@click.argument("login")
@click.argument("name")
@with_settings("data", "site")
def change_name(settings: Settings, login: str, name: str) -> None:
    """Let colleagues see LOGIN as NAME."""
    with _people(settings) as (access, _):
        access.change(login, name=name)
        click.echo(f"{login} is now shown as {name}")


@person.command("counters")
@click.argument("login")
@click.argument("counters", nargs=-1)
@with_settings("data", "site")
def change_counters(settings: Settings, login: str, counters: tuple[str, ...]) -> None:
    """Let LOGIN, an officer, open these COUNTERS and no others; none at all where none is named."""
    with _people(settings) as (access, site):
        for counter in counters:
            subject_in(site, "counter", {"counter": counter})
        access.change(login, counters=counters)
        click.echo(f"{login} may open: {', '.join(counters) or 'no counter'}")


@click.group()
def session() -> None:
    """Who is signed in."""


@session.command("list")
@with_settings("data", "site")
def list_sessions(settings: Settings) -> None:
    """List the sessions in force: login, since when, last heard of, from where."""
    with _people(settings) as (access, site):
        logins = {one.id: one.login for one in access.people()}
        for one in access.sessions():
            since, seen = (rfc3339(site, at)[:16] for at in (one.began_at, one.seen_at))
            click.echo(f"{logins[one.person]:<16}  since {since}  heard of {seen}  {one.address or '-'}")


@session.command("end")
@click.argument("login")
@with_settings("data", "site")
def end_sessions(settings: Settings, login: str) -> None:
    """Sign LOGIN out everywhere; a counter they work at stays open."""
    with _people(settings) as (access, _):
        click.echo(f"{access.end_sessions(login)} sessions of {login} ended")
