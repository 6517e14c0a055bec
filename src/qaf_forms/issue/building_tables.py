"""Builds the grids and tables of a layout: their heads, their rows, and the fields in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.companions import CompanionColumn, columns_of
from qaf_forms.define.condition import Condition, with_keys
from qaf_forms.define.given import Prefill
from qaf_forms.define.grid_rows import prompt_in_full
from qaf_forms.define.items import Grid, GridRow, Table, TitleRow
from qaf_forms.define.questions import RequiredWhen
from qaf_forms.issue.building_fields import answer_field, row_code, with_operands, with_whole_key
from qaf_forms.issue.fields import ColumnHead, Field, GridBlock, GridRowBlock, TableBlock, anchor_for, plain_label
from qaf_forms.issue.given import with_given
from qaf_forms.issue.place import Place, applies_to_type, both_of, letters

_WIDTHS = {"paragraph": 6, "text": 4, "email": 4, "choices": 4, "choice": 2, "yes_no": 2, "date": 2}


def grid_block(grid: Grid, code: str, place: Place) -> GridBlock:
    key = place.prefix + grid.id
    when = place.both(grid.when)
    rows = tuple(_without_idle_titles([*_grid_rows(grid, key, code, when, place)]))
    return GridBlock(key, code, grid.ask or "", grid.help, when, _heads(grid, place), rows)


def _grid_rows(grid: Grid, key: str, code: str, when: Condition | None, place: Place) -> Iterator[GridRowBlock]:
    """The rows as printed, numbered without the headings among them; the prompts of row 3 are 3a, 3b."""
    number = 0
    for row in grid.rows:
        if isinstance(row, TitleRow):
            yield GridRowBlock("", row.title, row.help, None, (), {})
            continue
        number += 1
        if not applies_to_type(row, place.variant):
            continue
        own = place.whole(row.when)
        if isinstance(row, GridRow):
            yield _grid_row(grid, row, f"{key}.{row.id}", f"{code}.{number}", when, place)
            continue
        stem = GridRowBlock(f"{code}.{number}", row.text, row.help, row.reference, (), {}, row.evidence, when=own)
        prompts = [
            _grid_row(
                grid,
                prompt,
                f"{key}.{prompt.id}",
                f"{code}.{number}{letter.lower()}",
                both_of(when, own),
                place,
                row.text,
            )
            for letter, prompt in zip(letters(), row.prompts, strict=False)
            if applies_to_type(prompt, place.variant)
        ]
        yield from [stem, *prompts] if prompts else []


def _without_idle_titles(rows: list[GridRowBlock]) -> Iterator[GridRowBlock]:
    """The rows without headings over nothing: all that stood below them is for other agencies."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if not row.is_title or (following is not None and not following.is_title):
            yield row


def _grid_row(
    grid: Grid, row: GridRow, key: str, code: str, when: Condition | None, place: Place, stem: str = ""
) -> GridRowBlock:
    label = plain_label(prompt_in_full(stem, row.text) if stem else row.text)
    own = place.whole(row.when)
    fields = with_given(_row_fields(grid, key, code, label, both_of(when, own), place, row), row.given)
    descriptors = {column: dict(levels) for column, levels in row.descriptors.items()}
    return GridRowBlock(code, row.text, row.help, row.reference, fields, descriptors, row.evidence, bool(stem), own)


def table_block(table: Table, code: str, place: Place) -> TableBlock:
    key = place.prefix + table.id
    when = place.both(table.when)
    label = plain_label(table.ask)
    prefill = table.prefill or Prefill()
    rows = tuple(
        with_given(
            _row_fields(table, f"{key}[{number}]", row_code(code, number, place.words), label, when, place),
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
        both_of(place.section_when, when),
        frozenset(prefill.locked),
    )


def _row_fields(
    block: Grid | Table,
    key: str,
    code: str,
    label: str,
    when: Condition | None,
    place: Place,
    row: GridRow | None = None,
) -> tuple[Field, ...]:
    columns = frozenset(column.id for column in block.columns)

    def whole_key(name: str) -> str:
        return f"{key}.{name}" if name in columns else place.key(name)

    def whole(condition: Condition | None) -> Condition | None:
        return with_keys(condition, whole_key) if condition else None

    fields = []
    for column in columns_of(row, block.columns):
        answer = with_operands(row.cells.get(column.id, column) if row else column, whole_key)
        built = answer_field(
            column, answer, f"{key}.{column.id}", code, label, place, when=both_of(when, whole(column.when))
        )
        required = column.required if isinstance(column.required, bool) else whole(column.required.when)
        last = with_whole_key(column.shows_last.of_row(row) if column.shows_last else None, whole_key)
        fields.append(replace(_in_column(built, column, required or False, block, place, row), shows_last=last))
    return tuple(fields)


def _in_column(
    field: Field,
    column: Any,
    required: bool | Condition,
    block: Grid | Table,
    place: Place,
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


def _heads(block: Grid | Table, place: Place) -> tuple[ColumnHead, ...]:
    ids = frozenset(column.id for column in block.columns)

    def outside(key: str) -> str:
        """Siblings stay as they are written; what lies outside the row gets its whole key."""
        return key if key in ids else place.key(key)

    return tuple(_head(column, block, outside, place) for column in block.columns)


def _head(column: Any, block: Grid | Table, whole_key: Callable[[str], str], place: Place) -> ColumnHead:
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
        calculation=with_operands(column, whole_key) if isinstance(column, Calculated) else None,
        is_given=column.shows_last is not None
        or (isinstance(block, Grid) and all(column.id in row.given for row in block.asked)),
    )
