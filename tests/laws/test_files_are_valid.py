"""Rendered files as others judge them: an Open XML validator, and another library that reads content controls."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx_plus.controls import ControlTypeError, list_controls, set_control_value
from lxml import etree
from openxml_audit import OpenXmlValidator

from qaf_forms import Form, Look, Print
from qaf_forms.collect.parsing import parse
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Control, show
from tests.laws.filled import KIT, SHIPPED, filled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = ("sdtPr/id", "bookmarkStart", "commentRangeStart")
"""What has a `w:id` that no other of its kind may have."""

_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200817773d1ed0000000049454e44ae426082"
)
"""A picture of one pixel."""


def errors(data: bytes, path: Path) -> list[str]:
    """What a validator of Open XML says is wrong with a file; its warnings are about taste."""
    path.write_bytes(data)
    found = OpenXmlValidator().validate(str(path)).errors
    return [f"{one.part_uri}: {one.description}" for one in found if one.severity.value == "error"]


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_is_valid_blank_and_filled(name: str, format_: str, tmp_path: Path) -> None:
    form = KIT.form(name)
    path = tmp_path / f"form{KIT.suffix(format_)}"
    assert errors(KIT.render(form, format_), path) == []
    assert errors(KIT.render(form, format_, answers=nest(filled(name)), role=None), path) == []


def test_large_protected_and_sent_back_files_are_valid(tmp_path: Path) -> None:
    form = KIT.form("exception_report")
    looks = [Look(print=print_, only_spaces=True) for print_ in (Print.LARGE, Print.EASY_READ)]
    for look in looks:
        for format_ in ("word", "excel"):
            assert errors(KIT.render(form, format_, look=look), tmp_path / f"look{KIT.suffix(format_)}") == []
    for format_ in ("word", "excel"):
        back = KIT.send_back(KIT.read(KIT.render(form, format_), form))
        assert back is not None
        assert errors(back, tmp_path / f"back{KIT.suffix(format_)}") == []


def test_a_workbook_with_a_logo_is_valid(tmp_path: Path) -> None:
    look = Look(colour="#7A1FA2", logo=_DOT, logo_text="Anytown Safeguarding Partnership")
    assert errors(KIT.render(KIT.form("exception_report"), "excel", look=look), tmp_path / "look.xlsx") == []


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    spoilt = io.BytesIO()
    sound = io.BytesIO(KIT.render(KIT.form("exception_report"), "excel"))
    with zipfile.ZipFile(sound) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<sheetData>", b"<mergeCells/><sheetData>"))
    assert any("'sheetData'" in one for one in errors(spoilt.getvalue(), tmp_path / "spoilt.xlsx"))


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize("wording", KIT.wordings(KIT.form("student_voice_audit")))
def test_a_form_in_other_words_is_valid(wording: str, format_: str, tmp_path: Path) -> None:
    data = KIT.render(KIT.form("student_voice_audit"), format_, wording=wording)
    assert errors(data, tmp_path / f"form{KIT.suffix(format_)}") == []


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize("name", ["neglect_case_audit", "section_11_self_assessment"])
def test_a_half_filled_form_that_is_sent_back_is_valid(name: str, format_: str, tmp_path: Path) -> None:
    form, path = KIT.form(name), tmp_path / f"half{KIT.suffix(format_)}"
    half = dict(list(filled(name).items())[::2])
    returned = KIT.read(KIT.render(form, format_, answers=nest(half)), form, name=path.name)
    assert len(returned.problems) > 10
    back = KIT.send_back(returned, form)
    assert back is not None
    assert errors(back, path) == []


def test_copies_of_a_round_and_its_collation_are_valid(tmp_path: Path) -> None:
    example = KIT.example("neglect_audit_round")
    round_ = KIT.round(example / "round.yaml")
    for issued, data in KIT.issue(round_):
        assert errors(data, tmp_path / f"copy{KIT.suffix(issued.format)}") == []
    collection = KIT.collect(round_, sorted((example / "returns").iterdir()))
    _, workbook = KIT.export(KIT.collate(collection))
    assert errors(workbook, tmp_path / "collation.xlsx") == []


@pytest.mark.parametrize("name", SHIPPED)
def test_no_two_things_of_one_kind_have_one_number_or_name(name: str) -> None:
    data = KIT.render(KIT.form(name), answers=nest(filled(name)), role=None)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    for kind in _NUMBERED:
        last = kind.rpartition("/")[2]
        elements = [one for one in body.iter(f"{_W}{last}") if "/" not in kind or one.getparent().tag == f"{_W}sdtPr"]  # type: ignore[union-attr]
        numbers = Counter(one.get(f"{_W}val") or one.get(f"{_W}id") for one in elements)
        assert [number for number, count in numbers.items() if count > 1] == []
    names = Counter(one.get(f"{_W}name") for one in body.iter(f"{_W}bookmarkStart"))
    assert [name for name, count in names.items() if count > 1] == []
    tags = Counter(one.get(f"{_W}val") for one in body.iter(f"{_W}tag"))
    assert [tag for tag, count in tags.items() if count > 1] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_another_library_sees_the_same_controls_with_the_same_answers(name: str) -> None:
    layout, answers = KIT.layout(KIT.form(name)), filled(name)
    data = KIT.render(layout.form, answers=nest(answers), role=None)
    seen = {one.tag: one for one in list_controls(docx.Document(io.BytesIO(data)))}
    printed = {mark.anchor for field in layout.fields for mark in (field.ticks or [field])}
    assert printed <= seen.keys()
    for key, value in answers.items():
        field = layout.field(key)
        assert field is not None
        if field.control is Control.SEVERAL_OF:
            ticked = {tick.level.code for tick in field.ticks if seen[tick.anchor].value is True}
            assert ticked == set(value)  # type: ignore[arg-type]  # several answers are a tuple
        elif field.control is Control.DATE:
            assert isinstance(seen[field.anchor].value, datetime)
            assert seen[field.anchor].value.date() == value  # type: ignore[union-attr]
        elif field.control is Control.ONE_OF:
            assert seen[field.anchor].value == show(field, value)
        elif field.control is Control.NUMBER:
            assert parse(field, str(seen[field.anchor].value)).value == value
        else:
            # it leaves out line breaks and tabs
            assert seen[field.anchor].value == show(field, value).replace("\n", "").replace("\t", "")
        assert seen[field.anchor if not field.ticks else field.ticks[0].anchor].alias


def test_what_another_library_sets_is_read() -> None:
    form = Form.model_validate(
        {
            "id": "f", "version": "1", "title": "F", "kind": "record", "owner": "O",
            "sections": [{"id": "s", "title": "S", "items": [
                {"id": "day", "type": "date", "ask": "Which day?"},
                {"id": "level", "type": "yes_no", "ask": "Was it done?"},
                {"id": "who", "type": "choices", "ask": "By whom?",
                 "scale": {"levels": [{"code": "a", "label": "Police"}, {"code": "b", "label": "Health"}]}},
                {"id": "name", "type": "text", "ask": "Who says so?"},
            ]}],
        }
    )  # fmt: skip
    layout = KIT.layout(form)
    day, level, who, name = layout.fields
    document = docx.Document(io.BytesIO(KIT.render(form)))
    set_control_value(document, day.anchor, datetime(2025, 3, 12))
    set_control_value(document, level.anchor, "Yes")
    set_control_value(document, who.ticks[1].anchor, True)
    with pytest.raises(ControlTypeError):  # it sets no text in controls that take paragraphs and formatting, as ours do
        set_control_value(document, name.anchor, "Early Help")
    saved = io.BytesIO()
    document.save(saved)
    returned = KIT.read(saved.getvalue(), form)
    assert (returned.data, returned.extras) == ({"day": "2025-03-12", "level": "yes", "who": ["b"]}, ())
