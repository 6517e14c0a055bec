"""openpyxl's objects as the writing side uses them.

Its type stubs lack what we stand on (style arrays, raw cell values, the package writer's archive) and let every cell be
a merged one, so these names say what a thing is and leave checking it to the tests.
"""

from __future__ import annotations

from typing import Any

Book = Any
"""An `openpyxl.Workbook`."""
Sheet = Any
"""An `openpyxl.worksheet.worksheet.Worksheet`."""
Cell = Any
"""An `openpyxl.cell.Cell`."""
