"""Which of a recipient's files count, and what becomes of the others.

For each stage one return counts. The copies that other roles filled are merged with it; further files of the same role
are its duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from qaf_forms.collect.merging import disagreements, stage_place, together, with_problems
from qaf_forms.collect.register_entries import RegisterEntry, State
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round

Line = tuple[RegisterEntry, Return | None]

COUNTED = {
    Status.COMPLETE: State.COMPLETE,
    Status.PARTIAL: State.PARTIAL,
    Status.NIL: State.NIL,
    Status.BLANK: State.BLANK,
}
_FULLNESS = {Status.COMPLETE: 3, Status.NIL: 2, Status.PARTIAL: 1, Status.BLANK: 0, Status.UNREADABLE: 0}


def facts_of(recipient: Recipient) -> dict[str, Any]:
    """What every line of a recipient says."""
    return {
        "recipient": recipient.id,
        "agency": recipient.agency,
        "agency_type": recipient.agency_type,
        "contact": recipient.contact,
        "case": recipient.case,
    }


def recipient_lines(round_: Round, form: Form, recipient: Recipient, found: list[Line]) -> Iterator[Line]:
    """The lines of one recipient: for each stage the return that counts and its parts, then the other files."""
    stages: dict[str, list[Line]] = {}
    for line in found:
        if line[0].state in COUNTED.values():
            stages.setdefault(line[0].stage, []).append(line)
    others = sorted((line for line in found if line[0].state not in COUNTED.values()), key=lambda line: line[0].file)
    if _main_role(round_, [entry for entry, _ in stages.get(round_.stage, ())]) is None:
        waiting = [*others, *(line for lines in stages.values() for line in lines)]
        names = ", ".join(entry.file for entry, _ in waiting)
        note = f"other files came: {names}" if names else ""
        yield (
            RegisterEntry(State.OUTSTANDING, **facts_of(recipient), stage=round_.stage, role=round_.role, note=note),
            None,
        )
    for stage in sorted(stages, key=stage_place):
        yield from _stage_lines(round_, form, stages[stage])
    yield from others


def _main_role(round_: Round, entries: Sequence[RegisterEntry]) -> str | None:
    """Whose return counts in a stage: the role's that was asked. In a stage of others alone, theirs counts."""
    roles = [entry.role for entry in entries]
    for role in (round_.role, EVERY_ROLE):
        if role in roles:
            return role
    is_expected = not entries or entries[0].stage == round_.stage
    return None if is_expected else roles[0]


def _stage_lines(round_: Round, form: Form, lines: list[Line]) -> Iterator[Line]:
    main_role = _main_role(round_, [entry for entry, _ in lines])
    by_role: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line[0].role != main_role):
        by_role.setdefault(line[0].role, []).append(line)
    ranked = [list(_with_duplicates(same)) for same in by_role.values()]
    main = ranked[0][0][0] if main_role is not None else None
    if main is not None:
        parts = [_title(form, entry.role) + f"’s copy {entry.file}" for ((entry, _), *_) in ranked[1:]]
        note = "; ".join(part for part in (main.note, f"with {' and '.join(parts)}" if parts else "") if part)
        yield replace(main, counts=True, note=note), ranked[0][0][1]
        yield from ranked[0][1:]
    for same in ranked[1:] if main is not None else ranked:
        entry, one = same[0]
        yield _part(form, entry, main, round_), one
        yield from same[1:]


def _part(form: Form, entry: RegisterEntry, main: RegisterEntry | None, round_: Round) -> RegisterEntry:
    what = f"{_title(form, entry.role)}’s copy, {entry.state.value}"
    rest = (
        f"its answers stand with those of {main.file}"
        if main
        else f"it waits for the return of {_title(form, round_.role)}"
    )
    note = "; ".join(part for part in (entry.note, what, rest) if part)
    counting_file = main.file if main else ""
    return replace(entry, state=State.PART, counting_file=counting_file, days_late=None, note=note)


def _title(form: Form, role: str) -> str:
    return "everybody" if role == EVERY_ROLE else form.roles.get(role, role)


def _with_duplicates(lines: list[Line]) -> Iterator[Line]:
    """The return that counts, then the others of the same recipient, stage and role, marked as its duplicates.

    The latest counts; of one day, or where no days are known, the fullest, then the first by name. One without a single
    answer never displaces one with answers.
    """
    by_name = sorted(lines, key=lambda line: line[0].file)
    ranked = sorted(by_name, key=_weight, reverse=True)
    counting, chosen = ranked[0]
    yield ranked[0]
    for entry, one in ranked[1:]:
        identical = one is not None and chosen is not None and one.values == chosen.values
        content = "the same answers" if identical else "other answers" if one and one.answers else "no answers"
        note = f"{entry.note}; " if entry.note else ""
        yield (
            replace(
                entry,
                state=State.DUPLICATE,
                counting_file=counting.file,
                identical=identical,
                note=f"{note}{counting.file} counts instead; this one holds {content}",
            ),
            one,
        )


def _weight(line: Line) -> tuple[bool, date, int]:
    entry, one = line
    assert one is not None
    return one.status is not Status.BLANK, entry.received or date.min, _FULLNESS[one.status]


def whole_returns(lines: Sequence[Line], form: Form) -> Iterator[Return | None]:
    """The return of each line; of one that counts, merged with its parts, and with what its duplicates say otherwise.

    A duplicate that came on an earlier day was replaced by its sender, and the register's note is enough. Where nobody
    can tell which is the later, every difference is named.
    """
    layout: Layout | None = None
    beside: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        if line[0].counting_file and line[1] is not None:
            beside.setdefault((line[0].recipient, line[0].stage, line[0].counting_file), []).append(line)
    for entry, one in lines:
        found = beside.get((entry.recipient, entry.stage, entry.file), []) if entry.counts else []
        if one is None or not found:
            yield one
            continue
        layout = layout or Layout(form)
        parts = [(entry, one), *(line for line in found if line[0].state is State.PART)]
        returns = [one for _, one in parts if one is not None]
        whole = together(layout, returns)
        for holder, held in parts:
            for other, second in beside.get((holder.recipient, holder.stage, holder.file), []):
                if held and second and other.state is State.DUPLICATE and _may_be_later(other, holder):
                    whole = with_problems(layout, whole, disagreements(layout, held, second))
        yield whole


def _may_be_later(entry: RegisterEntry, counting: RegisterEntry) -> bool:
    return entry.received is None or counting.received is None or entry.received >= counting.received
