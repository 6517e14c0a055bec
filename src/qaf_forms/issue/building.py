"""Builds the sections of a layout from a form: numbers everything, then flattens it into blocks and fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

from qaf_forms.define.answer_types import AnswerType, Calculated, Choices
from qaf_forms.define.companions import CompanionColumn, companions_of, ids_in, with_companion_columns
from qaf_forms.define.condition import All, Condition, with_keys
from qaf_forms.define.form import Form, NilReturn, Section
from qaf_forms.define.given import Prefill
from qaf_forms.define.grid_rows import prompt_in_full
from qaf_forms.define.items import Grid, GridRow, Group, Note, SignOff, Table, TitleRow
from qaf_forms.define.last_answer import LastAnswer
from qaf_forms.define.questions import RequiredWhen
from qaf_forms.define.scale import Scale
from qaf_forms.define.words import Words, joined
from qaf_forms.issue.fields import (
    Block,
    ColumnHead,
    Field,
    GridBlock,
    GridRowBlock,
    Heading,
    Prose,
    QuestionBlock,
    SectionLayout,
    TableBlock,
    Tick,
    anchor_for,
    plain_label,
)
from qaf_forms.issue.given import with_given
from qaf_forms.issue.hiding import has_spaces, own_blocks

_NOTHING = "–"
"""What stands where no last answer can be shown."""
_WIDTHS = {"paragraph": 6, "text": 4, "email": 4, "choices": 4, "choice": 2, "yes_no": 2, "date": 2}


TYPE_SEPARATOR = ";"
"""Between the types of an agency that is of several."""


def build_sections(form: Form, variant: str | None, only_for: str | None = None) -> tuple[SectionLayout, ...]:
    """Lay out every section that applies to `variant`; letters count the ones that do not, too.

    With `only_for` a role, what only other roles fill is left out, and a section of which nothing is left.
    """
    sections = []
    letters = _letters()
    if form.nil_return:
        sections.append(_nil_page(form, form.nil_return, _Place(form, next(letters), variant, True, only_for)))
    for section in form.sections:
        letter = next(letters)
        if _applies(section, variant):
            sections.append(_section(section, _Place(form, letter, variant, only_for=only_for)))
    return tuple(section for section in sections if section is not None)


def table_row(block: TableBlock, number: int) -> tuple[Field, ...]:
    """The fields of a row (from 1) that was not printed, after the pattern of the last, in which nothing is given."""
    old, new = f"{block.key}[{len(block.rows)}].", f"{block.key}[{number}]."
    return tuple(_moved(field, old, new, _row_code(block.code, number, field.words)) for field in block.rows[-1])


def _row_code(table: str, number: int, words: Words) -> str:
    return words.table_row.format(code=table, number=number)


def _moved(field: Field, old: str, new: str, code: str) -> Field:
    def moved(key: str) -> str:
        return key.replace(old, new, 1) if key.startswith(old) else key

    key = moved(field.key)
    return replace(
        field,
        key=key,
        anchor=anchor_for(key),
        code=code,
        required=field.required if isinstance(field.required, bool) else with_keys(field.required, moved),
        when=with_keys(field.when, moved) if field.when else None,
        printed_when=with_keys(field.printed_when, moved) if field.printed_when else None,
        ticks=_ticks(key, field.scale) if field.ticks else (),
        answer=_with_operands(field.answer, moved),
        shows_last=_with_whole_key(field.shows_last, moved),
    )


def _with_whole_key(last: LastAnswer | None, whole_key: Callable[[str], str]) -> LastAnswer | None:
    """The last answer that is shown, under its whole key; one of another form is not known by the keys of this."""
    return last.model_copy(update={"key": whole_key(last.key)}) if last and last.form is None else last


def _with_operands(answer: Any, rename: Callable[[str], str]) -> Any:
    """An answer type with every key of its calculation, if it has one, passed through `rename`."""
    if not isinstance(answer, Calculated):
        return answer
    return answer.model_copy(update={"of": tuple(rename(key) for key in answer.of)})


class _Place:
    """Where a block is being built: its section, the key prefix of its group, and what it all depends on."""

    def __init__(
        self, form: Form, section: str, variant: str | None, nil_page: bool = False, only_for: str | None = None
    ) -> None:
        self.form, self.section, self.variant, self.nil_page = form, section, variant, nil_page
        self.only_for = only_for
        self.words = form.words
        self.prefix = ""
        self.when: Condition | None = None
        self.section_when: Condition | None = None
        self.siblings: frozenset[str] = frozenset()
        self.copy = 0

    def in_group(self, group: Group, copy: int) -> _Place:
        """The place of one copy of a group, inside this one."""
        inner = _Place(self.form, self.section, self.variant, self.nil_page, self.only_for)
        inner.prefix, inner.copy, inner.when = f"{group.id}[{copy}].", copy, self.both(group.when)
        inner.siblings = ids_in(group, self.form.scale_of)
        inner.section_when = self.section_when
        return inner

    def has(self, item: Any) -> bool:
        """Whether an item is for this variant and this copy."""
        is_here = not self.copy or not item.in_copies or self.copy in item.in_copies
        return is_here and _applies(item, self.variant)

    def key(self, written: str) -> str:
        """A key as written in a condition, whole: inside a group, its own items mean the same copy."""
        return self.prefix + written if _first_id(written) in self.siblings else written

    def whole(self, condition: Condition | None) -> Condition | None:
        """A condition with whole keys."""
        return with_keys(condition, self.key) if condition and self.prefix else condition

    def both(self, condition: Condition | None) -> Condition | None:
        """What an item in this place depends on: its own condition and that of what it stands in."""
        return _and(self.when, self.whole(condition))


def _and(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    return All(conditions=(first, second))


def _first_id(key: str) -> str:
    return key.split(".")[0].split("[")[0]


def _letters() -> Iterator[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    for first in alphabet:
        yield from (first + second for second in alphabet)


def _applies(item: Any, variant: str | None) -> bool:
    """Whether an item is for an agency of this type, or of one of these types."""
    if variant is None or not item.applies_to or variant in item.applies_to:
        return True
    return any(type_.strip() in item.applies_to for type_ in variant.split(TYPE_SEPARATOR))


def _nil_page(form: Form, nil: NilReturn, place: _Place) -> SectionLayout | None:
    letter = place.section
    scale = form.scale_named(nil.scale)
    words = form.words
    waiving = [words.quoted.format(text=level.label) for code in nil.waives_when if (level := scale.level(code))]
    next_step = Prose(words.nil_next.format(answers=joined(words.conditions.either, waiving)))
    gate_blocks = tuple(_items((nil.as_question(),), place, letter))
    blocks = (*gate_blocks, *((next_step,) if gate_blocks else ()), *_items(nil.items, place, letter, first=2))
    return SectionLayout(letter, nil.title, None, blocks) if has_spaces(blocks) else None


def _section(section: Section, place: _Place) -> SectionLayout | None:
    place.section_when = section.when
    blocks = tuple(_items(section.items, place, place.section))
    is_prose = all(isinstance(item, Note) for item in section.items)
    if place.only_for is not None and not is_prose and not has_spaces(blocks):
        return None
    return SectionLayout(place.section, section.title, section.guidance, blocks, section.when)


def _items(items: tuple[Any, ...], place: _Place, stem: str, first: int = 1) -> Iterator[Block]:
    number = first
    for item in items:
        applies = place.has(item)
        if isinstance(item, Note):
            if applies:
                yield Prose(item.text)
            continue
        if applies:
            yield from own_blocks(_with_companions(item, f"{stem}{number}", place), place.only_for)
        number += 1


def _with_companions(item: Any, code: str, place: _Place) -> Iterator[Block]:
    scale_of = place.form.scale_of
    yield from _blocks(with_companion_columns(item, scale_of, place.words), code, place)
    for letter, companion in zip(ascii_lowercase, companions_of(item, scale_of, place.words), strict=False):
        yield from _blocks(companion, f"{code}{letter}", place)


def _blocks(item: Any, code: str, place: _Place) -> Iterator[Block]:
    if isinstance(item, Grid | SignOff):
        grid = _grid(item if isinstance(item, Grid) else item.as_grid(place.words), code, place)
        if grid.rows:
            yield grid
    elif isinstance(item, Table):
        yield _table(item, code, place)
    elif isinstance(item, Group):
        yield from _group(item, code, place)
    else:
        yield QuestionBlock(_question(item, code, place), item.ask)


def _group(group: Group, code: str, place: _Place) -> Iterator[Block]:
    prose = [text for text in (group.help, _on_spare_copies(group, place.words)) if text]
    yield Heading(group.ask, 2, code, "\n\n".join(prose) or None, place.both(group.when))
    for copy in range(1, group.copies + 1):
        yield Heading(group.title_of(copy), 3, f"{code}-{copy}")
        yield from _items(group.items, place.in_group(group, copy), f"{code}-{copy}.")


def _on_spare_copies(group: Group, words: Words) -> str:
    if not group.has_spare:
        return ""
    return words.copies_at_least.format(number=group.min_copies) if group.min_copies else words.spare_copies


def _question(item: Any, code: str, place: _Place) -> Field:
    answer = _with_operands(item, place.key)
    return _field(item, answer, place.prefix + item.id, code, plain_label(item.ask), place, when=place.both(item.when))


def _grid(grid: Grid, code: str, place: _Place) -> GridBlock:
    key = place.prefix + grid.id
    when = place.both(grid.when)
    rows = tuple(_without_idle_titles([*_grid_rows(grid, key, code, when, place)]))
    return GridBlock(key, code, grid.ask or "", grid.help, when, _heads(grid, place), rows)


def _grid_rows(grid: Grid, key: str, code: str, when: Condition | None, place: _Place) -> Iterator[GridRowBlock]:
    """The rows as printed, numbered without the headings among them; the prompts of row 3 are 3a, 3b."""
    number = 0
    for row in grid.rows:
        if isinstance(row, TitleRow):
            yield GridRowBlock("", row.title, row.help, None, (), {})
            continue
        number += 1
        if not _applies(row, place.variant):
            continue
        own = place.whole(row.when)
        if isinstance(row, GridRow):
            yield _grid_row(grid, row, f"{key}.{row.id}", f"{code}.{number}", when, place)
            continue
        stem = GridRowBlock(f"{code}.{number}", row.text, row.help, row.reference, (), {}, row.evidence, when=own)
        prompts = [
            _grid_row(
                grid, prompt, f"{key}.{prompt.id}", f"{code}.{number}{letter.lower()}", _and(when, own), place, row.text
            )
            for letter, prompt in zip(_letters(), row.prompts, strict=False)
            if _applies(prompt, place.variant)
        ]
        yield from [stem, *prompts] if prompts else []


def _without_idle_titles(rows: list[GridRowBlock]) -> Iterator[GridRowBlock]:
    """The rows without headings over nothing: all that stood below them is for other agencies."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if not row.is_title or (following is not None and not following.is_title):
            yield row


