"""Turns a reading into a return: types every answer and says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qaf_forms.collect.parsing import parse, text_of
from qaf_forms.collect.reading import RawAnswer, Reading
from qaf_forms.collect.returns import Answer, Return, Status
from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.define.form import NIL_KEY
from qaf_forms.define.items import AGENCY
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.problems import Code, Problem


class Checker:
    """Checks readings of one layout. `role` is whose return it is: only that role's answers can be missing."""

    def __init__(self, layout: Layout, role: str = AGENCY) -> None:
        self.layout = layout
        self.role = role
        nil = layout.form.nil_return
        self._waiving = frozenset(nil.waives_when) if nil else frozenset()
        self._order = {field.key: place for place, field in enumerate(layout.fields)}
        self._demanding = [field for field in layout.fields if field.required and not field.table]
        self._conditional = [field for field in layout.fields if field.when and not field.table]

    def check(self, reading: Reading) -> Return:
        """The typed return of a reading."""
        answers: dict[str, Answer] = {}
        problems = list(reading.problems)
        for key, raw in reading.answers.items():
            if raw.value == "" and not raw.remarks:
                continue
            answer, said = _typed(raw)
            if answer is not None:
                answers[key] = answer
            problems.extend(self._placed(raw.field, problem) for problem in said)
        values = {key: answer.value for key, answer in answers.items()}
        nil = values.get(NIL_KEY) in self._waiving if self._waiving else False
        troubled = {problem.key for problem in problems if not problem.is_warning}
        missing = list(self._missing(reading, values, nil, troubled))
        problems.extend(missing)
        problems.extend(self._out_of_place(reading, answers, values, nil))
        return Return(
            file=reading.file,
            status=self._status(reading, values, nil, missing, troubled),
            form=self.layout.form.id,
            version=self.layout.form.version,
            stamp=reading.stamp,
            answers=answers,
            problems=tuple(sorted(problems, key=self._place_in_form)),
            extras=reading.extras,
        )

    def _missing(
        self, reading: Reading, values: Mapping[str, Value], nil: bool, troubled: set[str]
    ) -> Iterator[Problem]:
        for field in self._demanding:
            if field.key not in values and field.key not in troubled and self._is_needed(field, values, nil):
                yield self._absent(field, reading)
        for field in self._own_row_fields(reading):
            if field.key not in values and field.key not in troubled and self._is_needed(field, values, nil):
                yield self._absent(field, reading)
        if not nil:
            yield from self._too_few_rows(reading)

    def _own_row_fields(self, reading: Reading) -> Iterator[Field]:
        return (raw.field for raw in reading.answers.values() if raw.field.table and raw.field.required)

    def _is_needed(self, field: Field, values: Mapping[str, Value], nil: bool) -> bool:
        if field.role != self.role or (nil and not field.in_nil_page):
            return False
        if field.when is not None and not field.when.holds(values):
            return False
        return field.required is True or (field.required is not False and field.required.holds(values))

    def _absent(self, field: Field, reading: Reading) -> Problem:
        raw = reading.answers.get(field.key)
        code = Code.REQUIRED if raw is not None else Code.SPACE_LOST
        return self._placed(field, code.problem(key=field.key, place=raw.place if raw else ""))

    def _too_few_rows(self, reading: Reading) -> Iterator[Problem]:
        for table in self.layout.tables.values():
            rows = {key.partition("]")[0] for key, raw in reading.answers.items() if raw.field.table == table.key}
            first = table.rows[0][0]
            needed = first.when is None and first.role == self.role
            if needed and len(rows) < table.min_rows:
                yield Code.REQUIRED.problem(key=table.key, place=f"section {first.section}, question {table.code}")

    def _out_of_place(
        self, reading: Reading, answers: Mapping[str, Answer], values: Mapping[str, Value], nil: bool
    ) -> Iterator[Problem]:
        for field in self._conditional:
            if field.key in answers and field.when is not None and not field.when.holds(values):
                yield self._unasked(field, answers[field.key])
        judged = 0
        for key, answer in answers.items():
            field = reading.answers[key].field
            if field.role != self.role:
                said = Code.OTHER_ROLE.problem(key=key, place=answer.place, value=answer.raw, role=field.role_title)
                yield self._placed(field, said)
            judged += nil and not field.in_nil_page and field.control is Control.ONE_OF
        if judged:
            yield Code.NIL_BUT_ANSWERED.problem(key=NIL_KEY, value=f"{judged} other answers")

    def _unasked(self, field: Field, answer: Answer) -> Problem:
        when = field.when
        reason = f"it is asked only if {self.layout.in_words(when)}" if when else ""
        return self._placed(
            field, Code.NOT_ASKED.problem(key=field.key, place=answer.place, value=answer.raw, reason=reason)
        )

    def _status(
        self,
        reading: Reading,
        values: Mapping[str, Value],
        nil: bool,
        missing: list[Problem],
        troubled: set[str],
    ) -> Status:
        own = [key for key in values if reading.answers[key].field.role == self.role]
        if not own and not troubled & reading.answers.keys():
            return Status.BLANK
        unusable = missing or any(key in troubled for key in reading.answers if key not in values)
        if unusable:
            return Status.PARTIAL
        return Status.NIL if nil else Status.COMPLETE

    def _placed(self, field: Field, problem: Problem) -> Problem:
        """The problem with the whole way to its place: section, question, and where in the file."""
        way = f"section {field.section}, question {field.code}"
        if field.column:
            way += f", {field.column_title}"
        place = f"{way}, {problem.place}" if problem.place else way
        return Problem(problem.code, problem.key or field.key, place, problem.value, problem.message, problem.fix)

    def _place_in_form(self, problem: Problem) -> tuple[int, str]:
        return self._order.get(problem.key, -1 if not problem.key else len(self._order)), problem.code


def _typed(raw: RawAnswer) -> tuple[Answer | None, list[Problem]]:
    """The answer that stands in a space, and what there is to say of it."""
    outcome = parse(raw.field, raw.value)
    shown = text_of(raw.value)
    said = list(raw.remarks)
    for code, facts in outcome.notes:
        said.append(code.problem(key=raw.field.key, place=raw.place, **{"value": shown, **facts}))
    if outcome.value is None:
        return None, said
    return Answer(outcome.value, shown, raw.place, raw.route), said
