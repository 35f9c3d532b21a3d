"""The tests themselves: none reaches beyond this machine, and each runs under a mode that it can name."""

from __future__ import annotations

import os
import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_a_test_that_reaches_for_another_machine_fails(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(AssertionError, match="tried to reach"):
        outward.connect((address, 80))


def test_a_test_may_talk_to_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_servers_that_tests_start_inherit_the_async_mode(async_mode: str) -> None:
    assert os.environ["MOTCUA_ASYNC_MODE"] == async_mode
