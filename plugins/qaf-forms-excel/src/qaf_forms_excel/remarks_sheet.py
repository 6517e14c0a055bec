"""The sheet of a workbook that is sent back: every answer that something is asked about, with a link to its cell.

Each row is marked with digests of what was written into its cells. So the sheet comes back without a word said of it,
unless somebody wrote on it, and then with what they wrote.
"""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.plugin import Copy, Field, Layout, Remark, section_title, show
from qaf_forms_excel import marks
from qaf_forms_excel.formulas import Spot
from qaf_forms_excel.page import CODES, Page
from qaf_forms_excel.places import Places
from qaf_forms_excel.strings import as_typed, cleaned
from qaf_forms_excel.styles import Look

REMARKS_WIDTHS = [3.0, 26.0, 30.0, 40.0, 48.0, 32.0]
"""A link does not wrap in LibreOffice: its column holds the number of a question and the head of its column."""
_LONGEST = 400


def write_remarks(page: Page, layout: Layout, copy: Copy, places: Places, cover: Spot) -> None:
    """Write a row for each remark; what is remarked about the form as a whole leads to its `cover`."""
    sheet = _RemarksSheet(page, layout, copy, places)
    words = layout.words.remarks
    row = page.next_row()
    page.mark(row, marks.REMARKS)
    page.hide(row)
    row = page.next_row()
    page.put(row, CODES, words.title, Look.TITLE)
    page.set_height(row, 30)
    page.across(words.explained, Look.PROSE)
    row = page.next_row()
    heads = (layout.words.progress.section, words.where, layout.words.question, words.wanted, words.stands_there)
    for column, text in enumerate(heads, start=CODES):
        page.put(row, column, text, Look.HEAD)
    page.sheet.freeze_panes = f"A{row + 1}"
    page.sheet.print_title_rows = f"{row}:{row}"
    for remark in copy.remarks:
        sheet.write(remark, cover)
    for row in range(2, page.row):
        sheet.mark(row)


class _RemarksSheet:
    """The sheet being written."""

    def __init__(self, page: Page, layout: Layout, copy: Copy, places: Places) -> None:
        self._page, self._copy, self._places = page, copy, places
        self._titles = {one.code: section_title(one.code, one.title) for one in layout.sections}

    def write(self, remark: Remark, cover: Spot) -> None:
        """Write one row."""
        page, field = self._page, self._places.fields.get(remark.key)
        spot = self._places.cells(remark.key)[0] if field else cover
        texts = list(self._texts(remark, field))
        row = page.next_row()
        for column, text in enumerate(texts, start=CODES):
            page.put(row, column, text, Look.LINKED if column == CODES + 1 else Look.CELL)
        page.link(page.sheet.cell(row, CODES + 1), spot.sheet, f"{spot.letters}{spot.row}")
        page.fit_height(row, max(page.height_of(text, column) for column, text in enumerate(texts, start=CODES)))

    def _texts(self, remark: Remark, field: Field | None) -> Iterator[str]:
        yield self._titles.get(field.section, "") if field else ""
        yield field.name if field else self._page.sheet.parent.worksheets[0].title
        yield field.label if field else ""
        yield cleaned(remark.words)
        yield _shortened(self._shown(field)) if field else ""

    def _shown(self, field: Field) -> str:
        value = self._copy.answers.get(field.key)
        return self._copy.typed.get(field.key, "") if value is None else show(field, value)

    def mark(self, row: int) -> None:
        """Say what was written into the cells of a row."""
        cells = [self._page.sheet.cell(row, column) for column in range(CODES, self._page.last_column + 1)]
        digests = [marks.list_digest([as_typed(cell._value)]) for cell in cells if cell._value is not None]
        self._page.mark(row, marks.CELLS + " ".join(digests))


def _shortened(text: str) -> str:
    text = cleaned(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
