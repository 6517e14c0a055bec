"""What the reader says of the shapes in which editors leave a form: specimens of WordprocessingML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from qaf_forms.plugin import Anchor, Cell, Contents, Limits, Route
from qaf_forms_word import story
from qaf_forms_word.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OPENING = f'<w:document xmlns:w="{W}" xmlns:w14="{W14}" xmlns:r="{R}" xmlns:mc="{MC}"><w:body>'
A, B = "qf_a_11111111", "qf_b_22222222"


def docx(body: str, relations: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", f"{OPENING}{body}</w:body></w:document>")
        if relations:
            package.writestr(
                "word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
            )
        for name, text in (parts or {}).items():
            package.writestr(name, text)
    return file.getvalue()


def contents(body: str, relations: str = "", parts: Mapping[str, str] | None = None) -> Contents:
    return read(io.BytesIO(docx(body, relations, parts)), Limits())


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def cell(xml: str) -> Cell:
    return contents(table(xml)).tables[0].rows[0][0]


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def sdt(content: str, tag: str = A, properties: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def bookmark(name: str, inner: str = "", number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def checkbox(glyph: str, checked: str, char: str = "2612") -> str:
    state = f'<w14:checkbox><w14:checked{checked}/><w14:checkedState w14:val="{char}"/></w14:checkbox>'
    return sdt(r(glyph) if glyph else "", properties=state)


TAG = Anchor(Route.TAG, A)
BOTH = [TAG, Anchor(Route.BOOKMARK, A)]


# Where an answer stands


@pytest.mark.parametrize(
    "xml",
    [
        p(bookmark(A, sdt(r("Seen alone")))),
        p(sdt(bookmark(A, r("Seen alone")))),
        p(sdt(sdt(bookmark(A, r("Seen alone")), tag="other"))),
        sdt(p(bookmark(A, r("Seen alone")))),
        bookmark(A) + sdt(p(r("Seen alone"))),
        p(bookmark(A, sdt(r("Seen") + r(" ") + r("alone")))),
        p(bookmark(A, sdt(r("Seen"))), r(" alone")),
        p(bookmark(A, sdt(f"<w:smartTag>{r('Seen')}</w:smartTag>{r(' alone')}"))),
        p(bookmark(A, sdt(f"<w:customXml>{r('Seen alone')}</w:customXml>"))),
        p(bookmark(A, sdt(f"{r('Seen')}<w:proofErr w:type='spellStart'/>{r(' alone')}"))),
    ],
)
def test_an_answer_is_the_text_of_its_cell_however_controls_bookmarks_and_runs_are_nested(xml: str) -> None:
    found = cell(xml)
    assert found.value == "Seen alone"
    assert list(found.anchors) == BOTH


def test_a_control_around_a_whole_cell_marks_that_cell() -> None:
    around = sdt(f"<w:tc>{p(r('Yes'))}</w:tc>")
    xml = f"<w:tbl><w:tr><w:tc>{p(r('A1'))}</w:tc>{around}</w:tr></w:tbl>"
    code, answer = contents(xml).tables[0].rows[0]
    assert (code.value, list(code.anchors)) == ("A1", [])
    assert (answer.value, list(answer.anchors), answer.column) == ("Yes", [TAG], 1)


def test_a_bookmark_between_rows_or_before_a_table_marks_the_next_cell() -> None:
    start = f'<w:bookmarkStart w:id="1" w:name="{A}"/>'
    row = f"<w:tr><w:tc>{p(r('Yes'))}</w:tc></w:tr>"
    for xml in (f"<w:tbl>{start}{row}</w:tbl>", f"{start}<w:tbl>{row}</w:tbl>"):
        assert list(contents(xml).tables[0].rows[0][0].anchors) == [Anchor(Route.BOOKMARK, A)]


def test_an_old_form_field_is_found_by_its_name() -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{A}"/></w:ffData></w:fldChar></w:r>'
    code = '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    found = cell(p(begin, code, r("typed"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert (found.value, list(found.anchors)) == ("typed", [Anchor(Route.BOOKMARK, A)])


def test_a_control_moved_out_of_its_table_is_still_an_answer() -> None:
    found = contents(p(sdt(r("moved"))) + sdt(p(r("two")) + p(r("lines")), tag=B))
    assert [table.rows[0][0].value for table in found.tables] == ["moved", "two\nlines"]
    assert [table.place for table in found.tables] == ["paragraph 1", "paragraph 2"]
    assert not found.loose


def test_columns_count_across_the_grid_and_places_are_what_a_person_counts() -> None:
    row = (
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("wide"))}</w:tc><w:tc>{p(r("last"))}</w:tc></w:tr>'
    )
    first = f"<w:tbl><w:tr><w:tc>{p()}</w:tc></w:tr>{row}</w:tbl>"
    inner = f"<w:tbl><w:tr><w:tc>{p(r('a'))}{table(p(r('inside')))}{p()}</w:tc></w:tr></w:tbl>"
    found = contents(first + inner)
    assert [(one.column, one.value, one.place) for one in found.tables[0].rows[1]] == [
        (1, "wide", "table 1 row 2"),
        (3, "last", "table 1 row 2"),
    ]
    assert found.tables[1].rows[0][0].value == "a"
    assert found.tables[2].rows[0][0].value == "inside"
    assert found.tables[2].place == "table 2 row 1, table inside it"


# What it says


def test_paragraphs_and_line_breaks_are_line_ends_and_tabs_are_tabs() -> None:
    run = "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:cr/></w:r>"
    assert cell(p(run) + p() + p(r("four"))).value == "one\ntwo\tthree\n\n\nfour"


def test_line_breaks_that_libreoffice_saved_as_nothing_are_line_ends_in_plain_text_controls_only() -> None:
    seam = "<w:r><w:t>one</w:t><w:t>two</w:t></w:r>"
    assert cell(p(sdt(seam, properties='<w:text w:multiLine="1"/>'))).value == "one\ntwo"
    assert cell(p(seam)).value == "onetwo"


def test_space_at_the_ends_of_a_text_counts_only_where_the_file_says_so() -> None:
    assert cell("<w:p><w:r><w:t>\n  pretty\n</w:t></w:r></w:p>").value == "pretty"
    assert cell(p(r("a "), r("b"))).value == "a b"


def test_odd_characters_come_back_as_they_are() -> None:
    symbols = '<w:r><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert cell(p(r("a\u00a0b 🙂 é"), symbols)).value == "a\u00a0b 🙂 é\u2011\u00ad☒"


def test_words_that_word_puts_in_an_emptied_control_are_nothing_and_typed_words_are_kept() -> None:
    showing = "<w:showingPlcHdr/>"
    assert cell(p(sdt(r("Click or tap here to enter text."), properties=showing))).value == ""
    assert cell(p(sdt(r("typed in LibreOffice"), properties=showing))).value == "typed in LibreOffice"
    assert cell(p(sdt(r("Choose an item.")))).value == "Choose an item."


@pytest.mark.parametrize(
    ("glyph", "checked", "char", "value"),
    [
        ("☒", ' w14:val="1"', "2612", "☒ Met"),
        ("☐", ' w14:val="0"', "2612", "☐ Met"),
        ("☑", ' w14:val="true"', "2611", "☒ Met"),
        ("", "", "2612", "☒ Met"),
        ("", ' w14:val="0"', "2612", "☐ Met"),
        ("þ", ' w14:val="1"', "00FE", "☒ Met"),
        ("☒", ' w14:val="0"', "2612", "☒ Met"),
        ("x", ' w14:val="0"', "2612", "☒ Met"),
        ("\uf0fe", ' w14:val="1"', "2612", "☒ Met"),
        ("✅\ufe0f", ' w14:val="1"', "2612", "☒ Met"),
        ("see note", ' w14:val="0"', "2612", "see note Met"),
    ],
)
def test_a_checkbox_says_what_a_person_sees(glyph: str, checked: str, char: str, value: str) -> None:
    assert cell(p(checkbox(glyph, checked, char), r(" Met"))).value == value


def test_boxes_in_a_cell_are_lines_with_an_anchor_each() -> None:
    boxes = p(sdt(r("☒")), r(" Police")) + p(sdt(r("☐"), tag=B), r(" Health"))
    found = cell(boxes)
    assert found.value == "☒ Police\n☐ Health"
    assert list(found.anchors) == [TAG, Anchor(Route.TAG, B)]


def test_old_form_fields_say_what_they_show() -> None:
    def field(data: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        return f'{begin}<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    entries = '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/>'
    assert cell(p(field('<w:checkBox><w:checked w:val="1"/></w:checkBox>'))).value == "☒"
    assert cell(p(field('<w:checkBox><w:default w:val="0"/></w:checkBox>'))).value == "☐"
    assert cell(p(field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'))).value == "No"


# Tracked changes


def test_tracked_insertions_count_and_deletions_do_not_and_both_are_listed() -> None:
    xml = p(r("Seen "), f"<w:ins>{r('twice')}</w:ins>", "<w:del><w:r><w:delText>once</w:delText></w:r></w:del>")
    found = contents(table(xml))
    assert found.tables[0].rows[0][0].value == "Seen twice"
    assert [(extra.kind, extra.place, extra.text) for extra in found.extras] == [
        ("inserted", "table 1 row 1", "twice"),
        ("deleted", "table 1 row 1", "once"),
    ]


def test_moved_text_counts_where_it_went() -> None:
    found = contents(table(p(f"<w:moveFrom>{r('here')}</w:moveFrom>"), p(f"<w:moveTo>{r('here')}</w:moveTo>")))
    assert [one.value for one in found.tables[0].rows[0]] == ["", "here"]


def test_a_paragraph_end_that_was_deleted_joins_its_paragraphs() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + r("one") + "</w:p>"
    assert cell(gone + p(r("two"))).value == "onetwo"


# Everything else in the file


def test_text_outside_tables_is_loose_with_its_paragraph() -> None:
    found = contents(p(r("first")) + p() + table(p()) + p(r("see "), f"<w:hyperlink>{r('here')}</w:hyperlink>"))
    assert [(one.kind, one.place, one.text) for one in found.loose] == [
        ("paragraph", "paragraph 1", "first"),
        ("paragraph", "paragraph 3", "see here"),
    ]


def test_comments_and_footnotes_are_listed_at_the_place_they_are_about() -> None:
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in ("comments", "footnotes")
    )
    note = "<w:{0} xmlns:w='{1}'><w:{2} w:id='7'><w:p><w:r><w:t>{3}</w:t></w:r></w:p></w:{2}></w:{0}>"
    parts = {
        "word/comments.xml": note.format("comments", W, "comment", "Is this right?"),
        "word/footnotes.xml": note.format("footnotes", W, "footnote", "See the file."),
    }
    marks = '<w:commentRangeStart w:id="7"/><w:r><w:t>Yes</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r>'
    found = contents(table(p(marks)), relations, parts)
    assert [(extra.kind, extra.place, extra.text) for extra in found.extras] == [
        ("comment", "table 1 row 1", "Is this right?"),
        ("footnote", "table 1 row 1", "See the file."),
    ]


def test_headers_and_footers_are_loose_without_their_page_numbers() -> None:
    relations = f'<Relationship Id="f" Type="{R}/footer" Target="footer1.xml"/>'
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    footer = f"<w:ftr xmlns:w='{W}'>{p(r('Page '), number)}{table(p(r('typed')))}</w:ftr>"
    found = contents(p(), relations, {"word/footer1.xml": footer})
    assert [(one.kind, one.text) for one in found.loose] == [("footer", "Page "), ("footer", "typed")]


def test_a_text_box_is_an_extra_once_though_it_stands_in_the_file_twice() -> None:
    box = f"<w:txbxContent>{p(r('in a box'))}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    xml = p(f"<w:r>{drawing}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>", r("x"))
    found = contents(table(xml))
    assert [(extra.kind, extra.text) for extra in found.extras] == [("textbox", "in a box")]
    assert found.tables[0].rows[0][0].value == "x"


def test_pictures_and_embedded_objects_are_listed_and_embedded_files_named() -> None:
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    wp = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    picture = f'<w:drawing><wp:docPr {wp} id="1" name="Picture 1" descr="A chart"/><a:blip {a}/></w:drawing>'
    ole = (
        '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object>'
    )
    found = contents(table(p(f"<w:r>{picture}</w:r>", f"<w:r>{ole}</w:r>")), "", {"word/embeddings/sheet.xlsx": "x"})
    assert [(extra.kind, extra.text) for extra in found.extras] == [
        ("picture", "A chart"),
        ("embedded", "Excel.Sheet.12"),
    ]
    assert [problem.code for problem in found.problems] == ["F008"]


def test_a_link_in_an_answer_is_listed_and_a_link_to_a_file_share_is_a_problem() -> None:
    relations = (
        f'<Relationship Id="l1" Type="{R}/hyperlink" Target="https://example.org/plan" TargetMode="External"/>'
        f'<Relationship Id="l2" Type="{R}/attachedTemplate" Target="file:///S:/evil.dotm" TargetMode="External"/>'
    )
    found = contents(table(p(sdt(f'<w:hyperlink r:id="l1">{r("our plan")}</w:hyperlink>'))), relations)
    assert found.tables[0].rows[0][0].value == "our plan"
    assert [(extra.kind, extra.text) for extra in found.extras] == [("link", "https://example.org/plan")]
    assert [(problem.code, problem.value) for problem in found.problems] == [("F009", "file:///S:/evil.dotm")]


def test_macros_and_dde_fields_are_named_and_nothing_is_run() -> None:
    dde = '<w:fldSimple w:instr=" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
    found = contents(p(dde), "", {"word/vbaProject.bin": "x", "word/activeX/activeX1.xml": "<x/>"})
    assert [problem.code for problem in found.problems] == ["F008", "F008", "F008"]


def test_properties_and_application_are_read() -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="qaf_form"><vt:lpwstr>neglect</vt:lpwstr></property>'
        '<property name="n"><vt:i4>4</vt:i4></property>'
        "</Properties>"
    )
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
    )
    found = contents(p(), "", {"docProps/custom.xml": custom, "docProps/app.xml": app})
    assert found.properties == {"qaf_form": "neglect", "n": "4"}
    assert found.application == "Microsoft Office Word 16.0000"


def test_iso_strict_is_read_like_transitional() -> None:
    transitional = docx(table(p(sdt(r("Yes")))))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(transitional)) as package, zipfile.ZipFile(file, "w") as strict:
        for name in package.namelist():
            text = package.read(name).decode()
            text = text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            strict.writestr(name, text.replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships"))
    found = read(file, Limits())
    assert found.tables[0].rows[0][0].value == "Yes"
    assert list(found.tables[0].rows[0][0].anchors) == [TAG]


@pytest.mark.parametrize(
    "xml",
    [
        table(p(bookmark(A, sdt(r("one"))), r(" two")) + p(r("three")), p()),
        table(
            p("<w:r><w:t>a</w:t><w:br/><w:t> b </w:t></w:r>"), p(checkbox("☒", "")), p("<w:r><w:tab/></w:r>", r("x"))
        ),
        table('<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>' + p(r("wide")), p(r("next"))),
        table(p(f"<w:ins>{r('in')}</w:ins>"), p(sdt(r("Choose an item."), properties="<w:showingPlcHdr/>"))),
    ],
)
def test_the_quick_way_through_a_table_and_the_careful_one_say_the_same(
    xml: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = contents(xml)
    monkeypatch.setattr(story, "quick_rows", lambda table: None)
    assert contents(xml) == quick


@pytest.mark.parametrize(("program", "read_as"), [("LibreOffice/7.4.7.2", "_x000D_"), ("Word", "_x005F_x000D_")])
def test_libreoffice_escapes_what_looks_like_a_control_character(program: str, read_as: str) -> None:
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{program}</Application></Properties>"
    )
    found = contents(table(p(r("_x005F_x000D_"))), parts={"docProps/app.xml": properties})
    assert found.tables[0].rows[0][0].value == read_as


@pytest.mark.parametrize(
    "words", ["Klicken oder tippen Sie hier, um Text einzugeben.", "Choisissez un élément.", "Wybierz element."]
)
def test_words_own_placeholder_is_nothing_in_other_languages(words: str) -> None:
    assert cell(p(sdt(r(words), properties="<w:showingPlcHdr/>"))).value == ""
    assert cell(p(sdt(r(words)))).value == words


def test_a_placeholder_that_the_file_holds_itself_is_nothing_in_any_language() -> None:
    gallery = (
        f'<w:glossaryDocument xmlns:w="{W}"><w:docParts><w:docPart><w:docPartBody>{p(r("Dewiswch "), r("eitem."))}'
        "</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    relation = f'<Relationship Id="r9" Type="{R}/glossaryDocument" Target="glossary/document.xml"/>'
    marked, typed = sdt(r("Dewiswch eitem."), properties="<w:showingPlcHdr/>"), sdt(r("Dewiswch eitem."))
    found = contents(table(p(marked), p(typed)), relation, {"word/glossary/document.xml": gallery})
    assert [one.value for one in found.tables[0].rows[0]] == ["", "Dewiswch eitem."]


def test_a_date_that_was_picked_is_given_beside_the_text() -> None:
    picked = '<w:date w:fullDate="2025-03-12T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    found = cell(p(sdt(r("14/03/2025"), properties=picked)))
    assert (found.value, found.stored) == ("14/03/2025", date(2025, 3, 12))
    for odd in ("", ' w:fullDate=""', ' w:fullDate="soon"'):
        assert cell(p(sdt(r("14/03/2025"), properties=f"<w:date{odd}/>"))).stored is None


@pytest.mark.parametrize(
    ("glyph", "checked", "said"),
    [
        ("☒", ' w14:val="0"', ["R155"]),
        ("☐", ' w14:val="1"', ["R155"]),
        ("✓", ' w14:val="0"', ["R155"]),
        ("☒", ' w14:val="1"', []),
        ("☐", ' w14:val="0"', []),
        ("", ' w14:val="1"', []),
    ],
)
def test_a_box_that_the_file_holds_otherwise_than_it_is_seen_is_said(glyph: str, checked: str, said: list[str]) -> None:
    found = cell(p(checkbox(glyph, checked)))
    assert [problem.code for problem in found.remarks] == said
    assert str(found.value)[0] in "☒☐"
