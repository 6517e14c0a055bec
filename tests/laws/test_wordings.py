"""Both laws across wordings: whatever words a form is in, its answers are the same, and what it prints is nobody's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from qaf_forms import Form, Round, RoundError, Toolkit
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from tests.define.test_rewording import FORM, WELSH

ANSWERS: Mapping[str, Any] = {
    "seen": "no",
    "seen_specify": "pas 'di bod yno",
    "visits": 3,
    "mood": "good",
    "core": {"r1": {"answer": "yes", "more": "=1+1"}, "p1": {"answer": "na", "more": 5}},
    "child": [{"age": 7}, {"age": 9}],
}
EASY = "wording_of: audit\nname: easy\nwords: {items: {seen: {ask: Did you see the child?}}}\n"
FORMATS = ("word", "excel")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("definitions")
    (folder / "audit.yaml").write_text(FORM, encoding="utf-8")
    (folder / "audit.cy.yaml").write_text(WELSH, encoding="utf-8")
    (folder / "audit.easy.yaml").write_text(EASY, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def kit(folder: Path) -> Toolkit:
    return Toolkit([folder])


@pytest.fixture(scope="module")
def form(kit: Toolkit) -> Form:
    return kit.form("audit")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("wording", ["cy", "easy", None])
def test_the_answers_are_the_same_in_every_wording(kit: Toolkit, form: Form, format_: str, wording: str | None) -> None:
    returned = kit.read(kit.render(form, format_, answers=ANSWERS, wording=wording), form)
    assert returned.data == ANSWERS
    assert returned.extras == ()
    assert returned.stamp is not None
    assert returned.stamp.wording == (wording or "")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_blank_form_in_another_language_says_nothing(kit: Toolkit, form: Form, format_: str) -> None:
    returned = kit.read(kit.render(form, format_, wording="cy", role=None))
    assert (returned.status, returned.data, returned.extras) == ("blank", {}, ())


def test_answers_in_the_forms_own_words_are_understood_on_the_paper_of_another(kit: Toolkit, form: Form) -> None:
    """An English-speaking colleague completes the Welsh copy: the labels of the form stand in it, as text."""
    welsh, english = kit.layout(form, wording="cy"), kit.layout(form)
    data = kit.render(form, "word", answers=ANSWERS, wording="cy")
    for key in ("seen", "core.r1.answer", "core.p1.answer"):
        value = kit.read(data, form).values[key]
        data = _retyped(data, show(_field(welsh, key), value), show(_field(english, key), value))
    returned = kit.read(data, form)
    assert returned.data == ANSWERS
    assert next(iter(returned.answers.values())).raw == "No"


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("wording", ["cy", "easy", ""])
def test_a_file_without_its_stamp_is_read_in_the_wording_that_it_prints(
    kit: Toolkit, form: Form, format_: str, wording: str
) -> None:
    data = kit.render(form, format_, answers=ANSWERS, wording=wording)
    returned = kit.read(_without_stamp(data), form)
    assert "F014" in {problem.code for problem in returned.problems}
    assert returned.stamp is None
    assert returned.data == ANSWERS
    assert [extra.text for extra in returned.extras if "· Copy\u00a01" not in extra.text] == []


def test_a_blank_file_without_stamp_and_controls_gives_no_placeholder_as_an_answer(kit: Toolkit, form: Form) -> None:
    data = _without_stamp(kit.render(form, "word", wording="cy"))
    text = _parts(data)["word/document.xml"].decode()
    text = re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>", "", text)
    returned = kit.read(_packed({**_parts(data), "word/document.xml": text.encode()}), form)
    assert (returned.data, returned.status) == ({}, "blank")


def test_a_wording_that_is_not_known_here_is_asked_for(kit: Toolkit, form: Form, tmp_path: Path) -> None:
    data = kit.render(form, "word", wording="cy")
    (tmp_path / "audit.yaml").write_text(FORM, encoding="utf-8")
    other = Toolkit([tmp_path])
    (problem,) = other.read(data, other.form("audit")).problems
    assert (problem.code, problem.value) == ("F011", "audit version 1 in the wording 'cy'")
    assert other.read(data).status == "unreadable"


def test_the_files_are_in_their_language(kit: Toolkit, form: Form) -> None:
    word = _parts(kit.render(form, "word", wording="cy"))
    assert b'w:val="cy-GB"' in word["word/styles.xml"]
    assert b"<dc:language>cy-GB</dc:language>" in word["docProps/core.xml"]
    assert b"Tudalen " in word["word/footer1.xml"]
    excel = _parts(kit.render(form, "excel", wording="cy"))
    assert b"cy-GB" in excel["docProps/core.xml"]
    assert b"Dechreuwch yma" in excel["xl/workbook.xml"]


def test_each_recipient_has_the_wording_that_it_asked_for(kit: Toolkit, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "agency,format,language\nOak,word,cy\nElm,excel,\nAsh,word,en\nYew,word,easy\n", encoding="utf-8"
    )
    (tmp_path / "round.yaml").write_text(ROUND + "recipients: list.csv\nwording: cy\n", encoding="utf-8")
    round_ = kit.round(tmp_path / "round.yaml")
    for copy, data in kit.issue(round_):
        (tmp_path / copy.file_name).write_bytes(data)
    files = sorted(tmp_path.glob("audit-*"))
    collection = kit.collect(round_, files)
    stamps = {one.recipient: one.stamp for one in collection.returns if one.stamp}
    assert {id_: stamp.wording for id_, stamp in stamps.items()} == {"oak": "cy", "elm": "cy", "ash": "", "yew": "easy"}
    assert stamps["oak"].cover["issued"] == "14 Mawrth 2025"
    assert stamps["ash"].cover["issued"] == "14 March 2025"
    assert {(one.status, one.extras) for one in collection.returns} == {("blank", ())}


def test_a_round_in_a_wording_that_there_is_not_is_refused_before_anything_is_made(kit: Toolkit) -> None:
    recipients: list[dict[str, str]] = [
        {"id": "oak", "agency": "Oak", "wording": "cy"},
        {"id": "elm", "agency": "Elm", "wording": "pl"},
        {"id": "ash", "agency": "Ash"},
    ]
    days = {"issued": "2025-03-14", "return_by": "2025-04-11", "return_to": "a@example.org"}
    round_ = Round.model_validate({"id": "r", "form_name": "audit", **days, "recipients": recipients, "wording": "so"})
    with pytest.raises(RoundError) as raised:
        next(kit.issue(round_))
    assert [(one.code, one.place, one.value) for one in raised.value.problems] == [
        ("G009", "round r", "so"),
        ("G009", "recipient elm", "pl"),
    ]
    assert "audit has no wording 'so'" in str(raised.value)


def test_another_process_finds_the_wordings_of_a_form_in_no_folder(folder: Path, tmp_path: Path) -> None:
    kit = Toolkit()
    form = kit.form(folder / "audit.yaml")
    path = tmp_path / "return.docx"
    path.write_bytes(kit.render(form, "word", answers=ANSWERS, wording="cy"))
    with ProcessPoolExecutor(1) as executor:
        (returned,) = kit.read_all([path], form, executor=executor)
    assert returned.data == ANSWERS


ROUND = "id: r\nform: audit\nissued: 2025-03-14\nreturn_by: 2025-04-11\nreturn_to: audits@example.org\n"


def _field(layout: Layout, key: str) -> Any:
    field = layout.field(key)
    assert field is not None
    return field


def _parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _retyped(data: bytes, old: str, new: str) -> bytes:
    """The document with one answer typed in other words. The answer stands in a run of its own."""
    parts = _parts(data)
    text = parts["word/document.xml"].decode()
    answer = f"<w:sdtContent><w:r><w:t>{old}</w:t>"
    spaced = f'<w:sdtContent><w:r><w:t xml:space="preserve">{old}</w:t>'
    found = answer if answer in text else spaced
    assert found in text
    parts["word/document.xml"] = text.replace(found, found.replace(old, new), 1).encode()
    return _packed(parts)


def _without_stamp(data: bytes) -> bytes:
    """The file as some program leaves it that keeps no properties, with the stamp's line gone and no hidden sheet."""
    parts = _parts(data)
    for name, content in parts.items():
        if name.startswith(("word/", "xl/", "docProps/custom")):
            text = content.decode("utf-8", "surrogateescape")
            text = text.replace(">qaf_form<", "><").replace(">audit<", "><")  # what stands in the hidden sheet
            text = text.replace("qaf_form", "old_form").replace("Form audit 1", "Some form")
            parts[name] = text.encode("utf-8", "surrogateescape")
    return _packed(parts)
