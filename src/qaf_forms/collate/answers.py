"""The answers of a round laid end to end: one row for each return and answer space that it was asked to fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qaf_forms.collate.privacy import WITHHELD, Privacy
from qaf_forms.collect.register import RegisterEntry
from qaf_forms.collect.returns import Return, Status
from qaf_forms.collect.spare_copies import Copies, SpareCopies
from qaf_forms.define.condition import Value
from qaf_forms.define.items import Group
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.define.scale import Level
from qaf_forms.issue.agency_types import variant_for
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.problems import Problem

_NUMBER = re.compile(r"\[\d+\]")
_COPY = re.compile(r"^(?P<group>[a-z][a-z0-9_]*)\[(?P<copy>\d+)\]\.")


class Standing(StrEnum):
    """What came of asking. Only `ANSWERED` says something about practice."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "N/A"
    NO_RESPONSE = "non-response"
    UNANSWERED = "unanswered"
    UNCLEAR = "unclear"
    GIVEN = "given"
    """Not asked: the form or the round says it."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Whose answers these are. `label` is unlike that of any other return of the round."""

    label: str
    recipient: str
    agency: str
    agency_type: str
    contact: str
    case: str
    stage: str
    file: str
    status: Status


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer space of one return.

    `question` is the key without row and copy numbers (`actions[].due`). `row` numbers own rows from 1.
    `value` is None where there is no answer or it is withheld; `raw` is what was typed. `counted` is False for answers
    that a nil return gives beside its first page, and for what was given.
    """

    respondent: Respondent
    field: Field
    question: str
    row: int
    standing: Standing
    value: Value | None = None
    shown: str = ""
    raw: str = ""
    place: str = ""
    route: str = ""
    counted: bool = True

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels chosen, for a question that has a scale."""
        return _levels(self.field, self.value)


def pattern(key: str) -> str:
    """The key of a question however often it is asked: `child[2].age` is one with `child[1].age`."""
    return _NUMBER.sub("[]", key)


def question_code(field: Field) -> str:
    """The printed code without row and copy numbers."""
    return re.sub(r"-\d+\.", ".", field.code.split(" row ")[0])


class AnswerRows:
    """Lays out the answers of returns of one form."""

    def __init__(
        self, layout: Layout, privacy: Privacy, given: Callable[[str], frozenset[str]] = lambda _: frozenset()
    ) -> None:
        """`given` says what stood in a recipient's copy for good, by the id: the keys."""
        self.layout, self.privacy, self._given = layout, privacy, given
        self._spare = SpareCopies(layout, {AGENCY})
        groups = [item for item in layout.form.items() if isinstance(item, Group)]
        self._counted = {group.id for group in groups if group.min_copies is not None or group.has_fixed_places}
        self._asked: dict[str, frozenset[str]] = {}

    def of(self, respondent: Respondent, one: Return) -> Iterator[AnswerRow]:
        """The rows of one return in printed order; a blank return has none."""
        if one.status is Status.BLANK:
            return
        given = _Given(one, self._given(respondent.recipient))
        values = {key: value for key, value in given.values.items() if key not in given.given}
        copies = self._spare.copies(values, given.unclear)
        asked = self._asked_keys(respondent.agency_type)
        tables: set[str] = set()
        for field in self.layout.fields:
            if field.table:
                if field.table not in tables:
                    tables.add(field.table)
                    yield from self._own_rows(respondent, field.table, given)
            elif given.has(field.key) or self._is_asked(field, given, asked, copies):
                yield self._row(respondent, field, given)

    def _asked_keys(self, agency_type: str) -> frozenset[str]:
        """The keys of everything that applies to an agency type."""
        if agency_type not in self._asked:
            variant = variant_for(self.layout.form, agency_type)
            layout = Layout(self.layout.form, variant) if variant else self.layout
            self._asked[agency_type] = frozenset(field.key for field in layout.fields)
        return self._asked[agency_type]

    def _is_asked(self, field: Field, given: _Given, asked: frozenset[str], copies: Copies) -> bool:
        if field.shows_last or field.key not in asked:
            return False
        if not given.is_by(field.role) or (given.is_nil and not field.in_nil_page):
            return False
        if field.calculation:
            return False  # nobody is asked for what is worked out
        if field.when is not None and not field.when.holds(given.values):
            return False
        copy = _COPY.match(field.key)
        if copy is None or copy["group"] in self._counted:
            return copies.need(field.key)
        return copy["copy"] == "1" or copy[0] in given.copies

    def _own_rows(self, respondent: Respondent, table: str, given: _Given) -> Iterator[AnswerRow]:
        for number in given.rows_of(table):
            for column in self.layout.tables[table].columns:
                field = self.layout.table_field(table, number, column.id)
                if field is None:
                    continue
                is_asked = field.calculation is None and (field.when is None or field.when.holds(given.values))
                if is_asked or given.has(field.key):
                    yield self._row(respondent, field, given, number)

    def _row(self, respondent: Respondent, field: Field, given: _Given, number: int = 0) -> AnswerRow:
        question = pattern(field.key)
        counted = not given.is_nil or field.in_nil_page
        hidden = self.privacy.hides(field)
        answer = given.answers.get(field.key)
        if answer is None:
            problem = given.unclear.get(field.key)
            if problem is None:
                return AnswerRow(respondent, field, question, number, Standing.UNANSWERED, counted=counted)
            typed = WITHHELD if hidden else problem.value
            return AnswerRow(
                respondent, field, question, number, Standing.UNCLEAR, None, "", typed, problem.place, "", counted
            )
        is_given = field.key in given.given or field.shows_last is not None
        return AnswerRow(
            respondent=respondent,
            field=field,
            question=question,
            row=number,
            standing=Standing.GIVEN if is_given else _standing(field, answer.value),
            value=None if hidden else answer.value,
            shown=WITHHELD if hidden else show(field, answer.value),
            raw=WITHHELD if hidden else answer.raw,
            place=answer.place,
            route=answer.route.value,
            counted=counted and not is_given,
        )


