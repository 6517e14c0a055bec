"""The CSV files that stand beside a round: who it goes to, and when files came back.

They are made in Excel by people, so separators, encodings and the spelling of heads vary; what is in them does not get
lost, and what cannot be used is a problem with its file and line.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from qaf_forms.define.scale import fold
from qaf_forms.problems import Code, Problem

_DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
DAY_EXAMPLE = "2025-03-14"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: where it stands, and its cells by column. Empty cells are left out."""

    place: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as read, with everything that is wrong with it as a file."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_listing(path: Path, columns: tuple[str, ...], needed: tuple[str, ...], code: Code) -> Listing:
    """The lines of a CSV file under the heads `columns`; others are left alone, `needed` must be there."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        said = code.problem(
            place=path.name,
            value=str(path),
            reason=f"the file {path.name} cannot be read: {error.strerror or error}",
            suggestion="check its name, which counts from the folder of the round's file",
        )
        return Listing(problems=(said,))
    return _Lines(path.name, text, code).listing(columns, needed)


def day(written: object) -> date | None:
    """The day that someone wrote, day first; None if it is not one."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        return None
    for pattern in _DAY_FORMATS:
        try:
            return datetime.strptime(" ".join(written.split()), pattern).date()
        except ValueError:
            continue
    return None


def slug(text: str) -> str:
    """`text` in small letters, digits and hyphens, for ids and file names."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("&", " and ").replace("'", "").lower()).strip("-")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Excel on Windows writes as plain "CSV"


class _Lines:
    def __init__(self, name: str, text: str, code: Code) -> None:
        self.name, self.code = name, code
        self.skipped = 0
        first, _, rest = text.partition("\n")
        if first.strip().strip('"').lower().startswith("sep="):  # a hint that Excel reads and other programs do not
            text, self.skipped, first = rest, 1, rest.partition("\n")[0]
        self.separator = max(",;\t", key=first.count)
        self.text = text

    def listing(self, columns: tuple[str, ...], needed: tuple[str, ...]) -> Listing:
        try:
            rows = list(self._rows())
        except csv.Error as error:
            return Listing(problems=(self._problem(1, f"this is not CSV: {error}", "save it as CSV again"),))
        if not rows:
            return Listing(problems=(self._problem(1, "the file is empty", f"give it a head: {', '.join(columns)}"),))
        places, problems = self._heads(rows[0], columns)
        for column in needed:
            if column not in places:
                problems.append(self._problem(rows[0][0], f"there is no column {column!r}", f"add a column {column}"))
        lines = tuple(self._line(number, cells, places) for number, cells in rows[1:])
        return Listing(lines, tuple(problems))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(StringIO(self.text, newline=""), delimiter=self.separator)
        number = 1 + self.skipped
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield number, cells
            number = reader.line_num + 1 + self.skipped

    def _heads(self, head: tuple[int, list[str]], columns: tuple[str, ...]) -> tuple[dict[str, int], list[Problem]]:
        by_word = {fold(column): column for column in columns}
        places: dict[str, int] = {}
        problems: list[Problem] = []
        for place, title in enumerate(head[1]):
            column = by_word.get(fold(title))
            if column in places:
                problems.append(self._problem(head[0], f"the column {column!r} stands twice", "remove one"))
            elif column:
                places[column] = place
            elif close := get_close_matches(fold(title), [word for word in by_word if word not in places], 1, 0.8):
                wanted = by_word[close[0]]
                problems.append(self._problem(head[0], f"there is no column {title!r}", f"did you mean {wanted!r}?"))
        return places, problems

    def _line(self, number: int, cells: list[str], places: Mapping[str, int]) -> Line:
        found = {column: cells[place].strip() for column, place in places.items() if place < len(cells)}
        return Line(f"{self.name}:{number}", {column: value for column, value in found.items() if value})

    def _problem(self, number: int, reason: str, what_to_do: str) -> Problem:
        return self.code.problem(place=f"{self.name}:{number}", reason=reason, suggestion=what_to_do)
