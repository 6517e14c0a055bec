"""Classes and functions as Markdown: signature, docstring, fields, methods."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from tools.documented.markdown import doc, first_line, table


class _Bare:
    """An annotation that is shown as it was written, without quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def signature(thing: Any) -> str:
    """The signature as written, without `self`."""
    found = inspect.signature(thing)
    parameters = [
        one.replace(annotation=_shown(one.annotation)) for one in found.parameters.values() if one.name != "self"
    ]
    return str(found.replace(parameters=parameters, return_annotation=_shown(found.return_annotation)))


def _shown(annotation: Any) -> Any:
    return _Bare(annotation) if isinstance(annotation, str) else annotation


def described(thing: type, level: int = 3) -> str:
    """A class with everything public in it."""
    parts = [f"{'#' * level} `{thing.__name__}`", doc(thing), _fields(thing), _members(thing)]
    return "\n\n".join(part for part in parts if part)


def _fields(thing: type) -> str:
    if issubclass(thing, Enum):
        values = ", ".join(f"`{one.value}`" for one in thing if isinstance(one.value, str))
        return f"One of {values}." if values else ""
    if issubclass(thing, BaseModel):
        rows = [(f"`{name}`", f"`{_written(thing, name)}`", _unset(one)) for name, one in thing.model_fields.items()]
        return table(_FIELD_HEADS, rows)
    if issubclass(thing, tuple):
        return table(_FIELD_HEADS, list(_in_tuple(thing)))
    if not dataclasses.is_dataclass(thing):
        return ""
    rows = [(f"`{one.name}`", f"`{one.type}`", _default(one)) for one in dataclasses.fields(thing)]
    return table(_FIELD_HEADS, rows)


def _in_tuple(thing: Any) -> Iterator[tuple[str, str, str]]:
    """The fields of a NamedTuple, which keeps annotations that are texts as forward references."""
    for name, kind in inspect.get_annotations(thing).items():
        default = _shown_default(thing._field_defaults[name]) if name in thing._field_defaults else "must be given"
        yield f"`{name}`", f"`{getattr(kind, '__forward_arg__', kind)}`", default


def _written(thing: type, name: str) -> str:
    """The annotation of a field as its class writes it."""
    written = next(found[name] for base in thing.__mro__ if name in (found := inspect.get_annotations(base)))
    match = _ANNOTATED.match(str(written))
    return match[1] if match else str(written)


_FIELD_HEADS = ("field", "type", "if left out")

_ANNOTATED = re.compile(r"Annotated\[([^\[,]+(?:\[[^]]*])?),")
"""What stands first in `Annotated[...]`: the type itself."""


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return _shown_default(field.default)
    return "empty" if field.default_factory is not dataclasses.MISSING else "must be given"


def _unset(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    return "empty" if field.default_factory else _shown_default(field.default)


def _shown_default(default: Any) -> str:
    if default in ("", None, ()):
        return "nothing"
    if default == {}:
        return "empty"
    if isinstance(default, BaseModel):
        return "as usual"
    return f"`{default:,}`" if type(default) is int else f"`{default}`"


def _members(thing: type) -> str:
    lines = [
        f"- `{name}{_call(member)}`" + (f": {_lower(first_line(member))}" if first_line(member) else "")
        for name, member in _public(thing)
    ]
    if getattr(thing, "_is_protocol", False):
        lines = [*_attributes(thing), *lines]
    return "\n".join(lines)


def _attributes(thing: type) -> Iterator[str]:
    """What a protocol's attributes are, from the text under each of them."""
    body = ast.parse(inspect.getsource(thing)).body[0]
    assert isinstance(body, ast.ClassDef)
    for one, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(one, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield f"- `{ast.unparse(one)}`: {_lower(str(after.value.value))}"


def _call(member: Any) -> str:
    if isinstance(member, classmethod | staticmethod):
        return signature(member.__func__).replace("(cls, ", "(").replace("(cls)", "()")
    return signature(member) if inspect.isfunction(member) else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _public(thing: type) -> Iterator[tuple[str, Any]]:
    fields = set(getattr(thing, "model_fields", ()))
    for name, member in vars(thing).items():
        if name.startswith("_") or name in fields:
            continue
        if inspect.isfunction(member) or isinstance(member, property | cached_property | classmethod | staticmethod):
            yield name, member
