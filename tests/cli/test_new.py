"""`qaf-forms new`: the next audit is there but for its questions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from qaf_forms import Toolkit
from qaf_forms.cli import cli
from qaf_forms.define.yaml_source import read_file

AREAS = ("lived", "early", "working", "governance")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def schema_of(path: Path) -> Path:
    """The schema that the first line of a definition names."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return path.parent / first.removeprefix("# yaml-language-server: $schema=")


@pytest.mark.parametrize("about", ["child", "adult"])
def test_a_thematic_audit_has_head_case_nil_return_four_areas_and_close_and_nothing_to_mend(
    about: str, tmp_path: Path
) -> None:
    made = run("new", "missing", "--about", about, "--title", 'Audit: "missing" people', "-o", tmp_path)
    assert made.exit_code == 0, made.output
    path = tmp_path / "missing.yaml"
    toolkit = Toolkit([tmp_path])
    left = [(problem.code, problem.value) for problem in toolkit.check(path)]
    assert left == [("D066", "YOUR PARTNERSHIP"), ("D066", "YOUR QUESTIONS")]
    form = toolkit.form("missing")
    assert (form.title, form.version, form.kind) == ('Audit: "missing" people', "1", "case_audit")
    assert form.nil_return is not None
    grids = {item.id: item for item in form.items() if item.type == "grid"}
    assert [section.id for section in form.sections] == [
        *("head", "case", "lived_experience", "early_identification", "partnership_working", "governance_area"),
        *("overall", "sign_off"),
    ]
    core = toolkit.form("child_exploitation_case_audit" if about == "child" else "self_neglect_case_audit")
    for area in AREAS:
        shared = next(item for item in core.items() if item.id == area)
        own = [row.id for row in grids[area].asked]
        assert own[:-1] == [row.id for row in shared.asked], "the core questions, then the example of the theme's own"
        assert {f"{area}_grade", f"{area}_moderated"} <= {item.id for item in form.items()}


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_the_new_audit_renders_and_reads_back(format_: str, tmp_path: Path) -> None:
    run("new", "missing", "-o", tmp_path)
    toolkit = Toolkit([tmp_path])
    form = toolkit.form("missing")
    answers = {"agency": "Police", "lived": {"safe_adult": {"answer": "no", "evidence": "Asked on 3 May"}}}
    returned = toolkit.read(toolkit.render(form, format_, answers=answers), form)
    assert (returned.data, returned.extras) == (answers, ())


def test_an_author_writes_the_questions_of_the_theme_and_nothing_else(tmp_path: Path) -> None:
    run("new", "missing", "-o", tmp_path)
    path = tmp_path / "missing.yaml"
    written = path.read_text(encoding="utf-8")
    example = written[written.index("          - id: safe_adult") : written.index("      - use: area_judgement")]
    mine = """\
          - id: return_talk
            text: Was the child offered a talk with somebody they trust after each return?
          - {id: push_and_pull, text: Does the record say what drew the child away?, help: People as well as places.}
"""
    path.write_text(written.replace(example, mine), encoding="utf-8")
    toolkit = Toolkit([tmp_path])
    assert {problem.code for problem in toolkit.check(path)} == {"D066"}
    (lived,) = (item for item in toolkit.form("missing").items() if item.id == "lived")
    assert [row.id for row in lived.asked][-2:] == ["return_talk", "push_and_pull"]


def test_what_nobody_has_written_yet_is_told_line_by_line_until_it_is(tmp_path: Path) -> None:
    run("new", "missing", "-o", tmp_path)
    path = tmp_path / "missing.yaml"
    said = run("check", path).output
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, start=1) if line.startswith("owner:"))
    assert f"note D066  {path}:{number}:8: it still says YOUR PARTNERSHIP here\n" in said
    left = [str(number) for number, line in enumerate(lines, start=1) if "# YOUR QUESTIONS" in line]
    assert (
        f"{path}:{left[0]}:9: it still says YOUR QUESTIONS here, and on lines {', '.join(left[1:-1])} and {left[-1]}"
        in said
    )
    assert run("check", path).exit_code == 0, "a form can be tried before it is finished"
    written = path.read_text(encoding="utf-8").replace("YOUR PARTNERSHIP", "Ours")
    path.write_text(
        "\n".join(re.sub(r"# YOUR QUESTIONS.*", "", line) for line in written.splitlines()), encoding="utf-8"
    )
    assert run("check", path).output == f"{path}: no faults; it can be issued\n"


def test_the_first_line_leads_an_editor_to_the_schema_wherever_the_file_is_written(tmp_path: Path) -> None:
    fresh, inside = tmp_path / "ours", tmp_path / "ours" / "audits"
    run("new", "one", "-o", fresh)
    run("new", "two", "--from", "section_175_school_audit", "-o", inside)
    for path, named in ((fresh / "one.yaml", "form.schema.json"), (inside / "two.yaml", "../form.schema.json")):
        assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={named}\n")
        schema = json.loads(schema_of(path).read_text(encoding="utf-8"))
        root = read_file(path).root
        assert root is not None
        assert list(Draft202012Validator(schema).iter_errors(root.data)) == []
    assert not (inside / "form.schema.json").exists()


def test_a_copy_of_a_form_keeps_its_comments_and_takes_a_title_of_its_own(tmp_path: Path) -> None:
    run("new", "ours", "--from", "neglect_case_audit", "--title", "Ours", "-o", tmp_path)
    text = (tmp_path / "ours.yaml").read_text(encoding="utf-8")
    assert "# Case audit: children living with neglect." in text
    assert (Toolkit([tmp_path]).form("ours").title, text.count("\ntitle:")) == ("Ours", 1)


def test_a_partnership_s_own_template_comes_before_the_shipped_one_and_is_no_form(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    template = 'id: t\nversion: "7"\ntitle: T\nkind: record\nowner: Ours\nsections: []\n'
    (tmp_path / "templates" / "thematic_audit_child.yaml").write_text(template, encoding="utf-8")
    run("--definitions", tmp_path, "new", "mine", "-o", tmp_path / "new")
    assert "owner: Ours" in (tmp_path / "new" / "mine.yaml").read_text(encoding="utf-8")
    assert all(form.path.parent.name != "templates" for form in Toolkit([tmp_path]).forms())


def test_nothing_is_overwritten_and_what_cannot_be_is_said(tmp_path: Path) -> None:
    assert run("new", "one", "-o", tmp_path).exit_code == 0
    for arguments, said in (
        (("one",), "is there already"),
        (("One!",), "cannot be an id"),
        (("Audit: moving on",), "starting with a letter, such as audit_moving_on"),
        (("two", "--from", "neglect_case_audit", "--about", "adult"), "--from or --about"),
        (("two", "--from", "no_such_form"), "there is no form"),
    ):
        failed = run("new", *arguments, "-o", tmp_path)
        assert said in str(failed.exception), arguments
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.schema.json", "one.yaml"]
