"""The stamp: what every issued file says of itself, so that its name need never be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, Literal

from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.define.words import Words

_PROPERTY = "qaf_"
_LINE_START = "Form {form} {version} · {fingerprint}{issued} · Copy\u00a0{copy}"
"""The line is the same in every language: it is there for programs to read, where the properties are gone."""
_ISSUED = " · Round {round} · Recipient {recipient}"
_VARIANT = " · For “{variant}”"
_STAGE = " · Stage “{stage}”"
_ROLE = " · Role {role}"
_HIDDEN = " · Others hidden"
_WORDING = " · Wording {wording}"
_PRINT = " · Print {print}"
FIRST_STAGE = "initial"
LOCK: Literal["lock"] = "lock"
HIDE: Literal["hide"] = "hide"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which form, round and recipient a copy belongs to, and what its cover says.

    `variant` is the agency type the form was laid out for. `role` is whose spaces are open (`all`: everybody's), and
    `others` says what became of the other roles' spaces: `lock`, they are printed and locked, or `hide`, they are left
    out. `stage` is one of a recipient's returns of one form: initial, moderated, or in words of your own. `wording` is
    the name of the other words that the form is in, `print` its size of print where that is not the usual one. `cover`
    holds the facts of `Words.cover` that are known, as printed. It travels as custom document properties
    (`properties`), as a visible line (`line`), and in Excel also on a hidden sheet.
    """

    form: str
    version: str
    fingerprint: str
    round: str = ""
    recipient: str = ""
    copy: str = "1"
    variant: str = ""
    stage: str = FIRST_STAGE
    role: str = AGENCY
    others: str = LOCK
    wording: str = ""
    print: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, str]:
        """The stamp as names and values, for custom document properties and the hidden sheet; empty ones left out."""
        named = {_PROPERTY + name: getattr(self, name) for name in _PLAIN}
        named |= {f"{_PROPERTY}cover_{name}": value for name, value in self.cover.items()}
        return {name: value for name, value in named.items() if value}

    @classmethod
    def from_properties(cls, properties: Mapping[str, str]) -> Stamp | None:
        """The stamp that `properties` hold, whatever else is among them; None without a form and version."""
        own = {name.removeprefix(_PROPERTY): value for name, value in properties.items() if name.startswith(_PROPERTY)}
        if not own.get("form") or not own.get("version"):
            return None
        cover = {name.removeprefix("cover_"): value for name, value in own.items() if name.startswith("cover_")}
        plain: dict[str, Any] = {name: own.get(name, default) for name, default in _PLAIN.items()}
        return cls(**plain, cover=cover)

    @property
    def hides_others(self) -> bool:
        """Whether the copy leaves out what only other roles fill."""
        return self.others == HIDE and self.role != EVERY_ROLE

    @property
    def line(self) -> str:
        """The stamp as one visible line, for a page's foot. What is as usual it does not say."""
        return self._line(is_issued=bool(self.round or self.recipient))

    @property
    def spellings(self) -> tuple[str, ...]:
        """The line, and as it was before it said less, or more, each once: such copies are still out there."""
        older = [self]
        if self.stage != FIRST_STAGE or self.variant:
            older += [replace(self, stage=FIRST_STAGE), replace(self, variant="", stage=FIRST_STAGE)]
        return tuple(dict.fromkeys((self.line, *(one._line(is_issued=True) for one in older))))

    def _line(self, *, is_issued: bool) -> str:
        more = _VARIANT.format(variant=self.variant) if self.variant else ""
        more += _STAGE.format(stage=self.stage) if self.stage != FIRST_STAGE else ""
        more += _ROLE.format(role=self.role) if self.role != AGENCY else ""
        more += _HIDDEN if self.hides_others else ""
        more += _WORDING.format(wording=self.wording) if self.wording else ""
        more += _PRINT.format(print=self.print) if self.print else ""
        issued = _ISSUED.format(round=self.round or "-", recipient=self.recipient or "-") if is_issued else ""
        line = _LINE_START.format(
            form=self.form, version=self.version, fingerprint=self.fingerprint, issued=issued, copy=self.copy
        )
        return line + more

    @classmethod
    def from_line(cls, text: str) -> Stamp | None:
        """The stamp in a visible line, wherever it stands in `text`."""
        match = _LINE.search(text)
        if match is None:
            return None
        found = {name: value for name, value in match.groupdict().items() if value is not None}
        facts: dict[str, Any] = {name: "" if value == "-" else value for name, value in found.items()}
        facts["others"] = HIDE if facts.get("others") else LOCK
        return replace(cls("", "", ""), **facts)

    def cover_lines(self, words: Words) -> tuple[tuple[str, str], ...]:
        """Label and value of what the cover prints, in order."""
        return tuple((label, self.cover[name]) for name, label in words.cover.items() if self.cover.get(name))


_PLAIN = {one.name: "" if one.default is MISSING else str(one.default) for one in fields(Stamp) if one.name != "cover"}
"""The facts that are one word each, with what they are when nothing is said."""
_LINE = re.compile(
    r"Form (?P<form>[a-z][a-z0-9_]*) (?P<version>\S+) · (?P<fingerprint>[0-9a-f]*)"
    r"(?: · Round (?P<round>\S+) · Recipient (?P<recipient>\S+))? · Copy\s(?P<copy>\S+)(?: · For “(?P<variant>[^”]+)”)?"
    r"(?: · Stage “(?P<stage>[^”]+)”)?(?: · Role (?P<role>[a-z][a-z0-9_]*))?(?P<others> · Others hidden)?"
    r"(?: · Wording (?P<wording>[a-z][a-z0-9_]*))?(?: · Print (?P<print>[a-z][a-z0-9_]*))?"
)
