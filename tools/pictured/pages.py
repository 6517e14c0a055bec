"""The pictures of what pages define: a picture right after a block of YAML shows how that block prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.pictured.printing import Picture
from tools.reference import DOCS, around_items

_SHOWN = re.compile(
    r'^```yaml(?: title="[^"]*")?\n(?P<yaml>(?:(?!```).*\n)*)```\n\n!\[[^\]]*\]\((?P<target>[^)]+\.png)\)', re.MULTILINE
)


def page_pictures() -> Iterator[Picture]:
    """The pictures of the authoring guide."""
    for page in sorted((DOCS / "authoring").glob("*.md")):
        yield from pictures_on(page)


def pictures_on(page: Path) -> Iterator[Picture]:
    """Each picture that follows a form or a few items. In Excel where the file's name ends so, else in Word."""
    for match in _SHOWN.finditer(page.read_text(encoding="utf-8")):
        path = (page.parent / match["target"]).resolve()
        items = match["yaml"].startswith("- ")
        form = around_items(match["yaml"]) if items else match["yaml"]
        format_ = "excel" if path.stem.endswith("-excel") else "word"
        yield Picture(path, form, format_, resolution=84 if items else 66)
