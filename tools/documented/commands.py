"""The command line, from its own help."""

from __future__ import annotations

import click
from tools.documented.markdown import page

from qaf_forms.cli import cli

_WIDTH = 100


def command_line() -> str:
    """The page."""
    intro = (
        "In a copy of the repository write `uv run qaf-forms`; where it is installed, `qaf-forms`. FORM is the path of"
        " a definition, the `id` of a form, or `id@version`."
    )
    codes = (
        "## Exit codes\n\n0: all is well. 1: it ran, and there are problems. 2: it could not run; one line on standard"
        " error says why and what to do."
    )
    widths = {"terminal_width": _WIDTH, "max_content_width": _WIDTH}
    top = click.Context(cli, info_name="qaf-forms", **{**cli.context_settings, **widths})
    parts = [_help(cli, top)]
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=top)
        parts.append(f"## qaf-forms {name}\n\n{_help(command, context)}")
    return page("Command line", intro, *parts, codes)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```"
