"""The family of case N-07 as eight agencies saw it. All of it is invented.

Two children, C1 (nine) and C2 (four), live with their mother P1; P2, the father of C2, comes and goes. The answers of
each agency are the common story below, changed where that agency saw something else.
"""

from __future__ import annotations

from typing import Any

Answers = dict[str, Any]

ROWS: dict[str, dict[str, tuple[str, str]]] = {
    "care": {
        "food": (
            "sometimes",
            "C1 told staff there is “not always tea”; cupboards were full on two of five visits.",
        ),
        "sleep": ("sometimes", "One mattress shared until January, then two beds from a charity."),
        "warmth": ("met", "Heating on at each visit. Coats and shoes fit."),
        "dental": ("not_met", "No dentist since 2022; C2 had two extractions in December."),
        "immunisation": ("met", "Both up to date by March."),
    },
    "lived": {
        "seen_alone": ("yes", "C1 seen alone on three dates; C2 watched at play with a worker they know."),
        "own_words": ("partly", "C1’s own words stand in two entries; C2’s play is described only once."),
        "communication": ("yes", "C2’s speech delay was known and pictures were used."),
        "identity": ("partly", "Family history is recorded; what faith means to P1 is not."),
        "daily_life": ("partly", "School mornings are clear. Weekends cannot be pictured from the record."),
        "changed_plan": ("partly", "The bedtime plan followed what C1 said about sleeping."),
        "home_seen": ("partly", "Kitchen and one bedroom seen; the second bedroom not until February."),
    },
    "early": {
        "first_sign_recorded": ("yes", "Noted on the day as a worry about neglect."),
        "prompt_action": ("partly", "A referral followed, after eleven working days."),
        "history": ("no", ""),
        "tool_shaped_plan": ("partly", "The profile was done and filed; two of five areas reached the plan."),
        "reassessed": ("partly", "After P2 returned, yes; after the missed appointments, no."),
        "right_help": ("partly", "Early help for five months where a child in need plan was warranted."),
        "parents_understood": ("yes", "P1’s low mood and its bad days are described with their effect on mornings."),
        "change_tested": ("no", ""),
    },
    "working": {
        "right_agencies": ("yes", "School and health visitor told within two days."),
        "lawful_basis": ("yes", "Consent is on file; the one share without it has a reason."),
        "meetings": ("yes", "Five of five, or a report sent before."),
        "one_plan": ("partly", "One plan from January; before that two, which asked different things."),
        "disagreement": ("na", ""),
        "school_health": ("yes", "Both added what they knew, in writing."),
        "adult_services": ("no", ""),
        "core_group": ("partly", "Four of six on time."),
    },
    "governance": {
        "procedure": ("yes", "Threshold guide cited in both decisions."),
        "oversight": ("partly", "A manager’s reasons are recorded at closure, not at step-down."),
        "records": ("yes", "Up to date within three working days throughout."),
        "chronology": ("no", ""),
        "training": ("yes", "All three workers in date."),
        "asks_what_changed": ("partly", "Asked in four of seven supervisions."),
        "legal": ("na", ""),
        "strategy": ("partly", "The toolkit was used; the strategy’s review points were not."),
    },
}
AREAS = ("lived", "early", "working", "governance")


def known_family(agency: str, role: str, email: str, **changes: Any) -> Answers:
    """What an agency that knew the family answers: the common story, with `changes` to any answer by its id."""
    answers: Answers = {
        "nil_return": "known",
        "systems": ["main_record", "linked_people"],
        "searched_by": "Safeguarding administrator",
        "searched_on": "2025-04-07",
        "agency": agency,
        "completer_role": role,
        "completer_email": email,
        "completed_on": "2025-04-21",
        "approver_role": "Head of safeguarding",
        **_case(),
        "child": [_first_child(), _second_child()],
        "home_visits": 5,
        "home_seen_on": "2025-02-18",
        **{grid: _grid(rows) for grid, rows in ROWS.items()},
        **_early_help(),
        **_judgements(),
        **_closing(),
    }
    for key, value in changes.items():
        grid, _, row = key.partition("__")
        if row:
            answers[grid][row] = _cells(grid, *value)
        else:
            answers[key] = value
    return {key: value for key, value in answers.items() if value is not None}


def unknown_family(role: str) -> Answers:
    """A nil return: the page at the front, and nothing else."""
    return {
        "nil_return": "not_known",
        "systems": ["main_record", "older_record", "shared_system"],
        "searched_by": role,
        "searched_on": "2025-04-09",
        "should_be_involved": "no",
    }


