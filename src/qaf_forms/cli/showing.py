"""How the commands show problems, progress and paths."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from qaf_forms.errors import QafFormsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from qaf_forms.collect.register import Register
    from qaf_forms.problems import Problem
    from qaf_forms.toolkit import Toolkit

_Item = TypeVar("_Item")
_FEW = 16
"""Files that are read sooner than a second process is ready."""
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")


passwords_option = click.option(
    "--passwords",
    "passwords_file",
    type=click.Path(exists=True, dir_okay=False),
    help="A text file with the passwords to try on protected files, one on each line.",
)


def passwords_in(path: str | None) -> list[str]:
    """The passwords in a file, one on each line. They stand in a file since commands are seen by others and kept."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines() if path else []
    except UnicodeDecodeError as error:
        raise QafFormsError(f"{path}: this is not a text in UTF-8; save it as plain text") from error
    return [line for line in lines if line]


def toolkit(context: click.Context, passwords_file: str | None = None) -> Toolkit:
    """The toolkit for one run of a command; broken plugins are named on stderr."""
    from qaf_forms.toolkit import Toolkit

    made = Toolkit(context.obj or (), passwords=passwords_in(passwords_file))
    for plugin in made.plugins:
        if plugin.fault:
            click.echo(f"qaf-forms: the plugin {plugin.name} is not used: {plugin.fault}", err=True)
    return made


def show_problem(problem: Problem) -> str:
    """One problem on two lines: where and what, then what to do."""
    mark = "note" if problem.is_warning else "problem"
    where = f"{problem.place}: " if problem.place else ""
    return f"  {mark} {problem.code}  {where}{problem.message}\n        {problem.fix}"


def register_lines(register: Register) -> Iterator[str]:
    """The register as a person reads it on a screen, and its sums."""
    for entry in register.entries:
        late = f", {entry.days_late} days late" if entry.days_late else ""
        who = " ".join(part for part in (entry.agency or "(not known whose)", entry.case) if part)
        state = f"{entry.state.value} ({entry.role})" if entry.state.value == "part" else entry.state.value + late
        yield f"{who:<44} {state:<24} {entry.file}"
    summary = register.summary
    said = [
        f"{count} {name}" for name, count in summary.items() if count and name not in ("expected", "returned", "files")
    ]
    yield f"{summary['returned']} of {summary['expected']} have replied: {', '.join(said)}"


def with_progress(items: Iterable[_Item], length: int, label: str, quiet: bool) -> Iterator[_Item]:
    """The items, with a bar on stderr where a person is watching and there is enough to watch."""
    with progress(length, label, quiet) as advance:
        for item in items:
            yield item
            advance(item)


@contextmanager
def progress(length: int, label: str, quiet: bool) -> Iterator[Callable[[object], None]]:
    """What to call whenever one of so many things is done: a bar as above."""
    if quiet or length < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


@contextmanager
def guarded(count: int) -> Iterator[Executor]:
    """The processes to read so many files in."""
    from qaf_forms.toolkit.guarded import GuardedProcesses

    with GuardedProcesses(1 if count < _FEW else None) as executor:
        yield executor


def files_in(paths: Sequence[str]) -> list[Path]:
    """The files named, and those in the folders named; hidden files and office programs' lock files are passed over."""
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found += sorted(
                inner for inner in path.rglob("*") if inner.is_file() and not inner.name.startswith((".", "~$"))
            )
        else:
            found.append(path)
    return found
