"""`qaf-forms issue`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import quiet_option, show_problem, toolkit, with_progress


@click.command(name="issue")
@click.argument("round_file", metavar="ROUND.yaml", type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@click.option(
    "--protect",
    type=click.Path(exists=True, dir_okay=False),
    help="A CSV file with the columns recipient (an id) and password; each copy then opens with its password only.",
)
@quiet_option
@click.pass_context
def command(context: click.Context, round_file: str, output: str, protect: str | None, quiet: bool) -> int:
    """Write a copy of the form for each recipient of a round, named and stamped."""
    from qaf_forms.issue.protecting import passwords_of, protected

    kit = toolkit(context)
    round_ = kit.round(round_file)
    passwords = passwords_of(Path(protect), [one.id for one in round_.recipients]) if protect else {}
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    told: list[str] = []
    for issued, data in with_progress(kit.issue(round_), len(round_.recipients), "Issuing", quiet):
        password = passwords.get(issued.recipient.id)
        (folder / issued.file_name).write_bytes(protected(data, password) if password else data)
        count += 1
        told += [show_problem(problem) for problem in issued.problems]
    for lines in told:
        click.echo(lines)
    click.echo(f"{count} copies in {folder}")
    return 0
