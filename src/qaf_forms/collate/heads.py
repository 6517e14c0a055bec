"""Heads of output tables: their columns, and what every cell under them must be able to hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qaf_forms.collate.collation import Collation
from qaf_forms.define.written_forms import UNPRINTABLE
from qaf_forms.plugin.interfaces import OutputCell, OutputTable

Plain = str | int | float | date | None
WHO = (("Agency", 26), ("Agency type", 14), ("Case", 12), ("Stage", 9))
QUESTION = (("No.", 9), ("Question", 50), ("Column", 16))


@dataclass(frozen=True, slots=True)
class Head:
    """Columns with their widths in characters."""

    columns: tuple[tuple[str, int], ...]

    def table(self, name: str, title: str, rows: Iterable[Sequence[Plain | OutputCell]], note: str) -> OutputTable:
        """An output table under these columns, with names unlike each other and text that any format can hold."""
        printable = [tuple(_printable(value) for value in row) for row in rows]
        titles = distinct(UNPRINTABLE.sub("�", title) for title, _ in self.columns)
        return OutputTable(name, title, titles, tuple(width for _, width in self.columns), printable, note)


def distinct(names: Iterable[str], repeated: str = "{} ({})") -> tuple[str, ...]:
    """Names with a number behind each that stood before, whatever the case, after the pattern `repeated`."""
    seen: set[str] = set()
    found = []
    for name in names:
        free, number = name, 2
        while free.casefold() in seen:
            free, number = repeated.format(name, number), number + 1
        seen.add(free.casefold())
        found.append(free)
    return tuple(found)


def marked(collation: Collation, words: str = "") -> str:
    """The note of a table: the protective marking, then `words`."""
    return f"{collation.layout.form.marking}. {words}".strip()


def percent(part: int, whole: int) -> float | None:
    """A share in per cent with one decimal, or None where there is no whole."""
    return round(100 * part / whole, 1) if whole else None


def _printable(value: Plain | OutputCell) -> Plain | OutputCell:
    if isinstance(value, OutputCell):
        return OutputCell(UNPRINTABLE.sub("�", value.value), value.colour) if isinstance(value.value, str) else value
    return UNPRINTABLE.sub("�", value) if isinstance(value, str) else value
