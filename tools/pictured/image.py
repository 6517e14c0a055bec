"""Pictures as rows of pixels: cut, put below each other, and saved as small PNG files."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_COLOURS = 128
_WHITE = b"\xff\xff\xff"
MADE_FROM = b"Source"
"""The keyword under which a PNG file says what it was made from."""


@dataclass(frozen=True)
class Image:
    """A picture. `rows` hold three bytes, red, green and blue, for each pixel."""

    width: int
    rows: Sequence[bytes]

    @property
    def is_blank(self) -> bool:
        return not any(map(_has_ink, self.rows))

    def cut(self, top: int, bottom: int) -> Image:
        """The rows from `top` to `bottom`."""
        return Image(self.width, self.rows[max(top, 0) : max(bottom, 0)])

    def trimmed(self, margin: int = 4) -> Image:
        """The same without the white around it, but for a margin."""
        inked = [number for number, row in enumerate(self.rows) if _has_ink(row)]
        if not inked:
            return Image(0, ())
        rows = self.rows[inked[0] : inked[-1] + 1]
        left = min(_first_ink(row) for row in rows if _has_ink(row))
        right = max(_last_ink(row) for row in rows if _has_ink(row))
        blank = _WHITE * (right - left + 1 + 2 * margin)
        side = _WHITE * margin
        framed = [side + row[3 * left : 3 * right + 3] + side for row in rows]
        return Image(len(blank) // 3, [*[blank] * margin, *framed, *[blank] * margin])

    def png(self, made_from: str) -> bytes:
        """The picture as a PNG file of few colours, which says what it was made from."""
        palette, places = _few_colours(self.rows)
        lines = b"".join(
            b"\0" + bytes(places[row[start : start + 3]] for start in range(0, len(row), 3)) for row in self.rows
        )
        head = struct.pack(">IIBBBBB", self.width, len(self.rows), 8, 3, 0, 0, 0)
        chunks = (
            (b"IHDR", head),
            (b"PLTE", b"".join(palette)),
            (b"tEXt", MADE_FROM + b"\0" + made_from.encode("latin-1")),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
        return _SIGNATURE + b"".join(_chunk(*one) for one in chunks)


def from_ppm(data: bytes) -> Image:
    """A picture as `pdftoppm` writes it."""
    kind, width, height, most, pixels = data.split(maxsplit=4) if data[:2] == b"P6" else (b"", b"", b"", b"", b"")
    if (kind, most) != (b"P6", b"255"):
        raise ValueError("this is no picture of pdftoppm's")
    step = 3 * int(width)
    pixels = data[len(data) - step * int(height) :]
    return Image(int(width), [pixels[start : start + step] for start in range(0, len(pixels), step)])


def below_each_other(images: Sequence[Image], gap: int = 6) -> Image:
    """Pictures below each other, the narrow ones filled up with white."""
    width = max(one.width for one in images)
    rows: list[bytes] = []
    for one in images:
        rows += [_WHITE * width] * (gap if rows else 0)
        rows += [row + _WHITE * (width - one.width) for row in one.rows]
    return Image(width, rows)


def made_from(path: Path) -> str:
    """What a PNG file says it was made from; nothing if it does not say."""
    for name, content in _chunks(path.read_bytes()):
        keyword, _, text = content.partition(b"\0")
        if name == b"tEXt" and keyword == MADE_FROM:
            return text.decode("latin-1")
    return ""


def _has_ink(row: bytes) -> bool:
    return row.count(b"\xff") < len(row)


def _first_ink(row: bytes) -> int:
    return (len(row) - len(row.lstrip(b"\xff"))) // 3


def _last_ink(row: bytes) -> int:
    return (len(row.rstrip(b"\xff")) - 1) // 3


def _few_colours(rows: Sequence[bytes]) -> tuple[list[bytes], dict[bytes, int]]:
    """The commonest colours, one of each shade, and for every colour the place of the nearest of them."""
    counted: Counter[bytes] = Counter()
    for row in rows:
        counted.update(row[start : start + 3] for start in range(0, len(row), 3))
    shades: dict[tuple[int, ...], bytes] = {}
    for colour, _ in counted.most_common():
        shades.setdefault(tuple(part >> 4 for part in colour), colour)
    palette = list(shades.values())[:_MOST_COLOURS]
    nearest = {colour: min(range(len(palette)), key=lambda at: _apart(colour, palette[at])) for colour in counted}
    return palette, nearest


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
