"""The command line. Each command is a small file of its own, imported when it is used."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from qaf_forms.define.suggesting import suggestion
from qaf_forms.errors import QafFormsError

_COMMANDS = (
    "forms",
    "new",
    "check",
    "render",
    "read",
    "issue",
    "collect",
    "send-back",
    "collate",
    "demo",
    "template",
    "plugins",
)
"""In the order of the work, which is also the order of the help."""

PROBLEMS_FOUND = 1
COULD_NOT_RUN = 2


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not (ctx.resilient_parsing or args[0].startswith("-") or self.get_command(ctx, args[0])):
            ctx.fail(f"there is no command {args[0]!r}; {suggestion(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            if error.option_name != "--definitions" or not error.ctx:
                raise
            usage = f"{ctx.info_name} --definitions FOLDER {error.ctx.info_name} ..."
            raise click.UsageError(f"--definitions stands before the name of the command: {usage}", error.ctx) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qaf-forms")
@click.option(
    "--definitions",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    help="A folder with definitions of your own; they come before the shipped ones. Repeat it for more.",
)
@click.pass_context
def cli(context: click.Context, folders: tuple[str, ...]) -> None:
    """Safeguarding audit forms: define once, issue as Word and Excel, collect the returns, collate them.

    Try `qaf-forms demo` first.
    """
    context.obj = folders


def main() -> None:
    """Run the command line. Expected failures are one line; a bug keeps its traceback."""
    try:
        code = cli(standalone_mode=False)
    except QafFormsError as error:
        click.echo(f"qaf-forms: {error}", err=True)
        sys.exit(COULD_NOT_RUN)
    except click.ClickException as error:
        error.show()
        sys.exit(COULD_NOT_RUN)
    except click.Abort:
        click.echo("qaf-forms: stopped", err=True)
        sys.exit(COULD_NOT_RUN)
    sys.exit(code if isinstance(code, int) else 0)
