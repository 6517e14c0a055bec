"""Calculations in the form's language, as it prints them: "Worked out for you: average of B1.1 to B1.8."."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qaf_forms.define.scale import Scale
from qaf_forms.define.score import ONE_EACH, WEIGHING, Calculation, Method
from qaf_forms.define.words import CalculationWords, Words, joined
from qaf_forms.issue.fields import Field

if TYPE_CHECKING:
    from qaf_forms.issue.layout import Layout

_LEAVING_OUT = frozenset({Method.MEAN, Method.PERCENT_OF_LEVEL, Method.PERCENT_OF_POSSIBLE})


def calculation_line(
    layout: Layout, calculation: Calculation, scale: Scale | None, titles: Mapping[str, str] | None = None
) -> str:
    """What a form says of an answer that nobody fills in. `scale` is a band's; `titles` are sibling columns' by id."""
    fields = tuple(field for key in calculation.of for field in _named(layout, key))
    names = tuple(_all_names(layout, calculation, titles or {}))
    if not names:
        return layout.words.calculations.worked_out.partition("{")[0].rstrip(" :")
    how = _Saying(calculation, names, fields, scale, layout.words).say()
    return layout.words.calculations.worked_out.format(how=how)


def _named(layout: Layout, key: str) -> list[Field]:
    """The fields that a key means, of a table those of its first row; also those that only other copies have."""
    return list(layout.whole.operands.fields(key, lambda table: (1,)))


def _all_names(layout: Layout, calculation: Calculation, titles: Mapping[str, str]) -> Iterator[str]:
    """What people call the answers: columns of one title together, unless each stands for something else."""
    columns: dict[str, list[list[Field]]] = {}
    for key in () if calculation.calculate in ONE_EACH else calculation.of:
        fields = _named(layout, key)
        if key not in titles and fields and fields[0].column_title and not fields[0].table and fields[0].key != key:
            columns.setdefault(fields[0].column_title, []).append(fields)
    for key in calculation.of:
        fields = _named(layout, key)
        same = columns.get(fields[0].column_title, []) if fields else []
        if len(same) < 2 or fields not in same:
            yield from _names(layout, key, titles)
        elif fields == same[0]:
            yield _one_name(layout, same)


def _one_name(layout: Layout, columns: list[list[Field]]) -> str:
    """`Rating in B1.1 to K1.4`, if no other column of that title stands between; else place by place."""
    words, title = layout.words, columns[0][0].column_title
    keys = {field.key for column in columns for field in column}
    order = {field.key: place for place, field in enumerate(layout.whole.fields)}
    known = sorted(order[key] for key in keys if key in order)
    between = layout.whole.fields[known[0] : known[-1] + 1] if known else ()
    if known and not any(field.column_title == title and field.key not in keys for field in between):
        columns = [[between[0], between[-1]]]
    places = [_places(layout, column[0].code, column[-1].code) for column in columns]
    return words.calculations.of_column.format(column=title, places=joined(words.conditions.both, places))


def _places(layout: Layout, first: str, last: str) -> str:
    return first if first == last else layout.words.calculations.places.format(first=first, last=last)


def _names(layout: Layout, key: str, titles: Mapping[str, str]) -> Iterator[str]:
    """What people call the answers that a key means: `A3`, `Rating in B1.1 to B1.8`, `Score in every row of C2`."""
    if key in titles:
        yield titles[key]
        return
    fields, words = _named(layout, key), layout.words.calculations
    if not fields:
        return
    if len(fields) == 1 and not _is_every_row(fields[0], key):
        yield fields[0].name
        return
    first, last = (_place(layout, field, key) for field in (fields[0], fields[-1]))
    places = _places(layout, first, last)
    title = fields[0].column_title
    yield words.of_column.format(column=title, places=places) if title else places


def _is_every_row(field: Field, key: str) -> bool:
    return bool(field.table) and field.key != key


def _place(layout: Layout, field: Field, key: str) -> str:
    if _is_every_row(field, key):
        return layout.words.calculations.every_row.format(table=layout.whole.tables[field.table].code)
    return field.code


@dataclass(frozen=True, slots=True)
class _Saying:
    """One calculation with what its answers are called."""

    calculation: Calculation
    names: tuple[str, ...]
    fields: tuple[Field, ...]
    scale: Scale | None
    language: Words

    @property
    def words(self) -> CalculationWords:
        return self.language.calculations

    @property
    def what(self) -> str:
        return joined(self.language.conditions.both, self.names)

    @property
    def over(self) -> str:
        return self.words.over_all if self.calculation.over == "all" else self.words.over_answered

    @property
    def levels(self) -> str:
        scales = [field.scale for field in self.fields if field.scale]
        quoted = self.language.quoted
        labels = [quoted.format(text=_label(scales, code)) for code in self.calculation.levels]
        return joined(self.language.conditions.either, labels)

    def say(self) -> str:
        method = self.calculation.calculate
        how = _SAYING[method](self)
        if method in WEIGHING and any(field.weight != 1 for field in self.fields):
            how = self.words.by_weight.format(how=how)
        if method in _LEAVING_OUT and any(field.scale and field.scale.has_na for field in self.fields):
            how = self.words.leaving_out.format(how=how)
        return how

    def count(self) -> str:
        if not self.calculation.levels:
            return self.words.count.format(what=self.what)
        return self.words.count_of_levels.format(levels=self.levels, what=self.what)

    def percent_of_level(self) -> str:
        return self.words.percent_of_level.format(levels=self.levels, what=self.what, over=self.over)

    def ratio(self) -> str:
        per = self.calculation.per
        if per == 1:
            return joined(self.words.ratio, self.names)
        if per == 100 and self.calculation.unit == "%":
            return joined(self.words.ratio_in_percent, self.names)
        template = self.words.ratio_for_every.replace("{number}", f"{per:,f}")
        return joined(template, self.names)

    def band(self) -> str:
        scales = [self.scale] if self.scale else []
        starts = [
            self.words.band_from.format(level=_label(scales, code), number=f"{start:f}")
            for code, start in self.calculation.bands.items()
        ]
        return self.words.band.format(what=self.what, bands=", ".join(starts))


def _label(scales: list[Scale], code: str) -> str:
    return next((level.label for scale in scales if (level := scale.level(code))), code)


_SAYING: Mapping[Method, Callable[[_Saying], str]] = {
    Method.SUM: lambda one: one.words.total.format(what=one.what),
    Method.MEAN: lambda one: one.words.mean.format(what=one.what),
    Method.COUNT: _Saying.count,
    Method.PERCENT_OF_LEVEL: _Saying.percent_of_level,
    Method.PERCENT_OF_POSSIBLE: lambda one: one.words.percent_of_possible.format(what=one.what, over=one.over),
    Method.DIFFERENCE: lambda one: joined(one.words.difference, one.names),
    Method.PRODUCT: lambda one: " × ".join(one.names),
    Method.RATIO: _Saying.ratio,
    Method.BAND: _Saying.band,
}
