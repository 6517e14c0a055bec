"""Returns saved as .doc, .odt or .rtf, read by way of a real LibreOffice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qaf_forms import Form, Return, Toolkit
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Limits, Value
from qaf_forms.testing.contract import EVERYTHING
from qaf_forms_word import converting
from tests.office import fixtures
from tests.office.office import Office

office = fixtures.office
FORM = Form.model_validate(EVERYTHING)
ANSWERS: dict[str, Value] = {
    "case_ref": "N-07",
    "life": "Warm.\nFed.",
    "visits": 0,
    "seen_on": date(2025, 3, 12),
    "alone": "no",
    "overall": "na",
    "involved": ("police", "school"),
    "core.seen.answer": "partly",
    "core.seen.evidence": "Zoë’s words",
    "core.heard.answer": "met",
    "actions[1].action": "Visit weekly",
    "actions[2].due": date(2025, 6, 1),
}
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def saved_as(suffix: str, office: Office, folder: Path) -> Path:
    issued = folder / "form.docx"
    issued.write_bytes(Toolkit().render(FORM, "word", answers=nest(ANSWERS), role=None))
    return office.convert(issued, folder / f"return.{suffix}")


def codes(returned: Return) -> list[str]:
    return [problem.code for problem in returned.problems]


@pytest.mark.libreoffice
@pytest.mark.parametrize("suffix", ["odt", "rtf", "doc"])
def test_every_answer_comes_back(suffix: str, office: Office, tmp_path: Path) -> None:
    returned = Toolkit().read(saved_as(suffix, office, tmp_path), FORM)
    assert returned.values == ANSWERS
    assert returned.extras == ()
    assert returned.stamp is not None
    assert returned.file.format == "word"
    assert set(codes(returned)) <= {"R101"}


@pytest.mark.libreoffice
def test_a_file_that_libreoffice_cannot_open_is_reported() -> None:
    returned = Toolkit().read(OLD_WORD, FORM, name="police.doc")
    assert returned.status == "unreadable"
    assert codes(returned)[0] in ("F004", "F010", "F018")


@pytest.mark.libreoffice
def test_a_conversion_that_takes_too_long_is_stopped(office: Office, tmp_path: Path) -> None:
    path = saved_as("odt", office, tmp_path)
    returned = Toolkit(limits=Limits(office_seconds=0.05)).read(path, FORM)
    assert codes(returned) == ["F017"]


@pytest.mark.libreoffice
def test_nothing_of_a_return_is_left_behind(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved_as("odt", office, tmp_path)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setattr(converting, "_IN_MEMORY", str(folder))
    assert Toolkit().read(path, FORM).values == ANSWERS
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "what"), [(OLD_WORD, ".doc"), (b"{\\rtf1\\ansi hello}", ".rtf"), (b"PK\x03\x04" + b"\0" * 26 + b"mimetype"
    b"application/vnd.oasis.opendocument.text", ".odt")]
)  # fmt: skip
def test_without_libreoffice_the_way_out_is_named(data: bytes, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "_soffice", lambda: None)
    (problem,) = Toolkit().read(data, FORM).problems
    assert problem.code == "F001"
    assert what in problem.message
    assert "save it as .docx" in problem.fix


def test_macros_in_an_old_document_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Toolkit().render(FORM, "word", answers={"case_ref": "N-07"})
    monkeypatch.setattr(converting, "as_docx", lambda *given: made)
    monkeypatch.setattr("qaf_forms_word.formats.as_docx", lambda *given: made)
    returned = Toolkit().read(OLD_WORD + "_VBA_PROJECT".encode("utf-16-le"), FORM)
    assert returned.values == {"case_ref": "N-07"}
    assert "F008" in codes(returned)
