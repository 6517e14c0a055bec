"""Makes `returns/`: `uv run python -m examples.neglect_audit_round.make_returns`, from the top of the repository.

Every form is issued by QAF Forms, filled in space by space in a real LibreOffice with what stands in `answers/`, and
saved by it. Then things happen to some of the files, as they do.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qaf_forms import Toolkit
from qaf_forms.issue.answers import flatten
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.round import Round
from tests import respondent
from tests.office import Office
from tests.office.actions import AddComment, AppendRow, InsertParagraph, WordAction

FOLDER = Path(__file__).parent
RETURNS = FOLDER / "returns"
ADDED_ROW = (
    "",
    "One list of missed dental care, shared with the school nurse each month",
    "C2 is seen in time",
    "Named nurse",
    "01/09/2025",
    "Not started",
)
BESIDE = "We could not open the files from before 2019; ask our records team."
COMMENT = "Is this the date the panel wanted?"

Answers = Mapping[str, Any]


def answers_in(name: str) -> dict[str, Any]:
    """What a returned file says."""
    answers: dict[str, Any] = json.loads((FOLDER / "answers" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    return answers


@dataclass(frozen=True)
class Making:
    """What is needed to make a file: an office, the form, the issued copies by recipient, and a place to work in."""

    office: Office
    layout: Layout
    issued: Mapping[str, Path]
    scratch: Path

    @classmethod
    def of(cls, office: Office, toolkit: Toolkit, round_: Round, scratch: Path) -> Making:
        """Issue the round into `scratch`, to be filled in there."""
        issued = {}
        for copy, data in toolkit.issue(round_):
            issued[copy.recipient.id] = scratch / copy.file_name
            issued[copy.recipient.id].write_bytes(data)
        return cls(office, toolkit.layout(toolkit.round_form(round_)), issued, scratch)

    def anchor(self, key: str) -> str:
        """The bookmark of a space."""
        field = self.layout.field(key)
        assert field is not None
        return field.anchor


Maker = Callable[[Making, Path, Path, Answers], None]


def word(making: Making, blank: Path, target: Path, answers: Answers, *more: WordAction) -> None:
    """Fill in a Word form, then do `more` to it."""
    actions = [*respondent.in_word(making.layout, flatten(making.layout, answers)), *more]
    making.office.fill_word(blank, target, actions)


def excel(making: Making, blank: Path, target: Path, answers: Answers) -> None:
    """Fill in a workbook."""
    making.office.fill_excel(blank, target, respondent.in_excel(making.layout, flatten(making.layout, answers)))


def with_remarks(making: Making, blank: Path, target: Path, answers: Answers) -> None:
    """A comment, and text outside the answer spaces."""
    comment = AddComment(bookmark=making.anchor("period_from"), text=COMMENT, author="A respondent")
    word(making, blank, target, answers, InsertParagraph(text=BESIDE), comment)


def by_way_of_odt(making: Making, blank: Path, target: Path, answers: Answers) -> None:
    """A row added to the table of actions, and saved as OpenDocument on the way."""
    row = AppendRow(bookmark=making.anchor("actions[4].action"), cells=ADDED_ROW)
    filled = making.scratch / "filled.docx"
    word(making, blank, filled, answers, row)
    between = making.office.convert(filled, making.scratch / "between.odt")
    making.office.convert(between, target)


def cut_short(making: Making, blank: Path, target: Path, answers: Answers) -> None:
    """Half of the file arrived."""
    whole = making.scratch / "whole.docx"
    word(making, blank, whole, answers)
    data = whole.read_bytes()
    target.write_bytes(data[: len(data) // 2])


FILES: Mapping[str, tuple[str, Maker]] = {
    "Neglect audit FINAL v2.docx": ("police", with_remarks),
    "social care N-07.xlsx": ("social-care", excel),
    "audit_from_health.docx": ("health-trust", by_way_of_odt),
    "ICB return (late - sorry).xlsx": ("icb", excel),
    "Hillside part done.docx": ("hillside", word),
    "Riverside not known.docx": ("riverside", word),
    "Copy of family support N-07 (1).xlsx": ("family-support", excel),
    "family support N-07 corrected.xlsx": ("family-support", excel),
    "probation scan.docx": ("probation", cut_short),
}
"""Every file that came back: whose it is, and how it is made."""


def make(making: Making, name: str, folder: Path) -> Path:
    """Make one file in `folder`. LibreOffice locks the folder it saves in, so it saves elsewhere."""
    recipient, maker = FILES[name]
    saved = making.scratch / f"saved{Path(name).suffix}"
    maker(making, making.issued[recipient], saved, answers_in(name))
    return Path(shutil.move(saved, folder / name))


def make_all(toolkit: Toolkit) -> Iterator[Path]:
    """Make every file anew."""
    round_ = toolkit.round(FOLDER / "round.yaml")
    RETURNS.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, Office() as office:
        making = Making.of(office, toolkit, round_, Path(scratch))
        for name in FILES:
            yield make(making, name, RETURNS)


if __name__ == "__main__":
    for made in make_all(Toolkit()):
        print(made.name)
