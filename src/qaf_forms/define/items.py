"""What stands in a section: notes, questions, grids, tables, groups and sign-offs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from qaf_forms.define.answer_types import AnswerType
from qaf_forms.define.condition import Condition
from qaf_forms.define.questions import AGENCY, AnyColumn, AnyQuestion, DateColumn, Markdown, TextColumn, Wording
from qaf_forms.define.scale import DefinitionModel, Identifier, Line
from qaf_forms.define.story import Story


class Note(DefinitionModel):
    """Prose between questions; nothing is answered."""

    type: Literal["note"]
    id: Identifier | None = None
    text: Markdown
    applies_to: tuple[Line, ...] = ()


class GridRow(Story):
    """One row of a grid: a requirement or question that every column is answered for."""

    id: Identifier
    text: Wording
    help: Markdown | None = None
    reference: Line | None = Field(default=None, description="Statute or guidance it rests on; printed, read-only")
    evidence: Line | None = Field(default=None, description="What would show it; printed small under the row's words")
    cells: Mapping[Identifier, AnswerType] = Field(default={}, description="Columns whose type differs in this row")
    descriptors: Mapping[Identifier, Mapping[Identifier, Line]] = Field(
        default={}, description="By column, what each level means for this row"
    )


class Grid(Story):
    """Fixed rows by typed columns: the commonest shape in audit tools."""

    type: Literal["grid"]
    id: Identifier
    ask: Wording | None = None
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    rows: Annotated[tuple[GridRow, ...], Field(min_length=1)]


class Table(Story):
    """The respondent's own rows. A copy prints `blank_rows` of them; any number may come back."""

    type: Literal["table"]
    id: Identifier
    ask: Wording
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    blank_rows: Annotated[int, Field(ge=1, le=200)] = 5
    min_rows: Annotated[int, Field(ge=0, le=200)] = Field(default=0, description="Rows a complete return has at least")


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
    items: Annotated[tuple[InGroup, ...], Field(min_length=1)]


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
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    signatories: Annotated[tuple[Signatory, ...], Field(min_length=1)]

    def as_grid(self) -> Grid:
        """The grid that it is printed and read as."""
        asked: dict[str, Any] = {"required": self.required, "filled_by": self.filled_by}
        columns = (
            TextColumn(type="text", id="name", title="Name", personal=True, width=4, **asked),
            TextColumn(type="text", id="role", title="Role", width=4, **asked),
            DateColumn(type="date", id="date", title="Date", width=2, **asked),
        )
        rows = tuple(GridRow(id=signatory.id, text=signatory.text) for signatory in self.signatories)
        return Grid(
            type="grid",
            id=self.id,
            ask=self.ask,
            help=self.help,
            when=self.when,
            applies_to=self.applies_to,
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
