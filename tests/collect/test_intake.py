"""Taking in one file: which form it is, what it is if it is none, and that nothing stops a batch or leaks."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import BinaryIO

import pytest

from qaf_forms.collect.intake import Intake
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Anchor, Contents, Extra, Limits, Route
from tests.collect.printing import document, form_of, stamp_of, without

CANARY = "Kezia Canary, 14 Mill Lane"
SEEN = {"id": "seen", "type": "text", "ask": "Who has seen the child in the period?"}
FORM = form_of(SEEN)
LAYOUT = Layout(FORM)


class Given:
    """A reader of bytes that begin with `form`."""

    format = "given"
    suffixes: Sequence[str] = (".given",)

    def __init__(self, contents: Contents | Exception) -> None:
        self.contents = contents

    def recognises(self, data: bytes) -> bool:
        return data.startswith(b"form")

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        if isinstance(self.contents, Exception):
            raise self.contents
        return self.contents


class Known:
    def __init__(self, *layouts: Layout) -> None:
        self.layouts = layouts

    def form_for(self, form: str, version: str) -> Form | None:
        return next((layout.form for layout in self.layouts if layout.form.id == form), None)

    def wordings(self, form: Form) -> tuple[str, ...]:
        return ()

    def layout(self, form: Form, variant: str | None = None, only_for: str | None = None, wording: str = "") -> Layout:
        return next(layout for layout in self.layouts if layout.form is form)


def intake(contents: Contents | Exception, *known: Layout) -> Intake:
    return Intake({"given": Given(contents)}, Known(*(known or (LAYOUT,))), Limits())


def taken(contents: Contents | Exception, expected: Layout | None = None, *known: Layout) -> Return:
    return intake(contents, *(known or (expected or LAYOUT,))).read("a.given", b"form", expected)


def codes(one: Return) -> list[str]:
    return [problem.code for problem in one.problems]


def test_the_stamp_says_which_form_it_is() -> None:
    one = taken(document(LAYOUT, {"seen": "the nurse"}))
    assert (one.form, one.version, one.values, one.problems) == ("audit", "1", {"seen": "the nurse"}, ())
    assert one.file.format == "given"


def test_the_stamp_can_be_the_visible_line_alone() -> None:
    contents = document(LAYOUT, {"seen": "the nurse"})
    contents.properties = {}
    line = Stamp("audit", "1", LAYOUT.fingerprint, "r1", "police").line
    contents.loose.append(Extra("footer", "the footer", line))
    one = taken(contents)
    assert one.recipient == "police"
    assert (one.problems, one.extras) == ((), ())


def test_without_any_stamp_the_expected_form_is_read_and_that_is_said() -> None:
    contents = document(LAYOUT, {"seen": "the nurse"})
    contents.properties = {}
    one = taken(contents, LAYOUT)
    assert (one.values, codes(one)) == ({"seen": "the nurse"}, ["F014"])


def test_a_file_with_nothing_of_the_form_in_it_is_not_this_form() -> None:
    assert codes(taken(Contents({}, []), LAYOUT)) == ["F010"]
    assert codes(taken(Contents({}, []))) == ["F010"]


def test_a_stamped_file_that_lost_every_space_keeps_its_text() -> None:
    contents = Contents(stamp_of(LAYOUT).properties, [], [Extra("paragraph", "paragraph 1", "the nurse")])
    one = taken(contents)
    assert one.status is Status.BLANK
    assert [extra.text for extra in one.extras] == ["the nurse"]


def test_an_unknown_form_is_named() -> None:
    contents = document(LAYOUT)
    contents.properties = Stamp("other_audit", "7", "0").properties
    one = taken(contents)
    assert (codes(one), one.problems[0].message) == (
        ["F011"],
        "the file says it is other_audit version 7, which is not known here",
    )


def test_another_form_than_the_expected_one_is_read_as_what_it_is() -> None:
    other = Layout(form_of(SEEN, id="other_audit"))
    one = taken(document(other, {"seen": "the nurse"}), LAYOUT, LAYOUT, other)
    assert (one.form, codes(one), one.values) == ("other_audit", ["F013"], {"seen": "the nurse"})


def test_another_version_is_read_by_the_one_that_is_known() -> None:
    older = Layout(form_of({**SEEN, "id": "seen_by"}, {**SEEN, "id": "gone", "ask": "What else?"}, version="0.9"))
    one = taken(document(older, {"seen_by": "the nurse", "gone": "nothing"}))
    assert codes(one) == ["F012"]
    assert one.values == {}
    assert [extra.text for extra in one.extras if extra.text not in ("A2", "What else?")] == ["the nurse", "nothing"]


def test_a_change_without_a_new_version_is_said() -> None:
    changed = Layout(form_of(SEEN, {"id": "more", "type": "text", "ask": "What else?"}))
    assert "F015" in codes(taken(document(changed, {"seen": "the nurse"})))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "F002", "empty"),
        (b"%PDF-1.7", "F001", "a PDF"),
        (b"{\\rtf1", "F001", "rich text"),
        (b"\x89PNG\r\n", "F001", "a picture"),
        (b"\xff\xd8\xff\xe0", "F001", "a picture"),
        (b"II*\x00", "F001", "a scan"),
        (b"Rar!\x1a\x07", "F001", "an archive"),
        (b"7z\xbc\xaf\x27\x1c", "F001", "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "F001", "an old Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "F001", "an old office file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            "F001",
            "an Outlook message",
        ),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "F001", "OpenDocument text"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "F001", "OpenDocument sheet"),
        (b"PK\x03\x04" + b"\0" * 100, "F004", "cut short"),
        (b"PK\x03\x04" + b"\0" * 100 + b"PK\x05\x06" + b"\0" * 18, "F001", "a zip archive"),
        (b"<!DOCTYPE html><html>", "F001", "a web page"),
        (b"\xef\xbb\xbf  <html>", "F001", "a web page"),
        (b"Received: from mail", "F001", "an e-mail"),
        (b"Date: Mon\r\nFrom: a@b.org\r\nSubject: x\r\n", "F001", "an e-mail"),
        (b"<table><tr><td>A1</td></tr></table>", "F001", "a web page"),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "F001", "a web page that a program named as"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "F001", "XML spreadsheet of 2003"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "F001", "Word document in XML"),
        (b'<office:document mimetype="application/vnd.oasis.opendocument.spreadsheet"/>', "F001", "OpenDocument sheet"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "F001", "a web archive"),
        (b"[InternetShortcut]\r\nURL=https://example.org/\r\n", "F001", "a link to a file"),
        (b'{"url": "https://docs.google.com/open?id=1"}', "F001", "a link to a file"),
        (b"L\0\0\0\x01\x14\x02\0\0\0", "F001", "a link to a file"),
        (b"PK\x03\x04" + b"Index/Document.iwa" + b"PK\x05\x06" + b"\0" * 18, "F001", "Apple Numbers"),
        (b"\x08A Person".ljust(165), "F001", "beside an open file"),
        (b"\x08A Person".ljust(55) + b"\x08\0A\0".ljust(110, b"\0"), "F001", "beside an open file"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "F001", "a picture"),
        (b"GIF89a", "F001", "a picture"),
        (b"\0" * 4000, "F004", "nothing but zeros"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le")
            + "DRMEncryptedTransform".encode("utf-16-le"),
            "F020",
            "encrypted for certain people",
        ),
        (b"ref,answer\nA1,Yes\n", "F001", "plain text or CSV"),
        ("ref\tanswer\nA1\tYes\n".encode("utf-16"), "F001", "plain text or CSV"),
        (b"\x00\x01\x02\x03", "F001", "not known here"),
    ],
)
def test_what_is_no_form_is_named_with_the_way_out(data: bytes, code: str, words: str) -> None:
    one = intake(document(LAYOUT)).read("return.docx", data)
    (problem,) = one.problems
    assert one.status is Status.UNREADABLE
    assert problem.code == code
    assert words in problem.message
    assert problem.fix
    assert one.file.size == len(data)
    assert len(one.file.sha256) == 64


def test_a_file_over_the_limit_is_not_opened() -> None:
    small = Intake({"given": Given(RuntimeError("opened"))}, Known(LAYOUT), Limits(file_size=10))
    one = small.read("a.given", b"form" * 10)
    assert codes(one) == ["F003"]


def test_without_any_plugin_the_message_says_so() -> None:
    one = Intake({}, Known(LAYOUT), Limits()).read("a.csv", b"a,b\n")
    assert "no format plugin is installed" in one.problems[0].fix


def test_answers_stand_in_no_log_line_and_no_problem_when_a_reader_fails(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    try:
        raise ValueError(f"cannot parse {CANARY!r}") from KeyError(CANARY)
    except ValueError as error:
        one = taken(error)
    assert codes(one) == ["F016"]
    assert "ValueError" in one.problems[0].message
    assert caplog.records
    assert CANARY not in caplog.text
    assert CANARY not in str(one)


def test_a_failure_while_locating_leaks_nothing_either(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def fail(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("qaf_forms.collect.locating.Locator.locate", fail)
    one = taken(document(LAYOUT, {"seen": CANARY}))
    assert codes(one) == ["F016"]
    assert CANARY not in caplog.text
    assert CANARY not in str(one)


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), OSError("x"), UnicodeDecodeError("u", b"", 0, 1, "")]
)
def test_whatever_goes_wrong_in_a_reader_is_one_unreadable_return(error: Exception) -> None:
    assert taken(error).status is Status.UNREADABLE


def test_the_indexes_of_variants_that_files_make_up_are_not_kept_for_ever() -> None:
    contents = document(LAYOUT)
    one = intake(contents)
    for number in range(500):
        contents.properties = Stamp("audit", "1", LAYOUT.fingerprint, variant=f"v{number}").properties
        one.read("a.given", b"form", LAYOUT)
    assert len(one._lenses) <= 200


def test_no_key_in_a_file_is_too_strange_to_read() -> None:
    column = {"id": "due", "title": "By when", "type": "text"}
    layout = Layout(form_of(SEEN, {"id": "actions", "type": "table", "ask": "Actions", "columns": [column]}))
    for name in ("actions[" + "9" * 5000 + "].due", "actions[0].due", "seen#", "[]", "", "seen[1].x", "#", "seen#no"):
        contents = without(document(layout, {"seen": "the nurse"}), Route.TAG, Route.BOOKMARK)
        contents.tables[0].rows[1][2].anchors = (Anchor(Route.KEY, name),)
        one = taken(contents, layout)
        assert one.status is not Status.UNREADABLE
        assert "the nurse" in [*one.values.values(), *(extra.text for extra in one.extras)]
