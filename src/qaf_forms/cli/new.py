"""`qaf-forms new`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError


@click.command(name="new")
@click.argument("new_id", metavar="ID")
@click.option("--from", "source", default="neglect_case_audit", show_default=True, help="The form to start from.")
@click.option("-o", "output", default=".", type=click.Path(file_okay=False), help="The folder to write into.")
@click.pass_context
def command(context: click.Context, new_id: str, source: str, output: str) -> int:
    """Start a definition called ID from another form's, comments and all."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", new_id):
        raise QafFormsError(f"{new_id!r} cannot be an id; use small letters, digits and _, starting with a letter")
    kit = toolkit(context)
    text = kit.definition_text(source)
    text, changed = re.subn(r"(?m)^id:.*$", f"id: {new_id}", text, count=1)
    text = re.sub(r"(?m)^version:.*$", 'version: "1"', text, count=1)
    path = Path(output) / f"{new_id}.yaml"
    if path.exists():
        raise QafFormsError(f"{path} is there already; choose another id, or move it away")
    if not changed:
        raise QafFormsError(f"{source} has no line that begins with `id:`; start from another form")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path}: change its title and questions, then run `qaf-forms check {path}`")
    return 0
