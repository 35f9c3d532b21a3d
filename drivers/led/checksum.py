"""The checksums that signs ask for at the end of a frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import xor
from typing import Final

_REVERSED_POLYNOMIAL: Final = 0xA001


def xor8(data: bytes) -> bytes:
    """All bytes xor-ed, one byte."""
    return bytes([reduce(xor, data, 0)])


def sum8(data: bytes) -> bytes:
    """The low byte of the sum."""
    return bytes([sum(data) & 0xFF])


def crc16_modbus(data: bytes) -> bytes:
    """CRC-16 as in "Modbus over serial line" 1.02, 6.2.2: two bytes, the low one first."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_REVERSED_POLYNOMIAL if crc & 1 else 0)
    return crc.to_bytes(2, "little")


CHECKSUMS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "xor": xor8,
    "sum": sum8,
    "crc16-modbus": crc16_modbus,
    "none": lambda data: b"",
}
