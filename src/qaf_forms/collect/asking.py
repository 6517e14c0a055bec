"""What an agency is asked to do about a problem, in words that can be sent to it."""

from __future__ import annotations

from qaf_forms.issue.fields import Field
from qaf_forms.problems import Code, Problem

_LONGEST_QUOTE = 100
_ASK = {
    Code.REQUIRED: "please give an answer",
    Code.SPACE_LOST: "the space for the answer is missing from your file; please send us your answer",
    Code.NOT_ON_THE_SCALE: "please choose one of{levels}",
    Code.SEVERAL_LEVELS: "please choose only one of{levels}",
    Code.NOT_A_NUMBER: "please give a number, in digits only",
    Code.NOT_WHOLE: "please give a whole number",
    Code.NOT_A_DATE: "please give a day, month and year, such as 12/03/2025",
    Code.UNCLEAR_DATE: "please give the day, month and year in full, such as 12 March 2025",
    Code.PART_OF_A_DATE: "please give the day, month and year in full, such as 12 March 2025",
    Code.NOT_AN_EMAIL: "please give one e-mail address",
    Code.TWO_ANSWERS: "this is answered twice; please say which answer holds",
    Code.GIVEN_ROW_GONE: "this row of the form is missing from your file; please send us your answers to it",
    Code.CELL_ERROR: "the cell shows an error; please give the answer",
    Code.NOT_A_FRACTION: "please give both numbers, such as 5/6",
    Code.NOT_A_MONTH: "please give month and year, such as March 2025",
    Code.UNCLEAR_PERCENT: "please give the percentage with its sign, such as 45%",
    Code.OUT_OF_RANGE: "please check the number",
}
_TICK = {Code.NOT_ON_THE_SCALE.value.code: "please tick each answer that applies{named}"}
"""Where several answers can hold."""
_MOST_NAMED = 12
_ASK_BY_CODE = {code.value.code: words for code, words in _ASK.items()}


def asked(problem: Problem, field: Field | None) -> str:
    """What to ask of the agency; empty for a problem that it can do nothing about."""
    codes = _ASK_BY_CODE | _TICK if field and field.ticks else _ASK_BY_CODE
    named = _named(field)
    return codes.get(problem.code, "").format(named=named, levels=named or " the printed answers")


def _named(field: Field | None) -> str:
    """The levels, if they are few enough to be read."""
    labels = field.scale.labels if field and field.scale else ()
    return f": {', '.join(labels)}" if 0 < len(labels) <= _MOST_NAMED else ""


def quoted(text: str) -> str:
    """A text on one line, cut where it is too long to be quoted."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
