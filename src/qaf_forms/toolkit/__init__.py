"""The toolkit: the one object that an embedder makes, and everything is done with.

It owns the installed plugins, the library of forms and the limits on files. Nothing in this package keeps state outside
a toolkit, so two of them never meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, BinaryIO

from qaf_forms.collate.collation import Collation
from qaf_forms.collate.exporting import core_exporters, output_tables
from qaf_forms.collect.collection import Collection
from qaf_forms.collect.merging import latest, merged
from qaf_forms.collect.returns import Return
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library, folders_of_definitions, shipped_folder
from qaf_forms.define.questions import AGENCY
from qaf_forms.define.starting import FORM_SCHEMA, WORDING_SCHEMA, new_definition, new_wording, write_definition
from qaf_forms.define.summary import FormSummary
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.agency_types import variant_known
from qaf_forms.issue.issuing import IssuedCopy
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.issue.round import Round
from qaf_forms.issue.round_file import load_round
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Exporter, Limits
from qaf_forms.plugin.registry import PluginInfo, Registry
from qaf_forms.problems import Problem
from qaf_forms.toolkit.copies import Copies
from qaf_forms.toolkit.files import Files, Reading
from qaf_forms.toolkit.layouts import Layouts
from qaf_forms.toolkit.rounds import RoundOfForm


class Toolkit:
    """Defines, issues, collects and collates.

    `definitions` is a folder with definitions of your own, or several, looked in before the shipped ones; `limits`
    bound what a returned file may cost; `plugins` are further plugin objects beside the installed ones; `passwords` are
    tried on files that are protected by one. QafFormsError if there is no such folder.
    """

    def __init__(
        self,
        definitions: Path | str | Sequence[Path | str] = (),
        *,
        limits: Limits | None = None,
        plugins: Sequence[Any] = (),
        passwords: Sequence[str] = (),
    ) -> None:
        folders = folders_of_definitions(definitions)
        self._arguments = (folders, limits or Limits(), tuple(plugins), tuple(passwords))
        self._registry = Registry(plugins)
        self._library = Library(folders)
        self._layouts = Layouts(self._library)
        self._copies = Copies(self._registry, self._library, self._layouts)
        self._files = Files(self._arguments, self._registry, self._library, self._layouts)

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
        return self._layouts.layout(form, variant_known(form, variant or "") or None, only_for, wording)

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
        `answers` it is a fresh copy, in which the form's own defaults stand. What the form gives stands in every one:
        `answers` that say something else there raise AnswersError. Calculated answers are worked out, whatever
        `answers` say of them. `wording` names one of the form's wordings, or its language; `look` is how the file
        should look.
        """
        return self._copies.rendered(
            form,
            to,
            answers=answers,
            role=role,
            hide_others=hide_others,
            variant=variant,
            wording=wording or "",
            look=look or STANDARD_LOOK,
            stamp=stamp,
        )

    def template(self, to: str = "word") -> bytes:
        """The template that files of a format are made from, for a partnership to make its own of."""
        return self._registry.templated(to).template()

    def template_faults(self, data: bytes, to: str = "word", *, place: str = "template") -> tuple[Problem, ...]:
        """Everything in a template of one's own that would make a file go wrong; none means that it can be used."""
        return tuple(self._registry.templated(to).template_faults(data, place))

    def round(self, path: str | Path) -> Round:
        """The round in a YAML file, with its recipients."""
        return load_round(Path(path))

    def round_form(self, round_: Round) -> Form:
        """The form that a round is about."""
        return self.form(round_.form_name)

    def issue(self, round_: Round) -> Iterator[tuple[IssuedCopy, bytes]]:
        """One stamped copy for each recipient of a round, with its file's content."""
        return self._of(round_).issue(self._copies)

    # Collect

    def read(
        self,
        source: str | Path | bytes | BinaryIO,
        form: Form | None = None,
        *,
        name: str = "",
        role: str | None = None,
        look: Look | None = None,
        executor: Executor | None = None,
    ) -> Return:
        """The return in one file. Bad files come back as a return with the status `unreadable`.

        `form` is the form the file should be, and `role` whose return it is (`all`: everybody's); without them the
        stamp decides. `name` is for sources without one. `look` is how the copy was issued: without it, what a template
        of your own prints is listed among the extras. With `executor` it is read there, and here without one: in
        `GuardedProcesses` a file that hangs, crashes or takes too much memory is unreadable, too.
        """
        return self._files.read(source, Reading(form, role, look=look or STANDARD_LOOK), name, executor)

    def read_all(
        self,
        paths: Iterable[str | Path],
        form: Form | None = None,
        *,
        role: str | None = None,
        executor: Executor | None = None,
    ) -> Iterator[Return]:
        """The returns in many files, in order, holding no more than a few in memory.

        `executor` is any of `concurrent.futures`; without one they are read one after the other. In `GuardedProcesses`
        a file that hangs, crashes or takes too much memory becomes an unreadable return, and the others are read.
        """
        return self._files.read_all(paths, Reading(form, role), executor)

    def collect(
        self,
        round_: Round,
        paths: Iterable[str | Path],
        *,
        executor: Executor | None = None,
        progress: Callable[[Return], object] | None = None,
    ) -> Collection:
        """Read what came back for a round: who has replied, and every return.

        `progress` is called with each return when it has been read.
        """

        def read_all(how: Reading) -> Iterator[Return]:
            for returned in self._files.read_all(paths, how, executor):
                if progress:
                    progress(returned)
                yield returned

        return self._of(round_).collect(read_all)

    def _of(self, round_: Round) -> RoundOfForm:
        return RoundOfForm(round_, self.round_form(round_), self._registry, self._library, self._layouts)

    def send_back(self, returned: Return, form: Form | None = None, *, look: Look | None = None) -> bytes | None:
        """The return as a file of its own format, with a remark at everything the agency is asked about.

        Its answers are in it, those too that could not be understood. None if there is nothing to ask. `form` is for a
        form that has no name here.
        """
        return self._copies.sent_back(returned, form, look or STANDARD_LOOK)

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
        return self._layouts.named_by(named.form, named.version)

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


def _toolkit(definitions: Sequence[Path], limits: Limits, plugins: Sequence[Any], passwords: Sequence[str]) -> Toolkit:
    return Toolkit(definitions, limits=limits, plugins=plugins, passwords=passwords)
