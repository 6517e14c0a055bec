"""The toolkit: the one object that an embedder makes, and everything is done with.

It owns the installed plugins, the library of forms and the limits on files. Nothing in this package keeps state outside
a toolkit, so two of them never meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from qaf_forms.collate.collation import Collation
from qaf_forms.collate.exporting import core_exporters, output_tables
from qaf_forms.collect.collection import Collection
from qaf_forms.collect.intake import CopyName, Intake
from qaf_forms.collect.merging import latest, merged
from qaf_forms.collect.prefilled import as_issued
from qaf_forms.collect.ready import Ready, ready_answers
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Return, Status
from qaf_forms.collect.sending_back import sent_back
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library, shipped_folder
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.define.starting import FORM_SCHEMA, WORDING_SCHEMA, new_definition, new_wording, write_definition
from qaf_forms.define.summary import FormSummary
from qaf_forms.errors import QafFormsError, TemplateError, UnknownFormError
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.calculating import with_calculated, without_calculated
from qaf_forms.issue.given import Issued, issued_in
from qaf_forms.issue.issuing import IssuedCopy, issued_copies, wording_names
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look, in_print, print_named
from qaf_forms.issue.prefill import check_shown
from qaf_forms.issue.round import Round
from qaf_forms.issue.round_file import load_round
from qaf_forms.issue.stamp import HIDE, LOCK, Stamp
from qaf_forms.plugin.interfaces import Copy, Exporter, Limits, TemplatedRenderer
from qaf_forms.plugin.registry import PluginInfo, Registry
from qaf_forms.problems import Problem

_CHUNK = 16
"""Files a worker process is given at a time: enough to make setting up its toolkit worth it."""


class Toolkit:
    """Defines, issues, collects and collates.

    `definitions` are folders with definitions of your own, looked in before the shipped ones; `limits` bound what a
    returned file may cost; `plugins` are further plugin objects beside the installed ones; `passwords` are tried on
    files that are protected by one.
    """

    def __init__(
        self,
        definitions: Sequence[Path | str] = (),
        *,
        limits: Limits | None = None,
        plugins: Sequence[Any] = (),
        passwords: Sequence[str] = (),
    ) -> None:
        self._arguments = (tuple(definitions), limits or Limits(), tuple(plugins), tuple(passwords))
        self._registry = Registry(plugins)
        self._library = Library([Path(folder) for folder in definitions])
        self._layouts: dict[tuple[str, str, str, str, str], tuple[Form, Layout]] = {}
        self._intake = Intake(self._registry.readers, self, limits or Limits(), passwords, self._registry.renderers)

    def __reduce__(self) -> tuple[Any, ...]:
        return _toolkit, self._arguments

    # Define

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """What is installed, and what failed to load and why."""
        return self._registry.plugins

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that forms can be issued in."""
        return tuple(sorted(self._registry.renderers))

    def suffix(self, format_: str) -> str:
        """What the names of files of this format end with, such as `.docx`."""
        return self._registry.renderer(format_).suffix

    def forms(self) -> list[FormSummary]:
        """The forms that can be named, sorted by id; one that cannot be loaded says why."""
        return self._library.summaries()

    def form(self, name: str | Path) -> Form:
        """The form with this path, `id` or `id@version`."""
        return self._library.form(name)

    def check(self, path: str | Path) -> tuple[Problem, ...]:
        """Every fault in a definition; none means that it can be issued."""
        return self._library.check(Path(path))

    def wordings(self, form: Form) -> tuple[str, ...]:
        """The names of the wordings that a form can be had in: other languages, easy read, words for one age."""
        return self._library.wordings.named(form)

    def in_wording(self, form: Form, wording: str) -> Form:
        """A form in other words, by the wording's name or language: the same ids and answers."""
        return self._library.wordings.form(form, self._library.wordings.name(form, wording))

    def layout(self, form: Form, variant: str | None = None, only_for: str | None = None, wording: str = "") -> Layout:
        """The form laid out, for one agency type or for all. Laid out once, then kept.

        With `only_for` a role, what only other roles fill is left out. `wording` is the name of one of its wordings.
        """
        key = (form.id, form.version, variant or "", only_for or "", wording)
        found = self._layouts.get(key)
        if found is None or found[0] is not form:
            reworded = self._library.wordings.form(form, wording)
            found = self._layouts[key] = form, Layout(reworded, variant, only_for, wording)
        return found[1]

    def form_for(self, form: str, version: str) -> Form | None:
        """The form that a stamp asks for: this version if it is known, else another, or None."""
        for name in (f"{form}@{version}", form):
            try:
                return self._library.form(name)
            except UnknownFormError:
                continue
        return None

    def definition_text(self, name: str | Path) -> str:
        """The text of a definition as its author wrote it."""
        return self._library.source(name).read_text(encoding="utf-8-sig")

    def start(
        self,
        new_id: str,
        path: Path,
        *,
        source: str | Path | None = None,
        about: str = "child",
        title: str | None = None,
    ) -> None:
        """Write a new definition to `path`: a copy of the form `source`, or a case audit about a `child` or `adult`.

        Of an audit only the questions of its theme are left to write; those of every case audit are in it as blocks.
        """
        origin = self._library.source(source) if source else self._library.template(f"thematic_audit_{about}")
        text = new_definition(origin.read_text(encoding="utf-8-sig"), new_id, title)
        write_definition(text, path, shipped_folder("tool_definitions") / FORM_SCHEMA)

    def start_wording(self, form: Form, name: str, path: Path, language: str = "") -> None:
        """Write a wording of a form to `path`: every key it can have, none filled, with the form's words beside it."""
        write_definition(new_wording(form, name, language), path, shipped_folder("tool_definitions") / WORDING_SCHEMA)

    def example(self, name: str) -> Path:
        """The folder of a shipped example."""
        return shipped_folder("examples") / name

    # Issue

    def render(
        self,
        form: Form,
        to: str = "word",
        *,
        answers: Mapping[str, Any] | None = None,
        role: str | None = AGENCY,
        hide_others: bool = False,
        variant: str | None = None,
        wording: str | None = None,
        look: Look | None = None,
        stamp: Stamp | None = None,
    ) -> bytes:
        """One file of the form. `answers` are nested as JSON has them; `role` None opens the spaces of every role.

        The spaces of other roles are locked; with `hide_others` they are left out, and so are answers to them. Without
        `answers` it is a fresh copy, in which the form's own defaults stand. What the form gives stands in every one,
        and calculated answers are worked out, whatever `answers` say of them. `wording` names one of the form's
        wordings, or its language; `look` is how the file should look.
        """
        if look and look.template:
            self._check_template(look.template, to)
        name = self._library.wordings.name(form, wording or "")
        layout = self._layout_of_copies(form, variant, role, hide_others, name)
        given = without_calculated(layout.whole, flatten(layout.whole, answers or {}))
        issued = issued_in(layout.whole, given, fresh=answers is None)
        stamp = replace(
            stamp or Stamp(form.id, form.version, layout.fingerprint, variant=variant or ""),
            role=role or EVERY_ROLE,
            others=HIDE if hide_others else LOCK,
            wording=name,
            print=print_named(look or STANDARD_LOOK),
        )
        return next(
            iter(
                self._registry.renderer(to).render(layout, [_copy(layout, stamp, issued, role, look or STANDARD_LOOK)])
            )
        )

    def _layout_of_copies(
        self, form: Form, variant: str | None, role: str | None, hide_others: bool, wording: str
    ) -> Layout:
        if role is not None and role not in (AGENCY, *form.roles):
            known = ", ".join(form.roles)
            raise QafFormsError(f"{form.id} has no role {role!r}; it has: {known}")
        if not hide_others:
            return self.layout(form, variant, wording=wording)
        if role is None:
            raise QafFormsError("a copy for every role leaves nobody's spaces out; name one role")
        layout = self.layout(form, variant, role, wording)
        if not layout.fields:
            raise QafFormsError(f"{form.id} asks nothing of {role!r}, so nothing would be left; choose another role")
        return layout

    def template(self, to: str = "word") -> bytes:
        """The template that files of a format are made from, for a partnership to make its own of."""
        return self._registry.templated(to).template()

    def template_faults(self, data: bytes, to: str = "word", *, place: str = "template") -> tuple[Problem, ...]:
        """Everything in a template of one's own that would make a file go wrong; none means that it can be used."""
        return tuple(self._registry.templated(to).template_faults(data, place))

    def _check_template(self, data: bytes, to: str) -> None:
        faults = self.template_faults(data, to)
        if faults:
            raise TemplateError(faults)

    def round(self, path: str | Path) -> Round:
        """The round in a YAML file, with its recipients."""
        return load_round(Path(path))

    def round_form(self, round_: Round) -> Form:
        """The form that a round is about."""
        return self.form(round_.form_name)

    def issue(self, round_: Round) -> Iterator[tuple[IssuedCopy, bytes]]:
        """One stamped copy for each recipient of a round, with its file's content."""
        form = self.round_form(round_)
        copies = list(self._issued_copies(round_, form))
        whole = self.layout(form)
        ready = ready_answers(round_, whole)
        for group in _grouped(copies):
            look = group[0].look
            if look.template and isinstance(self._registry.renderer(group[0].format), TemplatedRenderer):
                self._check_template(look.template, group[0].format)
            layout = self._layout_of_round(round_, form, group[0])
            renderer = self._registry.renderer(group[0].format)
            files = renderer.render(layout, self._copies(round_, layout, whole, group, ready))
            for issued, data in zip(group, files, strict=True):
                told = ready.problems.get(issued.recipient.id, ())
                yield replace(issued.with_suffix(renderer.suffix), problems=told), data

    def _issued_copies(self, round_: Round, form: Form) -> Iterator[IssuedCopy]:
        names = wording_names(round_, partial(self._library.wordings.name, form))
        return issued_copies(round_, lambda variant, wording: self.layout(form, variant, wording=wording), names)

    def _layout_of_round(self, round_: Round, form: Form, copy: IssuedCopy) -> Layout:
        hide_others = round_.others == HIDE
        return self._layout_of_copies(form, copy.variant or None, _opened(round_.role), hide_others, copy.wording)

    def _copies(
        self, round_: Round, layout: Layout, whole: Layout, group: Sequence[IssuedCopy], ready: Ready
    ) -> Iterator[Copy]:
        for issued in group:
            id_ = issued.recipient.id
            answers = ready.answers.get(id_, {})
            if id_ in round_.prefill:
                check_shown(layout, without_calculated(whole, flatten(whole, round_.prefill[id_])), whole, id_)
            yield _copy(
                layout, issued.stamp, _issued_to(round_, whole, id_, answers), _opened(round_.role), issued.look
            )

    # Collect

    def read(
        self,
        source: str | Path | bytes | BinaryIO,
        form: Form | None = None,
        *,
        name: str = "",
        role: str | None = None,
        look: Look | None = None,
    ) -> Return:
        """The return in one file. Bad files come back as a return with the status `unreadable`.

        `form` is the form the file should be, and `role` whose return it is (`all`: everybody's); without them the
        stamp decides. `name` is for sources without one. `look` is how the copy was issued: without it, what a template
        of your own prints is listed among the extras.
        """
        return self._read(source, form, name, role, look=look or STANDARD_LOOK)

    def _read(
        self,
        source: str | Path | bytes | BinaryIO,
        form: Form | None = None,
        name: str = "",
        role: str | None = None,
        issued: Mapping[CopyName, Issued] | None = None,
        look: Look = STANDARD_LOOK,
    ) -> Return:
        if isinstance(source, str | Path):
            path = Path(source)
            name, data = name or path.name, self._content(path)
        else:
            data = source if isinstance(source, bytes) else source.read()
        return self._intake.read(name, data, self.layout(form) if form else None, role, issued, look)

    def read_all(
        self,
        paths: Iterable[str | Path],
        form: Form | None = None,
        *,
        role: str | None = None,
        executor: Executor | None = None,
    ) -> Iterator[Return]:
        """The returns in many files, in order, holding no more than a few in memory.

        `executor` is any of `concurrent.futures`; without one they are read one after the other.
        """
        return self._read_all(paths, _Reading(form, role), executor)

    def _read_all(
        self, paths: Iterable[str | Path], how: _Reading, executor: Executor | None = None
    ) -> Iterator[Return]:
        if executor is None:
            yield from (self._read(path, how.form, role=how.role, issued=how.issued, look=how.look) for path in paths)
            return
        how = replace(how, home=self._library.wordings.home_of(how.form) if how.form else None)
        remaining = iter(paths)
        while batch := [chunk for _ in range(8) if (chunk := list(islice(remaining, _CHUNK)))]:
            for returns in executor.map(_read_chunk, ((self, chunk, how) for chunk in batch)):
                yield from returns

    def collect(self, round_: Round, paths: Iterable[str | Path], *, executor: Executor | None = None) -> Collection:
        """Read what came back for a round: who has replied, and every return."""
        form = self.round_form(round_)
        whole = self.layout(form)
        ready, always = ready_answers(round_, whole), issued_in(whole)
        look = round_.look.loaded()
        issued = {id_: _issued_to(round_, whole, id_, answers) for id_, answers in ready.answers.items()}
        by_copy = {(id_, round_.role, round_.stage): one for id_, one in issued.items()}
        is_plain = not (ready.answers or always.values or whole.shows_last)
        copies = () if is_plain else self._issued_copies(round_, form)
        layouts = {copy.recipient.id: self._layout_of_round(round_, form, copy) for copy in copies}

        def seen(returned: Return) -> Return:
            id_ = returned.recipient
            is_ours = id_ in layouts and _is_of(round_, returned)
            return as_issued(returned, layouts[id_], issued.get(id_, always)) if is_ours else returned

        returns = [
            seen(returned) for returned in self._read_all(paths, _Reading(form, issued=by_copy, look=look), executor)
        ]
        return Collection(round_, form, Register.of(round_, form, returns), returns)

    def send_back(self, returned: Return, form: Form | None = None, *, look: Look | None = None) -> bytes | None:
        """The return as a file of its own format, with a remark at everything the agency is asked about.

        Its answers are in it, those too that could not be understood. None if there is nothing to ask. `form` is for a
        form that has no name here.
        """
        if returned.status is Status.UNREADABLE:
            why = returned.problems[0]
            raise QafFormsError(f"{returned.file.name}: there is nothing to send back: {why.message}; {why.fix}")
        form = form or self.form(f"{returned.form}@{returned.version}")
        stamp = returned.stamp or Stamp(form.id, form.version, "")
        role = _opened(stamp.role)
        layout = self._layout_of_copies(form, stamp.variant or None, role, stamp.hides_others, stamp.wording)
        content = sent_back(returned, layout)
        if not content.remarks:
            return None
        issued = Issued(content.answers, issued_in(layout.whole).given)
        look = in_print(look or STANDARD_LOOK, stamp.print)
        copy = replace(_copy(layout, content.stamp, issued, role, look), typed=content.typed, remarks=content.remarks)
        format_ = returned.file.format if returned.file.format in self.formats else "word"
        return next(iter(self._registry.renderer(format_).render(layout, [copy])))

    def merge(self, returns: Iterable[Return], form: Form | None = None) -> dict[str, Return]:
        """What the copies of one recipient say together: one return for each stage, in the order of the stages.

        Each answer is taken from the return of the role that fills it; where another says otherwise, a problem names
        both. Of two returns of one role and stage the first given counts. `form` is for forms that have no name here.
        """
        found = list(returns)
        return merged(self._layout_of(found, form), found)

    def latest(self, returns: Iterable[Return], form: Form | None = None) -> Return:
        """What holds after all stages: each answer from the latest stage that gives one, in one return.

        Its problems are those of the latest stage; `merged_from` has the return of each.
        """
        found = list(returns)
        layout = self._layout_of(found, form)
        return latest(layout, merged(layout, found))

    def _layout_of(self, returns: Sequence[Return], form: Form | None) -> Layout:
        named = next((one for one in returns if one.form), None)
        if form is not None:
            return self.layout(form)
        if named is None:
            raise QafFormsError("none of these returns could be read, so there is nothing to merge")
        return self.layout(self.form(f"{named.form}@{named.version}"))

    # Collate

    def collate(self, collection: Collection, *, include_personal: bool = False) -> Collation:
        """Everything the counted returns say, question by question."""
        layout = self.layout(collection.form)
        return Collation(collection.round, layout, collection.register, include_personal=include_personal)

    def export(self, collation: Collation, to: str = "workbook") -> tuple[str, bytes]:
        """The collation in one format: the suffix for its file, and the content."""
        exporter = self._exporter(to)
        return exporter.suffix, exporter.export(collation.title, output_tables(collation))

    @property
    def export_formats(self) -> tuple[str, ...]:
        """The formats a collation can be written in."""
        return tuple(sorted({*core_exporters(), *self._registry.exporters}))

    def _exporter(self, name: str) -> Exporter:
        return self._registry.exporter(name, core_exporters())

    def _content(self, path: Path) -> bytes:
        limit = self._arguments[1].file_size
        try:
            with path.open("rb") as file:
                return file.read(limit + 1)
        except OSError as error:
            raise QafFormsError(
                f"{path}: {error.strerror or error}; check the name and that you may read it"
            ) from error


