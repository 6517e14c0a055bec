r"""What a respondent does to a form, as plain data.

In every text, "\n" is the Enter key (a new paragraph; in a cell of a workbook a new
line) and "\v" is Shift+Enter (a line break).

`Place` fields: a Word answer space is named by exactly one of `tag` (the content
control's w:tag in the file as issued) and `bookmark` (a bookmark in its table cell).
An Excel cell is named by `name` (a defined name, its top left cell) or by `sheet` and
`address`. Tables, and rows in Word, count from 0; rows in Excel count from 1.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing done to an open file."""

    def as_data(self) -> dict[str, Any]:
        """The action as JSON-able data: its fields, and its class name under `do`."""
        return {"do": type(self).__name__, **asdict(self)}


class WordAction(Action):
    """One thing done to an open document."""


class ExcelAction(Action):
    """One thing done to an open workbook."""


@dataclass(frozen=True, kw_only=True)
class InControl(WordAction):
    """Something done in the content control `tag`, or in the first by `bookmark`."""

    tag: str | None = None
    bookmark: str | None = None


@dataclass(frozen=True, kw_only=True)
class TypeInControl(InControl):
    """Click in a text control, select what it shows and type `text` over it.

    No text at all clears it.
    """

    text: str


@dataclass(frozen=True, kw_only=True)
class TickControl(InControl):
    """Click a checkbox control until it is `checked`."""

    checked: bool = True


@dataclass(frozen=True, kw_only=True)
class ChooseInControl(InControl):
    """Choose the item shown as `choice` in a drop-down control."""

    choice: str


@dataclass(frozen=True, kw_only=True)
class PickDateInControl(InControl):
    """Pick the date `iso` ("2025-03-12"), shown in the control as `text`."""

    iso: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TypeInCell(WordAction):
    """Select all of the table cell that holds `bookmark` and type `text` over it."""

    bookmark: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AppendToCell(WordAction):
    """Click at the end of cell `cell` ("B3") of table number `table` and type."""

    table: int
    cell: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AppendRow(WordAction):
    """Add a row at the end of table number `table`, or of the one with `bookmark`."""

    cells: tuple[str, ...]
    table: int | None = None
    bookmark: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeleteRow(WordAction):
    """Delete the row that holds `bookmark`, or row number `row` of table `table`."""

    bookmark: str | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, kw_only=True)
class InsertParagraph(WordAction):
    """Type a paragraph before table number `before_table`, or at the very end."""

    text: str
    before_table: int | None = None


@dataclass(frozen=True, kw_only=True)
class AddComment(WordAction):
    """Add a comment where `bookmark` begins."""

    bookmark: str
    text: str
    author: str = "A respondent"


@dataclass(frozen=True, kw_only=True)
class TrackChanges(WordAction):
    """Turn the recording of changes on or off for the actions that follow."""

    on: bool = True


@dataclass(frozen=True, kw_only=True)
class InCell(ExcelAction):
    """Something done in the cell `name`, or in `address` ("C4") of `sheet`."""

    name: str | None = None
    sheet: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class TypeInExcel(InCell):
    """Click the cell and type: "3/4/25" becomes a date, "=1+1" a formula, "'5" text.

    The locale is British: day first, full stop as the decimal mark.
    """

    text: str


@dataclass(frozen=True, kw_only=True)
class PutText(InCell):
    """Make the cell literal text whatever it looks like, as pasting text does."""

    text: str


@dataclass(frozen=True, kw_only=True)
class PutNumber(InCell):
    """Make the cell a number, keeping the format it has."""

    number: float


@dataclass(frozen=True, kw_only=True)
class AddNote(InCell):
    """Attach a note to the cell."""

    text: str


@dataclass(frozen=True, kw_only=True)
class WriteBelow(ExcelAction):
    """Type in column `column` ("B"), two rows below all that the sheet contains."""

    sheet: str
    text: str
    column: str = "A"


@dataclass(frozen=True, kw_only=True)
class InsertRows(ExcelAction):
    """Insert `count` rows above row `row`."""

    sheet: str
    row: int
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class DeleteRows(ExcelAction):
    """Delete `count` rows from row `row` on."""

    sheet: str
    row: int
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class RenameSheet(ExcelAction):
    """Give the sheet `sheet` another name."""

    sheet: str
    new_name: str


@dataclass(frozen=True, kw_only=True)
class AddSheet(ExcelAction):
    """Add an empty sheet after the others."""

    sheet: str


@dataclass(frozen=True, kw_only=True)
class Recalculate(ExcelAction):
    """Work out every formula anew."""


@dataclass(frozen=True, kw_only=True)
class FitRows(ExcelAction):
    """Make every row as high as its words need, but for words that stand over several cells."""
