"""Brings together what several copies of one form say for the same recipient.

The agency, a moderator and a critical friend each fill their parts of a copy of their own. Each answer is taken from
the return of the role that fills it. Where another return says otherwise, its answer is kept in a problem that names
both: nothing is dropped, and nothing is decided unseen. Stages are different returns, and are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qaf_forms.collect.checking import Checker
from qaf_forms.collect.matching_rows import leading, match_rows, renumbered, rows_of
from qaf_forms.collect.recomputing import worked_out_anew
from qaf_forms.collect.returns import Answer, Return, Status
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.answers import printed_order
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import FIRST_STAGE
from qaf_forms.issue.values import show
from qaf_forms.problems import Code, Problem

STAGES = (FIRST_STAGE, "final", "moderated", "3_months", "6_months")
"""The stages in the order they follow each other; those in words of one's own come after them."""

_OTHER_ROLE = Code.OTHER_ROLE.value.code
_OF_SEVERAL = frozenset(code.value.code for code in (Code.OTHER_COPY, Code.SECOND_RETURN, Code.ROW_ALONE))


def merged(layout: Layout, returns: Iterable[Return]) -> dict[str, Return]:
    """For each stage one return of everything that a recipient's copies say, in the order of the stages.

    The agency's return comes first; of two returns of one role and stage the one that is given first.
    """
    found = list(returns)
    for what in ("recipient", "form", "version"):
        several = {value for one in found if one.status is not Status.UNREADABLE and (value := getattr(one, what))}
        if len(several) > 1:
            raise QafFormsError(f"returns of one {what} can be merged, and these are of {', '.join(sorted(several))}")
    stages: dict[str, list[Return]] = {}
    for one in sorted(found, key=lambda one: (stage_place(one.stage), one.role != AGENCY)):
        stages.setdefault(one.stage, []).append(one)
    return {stage: together(layout, same) for stage, same in stages.items()}


def stage_place(stage: str) -> int:
    """A number to sort stages by."""
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def together(layout: Layout, returns: Sequence[Return]) -> Return:
    """The returns of one recipient and stage as one, called after the first; a single one is as it was."""
    return returns[0] if len(returns) == 1 else _Merging(layout, returns).result()


def disagreements(layout: Layout, counting: Return, other: Return) -> list[Problem]:
    """What another return of the same role and stage says otherwise than the one that counts."""
    return _Merging(layout, [counting, other]).disagreements()


def with_problems(layout: Layout, one: Return, more: Iterable[Problem]) -> Return:
    """The return with more to be said of it, in printed order."""
    return replace(one, problems=Checker(layout).in_order([*one.problems, *more]))


