"""What stands in for the faulty parts of a definition while the rest of it is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qaf_forms.define.model_places import Spot
from qaf_forms.define.validation_wording import meant_type, misspelt_type, types_expected
from qaf_forms.define.yaml_source import Steps

PREFIX = "stand_in_"
"""How every id, code and name of a stand-in begins."""


def is_stand_in(name: str) -> bool:
    """Whether this id, code or name was put in here."""
    return name.startswith(PREFIX)


class Repair:
    """A copy of a definition's data in which faulty parts are replaced. Positions in lists stay as they are."""

    def __init__(self, data: Any) -> None:
        self.data = _copied(data)
        self.done: set[Steps] = set()
        self._this_pass: set[Steps] = set()
        self._number = 0

    def covers(self, steps: Steps) -> bool:
        """Whether an earlier pass replaced what stands there: an error in it is no fault of the author's."""
        return any(steps[:length] in self.done for length in range(1, len(steps) + 1))

    def finish_pass(self) -> None:
        """From now on what was replaced counts as replaced."""
        self.done |= self._this_pass
        self._this_pass = set()

    def mend(self, detail: Any, spot: Spot) -> None:
        """Replace or remove the smallest part that the error is about."""
        if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
            self._give_type(detail, spot.steps)
            return
        steps = _whole_condition(spot) if spot.in_condition else spot.steps
        if detail["type"] == "range":
            steps = (*steps, "minimum")
        if steps in self.done and len(steps) > 1:
            steps = steps[:-1]  # the stand-in does not fit either
        if not steps or any(steps[:length] in self._this_pass for length in range(1, len(steps))):
            return
        self._this_pass.add(steps)
        self._replace(steps, wanted=self._is_needed(detail, spot, steps))

    def _is_needed(self, detail: Any, spot: Spot, steps: Steps) -> bool:
        """Whether what stands at `steps` cannot be left out."""
        if isinstance(steps[-1], int) or detail["type"] == "missing":
            return True
        if detail["type"] == "extra_forbidden" or spot.at_key or steps != spot.steps or spot.model is None:
            return False
        field = spot.model.model_fields.get(steps[-1])
        return field is not None and field.is_required()

    def _replace(self, steps: Steps, *, wanted: bool) -> None:
        parent = self._at(steps[:-1])
        last = steps[-1]
        if isinstance(parent, dict) and isinstance(last, str):
            if wanted:
                parent[last] = self._stand_in(last)
            else:
                parent.pop(last, None)
        elif isinstance(parent, list) and isinstance(last, int) and last < len(parent):
            name = next((step for step in reversed(steps) if isinstance(step, str)), "")
            parent[last] = self._entry(name)

    def rename(self, steps: Steps, meant: str) -> None:
        """Move what stands under a misspelt key to the key that was meant, so that its faults are found."""
        parent = self._at(steps[:-1])
        if isinstance(parent, dict) and steps[-1] in parent:
            parent[meant] = parent.pop(steps[-1])

    def _give_type(self, detail: Any, steps: Steps) -> None:
        """Give an item of no known type the one that is meant, so that its other faults are found."""
        item = self._at(steps)
        if not isinstance(item, dict):
            return
        known = types_expected(detail)
        if "type" not in item and (misspelt := misspelt_type(item)):
            item["type"] = item.pop(misspelt)
            return
        written = item.get("type")
        meant = meant_type(written, known) if isinstance(written, str) else None
        item["type"] = meant or _likely_type(item)
        self._this_pass.add((*steps, "type") if meant else steps)

    def _at(self, steps: Steps) -> Any:
        value = self.data
        for step in steps:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _name(self) -> str:
        self._number += 1
        return f"{PREFIX}{self._number}"

    def _stand_in(self, key: str) -> Any:
        """A value for a key that cannot be left out."""
        simple: dict[str, Any] = {"version": "0", "kind": "record", "copies": 1}
        if key in simple:
            return simple[key]
        if key in ("id", "code"):
            return self._name()
        if key == "scale":
            return {"levels": [self._entry("levels")]}
        if key in ("sections", "items", "columns", "rows", "prompts", "levels", "waives_when"):
            return [self._entry(key)]
        return f"? {self._name()}"

    def _entry(self, key: str) -> Any:
        """An entry for a list that stands under `key`."""
        name = self._name()
        makers: dict[str, Callable[[], Any]] = {
            "sections": lambda: {"id": name, "title": name, "items": [self._entry("items")]},
            "items": lambda: {"type": "note", "text": name},
            "columns": lambda: {"type": "text", "id": name, "title": name},
            "rows": lambda: {"id": name, "text": name},
            "prompts": lambda: {"id": name, "text": name},
            "levels": lambda: {"code": name, "label": name},
        }
        return makers[key]() if key in makers else name


def _whole_condition(spot: Spot) -> Steps:
    """The way to the outermost `when` around an error; of `required: {when: ...}` all of `required`."""
    end = next(position for position, step in enumerate(spot.steps) if step == "when")
    return spot.steps[:end] if end and spot.steps[end - 1] == "required" else spot.steps[: end + 1]


def _likely_type(item: dict[str, Any]) -> str:
    """What an item without a type seems to be, by its keys."""
    signs = (("rows", "grid"), ("columns", "table"), ("copies", "group"), ("scale", "choice"), ("text", "note"))
    return next((kind for key, kind in signs if key in item), "text")


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
