"""The body of a form: its sections in order, upright or on their side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from qaf_forms.plugin import (
    Block,
    GridBlock,
    Heading,
    Prose,
    QuestionBlock,
    SectionLayout,
    TableBlock,
    all_descriptors,
    block_title,
    column_legends,
    plain,
    section_title,
)
from qaf_forms_word.filling import Filling
from qaf_forms_word.grids import column_notes, grid_table, other_role_lines, own_rows_table
from qaf_forms_word.legends import legends, level_lines
from qaf_forms_word.page_sections import Stretch
from qaf_forms_word.prose import lines, prose
from qaf_forms_word.questions import question_table
from qaf_forms_word.widths import is_wide
from qaf_forms_word.wordml import paragraph, run

_GAP = paragraph("FormGap")
_FEW = 3
"""So many questions are not worth a turn of the page, nor are so many rows."""
_FEW_BETWEEN, _FEW_AT_END = 8, 5
"""So many rows stay on the side between wide tables, and behind the last of them."""
_SHORT = 800
"""Guidance of so many characters stays on the page of what it is about."""


def pages(filling: Filling) -> Iterator[tuple[Stretch, str]]:
    """The document in stretches of pages of one kind, with their paragraphs."""
    pieces = [piece for section in filling.layout.sections for piece in _section(section, filling)]
    pieces += _appendix(filling)
    for stretch, group in groupby(_turned(pieces), key=lambda turned: turned[0]):
        width = filling.page.on_side if stretch.is_landscape else filling.page.upright
        yield stretch, "".join(piece.write(width) for _, piece in group)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that stands on one page or more. `is_wide` is None where either direction will do.

    `is_open`: people may add rows to it, in a form where only the answers can be changed.
    """

    is_wide: bool | None
    write: Callable[[int], str]
    rows: int = 0
    is_open: bool = False


def _turned(pieces: Sequence[_Piece]) -> list[tuple[Stretch, _Piece]]:
    """Give every piece a direction: its own or that of what follows it, if no page is turned for a few rows."""
    wide: list[bool] = []
    following = False
    for piece in reversed(pieces):
        following = following if piece.is_wide is None else piece.is_wide
        wide.insert(0, following)
    start = 0
    for turned, group in groupby(wide.copy()):
        end = start + len(list(group))
        most = _FEW_AT_END if end == len(pieces) else _FEW_BETWEEN
        if start and not turned and sum(piece.rows for piece in pieces[start:end]) <= most:
            wide[start:end] = [True] * (end - start)
        start = end
    return [(Stretch(turned, piece.is_open), piece) for turned, piece in zip(wide, pieces, strict=True)]


def _section(section: SectionLayout, filling: Filling) -> Iterator[_Piece]:
    opening = paragraph("Heading1", run(section_title(section.code, section.title)))
    is_short = len(section.guidance or "") < _SHORT
    opening += lines([filling.layout.asked_if(section.when)], "FormNote", keep=True)
    opening += prose(section.guidance, keep=is_short)
    yield _Piece(None, lambda width: opening)
    for are_questions, group in groupby(section.blocks, key=lambda block: isinstance(block, QuestionBlock)):
        blocks = list(group)
        if are_questions:
            yield _questions([block for block in blocks if isinstance(block, QuestionBlock)], filling)
        else:
            yield from (_block(block, before, filling) for before, block in zip([None, *blocks], blocks, strict=False))


def _appendix(filling: Filling) -> Iterator[_Piece]:
    """What the levels mean for single rows, where that is too long to stand under them."""
    found = [one for one in all_descriptors(filling.layout) if one.is_long]
    if found:
        written = paragraph("Heading1", run(filling.layout.words.levels), properties="<w:pageBreakBefore/>")
        written += "".join(paragraph("Heading2", run(one.title)) + level_lines(one.lines, one.scales) for one in found)
        yield _Piece(False, lambda width: written, rows=sum(len(one.lines) for one in found))


def _questions(blocks: Sequence[QuestionBlock], filling: Filling) -> _Piece:
    is_wide = False if len(blocks) > _FEW else None
    return _Piece(is_wide, lambda width: question_table(blocks, width, filling) + _GAP, len(blocks))


def _block(block: Block, before: Block | None, filling: Filling) -> _Piece:
    if isinstance(block, Prose):
        return _Piece(None, lambda width: prose(block.markdown))
    if isinstance(block, Heading):
        style = "Heading2" if block.level == 2 else "Heading3"
        return _Piece(None, lambda width: _heading(style, block.code, block.text) + _introduction(block, filling))
    assert isinstance(block, GridBlock | TableBlock)
    turned = is_wide(block, filling.layout, filling.page) or (None if len(block.rows) <= _FEW else False)
    is_open = filling.only_spaces and isinstance(block, TableBlock)
    return _Piece(turned, lambda width: _table(block, before, width, filling), len(block.rows), is_open)


def _table(block: GridBlock | TableBlock, before: Block | None, width: int, filling: Filling) -> str:
    written = _heading("Heading2", block.code, plain(block.ask)) if block.ask else ""
    written += _introduction(block, filling) + lines(other_role_lines(block.columns, filling), "FormNote", keep=True)
    explained = _explained(block, width, filling)
    if not isinstance(before, GridBlock | TableBlock) or explained != _explained(before, width, filling):
        written += explained
    if isinstance(block, GridBlock):
        return written + grid_table(block, width, filling) + _GAP
    return written + own_rows_table(block, width, filling) + _GAP


def _explained(block: GridBlock | TableBlock, width: int, filling: Filling) -> str:
    """What columns and levels mean. Of tables that follow each other and mean the same, the first one says it."""
    return column_notes(block.columns, filling) + legends(
        column_legends(block.columns, filling.layout.words), width, filling
    )


def _heading(style: str, code: str, words: str) -> str:
    first, *more = block_title(code, words).split("\n")
    return paragraph(style, run(first)) + lines(more, "Normal", keep=True)


def _introduction(block: Heading | GridBlock | TableBlock, filling: Filling) -> str:
    condition = filling.layout.asked_if(block.when)
    return prose(block.help, heading="Heading3", keep=True) + lines([condition], "FormNote", keep=True)
