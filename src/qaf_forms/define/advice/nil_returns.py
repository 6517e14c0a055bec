"""The nil return: it should be there where it is needed, and never ask back what it has waived."""

from __future__ import annotations

from qaf_forms.define.advice.asking import askings
from qaf_forms.define.condition_places import located_tests
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import NIL_KEY, Form, Kind
from qaf_forms.define.spaces import Spaces
from qaf_forms.problems import Code


def advise_on_nil_return(form: Form, findings: Findings) -> None:
    """Questions of the first page that depend on waived ones, and case audits that have no such page."""
    if form.nil_return is None:
        _advise_on_missing_page(form, findings)
        return
    spaces = Spaces(form)
    first_page = {NIL_KEY, *(item.id for item in form.nil_return.items if item.id)}
    for written in spaces.written.values():
        if written.steps[0] != "nil_return":
            continue
        for test, steps in located_tests(written.condition, findings.source.find(written.steps), written.steps):
            key = written.scopes[0].whole(test.key)
            if key in spaces.by_key and key.split(".")[0].split("[")[0] not in first_page:
                findings.add(Code.NIL_CANNOT_WAIVE, steps, at_key=True, value=test.key)


def _advise_on_missing_page(form: Form, findings: Findings) -> None:
    """A case audit goes to agencies that did not know the person, too; they need a way to say so, and be done."""
    demanding = sum(any(getattr(one, "required", False) is True for one in asking.answers) for asking in askings(form))
    if form.kind is Kind.CASE_AUDIT and demanding:
        findings.add(Code.NO_NIL_RETURN, ("kind",), value=form.kind, count=demanding)
