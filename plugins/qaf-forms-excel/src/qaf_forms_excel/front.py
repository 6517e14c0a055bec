"""The sheets around the sections: the cover, the meanings of the levels, and the hidden lists and stamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from qaf_forms.plugin import (
    Copy,
    Layout,
    Scale,
    all_descriptors,
    meaning_lines,
    paragraphs,
    section_title,
)
from qaf_forms_excel import marks
from qaf_forms_excel.answers import put_text
from qaf_forms_excel.logo import Logo
from qaf_forms_excel.loose_types import Sheet
from qaf_forms_excel.own_facts import OwnFacts
from qaf_forms_excel.page import CODES, Page, height_in
from qaf_forms_excel.progress import Progress
from qaf_forms_excel.sheet_names import quoted
from qaf_forms_excel.styles import Look

COVER_WIDTHS = [3.0, 22.0, 62.0, 13.0, 15.0]
MEANING_WIDTHS = [3.0, 30.0, 76.0]


def write_cover(page: Page, layout: Layout, copy: Copy, facts: OwnFacts, progress: Progress) -> None:
    """What the form is, whose, by when and how, and how far its answers are."""
    form, words = layout.form, layout.words
    page.mark(page.next_row(), marks.COVER)
    page.put(1, CODES, form.title, Look.TITLE)
    page.set_height(1, 30)
    if copy.look.logo:
        page.sheet.add_image(Logo(copy.look, page.last_column - 1))
    for label, value in ((words.owner, form.owner), (words.marking, form.marking)):
        _labelled(page, label, value, page.height_of(value, CODES + 1))
    heights, last_height = fact_heights(facts)
    for (label, value), height in zip(facts.cover, heights, strict=True):
        _labelled(page, label, value, height)
    if form.intro:
        page.next_row()
        page.prose(paragraphs(form.intro))
    page.across(words.how_to_title, Look.HEADING)
    for line in words.how_to:
        page.across(line, Look.PROSE)
    page.across(words.sections, Look.HEADING)
    progress.write(page)
    page.next_row()
    page.set_height(page.across(facts.line, Look.SMALL), last_height)


def fact_heights(facts: OwnFacts) -> tuple[tuple[float, ...], float]:
    """How high the rows of a copy's own facts are on the cover, and that of its stamp's line."""
    width = COVER_WIDTHS[CODES]
    return tuple(height_in(width, value) for value in facts.cover_values), height_in(
        sum(COVER_WIDTHS[CODES - 1 :]), facts.line_shown
    )


def _labelled(page: Page, label: str, value: str, height: float) -> None:
    row = page.next_row()
    page.put(row, CODES, label, Look.LABEL)
    page.put(row, CODES + 1, value, Look.VALUE)
    page.fit_height(row, height)


def has_meanings(layout: Layout) -> bool:
    """Whether the form says what the levels of its scales mean."""
    return any(True for _ in _scales(layout)) or any(True for _ in all_descriptors(layout))


def write_meanings(page: Page, layout: Layout) -> None:
    """Each scale and its levels once, then what the levels mean for single rows."""
    page.put(page.next_row(), CODES, layout.words.levels, Look.TITLE)
    page.set_height(1, 30)
    for scale in _scales(layout):
        if scale.title:
            page.across(scale.title, Look.SUBHEADING)
        else:
            page.next_row()
        for line in meaning_lines(scale):
            page.across(line, Look.PROSE, indent=1)
    for descriptors in all_descriptors(layout):
        page.across(descriptors.title, Look.SUBHEADING)
        for line in descriptors.lines:
            page.across(line, Look.PROSE, indent=1)


def _scales(layout: Layout) -> Iterator[Scale]:
    seen: set[tuple[str, ...]] = set()
    for field in layout.fields:
        lines = tuple(meaning_lines(field.scale))
        if field.scale and lines and lines not in seen:
            seen.add(lines)
            yield field.scale


class Lists:
    """The hidden sheet of levels: for lists that are too long to stand inside a validation, or have commas in them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, labels: Sequence[str]) -> str:
        """The range that holds these labels, written now if it is the first time."""
        key = tuple(labels)
        if key not in self._ranges:
            column = len(self._ranges) + 1
            texts = [marks.LIST + marks.list_digest(list(key)), *key]
            for row, text in enumerate(texts, start=1):
                put_text(self._sheet.cell(row, column), text, "a list")
            letter = get_column_letter(column)
            self._ranges[key] = f"{quoted(marks.LISTS_SHEET)}!${letter}$2:${letter}${len(texts)}"
        return self._ranges[key]

    def __len__(self) -> int:
        return len(self._ranges)


def write_stamp(sheet: Sheet, facts: OwnFacts) -> None:
    """The stamp's properties, name and value, under a mark."""
    put_text(sheet.cell(1, 1), marks.STAMP, "a mark")
    for row, (name, value) in enumerate(facts.properties.items(), start=2):
        put_text(sheet.cell(row, 1), name, "the stamp")
        put_text(sheet.cell(row, 2), value, "the stamp")


def sheet_titles(layout: Layout) -> list[str]:
    """The title of every section, as its link and its sheet's heading say it."""
    return [section_title(section.code, section.title) for section in layout.sections]


def sheet_words(layout: Layout) -> list[str]:
    """What the sheets of the sections are called, before names are shortened."""
    return [f"{section.code} {section.title}" for section in layout.sections]
