"""Opening, commanding and storing one document, of either kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .connection import Connection, value

WRITER_FILTERS = {
    ".docx": "MS Word 2007 XML",
    ".odt": "writer8",
    ".rtf": "Rich Text Format",
    ".doc": "MS Word 97",
    ".pdf": "writer_pdf_Export",
}
CALC_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
    ".pdf": "calc_pdf_Export",
}
NEVER_RUN_MACROS = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE


@dataclass(frozen=True)
class Document:
    """A loaded document and the menu of commands a person has.

    A context manager that closes it. It is a class because contextlib's generators set
    `__traceback__`, which a UNO exception refuses, hiding the real one.
    """

    office: Connection
    model: Any
    source: Path

    @classmethod
    def open(cls, office: Connection, path: str) -> "Document":
        """Load `path` unseen and with macros off.

        Raise ValueError when LibreOffice cannot read it as a document or a workbook.
        """
        source = Path(path)
        options = (value("Hidden", True), value("MacroExecutionMode", NEVER_RUN_MACROS))
        url = source.as_uri()
        model = office.desktop.loadComponentFromURL(url, "_blank", 0, options)
        if model is None:
            raise ValueError(f"LibreOffice cannot open {source.name}")
        return cls(office, model, source)

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *ignored: object) -> None:
        self.model.close(True)

    @property
    def is_writer(self) -> bool:
        return bool(self.model.supportsService("com.sun.star.text.TextDocument"))

    def command(self, name: str, **arguments: object) -> None:
        """Run the menu or toolbar command `.uno:name` where the cursor stands."""
        self.office.dispatcher.executeDispatch(
            self.model.CurrentController.Frame,
            f".uno:{name}",
            "",
            0,
            tuple(value(key, content) for key, content in arguments.items()),
        )

    def enter(self, name: str, **arguments: object) -> None:
        """Run a command that must change something.

        Raise PermissionError when it did not: LibreOffice ignores in silence what is
        typed where a document is protected.
        """
        self.model.setModified(False)
        self.command(name, **arguments)
        if not self.model.isModified():
            raise PermissionError(f"{self.source.name} is protected there: {name} changed nothing")


def save(document: Document, path: str) -> None:
    """Store as `path` with the filter of its suffix, or raise ValueError if none."""
    target = Path(path)
    filters = WRITER_FILTERS if document.is_writer else CALC_FILTERS
    if target.suffix.lower() not in filters:
        kind = "document" if document.is_writer else "workbook"
        raise ValueError(f"a {kind} cannot be saved as {target.name}")
    name = filters[target.suffix.lower()]
    document.model.storeToURL(target.as_uri(), (value("FilterName", name),))


def perform(doings: Mapping[str, Callable[..., None]], target: Any, actions: list[dict[str, Any]]) -> None:
    """Do the actions in order. Raise ValueError naming the first that could not be."""
    for number, action in enumerate(actions, 1):
        fields = dict(action)
        name = fields.pop("do")
        try:
            doings[name](target, **fields)
        except Exception as error:  # UNO's exceptions share no narrower base
            raise ValueError(f"action {number}, {name}: {type(error).__name__}: {error}") from None
