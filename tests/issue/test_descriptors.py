"""What the levels mean for single rows: under the row where it is short, at the end of the form where it is long."""

from __future__ import annotations

from typing import Any

import pytest

from qaf_forms import Toolkit
from qaf_forms.issue.descriptors import MOST_IN_PLACE, all_descriptors
from qaf_forms.issue.fields import GridBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import descriptor_lines
from tests.collect.printing import form_of

SHORT = {"partly": "On paper", "met": "Everyone can find it"}
LONG = {"met": "Everyone can find it. " * 10, "not_met": "There is none that anybody knows of. " * 5}


def form_with_rows(*rows: dict[str, Any], other: str = "") -> Any:
    columns = [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}]
    if other:
        columns.append({"id": "last", "title": other, "type": "choice", "scale": "met"})
    return form_of({"id": "core", "type": "grid", "ask": "Standards", "columns": columns, "rows": list(rows)})


def row(id_: str = "policy", **descriptors: dict[str, str]) -> dict[str, Any]:
    return {"id": id_, "text": f"There is a *{id_}*", "descriptors": descriptors}


def printed(form: Any) -> list[list[str]]:
    layout = Layout(form)
    (block,) = layout.sections[0].blocks
    assert isinstance(block, GridBlock)
    return [descriptor_lines(layout, one) for one in block.rows]


def test_short_ones_stand_under_their_row_in_the_order_of_the_scale() -> None:
    assert printed(form_with_rows(row(level=SHORT), row("plan"))) == [
        ["Fully met: Everyone can find it", "Partly met: On paper"],
        [],
    ]


def test_long_ones_stand_at_the_end_and_the_row_says_where() -> None:
    form = form_with_rows(row(level=SHORT), row("plan", level=LONG))
    assert printed(form)[1] == ["What each answer means here: see “What the answers mean” at the end, A1.2."]
    long = list(all_descriptors(Layout(form)))[1]
    assert (long.title, long.is_long) == ("A1.2 There is a plan", True)
    assert long.lines == (f"Fully met: {LONG['met'].strip()}", f"Not met: {LONG['not_met'].strip()}")


@pytest.mark.parametrize(("length", "is_long"), [(MOST_IN_PLACE, False), (MOST_IN_PLACE + 1, True)])
def test_together_they_may_be_as_long_as_a_few_lines(length: int, is_long: bool) -> None:
    text = "x" * (length - len("Fully met: "))
    (found,) = all_descriptors(Layout(form_with_rows(row(level={"met": text}))))
    assert found.is_long is is_long


def test_columns_with_descriptors_of_their_own_are_named_and_the_same_ones_stand_once() -> None:
    both = form_with_rows(row(level=SHORT, last=SHORT), other="Last year")
    assert printed(both) == [["Fully met: Everyone can find it", "Partly met: On paper"]]
    differing = form_with_rows(row(level=SHORT, last={"met": "It was there"}), other="Last year")
    assert printed(differing) == [
        ["Level", "Fully met: Everyone can find it", "Partly met: On paper", "Last year", "Fully met: It was there"]
    ]


def test_a_prompt_is_named_with_its_stem_at_the_end_of_the_form() -> None:
    stem = {"text": "Children are heard", "prompts": [row("plan", level=LONG)]}
    (found,) = all_descriptors(Layout(form_with_rows(stem)))
    assert found.title == "A1.1a Children are heard: There is a plan"


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_no_format_takes_them_for_somebody_s_words(format_: str) -> None:
    kit = Toolkit()
    stem = {"text": "Children are heard", "prompts": [row("voice", level=LONG, last=SHORT)]}
    form = form_with_rows(row(level=SHORT), row("plan", level=LONG, last={"met": "Then"}), stem, other="Last year")
    answers = {"core": {"policy": {"level": "met"}, "voice": {"last": "partly"}}}
    returned = kit.read(kit.render(form, format_, answers=answers), form)
    assert (returned.data, returned.extras) == (answers, ())
