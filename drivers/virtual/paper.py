"""What a page's bytes put on paper, dot for dot: the head, the paper's feed and the cutter of a printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageDraw

from drivers.fault import DeviceFault
from drivers.printer.characters import page_letters
from drivers.printer.document import DOTS_80MM
from drivers.printer.qr import qr_squares
from drivers.printer.typeface import face
from drivers.virtual.commands import Command, Mistake, read_commands

INK: Final = 255
_CELL: Final = {0: (12, 24), 1: (9, 17)}  # fonts A and B
_LINE: Final = 30  # dots from line to line unless told otherwise
_CODE_PAGES: Final = {0: "cp437", 2: "cp850", 3: "cp860", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858"}
_VIETNAMESE: Final = {30: "TCVN-3-1", 31: "TCVN-3-2"}
_LEVELS: Final = {48: "L", 49: "M", 50: "Q", 51: "H"}
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper that came out. `image` is mode "L" (0 paper, 255 ink); `cuts` are the rows of the cuts.

    `texts` are the lines sent as characters, `codes` the contents of QR codes the printer drew itself,
    `mistake` says where the bytes could not be read: what is drawn ends there.
    """

    image: Image.Image
    cuts: tuple[int, ...]
    texts: tuple[str, ...]
    codes: tuple[str, ...]
    mistake: Mistake | None


def put_on_paper(page: bytes, width: int = DOTS_80MM) -> Paper:
    """Run the bytes of a page through a printer whose head is `width` dots wide."""
    head = _Head(width)
    for command in read_commands(page):
        mistake = command if isinstance(command, Mistake) else head.run(command)
        if mistake is not None:
            return head.paper(mistake)
    return head.paper(None)


@dataclass
class _Settings:
    align: int = 0
    font: int = 0
    bold: bool = False
    wide: int = 1
    high: int = 1
    line: int = _LINE
    code_page: int = 0
    qr_module: int = 3
    qr_level: int = 48
    qr_content: bytes = b""


