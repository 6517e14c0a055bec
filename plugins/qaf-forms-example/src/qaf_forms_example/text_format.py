"""Forms as plain text: a whole format, as small as it can be.

::

    % qaf_form neglect_case_audit          a line of the stamp
    # Audit case reference                 what the form prints
    [case_ref]                             the anchor of an answer space: its key
    | N-07                                 the answer, a bar before each line
    % end
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from qaf_forms.plugin import (
    Anchor,
    Cell,
    Code,
    Contents,
    Copy,
    Extra,
    Field,
    Layout,
    Limits,
    Route,
    Table,
    UnreadableFileError,
    show,
)

_START = b"% qaf-forms text"
_END = "% end"


class TextRenderer:
    """Writes every field under its printed code and words."""

    format = "text"
    suffix = ".txt"

    def render(self, layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
        """Yield one text for each copy."""
        for copy in copies:
            stamp = [f"% {name} {value}" for name, value in copy.stamp.properties.items()]
            spaces = [line for field in _fields(layout, copy) for line in _space(field, copy)]
            yield "\n".join([_START.decode(), *stamp, *spaces, _END, ""]).encode()


def _fields(layout: Layout, copy: Copy) -> Iterator[Field]:
    """The printed fields, and those of answered rows beyond the printed ones."""
    yield from layout.fields
    printed = {field.key for field in layout.fields}
    yield from (field for key in copy.answers if key not in printed and (field := layout.field(key)))


def _space(field: Field, copy: Copy) -> list[str]:
    value = copy.answers.get(field.key)
    text = "" if value is None else show(field, value)
    words = [f"# {field.label}", f"# {field.column_title}"] if field.column else [f"# {field.label}"]
    return [*words, f"[{field.key}]", *(f"| {line}" for line in text.split("\n"))]


class TextReader:
    """Says what stands behind each key."""

    format = "text"
    suffixes = (".txt",)

    def recognises(self, data: bytes) -> bool:
        """Whether the file begins as ours do."""
        return data.startswith(_START)

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Give the stamp as properties, the spaces as rows of one table, and everything else as loose text."""
        lines = source.read(limits.file_size).decode("utf-8", "replace").split("\n")
        if _END not in lines:
            raise UnreadableFileError(Code.DAMAGED.problem(reason="its last line is missing"))
        contents = Contents(properties={}, tables=[Table("the text", [])])
        properties: dict[str, str] = {}
        rows: dict[str, list[Cell]] = {}
        cell = None
        for number, line in enumerate(lines, start=1):
            if line.startswith("[") and line.endswith("]"):
                cell = _cell(line[1:-1], rows, number)
            elif line.startswith("% "):
                name, _, properties_value = line[2:].partition(" ")
                properties[name] = properties_value
            elif line.startswith("| ") and cell is not None:
                cell.value = f"{cell.value}\n{line[2:]}" if cell.value else line[2:]
            elif line.strip():
                contents.loose.append(Extra("paragraph", f"line {number}", line.removeprefix("# ")))
        contents.properties = properties
        contents.tables[0].rows.extend(rows.values())
        return contents


def _cell(key: str, rows: dict[str, list[Cell]], number: int) -> Cell:
    """A new cell for `key`, in the same row as the other columns of its grid or table row."""
    row = rows.setdefault(key.rpartition(".")[0] or key, [])
    cell = Cell(len(row), "", f"line {number}", [Anchor(Route.KEY, key)])
    row.append(cell)
    return cell
