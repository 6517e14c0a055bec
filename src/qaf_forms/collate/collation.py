"""The collation: everything that the returns of a round say, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from qaf_forms.collate.answers import (
    AnswerRow,
    AnswerRows,
    Respondent,
    Standing,
    pattern,
    question_code,
    respondents,
)
from qaf_forms.collate.chasing import Chase, ToChase
from qaf_forms.collate.privacy import Privacy
from qaf_forms.collate.statistics import QuestionCount, count_questions
from qaf_forms.collect.register import Register, RegisterEntry, State
from qaf_forms.collect.returns import Status
from qaf_forms.define.answer_types import Control
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.fields import Field
from qaf_forms.issue.given import issued_in
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.round import Round
from qaf_forms.plugin.interfaces import Extra

ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One question, or one cell of a grid, across the returns. `cells` stand in the order of `Collation.judging`.

    A cell is None where the return was not asked.
    """

    field: Field
    cells: tuple[AnswerRow | None, ...]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row that a respondent wrote, with where it comes from. `cells` are by column id."""

    respondent: Respondent
    code: str
    number: int
    cells: Mapping[str, AnswerRow]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The respondents' own rows of one table, or of several of the same kind. `columns` are ids and titles."""

    key: str
    code: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[OwnRow, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that is no answer, with whose file it is."""

    entry: RegisterEntry
    extra: Extra


class Collation:
    """What the counted returns of a register say.

    Personal answers are withheld unless `include_personal`; that they were given still shows and counts.
    """

    def __init__(self, round_: Round, layout: Layout, register: Register, *, include_personal: bool = False) -> None:
        self.round, self.layout, self.register = round_, layout, register
        self.privacy = Privacy(include_personal)

    @property
    def title(self) -> str:
        """What the collation is called, for a front page."""
        return f"{self.layout.form.title}: {self.round.title or self.round.id}"

    @property
    def name(self) -> str:
        """What its files are called, without a suffix."""
        return f"collation-{self.round.id}"

    @cached_property
    def respondents(self) -> tuple[Respondent, ...]:
        """Whose returns are collated, in the order of the register."""
        return respondents(self.register.counted_lines)

    @cached_property
    def judging(self) -> tuple[Respondent, ...]:
        """The respondents whose returns answer more than the first page: all but the nil and blank ones."""
        return tuple(one for one in self.respondents if one.status in (Status.COMPLETE, Status.PARTIAL))

    @cached_property
    def questions(self) -> Mapping[str, Field]:
        """Every question by its key without row and copy numbers, in printed order, with its first field.

        What the form gives itself is no question, and nor is what was answered last time.
        """
        first: dict[str, Field] = {}
        for field in self.layout.fields:
            if field.given is None and not field.shows_last:
                first.setdefault(pattern(field.key), field)
        return first

    @cached_property
    def answers(self) -> tuple[AnswerRow, ...]:
        """One row for each return and answer space it was asked to fill: by question, then by return."""
        order: dict[str, int] = {}
        for place, field in enumerate(self.layout.fields):
            order.setdefault(field.table or field.key, place)
        rows = AnswerRows(self.layout, self.privacy, self._given_to)
        found = [
            (order[row.field.table or row.field.key], place, row)
            for place, (respondent, one) in enumerate(zip(self.respondents, self.register.counted, strict=True))
            for row in rows.of(respondent, one)
        ]
        return tuple(row for _, _, row in sorted(found, key=lambda line: line[:2]))

    def _given_to(self, recipient: str) -> frozenset[str]:
        """The keys of what stood in a recipient's copy for good."""
        written = flatten(self.layout, self.round.prefill.get(recipient, {}))
        return issued_in(self.layout, written).given

    @cached_property
    def counts(self) -> tuple[QuestionCount, ...]:
        """How each question was answered."""
        return count_questions(self.answers, self.respondents, self.questions)

    @cached_property
    def heat(self) -> tuple[HeatRow, ...]:
        """Every question with one answer on a scale, across the returns; own rows are left out."""
        cells: dict[str, dict[str, AnswerRow]] = {}
        for row in self.answers:
            cells.setdefault(row.field.key, {})[row.respondent.label] = row
        return tuple(
            HeatRow(field, tuple(cells[field.key].get(one.label) for one in self.judging))
            for field in self.layout.fields
            if field.control is Control.ONE_OF and not field.table and not field.in_nil_page and field.key in cells
            if field.given is None and not field.shows_last
        )

    @cached_property
    def free_text(self) -> tuple[AnswerRow, ...]:
        """Everything written in sentences or words, by question; own rows are left out."""
        return tuple(
            row
            for row in self.answers
            if row.field.type in ("text", "paragraph") and not row.field.table and row.standing is Standing.ANSWERED
        )

    @cached_property
    def tables(self) -> tuple[OwnTable, ...]:
        """The respondents' own rows, table by table; the copies of a repeated block together."""
        keys: dict[str, list[str]] = {}
        for key in self.layout.tables:
            keys.setdefault(pattern(key), []).append(key)
        return tuple(self._table(question, found) for question, found in keys.items())

    @property
    def actions(self) -> OwnTable:
        """The rows of every table whose id ends with `actions`, as one plan."""
        tables = [table for table in self.tables if is_action_table(table.key)]
        columns: dict[str, str] = {}
        for table in tables:
            for id_, title in table.columns:
                columns.setdefault(id_, title)
        rows = tuple(row for table in tables for row in table.rows)
        return OwnTable(ACTIONS, "", "Actions", tuple(columns.items()), rows)

    @property
    def other_tables(self) -> tuple[OwnTable, ...]:
        """Every table that is not part of `actions`."""
        return tuple(table for table in self.tables if not is_action_table(table.key))

    @cached_property
    def to_chase(self) -> tuple[ToChase, ...]:
        """What is still to be cleared up, what can be sent to agencies first."""
        found = Chase(self.round, self.layout, self.privacy).all(self.register)
        return tuple(sorted(found, key=lambda item: not item.for_agency))

    @property
    def extras(self) -> tuple[Finding, ...]:
        """Everything in any file that is no answer: text beside the spaces, comments, tracked changes, pictures."""
        return tuple(
            Finding(entry, extra)
            for entry, one in self.register.lines
            if one is not None and not (entry.state is State.PART and entry.counting_file)  # merged with that one
            for extra in one.extras
        )

    def _table(self, question: str, keys: list[str]) -> OwnTable:
        block = self.layout.tables[keys[0]]
        columns = tuple((column.id, column.title) for column in block.columns)
        return OwnTable(question, question_code(block.rows[0][0]), block.ask, columns, tuple(self._own_rows(keys)))

    def _own_rows(self, keys: list[str]) -> Iterator[OwnRow]:
        for key in keys:
            rows: dict[tuple[str, int], list[AnswerRow]] = {}
            for row in self._in_tables.get(key, ()):
                rows.setdefault((row.respondent.label, row.row), []).append(row)
            for cells in rows.values():
                by_column = {cell.field.column: cell for cell in cells}
                yield OwnRow(cells[0].respondent, self.layout.tables[key].code, cells[0].row, by_column)

    @cached_property
    def _in_tables(self) -> Mapping[str, list[AnswerRow]]:
        found: dict[str, list[AnswerRow]] = {}
        for row in self.answers:
            if row.field.table:
                found.setdefault(row.field.table, []).append(row)
        return found


def is_action_table(key: str) -> bool:
    """Whether a table is an action plan, by its id: `actions`, `agency_actions`."""
    return key.rpartition(".")[2].endswith(ACTIONS)
