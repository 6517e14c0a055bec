"""Agency types: for which of them a form is laid out, and which of those asked for it does not know.

A type that is written wrongly would leave out every question for that type without a word. So whatever names one is
asked whether the form knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_forms.define.form import Form
from qaf_forms.define.scale import fold
from qaf_forms.define.suggesting import suggestion
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.place import TYPE_SEPARATOR
from qaf_forms.issue.recipients import Recipient
from qaf_forms.problems import Code, Problem


def variant_for(form: Form, agency_type: str) -> str:
    """An agency type as the form spells it, whatever its case and spacing in a list of recipients.

    An agency can be of several types at once, a primary school and a maintained one: `Primary school; Maintained`.
    """
    known = _known(form)
    if fold(agency_type) in known:
        return known[fold(agency_type)]
    types = _parts(agency_type)
    if len(types) > 1 and any(fold(type_) in known for type_ in types):
        return f"{TYPE_SEPARATOR} ".join(known.get(fold(type_), type_) for type_ in types)
    return agency_type


def variant_known(form: Form, agency_type: str) -> str:
    """The same, or the error that says which types the form knows."""
    for _, reason, advice in _unknown(form, agency_type):
        raise QafFormsError(f"{reason}; {advice}")
    return variant_for(form, agency_type)


def unknown_types(form: Form, recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    """What the types of these recipients leave in doubt: every one that the form does not know."""
    for recipient in recipients:
        for type_, reason, advice in _unknown(form, recipient.agency_type):
            place = f"recipient {recipient.id}"
            yield Code.UNKNOWN_AGENCY_TYPE.problem(place=place, value=type_, reason=reason, suggestion=advice)


def _unknown(form: Form, agency_type: str) -> Iterator[tuple[str, str, str]]:
    """Each type that the form does not know, with what is wrong and what to do. Without types it asks all alike."""
    known = _known(form)
    if not known or fold(agency_type) in known:
        return
    for type_ in _parts(agency_type):
        if fold(type_) not in known:
            reason = f"{form.id} knows no agency type {type_!r}, so nothing says which of its questions are asked"
            advice = suggestion(type_, known.values())
            yield type_, reason, f"{advice}; or name it in the form's `other_agency_types`"


def _known(form: Form) -> dict[str, str]:
    return {fold(type_): type_ for type_ in form.agency_types()}


def _parts(agency_type: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{TYPE_SEPARATOR},+]", agency_type) if part.strip()]
