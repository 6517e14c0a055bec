"""Leaves out of a copy for one role what only other roles fill.

Codes and letters are given before anything is left out, so question B3 is B3 in every copy. A table of own rows that a
role fills in part keeps its first column and those that are locked, whoever fills them: they say what the row is about.
A grid keeps the columns that the form fills itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qaf_forms.issue.fields import Block, Field, GridBlock, QuestionBlock, TableBlock


def own_blocks(blocks: Iterable[Block], role: str | None) -> tuple[Block, ...]:
    """Of the blocks of one item those that `role` fills, in whole or in part; none of them where it fills nothing.

    `role` None leaves out nothing.
    """
    if role is None:
        return tuple(blocks)
    kept = tuple(own for block in blocks if (own := _own(block, role)) is not None)
    return kept if has_spaces(kept) else ()


def has_spaces(blocks: Iterable[Block]) -> bool:
    """Whether there is anything to answer in these blocks."""
    return any(isinstance(block, QuestionBlock | GridBlock | TableBlock) for block in blocks)


def _own(block: Block, role: str) -> Block | None:
    if isinstance(block, QuestionBlock):
        return block if block.field.role == role else None
    if not isinstance(block, GridBlock | TableBlock):
        return block
    if all(column.role != role or column.is_given for column in block.columns):
        return None
    first = block.columns[0].id if isinstance(block, TableBlock) else ""
    locked = block.locked if isinstance(block, TableBlock) else frozenset()
    kept = (one for one in block.columns if one.role == role or one.id in (first, *locked) or one.is_given)
    ids = frozenset(column.id for column in kept)
    others = tuple(column for column in block.columns if column.id not in ids)
    columns = tuple(replace(column, beside=others) for column in block.columns if column.id in ids)
    if isinstance(block, GridBlock):
        rows = tuple(replace(row, fields=_in_columns(row.fields, ids)) for row in block.rows)
        return replace(block, columns=columns, rows=rows)
    return replace(block, columns=columns, rows=tuple(_in_columns(fields, ids) for fields in block.rows))


def _in_columns(fields: Iterable[Field], ids: frozenset[str]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.column in ids)
