"""Rounds: a copy for each recipient, and what became of the copies when they are back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from qaf_forms.collect.collection import Collection
from qaf_forms.collect.prefilled import as_issued
from qaf_forms.collect.ready import Ready, ready_answers
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.errors import RoundError
from qaf_forms.issue.agency_types import unknown_types
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.calculating import without_calculated
from qaf_forms.issue.given import Issued, issued_in
from qaf_forms.issue.issuing import IssuedCopy, issued_copies, wording_names
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import Look
from qaf_forms.issue.prefill import check_shown
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import HIDE
from qaf_forms.plugin.interfaces import Copy
from qaf_forms.plugin.registry import Registry
from qaf_forms.toolkit.copies import Copies, copy_of
from qaf_forms.toolkit.files import Reading
from qaf_forms.toolkit.layouts import Layouts, opened


class RoundOfForm:
    """One round with the form that it is about."""

    def __init__(self, round_: Round, form: Form, registry: Registry, library: Library, layouts: Layouts) -> None:
        self.round, self.form = round_, form
        self._registry, self._library, self._layouts = registry, library, layouts
        self._whole = layouts.layout(form)

    def issue(self, copies: Copies) -> Iterator[tuple[IssuedCopy, bytes]]:
        """One stamped copy for each recipient, with its file's content."""
        if unknown := [*unknown_types(self.form, self.round.recipients)]:
            raise RoundError(self.round.id, unknown)
        groups = _grouped([*self._issued_copies()])
        ready = ready_answers(self.round, self._whole)
        for group in groups:
            if copies.uses_template(group[0].look, group[0].format):
                copies.check_template(group[0].look, group[0].format)
            layout = self._layout_of(group[0])
            renderer = self._registry.renderer(group[0].format)
            files = renderer.render(layout, self._contents(layout, group, ready))
            for issued, data in zip(group, files, strict=True):
                told = ready.problems.get(issued.recipient.id, ())
                yield replace(issued.with_suffix(renderer.suffix), problems=told), data

    def collect(self, read_all: Callable[[Reading], Iterable[Return]]) -> Collection:
        """Who has replied, and every return. `read_all` reads the files that came back."""
        whole = self._whole
        ready, always = ready_answers(self.round, whole), issued_in(whole)
        issued = {id_: self._issued_to(id_, answers) for id_, answers in ready.answers.items()}
        by_copy = {(id_, self.round.role, self.round.stage): one for id_, one in issued.items()}
        is_plain = not (ready.answers or always.values or whole.shows_last)
        layouts = {copy.recipient.id: self._layout_of(copy) for copy in (() if is_plain else self._issued_copies())}

        def seen(returned: Return) -> Return:
            id_ = returned.recipient
            is_ours = id_ in layouts and self._is_of_round(returned)
            return as_issued(returned, layouts[id_], issued.get(id_, always)) if is_ours else returned

        how = Reading(self.form, issued=by_copy, look=self.round.look.loaded())
        returns = [seen(returned) for returned in read_all(how)]
        return Collection(self.round, self.form, Register.of(self.round, self.form, returns), returns)

    def _issued_copies(self) -> Iterator[IssuedCopy]:
        names = wording_names(self.round, partial(self._library.wordings.name, self.form))
        return issued_copies(
            self.round, lambda variant, wording: self._layouts.layout(self.form, variant, wording=wording), names
        )

    def _layout_of(self, copy: IssuedCopy) -> Layout:
        hide_others = self.round.others == HIDE
        role = opened(self.round.role)
        return self._layouts.of_copies(
            self.form, copy.variant or None, role, hide_others=hide_others, wording=copy.wording
        )

    def _contents(self, layout: Layout, group: Sequence[IssuedCopy], ready: Ready) -> Iterator[Copy]:
        prefill = self.round.prefill
        for one in group:
            id_ = one.recipient.id
            if id_ in prefill:
                check_shown(
                    layout, without_calculated(self._whole, flatten(self._whole, prefill[id_])), self._whole, id_
                )
            issued = self._issued_to(id_, ready.answers.get(id_, {}))
            yield copy_of(layout, one.stamp, issued, opened(self.round.role), one.look)

    def _issued_to(self, recipient: str, answers: Mapping[str, Value]) -> Issued:
        """What stands in a recipient's copy. One with answers that were collected holds those, and no defaults."""
        fresh = not (self.round.collected and answers) or recipient in self.round.prefill
        return issued_in(self._whole, without_calculated(self._whole, answers), fresh=fresh)

    def _is_of_round(self, returned: Return) -> bool:
        """Whether it is one of the copies that were issued, and not another role's or stage's copy of the same form."""
        return returned.stamp is None or (returned.role, returned.stage) == (self.round.role, self.round.stage)


def _grouped(copies: Sequence[IssuedCopy]) -> list[list[IssuedCopy]]:
    """The copies that share a blank file: those of one format, variant, wording and look."""
    groups: dict[tuple[str, str, str, Look], list[IssuedCopy]] = {}
    for issued in copies:
        groups.setdefault((issued.format, issued.variant, issued.wording, issued.look), []).append(issued)
    return list(groups.values())
