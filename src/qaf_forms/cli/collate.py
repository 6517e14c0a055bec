"""`qaf-forms collate`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import toolkit


@click.command(name="collate")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@click.option(
    "--to", "formats", multiple=True, help="workbook (the default), csv, json, sqlite or another installed format."
)
@click.option(
    "--include-personal", is_flag=True, help="Include answers that identify people; they are left out otherwise."
)
@click.pass_context
def command(context: click.Context, folder: str, output: str, formats: tuple[str, ...], include_personal: bool) -> int:
    """Bring together what `qaf-forms collect` wrote into DIR."""
    from qaf_forms.collect.collection import Collection  # pulls in pydantic: not for --help

    kit = toolkit(context)
    collation = kit.collate(Collection.load(Path(folder)), include_personal=include_personal)
    target = Path(output)
    target.mkdir(parents=True, exist_ok=True)
    for format_ in formats or ("workbook",):
        suffix, data = kit.export(collation, format_)
        path = target / f"{collation.name}{suffix}"
        path.write_bytes(data)
        click.echo(path)
    return 0
