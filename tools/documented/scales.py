"""The page of scales that forms can use by name, and the drawings of their colours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tools.documented import colours
from tools.documented.library import LibraryScale, scales, users, uses
from tools.documented.markdown import page, table

from qaf_forms.define.scale import Level

PICTURES = "pictures/scales"
"""The folder of the pictures, from the page."""


def scale_library() -> str:
    """The page."""
    intro = (
        "The sets of answers that every form can use by name: write `scale: yes_partly_no_na` at a question, and it is"
        " answered with the answers below. They stand in `tool_definitions/scales.yaml`. How to choose one, and how to"
        " write your own, is in the [guide](../authoring/scales.md).\n\n"
        "A **score** is counted, an **order** only says which answer is better (a higher one is), and a **colour** is"
        " for heat maps; none of them is worked out from another. *Not applicable* is left out of every percentage, and"
        " *no answer* is counted apart. Answers without colours are not better or worse than each other, or not in"
        " every question. The last column is what people also write, and how it is read. Capitals,"
        " spaces and full stops make no difference."
    )
    groups = [(title, list(members)) for title, members in groupby(scales(), key=lambda one: one.group)]
    return page("Scale library", intro, *(_contents(*group) for group in groups), *(_group(*group) for group in groups))


def drawings() -> Iterator[tuple[str, str]]:
    """The drawing of each scale that has colours, by its path from the page."""
    for one in scales():
        if _is_coloured(one):
            yield _drawing_of(one), colours.drawing(one.scale)


def _contents(title: str, members: list[LibraryScale]) -> str:
    rows = [(f"[`{one.name}`](#{one.name})", _labels(one)) for one in members]
    return f"**[{title}](#{title.lower().replace(' ', '-').replace(',', '')})**\n\n{table(('scale', 'answers'), rows)}"


def _labels(one: LibraryScale) -> str:
    labels = one.scale.labels
    return " · ".join(labels) if len(labels) <= 9 else f"{' · '.join(labels[:6])} · and {len(labels) - 6} more"


def _group(title: str, members: list[LibraryScale]) -> str:
    return "\n\n".join([f"## {title}", *(_scale(one) for one in members)])


def _scale(one: LibraryScale) -> str:
    parts = [f"### `{one.name}`", f"**{one.scale.title}**" if one.scale.title else "", one.advice]
    if _is_coloured(one):
        parts.append(f"![{colours.described(one.scale)}]({_drawing_of(one)})")
    parts += [_levels(one), _used(one), *_printed(one)]
    return "\n\n".join(part for part in parts if part)


def _levels(one: LibraryScale) -> str:
    """The table of levels, without the columns in which nothing stands."""
    heads = ("answer", "code", "colour", "score", "order", "counts as", "meaning", "asks too", "also read")
    rows = [_level(level) for level in one.scale.levels]
    used = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return table([heads[place] for place in used], [[row[place] for place in used] for row in rows])


def _level(level: Level) -> tuple[str, ...]:
    counted = "not applicable" if level.is_na else "no answer" if level.is_nonresponse else ""
    score = "" if level.score is None else f"{level.score:g}"
    order = "" if level.order is None else str(level.order)
    said = ", ".join(level.aliases)
    colour = colours.in_words(level.colour)
    return level.label, f"`{level.code}`", colour, score, order, counted, level.meaning or "", level.specify or "", said


def _used(one: LibraryScale) -> str:
    found = [f"[{user.form.title}](forms.md#{user.form.id})" for user in users(one)]
    return f"Used in: {', '.join(found)}." if found else "No shipped form uses it yet."


def _printed(one: LibraryScale) -> Iterator[str]:
    title = f"“{one.scale.title or one.name}”"
    with_meanings = "with what the answers mean" if any(level.meaning for level in one.scale.levels) else "in a table"
    if "choice" in uses(one):
        yield (
            f"![In Word, a question on the scale {title}, with a space to choose one answer in, {with_meanings}.]"
            f"({PICTURES}/{one.name}-word.png)"
        )
    if "choices" in uses(one):
        yield (
            f"![In Word, a question where several answers of {title} can be ticked: a box for each, {with_meanings}.]"
            f"({PICTURES}/{one.name}-ticks.png)"
        )
    yield f"![In Excel, a question on the scale {title}, answered, {with_meanings}.]({PICTURES}/{one.name}-excel.png)"


def _is_coloured(one: LibraryScale) -> bool:
    return any(level.colour for level in one.scale.levels)


def _drawing_of(one: LibraryScale) -> str:
    return f"{PICTURES}/{one.name}.svg"
