"""Answer spaces that a form makes by itself beside a question: "other, please specify", and room for a comment.

::

    levels:
      - {code: other_agency, label: Another agency, specify: which agency?}

A question whose scale has such a level is followed by a companion, `<id>_specify`, that is asked and needed when the
level is chosen. A column is followed by a companion column. `comment: true` makes `<id>_comment`; at a row of a grid it
makes a cell in a column `comment`, with which the grid then ends and in which only such rows are asked. From here on
they are questions and columns like any other: whatever walks the items of a form walks them with these functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qaf_forms.define.answer_types import Choice, Choices
from qaf_forms.define.condition import Is
from qaf_forms.define.items import Grid, GridRow, Group, Table
from qaf_forms.define.questions import Column, ParagraphColumn, ParagraphQuestion, Question, TextColumn, TextQuestion
from qaf_forms.define.scale import Level, Scale, fold
from qaf_forms.define.words import ENGLISH, Words, joined

_SPECIFY, _COMMENT = "_specify", "_comment"
_COMMENTS = "comment"
_NARROW = 2
_MARKUP = re.compile(r"([\\`*_\[\]<>&!~|#])")
_SENTENCE_STARTS = frozenset(
    {
        *("describe", "give", "how", "list", "name", "please", "say", "specify", "state", "tell"),
        *("what", "when", "where", "which", "who", "whom", "whose", "why"),
    }
)
"""Words that an author may write with a capital, and that go on in small letters behind a colon; names are left."""

ScaleOf = Callable[[Any], Scale | None]
"""Finds the scale of an answer type; None where it has none, or its name is not known."""


class CompanionColumn(TextColumn):
    """A column that the form makes. Its title says when it is asked, so its head says no more."""


class CommentColumn(ParagraphColumn):
    """The column at the end of a grid for the comments of those rows that have room for one."""


def columns_of(row: GridRow | None, columns: Iterable[Column]) -> Iterator[Column]:
    """The columns in which a row is asked: all of them, but for that of the comments where it has none."""
    return (one for one in columns if row is None or row.comment or not isinstance(one, CommentColumn))


def specify_id(identity: str) -> str:
    """The id, or the key, of what says more about the answer of this id or key."""
    return identity + _SPECIFY


def owner_of(identity: str) -> str:
    """The id that a companion of this id would belong to; other ids as they are."""
    return identity.removesuffix(_SPECIFY).removesuffix(_COMMENT)


def companions_of(item: Any, scale_of: ScaleOf, words: Words = ENGLISH) -> tuple[Question, ...]:
    """The questions that follow a question, in printed order; none after anything else.

    They are made without validation: a scale may make an `ask` longer than an author may write one.
    """
    if not isinstance(item, Question):
        return ()
    found: list[Question] = []
    shared = {name: getattr(item, name) for name in ("filled_by", "personal", "applies_to", "in_copies", "fixed")}
    if levels := _specified(item, scale_of):
        found.append(
            TextQuestion.model_construct(
                type="text",
                id=specify_id(item.id),
                ask=_MARKUP.sub(r"\\\1", _asked(levels, words)),
                required=True,
                when=_chosen(item.id, levels),
                **shared,
            )
        )
    if item.comment:
        ask = words.comment if item.comment is True else item.comment
        found.append(
            ParagraphQuestion.model_construct(
                type="paragraph", id=item.id + _COMMENT, ask=ask, when=item.when, **shared
            )
        )
    return tuple(found)


def with_companion_columns(item: Any, scale_of: ScaleOf, words: Words = ENGLISH) -> Any:
    """A grid or table with a companion column behind every column that needs one; anything else as it is."""
    if not isinstance(item, Grid | Table):
        return item
    columns = tuple(column for _, column in numbered_columns(item, scale_of, words))
    return item if len(columns) == len(item.columns) else item.model_copy(update={"columns": columns})


def numbered_columns(
    block: Grid | Table, scale_of: ScaleOf, words: Words = ENGLISH
) -> Iterator[tuple[int | None, Any]]:
    """Every column with its number as written; companions, which nobody wrote, without."""
    titles = {fold(column.title) for column in block.columns}
    for number, column in enumerate(block.columns):
        yield number, column
        levels = _specified_in(block, column, scale_of)
        if not levels:
            continue
        title = _asked(levels, words)
        if fold(title) in titles:
            title = f"{column.title} – {title[0].lower()}{title[1:]}"
        titles.add(fold(title))
        yield None, _specify_column(column, title, levels)
    if isinstance(block, Grid) and any(row.comment for row in block.asked):
        role = block.columns[0].filled_by
        yield None, CommentColumn.model_construct(type="paragraph", id=_COMMENTS, title=words.comment, filled_by=role)


def _specify_column(column: Any, title: str, levels: Iterable[Level]) -> CompanionColumn:
    return CompanionColumn.model_construct(
        type="text",
        id=specify_id(column.id),
        title=title,
        under=column.under,
        width=_NARROW,
        required=True,
        when=_chosen(column.id, levels),
        filled_by=column.filled_by,
        personal=column.personal,
    )


def expanded(items: Iterable[Any], scale_of: ScaleOf) -> Iterator[Any]:
    """The items as they are laid out: each with its companions behind it, or its companion columns in it."""
    for item in items:
        yield with_companion_columns(item, scale_of)
        yield from companions_of(item, scale_of)


def ids_in(group: Group, scale_of: ScaleOf) -> frozenset[str]:
    """The ids of everything that is asked in a copy of a group."""
    return frozenset(item.id for item in expanded(group.items, scale_of) if item.id)


def _specified(answer: Any, scale_of: ScaleOf) -> list[Level]:
    """The levels of a choice that ask for words. Nobody can say more of a level that was worked out."""
    scale = scale_of(answer) if isinstance(answer, Choice | Choices) else None
    return [level for level in scale.levels if level.specify] if scale else []


def _specified_in(block: Grid | Table, column: Any, scale_of: ScaleOf) -> list[Level]:
    """The levels of a column that ask for words, and those of rows in which another type takes its place."""
    levels = _specified(column, scale_of)
    for row in block.asked if isinstance(block, Grid) else ():
        if cell := row.cells.get(column.id):
            levels += [level for level in _specified(cell, scale_of) if level not in levels]
    return levels


def _chosen(identity: str, levels: Iterable[Level]) -> Is:
    return Is(key=identity, values=tuple(dict.fromkeys(level.code for level in levels)))


def _asked(levels: Iterable[Level], words: Words) -> str:
    """`If “Another agency”: which agency?`; levels that ask the same together, others one after another."""
    asking: dict[str, list[str]] = {}
    for level in levels:
        asking.setdefault(_inner(level.specify or ""), []).append(words.quoted.format(text=level.label))
    either = words.conditions.either
    parts = [
        words.specify.format(answers=joined(either, list(dict.fromkeys(labels))), question=question)
        for question, labels in asking.items()
    ]
    if len(parts) == 1:
        return parts[0]
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts)


def _inner(words: str) -> str:
    """The wording as it goes on behind a colon."""
    first = words.split(" ", 1)[0].rstrip("?:,.")
    return words[0].lower() + words[1:] if first.lower() in _SENTENCE_STARTS and first.istitle() else words
