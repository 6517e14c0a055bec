"""What an author wrote in short, written as a definition needs it: `rows: [Was it met?]` as a row with an id."""

from __future__ import annotations

import re

from qaf_forms.define.yaml_source import Node, Steps

_LONGEST_ID = 24
_LONGEST_SHOWN = 60
_NEEDS_QUOTES = re.compile(r"[,:{}\[\]#'\"&*%@]|^[-?]")
_ENTRIES = {
    "columns": "{{id: {id}, title: {text}, type: paragraph}}",
    "rows": "{{id: {id}, text: {text}}}",
    "prompts": "{{id: {id}, text: {text}}}",
    "levels": "{{code: {id}, label: {text}}}",
    "signatories": "{{id: {id}, text: {text}}}",
    "items": "{{id: {id}, type: paragraph, ask: {text}}}",
    "sections": "{{id: {id}, title: {text}, items: [...]}}",
}


def entry_in_full(node: Node | None, steps: Steps) -> str | None:
    """An entry of a list that was written as a text alone, as the group of keys that it should be."""
    if node is None or node.children is not None or not node.text or not isinstance(steps[-1], int):
        return None
    key = next((step for step in reversed(steps) if isinstance(step, str)), "")
    return _ENTRIES[key].format(id=_id_from(node.text), text=_shown(node.text)) if key in _ENTRIES else None


def scale_in_full(node: Node | None) -> str | None:
    """A list of answers as the scale that it should be."""
    if node is None or not isinstance(node.children, list) or any(child.children for child in node.children):
        return None
    levels = [_ENTRIES["levels"].format(id=_id_from(one.text), text=_shown(one.text)) for one in node.children[:2]]
    more = [", ..."] if len(node.children) > len(levels) else []
    return "{levels: [" + ", ".join(levels) + "".join(more) + "]}"


def _id_from(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    if len(words) > _LONGEST_ID:
        words = words[: _LONGEST_ID + 1].rpartition("_")[0] or words[:_LONGEST_ID]
    return words if words[:1].isalpha() else f"level_{words}".rstrip("_")


def _shown(text: str) -> str:
    if len(text) > _LONGEST_SHOWN:
        return "..."
    return "'" + text.replace("'", "''") + "'" if _NEEDS_QUOTES.search(text) else text
