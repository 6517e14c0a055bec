"""Single copies: rendered for somebody, or sent back to the agency that returned it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qaf_forms.collect.returns import Return, Status
from qaf_forms.collect.sending_back import sent_back
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.errors import AnswersError, QafFormsError, TemplateError
from qaf_forms.issue.agency_types import variant_known
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.calculating import with_calculated, without_calculated
from qaf_forms.issue.given import Issued, contradictions, issued_in
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import Look, in_print, print_named
from qaf_forms.issue.stamp import HIDE, LOCK, Stamp
from qaf_forms.plugin.interfaces import Copy, TemplatedRenderer
from qaf_forms.plugin.registry import Registry
from qaf_forms.toolkit.layouts import Layouts, opened


class Copies:
    """Makes the files of single copies."""

    def __init__(self, registry: Registry, library: Library, layouts: Layouts) -> None:
        self._registry, self._library, self._layouts = registry, library, layouts

    def rendered(
        self,
        form: Form,
        to: str,
        *,
        answers: Mapping[str, Any] | None,
        role: str | None,
        hide_others: bool,
        variant: str | None,
        wording: str,
        look: Look,
        stamp: Stamp | None,
    ) -> bytes:
        """One file of a form, as `Toolkit.render` says."""
        if look.template:
            self.check_template(look, to)
        name = self._library.wordings.name(form, wording)
        variant = variant_known(form, variant or "") or None
        layout = self._layouts.of_copies(form, variant, role, hide_others=hide_others, wording=name)
        given = without_calculated(layout.whole, flatten(layout.whole, answers or {}))
        if against := [*contradictions(layout.whole, given)]:
            raise AnswersError(against)
        issued = issued_in(layout.whole, given, fresh=answers is None)
        stamp = replace(
            stamp or Stamp(form.id, form.version, layout.fingerprint, variant=variant or ""),
            role=role or EVERY_ROLE,
            others=HIDE if hide_others else LOCK,
            wording=name,
            print=print_named(look),
        )
        return self._file(to, layout, copy_of(layout, stamp, issued, role, look))

    def sent_back(self, returned: Return, form: Form | None, look: Look) -> bytes | None:
        """A return as a file for its agency, as `Toolkit.send_back` says."""
        if returned.status is Status.UNREADABLE:
            why = returned.problems[0]
            raise QafFormsError(f"{returned.file.name}: there is nothing to send back: {why.message}; {why.fix}")
        form = form or self._library.form(f"{returned.form}@{returned.version}")
        stamp = returned.stamp or Stamp(form.id, form.version, "")
        role = opened(stamp.role)
        layout = self._layouts.of_copies(
            form, stamp.variant or None, role, hide_others=stamp.hides_others, wording=stamp.wording
        )
        content = sent_back(returned, layout)
        if not content.remarks:
            return None
        issued = Issued(content.answers, issued_in(layout.whole).given)
        copy = copy_of(layout, content.stamp, issued, role, in_print(look, stamp.print))
        to = returned.file.format if returned.file.format in self._registry.renderers else "word"
        return self._file(to, layout, replace(copy, typed=content.typed, remarks=content.remarks))

    def check_template(self, look: Look, to: str) -> None:
        """Raise TemplateError, which has everything that is wrong, if no file can be made from a look's template."""
        faults = self._registry.templated(to).template_faults(look.template, "template")
        if faults:
            raise TemplateError(faults)

    def uses_template(self, look: Look, to: str) -> bool:
        """Whether a look has a template and files of the format are made from one."""
        return bool(look.template) and isinstance(self._registry.renderer(to), TemplatedRenderer)

    def _file(self, to: str, layout: Layout, copy: Copy) -> bytes:
        return next(iter(self._registry.renderer(to).render(layout, [copy])))


def copy_of(layout: Layout, stamp: Stamp, issued: Issued, role: str | None, look: Look) -> Copy:
    """A copy with what was issued in it, so far as the layout shows it, and what follows from that."""
    shown = {key: value for key, value in issued.values.items() if layout.field(key)}
    return Copy(stamp, with_calculated(layout, shown), role, issued.given | layout.last_answers(shown), look)
