"""The layout: what the renderers and readers of every format agree on.

`Layout(form)` is the form flattened in reading order into sections, blocks and fields (answer spaces), each with its
key, printed code and anchor. Renderers place the fields, readers say what stands where, and only the core decides what
it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256

from qaf_forms.define.condition import Condition, Value, simple_parts
from qaf_forms.define.form import Form
from qaf_forms.define.markup import plain
from qaf_forms.define.words import Words
from qaf_forms.issue.building import build_sections
from qaf_forms.issue.building_fields import table_row
from qaf_forms.issue.calculation_words import calculation_line
from qaf_forms.issue.condition_in_words import InWords
from qaf_forms.issue.fields import (
    ColumnHead,
    Field,
    GridBlock,
    GridRowBlock,
    Heading,
    Prose,
    QuestionBlock,
    SectionLayout,
    TableBlock,
)
from qaf_forms.issue.operands import Operands

_TABLE_KEY = re.compile(r"^(?P<table>.+)\[(?P<row>[0-9]{1,6})\]\.(?P<column>[a-z][a-z0-9_]*)$")


class Layout:
    """A form laid out for one variant (an agency type), or for all when `variant` is None.

    With `only_for` a role, what only other roles fill is left out, and so is what is worked out from it (`lost`). Codes
    are given before anything is left out, so question B3 is B3 in every variant and every role's copy. `wording` is the
    name of the wording that `form` is in, if it is not in its own words.
    """

    def __init__(
        self,
        form: Form,
        variant: str | None = None,
        only_for: str | None = None,
        wording: str = "",
        *,
        lost: frozenset[str] | None = None,
    ) -> None:
        self.form = form
        self.variant = variant
        self.only_for = only_for
        self.wording = wording
        self.words: Words = form.words
        lost = _lost(form, variant, only_for) if lost is None else lost
        self.sections: tuple[SectionLayout, ...] = build_sections(form, variant, only_for, lost)
        self.fields: tuple[Field, ...] = tuple(_fields_of(self.sections))
        self.tables: dict[str, TableBlock] = {
            block.key: block for section in self.sections for block in section.blocks if isinstance(block, TableBlock)
        }
        self._fields_by_key = {field.key: field for field in self.fields}
        self.calculates = any(field.calculation for field in self.fields)

    def __repr__(self) -> str:
        return f"<Layout {self.form.id}@{self.form.version}: {len(self.fields)} fields>"

    @property
    def language(self) -> str:
        """What office programs call the language of the form: `cy-GB`."""
        language, locale = self.form.language, self.words.locale
        return locale if locale.startswith(f"{language}-") else language

    def field(self, key: str) -> Field | None:
        """The field of this key; of a table also those of rows that were not printed."""
        found = self._fields_by_key.get(key)
        if found is None and (match := _TABLE_KEY.match(key)):
            return self.table_field(match["table"], int(match["row"]), match["column"])
        return found

    def table_field(self, table: str, row: int, column: str) -> Field | None:
        """The field in row `row` (from 1) of a table, whether it was printed or added."""
        return next((field for field in self.table_fields(table, row) if field.column == column), None)

    def table_fields(self, table: str, row: int) -> tuple[Field, ...]:
        """The fields in row `row` (from 1) of a table, whether it was printed or added."""
        block = self.tables.get(table)
        if block is None or row < 1:
            return ()
        return block.rows[row - 1] if row <= len(block.rows) else table_row(block, row)

    def _any_field(self, key: str) -> Field | None:
        """The field of this key, though it may stand in the copies of other roles only."""
        return self.field(key) or self.whole.field(key)

    @cached_property
    def whole(self) -> Layout:
        """The same with the spaces of every role."""
        return self if self.only_for is None else Layout(self.form, self.variant, wording=self.wording)

    def can_tell(self, condition: Condition) -> bool:
        """Whether everything that a condition depends on stands in this copy, not only in those of other roles."""
        if self.only_for is None:
            return True
        fields = ((part.key, self.field(part.key)) for part in simple_parts(condition))
        return all(self.can_work_out(field) if field else self.whole.field(key) is None for key, field in fields)

    @cached_property
    def by_anchor(self) -> Mapping[str, Field]:
        """Every printed field by its anchor, and by the anchors of its ticks."""
        index = {field.anchor: field for field in self.fields}
        index |= {tick.anchor: field for field in self.fields for tick in field.ticks}
        return index

    @cached_property
    def tables_by_anchor(self) -> Mapping[str, TableBlock]:
        """Every table by the anchor of its head row."""
        return {table.anchor: table for table in self.tables.values()}

    @cached_property
    def given(self) -> Mapping[str, Value]:
        """What the form itself says in answer spaces, for nobody to change."""
        return {field.key: field.given for field in self.fields if field.given is not None}

    @cached_property
    def shows_last(self) -> bool:
        """Whether last answers are shown anywhere."""
        return any(field.shows_last for field in self.fields)

    def last_answers(self, answers: Iterable[str]) -> frozenset[str]:
        """The keys of the spaces that show last answers, those of rows that `answers` add among them."""
        keys = (*(field.key for field in self.fields), *answers) if self.shows_last else ()
        return frozenset(key for key in keys if (field := self.field(key)) and field.shows_last)

    @cached_property
    def defaults(self) -> Mapping[str, Value]:
        """What stands in answer spaces of a fresh copy until somebody changes it."""
        return {field.key: field.default for field in self.fields if field.default is not None}

    @cached_property
    def calculated_fields(self) -> tuple[Field, ...]:
        """Every field that is worked out, of a table those of its first row."""
        calculated = (field for field in self.fields if field.calculation)
        return tuple(one for one in calculated if not one.table or one.key.startswith(f"{one.table}[1]."))

    def can_work_out(self, field: Field) -> bool:
        """Whether all that a field is worked out from, if it is, stands in this copy, not only in those of others."""
        return self.only_for is None or field.calculation is None or self.operands.are_in_this_copy(field)

    @cached_property
    def operands(self) -> Operands:
        """What the keys of calculations mean."""
        return Operands(self)

    @cached_property
    def fingerprint(self) -> str:
        """12 hex digits that change when the structure of the answers does (keys, types, levels), not its wording."""
        everything = self if self.variant is None and self.only_for is None else Layout(self.form)
        structure = [
            [field.key, field.type, [level.code for level in field.scale.levels] if field.scale else []]
            for field in everything.fields
            if not field.table or "[1]." in field.key
        ]
        return sha256(json.dumps(structure).encode()).hexdigest()[:12]

    def asked_if(self, when: Condition | None) -> str:
        """The condition under which something is asked, as printed, or an empty string."""
        return self.words.conditions.asked_if.format(condition=self.in_words(when)) if when else ""

    def needed_if(self, when: Condition) -> str:
        """The condition under which an answer is needed, as printed."""
        return self.words.conditions.needed_if.format(condition=self.in_words(when))

    def in_words(self, condition: Condition, names: Mapping[str, str] | None = None, words: Words | None = None) -> str:
        """A condition in the form's language: "A3 is No or Partly". `names` says how to call a key that is no field's.

        `words` are those of another language.
        """
        return InWords(self._any_field, (words or self.words).conditions, names or {}).say(condition)

    def calculation_line(self, field: Field) -> str:
        """How the answer of a field is worked out, as printed, or an empty string."""
        return calculation_line(self, field.calculation, field.scale) if field.calculation else ""

    def column_note(self, column: ColumnHead, columns: Iterable[ColumnHead], *, is_theirs: bool = False) -> str:
        """What a column's head says of when it is asked or needed, or how it is worked out, or an empty string.

        `is_theirs`: the reader of this copy is to leave it empty, so nothing is said of an answer that is needed.
        """
        siblings = {sibling.id: sibling for sibling in (*columns, *column.beside)}
        names = {sibling.id: sibling.title for sibling in siblings.values()}
        words = self.words.conditions
        in_words = InWords(self._any_field, words, names, {sibling.id: sibling.scale for sibling in siblings.values()})
        if column.is_given:
            return ""
        notes = [calculation_line(self, column.calculation, column.scale, names)] if column.calculation else []
        if column.when:
            notes.append(words.column_if.format(condition=in_words.say(column.when)))
        if is_theirs:
            return " ".join(notes)
        if column.required is True:
            notes.append(f"{self.words.required}.")
        elif column.required:
            notes.append(words.needed_if.format(condition=in_words.say(column.required)))
        return " ".join(notes)

    def row_labels(self) -> Iterator[tuple[str, str]]:
        """Code and words of every printed row that has a code: questions, the rows of grids, stems over prompts."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, QuestionBlock):
                    yield block.field.code, plain(block.ask)
                elif isinstance(block, GridBlock):
                    yield from ((row.code, row.words) for row in block.rows if not row.is_title)

    def unanswered_rows(self) -> Iterator[GridRowBlock]:
        """The rows of grids in which nothing is answered: headings, and stems over prompts."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, GridBlock):
                    yield from (row for row in block.rows if not row.fields)


def _lost(form: Form, variant: str | None, only_for: str | None) -> frozenset[str]:
    """The keys of what cannot be worked out in the copies of a role, for want of what they leave out."""
    if only_for is None:
        return frozenset()
    draft = Layout(form, variant, only_for, lost=frozenset())
    return frozenset(field.key for field in draft.calculated_fields if not draft.can_work_out(field))


def _fields_of(sections: Iterable[SectionLayout]) -> Iterator[Field]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, QuestionBlock):
                yield block.field
            elif isinstance(block, GridBlock):
                for grid_row in block.rows:
                    yield from grid_row.fields
            elif isinstance(block, TableBlock):
                for fields in block.rows:
                    yield from fields
            else:
                assert isinstance(block, Prose | Heading)
