"""What stands in a rendered .docx: answer spaces, marks, tables, stamp."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qaf_forms import Form, Toolkit
from qaf_forms.plugin import Copy, Stamp, TableBlock
from qaf_forms_word.formats import WordRenderer
from qaf_forms_word.names import MAIN, WORD_2010

NS = {"w": MAIN, "w14": WORD_2010}
YES_NO = {"type": "yes_no"}


def form(*items: dict[str, Any], **more: Any) -> Form:
    section = {"id": "s", "title": "Section", "items": list(items)}
    head = {"id": "f", "version": "1", "title": "A form", "kind": "case_audit", "owner": "A partnership"}
    return Form.model_validate({**head, "sections": [section], **more})


def ask(id_: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "type": type_, "ask": f"Question {id_}", **more}


def render(made: Form, answers: dict[str, Any] | None = None, **more: Any) -> bytes:
    return Toolkit().render(made, "word", answers=answers, **more)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def body(data: bytes) -> etree._Element:
    return part(data, "word/document.xml")


def find(element: etree._Element, path: str) -> list[Any]:
    found = element.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return found


SCALE = {"levels": [{"code": "red", "label": "Red & hot", "meaning": "Urgent"}, {"code": "green", "label": "Green"}]}
EVERY_CONTROL = form(
    ask("a", "text"),
    ask("b", "paragraph"),
    ask("c", "integer", unit="visits"),
    ask("d", "date"),
    ask("e", "choice", scale=SCALE),
    ask("g", "choices", scale=SCALE),
    {
        "type": "grid",
        "id": "h",
        "ask": "A grid",
        "rows": [{"id": "r", "text": "A row"}, {"id": "q", "text": "Another row"}],
        "columns": [
            {"id": "x", "title": "X", **YES_NO},
            {"id": "y", "title": "Y", "type": "text", "under": "Both"},
            {"id": "z", "title": "Z", "type": "text", "under": "Both"},
        ],
    },
    {"type": "table", "id": "t", "ask": "Own rows", "columns": [{"id": "u", "title": "U", "type": "text"}]},
)


def test_every_control_stands_in_a_run_of_an_ordinary_table_cell() -> None:
    root = body(render(EVERY_CONTROL))
    controls = find(root, "//w:sdt")
    assert controls
    assert find(root, "//w:tbl//w:tc/w:p/w:sdt[w:sdtContent/w:r]") == controls
    assert not find(root, "//w:dataBinding")


def test_every_space_has_one_control_tagged_and_one_bookmark_named_like_its_anchor() -> None:
    layout = Toolkit().layout(EVERY_CONTROL)
    root = body(render(EVERY_CONTROL))
    tags = find(root, "//w:sdt/w:sdtPr/w:tag/@w:val")
    anchors = [tick.anchor for field in layout.fields for tick in field.ticks]
    anchors += [field.anchor for field in layout.fields if not field.ticks]
    assert sorted(tags) == sorted(anchors)
    names = find(root, "//w:bookmarkStart/@w:name")
    tables = [table.anchor for table in layout.tables.values()]
    assert sorted(names) == sorted([*(field.anchor for field in layout.fields), *tables])


def test_ids_of_controls_and_of_bookmarks_are_unique_and_every_bookmark_ends() -> None:
    root = body(render(EVERY_CONTROL))
    for path in ("//w:sdtPr/w:id/@w:val", "//w:bookmarkStart/@w:id"):
        ids = find(root, path)
        assert len(ids) == len(set(ids))
        assert all(0 < int(one) < 2**31 for one in ids)
    assert find(root, "//w:bookmarkStart/@w:id") == find(root, "//w:bookmarkEnd/@w:id")


def test_an_empty_space_shows_its_placeholder_and_a_filled_one_its_answer() -> None:
    asked = form(ask("a", "text", placeholder="[Your words]"))
    empty, filled = body(render(asked)), body(render(asked, {"a": "Mine"}))
    assert find(empty, "//w:sdt[w:sdtPr/w:showingPlcHdr]//w:r[w:rPr/w:rStyle/@w:val='PlaceholderText']/w:t/text()") == [
        "[Your words]"
    ]
    assert find(filled, "//w:sdt//w:t/text()") == ["Mine"]
    assert not find(filled, "//w:showingPlcHdr")


def test_line_ends_and_tabs_are_elements_in_one_run_of_rich_text() -> None:
    root = body(render(form(ask("a", "paragraph")), {"a": "one\n\ttwo  spaces"}))
    run = find(root, "//w:sdtContent/w:r")[0]
    assert [child.tag.rpartition("}")[2] for child in run] == ["t", "br", "tab", "t"]
    assert not find(root, "//w:sdtPr/w:text")


def test_a_choice_is_a_list_of_labels_that_begins_with_the_placeholder() -> None:
    root = body(render(form(ask("e", "choice", scale=SCALE)), {"e": "red"}))
    assert find(root, "//w:dropDownList/w:listItem/@w:displayText") == ["[Choose]", "Red & hot", "Green"]
    assert find(root, "//w:dropDownList/w:listItem/@w:value") == ["", "red", "green"]
    assert find(root, "//w:sdtContent//w:t/text()") == ["Red & hot"]


def test_a_date_has_a_british_picker_and_when_filled_its_full_date() -> None:
    root = body(render(form(ask("d", "date")), {"d": "2025-03-12"}))
    assert find(root, "//w:date/@w:fullDate") == ["2025-03-12T00:00:00Z"]
    assert find(root, "//w:date/w:dateFormat/@w:val") == ["dd/MM/yyyy"]
    assert find(root, "//w:date/w:lid/@w:val") == ["en-GB"]
    assert find(root, "//w:sdtContent//w:t/text()") == ["12/03/2025"]


def test_several_answers_are_one_checkbox_a_paragraph_inside_one_bookmark() -> None:
    root = body(render(form(ask("g", "choices", scale=SCALE)), {"g": ["green"]}))
    paragraphs = find(root, "//w:tc/w:p[w:sdt]")
    assert ["".join(paragraph.itertext(f"{{{MAIN}}}t")) for paragraph in paragraphs] == ["☐ Red & hot", "☒ Green"]
    assert find(root, "//w14:checked/@w14:val") == ["0", "1"]
    assert find(paragraphs[0], "w:bookmarkStart")
    assert find(paragraphs[-1], "w:bookmarkEnd")


def test_every_table_of_questions_repeats_its_head_and_keeps_its_rows_whole() -> None:
    root = body(render(EVERY_CONTROL))
    for table in find(root, "//w:tbl[.//w:sdt]"):
        heads = find(table, "w:tr[w:trPr/w:tblHeader]")
        assert heads == find(table, "w:tr")[: len(heads)]
        assert heads
        assert len(find(table, "w:tr[w:trPr/w:cantSplit]")) == len(find(table, "w:tr"))


def test_a_row_with_more_boxes_than_a_page_holds_is_cut_where_the_page_ends() -> None:
    levels = [{"code": f"a{number}", "label": f"Voluntary or faith group {number}"} for number in range(21)]
    columns = [
        {"id": "who", "title": "Who was told?", "type": "choices", "scale": {"levels": levels}},
        {"id": "first", "title": "Who first?", "type": "choice", "scale": SCALE},
        {"id": "evidence", "title": "What shows it?", "type": "paragraph"},
    ]
    grid = ask("g", "grid", columns=columns, rows=[{"id": "reported", "text": "Was it reported?"}])
    rows = find(body(render(form(ask("name", "text"), grid))), "//w:tbl[.//w:sdt]/w:tr")
    whole = [bool(find(row, "w:trPr/w:cantSplit")) for row in rows]
    assert whole[-1] is False
    assert all(whole[:-1])


def test_heads_over_several_columns_stand_in_a_row_above_the_titles() -> None:
    grid = find(body(render(EVERY_CONTROL)), "//w:tbl[.//w:t='Both']")[0]
    upper, lower = find(grid, "w:tr[w:trPr/w:tblHeader]")
    assert find(upper, "w:tc[w:tcPr/w:gridSpan/@w:val='2']//w:t/text()") == ["Both"]
    assert find(lower, "w:tc//w:t/text()") == ["Ref.", "Question", "X", "Y", "Z"]


def test_the_head_of_the_respondents_own_rows_carries_the_tables_bookmark() -> None:
    table = next(iter(Toolkit().layout(EVERY_CONTROL).tables.values()))
    assert isinstance(table, TableBlock)
    root = body(render(EVERY_CONTROL))
    head = find(root, f"//w:tr[w:trPr/w:tblHeader][.//w:bookmarkStart/@w:name='{table.anchor}']")
    assert find(head[0], ".//w:t/text()") == ["Row", "U"]


def test_answers_beyond_the_printed_rows_get_rows_of_their_own() -> None:
    made = form(
        {
            "type": "table",
            "id": "t",
            "ask": "Own rows",
            "blank_rows": 1,
            "columns": [{"id": "u", "title": "U", "type": "text"}],
        }
    )
    root = body(render(made, {"t": [{"u": "one"}, {"u": "two"}, {"u": "three"}]}))
    assert find(root, "//w:sdt//w:t/text()") == ["one", "two", "three"]


def test_what_is_worked_out_is_shaded_locked_and_explained_for_every_role() -> None:
    band: dict[str, Any] = {"calculate": "band", "of": ["n"], "scale": SCALE, "bands": {"red": 0, "green": 5}}
    made = form(
        ask("n", "integer"), ask("twice", "calculated", calculate="sum", of=["n", "n"]), ask("b", "calculated", **band)
    )
    for role in ("agency", None):
        document = body(render(made, {"n": 3, "twice": 9}, role=role))
        assert find(document, "//w:lock/@w:val") == ["sdtLocked", "sdtContentLocked", "sdtContentLocked"]
        assert find(document, "//w:dropDownList") == []
        assert find(document, "//w:sdtContent//w:t/text()") == ["3", "6", "Red & hot"]
        words = "".join(find(document, "//w:t/text()"))
        assert "Worked out for you: sum of A1 and A1." in words
        assert "Worked out for you: A1 as a level: Red & hot from 0, Green from 5." in words
    assert find(body(render(made)), "//w:sdtContent//w:t/text()")[1:] == ["[Worked out for you]"] * 2
    assert len(find(body(render(made)), '//w:tc[.//w:shd[@w:fill="E3E3E3"]]')) == 6


def test_a_part_for_another_role_is_shaded_labelled_and_locked() -> None:
    roles = {"agency": "Agency", "unit": "The unit"}
    made = form(ask("a", "text"), ask("b", "text", filled_by="unit"), roles=roles)
    root = body(render(made))
    ours, theirs = find(root, "//w:tr[.//w:sdt]")
    assert find(ours, ".//w:lock/@w:val") == ["sdtLocked"]
    assert find(theirs, ".//w:lock/@w:val") == ["sdtContentLocked"]
    assert "For The unit to complete. Please leave this empty." in find(theirs, ".//w:t/text()")
    assert find(theirs, "w:tc[last()]/w:tcPr/w:shd/@w:fill") == ["E3E3E3"]
    assert not find(ours, "w:tc[last()]/w:tcPr/w:shd")
    assert find(body(render(made, role=None)), "//w:lock/@w:val") == ["sdtLocked", "sdtLocked"]


@pytest.mark.parametrize(("role", "is_said"), [("agency", False), ("unit", True)])
def test_a_grid_is_to_be_left_empty_only_where_no_column_of_it_is_the_readers(role: str, is_said: bool) -> None:
    columns = [
        {"id": "ours", "title": "Ours", "type": "text", "filled_by": role},
        {"id": "theirs", "title": "Theirs", "type": "text", "filled_by": "unit"},
    ]
    made = form(
        {"type": "grid", "id": "g", "columns": columns, "rows": [{"id": "r", "text": "Row"}]},
        roles={"agency": "Agency", "unit": "The unit"},
    )
    said = find(body(render(made)), "//w:t/text()")
    assert ("For The unit to complete. Please leave this empty." in said) == is_said
    assert ("“Theirs”: For The unit to complete. Please leave this empty." in said) != is_said


def test_a_wide_grid_lies_on_its_side_and_what_follows_stands_upright_again() -> None:
    columns = [{"id": f"c{number}", "title": f"Column {number}", "type": "paragraph"} for number in range(4)]
    wide = {"type": "grid", "id": "h", "ask": "Wide", "columns": columns, "rows": [{"id": "r", "text": "Row"}]}
    after = [ask(name, "text") for name in "jklmno"]
    root = body(render(form(*(ask(name, "text") for name in "abcd"), wide, *after)))
    sizes = [(size.get(f"{{{MAIN}}}w"), size.get(f"{{{MAIN}}}orient")) for size in find(root, "//w:pgSz")]
    assert sizes == [("11906", None), ("11906", None), ("16838", "landscape"), ("11906", None)]


def test_a_question_stands_above_its_answers_where_they_leave_no_room_beside_them() -> None:
    columns = [{"id": f"c{number}", "title": f"Column {number}", "type": "paragraph"} for number in range(5)]
    rows = [{"id": "r", "text": "First row"}, {"id": "q", "text": "Second row", "help": "Look twice"}]
    made = form({"type": "grid", "id": "h", "ask": "Wide", "columns": columns, "rows": rows})
    table = find(body(render(made)), "//w:tbl[w:tblPr/w:tblCaption]")[-1]
    cells = [["".join(find(cell, ".//w:t/text()")) for cell in find(one, "w:tc")] for one in find(table, "w:tr")]
    assert cells[0] == ["Ref.", *(f"Column {number}" for number in range(5))]
    assert [row[:2] for row in cells[1:]] == [
        ["A1.1", "First row"], ["A1.1", "[Type here]"], ["A1.2", "Second rowLook twice"], ["A1.2", "[Type here]"]
    ]  # fmt: skip
    spans = find(table, "w:tr/w:tc/w:tcPr/w:gridSpan/@w:val")
    assert spans == ["5", "5"]
    assert len(find(table, "w:tr[w:tc[2]/w:tcPr/w:gridSpan]//w:p[not(w:pPr/w:keepNext)]")) == 0


def test_levels_are_explained_once_for_questions_that_share_a_scale() -> None:
    made = form(ask("a", "choice", scale="s"), ask("b", "choice", scale="s"), scales={"s": SCALE})
    texts = find(body(render(made)), "//w:t/text()")
    assert texts.count("What the answers mean") == 1
    assert texts.count(": Urgent") == 1


def test_sections_and_grids_have_real_headings_and_the_document_its_title_and_language() -> None:
    data = render(EVERY_CONTROL)
    assert find(body(data), "//w:p[w:pPr/w:pStyle/@w:val='Heading1']//w:t/text()") == ["A. Section"]
    assert find(body(data), "//w:p[w:pPr/w:pStyle/@w:val='Heading2']//w:t/text()")[-2:] == ["A7 A grid", "A8 Own rows"]
    assert find(part(data, "word/styles.xml"), "//w:docDefaults//w:lang/@w:val") == ["en-GB"]
    core = etree.tostring(part(data, "docProps/core.xml"), encoding="unicode")
    assert ">A form</dc:title>" in core
    assert ">en-GB</dc:language>" in core


def test_no_text_is_smaller_than_12_points() -> None:
    styles = part(render(EVERY_CONTROL), "word/styles.xml")
    for style in find(styles, "//w:style[w:rPr/w:sz]"):
        size = int(find(style, "w:rPr/w:sz/@w:val")[0])
        assert size >= 24 or style.get(f"{{{MAIN}}}styleId") == "FormGap"  # nothing is written in a gap
    assert find(styles, "//w:docDefaults//w:sz/@w:val") == ["24"]


STAMP = Stamp("f", "1", "abc", round="r_2025", recipient="police", cover={"case": "N-07 <&>", "return_to": "A\nB"})


def test_the_stamp_is_in_the_properties_on_the_cover_and_in_the_footer() -> None:
    data = render(EVERY_CONTROL, stamp=STAMP)
    properties = part(data, "docProps/custom.xml")
    held = {entry.get("name"): "".join(find(entry, ".//text()")) for entry in properties}
    assert held == STAMP.properties
    assert find(part(data, "word/footer1.xml"), "//w:t/text()")[0] == STAMP.line
    cells = find(body(data), "(//w:tbl)[1]//w:tc")
    assert ["".join(find(cell, ".//w:t/text()")) for cell in cells] == ["Case", "N-07 <&>", "Return to", "AB"]
    assert find(body(data), "(//w:tbl)[1]//w:br")


def test_a_cover_without_facts_has_no_table() -> None:
    root = body(render(form(ask("a", "text"))))
    assert len(find(root, "//w:tbl")) == 1


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{% for x in y %}", "Smith & Sons <b>", "_x000D_", "=1+1", "a\u00a0b\u200d"]
)
def test_words_of_a_form_and_of_an_answer_are_never_code(text: str) -> None:
    made = form(ask("a", "text"), title=f"T {text}", owner=text)
    data = render(made, {"a": text})
    texts = find(body(data), "//w:t/text()")
    assert texts.count(text) == 2
    assert f"T {text}" in texts


def test_copies_of_one_form_get_their_own_stamp_and_answers_and_the_same_copy_the_same_bytes() -> None:
    layout = Toolkit().layout(EVERY_CONTROL)
    copies = [
        Copy(STAMP),
        Copy(replace(STAMP, recipient="health", cover={})),
        Copy(STAMP, {"a": "Mine", "d": date(2025, 3, 12)}),
        Copy(STAMP),
    ]
    made = list(WordRenderer().render(layout, copies))
    assert made[0] == made[3]
    assert made == [next(WordRenderer().render(layout, [copy])) for copy in copies]
    assert "Recipient health" in find(part(made[1], "word/footer1.xml"), "//w:t/text()")[0]
    assert "Mine" in find(body(made[2]), "//w:sdt//w:t/text()")


def test_the_packaged_template_is_made_of_the_parts_in_its_folder(tmp_path: Path) -> None:
    spec = spec_from_file_location("make", Path(__file__).parents[1] / "house_template" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(tmp_path / "house.docx")
    assert (files("qaf_forms_word") / "house.docx").read_bytes() == (tmp_path / "house.docx").read_bytes()


HEADED = form(
    {
        "type": "grid",
        "id": "h",
        "ask": "A grid",
        "columns": [{"id": "x", "title": "X", **YES_NO}, {"id": "y", "title": "Y", "type": "text"}],
        "rows": [
            {"title": "2. Policies", "help": "Those in force."},
            {"id": "r", "text": "A row"},
            {"text": "A stem", "reference": "An act", "prompts": [{"id": "p", "text": "First"}]},
        ],
    }
)


def test_a_heading_among_rows_and_a_stem_reach_over_the_answers_and_stay_with_the_row_below() -> None:
    rows = find(body(render(HEADED)), "//w:tbl/w:tr[not(w:trPr/w:tblHeader)]")[-4:]
    heading, _, stem, prompt = rows
    assert find(heading, "w:tc/w:tcPr/w:gridSpan/@w:val") == ["4"]
    assert find(stem, "w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert "".join(find(heading, ".//w:t/text()")) == "2. PoliciesThose in force."
    assert not find(heading, ".//w:sdt") + find(stem, ".//w:sdt")
    for row in (heading, stem):
        assert all(find(one, "w:pPr/w:keepNext") or _style_keeps(one) for one in find(row, ".//w:p"))
    assert find(prompt, "w:tc[2]/w:tcPr/w:tcMar/w:left")


def _style_keeps(paragraph: etree._Element) -> bool:
    return find(paragraph, "w:pPr/w:pStyle/@w:val") == ["FormRowTitle"]


def test_a_heading_among_rows_is_a_heading_for_screen_readers() -> None:
    styles = part(render(HEADED), "word/styles.xml")
    assert find(styles, "//w:style[@w:styleId='FormRowTitle']/w:pPr/w:outlineLvl/@w:val") == ["2"]
    assert find(body(render(HEADED)), "//w:p[w:pPr/w:pStyle/@w:val='FormRowTitle']//w:t/text()") == ["2. Policies"]


GIVEN = form(
    {
        "type": "grid",
        "id": "h",
        "ask": "A grid",
        "columns": [
            {"id": "x", "title": "Standard", "type": "text", "required": True},
            {"id": "y", "title": "Met?", **YES_NO},
        ],
        "rows": [{"id": "r", "text": "A row", "given": {"x": "WT 2023"}}],
    },
    {
        "type": "table",
        "id": "t",
        "ask": "Rows",
        "blank_rows": 1,
        "prefill": {"locked": ["u"], "rows": [{"u": "R1", "v": "By May"}]},
        "columns": [{"id": "u", "title": "U", "type": "text"}, {"id": "v", "title": "V", "type": "text"}],
    },
)


def test_what_is_given_is_printed_locked_and_shaded_and_belongs_to_nobody() -> None:
    for role in ("agency", None):
        root = body(render(GIVEN, role=role))
        locked = find(root, "//w:sdt[w:sdtPr/w:lock/@w:val='sdtContentLocked']")
        assert ["".join(find(one, ".//w:t/text()")) for one in locked] == ["WT 2023", "R1"]
        fills = {fill for one in locked for fill in find(one, "ancestor::w:tc/w:tcPr/w:shd/@w:fill")}
        assert fills == {"E3E3E3"}
        words = "".join(find(root, "//w:body//w:t/text()"))
        assert "leave this empty" not in words
        assert "Answer needed." not in words


def test_what_a_form_only_proposes_is_open() -> None:
    (open_,) = find(body(render(GIVEN)), "//w:sdt[.//w:t='By May']")
    assert find(open_, "w:sdtPr/w:lock/@w:val") == ["sdtLocked"]


def test_a_copy_with_answers_has_no_proposals_and_all_that_is_given() -> None:
    words = "".join(find(body(render(GIVEN, {"h": {"r": {"y": "no"}}})), "//w:sdt//w:t/text()"))
    assert "WT 2023" in words
    assert "R1" in words
    assert "By May" not in words


def test_long_descriptors_stand_on_a_page_of_their_own_behind_the_form() -> None:
    rows = [
        {"id": "r", "text": "A row", "descriptors": {"x": {"yes": "Everyone can find it. " * 15}}},
        {"id": "q", "text": "Another row", "descriptors": {"x": {"no": "Nobody can find it."}}},
    ]
    grid = {"type": "grid", "id": "h", "rows": rows, "columns": [{"id": "x", "title": "X", **YES_NO}]}
    root = body(render(form(grid)))
    in_tables = "".join(find(root, "//w:tbl//w:t/text()"))
    assert "see “What the answers mean” at the end, A1.1." in in_tables
    assert "No: Nobody can find it." in in_tables
    assert "Everyone can find it." not in in_tables
    heads = find(root, "//w:body/w:p[w:pPr/w:pStyle/@w:val='Heading1' or w:pPr/w:pStyle/@w:val='Heading2']")
    assert ["".join(find(one, ".//w:t/text()")) for one in heads][-2:] == ["What the answers mean", "A1.1 A row"]
    assert find(heads[-2], "w:pPr/w:pageBreakBefore")
