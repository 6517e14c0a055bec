"""The register: who was asked, what came back, when, and which file of each recipient counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import FIRST_STAGE, Stamp


class State(StrEnum):
    """What became of an expected return, or of a file."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NIL = "nil"
    BLANK = "blank"
    OUTSTANDING = "outstanding"
    DUPLICATE = "duplicate"
    WRONG_VERSION = "wrong version"
    OTHER_FORM = "other form"
    UNEXPECTED = "unexpected"
    UNREADABLE = "unreadable"


_COUNTED = {
    Status.COMPLETE: State.COMPLETE,
    Status.PARTIAL: State.PARTIAL,
    Status.NIL: State.NIL,
    Status.BLANK: State.BLANK,
}
_FULLNESS = {Status.COMPLETE: 3, Status.NIL: 2, Status.PARTIAL: 1, Status.BLANK: 0, Status.UNREADABLE: 0}


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register: an expected recipient with the return that counts, or a further file.

    `recipient` is an id, empty for a file that belongs to nobody in the round. `days_late` is 0 for a return in time,
    None where nobody noted when it came. `wrong_version` is the version that the file says it is, where that is not the
    round's. `counts` says whether the answers are collated; `counting_file` names the file that counts in place of a
    duplicate, and `identical` says whether both hold the same answers. `note` says the rest in words.
    """

    state: State
    recipient: str = ""
    agency: str = ""
    agency_type: str = ""
    contact: str = ""
    case: str = ""
    stage: str = ""
    file: str = ""
    sha256: str = ""
    received: date | None = None
    days_late: int | None = None
    wrong_version: str = ""
    counts: bool = False
    counting_file: str = ""
    identical: bool = False
    problems: int = 0
    extras: int = 0
    note: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it came after the day it was due."""
        return bool(self.days_late)

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON can hold it."""
        written = asdict(self)
        return {**written, "state": self.state.value, "received": self.received.isoformat() if self.received else None}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> RegisterEntry:
        """The entry that `to_json` wrote."""
        received = written.get("received")
        facts = {**written, "state": State(written["state"])}
        return cls(**{**facts, "received": date.fromisoformat(received) if received else None})


@dataclass(frozen=True, slots=True)
class Register:
    """Every recipient of a round, in their order, and every file that came, each exactly once.

    `returns` stands beside `entries`, one for one; outstanding entries have none.
    """

    entries: tuple[RegisterEntry, ...]
    returns: tuple[Return | None, ...]

    @classmethod
    def of(
        cls, round_: Round, form: Form, returns: Iterable[Return], received: Mapping[str, date] | None = None
    ) -> Register:
        """The register of a round about `form`. `received` adds to the days that the round's own list gives."""
        pairs = _Registering(round_, form, received or {}).pairs(returns)
        return cls(tuple(entry for entry, _ in pairs), tuple(one for _, one in pairs))

    @property
    def lines(self) -> tuple[tuple[RegisterEntry, Return | None], ...]:
        """Every entry with its return."""
        return tuple(zip(self.entries, self.returns, strict=True))

    @property
    def counted_lines(self) -> tuple[tuple[RegisterEntry, Return], ...]:
        """The entries whose answers are collated, with their returns: one for each recipient and stage."""
        return tuple((entry, one) for entry, one in self.lines if entry.counts and one is not None)

    @property
    def counted(self) -> tuple[Return, ...]:
        """The returns that are collated."""
        return tuple(one for _, one in self.counted_lines)

    @property
    def outstanding(self) -> tuple[RegisterEntry, ...]:
        """The recipients of whom nothing that counts has come."""
        return tuple(entry for entry in self.entries if entry.state is State.OUTSTANDING)

    @property
    def summary(self) -> dict[str, int]:
        """How many were expected, how many came, how many entries are in each state, and how many are late."""
        states = Counter(entry.state for entry in self.entries)
        replied = {entry.recipient for entry in self.entries if entry.counts}
        late = sum(entry.is_late for entry in self.entries if entry.counts)
        return {
            "expected": len(replied) + states[State.OUTSTANDING],
            "returned": len(replied),
            **{state.value: states[state] for state in State if state is not State.WRONG_VERSION},
            "late": late,
            "wrong version": sum(bool(entry.wrong_version) for entry in self.entries),
            "files": sum(one is not None for one in self.returns),
        }

    def to_json(self) -> list[dict[str, Any]]:
        """The entries as rows that JSON can hold. Returns are written apart, by themselves."""
        return [entry.to_json() for entry in self.entries]

    @classmethod
    def from_json(cls, rows: Sequence[Mapping[str, Any]], returns: Iterable[Return]) -> Register:
        """The register that `to_json` wrote, with the same returns."""
        waiting: dict[tuple[str, str], list[Return]] = {}
        for one in returns:
            waiting.setdefault((one.file.name, one.file.sha256), []).append(one)
        entries = tuple(RegisterEntry.from_json(row) for row in rows)
        files = (waiting.get((entry.file, entry.sha256), []) for entry in entries)
        return cls(entries, tuple(found.pop(0) if found else None for found in files))


_Line = tuple[RegisterEntry, Return | None]