@dataclass
class _Head:
    width: int
    set: _Settings = field(default_factory=_Settings)
    y: int = 0
    strips: list[tuple[int, Image.Image]] = field(default_factory=list)
    cells: list[Image.Image] = field(default_factory=list)
    line_text: str = ""
    graphics: Image.Image | None = None
    cuts: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def run(self, command: Command) -> Mistake | None:
        if self.y > _LONGEST:
            return Mistake(command.at, f"more than {_LONGEST} dots of paper")
        args = command.args
        match command.name:
            case b"":
                return self._characters(command)
            case b"\n":
                self._feed_line(1)
            case b"\x1bd":
                self._feed_line(args[0])
            case b"\x1bJ":
                self._end_line(args[0])
            case b"\x1dV":
                self._cut(args)
            case b"\x1dv0":
                return self._raster(command)
            case b"\x1b*":
                return self._column_picture(command)
            case b"\x1d(L":
                return self._graphics(command)
            case b"\x1d(k":
                return self._code(command)
            case b"\x10\x04" | b"\x1dr":
                pass  # asks for the status; nothing comes out on paper
            case _:
                return self._setting(command)
        return None

    def paper(self, mistake: Mistake | None) -> Paper:
        if self.cells:
            self._feed_line(1)
        image = Image.new("L", (self.width, max(self.y, 1)))
        for top, strip in self.strips:
            image.paste(strip, (0, top), strip)
        return Paper(image, tuple(self.cuts), tuple(self.texts), tuple(self.codes), mistake)

    # ---- settings -----------------------------------------------------------------------------------------

    def _setting(self, command: Command) -> Mistake | None:
        now = self.set
        value = command.args[0] if command.args else 0
        match command.name:
            case b"\x1b@":
                self.set, self.cells, self.line_text, self.graphics = _Settings(), [], "", None
            case b"\x1b2":
                now.line = _LINE
            case b"\x1b3":
                now.line = value
            case b"\x1ba" if value % 48 in (0, 1, 2):
                now.align = value % 48
            case b"\x1bE":
                now.bold = bool(value & 1)
            case b"\x1bM" if value % 48 in (0, 1):
                now.font = value % 48
            case b"\x1b!":
                now.font, now.bold = value & 1, bool(value & 8)
                now.high, now.wide = (2 if value & 16 else 1), (2 if value & 32 else 1)
            case b"\x1d!":
                now.wide, now.high = (value >> 4 & 7) + 1, (value & 7) + 1
            case b"\x1bt" if value in _CODE_PAGES or value in _VIETNAMESE:
                now.code_page = value
            case _:
                return Mistake(command.at, f"no such setting {command.name.hex(' ').upper()} {value}")
        return None

    # ---- characters ---------------------------------------------------------------------------------------

    def _characters(self, command: Command) -> Mistake | None:
        try:
            text = _letters(command.data, self.set.code_page)
        except UnicodeDecodeError as error:
            return Mistake(command.at + error.start, "no such letter in this code page")
        for letter in text:
            cell = self._cell(letter)
            if sum(part.width for part in self.cells) + cell.width > self.width:
                self._feed_line(1)
            self.cells.append(cell)
            self.line_text += letter
        return None

    def _cell(self, letter: str) -> Image.Image:
        width, height = _CELL[self.set.font]
        cell = Image.new("L", (width, height))
        font = face("bold" if self.set.bold else "regular", round(height * 0.8))
        ImageDraw.Draw(cell).text((width / 2, height * 0.8), letter, INK, font, anchor="ms")
        hard = cell.point([INK if level >= 128 else 0 for level in range(256)])
        return hard.resize((width * self.set.wide, height * self.set.high), Image.Resampling.NEAREST)

    def _feed_line(self, lines: int) -> None:
        self._end_line(lines * self.set.line)

    def _end_line(self, dots: int) -> None:
        """Print what waits in the line, then advance by `dots`, or by the line's height if that is more."""
        height = max((cell.height for cell in self.cells), default=0)
        if self.cells:
            row, left = Image.new("L", (sum(cell.width for cell in self.cells), height)), 0
            for cell in self.cells:
                row.paste(cell, (left, height - cell.height))
                left += cell.width
            self._strike(row)
            self.texts.append(self.line_text)
        self.cells, self.line_text = [], ""
        self.y += max(dots, height)

    # ---- pictures and codes -------------------------------------------------------------------------------

    def _raster(self, command: Command) -> Mistake | None:
        args = command.args
        width, height = int.from_bytes(args[1:3], "little") * 8, int.from_bytes(args[3:5], "little")
        picture = Image.frombytes("1", (width, height), command.data).convert("L")
        across, down = (2 if args[0] & 1 else 1), (2 if args[0] & 2 else 1)
        return self._block(command, _larger(picture, across, down))

    def _column_picture(self, command: Command) -> Mistake | None:
        mode, columns = command.args[0], int.from_bytes(command.args[1:3], "little")
        if not columns:
            return None
        bits = 24 if mode >= 32 else 8
        lying = Image.frombytes("1", (bits, columns), command.data).convert("L")
        standing = lying.transpose(Image.Transpose.TRANSPOSE)
        self.cells.append(_larger(standing, 1 if mode & 1 else 2, 1 if mode >= 32 else 3))
        return None

    def _graphics(self, command: Command) -> Mistake | None:
        """GS ( L: function 112 stores a picture (m fn a bx by c xL xH yL yH rows), function 50 prints it."""
        data = command.data
        if data[:2] in (b"0\x02", b"02") and self.graphics is not None:
            picture, self.graphics = self.graphics, None
            return self._block(command, picture)
        width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
        rows = data[10:]
        stored = data[:3] == b"0p0" and data[5:6] == b"1" and {data[3], data[4]} <= {1, 2}
        if not stored or not rows or len(rows) != (width + 7) // 8 * height:
            return Mistake(command.at, "graphics that do not fit their size, or were never stored")
        self.graphics = _larger(Image.frombytes("1", (width, height), rows).convert("L"), data[3], data[4])
        return None

    def _code(self, command: Command) -> Mistake | None:
        """GS ( k for QR codes: 65 model, 67 size of a square, 69 correction, 80 store, 81 print."""
        data, now = command.data, self.set
        function, value = data[1:2], data[2] if len(data) > 2 else 0
        if data[:1] != b"1":
            return Mistake(command.at, "a code that is not a QR code")
        if function == b"A" and value in (49, 50):
            return None
        if function == b"C" and 1 <= value <= 16:
            now.qr_module = value
        elif function == b"E" and value in _LEVELS:
            now.qr_level = value
        elif function == b"P" and value == 48:
            now.qr_content = data[3:]
        elif function == b"Q" and value == 48 and now.qr_content:
            return self._draw_code(command)
        else:
            return Mistake(command.at, f"QR function {function.hex()} with {value}")
        return None

    def _draw_code(self, command: Command) -> Mistake | None:
        try:
            squares = qr_squares(self.set.qr_content, _LEVELS[self.set.qr_level])
        except DeviceFault as fault:
            return Mistake(command.at, fault.detail)
        picture = Image.new("L", (len(squares), len(squares)))
        picture.putdata([INK if square else 0 for row in squares for square in row])
        self.codes.append(self.set.qr_content.decode("utf-8", "replace"))
        return self._block(command, _larger(picture, self.set.qr_module, self.set.qr_module))

    # ---- paper --------------------------------------------------------------------------------------------

    def _block(self, command: Command, picture: Image.Image) -> Mistake | None:
        """A picture by itself; the paper advances by exactly its height."""
        if picture.width > (self.width + 7) // 8 * 8:
            return Mistake(command.at, f"a picture of {picture.width} dots on a head of {self.width}")
        if self.cells:
            self._feed_line(1)
        self._strike(picture)
        self.y += picture.height
        return None

    def _strike(self, picture: Image.Image) -> None:
        strip = Image.new("L", (self.width, picture.height))
        slack = max(self.width - picture.width, 0)
        strip.paste(picture, ((0, slack // 2, slack)[self.set.align], 0))
        self.strips.append((self.y, strip))

    def _cut(self, args: bytes) -> None:
        if self.cells:
            self._feed_line(1)
        if len(args) == 2:
            self.y += args[1]
        self.cuts.append(self.y)


def _letters(data: bytes, code_page: int) -> str:
    if code_page not in _VIETNAMESE:
        return data.decode(_CODE_PAGES[code_page])
    table = page_letters(_VIETNAMESE[code_page])
    for at, byte in enumerate(data):
        if byte >= 0x80 and byte not in table:
            raise UnicodeDecodeError(_VIETNAMESE[code_page], data, at, at + 1, "no such letter")
    return "".join(chr(byte) if byte < 0x80 else table[byte] for byte in data)


def _larger(picture: Image.Image, across: int, down: int) -> Image.Image:
    if across == down == 1:
        return picture
    return picture.resize((picture.width * across, picture.height * down), Image.Resampling.NEAREST)
