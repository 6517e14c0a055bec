"""Makes the returns of the tutorial with LibreOffice: `uv run python tools/tutorial_returns.py`.

They are kept in `docs/tutorial/returns`, so that following the tutorial needs no office program.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qaf_forms import Toolkit
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.layout import Layout
from tests import respondent
from tests.office import Office
from tests.office.actions import AddComment, AppendRow, InsertParagraph, PutText, TypeInControl, TypeInExcel

TUTORIAL = Path(__file__).resolve().parent.parent / "docs" / "tutorial"

POLICE = {
    "completed_by": "B. Sergeant, public protection",
    "completed_on": "2025-03-31",
    "policy": "yes",
    "cases": 9,
    "practice": {
        "what_changed": {"answer": "partly", "evidence": "Asked in four of nine reviews."},
        "recorded": {"answer": "yes", "evidence": "Supervisor's entry on every log."},
    },
    "actions": [{"action": "Ask it in every review", "lead": "Detective inspector", "due": "2025-05-30"}],
}
HEALTH = {
    "completed_by": "C. Nurse, named nurse",
    "cases": 31,
    "practice": {
        "what_changed": {"answer": "yes", "evidence": "Templates ask it; dip sample of ten."},
        "recorded": {"answer": "partly", "evidence": "Health visitors yes, clinics no."},
    },
}
SCHOOLS = {
    "completed_by": "D. Teacher, safeguarding adviser",
    "completed_on": "2025-04-09",
    "policy": "no",
    "policy_missing": "Everything. A model policy goes to governors in July.",
    "practice": {"what_changed": {"answer": "no"}, "recorded": {"answer": "na"}},
}


def main() -> int:
    """Issue the round, fill in three of its copies, and say what was made."""
    toolkit = Toolkit()
    round_ = toolkit.round(TUTORIAL / "round.yaml")
    layout = toolkit.layout(toolkit.round_form(round_))
    returns = TUTORIAL / "returns"
    returns.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, Office() as office:
        issued: dict[str, Path] = {}
        for copy, data in toolkit.issue(round_):
            issued[copy.recipient.agency] = Path(made) / copy.file_name
            issued[copy.recipient.agency].write_bytes(data)
        office.fill_word(
            issued["Anytown Police"],
            returns / "police supervision.docx",
            [
                *respondent.in_word(layout, flatten(layout, POLICE)),
                AppendRow(
                    bookmark=_anchor(layout, "actions[1].action"),
                    cells=("", "Train new supervisors", "Learning and development", "30 Sept 2025"),
                ),
            ],
        )
        office.fill_excel(
            issued["Anytown Health"],
            returns / "health RETURN (final).xlsx",
            [
                *respondent.in_excel(layout, flatten(layout, HEALTH)),
                TypeInExcel(name=_anchor(layout, "completed_on"), text="14/4/25"),
                PutText(name=_anchor(layout, "policy"), text="Being rewritten"),
            ],
        )
        office.fill_word(
            issued["Anytown Schools"],
            returns / "Schools.docx",
            [
                *respondent.in_word(layout, flatten(layout, SCHOOLS)),
                TypeInControl(tag=_anchor(layout, "cases"), text="about 40"),
                InsertParagraph(text="Please ring me if anything is unclear."),
                AddComment(bookmark=_anchor(layout, "policy"), text="Academies have their own."),
            ],
        )
    print("\n".join(sorted(str(path.relative_to(TUTORIAL.parent.parent)) for path in returns.iterdir())))
    return 0


def _anchor(layout: Layout, key: str) -> str:
    field = layout.field(key)
    assert field is not None, key
    return field.anchor


if __name__ == "__main__":
    sys.exit(main())
