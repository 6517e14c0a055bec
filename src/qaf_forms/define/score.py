"""Calculations: what is worked out from other answers, and how.

A small typed tree, as conditions are, without expression strings.

A calculation names answers, which may be calculated themselves::

    - {id: total, type: calculated, ask: Total, calculate: sum, of: [standards.rating]}
    - {id: met, type: calculated, ask: Fully met, calculate: percent_of_level, of: [standards.rating], levels: [met]}
    - {id: points, type: calculated, ask: Points, calculate: percent_of_possible, of: [standards.rating], over: all}
    - {id: gap, type: calculated, ask: Difference, calculate: difference, of: [own_rating, moderated]}
    - id: grade
      type: calculated
      ask: Grade
      calculate: band
      of: [points]
      scale: ofsted4
      bands: {inadequate: 0, requires_improvement: 40, good: 65, outstanding: 85}

`standards.rating` means the column in every row of a grid, `actions.cost` every row that the respondent wrote, and
`child.level` every copy of a group that is used. Among the columns of a grid or table, and among the items of a group,
a sibling's id means the same row or copy, as in conditions.

A number counts as itself, a level as its `score`. What does not apply is in no denominator; a blank or a non-response
is in `over: all` and not in `over: answered`, and never counts as 0 in an average.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from qaf_forms.define.condition import Key
from qaf_forms.define.scale import DefinitionModel, Identifier, Line, Scale

MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class Method(StrEnum):
    """How something is worked out."""

    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"
    PERCENT_OF_LEVEL = "percent_of_level"
    PERCENT_OF_POSSIBLE = "percent_of_possible"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    RATIO = "ratio"
    BAND = "band"


PERCENTAGES = frozenset({Method.PERCENT_OF_LEVEL, Method.PERCENT_OF_POSSIBLE})
WEIGHING = frozenset({Method.SUM, Method.MEAN, Method.PERCENT_OF_POSSIBLE})
"""What `weight` makes a difference to."""
OF_TWO = frozenset({Method.DIFFERENCE, Method.RATIO})
ONE_EACH = OF_TWO | {Method.PRODUCT, Method.BAND}
"""What takes a single answer for each key in `of`, and cannot be worked out while one is missing."""
COUNTING = frozenset({Method.COUNT, Method.PERCENT_OF_LEVEL})
"""What looks at which level was chosen, not at its score."""
_DIVIDING = PERCENTAGES | {Method.MEAN, Method.RATIO}


class Calculation(DefinitionModel):
    """What is worked out, from which answers."""

    calculate: Method = Field(description="How it is worked out")
    of: Annotated[tuple[Key, ...], Field(min_length=1, description="The answers that it is worked out from")]
    levels: tuple[Identifier, ...] = Field(
        default=(), description="The levels counted by `count` and `percent_of_level`; `count` alone counts any answer"
    )
    over: Literal["answered", "all"] = Field(
        default="answered", description="A percentage's denominator: questions answered, or all that apply"
    )
    scale: Identifier | Scale | None = Field(default=None, description="The scale of a `band`'s levels")
    bands: Mapping[Identifier, Decimal] = Field(
        default={}, description="By level, lowest first, the number from which a `band` begins"
    )
    per: Decimal = Field(default=Decimal(1), gt=0, description="A `ratio` for each so many: 100 or 10000")
    places: Annotated[int, Field(ge=0, le=10)] | None = Field(
        default=None, description="Decimal places, rounded half up; 1 where something is divided, else all there are"
    )
    unit: Line | None = Field(default=None, description="What the number counts: points; a percentage has % anyway")

    @model_validator(mode="before")
    @classmethod
    def _percentages_have_their_sign(cls, written: Any) -> Any:
        if isinstance(written, dict) and written.get("calculate") in PERCENTAGES:
            return {"unit": "%", **written}
        return written

    @property
    def decimals(self) -> int | None:
        """The decimal places that are shown; None for as many as there are."""
        return 1 if self.places is None and self.calculate in _DIVIDING else self.places


@dataclass(frozen=True, slots=True)
class Operand:
    """One answer as a calculation sees it.

    `codes` are the levels chosen; `score` is what it counts as and `most` the highest it could have been. `applies` is
    False for an answer that says so; `answered` is False for a blank and for a non-response.
    """

    applies: bool = True
    answered: bool = False
    codes: tuple[str, ...] = ()
    score: Decimal | None = None
    most: Decimal | None = None
    weight: Decimal = Decimal(1)


def most_of(scale: Scale) -> Decimal | None:
    """The highest score on a scale; None if no level has one."""
    scores = [level.score for level in scale.levels if level.score is not None and not _says_nothing(level)]
    return max(scores, default=None)


def unscored(scale: Scale) -> list[str]:
    """The codes of the levels that say something about practice but have no score."""
    return [level.code for level in scale.levels if level.score is None and not _says_nothing(level)]


def _says_nothing(level: Any) -> bool:
    return bool(level.is_na or level.is_nonresponse)


def names_of(key: str, *, own_cell: bool = False) -> list[str]:
    """Every way in which a calculation can name the space `key`, itself first.

    Without the number of its row or copy, and without the row of a grid, it is named together with the others of its
    kind. `own_cell`: a grid row that differs from its column, and so is no part of the column.
    """
    parts = key.split(".")
    rows = [parts]
    in_block = parts[1:] if "[" in parts[0] and len(parts) == 4 else parts
    if len(in_block) == 3 and not own_cell and "[" not in in_block[0]:
        rows.append([*parts[:-2], parts[-1]])
    found = [".".join(one) for one in rows]
    found += [".".join(part.split("[")[0] for part in one) for one in rows]
    if len(parts) > 1 and "[" in parts[0] and "[" in parts[1]:
        inner = [part.split("[")[0] for part in parts[1:]]
        found.append(".".join([parts[0], *inner]))
    return list(dict.fromkeys(found))


def worked_out(calculation: Calculation, operands: Sequence[Sequence[Operand]]) -> Decimal | str | None:
    """The number, or of a `band` the level's code; None where it cannot be worked out yet.

    `operands` are those of each key in `of`, without questions that were not asked.
    """
    flat = [one for several in operands for one in several]
    if not any(one.answered or one.codes for one in flat):
        return None
    if calculation.calculate in ONE_EACH:
        scores = [several[0].score for several in operands if len(several) == 1]
        if len(scores) < len(operands) or None in scores:
            return None
    with localcontext(_EXACT):
        found = _METHODS[calculation.calculate](calculation, flat)
        return _rounded(found, calculation.decimals) if isinstance(found, Decimal) else found


def _rounded(number: Decimal, places: int | None) -> Decimal:
    """With so many decimal places, but never more digits than a spreadsheet keeps."""
    last = int(number.normalize().as_tuple().exponent) if places is None else -places
    last = max(last, number.adjusted() - MOST_DIGITS + 1)
    number = number.quantize(Decimal((0, (1,), last)))
    return (number.quantize(Decimal(1)) if last > 0 else number) + 0  # neither 1E+2 nor -0


def _scored(operands: Iterable[Operand]) -> list[tuple[Decimal, Operand]]:
    return [(one.score, one) for one in operands if one.score is not None and one.answered and one.applies]


def _sum(_: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    scored = _scored(operands)
    return sum((score * one.weight for score, one in scored), Decimal(0)) if scored else None


def _mean(_: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    scored = _scored(operands)
    weights = sum((one.weight for _, one in scored), Decimal(0))
    return sum((score * one.weight for score, one in scored), Decimal(0)) / weights if weights else None


def _hits(calculation: Calculation, operands: Sequence[Operand]) -> Decimal:
    if not calculation.levels:
        return Decimal(sum(one.answered for one in operands))
    return Decimal(sum(any(code in calculation.levels for code in one.codes) for one in operands))


def _base(calculation: Calculation, operands: Sequence[Operand]) -> list[Operand]:
    """The denominator: who is in it."""
    return [one for one in operands if one.applies and (one.answered or calculation.over == "all")]


def _percent_of_level(calculation: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    base = _base(calculation, operands)
    hits = _hits(calculation, base)
    return 100 * hits / len(base) if hits or any(one.answered for one in base) else None


def _percent_of_possible(calculation: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    base = [one for one in _base(calculation, operands) if one.most is not None]
    most = sum((one.most * one.weight for one in base if one.most is not None), Decimal(0))
    points = sum((score * one.weight for score, one in _scored(base)), Decimal(0))
    return 100 * points / most if most > 0 and _scored(base) else None


def _difference(_: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    first, second = (score for score, _ in _scored(operands))
    return first - second


def _product(_: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    product = Decimal(1)
    for score, _one in _scored(operands):
        product *= score
    return product


def _ratio(calculation: Calculation, operands: Sequence[Operand]) -> Decimal | None:
    first, second = (score for score, _ in _scored(operands))
    return first * calculation.per / second if second else None


def _band(calculation: Calculation, operands: Sequence[Operand]) -> str | None:
    reached = None
    for code, start in calculation.bands.items():
        if operands[0].score is not None and operands[0].score >= start:
            reached = code
    return reached


_METHODS: Mapping[Method, Callable[[Calculation, Sequence[Operand]], Decimal | str | None]] = {
    Method.SUM: _sum,
    Method.MEAN: _mean,
    Method.COUNT: _hits,
    Method.PERCENT_OF_LEVEL: _percent_of_level,
    Method.PERCENT_OF_POSSIBLE: _percent_of_possible,
    Method.DIFFERENCE: _difference,
    Method.PRODUCT: _product,
    Method.RATIO: _ratio,
    Method.BAND: _band,
}
