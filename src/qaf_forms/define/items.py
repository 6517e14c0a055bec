"""What stands in a section: notes, questions, grids, tables, groups and sign-offs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from qaf_forms.define.answer_types import AnswerType
from qaf_forms.define.condition import Condition, Key
from qaf_forms.define.given import GivenValue, Prefill
from qaf_forms.define.questions import (
    AGENCY,
    AnyColumn,
    AnyQuestion,
    CopyNumbers,
    DateColumn,
    Markdown,
    TextColumn,
    Weight,
    Wording,
)
from qaf_forms.define.scale import DefinitionModel, Identifier, Line
from qaf_forms.define.story import Story
from qaf_forms.define.words import ENGLISH, Words


class Note(DefinitionModel):
    """Prose between questions; nothing is answered."""

    type: Literal["note"]
    id: Identifier | None = None
    text: Markdown
    applies_to: tuple[Line, ...] = ()
    in_copies: CopyNumbers = ()


class GridRow(Story):
    """One row of a grid: a requirement or question that every column is answered for."""

    id: Identifier
    text: Wording
    help: Markdown | None = None
    reference: Line | None = Field(default=None, description="Statute or guidance it rests on; printed, read-only")
    evidence: Line | None = Field(default=None, description="What would show it; printed small under the row's words")
    when: Condition | None = Field(default=None, description="Asked only when this holds")
    applies_to: tuple[Line, ...] = Field(default=(), description="Agency types it is for; all when left out")
    cells: Mapping[Identifier, AnswerType] = Field(default={}, description="Columns whose type differs in this row")
    descriptors: Mapping[Identifier, Mapping[Identifier, Line]] = Field(
        default={}, description="By column, what each level means for this row"
    )
    given: Mapping[Identifier, GivenValue] = Field(
        default={}, description="By column, what the form itself says there; printed, and nobody may change it"
    )
    shows_row: Key | None = Field(
        default=None, description="The row, such as leading.champion, that `*` in a column's shows_last means here"
    )
    weight: Weight = Field(default=Decimal(1), description="How much it counts in a sum, mean or percent_of_possible")
    comment: bool = Field(
        default=False, description="Room for a comment at its end, in a column of the rows that have one; never needed"
    )


class TitleRow(DefinitionModel):
    """A heading across a grid, over the rows that follow. It has no code, takes no number, and nothing is answered."""

    title: Line
    help: Markdown | None = Field(default=None, description="Printed small under the heading")


class StemRow(Story):
    """A row with several prompts. Its words are printed once; each prompt stands below it with answers of its own."""

    id: Identifier | None = Field(default=None, description="Names the row for people; no answer's key has it")
    text: Wording
    help: Markdown | None = None
    reference: Line | None = Field(default=None, description="Statute or guidance it rests on; printed, read-only")
    evidence: Line | None = Field(default=None, description="What would show it; printed small under the stem")
    when: Condition | None = Field(default=None, description="Its prompts are asked only when this holds")
    applies_to: tuple[Line, ...] = Field(default=(), description="Agency types it is for; all when left out")
    prompts: Annotated[tuple[GridRow, ...], Field(min_length=1)]


def kind_of_row(written: Any) -> str:
    """Which kind of row this is: the name of its class, told by the key that only this kind has."""
    if not isinstance(written, Mapping):
        return type(written).__name__ if isinstance(written, DefinitionModel) else GridRow.__name__
    return TitleRow.__name__ if "title" in written else StemRow.__name__ if "prompts" in written else GridRow.__name__


AnyRow = Annotated[
    Annotated[GridRow, Tag("GridRow")] | Annotated[TitleRow, Tag("TitleRow")] | Annotated[StemRow, Tag("StemRow")],
    Discriminator(kind_of_row),
]
"""What can stand among the rows of a grid."""


class Grid(Story):
    """Fixed rows by typed columns: the commonest shape in audit tools."""

    type: Literal["grid"]
    id: Identifier
    ask: Wording | None = None
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    in_copies: CopyNumbers = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    rows: Annotated[tuple[AnyRow, ...], Field(min_length=1)]

    @property
    def asked(self) -> tuple[GridRow, ...]:
        """The rows that are answered, in order: those that stand alone, and every prompt."""
        return tuple(row for one in self.rows for row in asked_in(one))


def asked_in(row: GridRow | TitleRow | StemRow) -> tuple[GridRow, ...]:
    """What is answered of one entry among the rows of a grid."""
    if isinstance(row, GridRow):
        return (row,)
    return row.prompts if isinstance(row, StemRow) else ()


class Table(Story):
    """The respondent's own rows. A copy prints `blank_rows` of them; any number may come back.

    With `prefill` it comes with rows, before the blank ones.
    """

    type: Literal["table"]
    id: Identifier
    ask: Wording
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    in_copies: CopyNumbers = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    blank_rows: Annotated[int, Field(ge=1, le=200)] = 5
    prefill: Prefill | None = Field(default=None, description="Rows that stand in the table already")
    min_rows: Annotated[int, Field(ge=0, le=200)] = Field(default=0, description="Rows a complete return has at least")

    @property
    def printed_rows(self) -> int:
        """How many rows a copy prints."""
        return self.blank_rows + (len(self.prefill.rows) if self.prefill else 0)


class Group(Story):
    """A block of questions that is printed once for each child, adult or auditor."""

    type: Literal["group"]
    id: Identifier
    ask: Wording
    each: Line = Field(default="Copy", description="What one copy is about: Child, Auditor")
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    copies: Annotated[int, Field(ge=1, le=30)]
    min_copies: Annotated[int, Field(ge=0, le=30)] | None = Field(
        default=None,
        description="So many copies a complete return has at least, and the others may stay empty; left out: all count",
    )
    titles: tuple[Line, ...] = Field(
        default=(), description="What each copy is called, in place of `each` and its number: [Initial, Review]"
    )
    items: Annotated[tuple[InGroup, ...], Field(min_length=1)]

    @property
    def has_spare(self) -> bool:
        """Whether copies may stay empty."""
        return self.min_copies is not None and self.min_copies < self.copies

    @property
    def has_fixed_places(self) -> bool:
        """Whether it matters which copy an answer stands in: copies have names, or questions of their own."""
        return bool(self.titles) or any(item.in_copies for item in self.items)

    def title_of(self, copy: int) -> str:
        """What stands over a copy."""
        return self.titles[copy - 1] if copy <= len(self.titles) else f"{self.each} {copy}"


class Signatory(DefinitionModel):
    """One person who signs, by the office they hold: Head teacher, Chair of governors."""

    id: Identifier
    text: Wording


class SignOff(DefinitionModel):
    """Name, role and date of everyone who signs the return. Read like a grid: `sign_off.head.name`."""

    type: Literal["sign_off"]
    id: Identifier
    ask: Wording
    help: Markdown | None = Field(default=None, description="The declaration they sign")
    when: Condition | None = None
    required: bool = True
    filled_by: Identifier = AGENCY
    applies_to: tuple[Line, ...] = ()
    in_copies: CopyNumbers = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    signatories: Annotated[tuple[Signatory, ...], Field(min_length=1)]

    def as_grid(self, words: Words = ENGLISH) -> Grid:
        """The grid that it is printed and read as."""
        asked: dict[str, Any] = {"required": self.required, "filled_by": self.filled_by}
        columns = (
            TextColumn(type="text", id="name", title=words.signed_name, personal=True, width=4, **asked),
            TextColumn(type="text", id="role", title=words.signed_role, width=4, **asked),
            DateColumn(type="date", id="date", title=words.signed_date, width=2, **asked),
        )
        rows = tuple(GridRow(id=signatory.id, text=signatory.text) for signatory in self.signatories)
        return Grid(
            type="grid",
            id=self.id,
            ask=self.ask,
            help=self.help,
            when=self.when,
            applies_to=self.applies_to,
            in_copies=self.in_copies,
            fixed=self.fixed,
            columns=columns,
            rows=rows,
        )


InGroup = Annotated[Note | AnyQuestion | Grid | Table | SignOff, Field(discriminator="type")]
Item = Annotated[Note | AnyQuestion | Grid | Table | SignOff | Group, Field(discriminator="type")]
"""Anything that can stand in a section."""

Group.model_rebuild()


def inside(items: tuple[Any, ...]) -> Iterator[Any]:
    """Every item, and after a group the items in it; a sign-off as the grid that it is."""
    for item in items:
        yield item.as_grid() if isinstance(item, SignOff) else item
        if isinstance(item, Group):
            yield from inside(item.items)
