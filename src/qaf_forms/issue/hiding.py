"""Leaves out of a copy for one role what only other roles fill.

Codes and letters are given before anything is left out, so question B3 is B3 in every copy. A table of own rows that a
role fills in part keeps its first column and those that are locked, whoever fills them: they say what the row is about.
A grid keeps the columns that the form fills itself. What is worked out from answers that are left out is left out with
them: it could never be worked out in this copy, and its words would tell of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qaf_forms.issue.fields import Block, Field, GridBlock, QuestionBlock, TableBlock


def own_blocks(blocks: Iterable[Block], role: str | None, lost: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """Of the blocks of one item those that `role` fills, in whole or in part; none of them where it fills nothing.

    `role` None leaves out nothing. `lost` are the keys of what cannot be worked out without the answers left out.
    """
    if role is None:
        return tuple(blocks)
    kept = tuple(own for block in blocks if (own := _own(block, role, lost)) is not None)
    return kept if has_spaces(kept) else ()


def has_spaces(blocks: Iterable[Block]) -> bool:
    """Whether there is anything to answer in these blocks."""
    return any(isinstance(block, QuestionBlock | GridBlock | TableBlock) for block in blocks)


def _own(block: Block, role: str, lost: frozenset[str]) -> Block | None:
    if isinstance(block, QuestionBlock):
        return block if block.field.role == role and block.field.key not in lost else None
    if not isinstance(block, GridBlock | TableBlock):
        return block
    open_ = [column for column in block.columns if column.id not in _lost_columns(block, lost)]
    if all(column.role != role or column.is_given for column in open_):
        return None
    first = block.columns[0].id if isinstance(block, TableBlock) else ""
    locked = block.locked if isinstance(block, TableBlock) else frozenset()
    kept = (one for one in open_ if one.role == role or one.id in (first, *locked) or one.is_given)
    ids = frozenset(column.id for column in kept)
    others = tuple(column for column in block.columns if column.id not in ids)
    columns = tuple(replace(column, beside=others) for column in block.columns if column.id in ids)
    if isinstance(block, GridBlock):
        rows = tuple(replace(row, fields=_in_columns(row.fields, ids)) for row in block.rows)
        return replace(block, columns=columns, rows=rows)
    return replace(block, columns=columns, rows=tuple(_in_columns(fields, ids) for fields in block.rows))


def _lost_columns(block: GridBlock | TableBlock, lost: frozenset[str]) -> frozenset[str]:
    """The columns in which nothing can be worked out."""
    rows = [row.fields for row in block.rows] if isinstance(block, GridBlock) else block.rows[:1]
    fields = [field for row in rows for field in row]
    return frozenset(field.column for field in fields) - {field.column for field in fields if field.key not in lost}


def _in_columns(fields: Iterable[Field], ids: frozenset[str]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.column in ids)
