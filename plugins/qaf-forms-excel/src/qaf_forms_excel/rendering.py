"""Renders copies of a form as workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_forms.plugin import Copy, Layout


class ExcelRenderer:
    """Makes .xlsx files that can be filled in without macros."""

    format = "excel"
    suffix = ".xlsx"

    def render(self, layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
        """Yield the workbook of each copy."""
        from qaf_forms_excel.blank import render

        yield from render(layout, copies)
