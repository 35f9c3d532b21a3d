"""A backup beside a running server, as the timer makes it; a restore after it, as a technician does."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.servers import ROOT, Api, RunningCentre, centre, motcua

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

__all__ = ["centre"]


@pytest.fixture
def kiosk(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("kiosk", kiosk="lobby"))


def give(kiosk: Api, queue: str = "stp") -> str:
    answer = kiosk.post("/tickets", queue=queue)
    assert answer.status_code == 201, answer.text
    label: str = answer.json()["label"]
    return label


def metrics(centre: RunningCentre) -> str:
    return requests.get(f"{centre.url}/metrics", timeout=10).text


def test_a_served_centre_is_backed_up_and_goes_on_while_a_restore_into_it_is_refused(
    centre: RunningCentre, kiosk: Api, tmp_path: Path
) -> None:
    first = give(kiosk)
    assert "motcua_last_backup_timestamp_seconds 0\n" in metrics(centre)
    done = centre.motcua("backup", "--to", str(tmp_path / "b"))
    assert "entries to" in done.stdout and "made and proved in" in done.stdout
    backups = list((tmp_path / "b").glob("motcua-*.db.gz"))
    assert len(backups) == 1
    figure = re.search(r"motcua_last_backup_timestamp_seconds (\d+)", metrics(centre))
    assert figure is not None and abs(int(figure[1]) - time.time()) < 60
    assert give(kiosk) > first
    refused = centre.motcua("restore", str(backups[0]), "--replace", check=False)
    assert refused.returncode == 1
    assert "a server works with" in refused.stderr and "Traceback" not in refused.stderr
    second = motcua("serve", "--data", str(centre.folder), "--port", "0", check=False)
    assert second.returncode == 1 and "another server works with" in second.stderr


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[RunningCentre]:
    """A centre of its own, whose database is about to be lost."""
    (tmp_path / "data").mkdir()
    running = RunningCentre(tmp_path / "data")
    yield running
    running.stop()


def test_after_a_restore_the_next_slip_has_a_number_that_nobody_holds(
    lost: RunningCentre, tmp_path: Path
) -> None:
    """The whole way: the file is gone with three slips in people's hands; the server starts on a backup."""
    kiosk = Api(lost.url, lost.token("kiosk", kiosk="lobby"))
    give(kiosk)
    lost.motcua("backup", "--to", str(tmp_path / "b"))
    held = [give(kiosk) for _ in range(3)]
    lost.kill()
    backup = next((tmp_path / "b").glob("motcua-*"))
    refused = lost.motcua("restore", str(backup), check=False)
    assert refused.returncode == 1 and "more entries there" in refused.stderr
    for path in lost.folder.glob("motcua.db*"):
        path.unlink()
    told = lost.motcua("restore", str(backup)).stdout
    assert "are not given today; whoever holds one takes a new slip" in told
    lost.start()
    assert give(kiosk) > max(held), "the kiosk's token is as it was"
    lost.motcua("verify")
    lost.motcua("replay")
    assert "all as it should be" in lost.motcua("check").stdout


def test_a_disk_without_room_leaves_no_half_backup_and_the_server_alone(
    centre: RunningCentre, kiosk: Api, tmp_path: Path
) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    command = [sys.executable, "-m", "queue_server", "backup", "--data", str(centre.folder)]
    done = subprocess.run(
        [*command, "--to", str(tmp_path / "b")],
        cwd=ROOT,
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stdout
    assert "MB are free, the file that is copied has" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in (tmp_path / "b").iterdir()] == [".motcua-backup.lock"]
    give(kiosk)


@pytest.mark.parametrize("keep", ["weekly", "24h", "1d,2h"])
def test_a_rule_that_nobody_can_read_is_refused(centre: RunningCentre, keep: str) -> None:
    done = centre.motcua("backup", "--keep", keep, check=False)
    assert done.returncode == 1 and "write it like 24h,30d,12m, or all" in done.stderr
