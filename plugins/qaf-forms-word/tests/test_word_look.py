"""The look of a form: a partnership's own template, the size of print, protection."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from qaf_forms import Form, Look, Print, Recipient, Round, TemplateError, Toolkit
from qaf_forms.issue.round import WrittenLook
from qaf_forms_word.names import MAIN

KIT = Toolkit()
FORM = Form.model_validate(
    {
        "id": "f",
        "version": "1",
        "title": "A form",
        "kind": "case_audit",
        "owner": "A partnership",
        "intro": "Be brief.",
        "sections": [
            {
                "id": "s",
                "title": "Section",
                "items": [
                    {"id": "a", "type": "text", "ask": "What happened?"},
                    {
                        "id": "t",
                        "type": "table",
                        "ask": "Own rows",
                        "columns": [{"id": "u", "title": "U", "type": "text"}],
                    },
                    {"id": "b", "type": "paragraph", "ask": "What next?"},
                ],
            }
        ],
    }
)
ANSWERS = {"a": "Nothing", "t": [{"u": "one"}], "b": "See\nbelow"}


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def find(element: etree._Element, path: str) -> list[Any]:
    found = element.xpath(path, namespaces={"w": MAIN})
    assert isinstance(found, list)
    return found


def template(*changes: tuple[str, str, str]) -> bytes:
    """The house template with (part, old, new) replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(KIT.template())) as package, zipfile.ZipFile(file, "w") as changed:
        for name in package.namelist():
            content = package.read(name).decode()
            for at, old, new in changes:
                if name == at:
                    assert old in content
                    content = content.replace(old, new)
            changed.writestr(name, content)
    return file.getvalue()


BODY, FOOTER, STYLES = "word/document.xml", "word/footer1.xml", "word/styles.xml"


def words(data: bytes, name: str = BODY) -> list[str]:
    return [str(text) for text in find(part(data, name), "//w:t/text()")]


def test_the_house_template_has_no_faults() -> None:
    assert KIT.template_faults(KIT.template()) == ()


