"""The answers that stand in a round's copies when they are issued, by recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qaf_forms.collect.carrying import Carried, Carrier
from qaf_forms.collect.collection import Collection
from qaf_forms.collect.merging import latest
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.errors import RoundError
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.round import Round
from qaf_forms.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class Ready:
    """By recipient the answers that stand in a copy, and what earlier answers could not be carried into it."""

    answers: Mapping[str, Mapping[str, Value]]
    problems: Mapping[str, tuple[Problem, ...]]


def ready_answers(round_: Round, layout: Layout) -> Ready:
    """What stands in the copies of a round. `layout` is that of the whole form.

    What was written for a recipient comes before what was collected, and that before what is carried over; the rows of
    a table come from one of them.
    """
    carried = {recipient.id: Carried() for recipient in round_.recipients}
    carrier = Carrier(layout)
    for folder in round_.previous:
        earlier = Collection.load(Path(folder))
        carrier.carry(earlier, latest_returns(earlier), carried, Path(folder).name)
    collected = _collected(round_, layout) if round_.collected else {}
    answers: dict[str, Mapping[str, Value]] = {}
    for id_, one in carried.items():
        found = _over(layout, one.values, collected.get(id_, {}))
        found = _over(layout, found, flatten(layout, round_.prefill.get(id_, {})))
        if found:
            answers[id_] = found
    return Ready(answers, {id_: tuple(one.problems) for id_, one in carried.items() if one.problems})


def _over(layout: Layout, under: Mapping[str, Value], over: Mapping[str, Value]) -> Mapping[str, Value]:
    """The answers of both, those of `over` first; of a table that it has rows of, only its rows."""
    if not under or not over:
        return over or under
    tables = {field.table for key in over if (field := layout.field(key)) and field.table}
    kept = {key: value for key, value in under.items() if not _is_in(layout, key, tables)}
    return {**kept, **over}


def _is_in(layout: Layout, key: str, tables: set[str]) -> bool:
    field = layout.field(key)
    return field is not None and field.table in tables


def _collected(round_: Round, layout: Layout) -> dict[str, dict[str, Value]]:
    """What the recipients have answered so far in this very form."""
    collection = Collection.load(Path(round_.collected))
    if (collection.form.id, collection.form.version) != (layout.form.id, layout.form.version):
        shown = f"{collection.form.id} version {collection.form.version}"
        problem = Code.BAD_PREFILL.problem(
            place=Path(round_.collected).name,
            reason=f"its returns are of the form {shown}",
            suggestion="name a folder of returns of this form and version, or write previous: to carry them over",
        )
        raise RoundError(round_.id, [problem])
    return {id_: one.values for id_, one in latest_returns(collection).items()}


def latest_returns(collection: Collection) -> dict[str, Return]:
    """What holds for each recipient after all stages of a collection."""
    layout = Layout(collection.form)
    stages: dict[str, dict[str, Return]] = {}
    for entry, one in collection.register.counted_lines:
        stages.setdefault(entry.recipient, {})[entry.stage] = one
    return {id_: latest(layout, found) for id_, found in stages.items()}
