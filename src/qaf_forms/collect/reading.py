"""The reading of one file: what was found where, before anyone decides what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from qaf_forms.issue.fields import Field
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Extra, Raw, Route
from qaf_forms.problems import Problem


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A returned file: its name as received, sha256 in hex, size in bytes, format and the program that saved it."""

    name: str
    sha256: str
    size: int
    format: str = ""
    application: str = ""


class BoxWords(NamedTuple):
    """What was typed in a box with a cell of its own and is more than a tick, with the label of its level."""

    label: str
    text: str
    place: str

    @property
    def line(self) -> str:
        """Both as one text."""
        return f"{self.label}: {self.text}"


@dataclass(slots=True)
class RawAnswer:
    """What stands in the space of a field, where, and by which anchor the space was found.

    Not frozen, which makes it three times as quick to make: there is one for every space of every file.
    """

    field: Field
    value: Raw
    place: str
    route: Route
    remarks: Sequence[Problem] = ()
    stored: date | None = None
    boxes: Sequence[BoxWords] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a file, by the spaces of one layout. Empty spaces are in `answers` with the value "".

    `row_marks`: the printed row that a row of a table is marked as, by the row's key (`actions[2]`).
    """

    file: FileFacts
    stamp: Stamp | None
    answers: Mapping[str, RawAnswer]
    extras: tuple[Extra, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    row_marks: Mapping[str, int] = field(default_factory=dict)
