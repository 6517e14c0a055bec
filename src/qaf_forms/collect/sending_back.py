"""What a return holds when it goes back to the agency: its own answers, and remarks that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qaf_forms.collect.asking import asked, quoted
from qaf_forms.collect.boxes import told_again
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.remarks import Remark, signed
from qaf_forms.issue.stamp import Stamp
from qaf_forms.problems import Code, Problem

_MOST_EXTRAS = 20
_SPACE_LOST = Code.SPACE_LOST.value.code
"""Its value is what the form printed, not what somebody typed."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """The content of a copy that goes back: answers by key, what was typed and not understood, remarks, stamp."""

    answers: Mapping[str, Value]
    typed: Mapping[str, str]
    remarks: tuple[Remark, ...]
    stamp: Stamp


def sent_back(returned: Return, layout: Layout) -> SentBack:
    """What goes back of a return that could be read. Without remarks there is nothing to send it back for."""
    answers = {key: value for key, value in returned.values.items() if layout.field(key)}
    problems = [problem for problem in returned.problems if not problem.is_warning and layout.field(problem.key)]
    typed = _typed([one for one in problems if one.value and one.code != _SPACE_LOST], answers, layout)
    stamp = returned.stamp or Stamp(layout.form.id, layout.form.version, layout.fingerprint)
    return SentBack(answers, typed, tuple(_remarks(returned, layout)), replace(stamp, copy=_following(stamp.copy)))


def _typed(problems: Iterable[Problem], answers: Mapping[str, Value], layout: Layout) -> dict[str, str]:
    """What stands in spaces and was not understood; in boxes also beside ticks that were."""
    found: dict[str, list[str]] = {}
    for one in problems:
        field = layout.field(one.key)
        if field is not None and field.ticks:
            found.setdefault(one.key, []).append(_in_box(one.value, field))
        elif one.key not in answers:
            found[one.key] = [one.value]
    return {key: "\n".join(dict.fromkeys(words)) for key, words in found.items()}


def _in_box(value: str, field: Field) -> str:
    """The same, `Police: x`, so that it is asked about again and not taken for a tick beside others."""
    starts = {f"{tick.level.label}: ": tick.level.label for tick in field.ticks}
    start = max((one for one in starts if value.startswith(one)), key=len, default="")
    return start + told_again(value[len(start) :], starts[start], field.words) if start else value


def _remarks(returned: Return, layout: Layout) -> Iterator[Remark]:
    by_place: dict[str, dict[str, None]] = {}
    for problem in returned.problems:
        words = "" if problem.is_warning else _words(problem, layout)
        if words:
            by_place.setdefault(_place(problem.key, layout), {})[words] = None
    yield from (Remark(place, signed("\n".join(words))) for place, words in by_place.items())
    if returned.extras:
        yield Remark("", signed(_about_extras(returned)))


def _words(problem: Problem, layout: Layout) -> str:
    """What to do, after what was typed; the words of the problem where no others fit."""
    field = layout.field(problem.key)
    if field is None and problem.key not in layout.tables:
        return ""
    ask = asked(problem, field) or f"please look at this answer: {problem.message}"
    about = f"You wrote “{quoted(problem.value)}”; {ask}" if problem.value else ask[:1].upper() + ask[1:]
    return f"{about}."


def _place(key: str, layout: Layout) -> str:
    """The answer space that a remark stands at: of a table as a whole, its first."""
    table = layout.tables.get(key)
    return table.rows[0][0].key if table else key


def _about_extras(returned: Return) -> str:
    """What was found beside the answers, so that nobody thinks it was read as one."""
    lines = [f"- {extra.place}: {quoted(extra.text)}" for extra in returned.extras[:_MOST_EXTRAS]]
    left = len(returned.extras) - len(lines)
    lines += [f"- and {left} more"] if left > 0 else []
    return "\n".join(["You also wrote this beside the answers. Please put it into an answer if it is one.", *lines])


def _following(copy: str) -> str:
    return str(int(copy) + 1) if copy.isascii() and copy.isdigit() else copy
