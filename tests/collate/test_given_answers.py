"""What a form or a round gives itself is shown in tables, and counted nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Collation, Toolkit
from qaf_forms.collate.codebook import codebook
from qaf_forms.collate.exporting import output_tables
from qaf_forms.issue.answers import nest
from qaf_forms.issue.given import issued_in
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round
from tests.collect.printing import form_of

LEVEL = {"type": "choice", "scale": "met"}
FORM = form_of(
    {
        "id": "core",
        "type": "grid",
        "columns": [
            {"id": "owner", "title": "Owner", "type": "text"},
            {"id": "last", "title": "Last year", **LEVEL},
            {"id": "now", "title": "This year", "required": True, **LEVEL},
        ],
        "rows": [
            {"id": "seen", "text": "Seen", "given": {"owner": "Front door", "last": "partly"}},
            {"id": "heard", "text": "Heard", "given": {"owner": "Front door"}},
        ],
    },
    {
        "id": "recs",
        "type": "table",
        "ask": "Recommendations",
        "prefill": {"locked": ["ref", "risk"], "rows": [{"ref": "R1", "risk": "met"}]},
        "columns": [
            {"id": "ref", "title": "Ref", "type": "text"},
            {"id": "risk", "title": "Risk", **LEVEL},
            {"id": "now", "title": "Where are we?", "required": True, **LEVEL},
        ],
    },
    {
        "id": "child",
        "type": "group",
        "ask": "Each child",
        "copies": 2,
        "items": [
            {
                "id": "care",
                "type": "grid",
                "columns": [{"id": "what", "title": "What", "type": "text"}, {"id": "now", "title": "Now", **LEVEL}],
                "rows": [{"id": "food", "text": "Food", "given": {"what": "Meals"}}],
            }
        ],
    },
)
PREFILL = {"recs": [{}, {"ref": "R2", "risk": "not_met"}]}


@pytest.fixture(scope="module")
def collation(tmp_path_factory: pytest.TempPathFactory) -> Collation:
    round_ = Round(
        id="r",
        form_name="audit",
        issued=date(2025, 3, 1),
        return_by=date(2025, 4, 1),
        return_to="a@example.org",
        recipients=(Recipient(id="police", agency="Police"),),
        prefill={"police": PREFILL},
    )
    kit = _Kit(round_)
    issued = issued_in(Layout(FORM), {"recs[2].ref": "R2", "recs[2].risk": "not_met"})
    answers = {
        **issued.values,
        "core.seen.now": "met",
        "recs[1].now": "met",
        "recs[2].now": "partly",
        "recs[3].ref": "Ours",
        "recs[3].risk": "na",
        "child[1].care.food.now": "met",
    }
    path = tmp_path_factory.mktemp("returns") / "police.docx"
    (copy, _), *_ = kit.issue(round_)
    path.write_bytes(kit.render(FORM, "word", answers=nest(answers), stamp=copy.stamp))
    return kit.collate(kit.collect(round_, [path]))


class _Kit(Toolkit):
    """A toolkit that knows the form."""

    def __init__(self, round_: Round) -> None:
        super().__init__()

    def form(self, name: str | Path) -> Any:
        return FORM


def counted(collation: Collation) -> dict[str, dict[str, int]]:
    return {
        count.question: {level.level.code: level.count for level in count.levels if level.count}
        for count in collation.counts
    }


def test_nothing_that_was_given_is_counted(collation: Collation) -> None:
    assert counted(collation) == {
        "core.seen.now": {"met": 1},
        "core.heard.last": {},
        "core.heard.now": {},
        "recs[].ref": {},
        "recs[].risk": {"na": 1},
        "recs[].now": {"met": 1, "partly": 1},
        "child[].care.food.now": {"met": 1},
    }
    by_question = {count.question: count for count in collation.counts}
    assert (by_question["recs[].risk"].asked, by_question["recs[].ref"].answered) == (1, 1)
    assert by_question["child[].care.food.now"].asked == 1, "a copy in which only the form says something was not used"


def test_nothing_that_was_given_is_in_the_heat_map_or_among_the_free_text(collation: Collation) -> None:
    assert [row.field.key for row in collation.heat] == ["core.seen.now", "core.heard.last", "core.heard.now", *_CARE]
    assert collation.free_text == ()


_CARE = ["child[1].care.food.now"]


def test_what_was_given_is_shown_among_the_answers_and_the_rows(collation: Collation) -> None:
    tables = {table.name: table for table in output_tables(collation)}
    answers = {row[-1]: (row[8], row[11]) for row in tables["Answers by question"].rows}
    assert answers["core.seen.last"] == ("Partly met", "given")
    assert answers["recs[2].ref"] == ("R2", "given")
    assert answers["recs[3].ref"] == ("Ours", "answered")
    (recs,) = collation.tables
    assert [[row.cells[name].shown for name in ("ref", "risk")] for row in recs.rows] == [
        ["R1", "Fully met"],
        ["R2", "Not met"],
        ["Ours", "N/A"],
    ]


def test_the_codebook_says_what_the_form_gives() -> None:
    needed = {entry.key: entry.required for entry in codebook(Layout(FORM))}
    assert needed["core.seen.last"] == "given: Partly met"
    assert needed["core.seen.now"] == "yes"
    assert needed["recs[].ref"] == "given in the rows that the form comes with"
    assert needed["recs[].now"] == "yes"
