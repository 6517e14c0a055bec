"""Reading a round's file, and the lists and folders that it names."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from qaf_forms.define import scale
from qaf_forms.define.questions import AGENCY
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.yaml_source import Node, Source, read_file
from qaf_forms.errors import RoundError
from qaf_forms.issue.listing import DAY_EXAMPLE, Line, day, read_listing
from qaf_forms.issue.prefill import COLLECTED_RETURNS, read_prefill
from qaf_forms.issue.recipients import COLUMNS, SYNONYMS, Recipient, read_recipients
from qaf_forms.issue.round import DUE_TOO_SOON_ADVICE, Day, Others, Round, RoundId, Stage, WrittenLook, due_too_soon
from qaf_forms.issue.stamp import FIRST_STAGE, LOCK
from qaf_forms.problems import Code, Problem


class _Written(BaseModel):
    """What stands in a round's file, apart from the lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: RoundId
    form: scale.Line
    title: scale.Line | None = None
    period: scale.Line | None = None
    issued: Day
    return_by: Day
    return_to: scale.Line
    recipients: Any
    received: scale.Line | None = None
    prefill: scale.Line | None = None
    previous: Any = None
    role: scale.Identifier = AGENCY
    others: Others = LOCK
    stage: Stage = FIRST_STAGE
    wording: scale.Line | None = None
    look: WrittenLook = WrittenLook()


KEYS = tuple(_Written.model_fields)
_ADVICE = {
    "id": "use letters, digits, - and _, at most 60, such as neglect-2025",
    "issued": f"give a day such as {DAY_EXAMPLE}",
    "return_by": f"give a day such as {DAY_EXAMPLE}",
    "role": "name one of the form's roles, such as agency, or write all",
    "others": "write lock or hide",
    "look": "write keys and values: template (the path of a Word template), print (standard, large or easy_read), "
    'protect (forms), colour (such as "#1D4E63"), logo (the path of a picture) and logo_text (what it shows)',
    "stage": "use letters, digits, spaces, - and _, at most 40, such as moderated or 3_months",
}


def load_round(path: Path) -> Round:
    """The round in a YAML file; `RoundError` names everything that is wrong with it and with its lists."""
    source = read_file(path, path.name)
    if source.root is None:
        raise RoundError(str(path), source.problems)
    return _Loading(path, source, source.root).round()


