"""`qaf-forms read`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import (
    files_in,
    guarded,
    passwords_option,
    quiet_option,
    show_problem,
    toolkit,
    with_progress,
)

if TYPE_CHECKING:
    from qaf_forms.collect.returns import Return


@click.command(name="read")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--form", "form_name", help="The form the files should be; without it their stamps decide.")
@click.option("--role", help="Whose returns they are, `all` for everybody's; without it their stamps decide.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, one a line.")
@passwords_option
@quiet_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    form_name: str | None,
    role: str | None,
    as_json: bool,
    passwords_file: str | None,
    quiet: bool,
) -> int:
    """Read completed forms: their answers, every problem, and whatever else was written in them."""
    kit = toolkit(context, passwords_file)
    form = kit.form(form_name) if form_name else None
    paths = files_in(files)
    troubled = False
    with guarded(len(paths)) as executor:
        returns = kit.read_all(paths, form, role=role, executor=executor)
        for returned in with_progress(returns, len(paths), "Reading", quiet):
            troubled |= any(not problem.is_warning for problem in returned.problems)
            _show(returned, as_json)
    return PROBLEMS_FOUND if troubled else 0


def _show(returned: Return, as_json: bool) -> None:
    if as_json:
        written = {name: value for name, value in returned.to_json().items() if name != "details"}
        click.echo(json.dumps(written, ensure_ascii=False))
        return
    what = f"{returned.form} {returned.version}, " if returned.form else ""
    click.echo(f"{returned.file.name}: {what}{returned.status.value}, {len(returned.answers)} answers")
    for problem in returned.problems:
        click.echo(show_problem(problem))
    for extra in returned.extras:
        click.echo(f"  {extra.kind} at {extra.place}: {extra.text}")
