"""Returns as readers give them, without any file format: prints a layout into `Contents`, by hand.

`document` prints as Word forms are: a table a block, headings beside them. `sheet` prints as workbooks are: one table a
section, empty cells left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from qaf_forms.collect.intake import Intake
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.markup import paragraphs, plain
from qaf_forms.issue.fields import Block, Field, GridBlock, Heading, Prose, QuestionBlock, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import block_title, note_lines, section_title
from qaf_forms.issue.stamp import Stamp
from qaf_forms.issue.values import show
from qaf_forms.plugin.interfaces import Anchor, Cell, Contents, Extra, Limits, Raw, Route, Table
from qaf_forms.testing.generated_forms import SCALES

Rows = list[list[Cell]]


def form_of(*items: Mapping[str, Any], **more: Any) -> Form:
    """A form of one section with these items."""
    written = {"id": "audit", "version": "1", "title": "Audit", "kind": "case_audit", "owner": "Anytown Partnership"}
    section = {"id": "all", "title": "All of it", "items": list(items)}
    return Form.model_validate({"scales": SCALES, **written, "sections": [section], **more})


def document(layout: Layout, answers: Mapping[str, Value] | None = None) -> Contents:
    """The form as a text document: dense rows, a tag and a bookmark on every answer space."""
    printer = _Printer(layout, answers or {}, (Route.TAG, Route.BOOKMARK), dense=True)
    contents = Contents(stamp_of(layout).properties, [])
    for section in layout.sections:
        contents.loose.append(Extra("paragraph", "a heading", section_title(section.code, section.title)))
        for block in section.blocks:
            if isinstance(block, Prose | Heading):
                contents.loose.extend(Extra("paragraph", "a paragraph", line) for line in _prose(block))
            else:
                contents.tables.append(Table("", list(printer.rows(block))))
    return placed(contents)


def sheet(layout: Layout, answers: Mapping[str, Value] | None = None) -> Contents:
    """The form as a workbook: a sheet a section, a name and a key on every answer cell."""
    printer = _Printer(layout, answers or {}, (Route.NAME, Route.KEY), dense=False)
    contents = Contents(stamp_of(layout).properties, [])
    for section in layout.sections:
        rows: Rows = [[Cell(1, section_title(section.code, section.title), "")]]
        for block in section.blocks:
            if isinstance(block, Prose | Heading):
                rows.extend([Cell(1, line, "")] for line in _prose(block))
            else:
                if isinstance(block, GridBlock | TableBlock) and block.ask:
                    rows.append([Cell(1, block_title(block.code, plain(block.ask)), "")])
                rows.extend(printer.rows(block))
        contents.tables.append(Table("", rows))
    return placed(contents)


def stamp_of(layout: Layout) -> Stamp:
    return Stamp(layout.form.id, layout.form.version, layout.fingerprint, variant=layout.variant or "")


def placed(contents: Contents) -> Contents:
    """The same with a place on everything, as it stands now."""
    for number, table in enumerate(contents.tables, start=1):
        table.place = f"table {number}"
        for row_number, row in enumerate(table.rows, start=1):
            for cell in row:
                cell.place = f"table {number} row {row_number} column {cell.column}"
    return contents


def checked(contents: Contents, layout: Layout, role: str = "agency") -> Return:
    """The return that `contents` are."""
    intake = Intake({"hand": _Given(contents)}, _Known(layout), Limits())
    return intake.read("hand", b"given", layout, role)


def read(contents: Contents, form: Form) -> Return:
    """The return that `contents` are, for a form."""
    return checked(contents, Layout(form))


def cells(contents: Contents) -> Iterator[Cell]:
    """Every cell."""
    return (cell for table in contents.tables for row in table.rows for cell in row)


def space(contents: Contents, layout: Layout, key: str) -> Cell:
    """The cell that is the space of a field."""
    field = layout.field(key)
    assert field is not None
    return next(cell for cell in cells(contents) if any(one.name in (field.anchor, key) for one in cell.anchors))


def row_of(contents: Contents, cell: Cell) -> list[Cell]:
    """The row that a cell stands in."""
    return next(row for table in contents.tables for row in table.rows if any(one is cell for one in row))


def without(contents: Contents, *routes: Route) -> Contents:
    """The same without the anchors of these routes; cells that nothing keeps are left out of sheets."""
    for cell in cells(contents):
        cell.anchors = tuple(anchor for anchor in cell.anchors if anchor.route not in routes)
    if Route.KEY in routes and Route.NAME in routes:
        for table in contents.tables:
            table.rows = [kept for row in table.rows if (kept := [cell for cell in row if cell.value != ""])]
    return contents


class _Given:
    """A reader that gives contents made by hand."""

    format = "hand"
    suffixes: Sequence[str] = (".hand",)

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    def recognises(self, data: bytes) -> bool:
        return True

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        return self._contents


class _Known:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def form_for(self, form: str, version: str) -> Form | None:
        return self._layout.form if form == self._layout.form.id else None

    def wordings(self, form: Form) -> tuple[str, ...]:
        return ()

    def layout(self, form: Form, variant: str | None = None, only_for: str | None = None, wording: str = "") -> Layout:
        is_it = form is self._layout.form and (variant, only_for) == (self._layout.variant, self._layout.only_for)
        return self._layout if is_it else Layout(form, variant, only_for)


class _Printer:
    def __init__(
        self, layout: Layout, answers: Mapping[str, Value], routes: tuple[Route, Route], *, dense: bool
    ) -> None:
        self._layout, self._answers, self._routes, self._dense = layout, answers, routes, dense
        self._left = 0 if dense else 1

    def rows(self, block: Block) -> Iterator[list[Cell]]:
        if isinstance(block, QuestionBlock):
            yield self._row(self._layout.words.code, self._layout.words.question, self._layout.words.answer)
            yield from self._question(block)
        elif isinstance(block, GridBlock):
            yield self._row(
                self._layout.words.code, self._layout.words.question, *(column.title for column in block.columns)
            )
            for row in block.rows:
                yield self._row(row.code, row.words, *map(self._space, row.fields))
        elif isinstance(block, TableBlock):
            yield from self._own_rows(block)

    def _question(self, block: QuestionBlock) -> Iterator[list[Cell]]:
        field = block.field
        words = "\n".join([plain(block.ask), *note_lines(self._layout, field)])
        if field.ticks and not self._dense:
            yield self._row(field.code, words)
            chosen = self._answers.get(field.key, ())
            for tick in field.ticks:
                ticked = isinstance(chosen, tuple) and tick.level.code in chosen
                anchors = self._anchors(tick.anchor, f"{field.key}#{tick.level.code}")
                yield [Cell(2, tick.level.label, ""), Cell(3, "x" if ticked else "", "", anchors)]
        else:
            yield self._row(field.code, words, self._space(field))

    def _own_rows(self, block: TableBlock) -> Iterator[list[Cell]]:
        head = self._row(self._layout.words.code, *(column.title for column in block.columns))
        head[1].anchors = self._anchors(block.anchor, f"{block.key}[]")
        yield head
        start = f"{block.key}["
        numbers = [int(key[len(start) :].partition("]")[0]) for key in self._answers if key.startswith(start)]
        for number in range(1, max([len(block.rows), *numbers]) + 1):
            fields = [self._layout.table_field(block.key, number, column.id) for column in block.columns]
            yield self._row(str(number), *(self._space(field) for field in fields if field))

    def _row(self, *values: str | Cell) -> list[Cell]:
        row = []
        for column, value in enumerate(values, start=self._left):
            cell = value if isinstance(value, Cell) else Cell(0, value, "")
            cell.column = column
            row.append(cell)
        return row

    def _space(self, field: Field) -> Cell:
        value = self._answers.get(field.key)
        shown: Raw = "" if value is None else show(field, value)
        if self._dense and value is None:
            shown = field.placeholder
        return Cell(0, shown, "", self._anchors(field.anchor, field.key))

    def _anchors(self, name: str, key: str) -> Sequence[Anchor]:
        return tuple(Anchor(route, key if route is Route.KEY else name) for route in self._routes)


def _prose(block: Prose | Heading) -> Iterator[str]:
    if isinstance(block, Prose):
        yield from (one.mark + one.text for one in paragraphs(block.markdown))
    else:
        yield block_title(block.code, block.text)
