"""What goes over the wire to a counter's sign: frames as described, checksums as published, Modbus."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.fault import DeviceFault
from drivers.led import Showing, open_signs
from drivers.led.checksum import crc16_modbus, sum8, xor8
from drivers.led.frame import FrameFormat, frame_format
from drivers.led.modbus import ModbusFormat, modbus_format
from drivers.virtual.signs import Shown, SignTwins

SHOWINGS = {
    Showing("A012"): Shown("A012", "steady"),
    Showing("A012", blinking=True): Shown("A012", "blink"),
    Showing("A012", paused=True): Shown("----", "paused"),
    Showing(): Shown("", "dark"),
}
FORMATS: list[dict[str, Any]] = [
    {},
    {"checksum": "sum", "template": "AA 55 {address:dec2} {mode} {text} {check} 0D"},
    {"checksum": "crc16-modbus", "template": "{address} 05 {mode} {text} {check}", "text": 6},
    {"template": "02 [ {address:hex2} {mode} {text} ] {check:hex} 03", "align": "left"},
    {"checksum": "none", "template": "1B {address:dec3} {mode} {text} 0D"},
]


def test_checksums_are_the_published_ones() -> None:
    assert crc16_modbus(b"123456789") == (0x4B37).to_bytes(2, "little")  # the check value of CRC catalogues
    assert xor8(b"\x01\x02\x04") == b"\x07" and sum8(b"\xff\x02") == b"\x01"


def test_a_frame_is_byte_for_byte_what_its_description_says() -> None:
    made = frame_format({"template": "02 [ {address} {mode} {text} ] {check} 03"})
    assert made.frame(5, Showing("A1")) == b"\x02\x05\x00  A1" + xor8(b"\x05\x00  A1") + b"\x03"
    left = frame_format({"template": "{text} {check}", "checksum": "sum", "align": "left", "fill": "0"})
    assert left.frame(5, Showing("7")) == b"7000" + bytes([sum(b"7000") & 0xFF])


@pytest.mark.parametrize("described", FORMATS)
@pytest.mark.parametrize("showing", SHOWINGS)
def test_a_sign_reads_from_each_kind_of_frame_what_was_meant(
    described: dict[str, Any], showing: Showing
) -> None:
    made = frame_format(described)
    signs = SignTwins(made, {5, 6})
    said = signs.take(b"noise" + made.frame(5, showing)[:3])  # a frame broken off, and noise before it
    said += signs.take(made.frame(5, showing) + made.frame(6, Showing("B9")))
    assert said == b""
    assert signs.shown() == {5: SHOWINGS[showing], 6: Shown("B9", "steady")}


@pytest.mark.parametrize("showing", SHOWINGS)
def test_a_modbus_sign_reads_its_registers_and_its_answer_is_understood(showing: Showing) -> None:
    made = ModbusFormat(register=100)
    signs = SignTwins(made, {5})
    answer = signs.take(made.frame(5, showing))
    assert signs.shown() == {5: SHOWINGS[showing]}
    assert made.is_answer(5, answer)
    assert not made.is_answer(6, answer) and not made.is_answer(5, answer[:-1])
    refused = b"\x05\x90\x02"
    assert not made.is_answer(5, refused + crc16_modbus(refused))


@given(st.binary(max_size=40), st.integers(1, 247))
def test_no_answer_at_all_breaks_the_reading(heard: bytes, address: int) -> None:
    assert ModbusFormat().is_answer(address, heard) in (True, False)


@given(st.binary(max_size=80), st.sampled_from(range(len(FORMATS))))
def test_no_bytes_at_all_break_a_sign(noise: bytes, which: int) -> None:
    SignTwins(frame_format(FORMATS[which]), {1}).take(noise)
    SignTwins(ModbusFormat(), {1}).take(noise)


@given(st.text(max_size=12))
def test_whatever_the_label_is_the_text_keeps_its_length(label: str) -> None:
    assert len(FrameFormat().words(Showing(label))) == 4
    assert ModbusFormat().frame(1, Showing(label))


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({"kind": "fram"}, "kind='fram' is not one of frame, modbus"),
        ({"sings": {}}, "unknown setting 'sings'"),
        ({"signs": {"1": 300}}, "from 1 to 247"),
        ({"signs": {"1": 4, "2": 4}}, "the same address"),
        ({"refresh_seconds": 0}, "refresh_seconds=0"),
        ({"frame": {"template": "02 {text} {crc}"}}, "'{crc}' in the template"),
        ({"frame": {"template": "02 {address:oct} {text}"}}, "'{address:oct}' in the template"),
        ({"frame": {"template": "02 03"}}, "no {text}"),
        ({"frame": {"checksum": "crc32"}}, "not one of xor, sum, crc16-modbus"),
        ({"frame": {"text": 0}}, "from 1 to 64"),
        ({"frame": {"fill": "ab"}}, "not one letter"),
        ({"frame": {"encoding": "klingon"}}, "encoding"),
        ({"frame": {"modes": {"steady": "0"}}}, "two hex digits"),
        ({"frame": {"blinking": True}}, "unknown setting 'blinking'"),
        ({"kind": "modbus", "modbus": {"register": -1}}, "from 0 to 65000"),
        ({"kind": "modbus", "modbus": {"regs": 1}}, "unknown setting 'regs'"),
    ],
)
def test_a_mistake_in_the_description_is_named(described: dict[str, Any], said: str) -> None:
    with pytest.raises(DeviceFault) as raised:
        open_signs("serial:///dev/ttyS0", described)
    assert said in raised.value.detail and raised.value.permanent


def test_a_description_of_registers_is_taken_over() -> None:
    assert modbus_format({"register": 7, "text": 5, "paused": "STOP"}) == ModbusFormat(7, 5, "STOP")
