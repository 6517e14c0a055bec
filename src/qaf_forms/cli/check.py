"""`qaf-forms check`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import show_problem, toolkit
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.look import template_in

if TYPE_CHECKING:
    from qaf_forms.problems import Problem
    from qaf_forms.toolkit import Toolkit


_TEMPLATE, _TEMPLATES = "template", (".docx", ".dotx")
_SOUND = {
    "form": "it can be issued",
    "wording": "its form can be had in these words",
    "block": "forms can use it",
    "scales": "forms can use them",
    _TEMPLATE: "files can be made from it",
}
"""By what a file holds, what can be done with it when nothing is wrong."""


@click.command(name="check")
@click.argument("definitions", nargs=-1, required=True, type=click.Path(exists=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, one a line.")
@click.pass_context
def command(context: click.Context, definitions: tuple[str, ...], as_json: bool) -> int:
    """Find every fault in a DEFINITION, in all of a folder, or in a Word template: where it is and what to do."""
    folders = tuple(path for path in definitions if Path(path).is_dir())
    context.obj = (*(context.obj or ()), *folders)  # what the forms of a folder share lies in it
    kit = toolkit(context)
    faults = 0
    for path in _files(definitions):
        kind = _kind_of(path)
        problems = _template_faults(kit, path) if kind == _TEMPLATE else kit.check(path)
        faults += sum(not problem.is_warning for problem in problems)
        if as_json:
            for problem in problems:
                click.echo(json.dumps(asdict(problem), ensure_ascii=False))
            continue
        click.echo(f"{path}: {_summary(len(problems), kind)}")
        for problem in problems:
            click.echo(show_problem(problem))
    return PROBLEMS_FOUND if faults else 0


def _files(definitions: Iterable[str]) -> Iterator[Path]:
    """The files named, and the definitions in the folders named."""
    from qaf_forms.define.definition_files import files_to_check  # pulls in the YAML reader: not for --help

    for path in map(Path, definitions):
        if not path.is_dir():
            yield path
            continue
        found = list(files_to_check(path))
        if not found:
            raise QafFormsError(f"{path}: there is no definition in this folder; check its name")
        yield from found


def _kind_of(path: Path) -> str:
    from qaf_forms.define.definition_files import kind_of_file

    return _TEMPLATE if path.suffix.lower() in _TEMPLATES else kind_of_file(path).value


def _template_faults(kit: Toolkit, path: Path) -> tuple[Problem, ...]:
    return kit.template_faults(template_in(path), "word", place=path.name)


def _summary(count: int, kind: str) -> str:
    if not count:
        return f"no faults; {_SOUND[kind]}"
    return "1 thing to look at" if count == 1 else f"{count} things to look at"
