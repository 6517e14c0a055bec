"""Every shipped form, filled, after all that happens to Word files: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from qaf_forms import Return
from qaf_forms.issue.answers import nest
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin import Code, Route
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, Values, in_order, recovered, silently_wrong
from tests.laws.mangled_word import (
    ADDED,
    MANGLED,
    Mangling,
    added_rows,
    anchors_in,
    deleted_rows,
    mangled,
    merged_across,
    merged_down,
    no_bookmarks,
    no_controls,
    no_tags,
    reversed_own_rows,
)

SUREST = {
    "no tags": Route.BOOKMARK,
    "no tags, no bookmarks": Route.CODE,
    "no controls": Route.BOOKMARK,
    "no controls, no bookmarks": Route.CODE,
    "columns reversed, no marks": Route.CODE,
    "pasted without controls": Route.BOOKMARK,
}
"""The surest mark that is left after something happened; a tag where nothing is said."""
LOST: dict[str, tuple[Mangling, ...]] = {
    "all marks": (),
    "no controls": (no_controls,),
    "no marks": (no_tags, no_bookmarks),
}


@cache
def issued(name: str) -> bytes:
    return KIT.render(KIT.form(name), answers=nest(filled(name)), role=None)


def layout_of(name: str) -> Layout:
    return KIT.layout(KIT.form(name))


def read(name: str, data: bytes) -> Return:
    return KIT.read(data, KIT.form(name))


@pytest.mark.parametrize("way", MANGLED)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_went_through_much_is_read_as_it_was_filled_in(name: str, way: str) -> None:
    values = filled(name)
    returned = read(name, MANGLED[way](issued(name)))
    assert silently_wrong(returned, values, layout_of(name)) == []
    assert recovered(returned, values, layout_of(name)) >= LEAST_RECOVERED
    routes = Counter(one.route for one in returned.answers.values())
    surest = SUREST.get(way, Route.TAG)
    assert routes[surest] == max(routes.values())
    assert not {Route.TAG, Route.BOOKMARK} & routes.keys() or surest is not Route.CODE
    assert Route.WORDING not in routes


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("merge", [merged_down, merged_across])
@pytest.mark.parametrize("name", SHIPPED)
def test_merged_cells_are_asked_about_and_the_others_read(name: str, merge: Mangling, lost: str) -> None:
    values, layout = filled(name), layout_of(name)
    data = mangled(issued(name), merge, *LOST[lost])
    returned = read(name, data)
    asked = {problem.key for problem in returned.problems if problem.code == Code.SHARED_SPACE.value.code}
    assert silently_wrong(returned, values, layout) == []
    assert len(asked) >= 2 or mangled(issued(name), merge) == mangled(issued(name))
    others = {key: value for key, value in values.items() if key not in asked}
    assert recovered(returned, others, layout) >= LEAST_RECOVERED


@pytest.mark.parametrize("lost", ["all marks", "no controls"])
@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_left_when_rows_are_deleted_is_right(name: str, lost: str) -> None:
    values, layout = filled(name), layout_of(name)
    data = mangled(issued(name), deleted_rows)
    gone = {layout.by_anchor[anchor].key for anchor in anchors_in(issued(name)) - anchors_in(data)}
    left = {key: value for key, value in values.items() if key not in gone}
    assert len(left) < len(values) or not gone
    returned = read(name, mangled(data, *LOST[lost]))
    assert silently_wrong(returned, left, layout) == []
    assert recovered(returned, left, layout) >= LEAST_RECOVERED


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("name", SHIPPED)
def test_own_rows_count_in_the_order_in_which_they_came_back(name: str, lost: str) -> None:
    values, layout = filled(name), layout_of(name)
    expected = in_order(values, layout, reverse=True)
    returned = read(name, mangled(issued(name), reversed_own_rows, *LOST[lost]))
    assert silently_wrong(returned, expected, layout) == []
    assert recovered(returned, expected, layout) >= LEAST_RECOVERED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_row_that_somebody_added_to_each_table_is_kept(name: str) -> None:
    values, layout = filled(name), layout_of(name)
    tables = 0

    def change(root: object) -> None:
        nonlocal tables
        tables = added_rows(root)  # type: ignore[arg-type]  # the root of the document

    returned = read(name, mangled(issued(name), change))
    kept = "\n".join(
        [
            *(str(value) for value in returned.values.values()),
            *(one.text for one in returned.extras),
            *(one.value for one in returned.problems),
        ]
    )
    assert tables
    assert [number for number in range(tables) if ADDED.format(number) not in kept] == []
    assert silently_wrong(returned, _with_added(returned, values), layout) == []


def _with_added(returned: Return, values: Values) -> Values:
    start = ADDED.format(0)[:-3]
    return {**values, **{key: value for key, value in returned.values.items() if str(value).startswith(start)}}
