"""`qaf-forms plugins`."""

from __future__ import annotations

import click


@click.command(name="plugins")
@click.pass_context
def command(context: click.Context) -> int:
    """Show what is installed, and what failed to load and why."""
    from qaf_forms.toolkit import Toolkit  # pulls in pydantic: not for --help

    plugins = Toolkit(context.obj or ()).plugins
    for plugin in plugins:
        said = f"not used: {plugin.fault}" if plugin.fault else ", ".join(plugin.adds) or "adds nothing"
        click.echo(f"{plugin.name:<12} {plugin.distribution} {plugin.version}: {said}")
    if not plugins:
        click.echo("no plugin is installed; install qaf-forms-word or qaf-forms-excel")
    return 1 if any(plugin.fault for plugin in plugins) else 0
