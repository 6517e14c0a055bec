"""The JSON Schemas of definitions and wordings, by which an editor completes and checks while the author types."""

from __future__ import annotations

from typing import Any

from qaf_forms.define.form import Form
from qaf_forms.define.wordings import WordingFile

_ID = "https://json-schema.org/draft/2020-12/schema"
_USE: dict[str, Any] = {
    "type": "object",
    "title": "Use",
    "description": "A block's content stands here. `prefix` goes before its ids; `with` fills its blanks.",
    "required": ["use"],
    "properties": {
        "use": {"type": "string", "description": "The name of a file in the folder blocks"},
        "prefix": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"},
        "with": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def definition_schema() -> dict[str, Any]:
    """The schema of a whole definition, with `use` wherever a block can stand."""
    schema = Form.model_json_schema()
    schema = {"$schema": _ID, **schema, "title": "Form definition"}
    use = {"$ref": "#/$defs/Use"}
    hosts = [schema, *schema["$defs"].values()]
    for properties in (host.get("properties", {}) for host in hosts):
        for name in ("sections", "items", "rows"):
            listed = properties.get(name, {})
            if listed.get("type") == "array":
                listed["items"] = {"anyOf": [listed["items"], use]}
    schema["$defs"]["Use"] = _use(schema["$defs"])
    nil_return = schema["properties"]["nil_return"]
    nil_return["anyOf"] = [*nil_return["anyOf"], use]
    _make_numbers_numbers(schema)
    return schema


def _use(models: dict[str, Any]) -> dict[str, Any]:
    """What can stand beside `use`: besides its own keys, what the block is given more of."""
    items, rows = (
        models[model]["properties"][name]["items"] for model, name in (("Section", "items"), ("Grid", "rows"))
    )
    more = {
        "before": {
            "type": "array",
            "items": items,
            "description": "Items before those of a section or nil return page",
        },
        "items": {"type": "array", "items": items, "description": "Items after those of a section or nil return page"},
        "rows": {"type": "array", "items": rows, "description": "Rows after those of the block's grid"},
    }
    return {**_USE, "properties": {**_USE["properties"], **more}}


def wording_schema() -> dict[str, Any]:
    """The schema of a wording."""
    return {"$schema": _ID, **WordingFile.model_json_schema(), "title": "Wording"}


def _make_numbers_numbers(node: Any) -> None:
    """For pydantic a decimal number may be a text, with a pattern; in YAML it is a number, and that is enough."""
    if isinstance(node, dict):
        options = node.get("anyOf", [])
        if any(option.get("type") == "number" for option in options):
            node["anyOf"] = [option for option in options if option.get("type") != "string"]
        for inner in node.values():
            _make_numbers_numbers(inner)
    elif isinstance(node, list):
        for inner in node:
            _make_numbers_numbers(inner)
