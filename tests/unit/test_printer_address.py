"""A printer's URL either opens the printer that it names or says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.fault import DeviceFault
from drivers.opening import open_printer
from drivers.printer.printer import EscPosPrinter
from drivers.printer.profile import Profile


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("tcp://192.0.2.7", Profile(576)),
        ("tcp://192.0.2.7:9101?paper=58", Profile(384)),
        ("tcp://printer.example:9100?width=512&qr=native", Profile(512, native_qr=True)),
        ("tcp://192.0.2.7?profile=TM-T88V", Profile(512, native_qr=True, model="TM-T88V")),
        ("tcp://192.0.2.7?profile=TM-T88V&qr=image", Profile(512, model="TM-T88V")),
        ("file:///dev/usb/lp0", Profile(576)),
        ("virtual://lobby", Profile(576, native_qr=True)),
        ("virtual://lobby?paper=58&qr=image", Profile(384)),
    ],
)
def test_a_url_opens_a_printer_with_the_profile_it_names(url: str, profile: Profile, tmp_path: Path) -> None:
    printer = open_printer(url, virtual_folder=tmp_path)
    assert isinstance(printer, EscPosPrinter)
    assert printer.profile == profile
    assert printer.width == profile.width


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("lobby", "no scheme"),
        ("bluetooth://00:11", "known are tcp://, file://, virtual://, usb://, cups://, serial://"),
        ("tpc://192.0.2.7", "did you mean 'tcp'"),
        ("tcp://", "no host"),
        ("tcp://192.0.2.7:banana", "banana"),
        ("tcp://192.0.2.7?papper=58", "did you mean 'paper'"),
        ("tcp://192.0.2.7?paper=57", "not one of 80, 58"),
        ("tcp://192.0.2.7?width=9", "from 200 to 1200"),
        ("tcp://192.0.2.7?width=٥٧٦", "from 200 to 1200"),
        ("tcp://192.0.2.7?paper", "bad query field"),
        ("tcp://192.0.2.7?profile=TM-T88X", "unknown profile"),
        ("tcp://192.0.2.7?profile=TM-T88V&width=576", "prints 512 dots, not 576"),
        ("file://lp0", "file:///absolute/path"),
        ("virtual://../secrets", "virtual://name"),
        ("virtual://lobby/1", "virtual://name"),
        ("virtual://lobby?status=fine", "status is one of ready"),
    ],
)
def test_a_url_with_a_mistake_names_it_and_opens_nothing(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DeviceFault) as raised:
        open_printer(url, virtual_folder=tmp_path)
    assert (raised.value.kind, raised.value.permanent) == ("address", True)
    assert said in raised.value.detail and url in raised.value.detail
    assert list(tmp_path.iterdir()) == []


def test_a_virtual_printer_needs_a_folder_to_print_into() -> None:
    with pytest.raises(DeviceFault, match="no folder for virtual printers"):
        open_printer("virtual://lobby")
