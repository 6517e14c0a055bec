"""Makes `returns/`: `uv run python -m examples.neglect_audit_round.make_returns`, from the top of the repository.

Every form is issued by QAF Forms, filled in space by space in a real LibreOffice, and saved by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from examples.neglect_audit_round.story import Answers, known_family, unknown_family
from qaf_forms import Toolkit
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.layout import Layout
from tests import respondent
from tests.office import Office
from tests.office.actions import AddComment, AppendRow, InsertParagraph, WordAction

FOLDER = Path(__file__).parent
RETURNS = FOLDER / "returns"
ADDED_ROW = (
    "",
    "Ask for one dental list with the school nurse",
    "C2 is seen",
    "Named nurse",
    "01/09/2025",
    "Not started",
)
BESIDE = "We could not open the files from before 2023; ask our records team."
COMMENT = "Is this the date the panel wanted?"


def answers_of() -> dict[str, Answers]:
    """What each file says, by its name."""
    charity = known_family(
        "Anytown Family Support Charity",
        "Service manager",
        "lead@family-support.example",
        home_visits=21,
        care__sleep=("met", "We found the beds."),
        lived__own_words=("yes", "C1’s own pages are in the file."),
        lived__home_seen=("yes", "Every room, every month."),
        early__change_tested=("yes", "Visits at breakfast and bedtime, two of them without notice."),
        working__meetings=("partly", "Invited to three of five."),
        governance__legal=("na", ""),
        lived_grade="outstanding",
        lived_why="The children speak on every page.",
    )
    return {
        "Neglect audit FINAL v2.docx": _police(),
        "social care N-07.xlsx": _social_care(),
        "audit_from_health.docx": _health(),
        "ICB return (late - sorry).xlsx": _icb(),
        "Hillside part done.docx": _hillside(),
        "Riverside not known.docx": unknown_family("Designated safeguarding lead"),
        "Copy of family support N-07 (1).xlsx": {**charity, "overall_grade": "good", "overall_why": "We kept going."},
        "family support N-07 corrected.xlsx": charity,
        "probation scan.docx": known_family("Anytown Probation", "Team manager", "audits@probation.example"),
    }


def _police() -> Answers:
    return known_family(
        "Anytown Police",
        "Detective sergeant, safeguarding",
        "audits@police.example",
        team="Multi-agency safeguarding hub",
        home_visits=2,
        care__sleep=("not_recorded", ""),
        care__dental=("na", ""),
        care__immunisation=("na", ""),
        lived__own_words=("no", ""),
        lived__daily_life=("no", ""),
        early__prompt_action=("yes", "Notification sent the same evening."),
        early__right_help=("na", ""),
        working__core_group=("na", ""),
        governance__chronology=("partly", "Incidents listed by date; no pattern drawn from them."),
        governance__asks_what_changed=("na", ""),
        lived__seen_alone=("partly", "C1 spoken to alone once; on the second visit in the kitchen with P1."),
        lived_grade="inadequate",
        lived_why="Officers wrote about the adults. The children’s day is not in our record.",
        legal_on=None,
        told=[
            {"whom": "Children’s social care", "told_on": "2024-10-09", "how": "Notification", "response": "Screened"}
        ],
    )


def _social_care() -> Answers:
    return known_family(
        "Anytown Children's Social Care",
        "Quality assurance lead",
        "qa@council.example",
        systems=["main_record", "linked_people", "contact_log"],
        completed_on="2025-04-27",
        home_visits=9,
        lived__own_words=("yes", "Five entries in C1’s words; a drawing by C2 with what he said of it."),
        lived__daily_life=("yes", "A week in the life of each child, written in January."),
        early__prompt_action=("no", ""),
        early__history=("yes", "Two closed referrals read and named in the assessment."),
        early__change_tested=("partly", "Two visits without notice in March."),
        working__core_group=("yes", "Six of six."),
        working_grade="outstanding",
        working_why="Everyone knew the plan, and the plan had dates.",
        governance__chronology=("yes", "One page, from 2019 on, used in supervision."),
        governance__legal=("partly", "Talked about in February; no date set."),
        legal_on="2025-02-20",
        working__disagreement=("yes", "School asked for the step-down to be looked at again."),
        disagreement_outcome="The plan stayed at child in need, with a date for review.",
        good_practice=[
            {"what": "School kept a breakfast place without asking for forms", "by_whom": "Hillside", "quote": "yes"}
        ],
        reflective=[
            {
                "attendee": "Social worker",
                "attendee_role": "Allocated worker",
                "attendee_email": "worker@council.example",
            }
        ],
    )


def _health() -> Answers:
    return known_family(
        "Anytown Community Health Trust",
        "Named nurse",
        "safeguarding@health.example",
        home_visits=4,
        care__food=("met", "Weight and growth on the expected line for both."),
        care__warmth=("sometimes", "Cold on one visit in four."),
        lived__daily_life=("yes", "Both children’s mornings, meals and nights are described."),
        lived__changed_plan=("no", ""),
        early__tool_shaped_plan=("yes", "Each area of the profile has a step in the plan."),
        working__one_plan=("no", ""),
        working__adult_services=("partly", "Perinatal team asked; no reply on file."),
        governance__training=("partly", "One of two in date."),
        lived_grade="good",
        lived_why="Health visitor’s notes let the reader see both children’s day.",
        early__history=("partly", "Read at the move-in visit; not again."),
    )


def _icb() -> Answers:
    return known_family(
        "Anytown Integrated Care Board",
        "Designated nurse",
        "nurse@icb.example",
        completed_on="2025-05-08",
        home_visits=0,
        home_seen_on=None,
        care__food=("not_recorded", ""),
        care__sleep=("not_recorded", ""),
        care__warmth=("not_recorded", ""),
        lived__seen_alone=("no", ""),
        lived__own_words=("no", ""),
        lived__changed_plan=("na", ""),
        early__first_sign_recorded=("partly", "“DNA” entered five times, never as neglect."),
        early__reassessed=("no", ""),
        working__right_agencies=("no", ""),
        governance__oversight=("no", ""),
        governance__strategy=("no", ""),
        lived__home_seen=("na", ""),
        working__meetings=("no", ""),
        working_grade="inadequate",
        working_why="The practice was not told of the meetings, and did not ask.",
        overall_grade="inadequate",
        overall_why="Five missed appointments in one family, and no one joined them up.",
    )


def _hillside() -> Answers:
    """Stopped half-way: the areas of governance and the close are not answered."""
    whole = known_family(
        "Hillside Primary School",
        "Deputy head",
        "office@hillside.example",
        home_visits=0,
        care__warmth=("sometimes", "No coat on six cold days; one given in December."),
        lived__seen_alone=("yes", "C1 sees the learning mentor each Tuesday."),
        lived__home_seen=("na", ""),
        early__prompt_action=("yes", "Called the same morning, each time."),
        lived_grade="good",
        lived_why="Staff who know C1 write down what she says.",
    )
    return {
        key: value
        for key, value in whole.items()
        if not key.startswith(("governance", "overall", "urgent", "declaration", "signed", "working_", "home_seen"))
    }


def main() -> None:
    """Make every file anew."""
    kit = Toolkit()
    round_ = kit.round(FOLDER / "round.yaml")
    form = kit.round_form(round_)
    layout = kit.layout(form)
    RETURNS.mkdir(exist_ok=True)
    (FOLDER / "answers").mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, Office() as office:
        issued = {}
        for copy, data in kit.issue(round_):
            issued[copy.recipient.id] = Path(scratch) / copy.file_name
            issued[copy.recipient.id].write_bytes(data)
        making = Making(office, layout, Path(scratch))
        for (name, answers), (recipient, finish) in zip(answers_of().items(), FINISHES, strict=True):
            written = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
            (FOLDER / "answers" / f"{Path(name).stem}.json").write_text(written, encoding="utf-8")
            finish(making, issued[recipient], RETURNS / name, answers)
            print(name)


class Making:
    """What is needed to make a file."""

    def __init__(self, office: Office, layout: Layout, scratch: Path) -> None:
        self.office, self.layout, self.scratch = office, layout, scratch

    def word(self, blank: Path, target: Path, answers: Answers, *more: WordAction) -> None:
        """Fill in a Word form, then do `more` to it."""
        actions = [*respondent.in_word(self.layout, flatten(self.layout, answers)), *more]
        self.office.fill_word(blank, target, actions)

    def excel(self, blank: Path, target: Path, answers: Answers) -> None:
        """Fill in a workbook."""
        self.office.fill_excel(blank, target, respondent.in_excel(self.layout, flatten(self.layout, answers)))

    def anchor(self, key: str) -> str:
        """The bookmark of a space."""
        field = self.layout.field(key)
        assert field is not None
        return field.anchor


def _plain(making: Making, blank: Path, target: Path, answers: Any) -> None:
    (making.word if target.suffix == ".docx" else making.excel)(blank, target, answers)


def _with_remarks(making: Making, blank: Path, target: Path, answers: Any) -> None:
    """A comment, and text outside the answer spaces."""
    comment = AddComment(bookmark=making.anchor("period_from"), text=COMMENT, author="A respondent")
    making.word(blank, target, answers, InsertParagraph(text=BESIDE), comment)


def _by_way_of_odt(making: Making, blank: Path, target: Path, answers: Any) -> None:
    """A row added to the table of actions, and saved as OpenDocument on the way."""
    row = AppendRow(bookmark=making.anchor("actions[4].action"), cells=ADDED_ROW)
    filled = making.scratch / "filled.docx"
    making.word(blank, filled, answers, row)
    between = making.office.convert(filled, making.scratch / "between.odt")
    making.office.convert(between, target)


def _cut_short(making: Making, blank: Path, target: Path, answers: Any) -> None:
    """Half of the file arrived."""
    whole = making.scratch / "whole.docx"
    making.word(blank, whole, answers)
    data = whole.read_bytes()
    target.write_bytes(data[: len(data) // 2])


FINISHES: tuple[tuple[str, Callable[[Making, Path, Path, Any], None]], ...] = (
    ("police", _with_remarks),
    ("social-care", _plain),
    ("health-trust", _by_way_of_odt),
    ("icb", _plain),
    ("hillside", _plain),
    ("riverside", _plain),
    ("family-support", _plain),
    ("family-support", _plain),
    ("probation", _cut_short),
)


if __name__ == "__main__":
    main()
