"""Finds the wordings of forms: files beside the form's own, and those in the folders of the library."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qaf_forms.define.form import Form
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.summary import FormSummary, WordingSummary, summary_of
from qaf_forms.define.wording_files import LoadedWording, in_words_of_base, load_wording
from qaf_forms.errors import DefinitionError, QafFormsError, UnknownFormError, UnknownWordingError
from qaf_forms.problems import Problem

if TYPE_CHECKING:
    from qaf_forms.define.library import Library


def names_of(heads: Iterable[WordingSummary], form_id: str, version: str) -> tuple[str, ...]:
    """The names of the wordings of one form among these."""
    return tuple(sorted({head.name for head in heads if head.name and head.is_of(form_id, version)}))


class Wordings:
    """The wordings that can be had of any form. What was put into other words once is kept as long as the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: dict[tuple[str, str, str], tuple[Form, Form]] = {}
        self._homes: list[tuple[Form, Path]] = []
        self._folders: dict[Path, list[WordingSummary]] = {}

    def settle(self, form: Form, home: Path | None) -> None:
        """Note where a form comes from that was loaded in another process."""
        if home is not None and self.home_of(form) is None:
            self._homes.append((form, home))

    def home_of(self, form: Form) -> Path | None:
        """The file a form comes from, if that is known."""
        return next((home for known, home in self._homes if known is form), None) or self._library.home_of(form)

    def named(self, form: Form) -> tuple[str, ...]:
        """The names of a form's wordings, those of the form it extends among them."""
        own = names_of(self._heads(form), form.id, form.version)
        base = self._base(form)
        return tuple(sorted({*own, *(self.named(base) if base else ())}))

    def name(self, form: Form, wanted: str) -> str:
        """What a wording is called that somebody named, or named the language of; "" for the form's own words."""
        if not wanted:
            return ""  # nothing need be read to know that
        known = self.named(form)
        if wanted in known:
            return wanted
        if wanted.casefold() in (form.language.casefold(), form.language.partition("-")[0]):
            return ""
        heads = [head for head in self._heads(form) if head.is_of(form.id, form.version)]
        spoken = {head.name for head in heads if _is_in(head, wanted)}
        if len(spoken) == 1:
            return spoken.pop()
        advice = suggestion(wanted, known) if known else "put a file with `wording_of:` beside it"
        raise UnknownWordingError(f"{form.id} has no wording {wanted!r}; {advice}")

    def form(self, form: Form, name: str) -> Form:
        """A form in the wording of this name; DefinitionError with every problem of a faulty wording."""
        if not name:
            return form
        key = (form.id, form.version, name)
        if key not in self._made or self._made[key][0] is not form:
            self._made[key] = form, self._load(form, name)
        return self._made[key][1]

    def check(self, head: WordingSummary) -> tuple[Problem, ...]:
        """Every fault of a wording's file; DefinitionError or UnknownFormError if its form cannot be had."""
        return self._loaded(self._form_of(head), head).problems

    def _form_of(self, head: WordingSummary) -> Form:
        for path in sorted(head.path.parent.glob("*.yaml")):
            beside = summary_of(path)
            if isinstance(beside, FormSummary) and not beside.fault and head.is_of(beside.id, beside.version):
                return self._library.form(path)
        try:
            return self._library.form(head.wording_of)
        except UnknownFormError as error:
            raise UnknownFormError(f"{head.path}: its form cannot be found: {error}") from error

    def _load(self, form: Form, name: str) -> Form:
        head = self._head(form, name)
        if head is None:
            return self._of_base_alone(form, name)
        loaded = self._loaded(form, head)
        if loaded.form is None:
            errors = [problem for problem in loaded.problems if not problem.is_warning]
            raise DefinitionError(str(head.path), errors)
        return loaded.form

    def _of_base_alone(self, form: Form, name: str) -> Form:
        """A form that has no wording of its own in that of the form it extends."""
        base = self._base(form)
        head = self._head(base, name) if base else None
        if base is None or head is None:
            raise UnknownWordingError(f"{form.id} has no wording {name!r}; {suggestion(name, self.named(form))}")
        return in_words_of_base(form, base, head.path)

    def _loaded(self, form: Form, head: WordingSummary) -> LoadedWording:
        base = self._base(form)
        of_base = self._head(base, head.name) if base else None
        return load_wording(head.path, form, base, of_base.path if of_base else None)

    def _base(self, form: Form) -> Form | None:
        """The form that a form extends."""
        try:
            return self._library.form(form.extends) if form.extends else None
        except QafFormsError:
            return None

    def _head(self, form: Form, name: str) -> WordingSummary | None:
        """The nearest wording of this name; one of this version before one of any."""
        found = [head for head in self._heads(form) if head.name == name and head.is_of(form.id, form.version)]
        return next((head for head in found if "@" in head.wording_of), found[0] if found else None)

    def _heads(self, form: Form) -> list[WordingSummary]:
        home = self.home_of(form)
        if home is None or self._library.holds(home):
            return self._library.wording_heads()
        return [*self._beside(home.parent), *self._library.wording_heads()]

    def _beside(self, folder: Path) -> list[WordingSummary]:
        if folder not in self._folders:
            heads = (summary_of(path) for path in sorted(folder.glob("*.yaml")))
            self._folders[folder] = [head for head in heads if isinstance(head, WordingSummary)]
        return self._folders[folder]


def _is_in(head: WordingSummary, language: str) -> bool:
    return head.language.partition("-")[0] == language.partition("-")[0] != ""
