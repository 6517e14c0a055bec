"""The text of a new definition: that of a form or template, with a name of its own, or a wording of a form."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from qaf_forms.define.form import Form
from qaf_forms.define.wording_texts import blank_wording
from qaf_forms.errors import QafFormsError

FORM_SCHEMA, WORDING_SCHEMA = "form.schema.json", "wording.schema.json"
_ID = re.compile(r"(?m)^id:.*$")
_VERSION = re.compile(r"(?m)^version:.*$")
_TITLE = re.compile(r"(?m)^title:.*\n(?:[ \t]+\S.*\n)*")
_SCHEMA_LINE = re.compile(r"\A# yaml-language-server: \$schema=.*\n")
_LONGEST = 40
_IDENTIFIER = re.compile(rf"[a-z][a-z0-9_]{{0,{_LONGEST - 1}}}")


def new_definition(text: str, new_id: str, title: str | None = None) -> str:
    """The text of a definition under another id, as version 1, comments and all."""
    _check_id(new_id)
    text, changed = _ID.subn(f"id: {new_id}", text, count=1)
    if not changed:
        raise QafFormsError("it has no line that begins with `id:`; start from another form")
    text = _VERSION.sub('version: "1"', text, count=1)
    if title is not None:
        shown = json.dumps(title, ensure_ascii=False)
        text = _TITLE.sub(lambda _: f"title: {shown}\n", text, count=1)
    return text


def new_wording(form: Form, name: str, language: str) -> str:
    """The text of a wording to be written: every key it can have, none filled, with the form's words beside it."""
    _check_id(name)
    return blank_wording(form, name, language)


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
        if (place / schema.name).is_file():
            return Path(os.path.relpath(place / schema.name, folder.resolve())).as_posix()
    (folder / schema.name).write_bytes(schema.read_bytes())
    return schema.name


def _check_id(new_id: str) -> None:
    if not _IDENTIFIER.fullmatch(new_id):
        fit = re.sub(r"[^a-z0-9]+", "_", new_id.lower()).strip("_")[:_LONGEST].rstrip("_")
        meant = f", such as {fit}" if _IDENTIFIER.fullmatch(fit) else ""
        raise QafFormsError(
            f"{new_id!r} cannot be an id; use small letters, digits and _, starting with a letter{meant}"
        )
