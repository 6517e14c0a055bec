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
@click.option("--wording-of", help="Start a wording of this form instead; ID is its name, such as cy or easy_read.")
@click.option("--language", help="The language of the wording, if it is another than the form's.")
@click.option("-o", "output", default=".", type=click.Path(file_okay=False), help="The folder to write into.")
@click.pass_context
def command(
    context: click.Context,
    new_id: str,
    source: str | None,
    about: str | None,
    title: str | None,
    wording_of: str | None,
    language: str | None,
    output: str,
) -> int:
    """Start a definition called ID: a thematic audit that lacks only its own questions, or a copy of another form.

    Or start a wording of a form: its words in another language, in easy read, or for one age.
    """
    if wording_of:
        if source or about or title:
            raise QafFormsError("--wording-of goes with --language and nothing else: it takes everything from its form")
        path, to_do = _start_wording(context, wording_of, new_id, language or "", output)
    else:
        if language:
            raise QafFormsError("--language goes with --wording-of; the language of a form stands in its definition")
        path, to_do = _start_form(context, new_id, source, about, title, output)
    click.echo(f"{path}: {to_do}, then run `qaf-forms check {path}`")
    return 0


def _start_form(
    context: click.Context, new_id: str, source: str | None, about: str | None, title: str | None, output: str
) -> tuple[Path, str]:
    if source and about:
        raise QafFormsError("give --from or --about; a form that is copied says itself whom it is about")
    path = Path(output) / f"{new_id}.yaml"
    toolkit(context).start(new_id, path, source=source, about=about or ABOUT[0], title=title)
    change = "its title, owner and questions" if source else "its owner and the questions of your theme (YOUR ...)"
    return path, f"change {change}"


def _start_wording(context: click.Context, wording_of: str, name: str, language: str, output: str) -> tuple[Path, str]:
    kit = toolkit(context)
    form = kit.form(wording_of)
    path = Path(output) / f"{form.id}.{name}.yaml"
    kit.start_wording(form, name, path, language)
    return path, "write behind each key"
