"""What pydantic objects to, in the words of someone who writes forms and no programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from qaf_forms.define.model_places import Spot, types_of
from qaf_forms.define.suggesting import COMMA, closest, listed, suggestion
from qaf_forms.define.value_wording import IDENTIFIER_PATTERN, value_words
from qaf_forms.define.yaml_source import Node, Source, Steps, key_of
from qaf_forms.problems import Code, Problem


def fault(detail: Any, spot: Spot, source: Source) -> Problem:
    """One pydantic error as a problem."""
    node = source.find(spot.steps)
    kind = detail["type"]
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_type(detail, spot, source)
    if kind == "missing" and not spot.in_condition:
        return _missing(spot.steps[-1], _where(spot.model), spot, source)
    if kind == "extra_forbidden" and spot.model is not None:
        return _unknown_key(spot, source)
    if (spot.at_key and not spot.in_condition) or _is_id(detail, spot, node):
        return _not_an_id(spot, source, node)
    words = value_words(detail, spot, node)
    steps = (*spot.steps, "minimum") if kind == "range" else spot.steps
    value = spot.steps[-1] if spot.at_key else _shown(source.find(steps))
    return Code.WRONG_VALUE.problem(
        key=key_of(steps),
        place=source.place(*source.mark(steps, at_key=spot.at_key)),
        value=value,
        reason=words.reason,
        suggestion=words.fix,
    )


def _shown(node: Node | None) -> str:
    if node is None or node.children is not None:
        return ""
    return node.text


def _missing(name: Any, where: str, spot: Spot, source: Source) -> Problem:
    place = source.place(*source.mark(spot.steps))
    return Code.MISSING_KEY.problem(key=key_of(spot.steps), place=place, value=str(name), where=where)


_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "ask": ("question", "prompt", "wording", "label", "text", "title"),
    "text": ("question", "label", "ask", "title", "standard", "statement"),
    "title": ("label", "heading", "name", "header"),
    "help": ("hint", "note", "instructions", "explanation", "description", "guidance"),
    "guidance": ("help", "intro", "note", "instructions", "description"),
    "required": ("mandatory", "compulsory", "needed", "must"),
    "when": ("if", "show_if", "only_if", "condition", "depends_on"),
    "scale": ("options", "answers", "values", "choices", "levels"),
    "levels": ("options", "answers", "values", "choices"),
    "id": ("key", "code", "name", "ref"),
    "code": ("id", "key", "value"),
    "label": ("title", "text", "name"),
    "items": ("questions", "fields"),
    "rows": ("questions", "items", "statements", "standards"),
    "reference": ("statute", "law", "source", "legislation"),
}
"""What authors write for a key, from other form builders and from common sense."""


def meant_key(spot: Spot, source: Source) -> str | None:
    """The key that a misspelt or foreign one stands for."""
    written, free = str(spot.steps[-1]), _free_keys(spot, source)
    others = (key for key in free if written.casefold() in _OTHER_NAMES.get(key, ()))
    return closest(written, free) or next(others, None)


def _free_keys(spot: Spot, source: Source) -> list[str]:
    """The keys that a mapping can still be given."""
    parent = source.find(spot.steps[:-1])
    used = parent.children if parent and isinstance(parent.children, dict) else {}
    return [name for name in spot.model.model_fields if name not in used] if spot.model else []


def _unknown_key(spot: Spot, source: Source) -> Problem:
    written = str(spot.steps[-1])
    return Code.UNKNOWN_KEY.problem(
        key=key_of(spot.steps),
        place=source.place(*source.mark(spot.steps, at_key=True)),
        value=written,
        where=_where(spot.model),
        suggestion=_key_advice(written, spot, source),
    )


def _key_advice(written: str, spot: Spot, source: Source) -> str:
    """What to do about a key that cannot stand there."""
    free = _free_keys(spot, source)
    if _is_rest_of_a_text(written, spot, source):
        return COMMA
    taken = [name for name in spot.model.model_fields if name not in free] if spot.model else []
    there = closest(written, taken)
    if there and not closest(written, free):
        line = source.mark((*spot.steps[:-1], there), at_key=True)[0]
        return f"remove it: {there!r} stands on line {line} already"
    meant = meant_key(spot, source)
    return f"did you mean {meant!r}?" if meant else suggestion(written, free, "remove it, or use one of")


def _is_rest_of_a_text(written: str, spot: Spot, source: Source) -> bool:
    """Whether a key is what follows the comma of a text without quotes: `{ask: Who, when and where?}`."""
    node, parent = source.find(spot.steps), source.find(spot.steps[:-1])
    if parent is None or node is None or node.data is not None or " " not in written:
        return False
    line = parent.keys[written][0]
    return sum(line == other for other, _ in parent.keys.values()) > 1


def _is_id(detail: Any, spot: Spot, node: Node | None) -> bool:
    if detail["type"] == "string_type" and spot.field in ("id", "code"):
        return node is not None and node.children is None and node.text != ""
    is_pattern = detail["type"] == "string_pattern_mismatch" and detail["ctx"]["pattern"] == IDENTIFIER_PATTERN
    return is_pattern and spot.field != "scale" and not spot.in_condition


def _not_an_id(spot: Spot, source: Source, node: Node | None) -> Problem:
    return Code.NOT_AN_ID.problem(
        key=key_of(spot.steps),
        place=source.place(*source.mark(spot.steps, at_key=spot.at_key)),
        value=str(spot.steps[-1]) if spot.at_key else _shown(node),
    )


_OFTEN_MEANT = {
    **dict.fromkeys(("string", "line", "short_text", "textbox", "name"), "text"),
    **dict.fromkeys(("textarea", "long_text", "memo", "free_text", "comment", "narrative"), "paragraph"),
    **dict.fromkeys(("number", "int", "count", "whole_number"), "integer"),
    **dict.fromkeys(("float", "real", "amount"), "decimal"),
    **dict.fromkeys(("radio", "select", "dropdown", "single_choice", "rating", "scale", "rag"), "choice"),
    **dict.fromkeys(("checkbox", "checkboxes", "multi", "multiple_choice", "multiselect", "tick"), "choices"),
    **dict.fromkeys(("boolean", "bool", "yesno", "yes/no"), "yes_no"),
    **dict.fromkeys(("matrix",), "grid"),
    **dict.fromkeys(("rows", "list", "action_plan"), "table"),
    **dict.fromkeys(("day", "datetime"), "date"),
    **dict.fromkeys(("mail", "email_address"), "email"),
    **dict.fromkeys(("info", "heading", "guidance", "prose"), "note"),
    **dict.fromkeys(("block", "repeat"), "group"),
}


def meant_type(written: str, known: list[str]) -> str | None:
    """The type that a misspelt or foreign name of one stands for."""
    often = _OFTEN_MEANT.get(written.casefold().replace(" ", "_"))
    return often if often in known else closest(written, known)


def types_expected(detail: Any) -> list[str]:
    """The types that could stand where pydantic found none or another."""
    return [tag.strip(" '") for tag in str(detail["ctx"].get("expected_tags", "")).split(",")]


def _wrong_type(detail: Any, spot: Spot, source: Source) -> Problem:
    entry = {"items": "an item", "columns": "a column", "cells": "a cell"}
    where = next((entry[step] for step in reversed(spot.steps) if step in entry), "it")
    steps = (*spot.steps, "type")
    node = source.find(steps)
    if node is None or node.text == "":
        return _no_type(where, steps, source)
    known = types_expected(detail)
    meant = meant_type(node.text, known)
    facts: dict[str, Any] = {"key": key_of(steps), "place": source.place(*source.mark(steps)), "value": node.text}
    if node.text in ("grid", "table", "group", "note"):
        reason = f"{where} here cannot be a {node.text}"
        return Code.WRONG_VALUE.problem(**facts, reason=reason, suggestion=f"choose one of {listed(known)}")
    advice = f"did you mean {meant!r}?" if meant else f"choose one of {listed(known)}"
    return Code.UNKNOWN_TYPE.problem(**facts, suggestion=advice)


def _no_type(where: str, steps: Steps, source: Source) -> Problem:
    item = source.find(steps[:-1])
    misspelt = misspelt_type(item.children) if item and isinstance(item.children, dict) else None
    if misspelt is None:
        return _missing("type", where, Spot(steps, None), source)
    written = (*steps[:-1], misspelt)
    return Code.UNKNOWN_KEY.problem(
        key=key_of(written),
        place=source.place(*source.mark(written, at_key=True)),
        value=misspelt,
        where=where,
        suggestion="did you mean 'type'?",
    )


def misspelt_type(keys: Iterable[str]) -> str | None:
    """The key that was meant to be `type`."""
    return next(iter(get_close_matches("type", keys, n=1, cutoff=0.7)), None)


def _where(model: Any) -> str:
    """What a model is called in a message."""
    if model is None:
        return "it"
    names = {
        "Form": "a form",
        "Section": "a section",
        "NilReturn": "nil_return",
        "Scale": "a scale",
        "Level": "a level",
        "GridRow": "a row",
        "TitleRow": "a heading among the rows",
        "StemRow": "a row with prompts",
        "RequiredWhen": "required",
        "Change": "a change",
        "WordingFile": "a wording",
        "FormWords": "words",
        "NilReturnWords": "nil_return",
        "SectionWords": "a section",
        "ItemWords": "an item",
        "ColumnWords": "a column",
        "RowWords": "a row",
        "CellWords": "a cell",
        "ScaleWords": "a scale",
        "LevelWords": "a level",
        "SignatoryWords": "a signatory",
        "Words": "house",
    }
    if model.__name__ in names:
        return names[model.__name__]
    place = "a column" if model.__name__.endswith("Column") else "an item" if "id" in model.model_fields else "a cell"
    return f"{place} of type {types_of(model)[0]}" if types_of(model) else f"a {model.__name__.lower()}"