def _copy(layout: Layout, stamp: Stamp, issued: Issued, role: str | None, look: Look) -> Copy:
    """A copy with what was issued in it, so far as the layout shows it, and what follows from that."""
    shown = {key: value for key, value in issued.values.items() if layout.field(key)}
    return Copy(stamp, with_calculated(layout, shown), role, issued.given | layout.last_answers(shown), look)


def _issued_to(round_: Round, whole: Layout, recipient: str, answers: Mapping[str, Value]) -> Issued:
    """What stands in a recipient's copy. One with answers that were collected holds those, and no defaults."""
    fresh = not (round_.collected and answers) or recipient in round_.prefill
    return issued_in(whole, without_calculated(whole, answers), fresh=fresh)


def _toolkit(definitions: Sequence[Path], limits: Limits, plugins: Sequence[Any], passwords: Sequence[str]) -> Toolkit:
    return Toolkit(definitions, limits=limits, plugins=plugins, passwords=passwords)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a batch is read: what form it should be, whose returns, and what a round put into the copies."""

    form: Form | None
    role: str | None = None
    issued: Mapping[CopyName, Issued] | None = None
    look: Look = STANDARD_LOOK
    home: Path | None = None
    """The file of the form: another process finds its wordings by it."""


def _read_chunk(task: tuple[Toolkit, Sequence[Path], _Reading]) -> list[Return]:
    toolkit, paths, how = task
    if how.form is not None:
        toolkit._library.wordings.settle(how.form, how.home)
    return list(toolkit._read_all(paths, how))


def _is_of(round_: Round, returned: Return) -> bool:
    """Whether it is one of the copies that a round issued, and not another role's or stage's copy of the same form."""
    return returned.stamp is None or (returned.role, returned.stage) == (round_.role, round_.stage)


def _opened(role: str) -> str | None:
    """The role whose spaces are open; None for every role."""
    return None if role == EVERY_ROLE else role


def _grouped(copies: Sequence[IssuedCopy]) -> list[list[IssuedCopy]]:
    """The copies that share a blank file: those of one format, variant, wording and look."""
    groups: dict[tuple[str, str, str, Look], list[IssuedCopy]] = {}
    for issued in copies:
        groups.setdefault((issued.format, issued.variant, issued.wording, issued.look), []).append(issued)
    return list(groups.values())
