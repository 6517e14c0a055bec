"""The page of shipped forms."""

from __future__ import annotations

from collections.abc import Iterator

from tools.documented.library import ShippedForm, block_names, block_summary, forms, templates_with
from tools.documented.markdown import page, table

from qaf_forms.define.form import Kind

_KINDS = {
    Kind.CASE_AUDIT: ("Case audits", "Agencies look at their own work with one family, child or adult."),
    Kind.SELF_ASSESSMENT: ("Self-assessments", "An agency or school says how well it does what is asked of it."),
    Kind.ASSURANCE_REQUEST: ("Assurance requests", "The partnership asks what was done, and what difference it made."),
    Kind.SURVEY: ("Surveys", "Many people are asked the same questions."),
    Kind.ACTION_PLAN: ("Action plans", "Who does what by when, and whether it worked."),
    Kind.DATA_RETURN: ("Data returns", "Figures for a quarter or a year, with their story."),
    Kind.RECORD: ("Records", "What a group saw, decided or proposes, written down in one way."),
}


def form_library() -> str:
    """The page."""
    intro = (
        "The forms that come with QAF Forms. Name one by its id wherever a command asks for a form:"
        " `qaf-forms render exception_report`. To change one, take it as your own:"
        " `qaf-forms new our_exception_report --from exception_report`"
        " ([how to go on](../authoring/start.md)).\n\n"
        "A row of a grid counts as a question, and so does a whole table. Of a case audit the page says how many"
        " of them are judgements; the others say who, when and what. A nil return needs the first page alone."
    )
    kinds = [(kind, [one for one in forms() if one.form.kind == kind]) for kind in Kind]
    rows = [_row(one) for _, members in kinds for one in members]
    contents = table(("form", "questions", "what it is for"), rows)
    return page("Form library", intro, contents, *(_kind(*one) for one in kinds if one[1]), _blocks())


def _row(one: ShippedForm) -> tuple[str, ...]:
    return f"[{one.form.title}](#{one.form.id})", str(one.questions), one.form.summary or ""


def _kind(kind: Kind, members: list[ShippedForm]) -> str:
    title, words = _KINDS[kind]
    return "\n\n".join([f"## {title}", words, *(_form(one) for one in members)])


def _form(one: ShippedForm) -> str:
    facts = "\n".join(f"- **{name}:** {words}" for name, words in _facts(one))
    return "\n\n".join([f"### {one.form.id}", f"**{one.form.title}.** {one.form.summary or ''}".strip(), facts])


def _facts(one: ShippedForm) -> Iterator[tuple[str, str]]:
    form = one.form
    yield "Version", f"{form.version}, marked {form.marking}"
    yield "Filled in by", " · ".join(form.roles.values())
    yield "Questions", f"{one.questions} in {len(form.sections)} sections: {' · '.join(s.title for s in form.sections)}"
    if any(one.judgements):
        core, theme = one.judgements
        yield "Judgements", f"{core} core ones, which every case audit asks for, and {theme} of its theme"
    yield "Nil return", _nil_return(one)
    if one.variants:
        yield "Has parts for", " · ".join(one.variants)
    if one.wordings:
        yield "Also in other words", " · ".join(f"`{name}`" for name in one.wordings)
    if one.blocks:
        yield "Blocks", ", ".join(f"[`{name}`](#blocks)" for name in one.blocks)
    yield "File", f"[{one.path}](../../tool_definitions/{one.path})"


def _nil_return(one: ShippedForm) -> str:
    nil = one.form.nil_return
    if nil is None:
        return "no: every copy is to be filled in"
    scale = one.form.scale_named(nil.scale)
    waiving = [level.label for level in scale.levels if level.code in nil.waives_when]
    return f"yes: “{nil.ask}”; after {' or '.join(waiving)} nothing else is needed"


def _blocks() -> str:
    """Every block, in the order of their names, with the forms and templates that use it."""
    users: dict[str, list[str]] = {name: [] for name in block_names()}
    for one in forms():
        for name in one.blocks:
            users[name].append(f"[{one.form.id}](#{one.form.id})")
    rows = [
        (f"[`{name}`](../../tool_definitions/blocks/{name}.yaml)", block_summary(name), _used(name, of_forms))
        for name, of_forms in users.items()
    ]
    words = (
        "Questions that several forms share. Each file says at its top how it is used. Those marked *new* are"
        " in the audit that `qaf-forms new` starts."
    )
    return f"## Blocks\n\n{words}\n\n{table(('block', 'what it asks', 'used in'), rows)}"


def _used(block: str, of_forms: list[str]) -> str:
    return ", ".join([*(["*new*"] if templates_with(block) else []), *of_forms])
