"""Builds the sections of a layout from a form: numbers everything, then flattens it into blocks and fields."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

from qaf_forms.define.companions import companions_of, with_companion_columns
from qaf_forms.define.form import Form, NilReturn, Section
from qaf_forms.define.items import Grid, Group, Note, SignOff, Table
from qaf_forms.define.words import Words, joined
from qaf_forms.issue.building_fields import answer_field, with_operands
from qaf_forms.issue.building_tables import grid_block, table_block
from qaf_forms.issue.fields import Block, Field, Heading, Prose, QuestionBlock, SectionLayout, plain_label
from qaf_forms.issue.hiding import has_spaces, own_blocks
from qaf_forms.issue.place import Place, applies_to_type, letters


def build_sections(
    form: Form, variant: str | None, only_for: str | None = None, lost: frozenset[str] = frozenset()
) -> tuple[SectionLayout, ...]:
    """Lay out every section that applies to `variant`; letters count the ones that do not, too.

    With `only_for` a role, what only other roles fill is left out, what is `lost` without it, and a section of which
    nothing is left.
    """
    sections = []
    names = letters()
    if form.nil_return:
        sections.append(_nil_page(form, form.nil_return, Place(form, next(names), variant, True, only_for, lost)))
    for section in form.sections:
        letter = next(names)
        if applies_to_type(section, variant):
            sections.append(_section(section, Place(form, letter, variant, only_for=only_for, lost=lost)))
    return tuple(section for section in sections if section is not None)


def _nil_page(form: Form, nil: NilReturn, place: Place) -> SectionLayout | None:
    letter = place.section
    scale = form.scale_named(nil.scale)
    words = form.words
    waiving = [words.quoted.format(text=level.label) for code in nil.waives_when if (level := scale.level(code))]
    next_step = Prose(words.nil_next.format(answers=joined(words.conditions.either, waiving)))
    gate_blocks = tuple(_items((nil.as_question(),), place, letter))
    blocks = (*gate_blocks, *((next_step,) if gate_blocks else ()), *_items(nil.items, place, letter, first=2))
    return SectionLayout(letter, nil.title, None, blocks) if has_spaces(blocks) else None


def _section(section: Section, place: Place) -> SectionLayout | None:
    place.section_when = section.when
    blocks = tuple(_items(section.items, place, place.section))
    is_prose = all(isinstance(item, Note) for item in section.items)
    if place.only_for is not None and not is_prose and not has_spaces(blocks):
        return None
    return SectionLayout(place.section, section.title, section.guidance, blocks, section.when)


def _items(items: tuple[Any, ...], place: Place, stem: str, first: int = 1) -> Iterator[Block]:
    number = first
    for item in items:
        applies = place.has(item)
        if isinstance(item, Note):
            if applies:
                yield Prose(item.text)
            continue
        if applies:
            yield from own_blocks(_with_companions(item, f"{stem}{number}", place), place.only_for, place.lost)
        number += 1


def _with_companions(item: Any, code: str, place: Place) -> Iterator[Block]:
    scale_of = place.form.scale_of
    yield from _blocks(with_companion_columns(item, scale_of, place.words), code, place)
    for letter, companion in zip(ascii_lowercase, companions_of(item, scale_of, place.words), strict=False):
        yield from _blocks(companion, f"{code}{letter}", place)


def _blocks(item: Any, code: str, place: Place) -> Iterator[Block]:
    if isinstance(item, Grid | SignOff):
        grid = grid_block(item if isinstance(item, Grid) else item.as_grid(place.words), code, place)
        if grid.rows:
            yield grid
    elif isinstance(item, Table):
        yield table_block(item, code, place)
    elif isinstance(item, Group):
        yield from _group(item, code, place)
    else:
        yield QuestionBlock(_question(item, code, place), item.ask)


def _group(group: Group, code: str, place: Place) -> Iterator[Block]:
    prose = [text for text in (group.help, _on_spare_copies(group, place.words)) if text]
    yield Heading(group.ask, 2, code, "\n\n".join(prose) or None, place.both(group.when))
    for copy in range(1, group.copies + 1):
        yield Heading(group.title_of(copy), 3, f"{code}-{copy}")
        yield from _items(group.items, place.in_group(group, copy), f"{code}-{copy}.")


def _on_spare_copies(group: Group, words: Words) -> str:
    if not group.has_spare:
        return ""
    return words.copies_at_least.format(number=group.min_copies) if group.min_copies else words.spare_copies


def _question(item: Any, code: str, place: Place) -> Field:
    answer = with_operands(item, place.key)
    return answer_field(
        item, answer, place.prefix + item.id, code, plain_label(item.ask), place, when=place.both(item.when)
    )
