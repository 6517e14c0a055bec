"""The answer spaces that the keys of calculations mean, in a form as it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.questions import Column
from qaf_forms.define.score import names_of
from qaf_forms.issue.fields import Field

if TYPE_CHECKING:
    from qaf_forms.issue.layout import Layout


class Operands:
    """The fields of one layout by every name that a calculation can give them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._single: dict[str, list[Field]] = {}
        self._columns: dict[str, list[tuple[str, str]]] = {}
        for field in layout.fields:
            if not field.table:
                own_cell = isinstance(field.answer, Calculated) and not isinstance(field.answer, Column)
                for name in names_of(field.key, own_cell=own_cell and bool(field.column)):
                    self._single.setdefault(name, []).append(field)
        for table in layout.tables.values():
            for column in table.columns:
                for name in names_of(f"{table.key}[].{column.id}")[1:]:
                    self._columns.setdefault(name, []).append((table.key, column.id))

    def fields(self, key: str, rows: Callable[[str], Iterable[int]]) -> Iterator[Field]:
        """The fields that a key means. `rows` gives the numbers of a table's rows."""
        yield from self._single.get(key, ())
        for table, column in self._columns.get(key, ()):
            yield from filter(None, (self._layout.table_field(table, row, column) for row in rows(table)))
        if "[" in key and key not in self._single:
            field = self._layout.field(key)
            if field is not None and field.table:
                yield field

    def are_in_this_copy(self, field: Field) -> bool:
        """Whether all that a calculated field is worked out from, however far back, stands in this layout."""
        waiting, seen = [field], {field.key}
        while waiting:
            current = waiting.pop()
            if self._layout.field(current.key) is None:
                return False
            if current.when is not None and not self._layout.can_tell(current.when):
                return False
            for key in current.calculation.of if current.calculation else ():
                found = list(self._layout.whole.operands.fields(key, lambda table: (1,)))
                waiting += [one for one in found if one.key not in seen]
                seen |= {one.key for one in found}
        return True
