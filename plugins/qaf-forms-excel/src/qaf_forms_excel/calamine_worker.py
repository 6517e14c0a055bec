"""A program of its own: a workbook of an old format in, its cells as JSON out.

Run apart, since one stray cell at the far corner of a sheet makes calamine ask for more memory than there is. That ends
the process that it runs in.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook


def main() -> None:
    """Write `[[sheet, [[row, column, kind, value], ...]], ...]`, rows and columns from 0."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    sheets = [[name, _cells(workbook.get_sheet_by_name(name))] for name in workbook.sheet_names]
    sys.stdout.buffer.write(json.dumps(sheets).encode())


def _cells(sheet: Any) -> list[list[Any]]:
    first_row, first_column = sheet.start or (0, 0)
    return [
        [first_row + number, first_column + column, *_stored(value)]
        for number, row in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(row)
        if value != ""
    ]


def _stored(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool | int | float | str):
        return type(value).__name__, value
    if isinstance(value, datetime):
        return "datetime", value.isoformat()
    return ("date", value.isoformat()) if isinstance(value, date) else ("str", str(value))


if __name__ == "__main__":
    main()
