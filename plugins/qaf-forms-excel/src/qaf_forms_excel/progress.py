"""How far the answers are: on the first sheet, for each section, how many are there and how many are still needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qaf_forms.plugin import Copy, Field, TableBlock, section_title
from qaf_forms_excel.asking import Asking
from qaf_forms_excel.colour_rules import ColourRules
from qaf_forms_excel.colours import INK, NEEDED_FILL
from qaf_forms_excel.counting import Counting
from qaf_forms_excel.formulas import Formula, Spot, all_of, beside, down_rows, none_of
from qaf_forms_excel.loose_types import Cell
from qaf_forms_excel.page import CODES, Page
from qaf_forms_excel.sheet_data import Computed
from qaf_forms_excel.styles import Look
from qaf_forms_excel.working import Term

_ANSWERED, _NEEDED = CODES + 2, CODES + 3
_ALL = "all"


class Progress:
    """The table of the sections of one copy. `sheets` are the names of their sheets, `meanings` that of the levels."""

    def __init__(self, asking: Asking, rules: ColourRules, copy: Copy, sheets: Sequence[str], meanings: str) -> None:
        self._rules = rules
        self._asking, self._sheets, self._meanings = asking, sheets, meanings
        self._places, self._working = asking.places, asking.working
        self._layout, self._words = asking.layout, asking.layout.words.progress
        self._counting = Counting(asking, copy)

    def write(self, page: Page) -> None:
        """Write a row for each section, with a link to its sheet, and one for all of them."""
        words = self._words
        row = page.next_row()
        page.put_wide(row, words.section, Look.HEAD)
        page.put(row, _ANSWERED, words.answered, Look.HEAD)
        page.put(row, _NEEDED, words.still_needed, Look.HEAD)
        first = page.row
        for number, (section, sheet) in enumerate(zip(self._layout.sections, self._sheets, strict=True), start=1):
            fields = [field for field in self._places.fields.values() if self._sheet_of(field) == sheet]
            tables = [block for block in section.blocks if isinstance(block, TableBlock) and block.min_rows]
            row = page.next_row()
            page.link(page.put_wide(row, section_title(section.code, section.title), Look.LINKED), sheet)
            page.fit_height(row, 18)
            self._put(
                page, row, _ANSWERED, f"answered_{number}", self._answered(fields), self._counting.answered(fields)
            )
            needed = [*self._needed(fields), *self._too_few_rows(tables)]
            self._put(page, row, _NEEDED, f"needed_{number}", needed, self._counting.needed(fields, tables))
        self._write_total(page, first)
        if self._meanings:
            row = page.next_row()
            page.link(page.put(row, CODES, self._layout.words.levels, Look.LINK), self._meanings)
            page.fit_height(row, 18)
        page.next_row()
        self._write_key(page)

    def _sheet_of(self, field: Field) -> str:
        return self._places.cells(field.key)[0].sheet

    def _put(self, page: Page, row: int, column: int, name: str, terms: Sequence[Term], result: int) -> None:
        named = self._working.named(f"qaf_{name}", self._working.sum_of(terms), result)
        _put_name(page.cell(row, column, Look.COUNT), named, result)

    def _write_total(self, page: Page, first: int) -> None:
        row = page.next_row()
        page.put_wide(row, self._words.in_all, Look.ROW_TITLE)
        count = len(self._layout.sections)
        for column, kind in ((_ANSWERED, "answered"), (_NEEDED, "needed")):
            parts = [f"qaf_{kind}_{number}" for number in range(1, count + 1)]
            result = sum(page.sheet.cell(one, column)._value.result for one in range(first, row))
            named = self._working.named(f"qaf_{kind}_{_ALL}", _added(parts), result)
            _put_name(page.cell(row, column, Look.TOTAL), named, result)
        letters = Spot("", _NEEDED, row).letters
        cells = f"{letters}{first}:{letters}{row}"
        self._rules.compared(page.sheet, cells, "greaterThan", "0", NEEDED_FILL, INK)

    def _write_key(self, page: Page) -> None:
        """What the colours of cells mean."""
        for look, text in ((Look.NEEDED, self._words.needed_colour), (Look.NOT_ASKED, self._words.grey)):
            row = page.next_row()
            page.cell(row, CODES, look)
            page.put(row, CODES + 1, text, Look.PROSE)

    def _answered(self, fields: Iterable[Field]) -> list[Term]:
        counted = (field for field in fields if self._counting.counts(field))
        return list(self._terms((field, self._places.is_answered(field.key)) for field in counted))

    def _needed(self, fields: Iterable[Field]) -> list[Term]:
        return list(self._terms(self._missing(fields)))

    def _missing(self, fields: Iterable[Field]) -> Iterator[tuple[Field, Formula]]:
        for field in fields:
            parts = self._asking.needed(field)
            if parts is not None:
                yield field, all_of([none_of(self._places.is_answered(field.key)), *parts])

    def _terms(self, counted: Iterable[tuple[Field, Formula]]) -> Iterator[Term]:
        """What is counted, added up: a formula for all cells below each other of which the same is asked."""
        run: list[Spot] = []
        what: Formula | None = None
        alike = ""
        placed = [(self._places.cells(field.key)[0], formula) for field, formula in counted]
        for spot, formula in sorted(placed, key=lambda one: (one[0].column, one[0].row)):
            text = formula(beside(spot))
            goes_on = run and text == alike and (spot.column, spot.row) == (run[-1].column, run[-1].row + 1)
            if not goes_on and what is not None:
                yield _summed(what, run)
            run, what, alike = ([*run, spot], what, alike) if goes_on else ([spot], formula, text)
        if what is not None:
            yield _summed(what, run)

    def _too_few_rows(self, tables: Iterable[TableBlock]) -> Iterator[Term]:
        for table in tables:
            parts = self._asking.enough_rows(table)
            if parts is not None:
                yield _single(parts)


def _added(names: list[str]) -> str:
    return "+".join(names) or "0"


def _put_name(cell: Cell, name: str, result: int) -> None:
    cell._value, cell.data_type = Computed(name, result), "f"


def _summed(what: Formula, run: list[Spot]) -> Term:
    return lambda home: f"SUMPRODUCT({what(down_rows(run[0], run[-1], home))}*1)"


def _single(what: Formula) -> Term:
    return lambda home: what(down_rows(Spot("", 1, 0), Spot("", 1, 0), home))
