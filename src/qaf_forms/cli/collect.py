"""`qaf-forms collect`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import (
    files_in,
    guarded,
    passwords_option,
    progress,
    quiet_option,
    register_lines,
    toolkit,
)


@click.command(name="collect")
@click.argument("round_file", metavar="ROUND.yaml", type=click.Path(exists=True, dir_okay=False))
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@passwords_option
@quiet_option
@click.pass_context
def command(
    context: click.Context,
    round_file: str,
    paths: tuple[str, ...],
    output: str,
    passwords_file: str | None,
    quiet: bool,
) -> int:
    """Read what came back for a round and write the register and the returns."""
    kit = toolkit(context, passwords_file)
    round_ = kit.round(round_file)
    files = files_in(paths)
    with guarded(len(files)) as executor, progress(len(files), "Reading", quiet) as advance:
        collection = kit.collect(round_, files, executor=executor, progress=advance)
    collection.save(Path(output))
    for line in register_lines(collection.register):
        click.echo(line)
    click.echo(f"register and returns in {output}")
    click.echo(f"next, run `qaf-forms collate {output} -o FOLDER`")
    troubled = any(not problem.is_warning for one in collection.returns for problem in one.problems)
    return PROBLEMS_FOUND if troubled else 0
