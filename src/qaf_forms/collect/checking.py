"""Turns a reading into a return: types every answer and says everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qaf_forms.collect.parsing import parse
from qaf_forms.collect.prefilled import Kept, in_place, kept_given
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.reading import BoxWords, RawAnswer, Reading
from qaf_forms.collect.recomputing import Recomputed
from qaf_forms.collect.returns import Answer, Return, Status
from qaf_forms.collect.spare_copies import SpareCopies
from qaf_forms.collect.specified import Behind, specified
from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Condition, Value
from qaf_forms.define.form import NIL_KEY
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.define.words import ENGLISH
from qaf_forms.issue.answers import printed_order
from qaf_forms.issue.fields import Field
from qaf_forms.issue.given import Issued, issued_in
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Route
from qaf_forms.problems import Code, Problem


class Checker:
    """Checks readings of one layout.

    `role` is whose return it is: only that role's answers can be missing. `all` is everybody's. A merged return is that
    of several roles.
    """

    def __init__(self, layout: Layout, role: str = AGENCY, *others: str) -> None:
        self.layout = layout
        self.roles = frozenset((role, *others))
        nil = layout.form.nil_return
        self._waiving = frozenset(nil.waives_when) if nil else frozenset()
        self._order = printed_order(layout)
        self._copies = SpareCopies(layout, self.roles)
        self._demanding = [field for field in layout.fields if field.required and not field.table]
        self._in_rows = {
            key: [field.column for field in block.rows[-1] if field.required] for key, block in layout.tables.items()
        }
        self._issued = issued_in(layout)
        self._plain = frozenset(field.key for field in layout.fields if self._is_plain(field))
        """Keys of answers that are always asked for, this role's, and neither worked out nor shown from before."""

    def _is_plain(self, field: Field) -> bool:
        return field.when is None and field.calculation is None and self._is_own(field)

    def check(self, reading: Reading, issued: Issued | None = None) -> Return:
        """The typed return of a reading. `issued` is what stood in the copy; without it what stands in every copy."""
        issued = issued or self._issued
        reading = in_place(reading, self.layout, issued)
        answers: dict[str, Answer] = {}
        behind: dict[str, Behind] = {}
        problems = [self._found(problem) for problem in reading.problems]
        for key, raw in reading.answers.items():
            if key in issued.given or not (raw.value != "" or raw.remarks or raw.stored):
                continue
            if key not in self._plain and raw.field.calculation:
                continue
            answer, said, words = _shown(raw) if raw.field.shows_last else _typed(raw)
            if answer is not None:
                answers[key] = answer
            if words:
                behind[key] = words
            if said:
                problems.extend(_placed(raw.field, problem) for problem in said)
        answers |= specified(self.layout, answers, behind)
        kept = list(kept_given(reading, self.layout, issued))
        answers |= {one.field.key: one.answer for one in kept}
        values = {key: answer.value for key, answer in answers.items()}
        worked_out: dict[str, Answer] = {}
        if self.layout.calculates:
            recomputed = Recomputed(self.layout, values, reading)
            worked_out = recomputed.answers
            values |= {key: answer.value for key, answer in worked_out.items()}
            problems.extend(_placed(raw.field, problem) for raw, problem in recomputed.problems())
        nil = self._is_nil(values)
        troubled = {problem.key for problem in problems if not problem.is_warning}
        copies = self._copies.copies(values, troubled, issued)
        missing = [*self._missing(reading, values, nil, troubled), *self._too_few_rows(reading, values, nil)]
        missing = [problem for problem in missing if copies.need(problem.key)]
        of_given = list(_said_of_given(kept, nil))
        missing += [problem for problem in of_given if not problem.is_warning]
        problems += [*missing, *(problem for problem in of_given if problem.is_warning)]
        problems.extend(self._out_of_place(reading, answers, values, nil, issued))
        returned = Return(
            file=reading.file,
            status=self._status(reading, answers, nil, bool(missing), troubled - worked_out.keys(), issued),
            form=self.layout.form.id,
            version=self.layout.form.version,
            stamp=reading.stamp,
            answers=self._ordered({**answers, **worked_out}) if worked_out else answers,
            problems=self.in_order(problems),
            extras=reading.extras,
        )
        return copies.closed_up(returned)

    def recheck(self, one: Return) -> Return:
        """A merged return, with what only all of its answers tell judged anew: what is missing, or was not asked.

        A space that an earlier problem speaks of keeps that problem. What is not for this agency type is left alone.
        """
        earlier = {(said.code, said.key): said for said in one.problems if said.code in _OF_ALL_ANSWERS}
        problems = [said for said in one.problems if said.code not in _OF_ALL_ANSWERS]
        answers = {key: answer for key, answer in one.answers.items() if self.layout.field(key)}
        values = {key: answer.value for key, answer in answers.items()}
        answers = {key: answer for key, answer in answers.items() if answer.route is not Route.COMPUTED}
        spaces: dict[str, RawAnswer] = {}
        for key, answer in answers.items():
            if field := self.layout.field(key):
                spaces[key] = RawAnswer(field, answer.raw, answer.place, answer.route)
        for field in self._demanding:
            if (_LOST, field.key) not in earlier:
                spaces.setdefault(field.key, RawAnswer(field, "", "", Route.WORDING))
        reading = Reading(one.file, one.stamp, spaces)
        nil = self._is_nil(values)
        troubled = {said.key for said in problems if not said.is_warning}
        missing = [*self._missing(reading, values, nil, troubled), *self._too_few_rows(reading, values, nil)]
        copies = self._copies.copies(values, troubled, self._issued)
        missing = [said for said in missing if copies.need(said.key)]
        out_of_place = self._out_of_place(reading, answers, values, nil, self._issued)
        found = [*missing, *(said for said in out_of_place if said.code in _OF_ALL_ANSWERS)]
        problems.extend(earlier.get((said.code, said.key), said) for said in found)
        status = self._status(reading, answers, nil, bool(missing), troubled, self._issued)
        return replace(one, status=status, problems=self.in_order(problems))

    def _ordered(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {key: answers[key] for key in sorted(answers, key=self._order)}

    def _is_nil(self, values: Mapping[str, Value]) -> bool:
        return values.get(NIL_KEY) in self._waiving if self._waiving else False

    def _found(self, problem: Problem) -> Problem:
        """A problem of the reading, with the whole way to its place if it is a question's."""
        field = self.layout.field(problem.key) if problem.key else None
        return _placed(field, problem) if field else problem

    def _missing(
        self, reading: Reading, values: Mapping[str, Value], nil: bool, troubled: set[str]
    ) -> Iterator[Problem]:
        for field in self._demanding:
            if field.key not in values and field.key not in troubled and self._is_needed(field, values, nil):
                raw = reading.answers.get(field.key)
                code = Code.SPACE_LOST if raw is None else Code.REQUIRED
                yield _placed(field, code.problem(key=field.key, place=raw.place if raw else ""))
        for field, place in self._own_row_fields(reading):
            if field.key not in values and field.key not in troubled and self._is_needed(field, values, nil):
                yield _placed(field, Code.REQUIRED.problem(key=field.key, place=place))

    def _own_row_fields(self, reading: Reading) -> Iterator[tuple[Field, str]]:
        """The required spaces of each row that a respondent began, and where they or their row stands."""
        rows: dict[tuple[str, str], str] = {}
        for key, raw in reading.answers.items() if self.layout.tables else ():
            if raw.field.table and not raw.field.shows_last and self._in_rows[raw.field.table]:
                rows.setdefault((raw.field.table, key.rpartition(".")[0]), raw.place)
        for (table, row), place in rows.items():
            for column in self._in_rows[table]:
                key = f"{row}.{column}"
                raw_answer = reading.answers.get(key)
                field = raw_answer.field if raw_answer else self.layout.field(key)
                if field is not None:
                    yield field, raw_answer.place if raw_answer else place

    def _is_needed(self, field: Field, values: Mapping[str, Value], nil: bool) -> bool:
        if not self._is_own(field) or (nil and not field.in_nil_page):
            return False
        if field.when is not None and not self._holds(field.when, values):
            return False
        return field.required is True or (field.required is not False and self._holds(field.required, values))

    def _is_own(self, field: Field) -> bool:
        return not field.shows_last and (field.role in self.roles or EVERY_ROLE in self.roles)

    def _holds(self, condition: Condition, values: Mapping[str, Value]) -> bool:
        """Whether a condition certainly holds: it may depend on answers that only another role's copy has."""
        return self.layout.can_tell(condition) and condition.holds(values)

    def _too_few_rows(self, reading: Reading, values: Mapping[str, Value], nil: bool) -> Iterator[Problem]:
        for table in self.layout.tables.values():
            first, when = next((one for one in table.rows[0] if not one.shows_last), table.rows[0][0]), table.asked_when
            is_asked = when is None or (self.layout.can_tell(when) and when.holds(values))
            if table.min_rows and is_asked and self._is_own(first) and not (nil and not first.in_nil_page):
                raws = ((key, raw) for key, raw in reading.answers.items() if not raw.field.shows_last)
                found = {key.rpartition(".")[0] for key, raw in raws if raw.field.table == table.key}
                if len(found) < table.min_rows:
                    yield Code.REQUIRED.problem(key=table.key, place=f"section {first.section}, question {table.code}")

    def _out_of_place(
        self,
        reading: Reading,
        answers: Mapping[str, Answer],
        values: Mapping[str, Value],
        nil: bool,
        issued: Issued,
    ) -> Iterator[Problem]:
        judged = 0
        for key, answer in answers.items():
            if (key in self._plain and not nil) or issued.has(key, answer.value):
                continue
            field = self._field(reading, key)
            if field.shows_last:
                continue
            if field.when is not None and self.layout.can_tell(field.when) and not field.when.holds(values):
                reason = f"it is asked only if {self.layout.in_words(field.when, words=ENGLISH)}"
                yield _said(field, answer, Code.NOT_ASKED, reason=reason)
            if not self._is_own(field):
                yield _said(field, answer, Code.OTHER_ROLE, role=field.role_title)
            judged += nil and not field.in_nil_page and field.control is Control.ONE_OF
        if judged:
            gate = answers[NIL_KEY]
            value = f"{judged} other answers"
            field = reading.answers[NIL_KEY].field
            yield _placed(field, Code.NIL_BUT_ANSWERED.problem(key=NIL_KEY, place=gate.place, value=value))

    def _status(
        self,
        reading: Reading,
        answers: Mapping[str, Answer],
        nil: bool,
        is_short: bool,
        troubled: set[str],
        issued: Issued,
    ) -> Status:
        new = (key for key, answer in answers.items() if not issued.has(key, answer.value))
        has_own = any(self._is_own(self._field(reading, key)) for key in new)
        if not has_own and not troubled & reading.answers.keys():
            return Status.BLANK
        if is_short or any(key in reading.answers and key not in answers for key in troubled):
            return Status.PARTIAL
        return Status.NIL if nil else Status.COMPLETE

    def _field(self, reading: Reading, key: str) -> Field:
        """The field of an answer, whose words may have been found in another space than its own."""
        raw = reading.answers.get(key)
        field = raw.field if raw else self.layout.field(key)
        assert field is not None
        return field

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems of the file, then those of its answers in printed order."""
        return tuple(sorted(problems, key=self._place_in_form))

    def _place_in_form(self, problem: Problem) -> tuple[tuple[int, ...], str]:
        """Where a problem sorts: those of the file first, then in printed order."""
        key = problem.key
        if key in self.layout.tables:
            key = self.layout.tables[key].rows[0][0].key
        return self._order(key) if key else (-1,), problem.code


_BETWEEN_PIECES = re.compile(r"\s*[;\n]\s*")
_LOST = Code.SPACE_LOST.value.code
_OF_ALL_ANSWERS = frozenset(
    code.value.code for code in (Code.REQUIRED, Code.SPACE_LOST, Code.NOT_ASKED, Code.NIL_BUT_ANSWERED)
)


def _said_of_given(kept: Iterable[Kept], nil: bool) -> Iterator[Problem]:
    """What there is to say of what was given; a nil return may leave out what it does not answer."""
    for one in kept:
        if not (one.is_missing and nil and not one.field.in_nil_page):
            yield from (_placed(one.field, problem) for problem in one.said)


def _placed(field: Field, problem: Problem) -> Problem:
    """The problem with the whole way to its place: section, question, and where in the file."""
    way = f"section {field.section}, question {field.code}"
    if field.column:
        way += f", {field.column_title}"
    place = f"{way}, {problem.place}" if problem.place else way
    return Problem(problem.code, problem.key or field.key, place, problem.value, problem.message, problem.fix)


def _said(field: Field, answer: Answer, code: Code, **facts: object) -> Problem:
    """Something to say of an answer, as read."""
    return _placed(field, code.problem(key=field.key, place=answer.place, value=answer.raw, **facts))


def _shown(raw: RawAnswer) -> tuple[Answer | None, list[Problem], Behind | None]:
    """What stands where a last answer is shown: what is none was typed there, and is kept as a problem."""
    answer, said, words = _typed(raw)
    if answer is not None:
        return answer, said, words
    typed = text_of(raw.value)
    if not typed:
        return None, said, words
    no_answer = Code.TYPED_IN_LAST.problem(key=raw.field.key, place=raw.place, value=typed)
    return None, [*said[: len(raw.remarks)], no_answer], None


class _Boxes:
    """The boxes of an answer with words in them, from which what there is to say of its pieces is said."""

    def __init__(self, boxes: Sequence[BoxWords]) -> None:
        self._boxes = boxes
        self._left = [(box, {box.text, *_BETWEEN_PIECES.split(box.text)}) for box in boxes]
        self._told: set[tuple[Code, BoxWords]] = set()

    def of(self, code: Code, words: object) -> tuple[BoxWords | None, bool]:
        """The first box in which these words are not told yet, if there is one; and whether there is more to say."""
        box = None
        for one, pieces in self._left:
            if words in pieces:
                pieces.discard(str(words))
                box = one
                break
        else:
            box = next((one for one in self._boxes if isinstance(words, str) and words in one.text), None)
        is_new = box is None or (code, box) not in self._told
        if box is not None:
            self._told.add((code, box))
        return box, is_new


def _typed(raw: RawAnswer) -> tuple[Answer | None, list[Problem], Behind]:
    """The answer that stands in a space, what there is to say of it, and the words behind its levels."""
    outcome = parse(raw.field, raw.value)
    shown = text_of(raw.value)
    said: list[Problem] = []
    if raw.remarks:
        said += [remark if remark.place else replace(remark, place=raw.place) for remark in raw.remarks]
        if raw.field.type == "month" and outcome.value is not None:  # a month needs no day
            said = [remark for remark in said if remark.code != Code.SHOWN_IN_PART.value.code]
    boxes = _Boxes(raw.boxes) if raw.boxes else None
    for code, facts in outcome.notes:
        box, is_new = boxes.of(code, facts.get("value")) if boxes else (None, True)
        where = {"value": box.line, "place": box.place} if box else {}
        if is_new:
            said.append(code.problem(key=raw.field.key, **{"place": raw.place, "value": shown, **facts, **where}))
    if raw.stored is not None and outcome.value != raw.stored:
        code = Code.ONLY_STORED if raw.value == "" else Code.STALE_DATE
        said.append(code.problem(key=raw.field.key, place=raw.place, value=shown, stored=f"{raw.stored:%d/%m/%Y}"))
    if outcome.value is None:
        return None, said, ()
    return Answer(outcome.value, shown, raw.place, raw.route), said, outcome.behind
