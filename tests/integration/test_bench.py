"""`motcua bench` gives every figure that it promises, in the form that others read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers import motcua

pytestmark = pytest.mark.in_process  # what is looked at here is the same in every async mode

ORDERS = {
    f"{order}.{n}.{what}"
    for order in ("issue", "call")
    for n in (1, 8, 32)
    for what in ("rate", "cpu", "p50", "p99")
}
SLOWLY = {f"slow-disk.{name}" for name in ORDERS}
REST = {
    *("issue.past-500", "call.past-500", "issue.waiting-2000", "call.waiting-2000"),
    *("call-to-screen.p50", "call-to-screen.p99"),
    *(f"sockets.1.{what}" for what in ("last.p50", "last.p95", "last.p99", "cpu.emit", "cpu.raw")),
    *("start.ready", "memory.idle", "memory.socket"),
}


@pytest.mark.timeout(180)
def test_the_bench_gives_each_figure_beside_its_floor(tmp_path: Path, async_mode: str) -> None:
    found = motcua("bench", "--tiny", "--json", "--cache", str(tmp_path), "--async-mode", async_mode)
    report: dict[str, Any] = json.loads(found.stdout)
    assert set(report["measures"]) == ORDERS | SLOWLY | REST
    for name, measure in report["measures"].items():
        assert set(measure) == {"ours", "floor", "ratio", "goal", "meets"}, name
        assert (measure["goal"] is None) == (measure["meets"] is None)
        if name != "memory.socket":  # one socket may fit into what is there already
            assert measure["ours"] > 0 and measure["floor"] > 0 and measure["ratio"] > 0, name
        assert report["how"][name]
    assert report["machine"]["versions"]["flask"]
