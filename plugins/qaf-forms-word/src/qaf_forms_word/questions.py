"""Questions that follow each other, as one table: code, question, answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qaf_forms.plugin import Control, QuestionBlock, Scale, meaning_lines
from qaf_forms_word.content_controls import answer_space
from qaf_forms_word.filling import Filling
from qaf_forms_word.prose import key, meanings, notes, prose
from qaf_forms_word.tables import HEAD_FILL, OTHER_ROLE_FILL, PRINTED_FILL, TableCell, row, share, table
from qaf_forms_word.widths import code_width
from qaf_forms_word.wordml import paragraph, run

_LEAST = (3000, 3000)
_WEIGHTS = (1, 1)
_TALL = 1300
_NORMAL = 560


def question_table(blocks: Sequence[QuestionBlock], width: int, filling: Filling) -> str:
    """The table, and above it what the levels mean that several of its questions share."""
    shared = _shared_scales(blocks)
    widths = share(width, code_width([block.field.code for block in blocks], filling.page), _LEAST, _WEIGHTS)
    words = filling.layout.words
    head = row([_head(text) for text in (words.code, words.question, words.answer)], widths, head=True)
    rows = [_question(block, block.field.scale not in shared, widths, filling) for block in blocks]
    first, last = blocks[0].field.code, blocks[-1].field.code
    title = words.questions_table if first != last else words.question_table
    title = title.format(first=first, last=last)
    return key(shared, words) + table([head, *rows], widths, title)


def _shared_scales(blocks: Sequence[QuestionBlock]) -> list[Scale]:
    """The scales with meanings that more than one question uses."""
    found: list[Scale] = []
    uses = Counter(id(block.field.scale) for block in blocks)
    for block in blocks:
        scale = block.field.scale
        if scale is not None and uses[id(scale)] > 1 and meaning_lines(scale) and scale not in found:
            found.append(scale)
    return found


def _head(text: str) -> TableCell:
    return TableCell(paragraph("FormHead", run(text)), HEAD_FILL)


def _question(block: QuestionBlock, own_meanings: bool, widths: Sequence[int], filling: Filling) -> str:
    field = block.field
    asked = prose(block.ask, "FormQuestion", "") + prose(field.help, "FormHelp", "") + notes(field, filling)
    if own_meanings:
        asked += meanings([field.scale], filling.layout.words)
    other = filling.is_locked(field)
    cells = [
        TableCell(paragraph("FormCode", run(field.code)), OTHER_ROLE_FILL if other else PRINTED_FILL),
        TableCell(asked, OTHER_ROLE_FILL if other else PRINTED_FILL),
        TableCell(answer_space(field, filling), OTHER_ROLE_FILL if other else ""),
    ]
    return row(cells, widths, height=_TALL if field.control is Control.LINES else _NORMAL)
