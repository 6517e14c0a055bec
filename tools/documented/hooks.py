"""The hooks, the interfaces, and the other names a plugin may use."""

from __future__ import annotations

import inspect
from typing import Any

from tools.documented.markdown import doc, first_line, page, table
from tools.documented.signatures import described, signature

import qaf_forms.plugin
from qaf_forms.plugin import hookspecs, interfaces


def hooks() -> str:
    """The page."""
    intro = (
        "For authors of plugins; [write a format plugin](../how-to/write-a-format-plugin.md) shows one whole. A plugin"
        " is a distribution with an entry point in the group `qaf_forms` that names a module. The functions of that"
        " module that are marked with `qaf_forms.plugin.hookimpl` are its hooks. A hook that does not exist is refused,"
        " and the plugin is named."
    )
    return page(
        "Hooks and interfaces",
        intro,
        "## Hooks",
        *(f"### `{name}{signature(hook)}`\n\n{doc(hook)}" for name, hook in hook_functions().items()),
        "## Interfaces\n\nWhat a plugin makes, and what it is given. Import them from `qaf_forms.plugin`.",
        *(described(one) for one in _interfaces()),
        "## Other names in `qaf_forms.plugin`\n\nWhat a layout is made of, and the words that every format prints.",
        table(("name", "what it is"), _others()),
    )


def hook_functions() -> dict[str, Any]:
    """Every hook by its name."""
    return {name: hook for name, hook in vars(hookspecs).items() if hasattr(hook, f"{hookspecs.PROJECT}_spec")}


def _interfaces() -> list[type]:
    return [one for one in vars(interfaces).values() if inspect.isclass(one) and one.__module__ == interfaces.__name__]


def _others() -> list[tuple[str, str]]:
    shown = {one.__name__ for one in _interfaces()}
    rows = []
    for name in sorted(set(qaf_forms.plugin.__all__) - shown):
        thing = getattr(qaf_forms.plugin, name)
        rows.append((f"`{name}`", _PLAIN.get(name) or first_line(thing)))
    return rows


_PLAIN = {
    "Block": "`Prose`, `Heading`, `QuestionBlock`, `GridBlock` or `TableBlock`",
    "Calculated": "An answer that is worked out from others, with how",
    "Condition": "When something is asked or required; `test` is `is`, `at_least`, `answered`, `all`, `any` or `not`",
    "Raw": "What can stand in a cell: text, a number, true or false, a date",
    "Value": "What an answer can be: text, a number, a date, or the codes of several levels",
    "hookimpl": "Marks a function of a plugin's module as a hook",
}
