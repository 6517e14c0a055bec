"""`qaf-forms template`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError


@click.command(name="template")
@click.option("--to", "format_", default="word", show_default=True, help="word, or another format that has templates.")
@click.option("-o", "output", default="template.docx", show_default=True, type=click.Path(), help="The file to write.")
@click.pass_context
def command(context: click.Context, format_: str, output: str) -> int:
    """Write the template of all Word forms, to be changed in Word: logo, colours, fonts, cover, header and footer."""
    path = Path(output)
    if path.exists():
        raise QafFormsError(f"{path} is there already; choose another name, or move it away")
    data = toolkit(context).template(format_)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    click.echo(f"{path}: change its look in Word, then run `qaf-forms check {path}`")
    return 0
