"""Grids (printed rows) and the respondent's own rows, with one or two head rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qaf_forms.plugin import (
    RUN_ON,
    ColumnHead,
    Control,
    Field,
    GridBlock,
    GridRowBlock,
    TableBlock,
    column_line,
    columns_role_line,
    descriptor_lines,
    descriptors_of,
    other_role_line,
    plain,
    row_note_lines,
)
from qaf_forms_word.content_controls import answer_space
from qaf_forms_word.filling import Filling
from qaf_forms_word.legends import level_lines
from qaf_forms_word.prose import lines, prose
from qaf_forms_word.tables import (
    HEAD_FILL,
    OTHER_ROLE_FILL,
    PRINTED_FILL,
    TITLE_FILL,
    TableCell,
    row,
    rows_of,
    share,
    table,
)
from qaf_forms_word.widths import QUESTION_LEAST, QUESTION_WEIGHT, code_width, fits_in_head, is_stacked, least_widths
from qaf_forms_word.wordml import paragraph, run

_TALL = 900
_PROMPT_INDENT = 340
_NORMAL = 560


def grid_table(block: GridBlock, width: int, filling: Filling) -> str:
    """A grid: code, question, one column for each thing asked of it; of many columns, the question above them."""
    words = filling.layout.words
    page = filling.page
    least = least_widths(block, filling.layout, page)
    weights = [column.width for column in block.columns]
    codes = code_width([row.code for row in block.rows], page)
    if is_stacked(block, filling.layout, page):
        widths = share(width, codes, least, weights)
        heads = _heads([words.code], block.columns, widths, filling)
        rows = [_stacked_rows(one, widths, filling) for one in block.rows]
    else:
        widths = share(width, codes, [int(QUESTION_LEAST * page.zoom), *least], [QUESTION_WEIGHT, *weights])
        heads = _heads([words.code, words.question], block.columns, widths, filling)
        rows = [_grid_rows(one, widths, filling) for one in block.rows]
    return table([*heads, *rows_of(rows, filling.page.few_lines(width))], widths, _title(block))


def own_rows_table(block: TableBlock, width: int, filling: Filling) -> str:
    """The respondent's own rows: those printed, and as many more as there are answers for."""
    count = max(len(block.rows), _last_answered(block, filling))
    number_width = code_width([str(count), filling.layout.words.row], filling.page)
    least = least_widths(block, filling.layout, filling.page)
    widths = share(width, number_width, least, [column.width for column in block.columns])
    heads = _heads([filling.layout.words.row], block.columns, widths, filling, anchor=block.anchor)
    rows = [[_own_row(number, _fields(block, number, filling), widths, filling)] for number in range(1, count + 1)]
    return table([*heads, *rows_of(rows, filling.page.few_lines(width))], widths, _title(block))


def _title(block: GridBlock | TableBlock) -> str:
    words = f"{block.code} {plain(block.ask)}" if block.ask else block.code
    return words.replace("\n", " ")


def _heads(
    first: Sequence[str], columns: Sequence[ColumnHead], widths: Sequence[int], filling: Filling, anchor: str = ""
) -> list[str]:
    """The head row, and above it one with the heads over several columns, if there are any."""
    titles = [paragraph("FormHead", run(words)) for words in first]
    if anchor:
        titles[0] = paragraph("FormHead", filling.bookmark(anchor, run(first[0])))
    unders = ["" for _ in first] + [column.under for column in columns]
    titles += [_column_head(column, columns, filling) for column in columns]
    if not any(unders):
        return [row([TableCell(title, HEAD_FILL) for title in titles], widths, head=True)]
    bottom = [
        TableCell(title, HEAD_FILL, open_side="" if under else "top")
        for title, under in zip(titles, unders, strict=True)
    ]
    return [row(_over_heads(unders), widths, head=True), row(bottom, widths, head=True)]


def _over_heads(unders: Sequence[str]) -> list[TableCell]:
    """Each head over the columns side by side that share it; nothing over the others, open to the title below."""
    cells: list[TableCell] = []
    for under, group in groupby(unders):
        count = len(list(group))
        if under:
            cells.append(TableCell(paragraph("FormOverHead", run(under)), HEAD_FILL, span=count))
        else:
            cells += [TableCell(paragraph("FormHead"), HEAD_FILL, open_side="bottom")] * count
    return cells


def _column_head(column: ColumnHead, columns: Sequence[ColumnHead], filling: Filling) -> str:
    is_theirs = _is_for_others(column, filling)
    words = paragraph("FormHead", run(column.title))
    if not _fits_in_head(column, columns, filling):
        return words
    words += prose(column.help, "FormHeadNote", "")
    return words + lines([filling.layout.column_note(column, columns, is_theirs=is_theirs)], "FormHeadNote")


def column_notes(columns: Sequence[ColumnHead], filling: Filling) -> str:
    """What is to be known of columns, and is too long for their heads, in one paragraph."""
    runs: list[str] = []
    for column in columns:
        if not _fits_in_head(column, columns, filling):
            line = column_line(filling.layout, column, columns, is_theirs=_is_for_others(column, filling))
            runs += [run(RUN_ON)] if runs and line else []
            runs += [run(f"{column.title}:", bold=True), run(line.removeprefix(f"{column.title}:"))] if line else []
    return paragraph("FormHeadNote", *runs) if runs else ""


