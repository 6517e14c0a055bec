"""A small form, a round and returns made by hand, without any file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from qaf_forms.collate.collation import Collation
from qaf_forms.collect.reading import FileFacts
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Answer, Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Extra, Route
from qaf_forms.problems import Problem

FORM = Form.model_validate(
    {
        "id": "small_audit",
        "version": "2",
        "title": "Small audit",
        "kind": "case_audit",
        "owner": "A partnership",
        "marking": "OFFICIAL-SENSITIVE",
        "roles": {"agency": "Agency", "partnership": "Partnership"},
        "scales": {
            "known": {"levels": [{"code": "known", "label": "Known"}, {"code": "not_known", "label": "Not known"}]},
            "judged": {
                "levels": [
                    {"code": "yes", "label": "Yes", "score": 2, "colour": "#00AA00", "meaning": "in every case"},
                    {"code": "no", "label": "No", "score": 0, "colour": "#CC0000"},
                    {"code": "na", "label": "N/A", "is_na": True, "colour": "#999999"},
                    {"code": "unsure", "label": "Don't know", "is_nonresponse": True},
                ]
            },
        },
        "nil_return": {"ask": "Is the child known to you?", "waives_when": ["not_known"]},
        "sections": [
            {
                "id": "work",
                "title": "Your work",
                "items": [
                    {"id": "lead", "type": "text", "ask": "Who led the work?", "personal": True},
                    {"id": "visits", "type": "integer", "ask": "How many visits?"},
                    {
                        "id": "core",
                        "type": "grid",
                        "columns": [
                            {"id": "answer", "title": "Answer", "type": "choice", "scale": "judged", "required": True},
                            {"id": "evidence", "title": "Evidence", "type": "paragraph"},
                            {
                                "id": "moderated",
                                "title": "Moderated",
                                "type": "choice",
                                "scale": "judged",
                                "filled_by": "partnership",
                            },
                        ],
                        "rows": [
                            {"id": "seen", "text": "Was the child seen alone?"},
                            {"id": "heard", "text": "Was the child heard?"},
                        ],
                    },
                    {
                        "id": "why_not",
                        "type": "paragraph",
                        "ask": "Why was the child not seen?",
                        "when": {"core.seen.answer": "no"},
                    },
                    {
                        "id": "schools_only",
                        "type": "yes_no",
                        "ask": "Was the school told?",
                        "applies_to": ["School"],
                    },
                    {
                        "id": "child",
                        "type": "group",
                        "ask": "Each child",
                        "each": "Child",
                        "copies": 3,
                        "items": [{"id": "level", "type": "choice", "ask": "Neglect?", "scale": "judged"}],
                    },
                    {
                        "id": "agency_actions",
                        "type": "table",
                        "ask": "Your actions",
                        "blank_rows": 2,
                        "columns": [
                            {"id": "action", "title": "Action", "type": "text"},
                            {"id": "owner", "title": "Owner", "type": "text", "personal": True},
                            {"id": "due", "title": "Due", "type": "date"},
                        ],
                    },
                    {
                        "id": "practice",
                        "type": "table",
                        "ask": "Good practice",
                        "columns": [{"id": "what", "title": "What", "type": "text"}],
                    },
                ],
            }
        ],
    }
)
LAYOUT = Layout(FORM)


def a_round(*agencies: str, received: Mapping[str, date] | None = None, **kinds: str) -> Round:
    """A round due on 11 April 2025; `kinds` are agency types by recipient's id."""
    recipients = [
        Recipient(
            id=agency.lower(),
            agency=agency,
            agency_type=kinds.get(agency.lower(), ""),
            contact=f"{agency.lower()}@example.org",
            case="N-07",
        )
        for agency in agencies
    ]
    return Round(
        id="spring",
        title="Spring round",
        form_name="small_audit",
        issued=date(2025, 3, 14),
        return_by=date(2025, 4, 11),
        return_to="audits@example.org",
        recipients=tuple(recipients),
        received=received or {},
    )


def a_return(
    recipient: str,
    answers: Mapping[str, Value] | None = None,
    *,
    status: Status = Status.COMPLETE,
    name: str = "",
    round_id: str = "spring",
    form: str = "small_audit",
    version: str = "2",
    stage: str = "initial",
    role: str = "agency",
    stamped: bool = True,
    problems: Iterable[Problem] = (),
    extras: Iterable[Extra] = (),
) -> Return:
    """A return as the checker leaves it; `version` is the one that the file says it is."""
    answers = answers or {}
    name = name or f"{recipient}.docx"
    stamp = Stamp(form, version, LAYOUT.fingerprint, round_id, recipient, stage=stage, role=role) if stamped else None
    return Return(
        file=FileFacts(name, sha256(f"{name}{answers}".encode()).hexdigest(), 100),
        status=status,
        form=form,
        version="2",
        stamp=stamp,
        answers={key: Answer(value, str(value), f"place of {key}", Route.TAG) for key, value in answers.items()},
        problems=tuple(problems),
        extras=tuple(extras),
    )


def collated(round_: Round, *returns: Return, include_personal: bool = False) -> Collation:
    """The collation of these returns."""
    return Collation(round_, LAYOUT, Register.of(round_, FORM, returns), include_personal=include_personal)
