"""A question's own story: why it is asked, who uses the answer, and what would show it.

All of it is optional. The statutory source is `reference`. It and `evidence` are printed under the question, since they
help to answer it; `why` and `used_by` stand in the codebook, for those who read the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints

from qaf_forms.define.scale import DefinitionModel, Line

if TYPE_CHECKING:
    from qaf_forms.define.form import Form

Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]


class Story(DefinitionModel):
    """Why something is asked and who uses the answer; what stands in it has the same story, unless it has its own."""

    why: Reason | None = Field(default=None, description="Why it is asked; not printed, stands in the codebook")
    used_by: Line | None = Field(
        default=None, description="Who uses the answer, and for what; not printed, stands in the codebook"
    )

    def within(self, outer: Story) -> Story:
        """This story, with what it leaves out taken from that of what it stands in."""
        return Story(why=self.why or outer.why, used_by=self.used_by or outer.used_by)


def stories(form: Form) -> dict[str, Story]:
    """The story of every question (`child[].school`), grid row (`core.seen`) and table (`actions[]`) by its key."""
    found: dict[str, Story] = {"nil_return": form}
    for section in form.sections:
        found |= _of_items(section.items, section.within(form), "")
    if form.nil_return:
        found |= _of_items(form.nil_return.items, form, "")
    return found


def _of_rows(grid: Any, outer: Story, key: str) -> Iterator[tuple[str, Story]]:
    for row in grid.rows:
        own = row.within(outer) if isinstance(row, Story) else outer
        prompts: tuple[Any, ...] = getattr(row, "prompts", (row,) if isinstance(row, Story) else ())
        for asked in prompts:
            yield f"{key}.{asked.id}", asked.within(own)


def _of_items(items: tuple[Any, ...], outer: Story, prefix: str) -> Iterator[tuple[str, Story]]:
    for placed in items:
        if placed.type == "note":
            continue
        item = placed.as_grid() if placed.type == "sign_off" else placed
        own = item.within(outer) if isinstance(item, Story) else outer
        key = f"{prefix}{item.id}"
        if item.type == "group":
            yield from _of_items(item.items, own, f"{key}[].")
        elif item.type == "grid":
            yield from _of_rows(item, own, key)
        else:
            yield (f"{key}[]" if item.type == "table" else key), own
