"""The catalogue of problems is neither longer nor shorter than what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms.problems import Code

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("src", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != "problems.py"
)


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_every_problem_in_the_catalogue_is_raised_somewhere(code: Code) -> None:
    assert f"Code.{code.name}" in SOURCES


def test_no_two_problems_share_a_code() -> None:
    codes = [code.value.code for code in Code]
    assert sorted(set(codes)) == sorted(codes)
    assert len(Code) == len(Code.__members__), "two names for one wording"


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_a_problem_is_worded_without_a_full_stop_and_says_what_to_do(code: Code) -> None:
    wording = code.value
    assert wording.fix
    assert not wording.message.endswith(".")
    assert not wording.message[0].isupper()
