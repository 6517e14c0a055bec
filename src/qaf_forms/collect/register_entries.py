"""The lines of a register: what became of an expected return, or of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of an expected return, or of a file."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NIL = "nil"
    BLANK = "blank"
    PART = "part"
    OUTSTANDING = "outstanding"
    DUPLICATE = "duplicate"
    WRONG_VERSION = "wrong version"
    OTHER_FORM = "other form"
    UNEXPECTED = "unexpected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register: an expected recipient with the return that counts, or a further file.

    `recipient` is an id, empty for a file that belongs to nobody in the round. `days_late` is 0 for a return in time,
    None where nobody noted when it came. `wrong_version` is the version that the file says it is, where that is not the
    round's. `counts` says whether the answers are collated; `counting_file` names the file that counts in place of a
    duplicate, or that another role's `part` was merged with, and `identical` says whether a duplicate holds the same
    answers. `role` is whose copy it is. `note` says the rest in words.
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
    role: str = ""

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
