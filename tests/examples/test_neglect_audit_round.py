"""The shipped example: real files, and all that must come out of them."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from examples.neglect_audit_round import make_returns

from qaf_forms import Return, Toolkit
from qaf_forms.cli import cli
from qaf_forms.collect.collection import Collection
from tests.office import Office

FOLDER = make_returns.FOLDER
ANSWERS = sorted((FOLDER / "answers").glob("*.json"))
SHOWN = ("agency", "case", "state", "days_late", "file", "counts", "counting_file")


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit()


@pytest.fixture(scope="module")
def collection(toolkit: Toolkit) -> Collection:
    return toolkit.collect(toolkit.round(FOLDER / "round.yaml"), sorted((FOLDER / "returns").iterdir()))


@pytest.fixture(scope="module")
def returns(collection: Collection) -> dict[str, Return]:
    return {Path(one.file.name).stem: one for one in collection.returns}


def test_the_register_is_as_expected(collection: Collection) -> None:
    expected = json.loads((FOLDER / "expected_register.json").read_text(encoding="utf-8"))
    assert [{name: row[name] for name in SHOWN} for row in collection.register.to_json()] == expected


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_every_answer_typed_comes_back(path: Path, returns: dict[str, Return]) -> None:
    typed = make_returns.answers_in(path.name)
    returned = returns[path.stem]
    if returned.status == "unreadable":
        assert [problem.code for problem in returned.problems] == ["F004"]
        return
    data = returned.data
    if path.stem == "audit_from_health":
        added = data["actions"].pop()
        assert added["action"] == make_returns.ADDED_ROW[1]
        assert added["due_on"] == "2025-09-01"
    assert data == typed


def test_what_was_written_beside_the_answers_is_kept_with_its_place(returns: dict[str, Return]) -> None:
    extras = {(extra.kind, extra.text): extra.place for extra in returns["Neglect audit FINAL v2"].extras}
    assert extras["text", make_returns.BESIDE]
    assert any(kind == "comment" and make_returns.COMMENT in text for kind, text in extras)
    assert not any(one.extras for name, one in returns.items() if name != "Neglect audit FINAL v2")


def test_the_files_were_saved_by_a_real_office_program(returns: dict[str, Return]) -> None:
    readable = [one for one in returns.values() if one.status != "unreadable"]
    assert all(one.file.application.startswith("LibreOffice") for one in readable)


def test_the_workbook_has_every_sheet_and_every_action_of_the_returns_that_count(
    toolkit: Toolkit, collection: Collection
) -> None:
    _, data = toolkit.export(toolkit.collate(collection))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    wanted = {"Register", "Answers by question", "Heat map", "Free text", "Actions", "To chase", "Extras", "Codebook"}
    assert wanted <= set(workbook.sheetnames)
    sheet = workbook["Actions"]
    shown = {(row[0].value, cell.value) for row in sheet.iter_rows() for cell in row}
    actions = [
        (entry.agency, action["action"])
        for entry, one in collection.register.counted_lines
        for action in one.data.get("actions", [])
    ]
    assert set(actions) <= shown
    assert ("Anytown Community Health Trust", make_returns.ADDED_ROW[1]) in actions


def test_no_two_agencies_tell_the_story_in_the_same_words(collection: Collection) -> None:
    evidence = Counter(
        answer.value
        for one in collection.register.counted
        for key, answer in one.answers.items()
        if key.endswith(".evidence") and len(str(answer.value)) > len("Every one of them in date.")
    )
    assert [text for text, count in evidence.items() if count > 1] == []


def test_the_demo_goes_the_whole_way(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["demo", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "7 of 8 have replied" in done.output
    assert len(list((tmp_path / "1-issued").iterdir())) == 8
    assert list((tmp_path / "3-collated").glob("*.xlsx"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["Riverside not known.docx", "audit_from_health.docx"])
def test_the_script_makes_a_return_that_says_the_same(
    office: Office, toolkit: Toolkit, returns: dict[str, Return], name: str, tmp_path: Path
) -> None:
    round_ = toolkit.round(FOLDER / "round.yaml")
    making = make_returns.Making.of(office, toolkit, round_, tmp_path)
    folder = tmp_path / "made"
    folder.mkdir()
    made = toolkit.read(make_returns.make(making, name, folder))
    committed = returns[Path(name).stem]
    assert (made.data, made.status) == (committed.data, committed.status)