class _Registering:
    """Makes the register of one round."""

    def __init__(self, round_: Round, form: Form, received: Mapping[str, date]) -> None:
        self.round, self.form, self.received = round_, form, received
        self.recipients = {recipient.id: recipient for recipient in round_.recipients}

    def pairs(self, returns: Iterable[Return]) -> list[_Line]:
        of_recipient: dict[str, list[_Line]] = {id_: [] for id_ in self.recipients}
        strays: list[_Line] = []
        for one in returns:
            entry = self._entry(one)
            of_recipient.get(entry.recipient, strays).append((entry, one))
        lines: list[_Line] = []
        for id_, found in of_recipient.items():
            lines.extend(self._of_recipient(self.recipients[id_], found))
        return lines + sorted(strays, key=lambda line: (line[0].file, line[0].sha256))

    def _entry(self, one: Return) -> RegisterEntry:
        """A file by itself, before it is compared with the others of its recipient."""
        stamp = one.stamp
        state, note = self._standing(one, stamp)
        stamped = self.recipients.get(stamp.recipient) if stamp and stamp.round == self.round.id else None
        recipient = stamped or self.round.sender_of(one.file.name)
        received = self.received.get(one.file.name) or self.round.received_on(one.file.name)
        return RegisterEntry(
            state=state,
            **(_facts(recipient) if recipient else {}),
            stage=(stamp.stage if stamp else "") or (FIRST_STAGE if stamp or recipient else ""),
            file=one.file.name,
            sha256=one.file.sha256,
            received=received,
            days_late=max(0, (received - self.round.return_by).days) if received else None,
            wrong_version=self._wrong_version(stamp),
            problems=sum(not problem.is_warning for problem in one.problems),
            extras=len(one.extras),
            note=note,
        )

    def _standing(self, one: Return, stamp: Stamp | None) -> tuple[State, str]:
        if one.status is Status.UNREADABLE:
            said = one.problems[0] if one.problems else None
            return State.UNREADABLE, f"{said.message}; {said.fix}" if said else ""
        named = stamp.form if stamp else one.form
        if named != self.form.id:
            return State.OTHER_FORM, f"it is the form {named!r}, not {self.form.id!r}"
        stray = "" if self.round.sender_of(one.file.name) else self._stray(stamp)
        if stray:
            return State.UNEXPECTED, stray
        wrong = self._wrong_version(stamp)
        if (one.form, one.version) != (self.form.id, self.form.version):
            return State.WRONG_VERSION, f"it is version {one.version}, and its answers are not collated"
        note = f"it is version {wrong}; its answers were read as version {self.form.version}" if wrong else ""
        return _COUNTED[one.status], note

    def _stray(self, stamp: Stamp | None) -> str:
        """Why a file belongs to nobody in the round, as far as it says itself; empty if it does belong."""
        if stamp is None:
            return "it has lost its stamp; name its recipient in the list of what was received"
        if stamp.round != self.round.id:
            return f"it was issued for the round {stamp.round!r}" if stamp.round else "it was issued for no round"
        if stamp.recipient not in self.recipients:
            shown = f"recipient {stamp.recipient!r} is" if stamp.recipient else "its recipient is"
            return f"{shown} not in this round"
        return ""

    def _wrong_version(self, stamp: Stamp | None) -> str:
        differs = stamp is not None and stamp.form == self.form.id and stamp.version != self.form.version
        return stamp.version if stamp is not None and differs else ""

    def _of_recipient(self, recipient: Recipient, found: list[_Line]) -> Iterator[_Line]:
        """The lines of one recipient: for each stage the return that counts, then its other files."""
        counting = [line for line in found if line[0].state in _COUNTED.values()]
        others = sorted((line for line in found if line not in counting), key=lambda line: line[0].file)
        counting.sort(key=lambda line: line[0].stage != FIRST_STAGE)
        if not counting:
            names = ", ".join(entry.file for entry, _ in others)
            note = f"other files came: {names}" if names else ""
            yield RegisterEntry(State.OUTSTANDING, **_facts(recipient), stage=FIRST_STAGE, note=note), None
        stages: dict[str, list[_Line]] = {}
        for line in counting:
            stages.setdefault(line[0].stage, []).append(line)
        for lines in stages.values():
            yield from _with_duplicates(lines)
        yield from others


def _facts(recipient: Recipient) -> dict[str, Any]:
    return {
        "recipient": recipient.id,
        "agency": recipient.agency,
        "agency_type": recipient.agency_type,
        "contact": recipient.contact,
        "case": recipient.case,
    }


def _with_duplicates(lines: list[_Line]) -> Iterator[_Line]:
    """The return that counts, then the others of the same recipient and stage, marked as its duplicates.

    The latest counts; of one day, or where no days are known, the fullest, then the first by name. One without a single
    answer never displaces one with answers.
    """
    by_name = sorted(lines, key=lambda line: line[0].file)
    ranked = sorted(by_name, key=_weight, reverse=True)
    counting, chosen = ranked[0]
    yield replace(counting, counts=True), chosen
    for entry, one in ranked[1:]:
        identical = one is not None and chosen is not None and one.values == chosen.values
        content = "the same answers" if identical else "other answers" if one and one.answers else "no answers"
        note = f"{entry.note}; " if entry.note else ""
        yield (
            replace(
                entry,
                state=State.DUPLICATE,
                counting_file=counting.file,
                identical=identical,
                note=f"{note}{counting.file} counts instead; this one holds {content}",
            ),
            one,
        )


def _weight(line: _Line) -> tuple[bool, date, int]:
    entry, one = line
    assert one is not None
    return one.status is not Status.BLANK, entry.received or date.min, _FULLNESS[one.status]
