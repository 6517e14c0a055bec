"""Safeguarding audit forms: defined once, issued as Word and Excel, collected back as typed data, and collated.

Everything begins with a `Toolkit`::

    from qaf_forms import Toolkit

    toolkit = Toolkit()
    form = toolkit.form("neglect_case_audit")
    blank = toolkit.render(form, "word")
    returned = toolkit.read("police.docx")
    print(returned.status, returned.data, returned.problems)

What is named here is public; every other module may change. Names are imported when they are first used, so that
`import qaf_forms` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qaf_forms.collate.collation import Collation
    from qaf_forms.collect.collection import Collection
    from qaf_forms.collect.register import Register, RegisterEntry
    from qaf_forms.collect.returns import Answer, Return, Status
    from qaf_forms.define.form import Form
    from qaf_forms.errors import (
        AnswersError,
        DefinitionError,
        FormatError,
        QafFormsError,
        RoundError,
        TemplateError,
        UnknownFormError,
        UnknownWordingError,
        UnreadableFileError,
    )
    from qaf_forms.issue.issuing import IssuedCopy
    from qaf_forms.issue.look import Look, Print
    from qaf_forms.issue.recipients import Recipient
    from qaf_forms.issue.round import Round
    from qaf_forms.issue.stamp import Stamp
    from qaf_forms.plugin.interfaces import Extra, Limits, Route
    from qaf_forms.problems import Code, Problem
    from qaf_forms.toolkit import Toolkit
    from qaf_forms.toolkit.guarded import GuardedProcesses

_HOMES = {
    "Toolkit": "toolkit",
    "GuardedProcesses": "toolkit.guarded",
    "Form": "define.form",
    "Round": "issue.round",
    "Recipient": "issue.recipients",
    "IssuedCopy": "issue.issuing",
    "Look": "issue.look",
    "Print": "issue.look",
    "Stamp": "issue.stamp",
    "Return": "collect.returns",
    "Answer": "collect.returns",
    "Status": "collect.returns",
    "Register": "collect.register",
    "RegisterEntry": "collect.register",
    "Collection": "collect.collection",
    "Collation": "collate.collation",
    "Limits": "plugin.interfaces",
    "Extra": "plugin.interfaces",
    "Route": "plugin.interfaces",
    "Code": "problems",
    "Problem": "problems",
    "QafFormsError": "errors",
    "AnswersError": "errors",
    "DefinitionError": "errors",
    "FormatError": "errors",
    "RoundError": "errors",
    "TemplateError": "errors",
    "UnknownFormError": "errors",
    "UnknownWordingError": "errors",
    "UnreadableFileError": "errors",
}

__all__ = [
    "Answer",
    "AnswersError",
    "Code",
    "Collation",
    "Collection",
    "DefinitionError",
    "Extra",
    "Form",
    "FormatError",
    "GuardedProcesses",
    "IssuedCopy",
    "Limits",
    "Look",
    "Print",
    "Problem",
    "QafFormsError",
    "Recipient",
    "Register",
    "RegisterEntry",
    "Return",
    "Round",
    "RoundError",
    "Route",
    "Stamp",
    "Status",
    "TemplateError",
    "Toolkit",
    "UnknownFormError",
    "UnknownWordingError",
    "UnreadableFileError",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
