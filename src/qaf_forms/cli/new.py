"""`qaf-forms new`."""

from __future__ import annotations

from pathlib import Path

import click

from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError

ABOUT = ("child", "adult")


@click.command(name="new")
@click.argument("new_id", metavar="ID")
@click.option("--from", "source", help="The form to start from. Without it: a thematic audit of cases.")
@click.option("--about", type=click.Choice(ABOUT), help="Whom the thematic audit is about.  [default: child]")
@click.option("--title", help="What the form is called.")
@click.option("-o", "output", default=".", type=click.Path(file_okay=False), help="The folder to write into.")
@click.pass_context
def command(
    context: click.Context, new_id: str, source: str | None, about: str | None, title: str | None, output: str
) -> int:
    """Start a definition called ID: a thematic audit that lacks only its own questions, or a copy of another form."""
    if source and about:
        raise QafFormsError("give --from or --about; a form that is copied says itself whom it is about")
    path = Path(output) / f"{new_id}.yaml"
    toolkit(context).start(new_id, path, source=source, about=about or ABOUT[0], title=title)
    change = "its title and questions" if source else "the questions of your theme (YOUR QUESTIONS)"
    click.echo(f"{path}: change {change}, then run `qaf-forms check {path}`")
    return 0