def _grid_row(
    grid: Grid, row: GridRow, key: str, code: str, when: Condition | None, place: _Place, stem: str = ""
) -> GridRowBlock:
    label = plain_label(prompt_in_full(stem, row.text) if stem else row.text)
    own = place.whole(row.when)
    fields = with_given(_row_fields(grid, key, code, label, _and(when, own), place, row), row.given)
    descriptors = {column: dict(levels) for column, levels in row.descriptors.items()}
    return GridRowBlock(code, row.text, row.help, row.reference, fields, descriptors, row.evidence, bool(stem), own)


def _table(table: Table, code: str, place: _Place) -> TableBlock:
    key = place.prefix + table.id
    when = place.both(table.when)
    label = plain_label(table.ask)
    prefill = table.prefill or Prefill()
    rows = tuple(
        with_given(
            _row_fields(table, f"{key}[{number}]", _row_code(code, number, place.words), label, when, place),
            written,
            prefill.locked,
        )
        for number, written in enumerate((*prefill.rows, *({},) * table.blank_rows), start=1)
    )
    return TableBlock(
        key,
        code,
        table.ask,
        table.help,
        when,
        anchor_for(f"{key}[]"),
        _heads(table, place),
        rows,
        table.min_rows,
        _and(place.section_when, when),
        frozenset(prefill.locked),
    )


