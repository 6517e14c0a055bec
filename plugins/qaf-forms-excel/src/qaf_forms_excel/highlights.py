"""Colours that follow the answers: what does not apply, what still needs an answer, and the levels of a scale.

Conditional formats may not refer to other sheets in every version of Excel, so what stands there is asked of a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_forms.plugin import Control, Field
from qaf_forms_excel.asking import Asking
from qaf_forms_excel.colour_rules import ColourRules
from qaf_forms_excel.colours import NEEDED_FILL, NOT_ASKED_FILL, NOT_ASKED_INK, readable_on
from qaf_forms_excel.formulas import Formula, Spot, Write, all_of, beside, literal, seen_from
from qaf_forms_excel.loose_types import Book
from qaf_forms_excel.stretches import ranges_of


class Highlights:
    """The conditional formats of one workbook."""

    def __init__(self, book: Book, rules: ColourRules, asking: Asking) -> None:
        self._book, self._rules, self._asking = book, rules, asking
        self._places, self._working = asking.places, asking.working

    def write(self) -> None:
        """Write those of every sheet: first what does not apply, which hides the others."""
        self._write_formulas(self._not_asked(), NOT_ASKED_FILL, NOT_ASKED_INK, stop=True)
        self._write_formulas(self._missing(), NEEDED_FILL, "", stop=False)
        self._write_levels()

    def _not_asked(self) -> Iterator[tuple[Spot, str]]:
        for key in self._places.open:
            field = self._places.fields[key]
            parts = self._asking.parts(field)
            if parts and (field.when is None or self._asking.layout.can_tell(field.when)):
                for spot in self._places.cells(key):
                    yield spot, f"{all_of(self._near(parts, spot))(_in_row(spot))}=0"

    def _missing(self) -> Iterator[tuple[Spot, str]]:
        for key in self._places.open:
            parts = self._asking.needed(self._places.fields[key])
            if parts is not None:
                spots = self._places.cells(key)
                for spot in spots:
                    near = self._near([*parts, _is_empty(spots)], spot)
                    yield spot, f"{all_of(near)(_in_row(spot))}=1"

    def _near(self, parts: Iterable[Formula], spot: Spot) -> list[Formula]:
        """The same parts without a reference to another sheet than that of `spot`."""
        return [self._by_name(part, spot) if _leaves(part, spot.sheet) else part for part in parts]

    def _by_name(self, part: Formula, _: Spot) -> Formula:
        name = self._working.name_of(part(seen_from(self._working.title)))
        return lambda write: name

    def _write_formulas(self, found: Iterable[tuple[Spot, str]], fill: str, ink: str, *, stop: bool) -> None:
        """One rule for all cells of a column whose formulas say the same of their rows."""
        ranges: dict[tuple[str, int, str], list[Spot]] = {}
        for spot, formula in found:
            ranges.setdefault((spot.sheet, spot.column, formula), []).append(spot)
        for (sheet, _, formula), spots in ranges.items():
            written = formula.replace(_ROW, str(spots[0].row))
            self._rules.where(self._book[sheet], _cells(spots), written, fill, ink, stop=stop)

    def _write_levels(self) -> None:
        """The colour of a level, for the cells that say it. The word stays, and can be read on it."""
        by_scale: dict[tuple[str, int], tuple[Field, list[Spot]]] = {}
        for key, field in self._places.fields.items():
            spot = self._places.cell(key)
            if (
                spot
                and field.control is Control.ONE_OF
                and field.scale
                and any(one.colour for one in field.scale.levels)
            ):
                by_scale.setdefault((spot.sheet, id(field.scale)), (field, []))[1].append(spot)
        for (sheet, _), (field, spots) in by_scale.items():
            for level in field.scale.levels if field.scale else ():
                if level.colour:
                    fill, ink = f"FF{level.colour[1:].upper()}", readable_on(level.colour)
                    self._rules.compared(self._book[sheet], _cells(spots), "equal", literal(level.label), fill, ink)


_ROW = "\ue002"
"""Stands for the number of the row until it is known for which cells a formula is."""


def _in_row(spot: Spot) -> Write:
    """References of a conditional format: those to the same row go along with it."""
    single, away = seen_from(spot.sheet), beside(spot)

    def write(other: Spot) -> str:
        return f"${other.letters}{_ROW}" if away(other).endswith(":") else single(other)

    return write


def _leaves(part: Formula, sheet: str) -> bool:
    met: list[str] = []

    def write(spot: Spot) -> str:
        met.append(spot.sheet)
        return "A1"

    part(write)
    return any(one != sheet for one in met)


def _is_empty(spots: list[Spot]) -> Formula:
    return lambda write: f"(({'+'.join(f'LEN(TRIM({write(spot)}))' for spot in spots)})=0)"


def _cells(spots: Iterable[Spot]) -> str:
    return ranges_of((spot.column, spot.row) for spot in spots)
