"""Writes the blocks of a section: questions, grids, tables, headings and prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qaf_forms.plugin import (
    Block,
    ColumnHead,
    Control,
    Copy,
    Field,
    GridBlock,
    GridRowBlock,
    Heading,
    Layout,
    Prose,
    QuestionBlock,
    TableBlock,
    Tick,
    block_title,
    descriptor_lines,
    note_lines,
    other_role_line,
    paragraphs,
    plain,
    row_note_lines,
    show,
)
from qaf_forms_excel import marks
from qaf_forms_excel.answers import number_format, put_answer, put_text
from qaf_forms_excel.columns import SheetColumn, columns_of
from qaf_forms_excel.heads import Head, HeadWriter
from qaf_forms_excel.loose_types import Cell
from qaf_forms_excel.notes import add_note
from qaf_forms_excel.page import CODES, WORDS, Page
from qaf_forms_excel.places import Places
from qaf_forms_excel.styles import Look
from qaf_forms_excel.ticks import ticks_of
from qaf_forms_excel.validations import Validations

ANSWERS = WORDS + 1
_ROOM = {Control.LINES: 58.0, Control.LINE: 20.0}
_ROOM_IN_GRID = {Control.LINES: 44.0}


class BlockWriter:
    """Writes the blocks of one section of a copy onto its page."""

    def __init__(self, page: Page, layout: Layout, validations: Validations, copy: Copy, places: Places) -> None:
        self._page, self._layout, self._validations, self._places = page, layout, validations, places
        self._answers, self._role, self._given = copy.answers, copy.role, copy.given
        self._typed = copy.typed
        self._remarks = {remark.key: remark.text for remark in copy.remarks}
        self._words = layout.words
        self._in_questions = False
        self._heads = HeadWriter(page, layout, copy.role)

    @property
    def heads(self) -> list[Head]:
        """Every head that was written."""
        return self._heads.written

    def write(self, block: Block) -> None:
        """Write one block below what is there."""
        if self._in_questions and not isinstance(block, QuestionBlock):
            self.finish()
        if isinstance(block, QuestionBlock):
            if not self._in_questions:
                self._question_head()
            self._question(block)
        elif isinstance(block, GridBlock):
            self._grid(block)
        elif isinstance(block, TableBlock):
            self._table(block)
        elif isinstance(block, Prose):
            self._page.prose(paragraphs(block.markdown))
        else:
            self._heading(block)
        self._in_questions = isinstance(block, QuestionBlock)

    def finish(self) -> None:
        """Say where the questions end, if they go on up to here."""
        if self._in_questions:
            self._page.name_heads(self.heads[-1].bottom, ANSWERS)
        self._in_questions = False

    def _heading(self, block: Heading) -> None:
        look = Look.HEADING if block.level == 2 else Look.SUBHEADING
        self._page.across(block_title(block.code, block.text), look)
        self._above(block)

    def _above(self, block: Heading | GridBlock | TableBlock) -> None:
        if block.help:
            self._page.prose(paragraphs(block.help))
        if block.when:
            self._page.across(self._layout.asked_if(block.when), Look.SMALL)

    def _question_head(self) -> None:
        row = self._page.next_row()
        texts = (self._words.code, self._words.question, self._words.answer)
        for column, text in enumerate(texts, start=CODES):
            self._page.put(row, column, text, Look.HEAD)
        self.heads.append(Head(row, row, texts))

    def _question(self, block: QuestionBlock) -> None:
        page, field = self._page, block.field
        row = page.next_row()
        page.put(row, CODES, field.code, Look.CODE)
        words, small = plain(block.ask), self._small_print(field)
        page.put(row, WORDS, words, Look.QUESTION, small)
        height = page.height_of(words, WORDS, small)
        if field.ticks:
            self._remark(page.cell(row, ANSWERS, Look.NO_ANSWER), field.key)
            page.fit_height(row, height)
            self._ticks_below(field)
        else:
            page.mark(row, marks.PREFIX + field.key)
            page.fit_height(row, max(height, self._answer(row, ANSWERS, field, _ROOM)))

    def _small_print(self, field: Field) -> str:
        help_lines = [one.mark + one.text for one in paragraphs(field.help)] if field.help else []
        theirs = other_role_line(field.role_title, self._words)
        notes = [line for line in note_lines(self._layout, field) if line != theirs]
        is_theirs = self._is_others(field) and field.calculation is None
        return "\n".join([*help_lines, *notes, *([theirs] if is_theirs else [])])

    def _ticks_below(self, field: Field) -> None:
        """Write a row for each level of a question."""
        page = self._page
        texts = self._texts_of(field)
        for tick in field.ticks:
            row = page.next_row()
            page.mark(row, f"{marks.PREFIX}{field.key}#{tick.level.code}")
            page.cell(row, CODES, Look.CODE)
            page.put(row, WORDS, tick.level.label, Look.OPTION)
            cell = page.sheet.cell(row, ANSWERS)
            page.looks.answer(cell, "@", self._is_open(field))
            self._tick(cell, field, tick, texts)
            page.fit_height(row, page.height_of(tick.level.label, WORDS))

    def _ticks_beside(self, row: int, column: SheetColumn, field: Field) -> float:
        """Write a cell for each level of an answer in a grid or table. Returns the height that they need."""
        page = self._page
        texts = self._texts_of(field)
        for place, tick in zip(column.places, field.ticks, strict=True):
            cell = page.sheet.cell(row, place)
            page.looks.tick(cell, self._is_open(field))
            self._tick(cell, field, tick, texts, _about(column.head, tick), plain(column.head.help or ""))
            if place == column.first:
                self._remark(cell, field.key)
        written = zip(column.places, (texts.get(tick.level.code, "") for tick in field.ticks), strict=True)
        return max(page.height_of(text, place) for place, text in written)

    def _texts_of(self, field: Field) -> Mapping[str, str]:
        return ticks_of(field, self._answers.get(field.key), self._typed.get(field.key, ""))

    def _tick(
        self, cell: Cell, field: Field, tick: Tick, texts: Mapping[str, str], about: str = "", help_: str = ""
    ) -> None:
        """Write one cell to tick."""
        page, level, is_open = self._page, tick.level, self._is_open(field)
        page.name(cell, tick.anchor)
        self._places.add_tick(field, level.code, page.spot(cell), is_open)
        if is_open:
            self._validations.add_tick(cell, self._words.cells, about, help_)
        if level.code in texts:
            put_text(cell, texts[level.code], field.key)

    def _grid(self, block: GridBlock) -> None:
        page = self._page
        if block.ask:
            page.across(block_title(block.code, plain(block.ask)), Look.HEADING)
        self._above(block)
        columns = columns_of(block, ANSWERS)
        self._heads.write_marks(block.key, columns)
        self._heads.write(columns, ((CODES, self._words.code), (WORDS, self._words.question)))
        for grid_row in block.rows:
            self._grid_row(columns, grid_row)
        page.name_heads(self.heads[-1].bottom, columns[-1].last)

    def _grid_row(self, columns: Sequence[SheetColumn], grid_row: GridRowBlock) -> None:
        page = self._page
        row = page.next_row()
        heights = [self._row_words(row, grid_row)]
        look = Look.ROW_TITLE if grid_row.is_title else Look.NO_ANSWER
        for column in columns[len(grid_row.fields) :]:
            for place in column.places:
                page.cell(row, place, look)
        if grid_row.fields:
            page.mark(row, marks.PREFIX + grid_row.fields[0].key.rpartition(".")[0])
        pairs = zip(columns, grid_row.fields, strict=False)  # a row may have no field in the last column
        heights += [self._space(row, column, field, _ROOM_IN_GRID) for column, field in pairs]
        page.fit_height(row, max(heights))

    def _row_words(self, row: int, grid_row: GridRowBlock) -> float:
        """Write the code and words of a grid's row. No cells are merged, so that rows sort. Returns their height."""
        page = self._page
        small = [one.mark + one.text for one in paragraphs(grid_row.help)] if grid_row.help else []
        small += descriptor_lines(self._layout, grid_row)
        small += row_note_lines(self._layout, grid_row)
        look = Look.ROW_TITLE if grid_row.is_title else Look.OPTION if grid_row.is_prompt else Look.QUESTION
        page.put(row, CODES, grid_row.code, Look.ROW_TITLE if grid_row.is_title else Look.CODE)
        page.put(row, WORDS, grid_row.words, look, "\n".join(small))
        return page.height_of(grid_row.words, WORDS, "\n".join(small))

    def _table(self, block: TableBlock) -> None:
        page = self._page
        page.across(block_title(block.code, plain(block.ask)), Look.HEADING)
        self._above(block)
        columns = columns_of(block, WORDS)
        self._heads.write_marks(block.key, columns)
        head = self._heads.write(columns, ((CODES, self._words.code),))
        page.mark(head, f"{marks.PREFIX}{block.key}[]")
        page.name(page.sheet.cell(head, WORDS), block.anchor)
        for number in range(1, self._row_count(block) + 1):
            self._table_row(block.key, columns, number)
        page.name_heads(head, columns[-1].last)

    def _row_count(self, block: TableBlock) -> int:
        start = f"{block.key}["
        keys = (key for key in (*self._answers, *self._typed) if key.startswith(start))
        answered = [int(key.removeprefix(start).partition("]")[0]) for key in keys]
        return max(len(block.rows), *answered, 0)

    def _table_row(self, table: str, columns: Sequence[SheetColumn], number: int) -> None:
        page = self._page
        row = page.next_row()
        page.mark(row, f"{marks.PREFIX}{table}[{number}]")
        page.cell(row, CODES, Look.NUMBER).value = number
        heights = [22.0]
        for column in columns:
            field = self._layout.table_field(table, number, column.head.id)
            assert field is not None
            heights.append(self._space(row, column, field, {}))
        page.fit_height(row, max(heights))

    def _space(self, row: int, column: SheetColumn, field: Field, room: Mapping[Control, float]) -> float:
        """Write one answer of a grid or table. Returns the height it needs."""
        if column.levels:
            return self._ticks_beside(row, column, field)
        return self._answer(row, column.first, field, room, column.head)

    def _answer(
        self, row: int, column: int, field: Field, room: Mapping[Control, float], head: ColumnHead | None = None
    ) -> float:
        """Write one answer cell. Returns the height it needs."""
        page = self._page
        cell: Cell = page.sheet.cell(row, column)
        page.looks.answer(cell, number_format(field), self._is_open(field))
        page.name(cell, field.anchor)
        self._places.add(field, page.spot(cell), self._is_open(field))
        if self._is_open(field):
            self._validations.add(cell, field, plain(head.help) if head and head.help else "")
        self._remark(cell, field.key)
        value, typed = self._answers.get(field.key), self._typed.get(field.key, "")
        height = room.get(field.control, 18.0)
        if value is not None:
            put_answer(cell, field, value)
            typed = show(field, value)
        elif typed:
            put_text(cell, typed, field.key)
        return max(height, page.height_of(typed, column)) if typed else height

    def _remark(self, cell: Cell, key: str) -> None:
        text = self._remarks.get(key)
        if text:
            add_note(cell, text, self._layout.form.owner)

    def _is_others(self, field: Field) -> bool:
        """Whether somebody else is to fill a space; one that shows a last answer is filled by nobody."""
        return self._role not in (None, field.role) and field.shows_last is None

    def _is_open(self, field: Field) -> bool:
        if field.calculation or field.key in self._given:
            return False
        return self._role is None or field.role == self._role


def _about(head: ColumnHead, tick: Tick) -> str:
    """What a cell to tick says of itself, for those who do not see its heads."""
    return f"{head.title}: {tick.level.label}"
