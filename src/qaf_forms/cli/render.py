"""`qaf-forms render`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.look import Look, Print, logo_in, template_in

if TYPE_CHECKING:
    from qaf_forms.toolkit import Toolkit


@click.command(name="render")
@click.argument("form")
@click.option("--to", help="word, excel, or another installed format.  [default: by the name of -o, else word]")
@click.option("-o", "output", type=click.Path(), help="The file to write, or a folder for it.")
@click.option("--answers", type=click.Path(exists=True, dir_okay=False), help="A JSON file with answers to fill in.")
@click.option("--role", default="agency", show_default=True, help="Whose spaces are open; `all` opens every one.")
@click.option("--hide-others", is_flag=True, help="Leave out what only other roles fill; it is locked otherwise.")
@click.option("--variant", help="Lay the form out for one type of agency.")
@click.option("--wording", help="Print it in other words: the name of a wording, or its language.")
@click.option("--template", type=click.Path(dir_okay=False), help="A Word template of your own; see `template`.")
@click.option(
    "--print",
    "print_",
    type=click.Choice([one.value for one in Print]),
    default="standard",
    show_default=True,
    help="The size of print.",
)
@click.option("--colour", default="", help="The colour of titles and heads in Excel, such as #1D4E63.")
@click.option("--logo", type=click.Path(dir_okay=False), help="A picture (PNG or JPEG) for the first sheet in Excel.")
@click.option("--logo-text", default="", help="What the logo shows, for people who cannot see it.")
@click.option("--protect-forms", is_flag=True, help="Let Word change the answers alone. LibreOffice cannot fill it in.")
@click.pass_context
def command(
    context: click.Context,
    form: str,
    to: str | None,
    output: str | None,
    answers: str | None,
    role: str,
    hide_others: bool,
    variant: str | None,
    wording: str | None,
    template: str | None,
    print_: str,
    protect_forms: bool,
    colour: str,
    logo: str | None,
    logo_text: str,
) -> int:
    """Write FORM (a path, an id, or id@version) as a Word or Excel file."""
    kit = toolkit(context)
    format_ = _format(kit, to, output)
    found = kit.form(form)
    data = kit.render(
        found,
        format_,
        answers=_answers(answers) if answers else None,
        role=None if role == "all" else role,
        hide_others=hide_others,
        variant=variant,
        wording=wording,
        look=Look(
            template_in(Path(template)) if template else b"",
            Print(print_),
            protect_forms,
            colour,
            logo_in(Path(logo)) if logo else b"",
            logo_text,
        ),
    )
    path = Path(output or ".")
    if path.is_dir() or (output and output.endswith(("/", "\\"))):
        path = path / f"{found.id}{f'-{wording}' if wording else ''}{kit.suffix(format_)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    click.echo(path)
    return 0


def _format(kit: Toolkit, to: str | None, output: str | None) -> str:
    """The format to write: the one that was asked for, else the one that the name of the file says."""
    named = {kit.suffix(one): one for one in kit.formats}.get(Path(output).suffix.lower()) if output else None
    if to and named and named != to and kit.suffix(to) != kit.suffix(named):
        raise QafFormsError(
            f"{output}: --to {to} writes {kit.suffix(to)} files, which no program opens under this name; "
            f"give it that ending, or --to {named}"
        )
    return to or named or "word"


def _answers(path: str) -> dict[str, Any]:
    try:
        written = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else error
        raise QafFormsError(
            f"{path}: this is not JSON: {reason}; mend it, or take it from `qaf-forms read --json`"
        ) from error
    if not isinstance(written, dict):
        raise QafFormsError(f'{path}: the answers are not an object; write {{"question": "answer"}}')
    answers = written.get("answers", written) if "problems" in written else written
    return dict(answers)
