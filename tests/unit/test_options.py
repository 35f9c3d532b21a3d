"""Options: one table, four sources, and a clear word where something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.cli import Trouble
from queue_server.cli.migrate import _side
from queue_server.options import OPTIONS, BadOption, settle


def test_a_flag_wins_over_a_variable_and_a_variable_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "motcua.toml"
    file.write_text('host = "file"\nport = 1\ndata = "file"\n', encoding="utf-8")
    settings = settle({"host": "flag"}, {"MOTCUA_HOST": "variable", "MOTCUA_PORT": "2"}, file)
    assert (settings.host, settings.port, settings.data, settings.mode) == (
        "flag",
        2,
        "file",
        "eventlet",
    )


def test_an_unknown_key_is_refused_with_the_nearest_known_name(tmp_path: Path) -> None:
    file = tmp_path / "motcua.toml"
    file.write_text("prot = 80\n", encoding="utf-8")
    with pytest.raises(BadOption, match="'prot'; did you mean 'port'"):
        settle({}, {}, file)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"MOTCUA_PORT": "many"}, "port must be a whole number, not 'many'"),
        ({"MOTCUA_DATABASE": "mysql://root:secret@here/x"}, "^database must begin with postgresql://$"),
        ({"MOTCUA_MESSAGE_QUEUE": "amqp://here"}, "^message_queue must begin with redis://$"),
        ({"MOTCUA_WORKERS": "0"}, "workers must be from 1 to 64, not 0"),
        ({"MOTCUA_WORKERS": "2"}, "several workers need --database"),
        ({"MOTCUA_MESSAGE_QUEUE": "redis://localhost"}, "with a SQLite file leave it out"),
        ({"MOTCUA_PROXIES": "-1"}, "proxies cannot be less than 0"),
        (
            {"MOTCUA_DATABASE": "postgresql://here/x", "MOTCUA_ASYNC_MODE": "eventlet"},
            "one slow query of PostgreSQL holds up everybody",
        ),
        ({"MOTCUA_ASYNC_MODE": "twisted"}, "async_mode must be one of eventlet, gevent, threading"),
    ],
)
def test_a_value_that_cannot_be_is_said(variables: dict[str, str], said: str) -> None:
    with pytest.raises(BadOption, match=said):
        settle({}, variables)


@pytest.mark.parametrize("content", ["host = ", "\xff"])
def test_a_file_that_is_not_toml_is_said(tmp_path: Path, content: str) -> None:
    file = tmp_path / "motcua.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadOption, match="is not TOML"):
        settle({}, {}, file)
    with pytest.raises(BadOption, match="cannot read"):
        settle({}, {}, tmp_path / "none.toml")


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        settle({}, {}).port = 9  # type: ignore[misc]


def test_every_option_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "options.md").read_text(encoding="utf-8")
    for option in OPTIONS:
        assert f"`{option.name}`" in text
        assert option.help in text


def test_postgresql_is_served_under_gevent_and_a_file_under_eventlet() -> None:
    assert settle({}, {}).mode == "eventlet"
    assert settle({"database": "postgresql://here/x"}, {}).mode == "gevent"


def test_the_place_of_a_database_is_told_without_its_password() -> None:
    settings = settle({"database": "postgresql://motcua:secret@db.example/province"}, {})
    assert settings.place == "db.example/province"


@pytest.mark.parametrize("sign", ["/", "?", "#", "[", "%zz", "/@"])
def test_an_address_that_ends_amid_its_password_is_refused_without_showing_it(sign: str) -> None:
    for name, scheme in (("database", "postgresql"), ("message_queue", "redis")):
        with pytest.raises(BadOption) as refused:
            settle({name: f"{scheme}://anna:open{sign}sesame@127.0.0.1/hall", "async_mode": "gevent"}, {})
        assert "%2F" in str(refused.value)
        assert not {"open", "sesame", "anna"} & set(str(refused.value).replace(sign, " ").split())


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://a:p%2Fw@h1:5432,h2:5432/hall?sslmode=require",
        "postgresql:///hall",
        "postgresql://[::1]/hall",
    ],
)
def test_an_address_of_several_hosts_or_of_none_is_taken(address: str) -> None:
    assert settle({"database": address}, {}).database == address


def test_a_move_to_an_address_that_ends_amid_its_password_is_refused_without_showing_it() -> None:
    with pytest.raises(Trouble, match="%2F") as refused:
        _side("postgresql://anna:open/sesame@127.0.0.1/hall", is_source=False)
    assert "open" not in str(refused.value) and "sesame" not in str(refused.value)
