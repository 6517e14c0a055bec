"""What a form makes by itself, and copies of which some stay empty, in files that LibreOffice filled in and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Form, Return, Status, Toolkit
from tests.office import Office
from tests.office.actions import ChooseInControl, TickControl, TypeInControl, TypeInExcel

pytestmark = pytest.mark.libreoffice
KIT = Toolkit()
WHO = {
    "levels": [
        {"code": "us", "label": "Our own agency"},
        {"code": "other", "label": "Another agency", "specify": "Which agency?"},
        {"code": "abroad", "label": "Abroad", "specify": "Which country?"},
    ]
}
FORM = Form.model_validate(
    {
        "id": "companions",
        "version": "1",
        "title": "Who did what",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "scales": {"who": WHO},
        "sections": [
            {
                "id": "all",
                "title": "All of it",
                "items": [
                    {"id": "led", "type": "choice", "scale": "who", "ask": "Who led?", "required": True},
                    {"id": "helped", "type": "choices", "scale": "who", "ask": "Who helped?", "comment": True},
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Standards",
                        "columns": [
                            {"id": "by", "type": "choice", "scale": "who", "title": "By whom", "under": "Check"},
                            {"id": "note", "type": "paragraph", "title": "Note"},
                        ],
                        "rows": [{"id": "seen", "text": "Children are seen"}, {"id": "heard", "text": "And heard"}],
                    },
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "blank_rows": 2,
                        "columns": [{"id": "lead", "type": "choice", "scale": "who", "title": "Lead"}],
                    },
                    {
                        "id": "child",
                        "type": "group",
                        "ask": "Each child",
                        "each": "Child",
                        "copies": 3,
                        "min_copies": 1,
                        "items": [
                            {"id": "code", "type": "text", "ask": "Code of the child", "required": True},
                            {"id": "seen_by", "type": "choice", "scale": "who", "ask": "Who saw the child?"},
                        ],
                    },
                    {
                        "id": "judgement",
                        "type": "group",
                        "ask": "Your judgement",
                        "copies": 2,
                        "titles": ["At the start", "After three months"],
                        "items": [
                            {"id": "grade", "type": "text", "ask": "How good is the help?"},
                            {"id": "changed", "type": "paragraph", "ask": "What has changed?", "in_copies": [2]},
                        ],
                    },
                ],
            }
        ],
    }
)
ANSWERS: dict[str, Any] = {
    "led": "other",
    "led_specify": "Knitting “club” & friends",
    "helped": ["us", "abroad"],
    "helped_specify": "France",
    "helped_comment": "Twice.\nThen not again.",
    "core": {"seen": {"by": "abroad", "by_specify": "Éire", "note": "=1+1"}, "heard": {"by": "us"}},
    "actions": [
        {"lead": "other", "lead_specify": "Scouts"},
        {"lead": "us"},
        {"lead": "abroad", "lead_specify": "Peru"},
    ],
    "child": [{"code": "C1", "seen_by": "other", "seen_by_specify": "A coach"}, {"code": "C2"}],
    "judgement": [{"grade": "Fair"}, {"changed": "A new\nworker"}],
}
WAYS = [("word", (".docx",)), ("word", (".odt", ".docx")), ("excel", (".xlsx",)), ("excel", (".ods", ".xlsx"))]
TICKS = {tick.level.code: tick.anchor for field in KIT.layout(FORM).fields for tick in field.ticks}


def anchor(key: str) -> str:
    field = KIT.layout(FORM).field(key)
    assert field is not None
    return field.anchor


def rendered(folder: Path, format_: str, answers: dict[str, Any]) -> Path:
    path = folder / f"form{KIT.suffix(format_)}"
    path.write_bytes(KIT.render(FORM, format_, answers=answers))
    return path


def said(returned: Return) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in returned.problems]


@pytest.mark.parametrize(("format_", "suffixes"), WAYS)
def test_every_answer_comes_back_however_the_file_was_saved(
    office: Office, tmp_path: Path, format_: str, suffixes: tuple[str, ...]
) -> None:
    path = rendered(tmp_path, format_, ANSWERS)
    for number, suffix in enumerate(suffixes):
        path = office.convert(path, tmp_path / f"saved_{number}{suffix}")
    returned = KIT.read(path, FORM)
    assert returned.data == ANSWERS
    assert (returned.extras, said(returned), returned.status) == ((), [], Status.COMPLETE)


def test_what_was_chosen_and_typed_in_word_comes_back_without_gaps(office: Office, tmp_path: Path) -> None:
    path = office.fill_word(
        rendered(tmp_path, "word", {}),
        tmp_path / "filled.docx",
        [
            ChooseInControl(tag=anchor("led"), choice="Another agency"),
            TickControl(tag=TICKS["abroad"]),
            TypeInControl(tag=anchor("helped_specify"), text="France"),
            ChooseInControl(tag=anchor("core.heard.by"), choice="Another agency"),
            TypeInControl(tag=anchor("core.heard.by_specify"), text="Scouts"),
            TypeInControl(tag=anchor("child[3].code"), text="C3"),
        ],
    )
    returned = KIT.read(path, FORM)
    assert returned.data == {
        "led": "other",
        "helped": ["abroad"],
        "helped_specify": "France",
        "core": {"heard": {"by": "other", "by_specify": "Scouts"}},
        "child": [{"code": "C3"}],
    }
    assert (said(returned), returned.extras) == ([("R101", "led_specify")], ())


def test_words_typed_into_the_choice_itself_in_a_workbook_are_understood(office: Office, tmp_path: Path) -> None:
    path = office.fill_excel(
        rendered(tmp_path, "excel", {}),
        tmp_path / "filled.xlsx",
        [
            TypeInExcel(name=anchor("led"), text="Another agency: knitting club"),
            TypeInExcel(name=anchor("actions[1].lead"), text="Abroad (Peru)"),
            TypeInExcel(name=anchor("child[2].code"), text="C2"),
        ],
    )
    returned = KIT.read(path, FORM)
    assert returned.data == {
        "led": "other",
        "led_specify": "knitting club",
        "actions": [{"lead": "abroad", "lead_specify": "Peru"}],
        "child": [{"code": "C2"}],
    }
    assert said(returned) == [("R117", "led"), ("R117", "actions[1].lead")]
    assert returned.status is Status.COMPLETE
