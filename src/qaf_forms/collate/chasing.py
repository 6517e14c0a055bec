"""What is still to be cleared up: for each agency in words that can be sent, and for the coordinator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qaf_forms.collate.privacy import Privacy
from qaf_forms.collect.asking import asked, quoted
from qaf_forms.collect.register import Register, RegisterEntry, State
from qaf_forms.collect.returns import Return
from qaf_forms.define.questions import AGENCY
from qaf_forms.issue.fields import Field
from qaf_forms.issue.issuing import day_in_words
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.round import Round
from qaf_forms.problems import Problem

_PRINTED_CODE = re.compile(r"^section [A-Z]+, question ([^,]+)")


@dataclass(frozen=True, slots=True)
class ToChase:
    """One thing to clear up. `for_agency`: `words` can be sent as they stand; else they tell the coordinator.

    `code` is that of the problem, empty where the matter is a whole return; `question` is the printed code.
    """

    for_agency: bool
    agency: str
    contact: str
    case: str
    words: str
    question: str = ""
    place: str = ""
    file: str = ""
    code: str = ""


class Chase:
    """Words everything that a register and its returns leave open."""

    def __init__(self, round_: Round, layout: Layout, privacy: Privacy) -> None:
        self.round, self.layout, self.privacy = round_, layout, privacy

    def all(self, register: Register) -> Iterator[ToChase]:
        """Everything to chase: return by return in the order of the register, and within one in printed order."""
        for entry, one in register.lines:
            words = self._about_the_return(entry, one)
            if words:
                for_agency = bool(entry.agency) and entry.state is not State.DUPLICATE
                yield self._item(entry, for_agency, words)
            if one is not None and entry.counts and entry.state is not State.BLANK:
                yield from self._problems(entry, one)

    def _about_the_return(self, entry: RegisterEntry, one: Return | None) -> str:
        wording = _RETURN_WORDS.get(entry.state)
        adds_nothing = entry.identical or one is None or not one.answers
        if wording is None or (entry.state is State.DUPLICATE and adds_nothing):
            return ""
        title = self.layout.form.title
        due, return_to = day_in_words(self.round.return_by), self.round.return_to
        return wording(entry, f"“{title}”", f"It was due on {due}; please send it to {return_to}.")

    def _problems(self, entry: RegisterEntry, one: Return) -> Iterator[ToChase]:
        for problem in one.problems:
            for_agency = self._is_agencys(problem.key) and not problem.is_warning
            yield self._item(entry, for_agency, self._words(problem, for_agency), problem)

    def _item(self, entry: RegisterEntry, for_agency: bool, words: str, problem: Problem | None = None) -> ToChase:
        return ToChase(
            for_agency=for_agency,
            agency=entry.agency,
            contact=entry.contact,
            case=entry.case,
            words=words,
            question=self._code(problem) if problem else "",
            place=problem.place if problem else "",
            file=entry.file,
            code=problem.code if problem else "",
        )

    def _words(self, problem: Problem, for_agency: bool) -> str:
        field = self.layout.field(problem.key) if problem.key else None
        hidden = self.privacy.hides(field)
        about = self._question(problem, field)
        ask = asked(problem, field) if for_agency else ""
        if not ask:
            message = f"see what was typed ({problem.code})" if hidden and problem.value else problem.message
            return f"{about}{message}; {problem.fix}." if not (hidden and problem.value) else f"{about}{message}."
        if problem.value and not hidden:
            about += f"you wrote “{quoted(problem.value)}”; "
        return f"{about}{ask}."

    def _is_agencys(self, key: str) -> bool:
        """Whether a problem is about something that the agency fills in."""
        block = self.layout.tables.get(key)
        field = block.rows[0][0] if block else self.layout.field(key) if key else None
        return field is not None and field.role == AGENCY

    def _question(self, problem: Problem, field: Field | None) -> str:
        """`B1.3 Evidence “Was the child seen alone?”: `, or nothing for what concerns the whole file."""
        code = self._code(problem)
        if field is not None:
            return f"{code} {field.column_title}".rstrip() + f" “{quoted(field.label)}”: "
        table = self.layout.tables.get(problem.key)
        return f"{code} “{quoted(table.ask)}”: " if table else ""

    def _code(self, problem: Problem) -> str:
        """The code that is printed where the problem stands: of copies that closed up not that of its key."""
        field = self.layout.field(problem.key) if problem.key else None
        table = self.layout.tables.get(problem.key)
        printed = _PRINTED_CODE.search(problem.place)
        return printed[1] if printed and (field or table) else field.code if field else table.code if table else ""


def _outstanding(entry: RegisterEntry, title: str, ask: str) -> str:
    about = f" about case {entry.case}" if entry.case else ""
    return f"Your return {title}{about} has not reached us. {ask}"


def _blank(entry: RegisterEntry, title: str, ask: str) -> str:
    return (
        f"Your file “{entry.file}” came back with nothing filled in. Please send your completed return {title}. {ask}"
    )


def _other(entry: RegisterEntry, title: str, ask: str) -> str:
    return f"Your file “{entry.file}” is another form. Please send your return {title}. {ask}"


def _wrong_version(entry: RegisterEntry, title: str, ask: str) -> str:
    return f"Your file “{entry.file}” is another version of the form. Please complete the one issued: {title}. {ask}"


def _duplicate(entry: RegisterEntry, _title: str, _ask: str) -> str:
    return f"The file “{entry.file}” holds other answers than “{entry.counting_file}”, which counts; check which holds."


def _unplaced(entry: RegisterEntry, _title: str, _ask: str) -> str:
    return f"The file “{entry.file}” is not collated: {entry.note}."


_RETURN_WORDS: dict[State, Callable[[RegisterEntry, str, str], str]] = {
    State.OUTSTANDING: _outstanding,
    State.BLANK: _blank,
    State.OTHER_FORM: _other,
    State.WRONG_VERSION: _wrong_version,
    State.DUPLICATE: _duplicate,
    State.UNEXPECTED: _unplaced,
    State.UNREADABLE: _unplaced,
}
