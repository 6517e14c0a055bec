"""What the pages of a form look like: levels in their colours, what stays together, which way a page is turned."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from lxml import etree

from qaf_forms import Form, Toolkit
from qaf_forms.plugin import contrast, explained_levels
from qaf_forms_word.names import MAIN, w

KIT = Toolkit()
SHIPPED = [entry.id for entry in KIT.forms()]
LONG = "Everything that was asked for is there, and whoever looks for it finds it without having to ask for it."
GRADES = {
    "levels": [
        {"code": "good", "label": "Good", "meaning": LONG, "colour": "#1B7F3B"},
        {"code": "poor", "label": "Poor", "meaning": "Not so.", "colour": "#FFBF00"},
    ]
}
DONE = {"levels": [{"code": "done", "label": "Done", "meaning": "Finished."}, {"code": "not", "label": "Not"}]}
ROLES = {"agency": "Agency", "unit": "The unit"}
THEIRS = "For The unit to complete. Please leave this empty."


def form(*items: dict[str, Any], **more: Any) -> Form:
    section = {"id": "s", "title": "Section", "items": list(items)}
    head = {"id": "f", "version": "1", "title": "A form", "kind": "case_audit", "owner": "A partnership"}
    return Form.model_validate({**head, "sections": [section], **more})


def ask(id_: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": id_, "type": type_, "ask": f"Question {id_}", **more}


def table(id_: str, *columns: dict[str, Any], rows: int = 1, **more: Any) -> dict[str, Any]:
    titled = [{"id": f"c{number}", "title": f"Column {number}", **one} for number, one in enumerate(columns)]
    return {"type": "table", "id": id_, "ask": f"Table {id_}", "columns": titled, "blank_rows": rows, **more}


WIDE = [{"type": "paragraph"}] * 5


def body(made: Form) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(KIT.render(made))) as package:
        return etree.fromstring(package.read("word/document.xml"))


def find(element: etree._Element, path: str) -> list[Any]:
    found = element.xpath(path, namespaces={"w": MAIN})
    assert isinstance(found, list)
    return found


def words(element: etree._Element) -> str:
    return "".join(find(element, ".//w:t/text()"))


def in_style(root: etree._Element, style: str) -> list[str]:
    return [words(one) for one in find(root, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")]


def is_kept(row: etree._Element) -> bool:
    """Whether a row is on the page of the next one: what its first paragraph says counts."""
    keep = find(row, "(.//w:p)[1]/w:pPr/w:keepNext")
    return bool(keep) and keep[0].get(w("val")) != "0"


def rows(root: etree._Element) -> list[etree._Element]:
    """The rows below the heads of the tables with answers."""
    return find(root, "//w:tbl[.//w:sdt]/w:tr[not(w:trPr/w:tblHeader)]")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_level_of_a_shipped_form_is_explained_in_its_colour_and_can_be_read_on_it(name: str) -> None:
    made = KIT.form(name)
    printed = set()
    for run in find(body(made), "//w:r[w:rPr/w:shd]"):
        fill, ink = f"#{find(run, 'w:rPr/w:shd/@w:fill')[0]}", f"#{find(run, 'w:rPr/w:color/@w:val')[0]}"
        assert contrast(fill, ink) >= 4.5
        printed.add((words(run), fill))
    scales = [field.scale for field in KIT.layout(made).fields]
    levels = [level for scale in scales for level in explained_levels(scale) if level.colour]
    assert printed >= {(level.label, level.colour.upper()) for level in levels if level.colour}
    assert "" not in {word for word, _ in printed}


def test_levels_of_several_scales_are_explained_by_the_columns_that_use_them() -> None:
    choices = [{"type": "choice", "scale": "g"}, {"type": "choice", "scale": "d"}, {"type": "choice", "scale": "g"}]
    root = body(form(table("t", *choices), scales={"g": GRADES, "d": DONE}))
    assert in_style(root, "FormKeyHead") == ["What the answers mean"]
    assert [line.replace("\u2002 ", " | ") for line in in_style(root, "FormKey")] == [
        f"In “Column 0” and “Column 2”: | Good: {LONG} | Poor: Not so.",
        "In “Column 1”: | Done: Finished.",
    ]


def test_levels_of_one_scale_upright_have_a_line_each_and_on_the_side_run_on() -> None:
    one: dict[str, Any] = {"type": "choice", "scale": "g"}
    assert len(in_style(body(form(table("t", one), scales={"g": GRADES})), "FormKey")) == 2
    assert len(in_style(body(form(table("t", one, *WIDE), scales={"g": GRADES})), "FormKey")) == 1


def test_long_meanings_stand_across_the_table_and_short_ones_under_their_question() -> None:
    long, short = (ask("a", "choice", scale=GRADES), ask("a", "choice", scale=DONE))
    question, meaning = rows(body(form(long)))
    assert "Poor: Not so." not in words(question)
    assert find(meaning, "w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert words(meaning) == f"What the answers meanGood: {LONG}Poor: Not so."
    assert (is_kept(question), is_kept(meaning)) == (True, False)
    assert len(rows(body(form(short)))) == 1


def test_what_levels_mean_for_a_row_of_a_grid_stands_across_the_grid_below_it() -> None:
    grid = {
        "type": "grid",
        "id": "h",
        "columns": [{"id": "x", "title": "X", "type": "choice", "scale": GRADES}],
        "rows": [{"id": "r", "text": "A row", "descriptors": {"x": {"good": "Everyone can find it."}}}],
    }
    question, meaning = rows(body(form(grid)))
    assert words(meaning) == "Good: Everyone can find it."
    assert find(meaning, "w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert is_kept(question)


def test_neither_the_first_nor_the_last_row_of_a_table_stands_alone_on_a_page() -> None:
    kept = [is_kept(row) for row in rows(body(form(*(ask(name) for name in "abcde"))))]
    assert kept == [True, False, False, True, False]
    tall = [ask(name, help="Say it. " * 60) for name in "abcde"]
    assert not any(is_kept(row) for row in rows(body(form(*tall))))


def test_no_page_is_turned_for_a_few_questions_between_wide_tables() -> None:
    def directions(count: int) -> list[str | None]:
        between = [ask(f"q{number}") for number in range(count)]
        root = body(form(table("t", *WIDE), *between, table("u", *WIDE)))
        return [size.get(w("orient")) for size in find(root, "//w:pgSz")]

    assert directions(8) == [None, "landscape"]
    assert directions(9) == [None, "landscape", None, "landscape"]


def test_pages_end_in_a_paragraph_that_takes_no_room() -> None:
    root = body(form(*(ask(name) for name in "abcd"), table("t", *WIDE), *(ask(name) for name in "efghij")))
    sections = find(root, "//w:p[w:pPr/w:sectPr]") + find(root, "//w:body/w:p[last()]")
    assert len(sections) == 4
    heights = [find(one, "w:pPr/w:spacing[@w:lineRule='exact']/@w:line") for one in sections if not words(one)]
    assert heights == [["20"]] * 3


def test_long_small_print_of_columns_stands_above_the_table_and_not_in_every_repeated_head() -> None:
    help_ = "What shows it, and where it can be found."
    root = body(form(table("t", {"type": "text", "help": help_, "required": True}, {"type": "text", "required": True})))
    assert in_style(root, "FormHeadNote") == [f"Column 0: {help_} Answer needed.", "Answer needed."]
    assert len(find(root, "//w:tr[w:trPr/w:tblHeader]//w:p[w:pPr/w:pStyle/@w:val='FormHeadNote']")) == 1


def test_nothing_is_said_to_be_needed_of_a_part_that_is_to_be_left_empty() -> None:
    needed: dict[str, Any] = {"required": True, "filled_by": "unit"}
    column = {"type": "text", **needed}
    made = form(ask("a", **needed), ask("b", **needed), ask("c", required=True), table("t", column), roles=ROLES)
    root = body(made)
    assert in_style(root, "FormNeeded") == ["Answer needed"]
    assert "Answer needed." not in in_style(root, "FormHeadNote")
    assert in_style(root, "FormNote") == [THEIRS] * 3


def test_a_table_of_questions_that_are_all_anothers_says_so_once() -> None:
    made = form(ask("a", filled_by="unit"), ask("b", filled_by="unit"), roles=ROLES)
    root = body(made)
    assert in_style(root, "FormNote") == [THEIRS]
    assert all(THEIRS not in words(row) for row in rows(root))


@pytest.mark.parametrize("name", ["neglect_case_audit", "quarterly_scorecard"])
def test_no_two_controls_of_a_form_are_called_the_same(name: str) -> None:
    called = find(body(KIT.form(name)), "//w:sdtPr/w:alias/@w:val")
    assert len(called) == len(set(called))


def test_tables_that_follow_each_other_and_mean_the_same_say_it_once() -> None:
    same: dict[str, Any] = {"type": "choice", "scale": "g", "help": "As it was at the end of the period."}
    other: dict[str, Any] = {**same, "scale": "d"}
    made = form(
        table("t", same),
        table("u", same),
        table("v", other),
        ask("a"),
        table("x", other),
        scales={"g": GRADES, "d": DONE},
    )
    root = body(made)
    assert in_style(root, "FormKeyHead") == ["What the answers mean"] * 3
    assert in_style(root, "FormKey") == [f"Good: {LONG}", "Poor: Not so.", *["Done: Finished."] * 2]
    assert len([note for note in in_style(root, "FormHeadNote") if note.startswith("Column 0: As it was")]) == 3
