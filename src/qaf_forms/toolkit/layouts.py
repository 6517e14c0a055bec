"""The layouts of forms, made once: of whole forms, and of copies that leave out what is not theirs."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.errors import QafFormsError, UnknownFormError
from qaf_forms.issue.layout import Layout


class Layouts:
    """Lays out the forms of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: dict[tuple[str, str, str, str, str], tuple[Form, Layout]] = {}

    def form_for(self, form: str, version: str) -> Form | None:
        """The form that a stamp asks for: this version if it is known, else another, or None."""
        for name in (f"{form}@{version}", form):
            try:
                return self._library.form(name)
            except UnknownFormError:
                continue
        return None

    def wordings(self, form: Form) -> Sequence[str]:
        """The names of the wordings of a form."""
        return self._library.wordings.named(form)

    def layout(self, form: Form, variant: str | None = None, only_for: str | None = None, wording: str = "") -> Layout:
        """A form laid out. `only_for` is the role whose copy leaves out what only other roles fill."""
        key = (form.id, form.version, variant or "", only_for or "", wording)
        found = self._made.get(key)
        if found is None or found[0] is not form:
            reworded = self._library.wordings.form(form, wording)
            found = self._made[key] = form, Layout(reworded, variant, only_for, wording)
        return found[1]

    def of_copies(
        self, form: Form, variant: str | None, role: str | None, *, hide_others: bool, wording: str
    ) -> Layout:
        """The layout of copies for a role, or of those that are open to every role."""
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

    def named_by(self, form: str, version: str) -> Layout:
        """The layout of a form by its id and version, or the error that says what there is."""
        return self.layout(self._library.form(f"{form}@{version}"))


def opened(role: str) -> str | None:
    """The role whose spaces are open in a copy; None for every role."""
    return None if role == EVERY_ROLE else role
