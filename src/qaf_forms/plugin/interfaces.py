"""What a format plugin and the core say to each other.

A renderer turns a layout and copies into files. A reader turns a file into `Contents`: every piece of text in it, where
it stands, and which anchors mark it. Neither knows what an answer means; the core does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.issue.remarks import Remark
from qaf_forms.problems import Problem

if TYPE_CHECKING:
    from qaf_forms.define.condition import Value
    from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import Stamp

Raw = str | int | float | bool | date | datetime
"""What stands in an answer space: text as typed, or what the file's format says it is."""


class Route(StrEnum):
    """By which anchor an answer was found, surest first.

    `COMPUTED` answers were not found at all, but worked out from others. No reader marks a cell with it.
    """

    TAG = "tag"
    NAME = "name"
    BOOKMARK = "bookmark"
    KEY = "key"
    CODE = "code"
    WORDING = "wording"
    GIVEN = "given"
    """By none: the form itself gives the answer, and it is not in the file any more."""
    COMPUTED = "computed"
    """By none: the answer is worked out from others."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mark on a place in a file. `name` is the anchor of a field or tick; on the route KEY it is a key."""

    route: Route
    name: str


@dataclass(slots=True)
class Cell:
    """One cell of a table or sheet.

    `column` counts from 0 across the table's grid; a cell over several columns has the first. `value` is what stands
    there: text with a line feed between paragraphs and lines, ☒ and ☐ for ticked and empty boxes, and nothing ("")
    where the file says that only a placeholder stands there. `place` is where a person finds it. `remarks` are
    problems of the cell itself (a formula, an error), which the core passes on. `stored` is a date that the file holds
    beside the text which people see, and `formula` what works the value out, without its equals sign. Where the file
    has no result of it, `value` is the formula with its equals sign.

    A cell that was merged with those to its right covers `across` columns. One that was merged with those below stands
    in each row that it covers: in the first as itself, in the others as a cell whose `into` is the first.
    """

    column: int
    value: Raw
    place: str
    anchors: Sequence[Anchor] = ()
    remarks: Sequence[Problem] = ()
    stored: date | None = None
    across: int = 1
    into: Cell | None = None
    formula: str = ""


@dataclass(slots=True)
class Table:
    """Rows of cells, top to bottom. A sheet is one table; empty cells without anchors may be left out.

    `foot` is what the feet of its pages say, line by line, where its pages are its own as those of a sheet are.
    """

    place: str
    rows: list[list[Cell]]
    foot: str = ""


SHEET_NAME = "sheet name"
"""The kind of what a sheet is called, apart from what programs make of names. It may be cut."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something in a file that is not an answer.

    `kind`: text, comment, note, header, footer, inserted, deleted, picture, embedded, sheet, textbox, footnote, ...;
    `text` is what it says.
    """

    kind: str
    place: str
    text: str


@dataclass(slots=True)
class Contents:
    """Everything in a file.

    `properties` are the custom document properties and the rows of the hidden sheet; `loose` is text that may be the
    form's own (paragraphs outside tables, headers and footers, names of sheets); `extras` is text that cannot be
    (comments, tracked changes, pictures); `problems` are the file's (macros, links). `application` is the program that
    saved it.
    """

    properties: Mapping[str, str]
    tables: list[Table]
    loose: list[Extra] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    application: str = ""
    knows_percentages: bool = True
    """Whether a percentage is told from a number; otherwise numbers given as percentages have to be asked about."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a returned file, all of them settable. Sizes in bytes.

    The defaults were measured on 6,441 real office files and 172 hostile ones: every real file stays within them.
    """

    file_size: int = 25_000_000
    entries: int = 2_000
    unpacked_size: int = 200_000_000
    part_size: int = 64_000_000
    ratio: int = 250
    ratio_from: int = 1_000_000
    depth: int = 256
    elements: int = 2_500_000
    attributes: int = 1_000
    cells: int = 1_000_000
    rows: int = 200_000
    sheets: int = 500
    answers: int = 100_000
    """Answers found in one file, and remarks on where they stand; a second answer counts as both."""
    answer_length: int = 10_000_000
    seconds: float = 30.0
    """For a program that a file of an old format is given to, and the processor's for a guarded process."""
    memory: int = 1_000_000_000
    """Of address space, for both."""
    office_seconds: float = 60.0
    """For an office program that converts a file, which needs more room than it uses."""
    office_memory: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Copy:
    """One file to make: its stamp, the answers already in it by key, and the role it is for.

    The spaces of other roles are shown, marked as theirs and locked. `role` None opens every space. `given` are the
    keys of answers that nobody may change: shown and locked as well, but no role's. `look` is how the file should look;
    a format does of it what it can. `typed` is what stands in spaces as somebody typed it, where that is no answer, and
    `remarks` are to be seen at the spaces that they are about.
    """

    stamp: Stamp
    answers: Mapping[str, Value] = field(default_factory=dict)
    role: str | None = "agency"
    given: frozenset[str] = frozenset()
    look: Look = STANDARD_LOOK
    typed: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()


@runtime_checkable
class Renderer(Protocol):
    """Makes files of one format."""

    format: str
    """The name people ask for it by: `word`."""
    suffix: str
    """Of the files it makes, with the dot."""

    def render(self, layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
        """Yield one file for each copy, in order. The same layout and copy give the same bytes, always."""
        ...


@runtime_checkable
class TemplatedRenderer(Renderer, Protocol):
    """A renderer whose files are made from a template, which a partnership can replace by its own."""

    def template(self) -> bytes:
        """The content of the template that it uses by itself."""
        ...

    def template_faults(self, data: bytes, place: str) -> Sequence[Problem]:
        """Everything in a template that would make a file go wrong. `place` is what to call it."""
        ...


@runtime_checkable
class Reader(Protocol):
    """Reads files of one format."""

    format: str
    """The same name as the renderer's."""

    @property
    def suffixes(self) -> Sequence[str]:
        """Of the files it reads, with the dot; for messages, never trusted."""
        ...

    def recognises(self, data: bytes) -> bool:
        """Whether a file with this content looks like this format. Look at a few bytes only; nothing is checked yet."""
        ...

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Say what stands where. `UnreadableFileError` if it cannot be told; any other exception is a bug."""
        ...


@dataclass(frozen=True, slots=True)
class OutputCell:
    """A cell of an output table: a value, with a fill colour (`#RRGGBB`) where a scale gives one."""

    value: str | int | float | date | None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class OutputTable:
    """One table of a collation. `widths` are in characters; `rows` hold plain values or `OutputCell`s."""

    name: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Sequence[str | int | float | date | OutputCell | None]]
    note: str = ""


@runtime_checkable
class Exporter(Protocol):
    """Writes a collation's tables in one format."""

    format: str
    """The name people ask for it by: `workbook`."""
    suffix: str
    """Of the file it makes, with the dot."""

    def export(self, title: str, tables: Sequence[OutputTable]) -> bytes:
        """The tables as one file, the same bytes for the same tables. Text stays text, whatever it starts with."""
        ...
