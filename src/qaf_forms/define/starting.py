"""The text of a new definition: that of a form or template, with a name of its own."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from qaf_forms.errors import QafFormsError

SCHEMA_FILE = "form.schema.json"
_ID = re.compile(r"(?m)^id:.*$")
_VERSION = re.compile(r"(?m)^version:.*$")
_TITLE = re.compile(r"(?m)^title:.*\n(?:[ \t]+\S.*\n)*")
_SCHEMA_LINE = re.compile(r"\A# yaml-language-server: \$schema=.*\n")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")


def new_definition(text: str, new_id: str, title: str | None = None) -> str:
    """The text of a definition under another id, as version 1, comments and all."""
    if not _IDENTIFIER.fullmatch(new_id):
        raise QafFormsError(f"{new_id!r} cannot be an id; use small letters, digits and _, starting with a letter")
    text, changed = _ID.subn(f"id: {new_id}", text, count=1)
    if not changed:
        raise QafFormsError("it has no line that begins with `id:`; start from another form")
    text = _VERSION.sub('version: "1"', text, count=1)
    if title is not None:
        shown = json.dumps(title, ensure_ascii=False)
        text = _TITLE.sub(lambda _: f"title: {shown}\n", text, count=1)
    return text


def write_definition(text: str, path: Path, schema: Path) -> None:
    """Write a definition where there is none yet. Its first line leads an editor to the schema, which is put there."""
    if path.exists():
        raise QafFormsError(f"{path} is there already; choose another id, or move it away")
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"# yaml-language-server: $schema={_schema_near(path.parent, schema)}\n"
    path.write_text(line + _SCHEMA_LINE.sub("", text), encoding="utf-8")


def _schema_near(folder: Path, schema: Path) -> str:
    """The way from a folder to the schema: in it or in one above it, else to a copy that is put into it."""
    for place in (folder.resolve(), *folder.resolve().parents[:2]):
        if (place / SCHEMA_FILE).is_file():
            return Path(os.path.relpath(place / SCHEMA_FILE, folder.resolve())).as_posix()
    (folder / SCHEMA_FILE).write_bytes(schema.read_bytes())
    return SCHEMA_FILE