def _row_fields(
    block: Grid | Table,
    key: str,
    code: str,
    label: str,
    when: Condition | None,
    place: _Place,
    row: GridRow | None = None,
) -> tuple[Field, ...]:
    columns = frozenset(column.id for column in block.columns)

    def whole_key(name: str) -> str:
        return f"{key}.{name}" if name in columns else place.key(name)

    def whole(condition: Condition | None) -> Condition | None:
        return with_keys(condition, whole_key) if condition else None

    fields = []
    for column in block.columns:
        answer = _with_operands(row.cells.get(column.id, column) if row else column, whole_key)
        built = _field(column, answer, f"{key}.{column.id}", code, label, place, when=_and(when, whole(column.when)))
        required = column.required if isinstance(column.required, bool) else whole(column.required.when)
        last = _with_whole_key(column.shows_last, whole_key)
        fields.append(replace(_in_column(built, column, required or False, block, place, row), shows_last=last))
    return tuple(fields)


def _in_column(
    field: Field,
    column: Any,
    required: bool | Condition,
    block: Grid | Table,
    place: _Place,
    row: GridRow | None,
) -> Field:
    return replace(
        field,
        required=False if field.calculation else required,
        column=column.id,
        column_title=column.title,
        table=place.prefix + block.id if isinstance(block, Table) else "",
        reference=row.reference if row else None,
        evidence=row.evidence if row else None,
        weight=row.weight if row else field.weight,
    )


