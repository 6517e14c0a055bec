"""What shipped forms show of earlier returns is what was answered there, and stands in every copy of the next round."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from qaf_forms import Form, Round, Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.issue.fields import Field
from qaf_forms.issue.values import show
from tests.laws.generated import an_answer_to_everything

_ROW = re.compile(r"\[\d+\](?=\.[^.]+$)")
ROUND = """
id: {id}
form: {form}
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients: [{{agency: Anytown Agency, format: excel}}]
{more}
"""


@cache
def toolkit() -> Toolkit:
    return Toolkit()


def carriers() -> list[tuple[str, str]]:
    """Every shipped form that carries answers, with each form whose answers it carries."""
    found = []
    for listed in toolkit().forms():
        form = toolkit().form(listed.id)
        fields = toolkit().layout(form).fields
        earlier = {field.shows_last.form or form.id for field in fields if field.shows_last}
        if any(field.copies_forward for field in fields):
            earlier |= {form.id, *form.follows}
        found += [(form.id, one) for one in sorted(earlier)]
    return found


@pytest.mark.parametrize(("name", "earlier"), carriers())
def test_what_a_shipped_form_carries_over_stands_in_the_next_copy(name: str, earlier: str, tmp_path: Path) -> None:
    answered = _one_of_each(toolkit().form(earlier))
    _collect(earlier, answered, tmp_path)
    round_ = _round("next", name, tmp_path, "previous: collected")
    ((copy, data),) = toolkit().issue(round_)
    form = toolkit().form(name)
    assert copy.problems == ()
    held = {**toolkit().layout(form).given, **_carried(form, earlier, answered)}
    assert toolkit().read(data, form).values == held


def _carried(form: Form, earlier: str, answered: dict[str, Value]) -> dict[str, Value]:
    """What the copy should hold: reckoned from the definition alone."""
    layout, source = toolkit().layout(form), toolkit().layout(toolkit().form(earlier))
    carried = {
        key: value
        for key, value in answered.items()
        if earlier in (form.id, *form.follows) and (own := layout.field(key)) and own.copies_forward
    }
    for field in layout.fields:
        last = field.shows_last
        if last is None or (last.form or form.id) != earlier:
            continue
        keys = _in_rows(field, last.key, answered) if field.table else {field.key: last.key}
        assert field.table or source.field(last.key), f"{field.key} shows {last.key}, which there is not"
        for own_key, key in keys.items():
            found = source.field(key)
            if found and key in answered:
                in_words = field.type in ("text", "paragraph") and field.type != found.type
                carried[own_key] = show(found, answered[key]) if in_words else answered[key]
    assert carried, f"{form.id} carries nothing of {earlier}"
    return carried


def _in_rows(field: Field, column: str, answered: dict[str, Value]) -> dict[str, str]:
    """The cells of a column that shows another one, in every row, with the cells that they show."""
    table, _, name = _ROW.sub("", column).rpartition(".")
    rows = [found[1] for key in answered if (found := re.fullmatch(rf"{table}\[(\d+)\]\.{name}", key))]
    assert rows, f"{field.key} shows {column}, which there is not"
    return {f"{field.table}[{row}].{field.column}": f"{table}[{row}].{name}" for row in rows}


def _collect(form: str, answered: dict[str, Value], folder: Path) -> None:
    """The returns of a round in which the agency gave these answers, in a folder."""
    round_ = _round("before", form, folder, "role: all")
    ((copy, _),) = toolkit().issue(round_)
    path = folder / "returned.xlsx"
    definition = toolkit().round_form(round_)
    path.write_bytes(toolkit().render(definition, "excel", answers=nest(answered), role=None, stamp=copy.stamp))
    collection = toolkit().collect(round_, [path])
    (returned,) = collection.register.counted
    assert dict(returned.values) == answered
    collection.save(folder / "collected")


def _round(id_: str, form: str, folder: Path, more: str = "") -> Round:
    path = folder / f"{id_}.yaml"
    path.write_text(ROUND.format(id=id_, form=form, more=more), encoding="utf-8")
    return toolkit().round(path)


def _one_of_each(form: Form) -> dict[str, Value]:
    """An answer to everything that people answer."""
    layout = toolkit().layout(form)
    generated = an_answer_to_everything(layout)
    return {key: value for key, value in generated.items() if (one := layout.field(key)) and not one.shows_last}
