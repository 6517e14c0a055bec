"""What a user would write instead, with the library that people reach for."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import copy
from typing import Any


def usual_reading(data: bytes) -> Callable[[], object]:
    """For Word: open it with python-docx and take the text of every cell."""
    import docx

    def run() -> object:
        tables = docx.Document(io.BytesIO(data)).tables
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]

    return run


def usual_library(data: bytes, format_: str) -> Callable[[], object]:
    """Merely opening the file."""
    if format_ == "word":
        import docx

        return lambda: docx.Document(io.BytesIO(data))
    import openpyxl

    return lambda: openpyxl.load_workbook(io.BytesIO(data))


def usual_writing(data: bytes, format_: str) -> Callable[[], object]:
    """Writing what stands in a file: in Word the words of its tables; in Excel cells, validations and names."""
    return _document_like(data) if format_ == "word" else _workbook_like(data)


def _document_like(data: bytes) -> Callable[[], object]:
    import docx

    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(data)).tables
    ]

    def run() -> object:
        document = docx.Document()
        for words in tables:
            table = document.add_table(len(words), max(len(row) for row in words))
            for row, texts in zip(table.rows, words, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
        file = io.BytesIO()
        document.save(file)
        return file

    return run


def _workbook_like(data: bytes) -> Callable[[], object]:
    import openpyxl
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = [
        (sheet.title, _cells(sheet), [_facts(one) for one in sheet.data_validations.dataValidation]) for sheet in book
    ]
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}

    def run() -> object:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for title, cells, validations in sheets:
            sheet: Any = made.create_sheet(title)
            for row, column, value, look in cells:
                cell = sheet.cell(row, column, value)
                for name, part in look:
                    setattr(cell, name, part)
            for facts in validations:
                sheet.add_data_validation(DataValidation(**facts))
        for name, target in names.items():
            made.defined_names[name] = DefinedName(name, attr_text=target)
        file = io.BytesIO()
        made.save(file)
        return file

    return run


def _facts(validation: Any) -> dict[str, Any]:
    return {**dict(validation), "formula1": validation.formula1, "formula2": validation.formula2}


_LOOK = ("font", "fill", "border", "alignment", "protection", "number_format")


def _cells(sheet: Any) -> list[tuple[int, int, Any, list[tuple[str, Any]]]]:
    """Every stored cell of a sheet and how it looks: empty ones too, since answer spaces are cells with a style.

    The parts of a look are made beforehand and shared, as a careful user would.
    """
    shared: dict[str, Any] = {}

    def look(cell: Any) -> list[tuple[str, Any]]:
        parts = [(name, copy(getattr(cell, name))) for name in _LOOK]
        return [(name, shared.setdefault(f"{name} {part!r}", part)) for name, part in parts]

    cells = (cell for row in sheet.iter_rows() for cell in row if cell.has_style)
    return [(cell.row, cell.column, cell.value, look(cell)) for cell in cells]
