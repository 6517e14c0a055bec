"""Tables: fixed widths, a head row that is repeated on every page, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qaf_forms_word.wordml import escape, kept_with_next

HEAD_FILL = "D6E0EC"
PRINTED_FILL = "F4F6F9"
TITLE_FILL = "E6ECF3"
OTHER_ROLE_FILL = "E3E3E3"
_LETTERS_IN_LINE = 40
_LETTER = 120
"""About how wide a letter is, in twentieths of a point."""
_MOST_LINES = 20
"""A row of more may be taller than a page on its side. LibreOffice shows of a whole row only what the page holds."""
_TAGS = re.compile("<[^>]+>")


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its paragraphs, its fill, how many columns it covers, on which side it has no border.

    `indent`: how far everything in it is set in, in twentieths of a point.
    """

    content: str
    fill: str = ""
    span: int = 1
    open_side: Literal["", "top", "bottom"] = ""
    indent: int = 0


def row(cells: Sequence[TableCell], widths: Sequence[int], *, head: bool = False, height: int = 0) -> str:
    """A `w:tr` that no page break splits unless it is long. `widths` and `height` in twentieths of a point."""
    properties = "<w:cantSplit/>" if head or _is_short(cells, widths) else ""
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if head:
        properties += "<w:tblHeader/>"
    written = []
    column = 0
    for cell in cells:
        written.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def _is_short(cells: Sequence[TableCell], widths: Sequence[int]) -> bool:
    """Whether no cell takes more lines than fit on any page."""
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span]) - cell.indent
        paragraphs = cell.content.split("</w:p>")[:-1]
        lines = sum(len(_TAGS.sub("", one)) * _LETTER // width + 1 for one in paragraphs)
        if lines > _MOST_LINES:
            return False
        column += cell.span
    return True


def _cell(cell: TableCell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.open_side:
        properties += f'<w:tcBorders><w:{cell.open_side} w:val="nil"/></w:tcBorders>'
    if cell.fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>'
    if cell.indent:
        properties += f'<w:tcMar><w:left w:w="{cell.indent}" w:type="dxa"/></w:tcMar>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content}</w:tc>"


def table(rows: Sequence[str], widths: Sequence[int], title: str) -> str:
    """A `w:tbl` of rows, described for screen readers by its title."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{escape(title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def rows_of(groups: Sequence[Sequence[str]], few_lines: int) -> list[str]:
    """The rows of a table by what they belong to. The first or last group does not stand alone on a page.

    Two groups of more than a few lines are cut apart where a page ends, rather than leave much of it empty.
    """
    last = len(groups) - 1
    written = []
    for place, group in enumerate(groups):
        is_end = place in (0, last - 1) and place < last
        together = is_end and _height(groups[place]) + _height(groups[place + 1]) <= few_lines
        written += [kept_with_next(one) for one in group[:-1]]
        written += [kept_with_next(one) if together else one for one in group[-1:]]
    return written


def _height(rows: Sequence[str]) -> int:
    """About how many lines rows take."""
    return sum(max(map(_lines, one.split("<w:tc>"))) for one in rows)


def _lines(cell: str) -> int:
    return cell.count("<w:p>") + len(_TAGS.sub("", cell)) // _LETTERS_IN_LINE


def share(total: int, fixed: int, least: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Widths that fill `total`: the first column `fixed`, the rest by weight but none narrower than its least."""
    room = total - fixed
    widths = list(least)
    left = room - sum(widths)
    if left < 0:
        widths = _narrowed(least, room)
    else:
        ideal = [room * weight / sum(weights) for weight in weights]
        wanting = [max(want - width, 0) for want, width in zip(ideal, widths, strict=True)]
        whole = sum(wanting) or 1
        widths = [width + int(left * want / whole) for width, want in zip(widths, wanting, strict=True)]
    widths[-1] += room - sum(widths)
    return [fixed, *widths]


def _narrowed(least: Sequence[int], room: int) -> list[int]:
    """Widths of `room` in all: the widest give way, and those that need little keep it."""
    most = room
    firm = 0
    for place, width in enumerate(sorted(least)):
        most = (room - firm) // (len(least) - place)
        if width > most:
            break
        firm += width
    return [min(width, most) for width in least]
