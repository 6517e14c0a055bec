"""`qaf-forms demo`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import files_in, register_lines, toolkit, with_progress

_EXAMPLE = "neglect_audit_round"


@click.command(name="demo")
@click.option(
    "-o", "output", default="qaf-forms-demo", type=click.Path(file_okay=False), help="The folder to write into."
)
@click.pass_context
def command(context: click.Context, output: str) -> int:
    """Go the whole way on a shipped example: issue a round, collect its returns, collate them."""
    kit = toolkit(context)
    example = kit.example(_EXAMPLE)
    folder = Path(output)
    round_ = kit.round(example / "round.yaml")
    click.echo(f"{round_.title}: {len(round_.recipients)} recipients\n")

    issued = folder / "1-issued"
    issued.mkdir(parents=True, exist_ok=True)
    for copy, data in with_progress(kit.issue(round_), len(round_.recipients), "Issuing", False):
        (issued / copy.file_name).write_bytes(data)
    click.echo(f"1. Issued: a stamped copy for each of them, in {issued}")

    files = files_in([str(example / "returns")])
    collection = kit.collect(round_, with_progress(files, len(files), "Reading", False))
    collected = folder / "2-collected"
    collection.save(collected)
    click.echo(f"2. Collected: {len(files)} files that came back, in {collected}")
    for line in register_lines(collection.register):
        click.echo(f"   {line}")

    collation = kit.collate(collection)
    collated = folder / "3-collated"
    collated.mkdir(parents=True, exist_ok=True)
    suffix, data = kit.export(collation, "workbook")
    workbook = collated / f"{collation.name}{suffix}"
    workbook.write_bytes(data)
    click.echo(f"3. Collated: register, answers, heat map, actions and problems to chase, in {workbook}")
    return 0
