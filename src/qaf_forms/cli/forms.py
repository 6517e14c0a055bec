"""`qaf-forms forms`."""

from __future__ import annotations

import json

import click

from qaf_forms.cli.showing import toolkit


@click.command(name="forms")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> int:
    """List the forms by id, version, title and kind."""
    forms = toolkit(context).forms()
    for form in forms:
        if as_json:
            facts = {"id": form.id, "version": form.version, "title": form.title, "kind": form.kind}
            click.echo(json.dumps({**facts, "path": str(form.path), "fault": form.fault}, ensure_ascii=False))
        elif form.fault:
            click.echo(f"{form.path}: {form.fault}", err=True)
        else:
            click.echo(f"{form.id + '@' + form.version:<36} {form.kind:<18} {form.title}")
    return 1 if any(form.fault for form in forms) else 0
