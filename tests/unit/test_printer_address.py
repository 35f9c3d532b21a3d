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
        ("serial:///dev/ttyUSB0?baud=19200&flow=rtscts&paper=58", Profile(384)),
        ("serial+socket://192.0.2.8:4001", Profile(576)),
        ("serial+rfc2217://[2001:db8::8]:2217?parity=even&stop=2&bits=7", Profile(576)),
        ("serial+loop://", Profile(576)),
        ("usb://04b8:0E15?profile=RP326", Profile(576, native_qr=True, model="RP326")),
        ("cups://lobby_1?paper=58", Profile(384)),
        (
            "tcp://192.0.2.7?profile=TM-T20II&letters=codepage",
            Profile(576, True, "TM-T20II", code_pages=True),
        ),
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
        ("serial://ttyUSB0", "write serial:///dev/ttyUSB0?baud=115200"),
        ("serial:///dev/ttyUSB0?baud=fast", "from 300 to 4000000"),
        ("serial:///dev/ttyUSB0?flow=hardware", "not one of none, rtscts, dsrdtr, xonxoff"),
        ("serial+socket://192.0.2.8", "as in serial+socket://192.0.2.8:4001"),
        ("serail:///dev/ttyUSB0", "did you mean 'serial'"),
        ("usb://04b8", "as in usb://04b8:0e15"),
        ("usb://epson:0e15", "four hex digits each"),
        ("usb://04b8:0e15?baud=9600", "unknown setting 'baud'"),
        ("cups://", "as in cups://lobby"),
        ("cups://a/b", "as in cups://lobby"),
        ("tcp://192.0.2.7?confirm=maybe", "not one of yes, no"),
        ("tcp://192.0.2.7?letters=codepage", "use letters=raster"),
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


@pytest.mark.parametrize(
    ("url", "confirms"),
    [
        ("tcp://192.0.2.7", False),
        ("tcp://192.0.2.7?confirm=yes", True),
        ("tcp://192.0.2.7?profile=TM-T20II", True),
        ("tcp://192.0.2.7?profile=TM-T20II&confirm=no", False),
    ],
)
def test_a_printer_whose_model_is_named_is_asked_to_confirm_its_pages(url: str, confirms: bool) -> None:
    assert open_printer(url).confirms is confirms


def test_a_virtual_printer_needs_a_folder_to_print_into() -> None:
    with pytest.raises(DeviceFault, match="no folder for virtual printers"):
        open_printer("virtual://lobby")