def _grid(rows: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {row: _cells("care" if rows is ROWS["care"] else "", *cells) for row, cells in rows.items()}


def _cells(grid: str, answer: str, evidence: str) -> dict[str, str]:
    cells = {"met" if grid == "care" else "answer": answer}
    return {**cells, "evidence": evidence} if evidence else cells


def _case() -> Answers:
    return {
        "case_ref": "N-07",
        "period_from": "2024-10-01",
        "period_to": "2025-03-31",
        "age_bands": ["age_1_4", "age_5_10"],
        "plans": ["early_help", "child_in_need"],
        "household": [
            {"person": "P1", "relationship": "Mother", "known": "known", "known_from": "2023-05-02"},
            {"person": "C1", "relationship": "Child, 9", "known": "known", "known_from": "2023-05-02"},
            {"person": "C2", "relationship": "Child, 4", "known": "known", "known_from": "2024-01-15"},
            {"person": "P2", "relationship": "Father of C2", "known": "not_known"},
        ],
        "independent": "yes",
        "practitioner_spoken": "yes",
        "practitioner_spoken_on": "2025-04-14",
        "family_view": "yes_via_worker",
        "family_view_words": "P1: “She came when she said she would.” C1: “Nobody asked what I wanted till Christmas.”",
    }


def _first_child() -> Answers:
    return {
        "child_code": "C1",
        "child_age": 9,
        "child_disabled": "no",
        "child_seen_alone": "yes",
        "child_seen_on": "2025-03-12",
        "child_life": "Gets C2 up and dressed before school. Likes football club, which stopped in November.\n"
        "Worries about mum on her “quiet days”.",
        "neglect": {
            "physical": {"level": "some", "evidence": "Hungry on arrival at school, eight dates."},
            "emotional": {"level": "clear", "evidence": "Cares for C2; says so herself."},
            "medical": {"level": "some", "evidence": "Glasses broken for four months."},
            "educational": {"level": "none"},
            "supervisory": {"level": "some", "evidence": "Alone with C2 after school on two dates."},
        },
        "missed_health": 3,
    }


def _second_child() -> Answers:
    return {
        "child_code": "C2",
        "child_age": 4,
        "child_disabled": "unsure",
        "child_seen_alone": "na",
        "child_life": "Smiles for C1 more than for anyone. Little speech; points and pulls.",
        "neglect": {
            "physical": {"level": "some", "evidence": "Nappy rash noted twice, treated late."},
            "emotional": {"level": "not_recorded"},
            "medical": {"level": "clear", "evidence": "Not brought to speech therapy or dentist."},
            "educational": {"level": "some", "evidence": "Nursery attendance 61 %."},
            "supervisory": {"level": "some", "evidence": "In C1’s care on two dates."},
        },
        "missed_health": 5,
    }


def _early_help() -> Answers:
    return {
        "first_sign_on": "2024-10-09",
        "first_sign": "C1 asleep in class and hungry, three mornings in two weeks.",
        "days_to_action": 11,
        "tool_used": "graded_profile",
        "tool_first_on": "2024-11-20",
        "tool_updated": "no",
        "tool_shared": "yes",
        "parent_factors": ["mental_health", "money_housing", "isolation"],
        "drift_months": 4,
        "drift_why": "Each service waited for the next one’s assessment. Nobody held the date.",
    }


def _judgements() -> Answers:
    why = {
        "lived": "The children were seen, and their days were understood only in part.",
        "early": "The worry was named early and acted on late.",
        "working": "People talked to each other. From January they worked to one plan.",
        "governance": "Sound records; supervision did not always ask what had changed.",
    }
    grades = {"lived": "requires_improvement", "early": "requires_improvement", "working": "good", "governance": "good"}
    found: Answers = {f"{area}_grade": grades[area] for area in AREAS}
    found |= {f"{area}_why": why[area] for area in AREAS}
    found["lived_strengths"] = "A worker whom C1 trusted, kept for the whole period."
    found["early_development"] = "A date for each step, and one person who holds it."
    return found


def _closing() -> Answers:
    return {
        "urgent": "no",
        "overall_grade": "requires_improvement",
        "overall_why": "Care did not get better for four months while the family was known to us.",
        "actions": [
            {
                "action": "Use the neglect profile again at each review",
                "outcome": "Change for the children can be seen, or its absence",
                "lead_role": "Team manager",
                "due_on": "2025-06-30",
                "status": "in_progress",
            },
            {
                "action": "Ask adult mental health for its view when a parent is low",
                "outcome": "Parents’ bad days are planned for",
                "lead_role": "Head of safeguarding",
                "due_on": "2025-07-31",
                "status": "not_started",
            },
        ],
        "learning": "A referral is not an outcome. Ask what has changed for the child.",
        "declaration": "yes",
        "signed_by": "Head of safeguarding",
        "signed_on": "2025-04-21",
    }
