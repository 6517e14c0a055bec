"""Counts the answers of a copy as they stand in it, for the cells whose formulas count them later."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_forms.plugin import Condition, Copy, Field, TableBlock
from qaf_forms_excel.asking import NIL, Asking, copy_of, place_of


class Counting:
    """Which spaces of a copy are answered, and which still must be."""

    def __init__(self, asking: Asking, copy: Copy) -> None:
        self._asking, self._layout, self._places = asking, asking.layout, asking.places
        self._answers = copy.answers
        self._filled = copy.answers.keys() | {key for key, text in copy.typed.items() if text.strip()}
        nil = self._layout.form.nil_return
        self._is_nil = nil is not None and self._answers.get(NIL) in nil.waives_when

    def counts(self, field: Field) -> bool:
        """Whether a space counts as answered when anything stands in it: somebody is to fill it in this copy."""
        return field.key in self._places.open

    def answered(self, fields: Iterable[Field]) -> int:
        """How many of these are answered."""
        return sum(self.counts(field) and field.key in self._filled for field in fields)

    def needed(self, fields: Iterable[Field], tables: Iterable[TableBlock]) -> int:
        """How many of these still need an answer; a table with too few rows needs one as well."""
        missing = sum(field.key not in self._filled and self._is_needed(field) for field in fields)
        return missing + sum(self._has_too_few_rows(table) for table in tables)

    def _is_needed(self, field: Field) -> bool:
        if self._asking.needed(field) is None or not self._is_asked(field):
            return False
        if not isinstance(field.required, bool) and not self._holds(field.required):
            return False
        if field.table and not self._is_begun(place_of(field.key)):
            return False
        group, copy = copy_of(field.key)
        spare = self._asking.copies.get(group)
        return spare is None or copy in spare.needed(self._filled)

    def _is_asked(self, field: Field) -> bool:
        if self._is_nil and not field.in_nil_page:
            return False
        return field.when is None or self._holds(field.when)

    def _holds(self, condition: Condition) -> bool:
        return condition.holds(self._answers)

    def _is_begun(self, start: str) -> bool:
        begun = (key for key in self._filled if key.startswith(start))
        return any(self._places.fields[key].calculation is None for key in begun)

    def _has_too_few_rows(self, table: TableBlock) -> bool:
        if self._asking.enough_rows(table) is None or not self._is_asked(table.rows[0][0]):
            return False
        rows = self._places.rows(table.key)
        return sum(self._is_begun(f"{table.key}[{row}].") for row in rows) < table.min_rows
