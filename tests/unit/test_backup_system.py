"""What makes a backup each hour on a bare machine: units true to the command, the page and each other."""

from __future__ import annotations

import configparser

from click import Context
from click.testing import CliRunner

from queue_server.__main__ import motcua
from tests.servers import ROOT

SYSTEM = ROOT / "queue_server" / "system"
PAGE = (ROOT / "docs" / "operations-backup.md").read_text(encoding="utf-8")


def unit(name: str) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(SYSTEM / name, encoding="utf-8")
    return {section: dict(parser[section]) for section in parser.sections()}


def test_a_backup_is_made_each_hour_and_one_that_was_missed_is_made_later() -> None:
    timer = unit("motcua-backup.timer")
    assert timer["Timer"]["OnCalendar"] == "hourly" and timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert unit("motcua-backup.service")["Service"]["Type"] == "oneshot"


def test_the_unit_knows_its_command_and_may_write_where_that_writes() -> None:
    service = unit("motcua-backup.service")["Service"]
    assert service["User"] == "motcua" and service["ProtectSystem"] == "strict"
    command = service["ExecStart"].split()
    shown = CliRunner().invoke(motcua, [command[1], "--help"]).output
    assert all(flag in shown for flag in command if flag.startswith("--"))
    target = command[command.index("--to") + 1]
    assert {target, "/var/lib/motcua"} <= set(service["ReadWritePaths"].split())
    assert f"-m 700 {target}" in PAGE, "the page says how to make the folder"


def test_the_page_names_every_unit_and_every_flag() -> None:
    assert all(path.name in PAGE for path in SYSTEM.glob("motcua-backup.*"))
    for name in ("backup", "restore", "check"):
        command = motcua.get_command(Context(motcua), name)
        assert command is not None
        flags = [flag for parameter in command.params for flag in parameter.opts if flag.startswith("--")]
        for flag in set(flags) - {"--config", "--data", "--database"}:
            assert f"`{flag}" in PAGE, flag
