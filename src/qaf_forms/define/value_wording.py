"""Why a value does not fit where it stands, and what would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from qaf_forms.define.condition import Key
from qaf_forms.define.form import Form, Version
from qaf_forms.define.model_places import Spot
from qaf_forms.define.scale import Colour, Identifier, Label, Line
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.value_examples import entry_in_full, scale_in_full
from qaf_forms.define.yaml_source import Node


class Words(NamedTuple):
    """A reason and what to do."""

    reason: str
    fix: str


def value_words(detail: Any, spot: Spot, node: Node | None) -> Words:
    """What a pydantic error about one value means."""
    kind: str = detail["type"]
    if kind in ("condition", "range", "blanks", "change"):
        return _own_words(detail)
    if node is not None and node.data is None and node.children is None:
        return Words(f"{spot.field} is empty", "write it after the colon, or remove the key")
    if kind == "string_pattern_mismatch":
        text = str(spot.steps[-1]) if spot.at_key else _text(node)
        words = _PATTERNS.get(detail["ctx"]["pattern"], Words("{text!r} does not fit here", "write it otherwise"))
        return Words(words.reason.format(text=text), words.fix)
    if kind.startswith("bool"):
        fix = "write true, false, or when: and a condition" if spot.field == "required" else "write true or false"
        return Words(f"{_written(node)} is neither true nor false", fix)
    if kind == "string_type":
        return _not_text(spot, node)
    if kind in _BOUNDS:
        return Words(_BOUNDS[kind].format(written=_text(node), field=spot.field, **detail["ctx"]), _BOUNDS_FIX[kind])
    if kind in ("enum", "literal_error"):
        known = [word.strip(" '") for word in detail["ctx"]["expected"].replace(" or ", ",").split(",")]
        return Words(f"{_written(node)} is not one that {spot.field} can be", suggestion(_text(node), known))
    short = _short_of(spot, node, kind)
    if short:
        return short
    what, fix = next((words for start, words in _EXPECTED.items() if kind.startswith(start)), ("what fits here", ""))
    return Words(f"{_written(node)} stands where {what} is expected", fix or f"look up {spot.field} among the keys")


def _short_of(spot: Spot, node: Node | None, kind: str) -> Words | None:
    """What was written in short, in full: the reason names what stands there, the advice is ready to be copied."""
    entry = entry_in_full(node, spot.steps) if kind.startswith(("model", "dict", "mapping")) else None
    if entry:
        return Words(f"{_written(node)} stands alone where an entry with keys is expected", f"write {entry}")
    scale = scale_in_full(node) if _is_scale(spot) else None
    if scale:
        other = ", or the name of a scale" if spot.field == "scale" else ""
        return Words("a list stands where a scale is expected", f"write {spot.field}: {scale}{other}")
    if kind.startswith(("tuple", "list")) and node is not None and node.children is None:
        return Words(f"{_written(node)} stands where a list is expected", f"write {spot.field}: [{node.text}]")
    return None


def _is_scale(spot: Spot) -> bool:
    return spot.field == "scale" or (len(spot.steps) == len(("scales", "name")) and spot.steps[0] == "scales")


def _not_text(spot: Spot, node: Node | None) -> Words:
    short = _short_of(spot, node, "text")
    if short:
        return short
    if node is None or node.children is not None:
        return Words(f"{_written(node)} stands where a text is expected", "write one text after the colon")
    number = not isinstance(node.data, bool)
    key = f"{spot.field}: " if spot.steps and spot.field == spot.steps[-1] else ""
    reason = f"{node.text} is taken for {'a number' if number else 'true or false'}, not for a text"
    quoted = f'put quotes around it: {key}"{node.text}"'
    return Words(reason, quoted if number else f"write the words that are to stand there, or {quoted}")


def _own_words(detail: Any) -> Words:
    """The words of the form's own checks; pydantic keeps the braces of a condition doubled."""
    reason = str(detail["msg"]).replace("{{", "{").replace("}}", "}")
    if detail["type"] == "range":
        return Words(reason, "change one of them")
    if detail["type"] == "blanks":
        return Words(reason, "leave the words in braces as they are; they are filled in when it is printed")
    reason, _, fix = reason.partition("; ")
    return Words(reason, fix or "write when: {known: not_known}, or see how conditions are written")


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""


def _written(node: Node | None) -> str:
    """A value as it is named in a sentence."""
    if node is None or node.children is None:
        return repr(_text(node))
    return "a list" if isinstance(node.children, list) else "a group of keys"


_BOUNDS = {
    "greater_than_equal": "{field} is {written}, which is below {ge}",
    "less_than_equal": "{field} is {written}, which is above {le}",
    "too_short": "{field} has no entries",
    "string_too_short": "{field} is empty",
    "string_too_long": "{field} is longer than {max_length} characters",
}
_BOUNDS_FIX = {
    "greater_than_equal": "choose a larger number",
    "less_than_equal": "choose a smaller number",
    "too_short": "give at least one, each after a hyphen on a line of its own",
    "string_too_short": "write something between the quotes",
    "string_too_long": "shorten it",
}
_EXPECTED = {
    "int": ("a whole number", "give digits only"),
    "decimal": ("a number", "give digits only"),
    "finite": ("a number", "give digits only"),
    "date": ("a date", "write it as year-month-day, such as 2025-03-31"),
    "tuple": ("a list", "begin each entry with a hyphen on a line of its own"),
    "list": ("a list", "begin each entry with a hyphen on a line of its own"),
    "dict": ("a group of keys", "write each key on a line of its own, indented under this one"),
    "mapping": ("a group of keys", "write each key on a line of its own, indented under this one"),
    "model": ("a group of keys", "write each key on a line of its own, indented under this one"),
}


def _first_pattern(metadata: Iterable[Any]) -> str:
    """The pattern among the constraints of a type."""
    for part in metadata:
        if pattern := getattr(part, "pattern", None):
            return str(pattern)
        if found := _first_pattern(getattr(part, "metadata", ())):
            return found
    return ""


IDENTIFIER_PATTERN = _first_pattern(Identifier.__metadata__)  # type: ignore[attr-defined]
_PATTERNS = {
    _first_pattern(Line.__metadata__): Words("it goes over several lines", "write it on one line"),  # type: ignore[attr-defined]
    _first_pattern(Label.__metadata__): Words("{text!r} holds a line break, a semicolon or a tick box", "reword it"),  # type: ignore[attr-defined]
    _first_pattern(Colour.__metadata__): Words("{text!r} is not a colour", 'write it like "#1B7F3B", in quotes'),  # type: ignore[attr-defined]
    _first_pattern(Version.__metadata__): Words(  # type: ignore[attr-defined]
        "{text!r} cannot be a version", 'use at most 20 letters, digits, full stops and hyphens, such as "2024.1"'
    ),
    _first_pattern(Form.model_fields["language"].metadata): Words("{text!r} is no language", "write it like en-GB"),
    IDENTIFIER_PATTERN: Words("{text!r} cannot be the name of a scale", "write the name as it stands under scales"),
    _first_pattern(Key.__metadata__): Words(  # type: ignore[attr-defined]
        "{text!r} cannot be the key of a question", "write its id, such as known or core.seen_alone.answer"
    ),
}
