"""Questions that follow each other, as one table: code, question, answer."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_forms.plugin import Control, QuestionBlock, meaning_lines, other_role_line, question_legends
from qaf_forms_word.content_controls import answer_space
from qaf_forms_word.filling import Filling
from qaf_forms_word.legends import legends, meanings
from qaf_forms_word.prose import lines, notes, prose
from qaf_forms_word.tables import HEAD_FILL, OTHER_ROLE_FILL, PRINTED_FILL, TableCell, row, rows_of, share, table
from qaf_forms_word.widths import code_width
from qaf_forms_word.wordml import paragraph, run

_LEAST = (3000, 3000)
_WEIGHTS = (4, 3)
_TALL = 1100
_NORMAL = 560
_FEW_LETTERS = 120
"""Meanings of so many letters stand under their question; longer ones across the table, where they take fewer lines."""


def question_table(blocks: Sequence[QuestionBlock], width: int, filling: Filling) -> str:
    """The table, and above it what the levels mean that several of its questions share, and whose it is."""
    fields = [block.field for block in blocks]
    words = filling.layout.words
    shared = question_legends(fields, words)
    explained = [tuple(one.lines) for one in shared]
    widths = share(width, code_width([field.code for field in fields], filling.page), _LEAST, _WEIGHTS)
    head = row([_head(text) for text in (words.code, words.question, words.answer)], widths, head=True)
    theirs = _others_alone(blocks, filling)
    rows = [
        _question(block, widths, filling, tuple(meaning_lines(block.field.scale)) not in explained, not theirs)
        for block in blocks
    ]
    title = words.questions_table if len(blocks) > 1 else words.question_table
    title = title.format(first=fields[0].code, last=fields[-1].code)
    above = lines([other_role_line(one, words) for one in theirs], "FormNote", keep=True)
    return (
        above
        + legends(shared, width, filling)
        + table([head, *rows_of(rows, filling.page.few_lines(width))], widths, title)
    )


def _others_alone(blocks: Sequence[QuestionBlock], filling: Filling) -> list[str]:
    """Whose all of the questions are, if several follow each other of which none is the reader's."""
    fields = [block.field for block in blocks]
    asked = [field for field in fields if field.calculation is None and field.shows_last is None]
    titles = {field.role_title: None for field in asked}
    are_theirs = all(filling.is_other_role(field.role) for field in asked)
    return [*titles] if are_theirs and len(titles) == 1 < len(asked) else []


def _head(text: str) -> TableCell:
    return TableCell(paragraph("FormHead", run(text)), HEAD_FILL)


def _question(
    block: QuestionBlock, widths: Sequence[int], filling: Filling, explains: bool, says_whose: bool
) -> list[str]:
    """The row of a question, and under it what its levels mean, if that is long."""
    field = block.field
    asked = prose(block.ask, "FormQuestion", "") + prose(field.help, "FormHelp", "")
    asked += notes(field, filling, says_whose=says_whose)
    fill = OTHER_ROLE_FILL if filling.is_locked(field) else PRINTED_FILL
    meant = meanings(field.scale, filling.layout.words) if explains else ""
    is_long = sum(len(line) for line in meaning_lines(field.scale)) > _FEW_LETTERS
    cells = [
        TableCell(paragraph("FormCode", run(field.code)), fill),
        TableCell(asked if is_long else asked + meant, fill),
        TableCell(answer_space(field, filling), OTHER_ROLE_FILL if filling.is_locked(field) else ""),
    ]
    rows = [row(cells, widths, height=_TALL if field.control is Control.LINES else _NORMAL)]
    return [*rows, row([TableCell(meant, fill, span=len(widths))], widths)] if meant and is_long else rows