class _Given:
    """What one return says, indexed for laying it out."""

    def __init__(self, one: Return, given: frozenset[str]) -> None:
        self.given = given
        self.answers = one.answers
        self.values: Mapping[str, Value] = one.values
        self.is_nil = one.status is Status.NIL
        self.unclear: dict[str, Problem] = {}
        for problem in one.problems:
            if problem.key and problem.value and not problem.is_warning and problem.key not in self.answers:
                self.unclear.setdefault(problem.key, problem)
        written = (*(key for key in self.answers if key not in given), *self.unclear)
        self.copies = {match[0] for key in written if (match := _COPY.match(key))}
        self._roles = one.roles

    def is_by(self, role: str) -> bool:
        """Whether a copy of this role is part of the return."""
        return role in self._roles or EVERY_ROLE in self._roles

    def has(self, key: str) -> bool:
        """Whether something was written for this key."""
        return key in self.answers or key in self.unclear

    def rows_of(self, table: str) -> list[int]:
        """The numbers of the rows of a table in which something was written."""
        start = f"{table}["
        keys = (key for key in (*self.answers, *self.unclear) if key.startswith(start))
        return sorted({int(key[len(start) :].partition("]")[0]) for key in keys})


def _standing(field: Field, value: Value) -> Standing:
    levels = _levels(field, value)
    if levels and all(level.is_na for level in levels):
        return Standing.NOT_APPLICABLE
    if levels and all(level.is_na or level.is_nonresponse for level in levels):
        return Standing.NO_RESPONSE
    return Standing.ANSWERED


def _levels(field: Field, value: Value | None) -> tuple[Level, ...]:
    if field.scale is None or value is None:
        return ()
    codes = value if isinstance(value, tuple) else (str(value),)
    return tuple(level for code in codes if (level := field.scale.level(code)))


def respondents(lines: tuple[tuple[RegisterEntry, Return], ...]) -> tuple[Respondent, ...]:
    """Whose returns these are, each labelled so that people can tell them apart."""
    labels = _labels([entry for entry, _ in lines])
    return tuple(
        Respondent(
            label=label,
            recipient=entry.recipient,
            agency=entry.agency,
            agency_type=entry.agency_type,
            contact=entry.contact,
            case=entry.case,
            stage=entry.stage,
            file=entry.file,
            status=one.status,
        )
        for label, (entry, one) in zip(labels, lines, strict=True)
    )


def _labels(entries: list[RegisterEntry]) -> list[str]:
    """The agency; with the case, the stage and at last the id where that is not enough."""
    labels = [entry.agency for entry in entries]
    parts = ([entry.case for entry in entries], [entry.stage for entry in entries], [e.recipient for e in entries])
    for more in parts:
        folded = [label.casefold() for label in labels]
        labels = [
            f"{label} ({part})" if part and folded.count(label.casefold()) > 1 else label
            for label, part in zip(labels, more, strict=True)
        ]
    return labels
