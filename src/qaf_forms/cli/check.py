"""`qaf-forms check`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import show_problem, toolkit
from qaf_forms.issue.look import template_in

if TYPE_CHECKING:
    from qaf_forms.problems import Problem
    from qaf_forms.toolkit import Toolkit


_TEMPLATES = (".docx", ".dotx")


@click.command(name="check")
@click.argument("definitions", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, one a line.")
@click.pass_context
def command(context: click.Context, definitions: tuple[str, ...], as_json: bool) -> int:
    """Find every fault in a DEFINITION, or in a Word template: where it is and what to do."""
    kit = toolkit(context)
    faults = 0
    for path in definitions:
        problems = _template_faults(kit, path) if path.lower().endswith(_TEMPLATES) else kit.check(path)
        faults += sum(not problem.is_warning for problem in problems)
        if as_json:
            for problem in problems:
                click.echo(json.dumps(asdict(problem), ensure_ascii=False))
            continue
        click.echo(f"{path}: {_summary(len(problems))}")
        for problem in problems:
            click.echo(show_problem(problem))
    return PROBLEMS_FOUND if faults else 0


def _template_faults(kit: Toolkit, path: str) -> tuple[Problem, ...]:
    return kit.template_faults(template_in(Path(path)), "word", place=Path(path).name)


def _summary(count: int) -> str:
    if not count:
        return "no faults; it can be issued"
    return "1 thing to look at" if count == 1 else f"{count} things to look at"