class _Loading:
    """Loads one file and gathers every problem on the way."""

    def __init__(self, path: Path, source: Source, root: Node) -> None:
        self.path, self.source, self.root = path, source, root
        self.problems: list[Problem] = list(source.problems)

    def round(self) -> Round:
        if not isinstance(self.root.data, dict):
            said = self._problem("", "this is not a round", f"write keys and values: {', '.join(KEYS)}")
            raise RoundError(str(self.path), [said])
        written = self._checked()
        recipients = self._recipients()
        received, senders = self._received({recipient.id for recipient in recipients})
        collected, prefill = self._prefill(recipients)
        previous = self._previous()
        if written is not None:
            self._check(written)
        if self.problems or written is None:
            raise RoundError(str(self.path), self.problems)
        return Round(
            id=written.id,
            form_name=self._form_name(written.form),
            issued=written.issued,
            return_by=written.return_by,
            return_to=written.return_to,
            recipients=recipients,
            title=written.title or written.id,
            period=written.period or "",
            received=received,
            prefill=prefill,
            collected=collected,
            previous=previous,
            senders=senders,
            role=written.role,
            others=written.others,
            stage=written.stage,
            wording=written.wording or "",
            look=self._look(written.look),
        )

    def _checked(self) -> _Written | None:
        values = {key: _as_typed(node) for key in self.root.data if (node := self.root.child(key))}
        try:
            return _Written.model_validate(values)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                key = str(one["loc"][0])
                self.problems.append(self._fault(key, one["type"], one["msg"], values.get(key)))
            return None

    def _fault(self, key: str, kind: str, message: str, value: object) -> Problem:
        if kind == "missing":
            return self._problem(key, f"the round has no {key!r}", f"add {key}: ...")
        if kind == "extra_forbidden":
            return self._problem(key, f"{key!r} is not a key that a round can have", suggestion(key, KEYS))
        advice = _ADVICE.get(key, message[:1].lower() + message[1:])
        return self._problem(key, f"{str(value)!r} cannot be the {key} of a round", advice, str(value))

    def _check(self, written: _Written) -> None:
        if reason := due_too_soon(written.issued, written.return_by):
            self.problems.append(self._problem("return_by", reason, DUE_TOO_SOON_ADVICE))
        for what, name in (("template", written.look.template), ("logo", written.look.logo)):
            if name and not (self.path.parent / name).is_file():
                reason = f"there is no {what} {name!r}"
                self.problems.append(self._problem("look", reason, "its path counts from this file's folder"))
        name = self._form_name(written.form)
        if name != written.form and not Path(name).is_file():
            self.problems.append(
                self._problem("form", f"there is no file {written.form!r}", "its path counts from this file's folder")
            )

    def _look(self, written: WrittenLook) -> WrittenLook:
        """The look with the way to its files from anywhere."""
        names = {"template": written.template, "logo": written.logo}
        return written.model_copy(update={key: str(self.path.parent / name) for key, name in names.items() if name})

    def _form_name(self, form: str) -> str:
        is_path = form.endswith((".yaml", ".yml")) or "/" in form or "\\" in form
        return str(self.path.parent / form) if is_path else form

    def _recipients(self) -> tuple[Recipient, ...]:
        node = self.root.child("recipients")
        if node is None:
            return ()
        if isinstance(node.children, list):
            lines = tuple(self._entry(entry) for entry in node.children)
        elif node.children is None and node.text:
            listing = read_listing(self.path.parent / node.text, (*COLUMNS, *SYNONYMS), ("agency",), Code.BAD_RECIPIENT)
            self.problems.extend(listing.problems)
            if listing.problems:
                return ()
            lines = listing.lines
        else:
            advice = "give the path of a CSV file, or a list of entries with an agency each"
            self.problems.append(self._problem("recipients", "this is not a list of recipients", advice))
            return ()
        recipients, problems = read_recipients(lines)
        self.problems.extend(problems)
        if not lines:
            self.problems.append(self._problem("recipients", "the list of recipients is empty", "add one at least"))
        return recipients

    def _entry(self, node: Node) -> Line:
        inner = node.children if isinstance(node.children, dict) else {"": node}
        cells = {key: cell.text.strip() for key, cell in inner.items() if cell.data is not None}
        return Line(f"{self.path.name}:{node.line}", {key: text for key, text in cells.items() if text or not key})

    def _received(self, recipients: set[str]) -> tuple[dict[str, date], dict[str, str]]:
        node = self.root.child("received")
        if node is None or node.children is not None or not node.text:
            return {}, {}
        columns = ("file", "received", "recipient")
        listing = read_listing(self.path.parent / node.text, columns, columns[:2], Code.BAD_RECEIPT)
        self.problems.extend(listing.problems)
        received: dict[str, date] = {}
        senders: dict[str, str] = {}
        for line in () if listing.problems else listing.lines:
            self._receipt(line, received, senders, recipients)
        return received, senders

    def _receipt(self, line: Line, received: dict[str, date], senders: dict[str, str], recipients: set[str]) -> None:
        name = unicodedata.normalize("NFC", line.cells.get("file", ""))
        arrived = day(line.cells.get("received"))
        sender = line.cells.get("recipient", "")
        advice = f"give the file's name and a day such as {DAY_EXAMPLE}"
        if not name:
            reason = "the line names no file"
        elif arrived is None:
            reason = f"{line.cells.get('received', '')!r} is not a day"
        elif received.setdefault(name, arrived) != arrived:
            reason, advice = f"{name!r} stands twice with different days", "remove one"
        elif sender and sender not in recipients:
            reason, advice = f"no recipient has the id {sender!r}", suggestion(sender, sorted(recipients))
        else:
            senders |= {name: sender} if sender else {}
            return
        self.problems.append(Code.BAD_RECEIPT.problem(place=line.place, value=name, reason=reason, suggestion=advice))

    def _prefill(self, recipients: tuple[Recipient, ...]) -> tuple[str, dict[str, dict[str, Any]]]:
        """The folder of a collection, or the answers in a folder by recipient."""
        node = self.root.child("prefill")
        if node is None or node.children is not None or not node.text:
            return "", {}
        folder = self.path.parent / node.text
        if not folder.is_dir():
            advice = "its path counts from this file's folder"
            self.problems.append(self._problem("prefill", f"there is no folder {node.text!r}", advice))
            return "", {}
        if (folder / COLLECTED_RETURNS).is_file():
            return str(folder), {}
        found, problems = read_prefill(folder, {recipient.id for recipient in recipients})
        self.problems.extend(problems)
        return "", found

    def _previous(self) -> tuple[str, ...]:
        node = self.root.child("previous")
        entries = [node] if node and node.children is None and node.text else node.children if node else []
        found = []
        for entry in entries if isinstance(entries, list) else ():
            folder = self.path.parent / entry.text
            if entry.text and (folder / COLLECTED_RETURNS).is_file():
                found.append(str(folder))
            else:
                advice = "name a folder that `qaf-forms collect` wrote; its path counts from this file's folder"
                reason = f"there are no returns in {entry.text!r}"
                self.problems.append(self._problem("previous", reason, advice))
        return tuple(found)

    def _problem(self, key: str, reason: str, advice: str, value: str = "") -> Problem:
        line, _ = self.source.mark((key,) if key else (), at_key=True)
        place = f"{self.path.name}:{line}"
        return Code.BAD_ROUND.problem(place=place, value=value or key, reason=reason, suggestion=advice)


def _as_typed(node: Node) -> Any:
    """A word as it was typed, so that an id such as 007 keeps its zeros; lists as they are."""
    return node.data if node.data is None or node.children is not None else node.text
