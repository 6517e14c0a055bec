"""The public names of `qaf_forms`."""

from __future__ import annotations

import inspect
from typing import Any

from tools.documented.markdown import doc, first_line, page, table
from tools.documented.signatures import described, signature

import qaf_forms
from qaf_forms import Code, QafFormsError

_ORDER = (
    "Toolkit",
    "Form",
    "Round",
    "Recipient",
    "IssuedCopy",
    "Stamp",
    "Return",
    "Answer",
    "Status",
    "Problem",
    "Code",
)


def python_names() -> str:
    """The page."""
    intro = (
        "Import these from `qaf_forms`. With `qaf_forms.plugin` and `qaf_forms.testing`, which are for"
        " [authors of plugins](hooks.md), they are all that is public; other modules may change."
    )
    things = {name: getattr(qaf_forms, name) for name in qaf_forms.__all__}
    errors = {name: thing for name, thing in things.items() if issubclass(thing, QafFormsError)}
    rest = sorted(set(things) - set(errors) - set(_ORDER))
    return page(
        "Python",
        intro,
        *(_class(things[name]) for name in (*_ORDER, *rest)),
        "## Errors\n\nAll of them are `QafFormsError`, and their text is one line for a person.",
        table(("error", "when"), [(f"`{name}`", first_line(thing)) for name, thing in errors.items()]),
    )


def _class(thing: type) -> str:
    if thing is Code:
        return f"## `Code`\n\n{doc(Code)} [All of them](problem-codes.md)"
    if thing is qaf_forms.Toolkit:
        return _toolkit(thing)
    return described(thing, level=2)


def _toolkit(thing: type) -> str:
    parts = [f"## `Toolkit`\n\n```text\nToolkit{_init(thing)}\n```\n\n{doc(thing)}"]
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        call = f"```text\ntoolkit.{name}{signature(member)}\n```\n\n" if inspect.isfunction(member) else ""
        parts.append(f"### `{name}`\n\n{call}{doc(member)}")
    return "\n\n".join(parts)


def _init(thing: Any) -> str:
    return signature(thing.__init__).removesuffix(" -> None")
