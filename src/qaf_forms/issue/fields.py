"""The records of a layout: answer spaces, and the blocks they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from qaf_forms.define.answer_types import Calculated, Control
from qaf_forms.define.condition import Condition, Value
from qaf_forms.define.last_answer import LastAnswer
from qaf_forms.define.markup import plain
from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.words import ENGLISH, Words

LONGEST_ANCHOR = 40
"""Word's limit on a bookmark's name, the strictest of the anchors'."""


def anchor_for(key: str) -> str:
    """The name that marks the space of `key` in every format.

    At most 40 characters, letters, digits and `_`, starting with a letter: what a Word bookmark, a content control tag
    and an Excel defined name all accept. The hash keeps `a_b.c` and `a.b_c` apart, and any name from reading like a
    cell address.
    """
    words = re.sub(r"[^a-z0-9]+", "_", key).strip("_")
    mark = blake2b(key.encode(), digest_size=4).hexdigest()
    return f"qf_{words[: LONGEST_ANCHOR - len(mark) - 4]}_{mark}"


@dataclass(frozen=True, slots=True)
class Tick:
    """One box of a question with several answers."""

    level: Level
    anchor: str


@dataclass(frozen=True, slots=True)
class Field:
    """One answer space.

    `key` names the answer (`core.seen_alone.answer`, `actions[2].due`); `code` is printed (`B1.3`); in a grid or table
    the fields of one row share a code and `column` is the id of theirs. `label` is the question in plain words.
    `answer` is the `AnswerType` that is asked for: a question, column or cell of the definition, with its limits.
    `given` is what the form itself says there, for nobody to change; `default` what stands there until it is changed.
    `required`, `when` and the calculation of a calculated `answer` are resolved: their keys are whole keys. `words` are
    those of the language it is printed in.
    """

    key: str
    code: str
    label: str
    answer: Any
    scale: Scale | None
    section: str
    anchor: str
    role: str
    role_title: str
    required: bool | Condition
    when: Condition | None
    help: str | None
    placeholder: str
    personal: bool
    in_nil_page: bool
    reference: str | None = None
    evidence: str | None = None
    printed_when: Condition | None = None
    """The part of `when` that is printed with it; that of its section is printed once, at the section's head."""
    column: str = ""
    column_title: str = ""
    table: str = ""
    ticks: tuple[Tick, ...] = ()
    weight: Decimal = Decimal(1)
    words: Words = ENGLISH
    given: Value | None = None
    default: Value | None = None
    shows_last: LastAnswer | None = None
    """Whose last answer is shown here, for nobody to change; its key is whole."""
    copies_forward: bool = False

    @property
    def type(self) -> str:
        """The answer type's name: `text`, `choice`, ..."""
        return str(self.answer.type)

    @property
    def control(self) -> Control:
        """What the respondent meets."""
        control: Control = self.answer.control
        return control

    @property
    def calculation(self) -> Calculated | None:
        """How the answer is worked out from others; None where somebody gives it."""
        return self.answer if isinstance(self.answer, Calculated) else None

    @property
    def name(self) -> str:
        """What a person calls it: `B2`, or in a grid or table `B1.3 Answer`."""
        return f"{self.code} {self.column_title}" if self.column else self.code


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown between questions."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: the title of a group or of one of its copies. `level` 2 or 3."""

    text: str
    level: int
    code: str = ""
    help: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """One question with its answer space."""

    field: Field
    ask: str


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column as printed. `under` is the head over several columns, or empty; `width` its share of the page.

    `required`, `when` and `calculation` are as defined: a key in them that is a sibling column's id means the same row.
    `beside` are the columns of the same rows that this copy leaves out. `is_given`: nobody fills it, since the
    form does so itself, or it shows last answers.
    """

    id: str
    title: str
    under: str
    role: str
    role_title: str
    width: int
    help: str | None
    scale: Scale | None
    required: bool | Condition
    when: Condition | None
    beside: tuple[ColumnHead, ...] = ()
    calculation: Calculated | None = None
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class GridRowBlock:
    """A printed row with one field a column. `descriptors`: by column, what each level means here.

    A row that has no room for a comment has no field in the last column of a grid in which others do.

    Two kinds of row have no fields, and nothing is answered in them: a heading across the grid, which has no code
    either, and a stem, printed once over its prompts. A prompt's fields have the stem in their `label`.
    """

    code: str
    text: str
    help: str | None
    reference: str | None
    fields: tuple[Field, ...]
    descriptors: Mapping[str, Mapping[str, str]]
    evidence: str | None = None
    is_prompt: bool = False
    when: Condition | None = None
    """The row's own condition, resolved; its fields have it too, with that of the grid."""

    @property
    def is_title(self) -> bool:
        """Whether it is a heading over the rows that follow."""
        return not self.code

    @property
    def words(self) -> str:
        """What it says, without styles. The text of a heading is no Markdown."""
        return self.text if self.is_title else plain(self.text)


@dataclass(frozen=True, slots=True)
class GridBlock:
    """Printed rows by typed columns."""

    key: str
    code: str
    ask: str
    help: str | None
    when: Condition | None
    columns: tuple[ColumnHead, ...]
    rows: tuple[GridRowBlock, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The respondent's own rows. `anchor` marks its head row; `rows` are the fields of the rows printed.

    The first of them may be the form's own. In the columns `locked` nobody may change what the form or a round says;
    the last row printed is always a blank one.
    """

    key: str
    code: str
    ask: str
    help: str | None
    when: Condition | None
    anchor: str
    columns: tuple[ColumnHead, ...]
    rows: tuple[tuple[Field, ...], ...]
    min_rows: int
    asked_when: Condition | None = None
    """`when` and the condition of its section."""
    locked: frozenset[str] = frozenset()


Block = Prose | Heading | QuestionBlock | GridBlock | TableBlock


@dataclass(frozen=True, slots=True)
class SectionLayout:
    """One section: its letter, title, guidance (Markdown) and blocks in reading order."""

    code: str
    title: str
    guidance: str | None
    blocks: tuple[Block, ...]
    when: Condition | None = None


def plain_label(markdown: str) -> str:
    """A question's words on one line."""
    return " ".join(plain(markdown).split("\n"))
