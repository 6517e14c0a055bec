"""What counts as printed: the form's own words as often as it prints them, where it prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from qaf_forms import Toolkit
from qaf_forms.collect.blanks import blank_stamp
from qaf_forms.collect.locating import Locator
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Cell, Contents, Copy, Extra, Table
from tests.collect.printing import document, form_of, sheet, stamp_of

_SCALE = {"levels": [{"code": "skipped", "label": "Skipped"}, {"code": "owner", "label": "Owner"}]}
_FORM = form_of(
    {"type": "note", "text": "Skipped"},
    {"type": "note", "text": "Look at the last three visits."},
    {"type": "text", "id": "ref", "ask": "Audit case reference", "required": True},
    {
        "type": "grid",
        "id": "core",
        "ask": "Standards",
        "columns": [
            {"id": "level", "title": "Level", "type": "choice", "scale": "did"},
            {"id": "who", "title": "Owner", "type": "text"},
        ],
        "rows": [{"id": "seen", "text": "Children are seen"}, {"id": "missed", "text": "Skipped"}],
    },
    scales={"did": _SCALE},
)
LAYOUT = Layout(_FORM)
_Print = Callable[[Layout], Contents]


class _Blanks:
    """Blank copies printed by hand."""

    def __init__(self, print_: _Print) -> None:
        self._print = print_

    def contents(
        self, layout: Layout, format_: str, role: str, look: Look = STANDARD_LOOK, *, further_rows: bool = False
    ) -> Contents:
        return _with_stamp(self._print(layout), blank_stamp(layout, role))


def _with_stamp(contents: Contents, stamp: Stamp) -> Contents:
    facts = [
        [Cell(0, label, "the cover"), Cell(1, value, "the cover")] for label, value in stamp.cover_lines(LAYOUT.words)
    ]
    contents.tables.insert(0, Table("the cover", [*facts, [Cell(0, stamp.line, "the cover")]]))
    contents.loose.append(Extra("footer", "footer", stamp.line))
    return contents


def _extras(contents: Contents, stamp: Stamp | None = None, print_: _Print = document) -> list[str]:
    blanks: Any = _Blanks(print_)
    found = Locator(LAYOUT, blanks).locate(contents, stamp or stamp_of(LAYOUT), "hand").extras
    return [f"{extra.place}: {extra.text}" for extra in found]


def _issued(print_: _Print = document, stamp: Stamp | None = None) -> Contents:
    return _with_stamp(print_(LAYOUT), stamp or stamp_of(LAYOUT))


def _row(contents: Contents, words: str) -> list[Cell]:
    return next(row for table in contents.tables for row in table.rows if any(cell.value == words for cell in row))


@pytest.mark.parametrize("print_", [document, sheet])
def test_a_head_a_row_and_a_paragraph_that_are_also_answers_are_no_extras(print_: _Print) -> None:
    assert _extras(_issued(print_), print_=print_) == []


@pytest.mark.parametrize("words", ["Skipped", "Owner", "Children are seen", "Answer needed", "Level", "A2.1"])
def test_printed_words_typed_again_are_an_extra_where_they_were_typed(words: str) -> None:
    contents = _issued()
    contents.loose.insert(0, Extra("paragraph", "before everything", words))
    contents.tables.append(Table("table 9", [[Cell(0, words, "table 9 row 1")]]))
    _row(contents, "Audit case reference\nAnswer needed").append(Cell(7, words, "beside the question"))
    assert sorted(_extras(contents)) == sorted(
        [f"before everything: {words}", f"beside the question: {words}", f"table 9 row 1: {words}"]
    )


def test_an_answer_typed_elsewhere_is_an_extra_though_its_printed_namesake_was_overwritten() -> None:
    contents = _issued()
    row = _row(contents, "Skipped")
    next(cell for cell in row if cell.value == "Skipped").value = "Missed"
    contents.loose[2] = Extra("paragraph", "a paragraph", "We skipped this note")
    contents.loose.append(Extra("paragraph", "at the end", "Skipped"))
    assert "at the end: Skipped" in _extras(contents)


def test_printed_words_that_moved_are_still_printed() -> None:
    contents = _issued()
    contents.loose = [one for one in contents.loose if one.text != "Look at the last three visits."]
    _row(contents, "Children are seen").append(Cell(9, "Look at the last three visits.", "moved"))
    assert _extras(contents) == []


def test_what_is_added_to_printed_words_is_an_extra_without_them() -> None:
    contents = _issued()
    cell = next(cell for cell in _row(contents, "Children are seen") if cell.value == "Children are seen")
    cell.value = "Children are seen\nSkipped\nevery week"
    assert _extras(contents) == [f"{cell.place}: Skipped\nevery week"]


def test_paragraphs_cut_in_two_are_still_printed() -> None:
    contents = _issued()
    cell = next(cell for cell in _row(contents, "Audit case reference\nAnswer needed") if "\n" in str(cell.value))
    cell.value = "Audit case reference"
    contents.loose.append(Extra("paragraph", "cut off", "Answer needed"))
    assert _extras(contents) == []


@pytest.mark.parametrize("place", [0, 99])
def test_a_part_of_the_form_that_was_pasted_again_is_no_extra(place: int) -> None:
    contents = _issued()
    for table in document(LAYOUT).tables:
        for row in table.rows:
            for cell in row:
                cell.anchors = ()
        contents.tables.insert(place, table)
    paragraphs = [one for one in document(LAYOUT).loose if one.kind == "paragraph"]
    contents.loose[place:place] = paragraphs
    assert _extras(contents) == []


def test_of_a_row_that_was_pasted_again_and_written_in_only_the_writing_is_an_extra() -> None:
    contents = _issued()
    row = [Cell(number, text, f"cell {number}") for number, text in enumerate(["A2.1", "Children are seen", "weekly"])]
    contents.tables.append(Table("table 9", [row]))
    assert _extras(contents) == ["cell 2: weekly"]


def test_one_paragraph_pasted_again_is_an_extra_even_beside_itself() -> None:
    contents = _issued()
    contents.loose.insert(2, Extra("paragraph", "again", contents.loose[2].text))
    assert len(_extras(contents)) == 1


def test_the_copys_own_facts_are_printed_once() -> None:
    stamp = Stamp("audit", "1", LAYOUT.fingerprint, "r1", "police", cover={"case": "N-07", "return_by": "1 May 2025"})
    contents = _issued(stamp=stamp)
    assert _extras(contents, stamp) == []
    contents.loose.insert(0, Extra("paragraph", "typed", "N-07"))
    contents.loose.insert(0, Extra("paragraph", "typed", stamp.line))
    contents.tables[1].rows[0].append(Cell(5, "Period", "typed"))
    assert sorted(_extras(contents, stamp)) == sorted(["typed: N-07", f"typed: {stamp.line}", "typed: Period"])


def test_headers_and_footers_may_be_repeated_and_nothing_else_may_stand_in_them() -> None:
    stamp = stamp_of(LAYOUT)
    contents = _issued()
    contents.loose += [Extra("footer", "footer", stamp.line)] * 3
    assert _extras(contents) == []
    contents.loose.append(Extra("footer", "footer", "Children are seen"))
    assert _extras(contents) == ["footer: Children are seen"]


def test_a_stamp_line_of_a_copy_issued_before_it_said_the_variant_is_printed() -> None:
    stamp = Stamp("audit", "1", LAYOUT.fingerprint, "r1", "police", variant="health")
    old = Stamp("audit", "1", LAYOUT.fingerprint, "r1", "police")
    assert _extras(_issued(stamp=old), stamp) == []


def test_where_nothing_can_be_rendered_every_line_of_the_form_is_printed_but_for_answers() -> None:
    contents = document(LAYOUT)
    contents.loose += [Extra("paragraph", "typed", "Children are seen"), Extra("paragraph", "typed", "Skipped")]
    found = Locator(LAYOUT).locate(contents, stamp_of(LAYOUT)).extras
    assert "typed" in [extra.place for extra in found if extra.text == "Skipped"]
    assert not [extra for extra in found if extra.text == "Children are seen"]


def test_a_form_that_can_no_longer_be_rendered_is_still_read() -> None:
    class _Broken:
        format, suffix = "word", ".docx"

        def render(self, layout: Layout, copies: Iterable[Copy]) -> Any:
            raise RuntimeError("the template is gone")

    toolkit = Toolkit()
    form = Form.model_validate({**_FORM.model_dump(mode="json", exclude_none=True)})
    data = toolkit.render(form, "word", answers={"ref": "N-07"})
    reading = Toolkit()
    reading._registry.renderers["word"] = _Broken()
    assert reading.read(data, form).values == {"ref": "N-07"}
