"""Answers that stand in copies already when they are issued: one JSON file for a recipient, named by the id."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qaf_forms.define.condition import Value
from qaf_forms.errors import RoundError
from qaf_forms.issue.given import contradictions
from qaf_forms.issue.layout import Layout
from qaf_forms.problems import Code, Problem

COLLECTED_RETURNS = "returns.jsonl"
"""The file by which a folder is known as one that `qaf-forms collect` wrote."""


def read_prefill(folder: Path, recipients: Collection[str]) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """The nested answers by recipient, and everything that is wrong with the folder.

    Whether they fit the form is seen when copies are issued, since only then is the form known.
    """
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.json")):
        answers = _answers_in(path)
        if path.stem not in recipients:
            reason, advice = f"no recipient has the id {path.stem!r}", "name the file by the id of a recipient"
        elif answers is None:
            reason, advice = "this is not an object of answers in JSON", "take one from `qaf-forms read --json`"
        else:
            found[path.stem] = answers
            continue
        place = f"{folder.name}/{path.name}"
        problems.append(Code.BAD_PREFILL.problem(place=place, reason=reason, suggestion=advice))
    return found, problems


def check_shown(layout: Layout, answers: Mapping[str, Value], whole: Layout, recipient: str) -> None:
    """That a copy can show all answers written for it: `RoundError` names those it would leave out or contradict."""
    left_out = [field.name for key in answers if layout.field(key) is None and (field := whole.field(key))]
    if left_out:
        raise RoundError("prefill", [Code.HIDDEN_PREFILL.problem(place=recipient, value=", ".join(left_out))])
    against = list(contradictions(whole, answers))
    if against:
        raise RoundError("prefill", [replace(problem, place=recipient) for problem in against])


def _answers_in(path: Path) -> dict[str, Any] | None:
    try:
        written = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError):
        return None
    return written if isinstance(written, dict) else None
