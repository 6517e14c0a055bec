"""`qaf-forms send-back`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qaf_forms.cli import PROBLEMS_FOUND
from qaf_forms.cli.showing import guarded, passwords_option, toolkit
from qaf_forms.errors import QafFormsError

if TYPE_CHECKING:
    from qaf_forms.collect.returns import Return
    from qaf_forms.toolkit import Toolkit


@click.command(name="send-back")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--form", help="The form the files should be: a path, an id, or id@version.")
@click.option("-o", "output", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@passwords_option
@click.pass_context
def command(
    context: click.Context, files: tuple[str, ...], form: str | None, output: str, passwords_file: str | None
) -> int:
    """Write returned FILES anew for their agencies: their own answers, with a comment wherever something is asked."""
    kit = toolkit(context, passwords_file)
    expected = kit.form(form) if form else None
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with guarded(len(files)) as executor:
        returns = kit.read_all(files, expected, executor=executor)
        for path, returned in zip(map(Path, files), returns, strict=True):
            try:
                data = kit.send_back(returned, expected)
            except QafFormsError as error:
                failed += 1
                click.echo(str(error))
                continue
            click.echo(f"{path.name}: {_written(kit, returned, data, folder / path.name)}")
    return PROBLEMS_FOUND if failed else 0


def _written(kit: Toolkit, returned: Return, data: bytes | None, target: Path) -> str:
    """Write what goes back beside `target`, with the suffix of its format. Returns what became of it."""
    if data is None:
        return "nothing to ask"
    if returned.file.format in kit.formats:
        target = target.with_name(f"{target.stem}{kit.suffix(returned.file.format)}")
    target.write_bytes(data)
    return str(target)
