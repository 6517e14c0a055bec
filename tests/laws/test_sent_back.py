"""What goes back to an agency: its own answers as they were, and a remark at everything that it is asked about."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qaf_forms import Form, QafFormsError, Return, Toolkit
from qaf_forms.issue.remarks import is_remark, signed
from qaf_forms.plugin import Copy, Extra, Stamp, Value
from tests.cli.test_commands import exit_code

KIT = Toolkit()
FORMATS = ("word", "excel")
FORM = Form.model_validate(
    {
        "id": "f",
        "version": "1",
        "title": "A form",
        "kind": "case_audit",
        "owner": "A partnership",
        "sections": [
            {
                "id": "s",
                "title": "Section",
                "items": [
                    {"id": "name", "type": "text", "ask": "Name?", "required": True},
                    {"id": "visits", "type": "integer", "ask": "How many visits?"},
                    {"id": "seen", "type": "yes_no", "ask": "Was the child seen?"},
                    {"id": "who", "type": "choices", "ask": "Who was there?", "required": True,
                     "scale": {"levels": [{"code": "a", "label": "Mother"}, {"code": "b", "label": "Father"}]}},
                    {"id": "story", "type": "paragraph", "ask": "What happened?"},
                    {"id": "t", "type": "table", "ask": "Actions", "min_rows": 1, "blank_rows": 2,
                     "columns": [{"id": "what", "title": "What", "type": "text"},
                                 {"id": "due", "title": "By when", "type": "date"}]},
                ],
            }
        ],
    }
)  # fmt: skip
STAMP = Stamp("f", "1", KIT.layout(FORM).fingerprint, round="r", recipient="police", cover={"return_to": "a@b.example"})
ANSWERS: dict[str, Value] = {
    "story": "She was\nseen twice.",
    "t[1].what": "One",
    "t[2].what": "Two",
    "t[3].what": "Ring <them> & ask",
}
TYPED = {"visits": "lots", "seen": "perhaps", "t[3].due": "soon"}


def returned(format_: str, answers: dict[str, Value] = ANSWERS, typed: dict[str, str] = TYPED, **more: Any) -> Return:
    """A return with these answers, and with words in spaces that hold no answer."""
    copy = Copy(STAMP, answers, typed=typed, **more)
    (data,) = KIT._registry.renderer(format_).render(KIT.layout(FORM), [copy])
    return KIT.read(data, FORM, name="police")


def text_of(data: bytes) -> str:
    """Every text in a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return "\n".join(str(etree.tostring(etree.fromstring(part), encoding="unicode", method="text")) for part in parts)


def sent(format_: str, **more: Any) -> bytes:
    data = KIT.send_back(returned(format_, **more), FORM)
    assert data is not None
    return data


@pytest.mark.parametrize("format_", FORMATS)
def test_what_comes_back_unchanged_says_what_it_said_before(format_: str) -> None:
    first = returned(format_)
    again = KIT.read(sent(format_), FORM, name="police")
    assert again.values == first.values == ANSWERS
    assert {(one.code, one.key, one.value) for one in again.problems} == {
        (one.code, one.key, one.value) for one in first.problems
    }
    assert {one.key for one in first.problems} == {"name", "visits", "seen", "who", "t[3].due"}
    assert again.extras == ()
    assert again.stamp == replace(STAMP, copy="2")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_remark_says_what_was_written_and_what_to_do(format_: str) -> None:
    words = text_of(sent(format_))
    assert "You wrote “lots”; please give a whole number" in words or "please give a number, in digits only." in words
    assert "You wrote “perhaps”; please choose one of: Yes, No" in words
    assert "You wrote “soon”; please give a day, month and year, such as 12/03/2025." in words
    assert words.count("Please give an answer.") == {"word": 2, "excel": 4}[format_]  # Excel lists them as well


def test_in_word_the_comment_hangs_on_the_answer_that_it_is_about() -> None:
    with zipfile.ZipFile(io.BytesIO(sent("word"))) as package:
        body, comments = (package.read(f"word/{name}.xml").decode() for name in ("document", "comments"))
    found = dict(
        re.findall(
            r'<w:comment w:id="(\d+)" w:author="A partnership"(?:(?!</w:comment>).)*?“(lots|perhaps|soon)”', comments
        )
    )
    assert sorted(found.values()) == ["lots", "perhaps", "soon"]
    for number, typed in found.items():
        marked = re.search(rf'<w:commentRangeStart w:id="{number}"/>(.*?)<w:commentRangeEnd w:id="{number}"/>', body)
        assert marked is not None
        assert f">{typed}</w:t>" in marked[1]
    assert "w:date=" not in comments, "the same return goes back as the same bytes at any time of day"


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_written_beside_the_answers_is_asked_about(format_: str) -> None:
    one = returned(format_)
    data = KIT.send_back(replace(one, extras=(Extra("text", "page 2", "Please ring me"),)), FORM)
    assert data is not None
    assert "page 2: Please ring me" in text_of(data)
    assert KIT.read(data, FORM).extras == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_remark_that_somebody_wrote_into_is_theirs(format_: str) -> None:
    data = sent(format_)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(file, "w") as changed:
        for name in package.namelist():
            changed.writestr(
                name, package.read(name).replace(b"You wrote \xe2\x80\x9clots", b"It was 7. You wrote \xe2\x80\x9clots")
            )
    again = KIT.read(file.getvalue(), FORM)
    assert {extra.text.partition(" You")[0] for extra in again.extras} == {"It was 7."}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_return_that_leaves_nothing_open_is_not_sent_back(format_: str) -> None:
    answers: dict[str, Value] = {"name": "Z", "who": ("a",), "t[1].what": "Ring them"}
    one = returned(format_, answers, {})
    assert one.status == "complete"
    assert KIT.send_back(one, FORM) is None


def test_what_could_not_be_read_cannot_be_sent_back() -> None:
    with pytest.raises(QafFormsError, match=r"bad\.docx: there is nothing to send back: "):
        KIT.send_back(KIT.read(b"no form", name="bad.docx"))


@pytest.mark.parametrize("text", ["Please ring", "Please ring [ref. 00000000]", "[ref. 0]"])
def test_only_what_is_signed_is_a_remark(text: str) -> None:
    assert not is_remark(text)
    assert is_remark(signed(text))
    assert is_remark(f" {signed(text)}\n")
    assert not is_remark(signed(text) + " I did")
    assert not is_remark("I did. " + signed(text))


def test_the_command_writes_what_there_is_to_ask_and_says_what_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "blank.docx").write_bytes(KIT.render(KIT.form("exception_report")))
    (tmp_path / "broken.docx").write_bytes(b"PK")
    files = (tmp_path / "blank.docx", tmp_path / "broken.docx")
    assert exit_code("send-back", *files, "-o", tmp_path / "back", monkeypatch=monkeypatch) == 1
    said = capsys.readouterr().out
    assert f"blank.docx: {tmp_path / 'back' / 'blank.docx'}" in said
    assert "broken.docx: there is nothing to send back: " in said
    assert KIT.read(tmp_path / "back" / "blank.docx").status == "blank"
