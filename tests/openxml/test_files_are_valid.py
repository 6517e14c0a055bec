"""Whatever is written is as the standard says, by the validator of Microsoft's own library for such files.

Word and Excel offer to repair what is not.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from qaf_forms import Look, Print, Toolkit
from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.openxml.installation import Validator, validator_or_skip

SUFFIXES = {"word": ".docx", "excel": ".xlsx"}
AUDIT, VOICE, SCORES = "neglect_case_audit", "student_voice_audit", "section_11_self_assessment"
LOGO = (Path(__file__).resolve().parents[2] / "docs" / "pictures" / "word-cover.png").read_bytes()
LOOKS = {
    "large print": Look(print=Print.LARGE),
    "easy read": Look(print=Print.EASY_READ),
    "own colour and logo": Look(colour="#7A1F3D", logo=LOGO, logo_text="Anytown Partnership"),
    "only spaces": Look(only_spaces=True),
}


@pytest.fixture(scope="session")
def validator() -> Validator:
    return validator_or_skip()


@pytest.fixture
def faults(validator: Validator, tmp_path: Path) -> Faults:
    return Faults(validator, tmp_path)


class Faults:
    """Says what is wrong with the content of a file."""

    def __init__(self, validator: Validator, folder: Path) -> None:
        self._validator, self._folder = validator, folder

    def __call__(self, data: bytes, format_: str) -> list[str]:
        path = self._folder / f"written{SUFFIXES[format_]}"
        path.write_bytes(data)
        return self._validator.faults(path)


def test_the_validator_sees_a_fault(faults: Faults) -> None:
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(KIT.render(KIT.form(AUDIT), "excel"))) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content.replace(b"<sheetData>", b"<mergeCells/><sheetData>"))
    assert any("unexpected child element" in fault for fault in faults(spoilt.getvalue(), "excel"))


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_with_answers_is_valid(name: str, format_: str, faults: Faults) -> None:
    data = KIT.render(KIT.form(name), format_, answers=nest(filled(name)), role=None)
    assert faults(data, format_) == []


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("look", LOOKS)
def test_a_form_in_another_look_is_valid(look: str, format_: str, faults: Faults) -> None:
    assert faults(KIT.render(KIT.form(AUDIT), format_, look=LOOKS[look]), format_) == []


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("wording", KIT.wordings(KIT.form(VOICE)))
def test_a_form_in_other_words_is_valid(wording: str, format_: str, faults: Faults) -> None:
    assert faults(KIT.render(KIT.form(VOICE), format_, wording=wording), format_) == []


@pytest.mark.parametrize("format_", SUFFIXES)
@pytest.mark.parametrize("name", [AUDIT, SCORES])
def test_what_is_sent_back_is_valid(name: str, format_: str, faults: Faults) -> None:
    form = KIT.form(name)
    half = dict(list(filled(name).items())[::2])
    returned = KIT.read(KIT.render(form, format_, answers=nest(half)), form, name=f"half{SUFFIXES[format_]}")
    assert len(returned.problems) > 10
    sent_back = KIT.send_back(returned, form)
    assert sent_back is not None
    assert faults(sent_back, format_) == []


def test_copies_of_a_round_and_its_collation_are_valid(faults: Faults) -> None:
    toolkit = Toolkit()
    example = toolkit.example("neglect_audit_round")
    round_ = toolkit.round(example / "round.yaml")
    for issued, data in toolkit.issue(round_):
        assert faults(data, issued.format) == []
    collection = toolkit.collect(round_, sorted((example / "returns").iterdir()))
    _, workbook = toolkit.export(toolkit.collate(collection))
    assert faults(workbook, "excel") == []
