"""When an answer space counts, as a formula: it is asked, and its row of a table or copy of a group is used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from qaf_forms.plugin import Field, Group, Layout, TableBlock
from qaf_forms_excel.conditions import NIL, Conditions
from qaf_forms_excel.formulas import Formula, Spot, Write, all_of, any_of, seen_from
from qaf_forms_excel.places import Places
from qaf_forms_excel.working import Working

__all__ = ["NIL", "Asking", "SpareCopies", "copy_of", "place_of"]


class Asking:
    """What has to be so in one workbook that a space counts for something."""

    def __init__(self, layout: Layout, places: Places, working: Working) -> None:
        self.layout, self.places, self.working = layout, places, working
        self.conditions = Conditions(layout, places)
        self._nil: Spot | None = None
        self._needed: dict[str, list[Formula] | None] = {}
        self._any: dict[tuple[str, ...], Formula] = {}

    def is_not_nil(self) -> Formula:
        """1 unless the gate waives everything behind it."""
        if self._nil is None:
            nil = self.conditions.is_nil()
            self._nil = self.working.spot(lambda home: nil(seen_from(home)))
        spot = self._nil
        return lambda write: f"(1-{write(spot)})"

    def parts(self, field: Field) -> list[Formula]:
        """What has to be so that a field is asked: its condition, and no nil return."""
        found = [] if field.in_nil_page or self.layout.form.nil_return is None else [self.is_not_nil()]
        return found if field.when is None else [*found, self.conditions.holds(field.when)]

    def needed(self, field: Field) -> list[Formula] | None:
        """What has to be so that an open field must be answered; None where it never must."""
        if field.key not in self._needed:
            self._needed[field.key] = self._parts_needed(field)
        return self._needed[field.key]

    def _parts_needed(self, field: Field) -> list[Formula] | None:
        required = field.required
        if required is False or field.key not in self.places.open or field.shows_last or field.calculation:
            return None
        if not all(self.layout.can_tell(one) for one in (field.when, required) if one and not isinstance(one, bool)):
            return None
        found = self.parts(field)
        if not isinstance(required, bool):
            found.append(self.conditions.holds(required))
        if field.table:
            found.append(self.is_begun(place_of(field.key)))
        group, copy = copy_of(field.key)
        return [*found, self.copies[group].is_needed(copy)] if group in self.copies else found

    def enough_rows(self, table: TableBlock) -> Formula | None:
        """1 where a table has fewer rows than it must have; None where nobody who fills in this copy has to add any."""
        first = next((one for one in table.rows[0] if not one.shows_last), table.rows[0][0])
        if first.key not in self.places.open or (table.asked_when and not self.layout.can_tell(table.asked_when)):
            return None
        begun = [self.is_begun(f"{table.key}[{row}].") for row in self.places.rows(table.key)]
        parts = [] if first.in_nil_page or self.layout.form.nil_return is None else [self.is_not_nil()]
        if table.asked_when:
            parts.append(self.conditions.holds(table.asked_when))
        parts.append(lambda write: f"(({'+'.join(one(write) for one in begun)})<{table.min_rows})")
        return all_of(parts)

    @cached_property
    def copies(self) -> Mapping[str, SpareCopies]:
        """The groups of which copies may stay empty."""
        groups = (item for item in self.layout.form.items() if isinstance(item, Group) and item.has_spare)
        return {group.id: SpareCopies(self, group) for group in groups}

    def is_used(self, start: str) -> Formula:
        """1 where anything is answered in the row or copy whose keys start like this, beside what the form gives."""
        given = self.layout.given.keys()
        return self._is_any(start, lambda field: field.key not in given)

    def is_begun(self, start: str) -> Formula:
        """1 where anything stands in the row of a table whose keys start like this, given or a last answer as well."""
        return self._is_any(start, lambda field: True)

    def _is_any(self, start: str, counts: Callable[[Field], bool]) -> Formula:
        fields = (self.places.fields[key] for key in self._keys_by_place.get(start, ()))
        keys = tuple(field.key for field in fields if field.calculation is None and counts(field))
        return self.is_any_answered(keys)

    @cached_property
    def _keys_by_place(self) -> Mapping[str, list[str]]:
        """The keys of every row of a table and copy of a group, by how they start."""
        found: dict[str, list[str]] = {}
        for key in self.places.fields:
            end = key.find("].")
            while end >= 0:
                found.setdefault(key[: end + 2], []).append(key)
                end = key.find("].", end + 1)
        return found

    def is_any_answered(self, keys: tuple[str, ...]) -> Formula:
        """1 where any of these is answered."""
        if keys not in self._any:
            self._any[keys] = self._any_answered(keys)
        return self._any[keys]

    def _any_answered(self, keys: tuple[str, ...]) -> Formula:
        """In a row of a table a formula that can be asked of all rows at once, otherwise a cell of its own."""
        formula = any_of(self.places.is_answered(key) for key in keys)
        if len({spot.row for key in keys for spot in self.places.cells(key)}) <= 1:
            return formula
        spot = self.working.spot(lambda home: formula(seen_from(home)))
        return lambda write: write(spot)


def place_of(key: str) -> str:
    """How the keys of the row or copy start that a space stands in; nothing where it stands in none."""
    return key[: key.rfind("].") + 2] if "]." in key else ""


def copy_of(key: str) -> tuple[str, int]:
    """The group and the number of the copy that a space stands in; of any other an empty name."""
    group, bracket, rest = key.partition("[")
    copy, end, _ = rest.partition("].")
    return (group, int(copy)) if bracket and end and "." not in group and copy.isdecimal() else ("", 0)


class SpareCopies:
    """The copies of a group of which some may stay empty."""

    def __init__(self, asking: Asking, group: Group) -> None:
        self._fewest = group.min_copies or 0
        before = asking.layout.defaults.keys()
        starts = [f"{group.id}[{copy}]." for copy in range(1, group.copies + 1)]
        new = [key for key in asking.places.open if key not in before]
        self._keys = [tuple(key for key in new if key.startswith(start)) for start in starts]
        self._filled = [asking.is_any_answered(keys) for keys in self._keys]

    def needed(self, filled: Collection[str]) -> frozenset[int]:
        """The numbers of the copies that are needed, where these spaces are filled."""
        is_filled = [any(key in filled for key in keys) for keys in self._keys]
        empty = [number for number, one in enumerate(is_filled, start=1) if not one]
        done = frozenset(number for number, one in enumerate(is_filled, start=1) if one)
        return done.union(empty[: max(self._fewest - len(done), 0)])

    def is_needed(self, copy: int) -> Formula:
        """1 where a copy is filled, or is one of the first empty ones and there are too few filled."""
        filled = self._filled[copy - 1]
        if not self._fewest:
            return filled

        def is_missing(write: Write) -> str:
            done = "+".join(one(write) for one in self._filled)
            empty = "+".join(f"(1-{one(write)})" for one in self._filled[:copy])
            return f"(({done}+{empty})<={self._fewest})"

        return any_of([filled, is_missing])
