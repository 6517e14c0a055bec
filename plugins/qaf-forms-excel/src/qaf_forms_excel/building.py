"""Builds the workbook of one copy."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from qaf_forms.plugin import Copy, Layout, QuestionBlock, SectionLayout, paragraphs, section_title
from qaf_forms_excel import front, marks
from qaf_forms_excel.answers import put_computed
from qaf_forms_excel.asking import Asking
from qaf_forms_excel.blocks import ANSWERS, BlockWriter
from qaf_forms_excel.calculations import Calculations
from qaf_forms_excel.colour_rules import ColourRules
from qaf_forms_excel.colours import HOUSE, house_of
from qaf_forms_excel.formulas import Spot
from qaf_forms_excel.heads import Head
from qaf_forms_excel.highlights import Highlights
from qaf_forms_excel.loose_types import Book, Sheet
from qaf_forms_excel.notes import add_note
from qaf_forms_excel.own_facts import OwnFacts
from qaf_forms_excel.page import CODES, Page
from qaf_forms_excel.places import Places
from qaf_forms_excel.progress import Progress
from qaf_forms_excel.remarks_sheet import REMARKS_WIDTHS, write_remarks
from qaf_forms_excel.sheet_names import SheetNames
from qaf_forms_excel.styles import Look, Looks
from qaf_forms_excel.validations import Validations
from qaf_forms_excel.widths import column_widths
from qaf_forms_excel.working import Working

_A4 = 9
_HIGHEST_FROZEN = 140.0


class WorkbookBuilder:
    """Makes the workbooks of one layout. What all copies share is worked out once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._widths = [column_widths(section) for section in layout.sections]
        names = SheetNames()
        self._start = names.new(layout.words.start_here)
        for reserved in (marks.LISTS_SHEET, marks.WORKING_SHEET, marks.STAMP_SHEET):
            names.new(reserved)
        self._remarks = names.new(layout.words.remarks.title)
        self._meanings = names.new(layout.words.levels) if front.has_meanings(layout) else ""
        self._names = [names.new(words) for words in front.sheet_words(layout)]

    def shape(self, facts: OwnFacts) -> tuple[object, ...]:
        """What has to be the same in two copies whose own facts take the same room."""
        labels = [label for label, _ in facts.cover]
        return labels, list(facts.properties), front.fact_heights(facts), bool(facts.footer)

    def build(self, copy: Copy, facts: OwnFacts) -> Book:
        """The workbook of one copy; `facts` are those of its own, or marks in their place."""
        workbook: Book = Workbook()
        looks = Looks(workbook, house_of(copy.look.colour) if copy.look.colour else HOUSE)
        cover = self._sheet(workbook, self._start, first=True)
        remarks = self._sheet(workbook, self._remarks) if copy.remarks else None
        pages = [
            Page(self._sheet(workbook, name), looks, widths)
            for name, widths in zip(self._names, self._widths, strict=True)
        ]
        meanings = self._sheet(workbook, self._meanings) if self._meanings else None
        lists_sheet = workbook.create_sheet(marks.LISTS_SHEET)
        lists = front.Lists(lists_sheet)
        working_sheet = workbook.create_sheet(marks.WORKING_SHEET)
        working = Working(workbook, working_sheet)
        places = Places()
        for section, page in zip(self._layout.sections, pages, strict=True):
            self._write_section(section, page, copy, lists, places)
        asking = Asking(self._layout, places, working)
        self._write_formulas(workbook, Calculations(self._layout, asking), places, copy)
        rules = ColourRules(workbook)
        Highlights(workbook, rules, asking).write()
        if meanings:
            front.write_meanings(Page(meanings, looks, front.MEANING_WIDTHS), self._layout)
        progress = Progress(asking, rules, copy, self._names, self._meanings)
        front.write_cover(Page(cover, looks, front.COVER_WIDTHS), self._layout, copy, facts, progress)
        if remarks is not None:
            page = Page(remarks, looks, REMARKS_WIDTHS)
            write_remarks(page, self._layout, copy, places, Spot(self._start, CODES, 1))
            workbook.active = 1
        for remark in copy.remarks:
            if not remark.key:
                add_note(cover.cell(1, CODES), remark.text, self._layout.form.owner)
        for sheet, is_needed in ((lists_sheet, bool(lists)), (working_sheet, bool(working))):
            if is_needed:
                sheet.sheet_state = "hidden"
            else:
                workbook.remove(sheet)
        self._finish(workbook, facts, places)
        _print_on_one_page(cover)
        return workbook

    def _sheet(self, workbook: Book, name: str, first: bool = False) -> Sheet:
        sheet: Sheet = workbook.worksheets[0] if first else workbook.create_sheet()
        sheet.title = name
        return sheet

    def _write_formulas(self, workbook: Book, calculations: Calculations, places: Places, copy: Copy) -> None:
        """Work out the calculated answers in their cells; what they come to now is stored with the formulas."""
        for field in places.fields.values():
            spot, formula = places.cell(field.key), calculations.formula(field)
            if spot and formula:
                cell = workbook[spot.sheet].cell(spot.row, spot.column)
                put_computed(cell, field, formula, copy.answers.get(field.key))

    def _write_section(
        self, section: SectionLayout, page: Page, copy: Copy, lists: front.Lists, places: Places
    ) -> None:
        self._open_section(section, page)
        validations = Validations(page.sheet, lists.range_of)
        writer = BlockWriter(page, self._layout, validations, copy, places)
        for block in section.blocks:
            writer.write(block)
        writer.finish()
        self._freeze(page, writer.heads)

    def _open_section(self, section: SectionLayout, page: Page) -> None:
        if any(isinstance(block, QuestionBlock) for block in section.blocks):
            row = page.next_row()
            page.mark(row, marks.COLUMNS)
            page.mark(row, marks.WHOLE_KEY, ANSWERS)
            page.hide(row)
        row = page.next_row()
        page.put(row, CODES, section_title(section.code, section.title), Look.TITLE)
        page.set_height(row, 30)
        if section.when:
            page.across(self._layout.asked_if(section.when), Look.SMALL)
        if section.guidance:
            page.prose(paragraphs(section.guidance))

    def _freeze(self, page: Page, heads: list[Head]) -> None:
        """Keep the head in sight where all heads say the same and the first is near the top, else the title."""
        sheet = page.sheet
        title = 2 if page.sheet.row_dimensions[1].hidden else 1
        frozen, repeated = title, (title, title)
        if len({head.words for head in heads}) == 1:
            top, bottom, _ = heads[0]
            repeated = top, bottom
            above = sum(sheet.row_dimensions[row].height or 15.0 for row in range(title, top))
            frozen = bottom if above <= _HIGHEST_FROZEN else title
        sheet.freeze_panes = f"A{frozen + 1}"
        sheet.print_title_rows = f"{repeated[0]}:{repeated[1]}"

    def _finish(self, workbook: Book, facts: OwnFacts, places: Places) -> None:
        form = self._layout.form
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                self._set_up(sheet, facts)
                _put_cursor(sheet, places.first_open.get(sheet.title, Spot(sheet.title, CODES, 1)))
        stamp_sheet = workbook.create_sheet(marks.STAMP_SHEET)
        stamp_sheet.sheet_state = "veryHidden"
        front.write_stamp(stamp_sheet, facts)
        workbook.properties.title = form.title
        workbook.properties.creator = form.owner
        workbook.properties.language = self._layout.language
        for name, value in facts.document.items():
            workbook.custom_doc_props.append(StringProperty(name=name, value=value))

    def _set_up(self, sheet: Sheet, facts: OwnFacts) -> None:
        sheet.column_dimensions["A"].hidden = True
        sheet.sheet_view.showGridLines = False
        _protect(sheet)
        _set_up_print(sheet)
        footer = sheet.oddFooter
        footer.left.text = self._layout.form.marking.replace("&", "&&")
        footer.center.text = "&P"
        footer.right.text = facts.footer or None
        for part in (footer.left, footer.center, footer.right):
            part.size = 8


def _put_cursor(sheet: Sheet, spot: Spot) -> None:
    """Let a sheet open with this cell chosen: the first answer, so that whoever opens it can type."""
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"{spot.letters}{spot.row}"


def _protect(sheet: Sheet) -> None:
    """Only answers can be typed, without a password; rows and columns can be resized and rows inserted."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.insertRows = False


def _print_on_one_page(cover: Sheet) -> None:
    """Upright, so that the list of sections stays with what is said of them."""
    cover.page_setup.orientation = "portrait"
    cover.page_setup.fitToHeight = 1


def _set_up_print(sheet: Sheet) -> None:
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.5, 0.6
    margins.header = margins.footer = 0.3
