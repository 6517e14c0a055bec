"""A partnership's logo on the first sheet: a picture with words for those who cannot see it.

The name of the picture holds a digest of its content. So the reader knows it again in a return, and tells any other.
"""

from __future__ import annotations

from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPositiveSize2D

from qaf_forms.plugin import Look, QafFormsError
from qaf_forms_excel import marks

_WIDEST, _HIGHEST = 195, 84
"""Room on the first sheet, in pixels."""
_PIXEL = 9525
"""In English metric units."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The segments of a JPEG that say how large it is."""


class Logo(Image):
    """The picture. It does not need the imaging library that openpyxl's own asks for the size."""

    def __init__(self, look: Look, column: int) -> None:
        self.format, width, height = size_of(look.logo)
        self._content, self.words = look.logo, look.logo_text
        scale = min(_WIDEST / width, _HIGHEST / height, 1.0)
        self.width, self.height = round(width * scale), round(height * scale)
        size = XDRPositiveSize2D(self.width * _PIXEL, self.height * _PIXEL)
        corner = AnchorMarker(col=column - 1, row=0, colOff=2 * _PIXEL, rowOff=2 * _PIXEL)
        self.anchor = OneCellAnchor(_from=corner, ext=size)

    def _data(self) -> bytes:
        return self._content


class Drawing(SpreadsheetDrawing):
    """A drawing whose pictures are logos."""

    def _picture_frame(self, idx: int) -> Any:
        usual: Any = SpreadsheetDrawing  # the stubs lack the method
        frame = usual._picture_frame(self, idx)
        facts, logo = frame.nvPicPr.cNvPr, self.images[idx - 1]
        facts.name, facts.descr = marks.LOGO + marks.picture_digest(logo._data()), logo.words
        return frame


Drawing.__elements__ = SpreadsheetDrawing.__elements__  # openpyxl takes them from the body of a class


def size_of(content: bytes) -> tuple[str, int, int]:
    """The format of a picture, its width and height in pixels. QafFormsError if it is none that can be used."""
    found = _png_size(content) if content.startswith(_PNG) else _jpeg_size(content)
    if found is None or 0 in found[1:]:
        raise QafFormsError("the logo is not a PNG or JPEG picture; save it as one of these")
    return found


def _png_size(content: bytes) -> tuple[str, int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return "png", int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[str, int, int] | None:
    at = 2 if content.startswith(_JPEG) else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in _SIZES:
            return "jpeg", int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
