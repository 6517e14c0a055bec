"""Headings, prompts, and what a form gives itself, in files that a real LibreOffice opened, changed and saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Form, Return, Status, Toolkit
from tests.office import fixtures
from tests.office.actions import AppendRow, DeleteRow, TypeInControl, TypeInExcel
from tests.office.office import Office

pytestmark = pytest.mark.libreoffice
office = fixtures.office
KIT = Toolkit()
MET = {"levels": [{"code": "met", "label": "Met"}, {"code": "partly", "label": "Partly met"}]}
FORM = Form.model_validate(
    {
        "id": "request",
        "version": "1",
        "title": "A request",
        "kind": "assurance_request",
        "owner": "A partnership",
        "scales": {"met": MET},
        "sections": [
            {
                "id": "all",
                "title": "All of it",
                "items": [
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Standards",
                        "columns": [
                            {"id": "owner", "title": "Owner", "type": "text"},
                            {"id": "since", "title": "Since", "type": "date"},
                            {"id": "target", "title": "Target", "type": "percent"},
                            {"id": "last", "title": "Last year", "type": "choice", "scale": "met"},
                            {"id": "now", "title": "This year", "type": "choice", "scale": "met"},
                        ],
                        "rows": [
                            {"title": "Policies", "help": "Those in force."},
                            {
                                "id": "policy",
                                "text": "There is a policy",
                                "descriptors": {"now": {"partly": "Some of those asked can find it. " * 10}},
                                "given": {"owner": "QA  group", "since": "12/03/2025", "target": 95, "last": "partly"},
                            },
                            {
                                "text": "Children are heard",
                                "reference": "Children Act 2004",
                                "prompts": [
                                    {"id": "plans", "text": "in plans", "given": {"target": "12.5%"}},
                                    {"id": "reviews", "text": "in reviews", "descriptors": {"now": {"met": "All"}}},
                                ],
                            },
                        ],
                    },
                    {
                        "id": "recs",
                        "type": "table",
                        "ask": "Recommendations",
                        "blank_rows": 2,
                        "prefill": {
                            "locked": ["ref", "text"],
                            "rows": [
                                {"ref": "007", "text": "See every child alone", "by": "The board"},
                                {"ref": "1.10", "text": "Use one plan"},
                                {"ref": "R3", "text": "Name one lead"},
                            ],
                        },
                        "columns": [
                            {"id": "ref", "title": "No.", "type": "text"},
                            {"id": "text", "title": "Recommendation", "type": "text"},
                            {"id": "by", "title": "Asked by", "type": "text"},
                            {"id": "done", "title": "What was done", "type": "paragraph"},
                        ],
                    },
                ],
            }
        ],
    }
)
GIVEN: dict[str, Any] = {
    "core": {
        "policy": {"owner": "QA  group", "since": "2025-03-12", "target": 95, "last": "partly"},
        "plans": {"target": 12.5},
    },
    "recs": [
        {"ref": "007", "text": "See every child alone"},
        {"ref": "1.10", "text": "Use one plan"},
        {"ref": "R3", "text": "Name one lead"},
    ],
}
TRIPS = {"word": [("docx",), ("odt", "docx"), ("rtf", "docx"), ("doc", "docx")], "excel": [("xlsx",), ("ods", "xlsx")]}
ANCHORS = {field.key: field.anchor for field in KIT.layout(FORM).fields}


def made(folder: Path, format_: str, answers: dict[str, Any] | None = None) -> Path:
    path = folder / f"issued{KIT.suffix(format_)}"
    path.write_bytes(KIT.render(FORM, format_, answers=answers))
    return path


def saved(office: Office, path: Path, suffixes: tuple[str, ...]) -> Return:
    for number, suffix in enumerate(suffixes):
        path = office.convert(path, path.with_name(f"{number}.{suffix}"))
    return KIT.read(path, FORM)


@pytest.mark.parametrize(("format_", "suffixes"), [(format_, trip) for format_ in TRIPS for trip in TRIPS[format_]])
def test_what_is_given_comes_back_with_the_answers_however_the_form_was_saved(
    office: Office, tmp_path: Path, format_: str, suffixes: tuple[str, ...]
) -> None:
    fresh = saved(office, made(tmp_path, format_), suffixes)
    proposed = [{**GIVEN["recs"][0], "by": "The board"}, *GIVEN["recs"][1:]]
    assert (fresh.status, fresh.data, fresh.extras, fresh.problems) == (
        Status.BLANK,
        {**GIVEN, "recs": proposed},
        (),
        (),
    )
    answers = {
        "core": {**GIVEN["core"], "reviews": {"now": "met"}},
        "recs": [*({**row, "done": f"Done\nin {number}"} for number, row in enumerate(GIVEN["recs"])), {"ref": "Ours"}],
    }
    returned = saved(office, made(tmp_path, format_, answers), suffixes)
    assert (returned.data, returned.extras, returned.problems) == (answers, (), ())


def test_rows_deleted_and_added_in_a_document_leave_the_others_what_they_are(office: Office, tmp_path: Path) -> None:
    path = office.fill_word(
        made(tmp_path, "word"),
        tmp_path / "filled.docx",
        [
            TypeInControl(tag=ANCHORS["recs[3].done"], text="Named in May"),
            AppendRow(bookmark=ANCHORS["recs[1].ref"], cells=("6", "Ours", "One more", "Us", "Begun")),
            DeleteRow(bookmark=ANCHORS["recs[2].ref"]),
        ],
    )
    returned = KIT.read(path, FORM)
    assert returned.data["recs"] == [
        {**GIVEN["recs"][0], "by": "The board"},
        GIVEN["recs"][1],
        {**GIVEN["recs"][2], "done": "Named in May"},
        {"ref": "Ours", "text": "One more", "by": "Us", "done": "Begun"},
    ]
    assert [(problem.code, problem.key) for problem in returned.problems] == [("R145", "recs[2].ref")]


def test_what_is_typed_beside_what_is_given_in_a_workbook_is_read(office: Office, tmp_path: Path) -> None:
    typed = [
        TypeInExcel(name=ANCHORS["core.plans.now"], text="Met"),
        TypeInExcel(name=ANCHORS["recs[2].done"], text="Used since June"),
        TypeInExcel(name=ANCHORS["recs[4].text"], text="One more"),
    ]
    returned = KIT.read(office.fill_excel(made(tmp_path, "excel"), tmp_path / "filled.xlsx", typed), FORM)
    assert returned.data["core"]["plans"] == {"target": 12.5, "now": "met"}
    assert returned.data["recs"][1] == {**GIVEN["recs"][1], "done": "Used since June"}
    assert returned.data["recs"][3] == {"text": "One more"}
    assert not returned.problems
