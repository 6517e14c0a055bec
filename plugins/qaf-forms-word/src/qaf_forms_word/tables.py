"""Tables: fixed widths, a head row that is repeated on every page, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qaf_forms_word.wordml import escape

HEAD_FILL = "D6E0EC"
PRINTED_FILL = "F4F6F9"
TITLE_FILL = "E6ECF3"
OTHER_ROLE_FILL = "E3E3E3"


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
    """A `w:tr` that no page break splits. `widths` and `height` in twentieths of a point."""
    properties = "<w:cantSplit/>"
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


def share(total: int, fixed: int, least: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Widths that fill `total`: the first column `fixed`, the rest by weight but none narrower than its least."""
    room = total - fixed
    widths = list(least)
    left = room - sum(widths)
    if left < 0:
        widths = [width * room // sum(least) for width in least]
    else:
        ideal = [room * weight / sum(weights) for weight in weights]
        wanting = [max(want - width, 0) for want, width in zip(ideal, widths, strict=True)]
        whole = sum(wanting) or 1
        widths = [width + int(left * want / whole) for width, want in zip(widths, wanting, strict=True)]
    widths[-1] += room - sum(widths)
    return [fixed, *widths]
