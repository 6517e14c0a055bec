"""The rows of a grid with the way to each in its definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qaf_forms.define.items import Grid, GridRow, StemRow
from qaf_forms.define.yaml_source import Steps

_ENDINGS = (".", "?", "!", ":", "…")


def placed_rows(grid: Grid, steps: Steps) -> Iterator[tuple[Any, Steps]]:
    """Every entry among the rows of the grid at `steps`; behind a row with prompts each of its prompts."""
    for number, row in enumerate(grid.rows):
        here = (*steps, "rows", number)
        yield row, here
        if isinstance(row, StemRow):
            yield from ((prompt, (*here, "prompts", place)) for place, prompt in enumerate(row.prompts))


def worded_rows(grid: Grid, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """The words of every row that is answered, those of a prompt with its stem before them."""
    stem = ""
    for row, here in placed_rows(grid, steps):
        if isinstance(row, StemRow):
            stem = row.text
        elif isinstance(row, GridRow):
            yield (prompt_in_full(stem, row.text) if "prompts" in here else row.text), (*here, "text")


def prompt_in_full(stem: str, prompt: str) -> str:
    """A prompt as it is said where its stem is not in sight: `How do you hear children? In planning`."""
    return f"{stem} {prompt}" if stem.endswith(_ENDINGS) else f"{stem}: {prompt}"