def _fits_in_head(column: ColumnHead, columns: Sequence[ColumnHead], filling: Filling) -> bool:
    return fits_in_head(column, filling.layout.column_note(column, columns))


def _is_for_others(column: ColumnHead, filling: Filling) -> bool:
    return filling.is_other_role(column.role) and not _is_filled_by_nobody(column)


def _is_filled_by_nobody(column: ColumnHead) -> bool:
    return column.is_given or column.calculation is not None


def _grid_rows(block: GridRowBlock, widths: Sequence[int], filling: Filling) -> list[str]:
    """A question with its answers beside it, and across the grid below what the levels mean for it."""
    if not block.fields:
        return [_unanswered_row(block, widths, filling)]
    found = descriptors_of(block)
    are_below = bool(found.lines) and not found.is_long
    cells = [_code(block), _asked(block, filling, explains=not are_below)]
    cells += _answers(block, len(widths) - 2, filling)
    rows = [row(cells, widths, height=_height(block.fields))]
    if are_below:
        meant = TableCell(level_lines(found.lines, found.scales), PRINTED_FILL, span=len(widths))
        rows.append(row([meant], widths))
    return rows


def _stacked_rows(block: GridRowBlock, widths: Sequence[int], filling: Filling) -> list[str]:
    """The question over the whole width, and its answers below it, each with the code before it."""
    if not block.fields:
        return [_unanswered_row(block, widths, filling)]
    question = row([_code(block, keep=True), _asked(block, filling, span=len(widths) - 1)], widths)
    answers = [_code(block), *_answers(block, len(widths) - 1, filling)]
    return [question, row(answers, widths, height=_height(block.fields))]


def _code(block: GridRowBlock, *, keep: bool = False) -> TableCell:
    properties = "<w:keepNext/>" if keep else ""
    return TableCell(paragraph("FormCode", run(block.code), properties=properties), PRINTED_FILL)


def _asked(block: GridRowBlock, filling: Filling, span: int = 1, *, explains: bool = True) -> TableCell:
    """The question of a row with all that belongs to it; over several columns, on the page of the answers below.

    `explains`: what the levels mean for it stands here, and not below.
    """
    keep = span > 1
    found = descriptors_of(block)
    asked = prose(block.text, "FormQuestion", "", keep=keep) + prose(block.help, "FormHelp", "", keep=keep)
    if found.is_long:
        asked += lines(descriptor_lines(filling.layout, block), "FormNote", keep=keep)
    elif explains:
        asked += level_lines(found.lines, found.scales)
    asked += lines(row_note_lines(filling.layout, block), "FormNote", keep=keep)
    return TableCell(asked, PRINTED_FILL, span, indent=_PROMPT_INDENT if block.is_prompt else 0)


def _unanswered_row(block: GridRowBlock, widths: Sequence[int], filling: Filling) -> str:
    """A heading over all columns, or a stem, whose prompts follow: on the page of the row below."""
    if block.is_title:
        title = paragraph("FormRowTitle", run(block.text)) + prose(block.help, "FormHelp", "", keep=True)
        return row([TableCell(title, TITLE_FILL, span=len(widths))], widths)
    asked = prose(block.text, "FormQuestion", "", keep=True) + prose(block.help, "FormHelp", "", keep=True)
    asked += lines(row_note_lines(filling.layout, block), "FormNote", keep=True)
    return row([_code(block, keep=True), TableCell(asked, PRINTED_FILL, span=len(widths) - 1)], widths)


def _own_row(number: int, fields: Sequence[Field], widths: Sequence[int], filling: Filling) -> str:
    cells = [TableCell(paragraph("FormCode", run(str(number))), PRINTED_FILL)]
    cells += [_answer(field, filling) for field in fields]
    return row(cells, widths, height=_height(fields))


def _answers(block: GridRowBlock, columns: int, filling: Filling) -> list[TableCell]:
    """The answer spaces of a row; shaded where it has none."""
    spaces = [_answer(field, filling) for field in block.fields]
    return [*spaces, *[TableCell(paragraph("FormCode"), PRINTED_FILL)] * (columns - len(spaces))]


def _answer(field: Field, filling: Filling) -> TableCell:
    return TableCell(answer_space(field, filling), OTHER_ROLE_FILL if filling.is_locked(field) else "")


def _height(fields: Sequence[Field]) -> int:
    return _TALL if any(field.control is Control.LINES for field in fields) else _NORMAL


def _fields(block: TableBlock, number: int, filling: Filling) -> list[Field]:
    found = (filling.layout.table_field(block.key, number, column.id) for column in block.columns)
    return [field for field in found if field is not None]


def _last_answered(block: TableBlock, filling: Filling) -> int:
    start = f"{block.key}["
    answered = (key.removeprefix(start) for key in filling.answered_keys() if key.startswith(start))
    numbers = (int(rest.partition("]")[0]) for rest in answered)
    return max(numbers, default=0)


def other_role_lines(columns: Sequence[ColumnHead], filling: Filling) -> list[str]:
    """For whom a grid or table is, or those of its columns that are not the reader's: each role once."""
    asked = [column for column in columns if not _is_filled_by_nobody(column)]
    theirs = [column for column in asked if filling.is_other_role(column.role)]
    titles = {column.role_title: None for column in theirs}
    words = filling.layout.words
    if len(theirs) == len(asked):
        return [other_role_line(title, words) for title in titles]
    return [columns_role_line([one for one in theirs if one.role_title == title], words) for title in titles]
