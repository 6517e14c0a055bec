"""Generated calculations over the questions of a generated form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_NUMBERS = frozenset({"integer", "decimal", "percent", "money"})
_OF_MANY = ("sum", "mean", "count", "percent_of_level", "percent_of_possible")
_OF_ONE_EACH = ("difference", "product", "ratio")
_SHOWN: SearchStrategy[dict[str, Any]] = st.sampled_from([{}, {"places": 0}, {"places": 3, "unit": "points"}])
_BANDS = {"not_met": 0, "partly": 50, "met": 80}


class Countable:
    """What can be calculated with so far: `single` answers, and `several` at once, by the names they have."""

    def __init__(self) -> None:
        self.single: list[str] = []
        self.several: list[str] = []

    def note(self, made: dict[str, Any]) -> None:
        """Take note of an item that was made, as far as it counts for something."""
        id_ = made.get("id", "")
        if made["type"] in _NUMBERS or made.get("scale") == "met" or made["type"] == "calculated":
            self.single.append(id_)
        if made["type"] in ("grid", "table"):
            self.several += [f"{id_}.{column['id']}" for column in made["columns"] if _counts(column)]
        if made["type"] == "group":
            inner = [item for item in made["items"] if _counts(item)]
            self.several += [f"{id_}.{item['id']}" for item in inner]


def _counts(asked: dict[str, Any]) -> bool:
    return asked["type"] in _NUMBERS or (asked["type"] == "choice" and asked["scale"] == "met")


def calculation(draw: DrawFn, countable: Countable) -> dict[str, Any] | None:
    """A calculation of some of what is there; None if nothing is."""
    if draw(st.booleans()) and countable.single:
        return _of_one_each(draw, countable.single)
    names = countable.single + countable.several
    if not names:
        return None
    calculate: str = draw(st.sampled_from(_OF_MANY))
    made: dict[str, Any] = {"calculate": calculate}
    made["of"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
    if calculate.startswith("percent"):
        made["over"] = draw(st.sampled_from(["answered", "all"]))
    if calculate == "percent_of_level":
        made["levels"] = draw(st.sampled_from([["met"], ["met", "partly"]]))
    return made | draw(_SHOWN)


def _of_one_each(draw: DrawFn, names: Sequence[str]) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"calculate": "band", "of": [draw(st.sampled_from(names))], "scale": "met", "bands": _BANDS}
    calculate = draw(st.sampled_from(_OF_ONE_EACH))
    per = {"per": 100, "unit": "%"} if calculate == "ratio" else {}
    return {"calculate": calculate, "of": [draw(st.sampled_from(names)), draw(st.sampled_from(names))], **per}


def calculated_columns(draw: DrawFn, columns: Sequence[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    """A column that is worked out from others of its row, or none."""
    numbers = [column["id"] for column in columns if _counts(column)]
    if not numbers or not draw(st.booleans()):
        return []
    made = {"id": "worked_out", "title": "Worked out", "type": "calculated", "filled_by": role}
    calculate = draw(st.sampled_from(["sum", "mean", "product"]))
    return [{**made, "calculate": calculate, "of": draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=2))}]
