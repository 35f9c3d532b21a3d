"""What holds for every test: no traffic beyond this machine, known randomness, the async mode named."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".cache" / "hypothesis"))

import hypothesis  # noqa: E402  (reads the variable above when it is imported)

# The time that an example or its making takes only measures how busy a shared machine is. In CI the examples
# are the same each time: a search for new ones belongs where somebody can look at what it finds.
hypothesis.settings.register_profile(
    "motcua",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("motcua")

pytest_plugins = ["tests.engines", "tests.servers", "tests.crash.quick_centre"]

ASYNC_MODE = os.environ.setdefault("MOTCUA_ASYNC_MODE", "eventlet")


def pytest_report_header() -> str:
    return f"async mode: {ASYNC_MODE}"


SERVED = frozenset({"integration", "crash", "load"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts a server of ours: only that is touched by the async mode, and runs under each.

    Where a whole folder does, a test that says `in_process` is not one of them.
    """
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if item.get_closest_marker("in_process"):
            continue
        if folder in SERVED or "centre" in getattr(item, "fixturenames", ()):
            item.add_marker("server")


@pytest.fixture(scope="session")
def async_mode() -> str:
    """The async mode that servers under test run in; a server started as a process inherits it."""
    return ASYNC_MODE


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket or netlink
    try:
        return ipaddress.ip_address(address[0].split("%")[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Any:
    """A test that reaches for another machine fails at once, with the address it wanted."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        genuine = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, _genuine: Any = genuine) -> Any:
            if not _is_here(address):
                raise AssertionError(f"a test tried to reach {address!r}")
            return _genuine(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()
