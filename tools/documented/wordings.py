"""Every key that a wording can have, from its schema."""

from __future__ import annotations

from pydantic import BaseModel
from tools.documented.definitions import HEADS, key_rows
from tools.documented.markdown import as_markdown, doc, page, table

from qaf_forms.define import wordings

_MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", wordings.WordingFile),
    ("Words", wordings.FormWords),
    ("Nil return", wordings.NilReturnWords),
    ("Sections", wordings.SectionWords),
    ("Items", wordings.ItemWords),
    ("Columns", wordings.ColumnWords),
    ("Rows of a grid", wordings.RowWords),
    ("Cells", wordings.CellWords),
    ("Signatories", wordings.SignatoryWords),
    ("Scales", wordings.ScaleWords),
    ("Levels", wordings.LevelWords),
)


def wording_keys() -> str:
    """The page of keys."""
    about = as_markdown((wordings.__doc__ or "").strip()).replace("```text", "```yaml")
    every = "Any key can be left empty, and is then as if it were not there."
    parts = [f"## {title}\n\n{doc(model)}\n\n{table(HEADS, key_rows(model))}" for title, model in _MODELS]
    return page("Wording keys", about, every, *parts).replace("(#prose)", "(definition-keys.md#prose)")
