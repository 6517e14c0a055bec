"""Answers below each other that count alike, and what formulas count in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from qaf_forms.plugin import Control, Field, Level, Scale, highest_number, most_of
from qaf_forms_excel.conditions import among
from qaf_forms_excel.formulas import Formula, Spot, Write, down_rows, equals, number, seen_from


@dataclass(frozen=True, slots=True)
class Run:
    """The cells of one or several answers; `ticks` are those of the first one's levels, of which one is in `cells`.

    Every method gives what they come to, for a formula on the sheet `home`.

    `counts` is 1 where an answer, or a blank, is counted; `alike` is that in words which are the same in every row that
    depends on its own cells alike.
    """

    field: Field
    cells: list[Spot]
    ticks: Mapping[str, Spot]
    counts: Formula
    alike: str

    def __len__(self) -> int:
        return len(self.cells)

    def goes_on_with(self, other: Run) -> bool:
        """Whether another answer stands right below these and counts as they do."""
        last, first = self.cells[-1], other.cells[0]
        return (
            (first.sheet, first.column, first.row) == (last.sheet, last.column, last.row + 1)
            and _columns(self.ticks) == _columns(other.ticks)
            and self.alike == other.alike
            and _kind(self.field) == _kind(other.field)
        )

    def with_next(self, other: Run) -> Run:
        """These and the answers below them."""
        return replace(self, cells=[*self.cells, *other.cells])

    @property
    def most(self) -> Decimal | None:
        """The highest number that each can be."""
        scale = self.field.scale
        return most_of(scale) if isinstance(scale, Scale) else highest_number(self.field.answer)

    def points(self, home: str) -> str:
        """The numbers, or the scores of the levels, each by its weight."""
        found = self.unweighted(home)
        return found if self.field.weight == 1 else f"({number(self.field.weight)}*{found})"

    def unweighted(self, home: str) -> str:
        """The numbers, or the scores of the levels."""
        if self.field.scale:
            return self._levels_times_score(home)
        return self._numbers(home) if self.field.control is Control.NUMBER else "0"

    def _numbers(self, home: str) -> str:
        write = self._write(home)
        cells, counts = write(self.cells[0]), self.counts(write)
        if self._count_by_row:
            found = f"SUMPRODUCT({counts},{cells})"  # which takes a text for 0, where a product would be an error
        else:
            found = f"N({cells})" if len(self) == 1 else f"SUM({cells})"
            found = found if counts == "1" else f"({found}*{counts})"
        return f"(100*{found})" if self.field.type == "percent" else found

    def _levels_times_score(self, home: str) -> str:
        scored = [(level, level.score) for level in self._saying() if level.score]
        write = self._write(home)
        parts = [f"{self._is(level)(write)}*{number(score)}" for level, score in scored]
        alone = f"*({self._ticked(home)}=1)" if self._is_of_several else ""
        return self._summed(f"({'+'.join(parts)}){alone}" if parts else "0", home)

    def scored(self, home: str) -> str:
        """How many have a number, or a level with a score."""
        if self.field.scale:
            levels = [level for level in self._saying() if level.score is not None]
            alone = f"*({self._ticked(home)}=1)" if self._is_of_several else ""
            return self._summed(f"{self._any(levels, home)}{alone}", home)
        return self._figures(home) if self.field.control is Control.NUMBER else "0"

    def weights(self, home: str) -> str:
        """What those that have a number weigh together."""
        scored = self.scored(home)
        return scored if self.field.weight == 1 else f"({number(self.field.weight)}*{scored})"

    def answered(self, home: str) -> str:
        """How many say something."""
        if self.field.scale:
            return self._summed(self._any(self._saying(), home), home)
        return self.said(home)

    def said(self, home: str) -> str:
        """How many are answered at all, be it with “does not apply” or “don't know”."""
        if self.field.scale:
            return self._summed(self._any(self.field.scale.levels, home), home)
        if self.field.control is Control.NUMBER:
            return self._figures(home)
        write = self._write(home)
        return self._summed(f"(LEN(TRIM({write(self.cells[0])}))>0)", home)

    def hits(self, home: str, codes: Collection[str]) -> str:
        """How many say one of these levels."""
        levels = self.field.scale.levels if self.field.scale else ()
        return self._summed(self._any([level for level in levels if level.code in codes], home), home)

    def hits_in_base(self, home: str, codes: Collection[str], over_all: bool) -> str:
        """How many of those in the denominator say one of these levels."""
        if not self._is_of_several:
            levels = [level for level in self._saying(with_nonresponse=over_all) if level.code in codes]
            return self._summed(self._any(levels, home), home)
        levels = [level for level in self._levels if level.code in codes]
        return self._summed(f"{self._any(levels, home)}*{self._in_base(home, over_all)}", home)

    def base(self, home: str, over_all: bool) -> str:
        """How many are in the denominator: of those answered, or of all that apply."""
        if not over_all:
            return self.answered(home)
        if self.field.calculation:
            return self.answered(home)
        if self.field.scale is None:
            write = self._write(home)
            counts = self.counts(write)
            return (
                self._summed(f"(LEN({write(self.cells[0])})>=0)", home)
                if self._count_by_row
                else f"({len(self)}*{counts})"
            )
        return self._summed(self._in_base(home, over_all), home)

    def possible(self, home: str, over_all: bool) -> str:
        """The most that those in the denominator could come to."""
        most = (self.most or Decimal(0)) * self.field.weight
        return f"({number(most)}*{self.base(home, over_all)})"

    @property
    def _count_by_row(self) -> bool:
        """Whether it depends on each row if its answer counts."""
        return len(self) > 1 and self.alike != self.counts(seen_from(self.cells[0].sheet))

    @property
    def _levels(self) -> tuple[Level, ...]:
        return self.field.scale.levels if self.field.scale else ()

    @property
    def _is_of_several(self) -> bool:
        return self.field.control is Control.SEVERAL_OF

    def _saying(self, *, with_nonresponse: bool = False) -> list[Level]:
        """The levels that say something about practice."""
        return [one for one in self._levels if not one.is_na and (with_nonresponse or not one.is_nonresponse)]

    def _in_base(self, home: str, over_all: bool) -> str:
        """1 for each that is in the denominator: all but those that say nothing else than that they do not apply."""
        if not over_all:
            return self._any(self._saying(), home)
        not_applying = self._any([level for level in self._levels if level.is_na], home)
        if not self._is_of_several:
            return f"(1-{not_applying})"
        return f"(1-{not_applying}*(1-{self._any(self._saying(with_nonresponse=True), home)}))"

    def _figures(self, home: str) -> str:
        write = self._write(home)
        if self.counts(write) == "1" and len(self) > 1:
            return f"COUNT({write(self.cells[0])})"
        return self._summed(f"ISNUMBER({write(self.cells[0])})", home)

    def _summed(self, found: str, home: str) -> str:
        """What is found in each cell, where it counts, added up."""
        counts = self.counts(self._write(home))
        counted = f"{found}*{counts}"
        return f"SUMPRODUCT({counted})" if len(self) > 1 else f"({counted})"

    def _any(self, levels: Iterable[Level], home: str) -> str:
        """Whether one of these levels is chosen."""
        write = self._write(home)
        parts = [self._is(level)(write) for level in levels]
        if not parts:
            return "0"
        return f"(({'+'.join(parts)})>0)" if self._is_of_several else f"({'+'.join(parts)})"

    def _ticked(self, home: str) -> str:
        """How many levels are chosen."""
        write = self._write(home)
        return f"({'+'.join(self._is(level)(write) for level in self._levels)})"

    def _is(self, level: Level) -> Formula:
        if self.ticks:
            spot = self.ticks[level.code]
            return lambda write: f"(LEN(TRIM({write(spot)}))>0)"
        return among(self.cells[0], level.label) if self._is_of_several else equals(self.cells[0], level.label)

    def _write(self, home: str) -> Write:
        return down_rows(self.cells[0], self.cells[-1], home)


def _kind(field: Field) -> tuple[object, ...]:
    """What has to be the same for two answers to count alike."""
    return field.type, id(field.scale), field.weight, field.calculation is None, getattr(field.answer, "maximum", None)


def _columns(ticks: Mapping[str, Spot]) -> dict[str, int]:
    return {code: spot.column for code, spot in ticks.items()}
