"""Answers that are longer than people type. None is ever cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_forms.collect.reading import RawAnswer
from qaf_forms.errors import UnreadableFileError
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.problems import Code, Problem

_LONG = {"excel": 32_767}
"""Characters that a cell holds, by format: more was not typed in a spreadsheet."""
_LONG_ELSEWHERE = 1_000_000


def long_answers(answers: Iterable[RawAnswer], format_: str, limits: Limits) -> Iterator[Problem]:
    """Say so of answers that are very long; `UnreadableFileError` of one that is longer than the limits allow."""
    long = min(_LONG.get(format_, _LONG_ELSEWHERE), limits.answer_length)
    for answer in answers:
        text = answer.value
        if not isinstance(text, str) or len(text) <= long:
            continue
        if len(text) > limits.answer_length:
            what, size, limit = (
                f"the length of an answer ({answer.place})",
                f"{len(text):,}",
                f"{limits.answer_length:,}",
            )
            raise UnreadableFileError(Code.TOO_COMPLEX.problem(what=what, size=size, limit=limit))
        yield Code.LONG_ANSWER.problem(key=answer.field.key, place=answer.place, size=f"{len(text):,}")
