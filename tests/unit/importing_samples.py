"""Sites for the tests of the importer: a copy of the sample to spoil, and a commune's desk in one file."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "queue_server" / "sample" / "quang-ninh"

COMMUNE = """\
id = "xa-quang-la"
languages = ["vi"]
name = "Bộ phận Một cửa xã Quảng La"
hours = [{ days = ["mon", "fri"], open = ["07:30-11:30"] }]
classes = [{ id = "ordinary", name = "Thông thường", rate = 1 }]
groups = [{ id = "all", name = "Tất cả" }]
areas = [{ id = "hall", name = "Sảnh", direction = "Đi thẳng", arrow = "ahead" }]
agencies = [{ id = "commune", chip = "A", group = "all", name = "Ủy ban nhân dân xã" }]
counters = [{ number = "1", area = "hall", queues = ["commune"] }]

[[queues]]
id = "commune"
agency = "commune"

[[services]]
id = "birth"
queue = "commune"
name = "Đăng ký khai sinh"
"""


def copied_sample(folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, folder / "site"))


def bare_sample(folder: Path) -> Path:
    """The sample, but for the numbers that its kiosks keep: tests of mistakes give them others."""
    copy = copied_sample(folder)
    file = copy / "site.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("offline_")), encoding="utf-8")
    return copy


def commune(folder: Path, text: str = COMMUNE) -> Path:
    """The path of a site file that needs no other."""
    path = folder / "commune.toml"
    path.write_text(text, encoding="utf-8")
    return path
