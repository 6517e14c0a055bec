"""What a form prints around its answer spaces, line by line.

A reader gives every piece of text in a file. What is neither an answer nor one of these lines was written by the
respondent, and is reported as an extra. Renderers therefore print these lines and no others. Several may run on in one
paragraph with `RUN_ON` between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from qaf_forms.define.markup import paragraphs, plain
from qaf_forms.define.questions import Column
from qaf_forms.define.scale import Scale, fold
from qaf_forms.define.words import Words, joined
from qaf_forms.issue.descriptors import descriptors_of, pointer
from qaf_forms.issue.fields import (
    Block,
    ColumnHead,
    Field,
    GridBlock,
    GridRowBlock,
    Heading,
    Prose,
    QuestionBlock,
    TableBlock,
)
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.legends import column_legends, explained_levels, meaning_line, question_legends
from qaf_forms.issue.stamp import Stamp

RUN_ON = "\u2002 "
"""What stands between printed lines that run on: wider than a space, and nobody types it. A line may end there."""


def section_title(code: str, title: str) -> str:
    """A section's heading as printed."""
    return f"{code}. {title}"


def block_title(code: str, title: str) -> str:
    """The heading of a grid, table, group or copy as printed."""
    return f"{code} {title}".strip()


def reference_line(reference: str, words: Words) -> str:
    """The statute or guidance a question rests on, as printed."""
    return f"{words.reference}: {reference}"


def row_note_lines(layout: Layout, row: GridRowBlock) -> list[str]:
    """The small print under a row of a grid, below its help: condition, source, evidence, weight, calculated cells."""
    condition = layout.asked_if(row.when)
    lines = [*([condition] if condition else []), *_source_lines(row.reference, row.evidence, layout.words)]
    own = (field for field in row.fields if field.calculation and not isinstance(field.answer, Column))
    lines += [line for field in row.fields[:1] for line in _weight(field, layout.words)]
    return lines + [f"{field.column_title}: {layout.calculation_line(field)}" for field in own]


def _weight(field: Field, words: Words) -> list[str]:
    return [words.calculations.weight.format(number=f"{field.weight:f}")] if field.weight != 1 else []


def descriptor_lines(layout: Layout, row: GridRowBlock) -> list[str]:
    """What stands under a row of a grid of what the levels mean for it: all of it, or where it is to be found."""
    found = descriptors_of(row)
    return [pointer(layout, row)] if found.is_long else list(found.lines)


def _source_lines(reference: str | None, evidence: str | None, words: Words) -> list[str]:
    lines = [reference_line(reference, words)] if reference else []
    return [*lines, f"{words.evidence}: {evidence}"] if evidence else lines


def meaning_lines(scale: Scale | None) -> list[str]:
    """What the levels of a scale mean, as printed under the question or grid; levels without a meaning left out."""
    return [meaning_line(level) for level in explained_levels(scale)]


def column_line(layout: Layout, column: ColumnHead, columns: Sequence[ColumnHead], *, is_theirs: bool = False) -> str:
    """A column's title with all that is said of it, for where its head has no room; nothing, if nothing is said."""
    help_ = [one.text for one in paragraphs(column.help)] if column.help else []
    said = " ".join([*help_, layout.column_note(column, columns, is_theirs=is_theirs)]).strip()
    return f"{column.title}: {said}" if said else ""


def note_lines(layout: Layout, field: Field) -> list[str]:
    """The small print under a question, above or below its help: condition, need, whose it is, reference, evidence."""
    if field.calculation:
        return _calculated_lines(layout, field)
    lines = [layout.asked_if(field.printed_when)]
    if field.required is True:
        lines.append(layout.words.required)
    elif field.required:
        lines.append(layout.needed_if(field.required))
    if field.role != "agency":
        lines.append(other_role_line(field.role_title, layout.words))
    lines += _source_lines(field.reference, field.evidence, layout.words) + _weight(field, layout.words)
    unit = getattr(field.answer, "unit", None)
    return [line for line in lines if line] + ([f"({unit})"] if unit else [])


def _calculated_lines(layout: Layout, field: Field) -> list[str]:
    lines = [layout.calculation_line(field)]
    if field.printed_when:
        lines.append(layout.words.conditions.column_if.format(condition=layout.in_words(field.printed_when)))
    lines += _source_lines(field.reference, field.evidence, layout.words) + _weight(field, layout.words)
    unit = field.calculation.unit if field.calculation else None
    return [*lines, f"({unit})"] if unit and unit != "%" else lines


def other_role_line(role_title: str, words: Words) -> str:
    """What a part for another role says."""
    return words.other_role.format(role=role_title)


def columns_role_line(columns: Sequence[ColumnHead], words: Words) -> str:
    """What a grid or table says of those of its columns that are for one other role."""
    names = joined(words.conditions.both, [words.quoted.format(text=column.title) for column in columns])
    return f"{names}: {other_role_line(columns[0].role_title, words)}"


def printed_lines(layout: Layout) -> frozenset[str]:
    """Every line the form prints, folded (see `fold`).

    Words that could be an answer (the label of a level, a bare number) are not among them: where they stand decides.
    """
    words = {fold(line) for text in _texts(layout) for line in text.split("\n")}
    return frozenset(word for word in words - words_of_answers(layout) if word and not word.isdigit())


