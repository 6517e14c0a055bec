"""Works out the calculated answers of a form from those that were given.

Whatever stands in the space of a calculated answer is not used. What was not asked, does not apply to the agency type,
or is waived by a nil return is left out; so are copies of a group and rows of a table in which nothing is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from qaf_forms.define.answer_types import highest_number
from qaf_forms.define.condition import Value
from qaf_forms.define.form import NIL_KEY
from qaf_forms.define.scale import Scale
from qaf_forms.define.score import Operand, most_of, worked_out
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout


def with_calculated(layout: Layout, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers with every calculated one as it follows from the others."""
    given = without_calculated(layout.whole, answers)
    return given | calculated(layout, given)


def without_calculated(layout: Layout, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that somebody gives."""
    return {key: value for key, value in answers.items() if not is_calculated(layout, key)}


def is_calculated(layout: Layout, key: str) -> bool:
    """Whether the answer of this key is worked out."""
    if not layout.calculates:
        return False
    field = layout.field(key)
    return field is not None and field.calculation is not None


def calculated(layout: Layout, given: Mapping[str, Value]) -> dict[str, Value]:
    """The calculated answers alone, in printed order; `given` are the others."""
    return dict(_Working(layout, given).all()) if layout.calculates else {}


class _Working(Mapping[str, Value]):
    """The answers of one return. A calculated one is worked out when it is asked for."""

    def __init__(self, layout: Layout, given: Mapping[str, Value]) -> None:
        self._layout, self._given = layout, given
        nil = layout.form.nil_return
        self._is_nil = nil is not None and given.get(NIL_KEY) in nil.waives_when
        self._used = {key[: end + 2] for key in given if key not in layout.given for end in _ends(key)}
        self._rows: dict[str, list[int]] = {}
        for place in sorted(self._used):
            table, _, row = place.removesuffix("].").rpartition("[")
            self._rows.setdefault(table, []).append(int(row))
        self._found: dict[str, Value | None] = {}

    def all(self) -> Iterator[tuple[str, Value]]:
        """Every calculated answer that can be worked out."""
        for field in self._spaces():
            value = self._worked_out(field)
            if value is not None:
                yield field.key, value

    def __getitem__(self, key: str) -> Value:
        value = self._given.get(key)
        if value is None and is_calculated(self._layout, key):
            field = self._layout.field(key)
            value = self._worked_out(field) if field else None
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def _spaces(self) -> Iterator[Field]:
        """The calculated fields, those of the rows that were written among them."""
        for field in self._layout.calculated_fields:
            if not field.table:
                yield field
                continue
            for row in self._rows_of(field.table):
                written = self._layout.table_field(field.table, row, field.column)
                if written is not None:
                    yield written

    def _rows_of(self, table: str) -> list[int]:
        return sorted(self._rows.get(table, ()))

    def _is_asked(self, field: Field) -> bool:
        if self._is_nil and not field.in_nil_page:
            return False
        ends = _ends(field.key)
        if ends and field.key[: ends[-1] + 2] not in self._used:
            return False
        return field.when is None or field.when.holds(self)

    def _worked_out(self, field: Field) -> Value | None:
        if field.key in self._found:
            return self._found[field.key]
        self._found[field.key] = None  # a circle ends here
        calculation = field.calculation
        if calculation is not None and self._is_asked(field) and self._layout.can_work_out(field):
            operands = [list(self._operands(key, field)) for key in calculation.of]
            self._found[field.key] = worked_out(calculation, operands)
        return self._found[field.key]

    def _operands(self, key: str, whose: Field) -> Iterator[Operand]:
        for field in self._layout.operands.fields(key, self._rows_of):
            if field.key == whose.key or not self._is_asked(field):
                continue
            value = self.get(field.key)
            if value is not None or field.calculation is None:
                yield operand(field, value)


def _ends(key: str) -> list[int]:
    """Where the numbers of copies and rows end in a key."""
    return [place for place in range(len(key)) if key.startswith("].", place)]


def operand(field: Field, value: Value | None) -> Operand:
    """An answer as a calculation sees it."""
    scale = field.scale
    most = most_of(scale) if scale else highest_number(field.answer)
    if value is None:
        return Operand(most=most, weight=field.weight)
    if scale is not None:
        return _level(field, scale, value if isinstance(value, tuple) else (str(value),), most)
    score = Decimal(value) if isinstance(value, int | Decimal) else None
    return Operand(answered=True, score=score, most=most, weight=field.weight)


def _level(field: Field, scale: Scale, codes: tuple[str, ...], most: Decimal | None) -> Operand:
    levels = [level for code in codes if (level := scale.level(code))]
    says_something = [level for level in levels if not level.is_na and not level.is_nonresponse]
    return Operand(
        applies=not levels or not all(level.is_na for level in levels),
        answered=bool(says_something),
        codes=codes,
        score=says_something[0].score if len(levels) == 1 and says_something else None,
        most=most,
        weight=field.weight,
    )
