"""What people and programs put into an answer space that is not plain text: it is an answer, said, or an extra."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from docx.oxml.ns import qn
from lxml import etree

from qaf_forms import Form, Return, Toolkit
from tests.laws.mangled_word import mangled

KIT = Toolkit()
FORM = Form.model_validate(
    {
        "id": "odd",
        "version": "1",
        "title": "Odd answers",
        "kind": "record",
        "owner": "Anytown Partnership",
        "sections": [
            {
                "id": "all",
                "title": "All of it",
                "items": [
                    {"id": "story", "type": "paragraph", "ask": "What happened?"},
                    {"id": "seen", "type": "integer", "ask": "How many children were seen?"},
                    {"id": "day", "type": "date", "ask": "When was the last visit?"},
                    {"id": "alone", "type": "yes_no", "ask": "Was the child seen alone?"},
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Practice",
                        "columns": [
                            {"id": "evidence", "title": "Evidence", "type": "paragraph"},
                            {"id": "note", "title": "Comment", "type": "paragraph"},
                        ],
                        "rows": [{"id": "plans", "text": "Plans are reviewed"}, {"id": "heard", "text": "It is heard"}],
                    },
                    {
                        "id": "acts",
                        "type": "table",
                        "ask": "Actions",
                        "blank_rows": 2,
                        "columns": [
                            {"id": "what", "title": "Action", "type": "text"},
                            {"id": "lead", "title": "Lead", "type": "text"},
                        ],
                    },
                ],
            }
        ],
    }
)
ANSWERS = {
    "story": "We met",
    "seen": 12,
    "day": "2025-03-12",
    "alone": "yes",
    "core": {"plans": {"evidence": "minutes", "note": "seen"}, "heard": {"evidence": "plans", "note": "read"}},
    "acts": [{"what": "Train", "lead": "Ann"}, {"what": "Write", "lead": "Bob"}],
}
PREFIXES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
Element = etree._Element
Change = Callable[[Element], None]


@cache
def issued() -> bytes:
    return KIT.render(FORM, "word", answers=ANSWERS, role=None)


def read(*changes: Change) -> Return:
    return KIT.read(mangled(issued(), *changes), FORM)


def elements(xml: str) -> list[Element]:
    return list(etree.fromstring(f"<x {PREFIXES}>{xml}</x>"))


def cell_of(root: Element, key: str) -> Element:
    field = KIT.layout(FORM).field(key)
    assert field is not None
    mark = next(one for one in root.iter(qn("w:bookmarkStart")) if one.get(qn("w:name")) == field.anchor)
    return next(mark.iterancestors(qn("w:tc")))


def typed(key: str, runs: str) -> Change:
    """These runs stand in the space of a field, and nothing else."""

    def change(root: Element) -> None:
        cell = cell_of(root, key)
        for paragraph in cell.findall(qn("w:p")):
            cell.remove(paragraph)
        cell.extend(elements(f"<w:p>{runs}</w:p>"))

    return change


def added(key: str, runs: str) -> Change:
    """These runs stand behind what is in the space of a field."""

    def change(root: Element) -> None:
        cell_of(root, key).findall(qn("w:p"))[-1].extend(elements(runs))

    return change


def no_marks(root: Element) -> None:
    for name in ("w:tag", "w:bookmarkStart", "w:bookmarkEnd"):
        for element in list(root.iter(qn(name))):
            element.getparent().remove(element)  # type: ignore[union-attr]  # none of them is the root


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def said(returned: Return, key: str) -> list[str]:
    return [problem.code for problem in returned.problems if problem.key == key]


def extras(returned: Return) -> list[tuple[str, str]]:
    return [(extra.kind, extra.text) for extra in returned.extras]


FRACTION = (
    "<m:oMath><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
)
POWER = "<m:oMath><m:sSup><m:e><m:r><m:t>3</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
ROOT = "<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>9</m:t></m:r></m:e></m:rad></m:oMath>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (FRACTION, "1/2"),
        (run("3") + FRACTION, "3 1/2"),
        (POWER, "3^2"),
        (ROOT, "√9"),
        (run("12") + run("1", '<w:vertAlign w:val="superscript"/>'), "12¹"),
        (run("12") + run("2", '<w:vertAlign w:val="subscript"/>'), "12₂"),
    ],
)
def test_an_equation_or_a_small_figure_is_no_figure_of_a_number(runs: str, text: str) -> None:
    returned = read(typed("seen", runs), typed("story", runs))
    assert returned.values.get("seen") is None
    assert said(returned, "seen") == ["R103"]
    assert returned.values["story"] == text


def test_words_that_say_how_others_are_read_are_an_extra() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('9')}</w:rt><w:rubyBase>{run('12')}</w:rubyBase></w:ruby></w:r>"
    returned = read(typed("seen", ruby))
    assert returned.values["seen"] == 12
    assert extras(returned) == [("ruby", "9")]


@pytest.mark.parametrize(
    ("properties", "why"), [("<w:strike/>", "struck out"), ("<w:dstrike/>", "struck out"), ("<w:vanish/>", "hidden")]
)
def test_struck_and_hidden_words_do_not_count_and_are_said(properties: str, why: str) -> None:
    returned = read(
        typed("story", run("Yes") + run(" No", properties) + run(" concerns", properties)),
        typed("alone", run("Yes", properties)),
    )
    assert returned.values["story"] == "Yes"
    assert "alone" not in returned.values
    assert (said(returned, "story"), said(returned, "alone")) == (["R161"], ["R161"])
    assert extras(returned) == [(why, " No concerns"), (why, "Yes")]


def test_formatting_that_is_switched_off_changes_nothing() -> None:
    off = '<w:strike w:val="false"/><w:vanish w:val="0"/><w:vertAlign w:val="baseline"/>'
    returned = read(typed("seen", run("1") + run("2", off)))
    assert returned.values["seen"] == 12
    assert extras(returned) == []


DRAWN = [
    ('<w:drawing><wp:anchor><wp:docPr id="9" name="Oval 3"/></wp:anchor></w:drawing>', ("drawing", "Oval 3")),
    ('<w:pict><v:oval style="x"/></w:pict>', ("drawing", "a drawing")),
    ('<w:pict><v:shape><v:textpath string="Not seen"/></v:shape></w:pict>', ("textbox", "Not seen")),
    ('<w:contentPart r:id="rId99"/>', ("drawing", "a drawing")),
    ('<w:subDoc r:id="rId99"/>', ("embedded", "another document")),
]


@pytest.mark.parametrize(("drawn", "kept"), DRAWN)
def test_whatever_was_drawn_is_an_extra(drawn: str, kept: tuple[str, str]) -> None:
    returned = read(added("story", f"<w:r>{drawn}</w:r>"))
    assert extras(returned) == [kept]
    assert returned.values["story"] == "We met"


def test_words_for_older_programs_count_where_newer_ones_have_nothing() -> None:
    words = '<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:t>seen twice</w:t></mc:Fallback>'
    returned = read(typed("story", f"<w:r>{words}</mc:AlternateContent></w:r>"))
    assert returned.values["story"] == "seen twice"


def test_a_row_or_cell_whose_deletion_was_tracked_is_no_answer() -> None:
    def change(root: Element) -> None:
        row = next(cell_of(root, "acts[1].what").iterancestors(qn("w:tr")))
        properties = row.find(qn("w:trPr"))
        if properties is None:
            properties = etree.Element(qn("w:trPr"))
            row.insert(0, properties)
        properties.extend(elements('<w:del w:id="7" w:author="Z"/>'))
        cell_properties = cell_of(root, "core.plans.evidence").find(qn("w:tcPr"))
        assert cell_properties is not None
        cell_properties.extend(elements('<w:cellDel w:id="8" w:author="Z"/>'))

    returned = read(change)
    assert "core.plans.evidence" not in returned.values
    assert returned.values["acts[1].what"] == "Write"
    assert "acts[2].what" not in returned.values
    assert set(extras(returned)) >= {("deleted", "minutes"), ("deleted", "Train"), ("deleted", "Ann")}


def test_a_picked_date_behind_an_empty_space_is_said() -> None:
    def change(root: Element) -> None:
        cell = cell_of(root, "day")
        assert next(cell.iter(qn("w:date"))).get(qn("w:fullDate"))
        next(cell.iter(qn("w:t"))).text = ""

    returned = read(change)
    assert "day" not in returned.values
    assert said(returned, "day") == ["R163"]


@pytest.mark.parametrize(("last", "codes"), [("no", ["R162"]), ("yes", []), ("gone", [])])
def test_a_level_that_the_file_holds_otherwise_than_it_is_seen_is_said(last: str, codes: list[str]) -> None:
    def change(root: Element) -> None:
        choices = next(cell_of(root, "alone").iter(qn("w:dropDownList")))
        choices.set(qn("w:lastValue"), last)

    returned = read(change)
    assert returned.values["alone"] == "yes"
    assert said(returned, "alone") == codes


def rows_of(root: Element, key: str) -> list[Element]:
    return next(cell_of(root, key).iterancestors(qn("w:tbl"))).findall(qn("w:tr"))


def headless(root: Element) -> None:
    table = next(cell_of(root, "core.plans.note").iterancestors(qn("w:tbl")))
    head = next(row for row in table.findall(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is not None)
    table.remove(head)


def swapped(root: Element) -> None:
    for row in rows_of(root, "core.plans.note"):
        cells = row.findall(qn("w:tc"))
        cells[-1].addnext(cells[-2])


def test_columns_that_no_head_names_are_read_by_position_and_doubted() -> None:
    returned = read(swapped, headless, no_marks)
    for row in ("plans", "heard"):
        for column in ("evidence", "note"):
            assert said(returned, f"core.{row}.{column}") == ["R164"]


def test_a_row_that_goes_on_beyond_its_heads_is_doubted() -> None:
    def split(root: Element) -> None:
        cell_of(root, "core.plans.evidence").addnext(elements(f"<w:tc><w:p>{run('half')}</w:p></w:tc>")[0])

    returned = read(split, no_marks)
    assert said(returned, "core.plans.note") == ["R164"]
    assert said(returned, "core.heard.note") == []
    assert ("text", "seen") in extras(returned)


def test_a_column_that_was_deleted_takes_no_other_with_it() -> None:
    def shortened(root: Element) -> None:
        for row in rows_of(root, "core.plans.note"):
            row.remove(row.findall(qn("w:tc"))[-2])

    returned = read(shortened, no_marks)
    assert returned.values["core.plans.note"] == "seen"
    assert returned.values["core.heard.note"] == "read"
    assert "core.plans.evidence" not in returned.values


def test_a_marked_answer_keeps_its_place_when_a_cell_before_it_was_split() -> None:
    def split(root: Element) -> None:
        cell_of(root, "core.plans.evidence").addnext(elements(f"<w:tc><w:p>{run('half')}</w:p></w:tc>")[0])

    returned = read(split)
    assert returned.values["core.plans.note"] == "seen"
    assert extras(returned) == [("text", "half")]
