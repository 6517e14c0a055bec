"""The register: who was asked, what came back, when, and which file of each recipient counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qaf_forms.collect.counting import COUNTED, Line, facts_of, recipient_lines, whole_returns
from qaf_forms.collect.register_entries import RegisterEntry, State
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import Stamp

__all__ = ["Register", "RegisterEntry", "State"]


@dataclass(frozen=True, slots=True)
class Register:
    """Every recipient of a round, in their order, and every file that came, each exactly once.

    `returns` stands beside `entries`, one for one; outstanding entries have none. Where a moderator or another role
    filled a copy of its own, the entry that counts stands beside the merged return, and the other copies are its parts.
    """

    entries: tuple[RegisterEntry, ...]
    returns: tuple[Return | None, ...]

    @classmethod
    def of(
        cls, round_: Round, form: Form, returns: Iterable[Return], received: Mapping[str, date] | None = None
    ) -> Register:
        """The register of a round about `form`. `received` adds to the days that the round's own list gives."""
        pairs = _Registering(round_, form, received or {}).pairs(returns)
        wholes = tuple(whole_returns(pairs, form))
        entries = (
            entry
            if whole is None or whole is one
            else replace(entry, problems=_faults(whole), extras=len(whole.extras))
            for (entry, one), whole in zip(pairs, wholes, strict=True)
        )
        return cls(tuple(entries), wholes)

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
        waiting = {entry.recipient for entry in self.outstanding}
        replied = {entry.recipient for entry in self.entries if entry.counts} - waiting
        late = sum(entry.is_late for entry in self.entries if entry.counts)
        return {
            "expected": len(replied | waiting),
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
    def from_json(cls, rows: Sequence[Mapping[str, Any]], returns: Iterable[Return], form: Form) -> Register:
        """The register that `to_json` wrote, with the same returns. `form` is the one that the round is about."""
        waiting: dict[tuple[str, str], list[Return]] = {}
        for one in returns:
            waiting.setdefault((one.file.name, one.file.sha256), []).append(one)
        entries = tuple(RegisterEntry.from_json(row) for row in rows)
        files = (waiting.get((entry.file, entry.sha256), []) for entry in entries)
        pairs = [(entry, found.pop(0) if found else None) for entry, found in zip(entries, files, strict=True)]
        return cls(entries, tuple(whole_returns(pairs, form)))


def _faults(one: Return) -> int:
    return sum(not problem.is_warning for problem in one.problems)


class _Registering:
    """Makes the register of one round."""

    def __init__(self, round_: Round, form: Form, received: Mapping[str, date]) -> None:
        self.round, self.form, self.received = round_, form, received
        self.recipients = {recipient.id: recipient for recipient in round_.recipients}

    def pairs(self, returns: Iterable[Return]) -> list[Line]:
        of_recipient: dict[str, list[Line]] = {id_: [] for id_ in self.recipients}
        strays: list[Line] = []
        for one in returns:
            entry = self._entry(one)
            of_recipient.get(entry.recipient, strays).append((entry, one))
        lines: list[Line] = []
        for id_, found in of_recipient.items():
            lines.extend(recipient_lines(self.round, self.form, self.recipients[id_], found))
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
            **(facts_of(recipient) if recipient else {}),
            stage=one.stage if stamp else self.round.stage if recipient else "",
            role=one.role,
            file=one.file.name,
            sha256=one.file.sha256,
            received=received,
            days_late=max(0, (received - self.round.return_by).days) if received else None,
            wrong_version=self._wrong_version(stamp),
            problems=_faults(one),
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
        return COUNTED[one.status], note

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
