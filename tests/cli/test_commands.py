"""The command line is a contract that others script against."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qaf_forms import Toolkit
from qaf_forms.cli import cli, main

DEFINITION = """
id: small_audit
version: "1"
title: A small audit
kind: case_audit
owner: Anytown Safeguarding Partnership
sections:
  - id: core
    title: Core
    items:
      - {id: case_ref, type: text, ask: Audit case reference, required: true}
      - id: actions
        type: table
        ask: Actions
        columns:
          - {id: action, type: text, title: What will change}
          - {id: due, type: date, title: By when}
"""
ROUND = """
id: r1
form: small_audit
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients:
  - {agency: Anytown Police, format: word}
  - {agency: Anytown School, format: excel}
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small_audit.yaml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    return tmp_path


def exit_code(*arguments: str | Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["qaf-forms", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_forms_are_listed_with_id_version_kind_and_title(folder: Path) -> None:
    lines = run("--definitions", folder, "forms").output.splitlines()
    assert any(line.split()[:2] == ["small_audit@1", "case_audit"] and "A small audit" in line for line in lines)


def test_a_slip_of_the_pen_in_the_command_or_its_order_says_what_is_meant(folder: Path) -> None:
    misspelt = run("colate", folder)
    assert (misspelt.exit_code, "there is no command 'colate'; did you mean 'collate'?" in misspelt.output) == (2, True)
    behind = run("check", "--definitions", folder, folder / "small_audit.yaml")
    assert behind.exit_code == 2
    assert "--definitions stands before the name of the command: " in behind.output
    assert " --definitions FOLDER check ..." in behind.output


def test_forms_stand_by_kind_and_can_be_asked_for_by_kind(folder: Path) -> None:
    kinds = [line.split()[1] for line in run("forms").output.splitlines()]
    assert kinds == sorted(kinds)
    audits = run("--definitions", folder, "forms", "--kind", "case_audit").output.splitlines()
    assert {line.split()[1] for line in audits} == {"case_audit"}
    assert "small_audit@1" in [line.split()[0] for line in audits]
    assert "there are action_plan, assurance_request" in str(run("forms", "--kind", "case").exception)


def test_a_form_that_is_not_found_reminds_of_the_folder_that_it_may_be_in(folder: Path) -> None:
    assert "found with --definitions FOLDER" in str(run("render", "small_audit").exception)
    assert "--definitions" not in str(run("--definitions", folder, "render", "small_adit").exception)


def test_a_sound_definition_checks_with_0_and_a_faulty_one_with_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "small_audit.yaml"
    assert exit_code("check", path, monkeypatch=monkeypatch) == 0
    path.write_text(DEFINITION.replace("required: true", "requird: true"), encoding="utf-8")
    assert exit_code("check", path, monkeypatch=monkeypatch) == 1
    assert "small_audit.yaml:11:" in run("check", path).output
    assert "did you mean 'required'" in run("check", path).output


@pytest.mark.parametrize("arguments", [["render", "no_such_form"], ["read", "no-such-file.docx"], ["collate", "."]])
def test_what_cannot_run_ends_with_2_and_one_line(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert exit_code(*arguments, *(["-o", "out"] if arguments[0] == "collate" else []), monkeypatch=monkeypatch) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("format_", ["word", "excel", "text"])
def test_answers_rendered_are_answers_read(format_: str, folder: Path) -> None:
    answers = {"case_ref": "N-07", "actions": [{"action": "Visit weekly", "due": "2025-03-12"}]}
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    made = run(
        "render", folder / "small_audit.yaml", "--to", format_, "--answers", folder / "answers.json", "-o", folder
    )
    path = Path(made.output.strip())
    read = run("--definitions", folder, "read", path, "--json")
    written = json.loads(read.output)
    assert list(written) == ["file", "form", "version", "status", "stamp", "answers", "problems", "extras"]
    assert written["answers"] == answers
    assert written["status"] == "complete"
    again = folder / "read.json"
    again.write_text(read.output, encoding="utf-8")
    twice = run("render", folder / "small_audit.yaml", "--to", format_, "--answers", again, "-o", folder / "again")
    assert twice.exit_code == 0
    assert Path(folder / "again").exists()


def test_the_name_of_the_file_says_its_format(folder: Path) -> None:
    form = folder / "small_audit.yaml"
    assert run("render", form, "-o", folder / "Named.XLSX").exit_code == 0
    assert zipfile.ZipFile(folder / "Named.XLSX").namelist().count("xl/workbook.xml") == 1
    refused = run("render", form, "--to", "word", "-o", folder / "other.xlsx")
    assert refused.exit_code != 0
    assert not (folder / "other.xlsx").exists()
    assert "--to word writes .docx files" in str(refused.exception)
    assert "--to excel" in str(refused.exception)


def test_a_copy_for_one_role_is_rendered_and_read_as_its_own(folder: Path) -> None:
    definition = DEFINITION.replace("owner:", "roles: {agency: Agency, panel: Panel}\nowner:").replace(
        "sections:\n",
        "sections:\n  - {id: p, title: P, items: [{id: view, type: text, ask: View, filled_by: panel}]}\n",
    )
    (folder / "small_audit.yaml").write_text(definition, encoding="utf-8")
    (folder / "answers.json").write_text('{"case_ref": "N-07", "view": "Fair"}', encoding="utf-8")
    form = folder / "small_audit.yaml"
    options: list[str | Path] = ["--role", "panel", "--hide-others", "--answers", folder / "answers.json"]
    run("render", form, *options, "-o", folder / "panel.docx")
    written = json.loads(run("read", folder / "panel.docx", "--form", form, "--json").output)
    assert (written["answers"], written["status"], written["problems"]) == ({"view": "Fair"}, "complete", [])
    assert (written["stamp"]["role"], written["stamp"]["others"]) == ("panel", "hide")
    as_agency = json.loads(run("read", folder / "panel.docx", "--form", form, "--role", "agency", "--json").output)
    assert as_agency["status"] == "blank"


def test_problems_are_shown_with_where_and_what_to_do_and_end_with_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = folder / "blank.docx"
    run("render", folder / "small_audit.yaml", "-o", blank)
    shown = run("--definitions", folder, "read", blank).output
    assert "problem R101  section A, question A1" in shown
    assert "ask for it" in shown
    assert exit_code("--definitions", folder, "read", blank, monkeypatch=monkeypatch) == 1


def test_a_round_goes_out_comes_back_and_is_collated(folder: Path) -> None:
    definitions: list[str | Path] = ["--definitions", folder]
    assert run(*definitions, "issue", folder / "round.yaml", "-o", folder / "issued").exit_code == 0
    issued = sorted(path.name for path in (folder / "issued").iterdir())
    assert issued == ["small_audit-anytown-police.docx", "small_audit-anytown-school.xlsx"]
    (folder / "issued" / "noise.txt").write_text("not a form", encoding="utf-8")
    collected = run(*definitions, "collect", folder / "round.yaml", folder / "issued", "-o", folder / "collected")
    assert "Anytown Police" in collected.output
    assert "unreadable" in collected.output
    assert collected.output.endswith(f"\nnext, run `qaf-forms collate {folder / 'collected'} -o FOLDER`\n")
    lines = (folder / "collected" / "returns.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    formats = [argument for name in ("workbook", "csv", "json", "sqlite") for argument in ("--to", name)]
    assert run("collate", folder / "collected", "-o", folder / "collated", *formats).exit_code == 0
    assert {path.suffix for path in (folder / "collated").iterdir()} == {".xlsx", ".zip", ".json", ".sqlite"}


SCALES = "five:\n  levels: [{code: a, label: A}, {code: b, label: B}]\n"
USES_SCALE = (
    DEFINITION.replace("small_audit", "scaled")
    .replace("case_audit", "record")
    .replace("type: text, ask:", "type: choice, scale: five, ask:")
)


def test_check_says_of_each_kind_of_file_what_can_be_done_with_it(folder: Path) -> None:
    (folder / "blocks").mkdir()
    (folder / "blocks" / "own.yaml").write_text("block: own\nitems: [{id: x, type: text, ask: X?}]\n", encoding="utf-8")
    (folder / "scales.yaml").write_text(SCALES, encoding="utf-8")
    (folder / "small_audit.yaml").write_text(DEFINITION.replace("case_audit", "record"), encoding="utf-8")
    run("template", "-o", folder / "ours.docx")
    for name, said in (
        ("small_audit.yaml", "no faults; it can be issued"),
        ("blocks/own.yaml", "no faults; forms can use it"),
        ("scales.yaml", "no faults; forms can use them"),
        ("ours.docx", "no faults; files can be made from it"),
    ):
        assert said in run("check", folder / name).output


def test_check_takes_a_folder_with_what_its_forms_share_and_passes_over_rounds(folder: Path) -> None:
    (folder / "scales.yaml").write_text(SCALES, encoding="utf-8")
    (folder / "more").mkdir()
    (folder / "small_audit.yaml").write_text(DEFINITION.replace("case_audit", "record"), encoding="utf-8")
    (folder / "more" / "scaled.yaml").write_text(USES_SCALE, encoding="utf-8")
    (folder / "broken.yaml").write_text("id: broken\n title: [", encoding="utf-8")
    checked = run("check", folder)
    assert [line.partition(": ")[0] for line in checked.output.splitlines() if not line.startswith(" ")] == [
        str(folder / name) for name in ("broken.yaml", "more/scaled.yaml", "scales.yaml", "small_audit.yaml")
    ]
    assert checked.output.count("no faults") == 3
    (folder / "broken.yaml").unlink()
    assert "Traceback" not in run("check", folder).output


def test_a_folder_without_a_definition_is_said_to_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code("check", tmp_path, monkeypatch=monkeypatch) == 2
    assert "there is no definition in this folder" in capsys.readouterr().err


def test_new_starts_a_definition_that_checks(folder: Path) -> None:
    made = run("new", "supervision_audit", "--from", folder / "small_audit.yaml", "-o", folder)
    assert made.exit_code == 0
    form = Toolkit([folder]).form("supervision_audit")
    assert (form.id, form.version) == ("supervision_audit", "1")
    assert run("new", "Supervision!", "-o", folder).exit_code != 0


def test_plugins_are_shown_with_what_they_add() -> None:
    shown = run("plugins").output
    assert "reader word" in shown
    assert "exporter workbook" in shown


@pytest.mark.parametrize("statement", ["import qaf_forms", "from qaf_forms import Toolkit; Toolkit().forms()"])
def test_importing_and_listing_load_no_office_library(statement: str) -> None:
    _assert_loads_none(statement)


def test_help_loads_neither_office_libraries_nor_the_models() -> None:
    code = "from click.testing import CliRunner; from qaf_forms.cli import cli; CliRunner().invoke(cli, ['--help'])"
    _assert_loads_none(code, "pydantic", "ruamel")


def _assert_loads_none(statement: str, *others: str) -> None:
    names = ("docx", "docxtpl", "openpyxl", "lxml", *others)
    code = f"import sys; {statement}; print([name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
