"""What has been found in a file so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.reading import RawAnswer
from qaf_forms.errors import UnreadableFileError
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Extra, Limits, Raw, Route
from qaf_forms.problems import Code, Problem


@dataclass(slots=True)
class Located:
    """What was found: the spaces by key, the text that is nobody's answer, and what is wrong with where things stand.

    `claimed` holds the ids of the cells that are accounted for. `row_marks`: the printed row that a row of a table is
    marked as, by the row's key; for tables with locked columns. `cells`: what each answer was taken from, by key.
    `outvoted`: the cells that carry the marks of several fields and were taken for one, each with all these fields.
    """

    answers: dict[str, RawAnswer] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    row_marks: dict[str, int] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    outvoted: list[tuple[Cell, list[Field]]] = field(default_factory=list)
    filled: list[tuple[str, Cell]] = field(default_factory=list)
    """The answers that were found in a further space, where the first was empty, and their cells."""
    uneven: set[str] = field(default_factory=set)
    """The answers that one of their spaces has and another has not, and the tables that stand in the file again."""
    held: list[Cell] = field(default_factory=list)
    """Claimed cells that stand nowhere else, lest one that is made later has the identity of one that is gone."""
    most: int = Limits().answers
    """Answers, and what there is to say of them; a file with more raises UnreadableFileError."""
    placeholders: frozenset[str] = frozenset()
    """Those of all spaces in brackets, which merging brings into other spaces."""
    _count: int = 0

    def take(self, space: Field, cell: Cell, route: Route) -> bool:
        """Note that `cell` is the space of a field, and say whether anything stands in it.

        A second, different answer is kept as a problem.
        """
        self.claimed.add(id(cell))
        self._count += 1
        if self._count > self.most:
            raise UnreadableFileError(self._too_many())
        value = self.unfilled(space, cell.value)
        earlier = self.answers.get(space.key)
        if earlier is None:
            self.cells[space.key] = cell
            self.answers[space.key] = RawAnswer(space, value, cell.place, route, cell.remarks, cell.stored)
        elif earlier.value == "" and value != "":
            self.held.append(self.cells[space.key])
            self.cells[space.key] = cell
            self.filled.append((space.key, cell))
            self.uneven.add(space.key)
            remarks = (*earlier.remarks, *cell.remarks)
            self.answers[space.key] = RawAnswer(space, value, cell.place, route, remarks, cell.stored)
        else:
            self.held.append(cell)
            if value == "" != earlier.value:
                self.uneven.add(space.key)
            elif value != earlier.value:
                self.note(Code.TWO_ANSWERS, space.key, cell, value)
            self.problems.extend(replace(remark, key=space.key) for remark in cell.remarks)
        return value != ""

    def unfilled(self, space: Field, value: Raw) -> Raw:
        """The value of a space without what the form printed in it, or what somebody left of that."""
        if not isinstance(value, str):
            return value
        text = value.strip()
        mark = space.placeholder
        if mark in text:
            if mark[0] != "[" or mark[-1] != "]":
                # without brackets, an answer may begin with the very words of the placeholder
                return "\n".join(line for line in text.split("\n") if line.strip() != mark).strip()
            text = text.removeprefix(mark).removesuffix(mark).strip()
        elif (text[:1] == "[" or text[-1:] == "]") and _is_rest_of(mark, text):
            return ""
        if text[:1] == "[" or text[-1:] == "]":
            return "\n".join(line for line in text.split("\n") if line.strip() not in self.placeholders).strip()
        return text

    def doubt_copies(self) -> None:
        """Say of every answer from a further copy where it stands, if the copies differ: they may be of two returns."""
        if self.filled and any(problem.code == Code.TWO_ANSWERS.value.code for problem in self.problems):
            for key, cell in self.filled:
                if self.cells.get(key) is cell and key in self.answers:
                    self.note(Code.COPIED_ANSWER, key, cell, self.answers[key].value)

    def doubt_percentages(self) -> None:
        """Ask about every percentage that is stored as a number: in such a file 1.5 may stand for 150 %."""
        for key, raw in self.answers.items():
            if raw.field.type == "percent" and isinstance(raw.value, int | float):
                doubt = Code.UNCLEAR_PERCENT.problem(key=key, place=raw.place, value=text_of(raw.value))
                self.answers[key] = replace(raw, value="", remarks=(*raw.remarks, doubt))

    def _too_many(self) -> Problem:
        limit = f"{self.most:,}"
        return Code.TOO_COMPLEX.problem(what="the number of answers", size=f"more than {limit}", limit=limit)

    def note(self, code: Code, key: str, cell: Cell, value: Raw, **facts: object) -> None:
        """Say something of what stands in `cell`."""
        self._count += 1
        if self._count > self.most:
            raise UnreadableFileError(self._too_many())
        self.problems.append(code.problem(key=key, place=cell.place, value=text_of(value), **facts))


def _is_rest_of(mark: str, text: str) -> bool:
    """Whether somebody began to delete a placeholder in brackets and wrote nothing."""
    return len(text) > 1 and (mark.startswith(text) or mark.endswith(text))
