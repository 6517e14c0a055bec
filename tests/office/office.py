"""`Office`: what the tests call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from .actions import ExcelAction, WordAction
from .installation import Installation, find_libreoffice
from .processes import OfficeError, Session


@dataclass
class Office:
    """A headless LibreOffice that does to a file what a respondent would do.

    Use it as a context manager. The office starts with the first call and is kept for
    the next; after a call that ran out of time it is ended, and the next call starts
    another. Times are in seconds. Every method raises OfficeError when the office
    cannot do what was asked, and then writes no file.
    """

    installation: Installation | None = None
    start_timeout: float = 60.0
    call_timeout: float = 120.0
    _session: Session | None = field(default=None, init=False, repr=False)

    def __enter__(self) -> "Office":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def version(self) -> str:
        """LibreOffice's version, such as "7.4.7.2"."""
        return self.start().version

    def start(self) -> Session:
        """Start the office unless it runs already. Raise OfficeError if it cannot."""
        if self._session is None:
            found = self.installation or find_libreoffice()
            if isinstance(found, str):
                raise OfficeError(found)
            self._session = Session(found, self.start_timeout)
        return self._session

    def close(self) -> None:
        """End the office and its bridge. Harmless when they are not running."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def convert(self, src: Path, dst: Path) -> Path:
        """Open `src`, save it as `dst` in the format of its suffix, return `dst`.

        Documents: docx, odt, rtf, doc, pdf. Workbooks: xlsx, ods, xls, pdf.
        """
        return self._call("convert", src, dst, [])

    def fill_word(self, src: Path, dst: Path, actions: Sequence[WordAction]) -> Path:
        """Open the document `src`, do `actions` in order, save as `dst`, return it."""
        return self._call("fill_word", src, dst, [one.as_data() for one in actions])

    def fill_excel(self, src: Path, dst: Path, actions: Sequence[ExcelAction]) -> Path:
        """Open the workbook `src`, do `actions` in order, save as `dst`, return it."""
        return self._call("fill_excel", src, dst, [one.as_data() for one in actions])

    def _call(self, operation: str, src: Path, dst: Path, actions: list[dict[str, Any]]) -> Path:
        question = {
            "operation": operation,
            "src": str(src.resolve()),
            "dst": str(dst.resolve()),
            "actions": actions,
        }
        session = self.start()
        try:
            session.call(question, self.call_timeout)
        except OfficeError:
            if not session.idle:
                self._session = None
                session.close(patience=0)
            raise
        return dst
