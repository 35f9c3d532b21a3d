"""Signs that speak Modbus RTU: the text lies in registers, the frames are pymodbus's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.register_message import WriteMultipleRegistersRequest, WriteMultipleRegistersResponse

from drivers.fault import DeviceFault
from drivers.led.showing import Showing

_LIMITS: Final = {"register": (0, 65_000), "text": (1, 32)}
_MODE: Final = {"blank": 0, "steady": 1, "blink": 2, "paused": 3}


@dataclass(frozen=True, slots=True)
class ModbusFormat:
    """Writes registers from `register` on in one request: the mode (0 dark, 1 steady, 2 blinking, 3 paused),
    then `text` letters, two to a register, the first in the high byte, filled with spaces on the left."""

    register: int = 0
    text: int = 4
    paused: str = "----"
    blinks: bool = True

    @property
    def answers(self) -> bool:
        return True

    def frame(self, address: int, showing: Showing) -> bytes:
        said = self.paused if showing.paused else showing.number
        size = (self.text + 1) // 2 * 2
        raw = said.encode("ascii", "replace")[: self.text].rjust(size)
        letters = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, size, 2)]
        request = WriteMultipleRegistersRequest(
            address=self.register, registers=[_mode(showing), *letters], dev_id=address
        )
        return FramerRTU(DecodePDU(False)).buildFrame(request)

    def is_answer(self, address: int, heard: bytes) -> bool:
        """An answer that refuses (a Modbus exception) is none: the sign shows something else."""
        try:
            _, said = FramerRTU(DecodePDU(False)).handleFrame(heard, address, 0)
        except (ModbusException, IndexError, ValueError):
            return False
        return isinstance(said, WriteMultipleRegistersResponse) and said.address == self.register


def modbus_format(described: Mapping[str, Any]) -> ModbusFormat:
    """The registers that a configuration describes; raises DeviceFault("address") naming the mistake."""
    known = ("register", "text", "paused", "blinks")
    for name, value in described.items():
        if name not in known:
            raise _mistake(f"unknown setting {name!r}; known are {', '.join(known)}")
        low, high = _LIMITS.get(name, (0, 0))
        if high and not (isinstance(value, int) and low <= value <= high):
            raise _mistake(f"{name}={value!r} is not a whole number from {low} to {high}")
    return ModbusFormat(**described)


def _mode(showing: Showing) -> int:
    if showing.paused:
        return _MODE["paused"]
    if not showing.number:
        return _MODE["blank"]
    return _MODE["blink" if showing.blinking else "steady"]


def _mistake(what: str) -> DeviceFault:
    return DeviceFault("address", f"the signs' registers: {what}", permanent=True)
