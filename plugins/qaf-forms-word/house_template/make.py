"""Writes `src/qaf_forms_word/house.docx` from the parts in this folder: run it after changing one of them.

uv run plugins/qaf-forms-word/house_template/make.py
"""

from __future__ import annotations

import zipfile
from pathlib import Path

HERE = Path(__file__).parent
TEMPLATE = HERE.parent / "src" / "qaf_forms_word" / "house.docx"
PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package.rels",
    "docProps/app.xml": "app.xml",
    "docProps/core.xml": "core.xml",
    "docProps/custom.xml": "custom.xml",
    "word/_rels/document.xml.rels": "document.rels",
    "word/document.xml": "document.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer1.xml": "footer.xml",
    "word/header1.xml": "header.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
    "word/theme/theme1.xml": "theme.xml",
}


def make(path: Path) -> None:
    """Zip the parts, always to the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, source in PARTS.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (HERE / source).read_bytes())


if __name__ == "__main__":
    make(TEMPLATE)
