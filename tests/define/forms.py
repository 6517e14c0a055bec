"""Small definitions for tests: only the part that a test is about needs to be written out."""

from __future__ import annotations

from textwrap import dedent, indent

from qaf_forms.define.form import Form
from qaf_forms.define.loading import load_definition
from qaf_forms.define.scale import Level, Scale
from qaf_forms.problems import Problem

HEAD = 'id: audit\nversion: "1"\ntitle: Audit\nkind: record\nowner: A partnership\n'
FIRST_ITEM = 10
"""The line on which the items of `with_items` begin."""

SHARED = {
    "known": Scale(levels=(Level(code="known", label="Known"), Level(code="not_known", label="Not known"))),
    "ynna": Scale(
        levels=(
            Level(code="yes", label="Yes"),
            Level(code="no", label="No"),
            Level(code="na", label="Not applicable", is_na=True, aliases=("n/a",)),
        )
    ),
}


def with_items(items: str, head: str = "") -> str:
    """A definition with these items in its only section; `head` stands after them, so that lines stay the same."""
    section = "sections:\n  - id: s\n    title: S\n    items:\n"
    return HEAD + section + indent(dedent(items).strip("\n"), "      ") + "\n" + dedent(head)


def problems_of(text: str) -> list[Problem]:
    """The problems of a definition."""
    return list(load_definition(text, SHARED, "audit.yaml").problems)


def told(items: str, head: str = "") -> list[tuple[str, str, str]]:
    """Of every problem in a form with these items: its code, its line and column, and what to do."""
    return [
        (problem.code, problem.place.removeprefix("audit.yaml:"), problem.fix)
        for problem in problems_of(with_items(items, head))
    ]


def form_with(items: str, head: str = "") -> Form:
    """A sound form with these items."""
    loaded = load_definition(with_items(items, head), SHARED, "audit.yaml")
    assert loaded.form is not None, loaded.problems
    assert loaded.problems == ()
    return loaded.form