@pytest.mark.parametrize(
    ("change", "code", "place", "value"),
    [
        ((BODY, "for line in how_to %", "for line in [1] %"), "T004", "our.docx", "how_to"),
        ((FOOTER, "{{ stamp }}", ""), "T004", "our.docx", "stamp"),
        ((BODY, "{{ owner }}", "{{ onwer }}"), "T003", "our.docx", "onwer"),
        ((FOOTER, "{{ page }}", "{{ page }"), "T002", "our.docx, footer, paragraph 2", "{{ page } 1 {{ of_pages }}"),
        ((BODY, "{{ fact.label }}", "{{ fact. }}"), "T002", "our.docx, page, paragraph 5", "{{ fact. }}"),
        ((BODY, "{%tr endfor %}", ""), "T002", "our.docx, page, paragraph 8", "{%p endif %}"),
        ((BODY, "{%p if facts %}", ""), "T002", "our.docx, page, paragraph 8", "{%p endif %}"),
        ((STYLES, '"FormHead"', '"Kopf"'), "T005", "our.docx", "FormHead"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_place(
    change: tuple[str, str, str], code: str, place: str, value: str
) -> None:
    faults = KIT.template_faults(template(change), place="our.docx")
    assert (code, place, value) in [(one.code, one.place, one.value) for one in faults]
    assert all(one.message and one.fix and "{" not in one.fix.replace("{{", "") for one in faults)


def test_a_template_is_compiled_once_however_many_forms_are_made_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    compile_ = SandboxedEnvironment.compile

    def counted(self: SandboxedEnvironment, source: Any, *more: Any, **named: Any) -> Any:
        compiled.append(source)
        return compile_(self, source, *more, **named)

    monkeypatch.setattr(SandboxedEnvironment, "compile", counted)
    kit = Toolkit()
    first = kit.render(FORM)
    count = len(compiled)
    assert count > 0
    assert kit.render(FORM) == first
    assert len(compiled) == count


def test_what_is_no_word_document_is_no_template() -> None:
    assert [one.code for one in KIT.template_faults(b"PK\x03\x04")] == ["T001"]
    assert [one.code for one in KIT.template_faults(b"")] == ["T001"]


def test_a_template_that_reaches_out_is_refused() -> None:
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="http://logo.example/l.png" TargetMode="External"/></Relationships>'
    )
    made = template(("word/_rels/document.xml.rels", "</Relationships>", relation))
    assert [(one.code, one.value) for one in KIT.template_faults(made)] == [("T006", "http://logo.example/l.png")]


def test_no_form_is_made_from_a_faulty_template() -> None:
    with pytest.raises(TemplateError, match=r"T?template: the template does not print its protective marking"):
        KIT.render(FORM, look=Look(template(("word/header1.xml", "{{ marking }}", ""))))


OURS = (BODY, "<w:body>", "<w:body><w:p><w:r><w:t>Civic House, Anytown</w:t></w:r></w:p><w:p><w:r><w:t/></w:r></w:p>")
BLUE = (STYLES, "1F3A5F", "0000AA")


def test_a_template_of_ones_own_changes_the_look_and_nothing_else() -> None:
    look = Look(template(OURS, BLUE))
    data = KIT.render(FORM, answers=ANSWERS, look=look)
    assert words(data)[0] == "Civic House, Anytown"
    assert "0000AA" in etree.tostring(part(data, STYLES), encoding="unicode")
    returned = KIT.read(data, FORM, look=look)
    assert (returned.data, returned.extras) == (ANSWERS, ())


def test_what_a_template_prints_is_an_extra_only_where_nobody_knows_the_template() -> None:
    data = KIT.render(FORM, answers=ANSWERS, look=Look(template(OURS)))
    assert [extra.text for extra in KIT.read(data, FORM).extras] == ["Civic House, Anytown"]


def test_a_template_with_tags_in_words_of_a_form_runs_nothing() -> None:
    made = Form.model_validate({**FORM.model_dump(exclude_unset=True), "title": "{{ 7 * 7 }} {% if x %}"})
    assert "{{ 7 * 7 }} {% if x %}" in words(KIT.render(made, look=Look(template(OURS))))


def test_a_first_page_of_its_own_kind_is_the_covers_alone() -> None:
    made = template(
        (BODY, "<w:pgSz", "<w:titlePg/><w:pgSz"),
        (BODY, "<w:titlePg/>", ""),
        (BODY, "</w:sectPr>", "<w:titlePg/></w:sectPr>"),
    )
    root = part(KIT.render(FORM, look=Look(made)), BODY)
    assert [section.find(f"{{{MAIN}}}titlePg") is not None for section in root.iter(f"{{{MAIN}}}sectPr")] == [
        True,
        False,
    ]


def test_tables_are_as_wide_as_the_templates_pages_allow() -> None:
    narrow = template(
        (BODY, 'w:right="1134" w:bottom="1134" w:left="1134"', 'w:right="2000" w:bottom="1134" w:left="2000"')
    )
    root = part(KIT.render(FORM, look=Look(narrow)), BODY)
    widths = {int(table.get(f"{{{MAIN}}}w")) for table in find(root, "//w:tbl[w:tblPr/w:tblCaption]/w:tblPr/w:tblW")}
    assert widths == {11906 - 4000}


def sizes(data: bytes) -> list[int]:
    found = find(part(data, STYLES), "//w:style[@w:styleId!='FormGap']//w:sz/@w:val | //w:docDefaults//w:sz/@w:val")
    return [int(size) for size in found]


@pytest.mark.parametrize(("print_", "least"), [(Print.STANDARD, 24), (Print.LARGE, 36), (Print.EASY_READ, 28)])
def test_print_is_as_large_as_it_is_asked_to_be_and_holds_the_same_answers(print_: Print, least: int) -> None:
    data = KIT.render(FORM, answers=ANSWERS, look=Look(print=print_))
    assert min(sizes(data)) >= least
    assert KIT.read(data, FORM).data == ANSWERS
    assert KIT.read(data, FORM).extras == ()
    assert part(data, BODY).find(f".//{{{MAIN}}}cantSplit") is not None


@pytest.mark.parametrize(("print_", "whole"), [(Print.STANDARD, True), (Print.LARGE, False), (Print.EASY_READ, False)])
def test_a_row_that_may_be_taller_than_a_page_of_large_print_is_cut(print_: Print, whole: bool) -> None:
    items = [{"id": "a", "type": "text", "ask": "What happened?", "help": "Say it. " * 80}]
    made = Form.model_validate(
        {**FORM.model_dump(exclude_unset=True), "sections": [{"id": "s", "title": "S", "items": items}]}
    )
    rows = find(part(KIT.render(made, look=Look(print=print_)), BODY), "//w:tbl[w:tblPr/w:tblCaption]/w:tr")
    assert [row.find(f".//{{{MAIN}}}cantSplit") is not None for row in rows] == [True, whole]


def test_protection_leaves_answers_and_tables_open_and_comes_without_a_password() -> None:
    data = KIT.render(FORM, answers=ANSWERS, look=Look(only_spaces=True))
    (protection,) = part(data, "word/settings.xml").findall(f"{{{MAIN}}}documentProtection")
    facts = [protection.get(f"{{{MAIN}}}{name}") for name in ("edit", "enforcement", "hash", "password")]
    assert facts == ["forms", "1", None, None]
    assert [element.tag for element in part(data, "word/settings.xml")][:2] == [f"{{{MAIN}}}zoom", protection.tag]
    sections = list(part(data, BODY).iter(f"{{{MAIN}}}sectPr"))
    open_ = [section.find(f"{{{MAIN}}}formProt") is not None for section in sections]
    # cover and introduction, the first question, the table, the last question
    assert open_ == [False, False, True, False]
    kinds = [section.find(f"{{{MAIN}}}type") for section in sections]
    assert [None if kind is None else kind.get(f"{{{MAIN}}}val") for kind in kinds] == [
        None,
        None,
        "continuous",
        "continuous",
    ]
    assert KIT.read(data, FORM).data == ANSWERS


def test_nothing_is_protected_unless_it_is_asked_for() -> None:
    assert b"documentProtection" not in etree.tostring(part(KIT.render(FORM), "word/settings.xml"))
    assert b"formProt" not in etree.tostring(part(KIT.render(FORM), BODY))


def test_each_recipient_of_a_round_gets_the_print_that_they_need_and_all_come_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    (folder / "our.docx").write_bytes(template(OURS))
    round_ = Round(
        id="r",
        form_name="exception_report",
        issued=date(2025, 3, 3),
        return_by=date(2025, 3, 14),
        return_to="a@example.org",
        look=WrittenLook(template=str(folder / "our.docx")),
        recipients=(Recipient(id="p", agency="Police"), Recipient(id="h", agency="Health", print=Print.LARGE)),
    )
    paths = []
    least = {}
    for issued, data in KIT.issue(round_):
        least[issued.recipient.id] = min(sizes(data))
        paths.append(folder / issued.file_name)
        paths[-1].write_bytes(data)
    assert least == {"p": 24, "h": 36}
    collection = KIT.collect(round_, paths)
    assert [(one.recipient, one.status, one.extras) for one in collection.returns] == [
        ("p", "blank", ()),
        ("h", "blank", ()),
    ]
