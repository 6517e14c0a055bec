"""`qaf-forms forms`."""

from __future__ import annotations

import json

import click

from qaf_forms.cli.showing import toolkit
from qaf_forms.errors import QafFormsError


@click.command(name="forms")
@click.option("--kind", help="Only forms of this kind, such as case_audit.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def command(context: click.Context, kind: str | None, as_json: bool) -> int:
    """List the forms by kind: id, version, kind, title, and the wordings that each can be had in."""
    forms = sorted(toolkit(context).forms(), key=lambda form: form.kind)
    if kind is not None:
        known = sorted({form.kind for form in forms if not form.fault})
        if kind not in known:
            raise QafFormsError(f"there is no form of the kind {kind!r}; there are {', '.join(known)}")
        forms = [form for form in forms if form.kind == kind]
    for form in forms:
        if as_json:
            facts = {"id": form.id, "version": form.version, "title": form.title, "kind": form.kind}
            facts |= {"path": str(form.path), "fault": form.fault}
            click.echo(json.dumps({**facts, "wordings": form.wordings}, ensure_ascii=False))
        elif form.fault:
            click.echo(f"{form.path}: {form.fault}", err=True)
        else:
            also = f" (also {', '.join(form.wordings)})" if form.wordings else ""
            click.echo(f"{form.id + '@' + form.version:<36} {form.kind:<18} {form.title}{also}")
    return 1 if any(form.fault for form in forms) else 0
