"""Calculated answers in a collation: beside the others, with figures, and nobody chased for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qaf_forms.collate.answers import Standing
from qaf_forms.collate.codebook import codebook
from qaf_forms.collate.collation import Collation
from qaf_forms.collate.exporting import output_tables
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import OutputCell, OutputTable
from tests.collect.printing import checked, document, form_of

BANDS = {"not_met": 0, "partly": 50, "met": 80}
FORM = form_of(
    {
        "id": "core",
        "type": "grid",
        "columns": [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}],
        "rows": [{"id": "seen", "text": "Seen?"}, {"id": "heard", "text": "Heard?"}],
    },
    {"id": "points", "type": "calculated", "ask": "Score", "calculate": "percent_of_possible", "of": ["core.level"]},
    {
        "id": "grade",
        "type": "calculated",
        "ask": "Grade",
        "calculate": "band",
        "of": ["points"],
        "scale": "met",
        "bands": BANDS,
    },
    {
        "id": "risks",
        "type": "table",
        "ask": "Risks",
        "columns": [
            {"id": "likelihood", "title": "Likelihood", "type": "integer"},
            {"id": "impact", "title": "Impact", "type": "integer"},
            {
                "id": "score",
                "title": "Score",
                "type": "calculated",
                "calculate": "product",
                "of": ["likelihood", "impact"],
            },
        ],
    },
    {"id": "lead", "type": "text", "ask": "Who leads?"},
)
LAYOUT = Layout(FORM)
RETURNS: dict[str, dict[str, Value]] = {
    "Police": {
        "core.seen.level": "met",
        "core.heard.level": "partly",
        "risks[1].likelihood": 2,
        "risks[1].impact": 5,
        "risks[2].impact": 4,
    },
    "Health": {"core.seen.level": "not_met", "core.heard.level": "na", "risks[1].likelihood": 1, "risks[1].impact": 3},
    "School": {"lead": "A head teacher"},
}


def returned(agency: str, values: dict[str, Value]) -> Return:
    contents = document(LAYOUT, values)
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "spring", agency.lower())
    contents.properties = stamp.properties
    return checked(contents, LAYOUT)


def collation() -> Collation:
    recipients = tuple(Recipient(id=name.lower(), agency=name) for name in RETURNS)
    round_ = Round(
        id="spring",
        form_name=FORM.id,
        issued=date(2025, 3, 14),
        return_by=date(2025, 4, 11),
        return_to="audits@example.org",
        recipients=recipients,
    )
    found = [returned(agency, values) for agency, values in RETURNS.items()]
    return Collation(round_, LAYOUT, Register.of(round_, FORM, found))


def table(name: str) -> OutputTable:
    return next(one for one in output_tables(collation()) if one.name == name)


def test_results_stand_among_the_answers_and_what_cannot_be_worked_out_is_not_unanswered() -> None:
    rows = [row for row in collation().answers if row.field.key in ("points", "grade")]
    assert [(row.respondent.agency, row.shown, row.standing, row.route) for row in rows] == [
        ("Police", "83.3%", Standing.ANSWERED, "computed"),
        ("Health", "0.0%", Standing.ANSWERED, "computed"),
        ("Police", "Fully met", Standing.ANSWERED, "computed"),
        ("Health", "Not met", Standing.ANSWERED, "computed"),
    ]
    answers = [row for row in table("Answers by question").rows if row[1] == "Score"]
    assert [row[8] for row in answers if row[0] == "A2"] == [83.3, 0]


def test_numbers_have_a_lowest_an_average_and_a_highest() -> None:
    counts = {count.question: count for count in collation().counts}
    points = counts["points"].figures
    assert points is not None
    assert (points.lowest, points.mean, points.highest) == (0, Decimal("41.65"), Decimal("83.3"))
    score = counts["risks[].score"].figures
    assert score is not None
    assert (score.lowest, score.mean, score.highest) == (3, Decimal("6.5"), 10)
    assert (counts["points"].answered, counts["points"].unanswered, counts["points"].not_asked) == (2, 0, 1)
    assert counts["lead"].figures is None
    rows = [row for row in table("Counts by question").rows if row[-1] == "points"]
    assert [(row[3], row[5], row[8:11]) for row in rows] == [
        ("Answered", 2, (0, 41.65, 83.3)),
        ("Not worked out", 1, (None, None, None)),
    ]


def test_a_band_is_on_the_heat_map_and_a_score_among_the_rows_of_its_table() -> None:
    (row,) = (row for row in table("Heat map").rows if row[0] == "A3")
    assert row[3:6] == (OutputCell("Fully met", "#2E7D32"), OutputCell("Not met", "#C62828"), OutputCell("–"))
    risks = table("Table A4")
    at = risks.columns.index("Score")
    assert [row[at] for row in risks.rows] == [10, "", 3]


def test_nobody_is_chased_for_a_result_and_the_codebook_says_how_it_is_worked_out() -> None:
    assert not [item for item in collation().to_chase if item.question in ("A2", "A3")]
    needed = {entry.key: entry.required for entry in codebook(LAYOUT)}
    assert (
        needed["grade"] == "Worked out for you: A2 as a level: Not met from 0, Partly met from 50, Fully met from 80."
    )
    assert needed["risks[].score"].startswith("Worked out for you: ")


def test_a_return_in_a_collection_keeps_its_results() -> None:
    one = returned("Police", RETURNS["Police"])
    again = Return.from_json(one.to_json(), LAYOUT)
    assert again == one
    assert again.values["grade"] == "met"
