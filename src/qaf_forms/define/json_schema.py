"""The JSON Schemas by which an editor completes and checks definitions, blocks, scales and wordings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qaf_forms.define.form import Form
from qaf_forms.define.scale import Scale
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
    schema = _with_blocks()
    whole = {"required": schema.pop("required"), "properties": {"sections": schema["properties"]["sections"]}}
    schema["properties"]["sections"] = {"type": "array", "minItems": 1}
    schema["$defs"] |= _refinements(schema["$defs"])
    sections = {"anyOf": [{"$ref": "#/$defs/RefinedSection"}, *whole["properties"]["sections"]["items"]["anyOf"]]}
    refined = {"required": ["id", "version"], "properties": {"sections": {"items": sections}}}
    is_extended = {"required": ["extends"], "properties": {"extends": {"type": "string"}}}
    return {**schema, "if": is_extended, "then": refined, "else": whole}


def block_schema() -> dict[str, Any]:
    """The schema of a block: what a form can use, of which a part may be left to the form."""
    form = _with_blocks()
    models, parts = form["$defs"], form["properties"]
    held = {
        "section": _in_part(models["Section"]),
        "nil_return": _in_part(models["NilReturn"]),
        "items": models["Section"]["properties"]["items"],
        "rows": models["Grid"]["properties"]["rows"],
    }
    also = {
        "block": {"type": "string", "description": "Its name, which is that of the file"},
        "columns": {
            **models["Grid"]["properties"]["columns"],
            "description": "Columns of the grid in which `check` tries the rows",
        },
        "roles": parts["roles"],
    }
    return _without_lost_models(
        {
            "$schema": _ID,
            "title": "Block",
            "description": "Questions that forms use by the name of the block.",
            "type": "object",
            "properties": {**also, **held},
            "additionalProperties": False,
            "required": ["block"],
            "oneOf": [{"required": [name]} for name in held],
            "$defs": models,
        }
    )


def scales_schema() -> dict[str, Any]:
    """The schema of a file of scales, each under its name."""
    scale = Scale.model_json_schema(ref_template="#/$defs/{model}")
    models = scale.pop("$defs")
    schema = {
        "$schema": _ID,
        "title": "Scales",
        "description": "Sets of answers that forms use by name.",
        "type": "object",
        "propertyNames": {"pattern": _USE["properties"]["prefix"]["pattern"]},
        "additionalProperties": {"$ref": "#/$defs/Scale"},
        "$defs": {**models, "Scale": scale},
    }
    _make_numbers_numbers(schema)
    return schema


def _with_blocks() -> dict[str, Any]:
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


def _refinements(models: dict[str, Any]) -> dict[str, Any]:
    """Sections and items of an extended form, known by their ids: with the keys that change, and no others."""
    section = models["Section"]
    options = section["properties"]["items"]["items"]["anyOf"][0]["oneOf"]
    keys = {key for option in options for key in models[option["$ref"].rpartition("/")[2]]["properties"]}
    item = {
        "type": "object",
        "title": "Refined item",
        "description": "An item of the form that is extended: its id, and the keys that change",
        "required": ["id"],
        "properties": {key: {} for key in sorted(keys)},
        "additionalProperties": False,
    }
    listed = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/RefinedItem"}, {"$ref": "#/$defs/Use"}]}}
    refined = {
        **section,
        "title": "Refined section",
        "required": ["id"],
        "properties": {**section["properties"], "items": listed},
    }
    return {"RefinedItem": item, "RefinedSection": refined}


def _in_part(model: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in model.items() if key != "required"}


def _without_lost_models(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with those models alone that something in it leads to."""
    models = schema["$defs"]
    reached = set(_models_in({**schema, "$defs": {}}))
    while more := {inner for name in reached for inner in _models_in(models[name])} - reached:
        reached |= more
    return {**schema, "$defs": {name: models[name] for name in models if name in reached}}


def _models_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for inner in node.values():
            yield from _models_in(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _models_in(inner)


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