def _heads(block: Grid | Table, place: _Place) -> tuple[ColumnHead, ...]:
    ids = frozenset(column.id for column in block.columns)

    def outside(key: str) -> str:
        """Siblings stay as they are written; what lies outside the row gets its whole key."""
        return key if key in ids else place.key(key)

    return tuple(_head(column, block, outside, place) for column in block.columns)


def _head(column: Any, block: Grid | Table, whole_key: Callable[[str], str], place: _Place) -> ColumnHead:
    def outside(condition: Condition | None) -> Condition | None:
        return with_keys(condition, whole_key) if condition else None

    required = outside(column.required.when) if isinstance(column.required, RequiredWhen) else column.required
    says_when = isinstance(column, CompanionColumn)
    return ColumnHead(
        id=column.id,
        title=column.title,
        under=column.under or "",
        role=column.filled_by,
        role_title=place.form.roles.get(column.filled_by, column.filled_by),
        width=column.width or _WIDTHS.get(column.type, 2),
        help=column.help,
        scale=place.form.scale_of(column),
        required=not says_when and (required or False),
        when=None if says_when else outside(column.when),
        calculation=_with_operands(column, whole_key) if isinstance(column, Calculated) else None,
        is_given=column.shows_last is not None
        or (isinstance(block, Grid) and all(column.id in row.given for row in block.asked)),
    )


def _field(
    asked: Any,
    answer: AnswerType | Any,
    key: str,
    code: str,
    label: str,
    place: _Place,
    when: Condition | None,
) -> Field:
    required = asked.required
    scale = place.form.scale_of(answer)
    return Field(
        key=key,
        code=code,
        label=label,
        answer=answer,
        scale=scale,
        section=place.section,
        anchor=anchor_for(key),
        role=asked.filled_by,
        role_title=place.form.roles.get(asked.filled_by, asked.filled_by),
        required=place.whole(required.when) or False if isinstance(required, RequiredWhen) else required,
        when=_and(place.section_when, when),
        printed_when=when,
        help=asked.help,
        placeholder=asked.placeholder or (_NOTHING if asked.shows_last else place.words.placeholders[answer.type]),
        personal=asked.personal,
        in_nil_page=place.nil_page,
        reference=getattr(asked, "reference", None),
        evidence=getattr(asked, "evidence", None),
        ticks=_ticks(key, scale) if isinstance(answer, Choices) else (),
        weight=getattr(asked, "weight", Decimal(1)),
        words=place.words,
        shows_last=_with_whole_key(asked.shows_last, place.key),
        copies_forward=asked.copy_forward,
    )


def _ticks(key: str, scale: Scale | None) -> tuple[Tick, ...]:
    return tuple(Tick(level, anchor_for(f"{key}#{level.code}")) for level in scale.levels) if scale else ()
