"""Writes output tables as CSV, JSON and SQLite. The workbook is the Excel plugin's."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qaf_forms.collate.heads import distinct
from qaf_forms.collate.tables import output_tables
from qaf_forms.issue.listing import slug
from qaf_forms.plugin.interfaces import Exporter, OutputCell, OutputTable

__all__ = ["CsvExporter", "JsonExporter", "SqliteExporter", "core_exporters", "output_tables", "write_csv_folder"]

_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or skips on the way to one."""
_GUARD = "'"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LARGEST_INTEGER = 2**63


def guarded(text: str) -> str:
    """Text that a spreadsheet opening a CSV file will not run. `unguarded` gives it back."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_LEADS) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_LEADS) else text


def core_exporters() -> Mapping[str, Exporter]:
    """The exporters that need no plugin, by format."""
    exporters: tuple[Exporter, ...] = (CsvExporter(), JsonExporter(), SqliteExporter())
    return {exporter.format: exporter for exporter in exporters}


class CsvExporter:
    """A zip of CSV files, one for each table, in UTF-8 with a mark by which Excel knows it."""

    format = "csv"
    suffix = ".zip"

    def export(self, title: str, tables: Sequence[OutputTable]) -> bytes:
        """One zip file; `title` is in no CSV file, so that each is a table and nothing else."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            for name, content in _csv_files(tables):
                entry = zipfile.ZipInfo(name, _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                files.writestr(entry, content)
        return archive.getvalue()


def write_csv_folder(folder: Path, tables: Sequence[OutputTable]) -> list[Path]:
    """The tables as CSV files in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in _csv_files(tables):
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def _csv_files(tables: Sequence[OutputTable]) -> list[tuple[str, bytes]]:
    return [(f"{name}.csv", _csv(table)) for name, table in zip(_names(tables, "-"), tables, strict=True)]


def _csv(table: OutputTable) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column) for column in table.columns])
    for row in table.rows:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in map(_plain, row)])
    return text.getvalue().encode("utf-8-sig")


class JsonExporter:
    """One JSON object with every table; a row is an object with the columns' names."""

    format = "json"
    suffix = ".json"

    def export(self, title: str, tables: Sequence[OutputTable]) -> bytes:
        """One JSON file, in UTF-8."""
        written = {"title": title, "tables": [self._table(table) for table in tables]}
        return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()

    @staticmethod
    def _table(table: OutputTable) -> dict[str, Any]:
        columns = distinct(table.columns)
        rows = [dict(zip(columns, map(_plain, row), strict=True)) for row in table.rows]
        return {"name": table.name, "title": table.title, "note": table.note, "columns": list(columns), "rows": rows}


class SqliteExporter:
    """A database with one table for each, and `about` with what they are."""

    format = "sqlite"
    suffix = ".sqlite"

    def export(self, title: str, tables: Sequence[OutputTable]) -> bytes:
        """One database file."""
        names = _names(tables, "_")
        database = sqlite3.connect(":memory:")
        try:
            with database:
                database.execute('CREATE TABLE "about" ("table" TEXT, "title" TEXT, "note" TEXT)')
                facts = [(name, table.title, table.note) for name, table in zip(names, tables, strict=True)]
                database.executemany('INSERT INTO "about" VALUES (?, ?, ?)', [("", title, ""), *facts])
                for name, table in zip(names, tables, strict=True):
                    self._write(database, name, table)
            return database.serialize()
        finally:
            database.close()

    @staticmethod
    def _write(database: sqlite3.Connection, name: str, table: OutputTable) -> None:
        columns = [f'"{column.replace(chr(34), chr(34) * 2)}"' for column in distinct(table.columns)]
        database.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
        blanks = ", ".join("?" * len(columns))
        rows = ([_storable(_plain(value)) for value in row] for row in table.rows)
        database.executemany(f'INSERT INTO "{name}" VALUES ({blanks})', rows)


def _plain(value: str | int | float | date | OutputCell | None) -> str | int | float | None:
    """A value without its colour; a day as 2025-03-14."""
    inner = value.value if isinstance(value, OutputCell) else value
    return inner.isoformat() if isinstance(inner, date) else inner


def _storable(value: str | int | float | None) -> str | int | float | None:
    return str(value) if isinstance(value, int) and abs(value) >= _LARGEST_INTEGER else value


def _names(tables: Sequence[OutputTable], joint: str) -> tuple[str, ...]:
    """Names for files or database tables, safe and unlike each other."""
    slugs = (slug(table.name).replace("-", joint) or "table" for table in tables)
    return distinct(slugs, f"{{}}{joint}{{}}")
