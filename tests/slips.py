"""Slips that tests print: an everyday one, and one with the longest names there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from queue_server.protocol import Slip

TRACK_URL: Final = "http://192.0.2.10:8080/t/5f2c8a90d1e34b7796c0aa1b22c3d4e5"

EVERYDAY: Final = Slip(
    ticket="0af1b2c3d4e5f60718293a4b5c6d7e8f",
    language="vi",
    centre="Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
    agency="Sở Tài nguyên và Môi trường",
    label="A012",
    class_name="Ưu tiên: người cao tuổi",
    issued_at="08:45 23/11/2026",
    ahead=3,
    low=10,
    high=20,
    area="Tầng 1, khu A",
    direction="Đi thẳng, qua quầy hướng dẫn rồi rẽ trái",
    arrow="up-left",
    counters="Quầy 3, 4, 5",
    track_url=TRACK_URL,
)

LONGEST: Final = replace(
    EVERYDAY,
    language="en",
    agency="Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh Quảng Ninh",
    label="B1005",
    service=(
        "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
        "chuyển nhượng, thừa kế, tặng cho"
    ),
    ahead=0,
    low=None,
    high=None,
    arrow="right",
    copy=True,
)
