"""The schemas by which an editor checks: they are in step, and take whatever `check` takes."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from tools.schema import FOLDER, SCHEMAS, texts

from qaf_forms.define.library import Library
from tests.docs.pages import DOCS, Block, blocks

ROOT = FOLDER.parent
FILES = sorted([*FOLDER.rglob("*.yaml"), *(ROOT / "tests" / "definitions").glob("*.yaml")])
PAGE = DOCS / "how-to" / "use-your-own-definitions.md"
SHOWN = [block for block in blocks(PAGE) if block.language == "yaml" and block.title]
VALIDATORS = {name: jsonschema.Draft202012Validator(schema()) for name, schema in SCHEMAS.items()}
EXTENDED = """
id: brookside
version: "1"
title: Student voice at Brookside
extends: student_voice_audit
namespace: brookside
sections:
  - id: walk
    title: How safe do you feel here?
    items:
      - {id: brookside_canteen, type: yes_no, ask: Do you feel safe in the canteen?}
  - id: brookside_ours
    title: Ours
    items:
      - {id: brookside_more, type: paragraph, ask: What else?}
"""


def data_of(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def faults(schema: str, written: Any) -> list[str]:
    """What an editor underlines."""
    return [error.message for error in VALIDATORS[schema].iter_errors(written)]


def kind_of(path: Path) -> str:
    """Which schema a file is for."""
    if path.parent.name == "blocks":
        return "block"
    if path.name == "scales.yaml":
        return "scales"
    return "wording" if "wording_of:" in path.read_text(encoding="utf-8") else "form"


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_the_committed_schema_is_in_step_with_the_models(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == texts()[path]
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[path.name.partition(".")[0]]())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_definition_fits_its_schema(path: Path) -> None:
    assert faults(kind_of(path), data_of(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_definition_leads_an_editor_to_its_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert first != named
    assert (path.parent / named).resolve() == FOLDER / f"{kind_of(path)}.schema.json"


@pytest.mark.parametrize("block", SHOWN, ids=lambda block: Path(block.title).stem)
def test_what_the_page_about_sharing_shows_fits_its_schema(block: Block) -> None:
    kind = "scales" if "scales.yaml" in block.title else "block" if "/blocks/" in block.title else "form"
    assert faults(kind, data_of(block.text)) == []


def test_a_form_that_extends_another_says_only_what_it_adds_and_changes(tmp_path: Path) -> None:
    path = tmp_path / "brookside.yaml"
    path.write_text(EXTENDED, encoding="utf-8")
    assert [one for one in Library([tmp_path]).check(path) if not one.is_warning] == []
    assert faults("form", data_of(EXTENDED)) == []


def test_a_refined_question_gives_its_id_and_what_changes() -> None:
    section = {"id": "school", "items": [{"id": "change", "ask": "What would make you feel safer?"}]}
    form = {"id": "a", "version": "1", "extends": "voice", "sections": [section]}
    assert faults("form", form) == []
    section["items"] = [{"id": "change", "aks": "What would make you feel safer?"}]
    assert faults("form", form) != []


def test_a_form_that_extends_nothing_still_needs_all_of_its_parts() -> None:
    refined = {"id": "a", "version": "1", "sections": [{"id": "s", "items": [{"id": "change", "ask": "What?"}]}]}
    said = " ".join(faults("form", refined))
    for key in ("title", "kind", "owner"):
        assert f"'{key}' is a required property" in said
    assert "is not valid under any of the given schemas" in said


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ("block", "block: a\nitems: [{id: x, type: text, aks: What?}]"),
        ("block", "block: a\nitems: [{id: x, type: text, ask: What?}]\nrows: [{id: x, text: What?}]"),
        ("block", "block: a"),
        ("block", "items: [{id: x, type: text, ask: What?}]"),
        ("block", "block: a\nitem: [{id: x, type: text, ask: What?}]"),
        ("scales", "five: {levels: [{code: a, lable: A}]}"),
        ("scales", "Five: {levels: [{code: a, label: A}, {code: b, label: B}]}"),
    ],
)
def test_what_is_wrong_in_a_block_or_a_scale_is_underlined(schema: str, written: str) -> None:
    assert faults(schema, data_of(dedent(written))) != []


def test_part_of_a_page_or_section_in_a_block_may_be_left_to_the_form() -> None:
    assert faults("block", data_of("block: a\nnil_return: {waives_when: [not_known]}")) == []
    assert faults("block", data_of("block: a\nsection: {id: s, items: [{use: other}]}")) == []
