"""What a person does in a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .documents import Document, perform


@dataclass(frozen=True)
class Workbook:
    """An open workbook."""

    document: Document

    @property
    def model(self) -> Any:
        return self.document.model

    def sheet(self, name: str | None) -> Any:
        """A sheet, or KeyError."""
        if not self.model.Sheets.hasByName(name or ""):
            raise KeyError(f"no sheet {name!r}")
        return self.model.Sheets.getByName(name)

    def cell(self, name: str | None, sheet: str | None, address: str | None) -> Any:
        """The top left cell of a defined name, or the cell at an address of a sheet."""
        if name is None:
            return self.sheet(sheet).getCellRangeByName(address)
        if not self.model.NamedRanges.hasByName(name):
            raise KeyError(f"no defined name {name!r}")
        area = self.model.NamedRanges.getByName(name).ReferredCells
        if area is None:
            raise KeyError(f"the defined name {name!r} stands for no cell")
        return area.getCellByPosition(0, 0)

    def enter(self, cell: Any, text: str) -> None:
        """Click the cell and type. PermissionError when it is locked."""
        if cell.Spreadsheet.isProtected() and cell.CellProtection.IsLocked:
            raise PermissionError(f"{cell.AbsoluteName} is locked")
        controller = self.model.CurrentController
        controller.setActiveSheet(cell.Spreadsheet)
        controller.select(cell)
        self.document.enter("EnterString", StringName=text)


def fill(document: Document, request: dict[str, Any]) -> None:
    """Do the request's actions in order."""
    if document.is_writer:
        raise ValueError(f"{document.source.name} is not a workbook")
    perform(DOINGS, Workbook(document), request["actions"])


def type_in_excel(book: Workbook, text: str, **place: Any) -> None:
    book.enter(book.cell(**place), text)


def put_text(book: Workbook, text: str, **place: Any) -> None:
    book.cell(**place).String = text


def put_number(book: Workbook, number: float, **place: Any) -> None:
    book.cell(**place).Value = number


def add_note(book: Workbook, text: str, **place: Any) -> None:
    cell = book.cell(**place)
    cell.Spreadsheet.Annotations.insertNew(cell.CellAddress, text)


def write_below(book: Workbook, sheet: str, text: str, column: str) -> None:
    found = book.sheet(sheet)
    area = found.createCursor()
    area.gotoEndOfUsedArea(False)
    row = area.RangeAddress.EndRow + 3
    book.enter(found.getCellRangeByName(f"{column}{row}"), text)


def insert_rows(book: Workbook, sheet: str, row: int, count: int) -> None:
    book.sheet(sheet).Rows.insertByIndex(row - 1, count)


def delete_rows(book: Workbook, sheet: str, row: int, count: int) -> None:
    book.sheet(sheet).Rows.removeByIndex(row - 1, count)


def rename_sheet(book: Workbook, sheet: str, new_name: str) -> None:
    book.sheet(sheet).Name = new_name


def add_sheet(book: Workbook, sheet: str) -> None:
    book.model.Sheets.insertNewByName(sheet, book.model.Sheets.Count)


def recalculate(book: Workbook) -> None:
    book.model.calculateAll()


def fit_rows(book: Workbook) -> None:
    for sheet in book.model.Sheets:
        sheet.unprotect("")
        area = sheet.createCursor()
        area.gotoEndOfUsedArea(False)
        rows = (sheet.Rows.getByIndex(number) for number in range(area.RangeAddress.EndRow + 1))
        for row in rows:
            if row.IsVisible:
                row.OptimalHeight = True


DOINGS: dict[str, Callable[..., None]] = {
    "TypeInExcel": type_in_excel,
    "PutText": put_text,
    "PutNumber": put_number,
    "AddNote": add_note,
    "WriteBelow": write_below,
    "InsertRows": insert_rows,
    "DeleteRows": delete_rows,
    "RenameSheet": rename_sheet,
    "AddSheet": add_sheet,
    "Recalculate": recalculate,
    "FitRows": fit_rows,
}
