"""Calculated answers as formulas, with the meaning that `calculate` has everywhere in QAF Forms.

What does not apply is in no denominator, a blank never counts as 0, and where nothing is answered the cell stays empty.
The answers are taken in runs: cells below each other that count alike need one formula for all of them, and rows that
somebody inserts between them count as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from qaf_forms.plugin import Calculated, Field, Layout
from qaf_forms_excel.asking import Asking, place_of
from qaf_forms_excel.formulas import Formula, all_of, beside, literal, number, seen_from
from qaf_forms_excel.runs import Run
from qaf_forms_excel.working import Term

_LONGEST_FORMULA = 8_000
_ALL_DIGITS = 10
_NOTHING = '""'


class Calculations:
    """The calculated answers of one workbook."""

    def __init__(self, layout: Layout, asking: Asking) -> None:
        self._layout, self._asking = layout, asking
        self._places, self._working = asking.places, asking.working

    def formula(self, field: Field) -> str:
        """What works out a calculated field in its cell; nothing where that cannot be said in a formula."""
        calculation, spot = field.calculation, self._places.cell(field.key)
        if calculation is None or spot is None or not self._layout.can_work_out(field):
            return ""
        by_key = [list(self._runs(key, field, calculation)) for key in calculation.of]
        maker = _MAKERS[calculation.calculate.value]
        if calculation.calculate.value in _ONE_EACH and any(sum(map(len, runs)) != 1 for runs in by_key):
            return ""
        made = maker(_Sums(self, spot.sheet), field, calculation, by_key)
        gate = self._gate(field, calculation)
        if gate is not None:
            made = f"IF({gate(seen_from(spot.sheet))}=0,{_NOTHING},{made})"
        return made if len(made) <= _LONGEST_FORMULA else ""

    def _gate(self, field: Field, calculation: Calculated) -> Formula | None:
        """What has to be so that anything is worked out."""
        parts = self._asking.parts(field)
        start = place_of(field.key)
        if start and any(self._is_from_elsewhere(one, start) for key in calculation.of for one in self._operands(key)):
            parts.append(self._asking.is_used(start))
        return all_of(parts) if parts else None

    def _is_from_elsewhere(self, operand: Field, start: str) -> bool:
        """Whether an operand can be there though nothing is answered in the row or copy of what it is for."""
        return not operand.key.startswith(start) or operand.key in self._layout.given or operand.calculation is not None

    def _operands(self, key: str) -> Iterator[Field]:
        found = self._layout.operands.fields(key, self._places.rows)
        return (self._places.fields[one.key] for one in found if one.key in self._places.fields)

    def _runs(self, key: str, whose: Field, calculation: Calculated) -> Iterator[Run]:
        """The answers that a key means, those that count alike and stand below each other together."""
        run: Run | None = None
        for field in self._operands(key):
            if field.key == whose.key:
                continue
            cells = self._places.cells(field.key)
            counts = all_of(self._counting(field, whose, calculation))
            ticks = self._places.ticks(field.key)
            found = Run(field, cells[:1], ticks, counts, counts(beside(cells[0])))
            if run is not None and run.goes_on_with(found):
                run = run.with_next(found)
                continue
            if run is not None:
                yield run
            run = found
        if run is not None:
            yield run

    def _counting(self, field: Field, whose: Field, calculation: Calculated) -> list[Formula]:
        """What has to be so that an answer, or a blank, is counted."""
        is_when = [] if field.when is None else [self._asking.conditions.holds(field.when)]
        parts = self._asking.parts(field) if whose.in_nil_page else is_when
        start = place_of(field.key)
        if start and (calculation.over == "all" or field.key in self._layout.given):
            parts.append(self._asking.is_used(start))
        return parts

    def total(self, terms: Iterable[Term], home: str) -> str:
        """The sum of these terms, in a formula on a sheet."""
        return self._working.total(list(terms), home)


class _Sums:
    """The sums over runs of answers that formulas on one sheet are made of."""

    def __init__(self, calculations: Calculations, home: str) -> None:
        self._total, self.home = calculations.total, home

    def of(self, runs: Iterable[Run], what: Callable[[Run, str], str]) -> str:
        """What each run comes to, added up."""

        def term(run: Run) -> Term:
            return lambda home: what(run, home)

        return self._total([term(run) for run in runs], self.home)


_Runs = Sequence[Sequence[Run]]


def _flat(by_key: _Runs) -> list[Run]:
    return [run for runs in by_key for run in runs]


def _rounded(made: str, calculation: Calculated) -> str:
    places = calculation.decimals
    return f"ROUND({made},{_ALL_DIGITS if places is None else places})"


def _if_any(count: str, made: str) -> str:
    return f"IF({count}=0,{_NOTHING},{made})"


def _sum(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    runs = _flat(by_key)
    return _if_any(sums.of(runs, Run.scored), _rounded(sums.of(runs, Run.points), calculation))


def _mean(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    runs = _flat(by_key)
    weights = sums.of(runs, Run.weights)
    return _if_any(weights, _rounded(f"{sums.of(runs, Run.points)}/{weights}", calculation))


def _count(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    runs, levels = _flat(by_key), calculation.levels
    counted = sums.of(runs, lambda run, home: run.hits(home, levels)) if levels else sums.of(runs, Run.answered)
    return _if_any(sums.of(runs, Run.said), counted)


def _percent_of_level(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    runs, over_all = _flat(by_key), calculation.over == "all"
    hits = sums.of(runs, lambda run, home: run.hits_in_base(home, calculation.levels, over_all))
    base = sums.of(runs, lambda run, home: run.base(home, over_all))
    answered = sums.of(runs, Run.answered)
    some = f"{answered}+{hits}" if over_all else answered
    return _if_any(some, _rounded(f"100*{hits}/{base}", calculation))


def _percent_of_possible(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    runs, over_all = [run for run in _flat(by_key) if run.most is not None], calculation.over == "all"
    if not runs:
        return _NOTHING
    most = sums.of(runs, lambda run, home: run.possible(home, over_all))
    scored = sums.of(runs, Run.scored)
    made = _rounded(f"100*{sums.of(runs, Run.points)}/{most}", calculation)
    return _if_any(scored, f"IF({most}>0,{made},{_NOTHING})")


def _each(sums: _Sums, by_key: _Runs) -> tuple[list[str], str]:
    """The number of each answer whatever it weighs, and what is 0 unless all have one."""
    runs = _flat(by_key)
    return [run.unweighted(sums.home) for run in runs], "*".join(run.scored(sums.home) for run in runs)


def _difference(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    (first, second), known = _each(sums, by_key)
    return _if_any(known, _rounded(f"{first}-{second}", calculation))


def _product(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    points, known = _each(sums, by_key)
    return _if_any(known, _rounded("*".join(points), calculation))


def _ratio(sums: _Sums, _: Field, calculation: Calculated, by_key: _Runs) -> str:
    (first, second), known = _each(sums, by_key)
    per = "" if calculation.per == 1 else f"*{number(calculation.per)}"
    return _if_any(known, _if_any(second, _rounded(f"{first}{per}/{second}", calculation)))


def _band(sums: _Sums, field: Field, calculation: Calculated, by_key: _Runs) -> str:
    (points,), known = _each(sums, by_key)
    made = _NOTHING
    for code, start in calculation.bands.items():
        level = field.scale.level(code) if field.scale else None
        label = literal(level.label if level else code)
        made = f"IF({points}>={number(start)},{label},{made})"
    return _if_any(known, made)


_ONE_EACH = frozenset({"difference", "product", "ratio", "band"})
_MAKERS: Mapping[str, Callable[[_Sums, Field, Calculated, _Runs], str]] = {
    "sum": _sum,
    "mean": _mean,
    "count": _count,
    "percent_of_level": _percent_of_level,
    "percent_of_possible": _percent_of_possible,
    "difference": _difference,
    "product": _product,
    "ratio": _ratio,
    "band": _band,
}
