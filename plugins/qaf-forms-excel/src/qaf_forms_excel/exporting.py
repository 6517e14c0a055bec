"""Exports a collation as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_forms.plugin import OutputTable


class WorkbookExporter:
    """Writes the tables of a collation as one .xlsx, a sheet each, behind a sheet of contents."""

    format = "workbook"
    suffix = ".xlsx"

    def export(self, title: str, tables: Sequence[OutputTable]) -> bytes:
        """The workbook of these tables."""
        from qaf_forms_excel.collation_book import collation_bytes

        return collation_bytes(title, tables)
