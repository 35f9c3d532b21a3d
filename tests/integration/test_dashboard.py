"""The example dashboard asks only for what a real server's /metrics gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.clients import Http, Keys, busy_site
from tests.engines import RedisServer
from tests.servers import ROOT, RunningCentre

DASHBOARD = json.loads((ROOT / "docs" / "dashboard.json").read_text(encoding="utf-8"))
_METRIC = re.compile(r"motcua_[a-z_]+")
_SAMPLE = re.compile(r"(?m)^(motcua_[a-z_]+)(?:\{(.*)\})? [0-9.e+-]+$")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer) -> Iterator[str]:
    """/metrics of a centre in which a number was taken. With a message queue, so that all figures are there,
    and so under gevent: eventlet and a queue are refused together.
    """
    folder = tmp_path_factory.mktemp("figures")
    keys = Keys(folder, busy_site(1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_MESSAGE_QUEUE", redis_server.url)
        centre = RunningCentre(folder, demo=False, mode="gevent")
    try:
        with Http(centre.url, keys.kiosk) as kiosk:
            assert kiosk.post("/tickets", {"queue": "dat"})[0] == 201
        yield requests.get(f"{centre.url}/metrics", timeout=30).text
    finally:
        centre.stop()


def expressions() -> list[str]:
    return [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def test_every_figure_of_the_dashboard_is_given(figures: str) -> None:
    given = {name for name, _ in _SAMPLE.findall(figures)}
    asked = {name for one in expressions() for name in _METRIC.findall(one)}
    assert len(asked) > 10 and asked <= given, asked - given


def test_every_label_and_route_of_the_dashboard_is_given(figures: str) -> None:
    given: dict[str, set[str]] = {}
    for _, labels in _SAMPLE.findall(figures):
        for name, value in re.findall(r'(\w+)="([^"]*)"', labels):
            given.setdefault(name, set()).add(value)
    for one in expressions():
        for group in re.findall(r"by \(([\w, ]+)\)", one):
            assert set(group.split(", ")) <= set(given), one
        for route in re.findall(r'route=~"([^"]+)"', one):
            assert set(route.split("|")) <= given["route"], one
    assert {"site", "status"} <= set(given)


@pytest.mark.in_process
def test_every_panel_has_its_name_its_source_and_its_place() -> None:
    panels: list[dict[str, Any]] = DASHBOARD["panels"]
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    assert len(set(places)) == len(panels) == len({panel["title"] for panel in panels})
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert all(target["datasource"]["uid"] == "${source}" for panel in panels for target in panel["targets"])
