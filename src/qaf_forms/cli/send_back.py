"""`qaf-forms send-back`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError


@click.command(name="send-back")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--form", help="The form the files should be: a path, an id, or id@version.")
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], form: str | None, output: str) -> int:
    """Write returned FILES anew for their agencies: their own answers, with a comment wherever something is asked."""
    kit = toolkit(context)
    expected = kit.form(form) if form else None
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for path in map(Path, files):
        returned = kit.read(path, expected)
        try:
            data = kit.send_back(returned, expected)
        except QafFormsError as error:
            failed += 1
            click.echo(str(error))
            continue
        if data is None:
            click.echo(f"{path.name}: nothing to ask")
            continue
        suffix = kit.suffix(returned.file.format) if returned.file.format in kit.formats else path.suffix
        target = folder / f"{path.stem}{suffix}"
        target.write_bytes(data)
        click.echo(f"{path.name}: {target}")
    return PROBLEMS_FOUND if failed else 0
