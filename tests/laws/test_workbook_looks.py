"""Workbooks as people see them: no row is lower than it must be for LibreOffice to show its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.office import Office
from tests.office.actions import FitRows

pytestmark = pytest.mark.libreoffice
_ROUNDED = 0.8
"""Points that programs differ by when they round."""


@pytest.mark.parametrize("name", SHIPPED)
def test_no_words_are_cut_off_by_the_height_of_their_row(office: Office, tmp_path: Path, name: str) -> None:
    issued, fitted = tmp_path / "issued.xlsx", tmp_path / "fitted.xlsx"
    issued.write_bytes(KIT.render(KIT.form(name), "excel", answers=nest(filled(name))))
    needed = dict(heights(office.fill_excel(issued, fitted, [FitRows()])))
    assert len(needed) > 20
    low = [(place, height, needed[place]) for place, height in heights(issued) if height + _ROUNDED < needed[place]]
    assert low == []


def heights(path: Path) -> Iterator[tuple[tuple[str, int], float]]:
    """The height of each row that people see, by sheet and number. Words over several cells fit in no program."""
    for sheet in load_workbook(path, rich_text=False):
        merged = {row for cells in sheet.merged_cells.ranges for row in range(cells.min_row, cells.max_row + 1)}
        for number, row in sheet.row_dimensions.items():
            if sheet.sheet_state == "visible" and not row.hidden and number not in merged:
                yield (sheet.title, number), height_of(row)


def height_of(row: Any) -> float:
    """In points; a row that says nothing has that of one line."""
    return float(row.height or 15.0)
