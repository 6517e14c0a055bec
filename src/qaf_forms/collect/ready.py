"""The answers that stand in a round's copies when they are issued, by recipient."""

from __future__ import annotations

from pathlib import Path

from qaf_forms.collect.collection import Collection
from qaf_forms.collect.merging import latest
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.errors import RoundError
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.round import Round
from qaf_forms.problems import Code

ByRecipient = dict[str, dict[str, Value]]


def ready_answers(round_: Round, layout: Layout) -> ByRecipient:
    """The answers of each recipient that has any. `layout` is that of the whole form."""
    found = _collected(round_, layout) if round_.collected else {}
    for id_, nested in round_.prefill.items():
        found[id_] = flatten(layout, nested)
    return {id_: answers for id_, answers in found.items() if answers}


def _collected(round_: Round, layout: Layout) -> ByRecipient:
    """What the recipients have answered so far in this very form."""
    collection = Collection.load(Path(round_.collected))
    if (collection.form.id, collection.form.version) != (layout.form.id, layout.form.version):
        shown = f"{collection.form.id} version {collection.form.version}"
        problem = Code.BAD_PREFILL.problem(
            place=Path(round_.collected).name,
            reason=f"its returns are of the form {shown}",
            suggestion="name a folder of returns of this form and version",
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
