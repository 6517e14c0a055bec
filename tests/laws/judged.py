"""Judges what was read from a file that something happened to: nothing may be wrong without a word about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from qaf_forms import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin import Code, show

Values = Mapping[str, Value]
_ROW = re.compile(r"(?P<table>.+)\[(?P<number>[0-9]+)\]\.(?P<column>[a-z0-9_]+)")
LEAST_RECOVERED = 0.995
"""Of the answers, while a tag, a bookmark or a printed code is left."""
_TELLS_NOTHING = frozenset({Code.REQUIRED.value.code})
"""That an answer is needed does not say that one was given and is gone."""
_TELLING = 8
"""Shorter texts are found in others by chance: such an answer is kept only by an extra that says just this."""


def silently_wrong(returned: Return, values: Values, layout: Layout) -> list[str]:
    """The answers that are not what they were, and those that nobody gave, without a problem or extra that says so.

    A problem speaks for the answer, row or table that it names. An extra speaks for one answer: it says just this, or
    it is in a longer text. The respondent's own rows are compared in order, as they stand.
    """
    said = _said(returned)
    # of a row that is only asked about nobody knows whether anything was written there
    ways = [_wrong(in_order(returned.values, layout, named=named), returned, values, layout) for named in ((), said)]
    return min(ways, key=len)


def _said(returned: Return) -> set[str]:
    return {problem.key for problem in returned.problems if problem.key and problem.code not in _TELLS_NOTHING}


def _wrong(got: Values, returned: Return, values: Values, layout: Layout) -> list[str]:
    said = _said(returned)
    spare = Counter(extra.text.strip() for extra in returned.extras)
    expected = in_order(values, layout)
    wrong = []
    for key, value in expected.items():
        if got.get(key) == value or not said.isdisjoint(_names(key)):
            continue
        field = layout.field(key)
        if field is not None and not field.calculation and not _is_kept(show(field, value).strip(), spare):
            wrong.append(key)
    return wrong + [key for key in got if key not in expected and said.isdisjoint(_names(key))]


def recovered(returned: Return, values: Values, layout: Layout) -> float:
    """Which part of the answers came back as they were; what is worked out from others is not found in a file."""
    fields = {field.key for field in layout.fields if field.calculation}
    expected, got = in_order(values, layout), in_order(returned.values, layout)
    found = [got.get(key) == value for key, value in expected.items() if key not in fields]
    return sum(found) / len(found)


def in_order(values: Values, layout: Layout, *, reverse: bool = False, named: Collection[str] = ()) -> dict[str, Value]:
    """The answers with the rows of each table numbered as they follow each other, or the other way round.

    A row is there also where only one of the keys that are `named` is in it.
    """
    rows: dict[str, set[int]] = {}
    for key in (*values, *named):
        if match := _own_row(key, layout):
            rows.setdefault(match["table"], set()).add(int(match["number"]))
    numbers = {
        table: {old: new for new, old in enumerate(sorted(found, reverse=reverse), start=1)}
        for table, found in rows.items()
    }
    ordered = {}
    for key, value in values.items():
        name = key
        if match := _own_row(key, layout):
            name = f"{match['table']}[{numbers[match['table']][int(match['number'])]}].{match['column']}"
        ordered[name] = value
    return ordered


def _own_row(key: str, layout: Layout) -> re.Match[str] | None:
    match = _ROW.fullmatch(key)
    return match if match and match["table"] in layout.tables else None


def _names(key: str) -> set[str]:
    """What a problem about an answer may be said of: itself, its row, its grid or table."""
    parts = re.split(r"\.|(?=\[)", key)
    return {key, key.rpartition(".")[0], parts[0]} - {""}


def _is_kept(text: str, spare: Counter[str]) -> bool:
    """Whether an extra that speaks for no other answer keeps this one."""
    if spare[text] > 0:
        spare[text] -= 1
        return True
    return len(text) >= _TELLING and any(text in extra for extra, left in spare.items() if left > 0)
