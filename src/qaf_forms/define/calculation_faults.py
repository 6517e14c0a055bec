"""Checks of calculations: they name answers there are, which count as something, and never themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from qaf_forms.define import score
from qaf_forms.define.answer_types import Calculated, Choice, Choices, Control, YesNo, highest_number
from qaf_forms.define.condition_faults import report_unknown
from qaf_forms.define.findings import Findings
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, GridRow
from qaf_forms.define.operands import Named, reachable
from qaf_forms.define.scale import Scale
from qaf_forms.define.score import Method
from qaf_forms.define.spaces import Scope, Space, Spaces, Worked
from qaf_forms.define.stand_ins import is_stand_in
from qaf_forms.define.suggesting import listed, suggestion
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_NEEDED_BY: Mapping[str, frozenset[Method]] = {
    "levels": score.COUNTING,
    "over": score.PERCENTAGES,
    "scale": frozenset({Method.BAND}),
    "bands": frozenset({Method.BAND}),
    "per": frozenset({Method.RATIO}),
    "places": frozenset(Method) - {Method.BAND},
    "unit": frozenset(Method) - {Method.BAND},
}


def check_calculations(spaces: Spaces, findings: Findings) -> set[str]:
    """Report every fault of every calculation. Gives the keys of all spaces whose weight makes a difference."""
    named = Named(spaces)
    written: dict[Steps, list[Worked]] = {}
    for worked in spaces.worked:
        written.setdefault(worked.steps, []).append(worked)
    weighed: set[str] = set()
    for steps, everywhere in written.items():
        calculated = everywhere[0].calculated
        _check_keys(calculated, steps, spaces, findings)
        operands = [
            space for number in range(len(calculated.of)) for space in _operands(everywhere, number, named, findings)
        ]
        _check_levels(calculated, operands, steps, findings)
        if calculated.calculate in score.WEIGHING:
            weighed |= {space.key for space in operands}
    _check_circles(spaces, named, findings)
    return weighed


def _check_keys(calculated: Calculated, steps: Steps, spaces: Spaces, findings: Findings) -> None:
    """The keys of one calculation fit each other."""
    method = calculated.calculate
    for key, methods in _NEEDED_BY.items():
        if key in calculated.model_fields_set and method not in methods:
            reason = f"`{key}` means nothing to the calculation {method.value}"
            _wrong(findings, (*steps, key), reason, "remove it, or choose another calculation", at_key=True)
    if method is Method.PERCENT_OF_LEVEL and not calculated.levels:
        _wrong(findings, (*steps, "calculate"), "it does not say which levels to count", "add levels: [...]")
    if method in score.OF_TWO and len(calculated.of) != 2:
        reason = f"a {method.value} is worked out from two answers, not {len(calculated.of)}"
        _wrong(findings, (*steps, "of"), reason, "name two answers")
    if method is Method.BAND:
        _check_bands(calculated, steps, spaces, findings)


def _wrong(findings: Findings, steps: Steps, reason: str, advice: str, *, at_key: bool = False) -> None:
    findings.add(Code.WRONG_CALCULATION, steps, at_key=at_key, reason=reason, suggestion=advice)


def _check_bands(calculated: Calculated, steps: Steps, spaces: Spaces, findings: Findings) -> None:
    if len(calculated.of) != 1:
        _wrong(findings, (*steps, "of"), "a band is found for one number", "name one answer, such as a percentage")
    for key in ("scale", "bands"):
        if not getattr(calculated, key):
            _wrong(findings, (*steps, "calculate"), f"a band has no `{key}`", f"add {key}: ...")
    scale = spaces.scale_of(calculated)
    codes = [level.code for level in scale.levels] if scale else []
    for code in calculated.bands:
        if codes and code not in codes and not any(is_stand_in(one) for one in codes):
            advice = suggestion(code, codes)
            findings.add(
                Code.NOT_A_LEVEL, (*steps, "bands", code), at_key=True, value=code, question="it", suggestion=advice
            )
    for (_, low), (code, high) in pairwise(calculated.bands.items()):
        if high <= low:
            reason = f"the band {code!r} begins at {high:f}, which is not above the one before it, {low:f}"
            _wrong(findings, (*steps, "bands", code), reason, "write the bands from the lowest to the highest")


def _operands(everywhere: list[Worked], number: int, named: Named, findings: Findings) -> list[Space]:
    """The spaces that one key of `of` means, in every row or copy of the calculation, after a check of them."""
    first = everywhere[0]
    calculated, steps = first.calculated, (*first.steps, "of", number)
    key = calculated.of[number]
    found = [(worked.scope, spaces) for worked in everywhere if (spaces := named.by(key, worked.scope))]
    if not found:
        report_unknown(key, steps, first.scope, named.spaces, findings, named.names(first.scope))
        return []
    if calculated.calculate in score.ONE_EACH and all(_is_several(key, *one) for one in found):
        reason = f"it is several answers, and a {calculated.calculate.value} takes one"
        _not_with(findings, steps, key, reason, "name a single answer, or a calculation of them")
        return []
    operands = list({space.key: space for _, spaces in found for space in spaces}.values())
    reasons = [_why_not(calculated, space) for space in operands]
    usable = [space for space, reason in zip(operands, reasons, strict=True) if reason is None]
    faults = [one for one in reasons if one is not None and (one[2] or not usable)]
    if faults:
        _not_with(findings, steps, key, *faults[0][:2])
    return usable


def _not_with(findings: Findings, steps: Steps, key: str, reason: str, advice: str) -> None:
    findings.add(Code.NOT_TO_CALCULATE_WITH, steps, value=key, reason=reason, suggestion=advice)


def _is_several(key: str, scope: Scope, spaces: list[Space]) -> bool:
    """Whether a key means more than one answer: a whole column, every row or every copy."""
    return len(spaces) > 1 or spaces[0].key.count("[]") > scope.whole(key).count("[]")


Why = tuple[str, str, bool]
"""Why an answer cannot be calculated with, what to do, and whether it is for want of scores on its scale."""


def _why_not(calculated: Calculated, space: Space) -> Why | None:
    answer, method = space.answer, calculated.calculate
    if method in score.COUNTING and not calculated.levels:
        return None
    if method in score.COUNTING:
        return None if isinstance(answer, Choice | Choices | YesNo) or _is_band(answer) else _NO_LEVELS
    if isinstance(answer, Choices):
        return "it can have several answers at once", "ask for one level, or count levels", False
    if isinstance(answer, Choice | YesNo) or _is_band(answer):
        return _why_no_score(space.scale)
    if answer.control is not Control.NUMBER:
        return "it asks neither for a number nor for a level with a score", "name another answer", False
    if method is Method.PERCENT_OF_POSSIBLE and highest_number(answer) is None:
        return "nothing says how high the number can be", "give it a maximum", False
    return None


_NO_LEVELS: Why = ("it has no levels", "name an answer that is chosen from a scale", False)


def _is_band(answer: Any) -> bool:
    return isinstance(answer, Calculated) and answer.calculate is Method.BAND


def _why_no_score(scale: Scale | None) -> Why | None:
    if scale is None or any(is_stand_in(level.code) for level in scale.levels):
        return None
    lacking = score.unscored(scale)
    if lacking and len(lacking) == len(scale.levels):
        return "the levels of its scale have no scores", "give each level a score, or count levels instead", True
    if lacking:
        words = "the level {} has no score" if len(lacking) == 1 else "the levels {} have no scores"
        return words.format(listed(lacking)), "give each level a score, or mark it is_na or is_nonresponse", True
    return None if score.most_of(scale) is not None else ("no level of its scale has a score", "count levels", True)


def _check_levels(calculated: Calculated, operands: Iterable[Space], steps: Steps, findings: Findings) -> None:
    """The levels that are counted are on a scale of the answers, and can be in the denominator."""
    scales = [space.scale for space in operands if space.scale]
    levels = {level.code: level for scale in scales for level in scale.levels}
    if not levels or any(is_stand_in(code) for code in levels):
        return
    for number, code in enumerate(calculated.levels):
        where = (*steps, "levels", number)
        level = levels.get(code)
        if level is None:
            names = ", ".join(calculated.of)
            findings.add(Code.NOT_A_LEVEL, where, value=code, question=names, suggestion=suggestion(code, levels))
        elif calculated.calculate is Method.PERCENT_OF_LEVEL and level.is_na:
            _wrong(findings, where, f"{code!r} is in no percentage, because it does not apply", "count it instead")
        elif calculated.calculate is Method.PERCENT_OF_LEVEL and level.is_nonresponse and calculated.over == "answered":
            _wrong(findings, where, f"{code!r} is no answer, so it is not among those answered", "write over: all")


def _check_circles(spaces: Spaces, named: Named, findings: Findings) -> None:
    """Report every circle of calculations once."""
    reached = reachable(named.edges())
    told: set[frozenset[str] | Steps] = set()
    for worked in spaces.worked:
        if worked.key not in reached[worked.key]:
            continue
        circle = frozenset(key for key in reached[worked.key] if worked.key in reached.get(key, ()))
        if circle in told or worked.steps in told:
            continue
        told |= {circle, worked.steps}
        for number, key in enumerate(worked.calculated.of):
            back = [space.key for space in named.by(key, worked.scope) if space.key in circle]
            if back:
                through = "" if worked.key in back else f" through {_shown(back[0])!r}"
                where = (*worked.steps, "of", number)
                findings.add(Code.CALCULATED_FROM_ITSELF, where, value=_shown(worked.key), through=through)
                break


def check_weights(items: Iterable[tuple[Any, Steps]], weighed: set[str], spaces: Spaces, findings: Findings) -> None:
    """Report weights that no calculation uses. `weighed` are the keys of the spaces whose weights are used."""
    if findings.may_hide("of"):
        return
    used = {key.partition(".")[2] if key.split("[")[0] in spaces.copies else key for key in weighed}
    for item, steps in items:
        for row, where in placed_rows(item, steps) if isinstance(item, Grid) else ():
            own = f"{item.id}.{row.id}." if isinstance(row, GridRow) else ""
            if "weight" in row.model_fields_set and not any(key.startswith(own) for key in used):
                findings.add(Code.UNUSED_WEIGHT, (*where, "weight"), value=getattr(row, "weight", ""))
        if "weight" in item.model_fields_set and item.id not in used:
            findings.add(Code.UNUSED_WEIGHT, (*steps, "weight"), value=item.weight)


def _shown(key: str) -> str:
    return key.replace("[]", "[1]")