def words_of_answers(layout: Layout) -> frozenset[str]:
    """What can be an answer to a choice, folded: labels, codes and aliases of levels."""
    return frozenset(
        fold(word)
        for scale in {id(field.scale): field.scale for field in layout.fields if field.scale}.values()
        for level in scale.levels
        for word in (level.label, level.code, *level.aliases)
    )


def stamp_lines(stamp: Stamp | None, words: Words) -> frozenset[str]:
    """The lines that a copy prints of its stamp, folded."""
    if stamp is None:
        return frozenset()
    pairs = stamp.cover_lines(words)
    lines = [
        *stamp.spellings,
        *(f"{label}: {value}" for label, value in pairs),
        *(value for _, value in pairs),
    ]
    return frozenset(fold(line) for line in lines)


def _prose(markdown: str | None) -> str:
    """The lines of a piece of prose, each also with the mark before it."""
    found = paragraphs(markdown) if markdown else ()
    return "\n".join(line for paragraph in found for line in (paragraph.text, paragraph.mark + paragraph.text))


def _texts(layout: Layout) -> Iterator[str]:
    form = layout.form
    yield from (field.scale.title for field in layout.fields if field.scale and field.scale.title)
    yield from (
        form.title,
        form.owner,
        form.marking,
        f"{form.id} {form.version}",
        f"{form.title} ({form.marking})",
    )
    yield from _fixed_words(layout.words)
    roles = {*form.roles.values(), *(one.role_title for one in layout.fields)}
    yield from (other_role_line(title, layout.words) for title in roles)
    yield from (scale.title for scale in form.scales.values() if scale.title)
    if form.intro:
        yield _prose(form.intro)
    for section in layout.sections:
        yield section_title(section.code, section.title)
        yield section.code
        yield section.title
        yield layout.asked_if(section.when)
        if section.guidance:
            yield _prose(section.guidance)
        for block in section.blocks:
            yield from _block_texts(layout, block)
        for are_questions, blocks in groupby(section.blocks, key=lambda block: isinstance(block, QuestionBlock)):
            asked = [block.field for block in blocks if isinstance(block, QuestionBlock)] if are_questions else []
            yield from (legend.head for legend in question_legends(asked, layout.words))


def _fixed_words(words: Words) -> Iterator[str]:
    yield from (words.code, words.question, words.answer, words.row, words.required, words.levels, words.reference)
    yield from (words.how_to_title, *words.how_to, *words.cover.values())
    yield from (words.start_here, words.owner, words.marking, words.sections)
    yield f"{words.page} {words.of_pages}"
    yield from words.progress.model_dump().values()


def _block_texts(layout: Layout, block: Block) -> Iterator[str]:
    if isinstance(block, Prose):
        yield _prose(block.markdown)
    elif isinstance(block, Heading):
        yield block_title(block.code, block.text)
        yield from (block.code, block.text, _prose(block.help), layout.asked_if(block.when))
    elif isinstance(block, QuestionBlock):
        yield from (block.field.code, block_title(block.field.code, plain(block.ask)), plain(block.ask))
        yield from _field_texts(layout, block.field)
    else:
        yield block_title(block.code, plain(block.ask))
        yield from (block.code, plain(block.ask), _prose(block.help), layout.asked_if(block.when))
        yield from _columns_texts(layout, block.columns)
        yield from _grid_texts(layout, block) if isinstance(block, GridBlock) else _table_texts(block)


def placeholders_in(layout: Layout) -> frozenset[str]:
    """The placeholders in brackets of all answer spaces: nobody's words, wherever they stand."""
    return frozenset(one.placeholder for one in layout.fields if one.placeholder[:1] == "[")


def _field_texts(layout: Layout, field: Field) -> Iterator[str]:
    yield _prose(field.help)
    yield field.placeholder
    yield from note_lines(layout, field)
    yield from meaning_lines(field.scale)


def _columns_texts(layout: Layout, columns: tuple[ColumnHead, ...]) -> Iterator[str]:
    for column in columns:
        yield from (column.title, column.under, _prose(column.help))
        for is_theirs in (False, True):
            yield layout.column_note(column, columns, is_theirs=is_theirs)
            yield column_line(layout, column, columns, is_theirs=is_theirs)
        theirs = [one for one in columns if one.role == column.role and not one.is_given and one.calculation is None]
        yield columns_role_line(theirs or [column], layout.words)
        yield column.role_title
        yield from meaning_lines(column.scale)
    yield from (legend.head for legend in column_legends(columns, layout.words))


def _grid_texts(layout: Layout, block: GridBlock) -> Iterator[str]:
    for row in block.rows:
        yield from (row.code, row.words, block_title(row.code, row.words), _prose(row.help))
        yield from row_note_lines(layout, row)
        for field in row.fields:
            yield from (field.label, field.placeholder)
            yield from meaning_lines(field.scale)
        descriptors = descriptors_of(row)
        if descriptors.lines:
            yield from (descriptors.title, *descriptors.lines, pointer(layout, row))


def _table_texts(block: TableBlock) -> Iterator[str]:
    for row in block.rows:
        yield row[0].code
        yield from (field.placeholder for field in row)
