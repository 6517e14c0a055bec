"""`qaf-forms issue`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import quiet_option, toolkit, with_progress


@click.command(name="issue")
@click.argument("round_file", metavar="ROUND.yaml", type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@quiet_option
@click.pass_context
def command(context: click.Context, round_file: str, output: str, quiet: bool) -> int:
    """Write a copy of the form for each recipient of a round, named and stamped."""
    kit = toolkit(context)
    round_ = kit.round(round_file)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for issued, data in with_progress(kit.issue(round_), len(round_.recipients), "Issuing", quiet):
        (folder / issued.file_name).write_bytes(data)
        count += 1
    click.echo(f"{count} copies in {folder}")
    return 0
