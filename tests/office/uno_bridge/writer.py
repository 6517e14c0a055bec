"""What a person does in a document."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .controls import controls_within, tags_in_order
from .documents import Document, perform

KEYS = {"\n": "InsertPara", "\v": "InsertLinebreak"}
CELL_NAME = re.compile(r"([A-Za-z]+)(\d+)")


@dataclass(frozen=True)
class Page:
    """An open document, with its controls as they stood when it was opened."""

    document: Document
    controls: list[Any]
    tags: list[str | None] = field(default_factory=list)

    @property
    def model(self) -> Any:
        return self.document.model

    @property
    def cursor(self) -> Any:
        return self.model.CurrentController.ViewCursor

    def type(self, text: str) -> None:
        r"""Type over the selection, with Enter for "\n" and Shift+Enter for "\v"."""
        for piece in re.split(r"([\n\v])", text):
            if piece in KEYS:
                self.document.enter(KEYS[piece])
            elif piece:
                self._key_in(piece)

    def _key_in(self, text: str) -> None:
        """Type one line, unwatched: redrawing after every word takes a minute a page."""
        self.model.lockControllers()
        try:
            self.document.enter("InsertText", Text=text)
        finally:
            self.model.unlockControllers()

    def anchor(self, bookmark: str) -> Any:
        """The range of a bookmark, or KeyError."""
        return _named(self.model.Bookmarks, bookmark, "bookmark").Anchor

    def cell(self, bookmark: str) -> Any:
        """The table cell that holds a bookmark, or KeyError when it is in none."""
        cell = self.anchor(bookmark).Cell
        if cell is None:
            raise KeyError(f"bookmark {bookmark!r} is not in a table")
        return cell

    def table(self, number: int | None, bookmark: str | None) -> Any:
        """The table with that number, counted from 0, or with that bookmark in it."""
        if bookmark is not None:
            self.cell(bookmark)
            return self.anchor(bookmark).TextTable
        return self.model.TextTables.getByIndex(number)

    def control(self, tag: str | None, bookmark: str | None) -> Any:
        """The control with that tag in the opened file, or first beside a bookmark."""
        if tag is not None:
            if len(self.tags) != len(self.controls):
                raise KeyError(
                    f"{len(self.tags)} controls in the file, but LibreOffice shows "
                    f"{len(self.controls)}: name the bookmark instead"
                )
            if tag not in self.tags:
                raise KeyError(f"no control tagged {tag!r}")
            return self.controls[self.tags.index(tag)]
        for control in controls_within(self.cell(bookmark or "")):
            return control
        raise KeyError(f"no control beside bookmark {bookmark!r}")


def fill(document: Document, request: dict[str, Any]) -> None:
    """Do the request's actions in order."""
    if not document.is_writer:
        raise ValueError(f"{document.source.name} is not a document")
    is_docx = document.source.suffix.lower() in (".docx", ".docm")
    tags = tags_in_order(document.source) if is_docx else []
    page = Page(document, list(controls_within(document.model.Text)), tags)
    perform(DOINGS, page, request["actions"])


def type_in_control(page: Page, text: str, **place: Any) -> None:
    _select_control(page, page.control(**place))
    if not text:
        page.document.enter("Delete")
    page.type(text)


def tick_control(page: Page, checked: bool, **place: Any) -> None:
    control = page.control(**place).ContentControl
    if control.Checked != checked:
        glyph = control.CheckedState if checked else control.UncheckedState
        _replace(page, control, glyph)
        control.Checked = checked


def choose_in_control(page: Page, choice: str, **place: Any) -> None:
    control = page.control(**place).ContentControl
    shown = [item[0].Value for item in control.ListItems]
    if choice not in shown:
        raise KeyError(f"{choice!r} is not in the list {shown}")
    _replace(page, control, choice)


def pick_date_in_control(page: Page, iso: str, text: str, **place: Any) -> None:
    control = page.control(**place).ContentControl
    _replace(page, control, text)
    control.CurrentDate = f"{iso}T00:00:00Z"


def type_in_cell(page: Page, bookmark: str, text: str) -> None:
    cell = page.cell(bookmark)
    page.cursor.gotoRange(cell.Start, False)
    page.cursor.gotoRange(cell.End, True)
    page.document.command("Delete")
    page.type(text)


def append_to_cell(page: Page, table: int, cell: str, text: str) -> None:
    found = page.table(table, None).getCellByName(cell)
    if found is None:
        raise KeyError(f"table {table} has no cell {cell!r}")
    page.cursor.gotoRange(found.End, False)
    page.type(text)


def append_row(page: Page, cells: list[str], table: int | None, bookmark: str | None) -> None:
    found = page.table(table, bookmark)
    last = found.Rows.Count
    found.Rows.insertByIndex(last, 1)
    for column, text in enumerate(cells):
        page.cursor.gotoRange(found.getCellByPosition(column, last).Start, False)
        page.type(text)


def delete_row(page: Page, bookmark: str | None, table: int | None, row: int | None) -> None:
    found = page.table(table, bookmark)
    if bookmark is not None:
        match = CELL_NAME.match(page.cell(bookmark).CellName)
        row = int(match[2]) - 1 if match else None
    if row is None:
        raise KeyError("which row?")
    found.Rows.removeByIndex(row, 1)


def insert_paragraph(page: Page, text: str, before_table: int | None) -> None:
    end = page.model.Text.End
    if before_table is not None:
        end = _paragraph_before(page.model.Text, page.table(before_table, None))
    page.cursor.gotoRange(end, False)
    page.type("\n" + text)


def add_comment(page: Page, bookmark: str, text: str, author: str) -> None:
    page.cursor.gotoRange(page.anchor(bookmark).Start, False)
    page.document.enter("InsertAnnotation", Text=text, Author=author)


def track_changes(page: Page, on: bool) -> None:
    page.model.RecordChanges = on


def _select_control(page: Page, portion: Any) -> None:
    """Select all that a control shows, without the control itself."""
    cursor = page.cursor
    if portion.TextPortionType == "ContentControl":
        cursor.gotoRange(portion.ContentControl.Anchor, False)
        return
    anchor = portion.TextField.Anchor
    cursor.gotoRange(anchor.Start, False)
    cursor.goRight(1, False)  # past the field's opening mark
    cursor.goRight(len(anchor.String), True)


def _replace(page: Page, control: Any, text: str) -> None:
    page.cursor.gotoRange(control.Anchor, False)
    page.type(text)
    control.ShowingPlaceHolder = False  # as choosing from the list does


def _paragraph_before(text: Any, table: Any) -> Any:
    """The end of the paragraph just above a table, or KeyError when there is none."""
    end: Any = None
    for block in text:
        if block.supportsService("com.sun.star.text.TextTable"):
            if block.Name == table.Name and end is not None:
                return end
            end = None
        else:
            end = block.getEnd()
    raise KeyError(f"no paragraph stands just above table {table.Name!r}")


def _named(collection: Any, name: str, kind: str) -> Any:
    if not collection.hasByName(name):
        raise KeyError(f"no {kind} {name!r}")
    return collection.getByName(name)


DOINGS: dict[str, Callable[..., None]] = {
    "TypeInControl": type_in_control,
    "TickControl": tick_control,
    "ChooseInControl": choose_in_control,
    "PickDateInControl": pick_date_in_control,
    "TypeInCell": type_in_cell,
    "AppendToCell": append_to_cell,
    "AppendRow": append_row,
    "DeleteRow": delete_row,
    "InsertParagraph": insert_paragraph,
    "AddComment": add_comment,
    "TrackChanges": track_changes,
}