class _Merging:
    """Merges returns of one recipient and stage. `layout` is that of the whole form."""

    def __init__(self, layout: Layout, returns: Sequence[Return]) -> None:
        self.layout, self.returns = layout, tuple(returns)
        self.parts = self._with_rows_matched(list(returns))
        self.answers: dict[str, tuple[Return, Answer]] = {}
        self.said: list[tuple[Return, Problem]] = []
        self.settled: set[tuple[int, str]] = set()
        for key in sorted({key for one in self.parts for key in one.answers}, key=printed_order(layout)):
            self._settle(key)

    def result(self) -> Return:
        """All of them as one return."""
        main = next((one for one in self.returns if one.status is not Status.UNREADABLE), self.returns[0])
        known = [_in_file(one, problem) for one, problem in self._problems()]
        whole = Return(
            file=main.file,
            status=main.status,
            form=main.form,
            version=main.version,
            stamp=main.stamp,
            answers={key: answer for key, (_, answer) in self.answers.items()},
            problems=tuple(known),
            extras=tuple(replace(one, place=_place(part, one.place)) for part in self.returns for one in part.extras),
            merged_from=self.returns,
        )
        checker = self._checker(main)
        whole = worked_out_anew(checker.layout, whole)
        judged = checker.recheck(whole)
        old = {id(problem) for problem in whole.problems}
        problems = [one if id(one) in old else _in_file(self._source(one.key), one) for one in judged.problems]
        answers = {key: self._placed(key, answer) for key, answer in whole.answers.items()}
        return replace(judged, answers=answers, problems=tuple(problems))

    def _placed(self, key: str, answer: Answer) -> Answer:
        """The answer with the file it stands in; one that follows from several files stands in none."""
        return answer._replace(place=_place(self.answers[key][0], answer.place)) if key in self.answers else answer

    def disagreements(self) -> list[Problem]:
        """What the returns after the first say otherwise, or alone."""
        return [_in_file(one, problem) for one, problem in self._problems() if problem.code in _OF_SEVERAL]

    def _with_rows_matched(self, parts: list[Return]) -> list[Return]:
        for key, block in self.layout.tables.items():
            lead = leading(block, parts)
            if lead is None:
                continue
            taken = max(rows_of(lead, key))
            for place, one in enumerate(parts):
                if one is not lead and rows_of(one, key):
                    matching = match_rows(block, lead, one, taken)
                    taken += len(matching.alone)
                    parts[place] = renumbered(one, block, matching, lead)
        return parts

    def _settle(self, key: str) -> None:
        """Take the answer of whoever the space is for, and note what others say otherwise."""
        field = self.layout.field(key)
        holders = [one for one in self.parts if key in one.answers]
        holders.sort(key=lambda one: _standing(one, field))
        taken, answer = holders[0], holders[0].answers[key]
        self.answers[key] = taken, answer
        for one in holders[1:]:
            self.settled.add((id(one), key))
            if field is not None and field.calculation is None and one.answers[key].value != answer.value:
                self.said.append((one, self._otherwise(field, taken, one)))

    def _otherwise(self, field: Field, taken: Return, other: Return) -> Problem:
        code = Code.SECOND_RETURN if taken.role == other.role else Code.OTHER_COPY
        answer = other.answers[field.key]
        return code.problem(
            key=field.key,
            place=f"section {field.section}, question {field.code}, {answer.place}",
            value=answer.raw,
            role=self._title(other.role),
            shown=show(field, answer.value),
            owner=self._title(taken.role),
            file=taken.file.name,
            taken=show(field, taken.answers[field.key].value),
        )

    def _problems(self) -> Iterator[tuple[Return, Problem]]:
        """Everything that was said of the copies, but for what is settled by having the copies of others."""
        yield from self.said
        for one in self.parts:
            for problem in one.problems:
                if not (problem.code == _OTHER_ROLE and (id(one), problem.key) in self.settled):
                    yield one, problem

    def _checker(self, main: Return) -> Checker:
        layout = _of_variant(self.layout, main)
        readable = [one for one in self.returns if one.status is not Status.UNREADABLE]
        filled = [one for one in readable if one.status is not Status.BLANK]
        return Checker(layout, *(one.role for one in filled or readable))

    def _source(self, key: str) -> Return:
        """Whose file a question stands in: where its answer was found, or that of the role it is for."""
        if key in self.answers:
            return self.answers[key][0]
        block = self.layout.tables.get(key)
        field = block.rows[0][0] if block else self.layout.field(key)
        return min(self.parts, key=lambda one: _standing(one, field))

    def _title(self, role: str) -> str:
        return "everybody" if role == EVERY_ROLE else self.layout.form.roles.get(role, role)


def _standing(one: Return, field: Field | None) -> int:
    """How good a return is for an answer to this question, the best first."""
    if field is None or one.role == field.role:
        return 0
    return 1 if one.role == EVERY_ROLE else 2


def _place(one: Return, place: str) -> str:
    return f"{one.file.name}, {place}" if place else one.file.name


def _in_file(one: Return, problem: Problem) -> Problem:
    return replace(problem, place=_place(one, problem.place))


def latest(layout: Layout, stages: Mapping[str, Return]) -> Return:
    """What holds after all stages: each answer from the latest stage that gives one.

    The rows of a table are those of the latest stage that has any; what earlier stages say of the same rows fills gaps.
    """
    order = sorted(stages, key=stage_place)
    newest = stages[order[-1]]
    answers: dict[str, Answer] = {}
    for stage in order:
        answers = _updated(layout, answers, stages[stage])
    known = {key: answers[key] for key in sorted(answers, key=printed_order(layout))}
    whole = replace(newest, answers=known, merged_from=tuple(stages[stage] for stage in order))
    return worked_out_anew(_of_variant(layout, newest), whole)


def _of_variant(layout: Layout, one: Return) -> Layout:
    """The layout for the agency type that a return is stamped with."""
    variant = one.stamp.variant if one.stamp else ""
    return Layout(layout.form, variant) if variant and variant != layout.variant else layout


def _updated(layout: Layout, earlier: Mapping[str, Answer], later: Return) -> dict[str, Answer]:
    before = replace(later, answers=earlier, problems=())
    for key, block in layout.tables.items():
        old, new = rows_of(before, key), rows_of(later, key)
        first = block.columns[0].id
        if not old or not new:
            continue
        if any(first in row for row in new.values()):
            matching = match_rows(block, later, before, max(new))
            before = renumbered(before, block, matching, later)
            gone = {f"{key}[{matching.numbers[number]}]." for number in matching.alone}
            kept = {name: one for name, one in before.answers.items() if not name.startswith(tuple(gone) or ("\0",))}
            before = replace(before, answers=kept)
        else:
            later = renumbered(later, block, match_rows(block, before, later, max(old)), before)
    return {**before.answers, **later.answers}
