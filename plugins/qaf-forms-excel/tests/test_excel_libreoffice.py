"""Forms that LibreOffice opened, filled in and saved, and by way of other formats."""

import io
from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Form, Limits, Stamp, Toolkit
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Copy, Layout, Route
from qaf_forms.testing.contract import EVERYTHING
from qaf_forms_excel.reading import ExcelReader
from qaf_forms_excel.rendering import ExcelRenderer
from tests.office import actions
from tests.office.fixtures import office
from tests.office.office import Office

__all__ = ["office"]
pytestmark = pytest.mark.libreoffice

FORM = Form.model_validate(EVERYTHING)
LAYOUT = Layout(FORM)
AGENCIES = {"levels": [{"code": code, "label": code.title()} for code in ("police", "care", "school", "housing")]}
WHO = {"id": "who", "title": "Who was involved?", "type": "choices", "scale": AGENCIES}
NOTE = {"id": "note", "title": "Notes", "type": "text"}
ROWS = [{"id": one, "text": f"Was the child {one}?"} for one in ("seen", "heard", "told")]
TICKS = Form.model_validate(
    {
        "id": "ticks",
        "version": "1",
        "title": "Ticks",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "sections": [
            {
                "id": "s",
                "title": "Questions",
                "items": [
                    {"id": "core", "type": "grid", "ask": "Meetings", "columns": [WHO, NOTE], "rows": ROWS},
                    {"id": "actions", "type": "table", "ask": "Actions", "blank_rows": 2, "columns": [NOTE, WHO]},
                ],
            }
        ],
    }
)
TICKED: dict[str, Any] = {
    "core": {"seen": {"who": ["police", "school"], "note": "=1"}, "told": {"note": "By letter"}},
    "actions": [{"note": "Call", "who": ["care"]}, {"who": ["police"]}],
}
TRICKY = "=1+1\n  _x000D_ and  007 O’Neill “said” 🙂"
ANSWERS: dict[str, Any] = {
    "case_ref": "007",
    "life": TRICKY,
    "visits": 0,
    "hours": 2.5,
    "seen_on": "2025-03-12",
    "alone": "no",
    "overall": "na",
    "involved": ["police", "school"],
    "reply_to": "a.person@example.org",
    "core": {"seen": {"answer": "partly", "evidence": "+44"}, "heard": {"answer": "met"}, "plans": {"answer": "na"}},
    "actions": [{"action": "Visit weekly", "due": "2025-06-01"}, {"action": "12/03/2025"}, {"action": "Added"}],
}


def filled(folder: Path, answers: dict[str, Any]) -> Path:
    path = folder / "form.xlsx"
    path.write_bytes(Toolkit().render(FORM, "excel", answers=answers))
    return path


@pytest.mark.parametrize("way", [(), (".ods",), (".xls",)], ids=lambda way: "xlsx" + "".join(way))
def test_answers_survive_being_saved(office: Office, tmp_path: Path, way: tuple[str, ...]) -> None:
    path = filled(tmp_path, ANSWERS)
    for number, suffix in enumerate([*way, ".xlsx"]):
        path = office.convert(path, tmp_path / f"saved_{number}{suffix}")
    returned = Toolkit().read(path, FORM)
    assert nest(returned.values) == ANSWERS
    by_name = {key for key, answer in returned.answers.items() if answer.route is Route.NAME}
    assert returned.answers.keys() - by_name == {"actions[3].action"}  # a row more than the form prints
    assert returned.extras == ()


@pytest.mark.parametrize("way", [(), (".ods",)], ids=lambda way: "xlsx" + "".join(way))
def test_ticks_side_by_side_survive_being_filled_in_and_saved(
    office: Office, tmp_path: Path, way: tuple[str, ...]
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(Toolkit().render(TICKS, "excel", answers=TICKED))
    layout = Layout(TICKS)
    ticks = {(field.key, tick.level.code): tick.anchor for field in layout.fields for tick in field.ticks}
    typed = [actions.TypeInExcel(name=ticks["core.told.who", "school"], text="X")]
    path = office.fill_excel(path, tmp_path / "filled.xlsx", typed)
    for number, suffix in enumerate([*way, ".xlsx"]):
        path = office.convert(path, tmp_path / f"saved_{number}{suffix}")
    returned = Toolkit().read(path, TICKS)
    core = {**TICKED["core"], "told": {**TICKED["core"]["told"], "who": ["school"]}}
    assert nest(returned.values) == {**TICKED, "core": core}
    assert {answer.route for key, answer in returned.answers.items() if ".who" in key} == {Route.NAME}
    assert returned.extras == ()


def test_a_tab_is_lost_by_way_of_ods_and_nothing_else(office: Office, tmp_path: Path) -> None:
    path = office.convert(filled(tmp_path, {"life": "before\tafter"}), tmp_path / "saved.ods")
    returned = Toolkit().read(office.convert(path, tmp_path / "saved.xlsx"), FORM)
    assert returned.values == {"life": "beforeafter"}


def test_a_blank_form_that_was_saved_is_still_blank(office: Office, tmp_path: Path) -> None:
    returned = Toolkit().read(office.convert(filled(tmp_path, {}), tmp_path / "saved.xlsx"), FORM)
    assert returned.values == {}
    assert returned.extras == ()


def test_what_is_typed_is_what_is_read(office: Office, tmp_path: Path) -> None:
    def name(key: str) -> str:
        field = LAYOUT.field(key)
        assert field is not None
        return field.anchor

    typed = [
        actions.TypeInExcel(name=name("case_ref"), text="00123"),
        actions.TypeInExcel(name=name("seen_on"), text="3/4/25"),
        actions.TypeInExcel(name=name("visits"), text="12"),
        actions.TypeInExcel(name=name("alone"), text="Yes"),
        actions.TypeInExcel(name=name("core.seen.evidence"), text="=1+1"),
        actions.AddNote(name=name("life"), text="Ask the school."),
    ]
    path = office.fill_excel(filled(tmp_path, {}), tmp_path / "saved.xlsx", typed)
    returned = Toolkit().read(path, FORM)
    assert nest(returned.values) == {
        "case_ref": "00123",
        "visits": 12,
        "seen_on": "2025-04-03",
        "alone": "yes",
        "core": {"seen": {"evidence": "=1+1"}},
    }
    assert [(extra.kind, extra.place, extra.text) for extra in returned.extras] == [
        ("note", "sheet 'A Questions', cell D6", "Ask the school.")
    ]


def test_the_key_marks_survive_being_saved(office: Office, tmp_path: Path) -> None:
    path = office.convert(filled(tmp_path, ANSWERS), tmp_path / "saved.xlsx")
    contents = ExcelReader().read(io.BytesIO(path.read_bytes()), Limits())
    keys = {
        anchor.name
        for table in contents.tables
        for row in table.rows
        for cell in row
        for anchor in cell.anchors
        if anchor.route is Route.KEY
    }
    assert {"case_ref", "involved#police", "core.heard.evidence", "actions[]", "actions[3].due"} <= keys


def test_a_stamp_survives_by_way_of_xls(office: Office, tmp_path: Path) -> None:
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "round_1", "police", cover={"case": "N-07"})
    path = tmp_path / "form.xlsx"
    path.write_bytes(next(iter(ExcelRenderer().render(LAYOUT, [Copy(stamp)]))))
    path = office.convert(office.convert(path, tmp_path / "form.xls"), tmp_path / "saved.xlsx")
    assert Toolkit().read(path, FORM).stamp == stamp
