"""The hidden marks of an issued workbook: what the renderer writes and the reader recognises.

Every mark is a cell whose text starts with `qaf:`, so that no mark is ever taken for somebody's words, nor words for a
mark. In the sheet of a section:

- a **row mark** in hidden column A names what the row is about: `qaf:case_ref`, `qaf:core.seen_alone`,
  `qaf:actions[2]`, `qaf:systems#police` (one tick), `qaf:actions[]` (the head of a table);
- a **column row** is hidden and stands above each block. It starts with `qaf:columns BLOCK` and has `qaf:COLUMN` over
  each answer column. The one for single questions is `qaf:columns`, with `qaf:=` over the answers: there the row's mark
  is the whole key.

A row's mark and its block's column row make the key, wherever in the sheet either stands: rows may be sorted, inserted
and deleted, columns moved, the sheet copied into another workbook.
"""

from __future__ import annotations

from hashlib import blake2b

PREFIX = "qaf:"
COLUMNS = "qaf:columns"
WHOLE_KEY = "qaf:="
STAMP = "qaf:stamp"
LIST = "qaf:list "
"""At the head of a list of levels, followed by the digest of the labels below it."""

COVER = "qaf:cover"
REMARKS = "qaf:remarks"
"""At the head of the sheet that lists what is asked about a return."""
CELLS = "qaf:cells "
"""In a row of that sheet, followed by the digests of the texts that were written into its cells."""
LOGO = "qaf:logo "
"""The name of the logo's picture, followed by the digest of its content."""
WORKING = "qaf:working"
"""At the head of the hidden sheet in which formulas work things out on the way."""

STAMP_SHEET = "qaf"
LISTS_SHEET = "Lists"
WORKING_SHEET = "Working"


def list_digest(labels: list[str]) -> str:
    """What marks a list as unchanged."""
    return blake2b("\n".join(labels).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def picture_digest(content: bytes) -> str:
    """What marks a picture as unchanged."""
    return blake2b(content, digest_size=6).hexdigest()
