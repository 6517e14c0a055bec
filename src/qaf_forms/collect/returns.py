"""Returns: what a respondent said, typed and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from qaf_forms.collect.reading import FileFacts
from qaf_forms.define.condition import Value
from qaf_forms.define.questions import AGENCY
from qaf_forms.issue.answers import flatten, nest
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import FIRST_STAGE, Stamp
from qaf_forms.plugin.interfaces import Extra, Route
from qaf_forms.problems import Problem


class Status(StrEnum):
    """How far a return got."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NIL = "nil"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class Answer(NamedTuple):
    """One typed answer with the text it was read from, where it stood, and by which anchor it was found."""

    value: Value
    raw: str
    place: str
    route: Route


@dataclass(frozen=True, slots=True)
class Return:
    """One completed form: typed answers by key, every problem in printed order, and every extra.

    `form` and `version` are those it was read as; what the file says of itself is in `stamp`. A return that was merged
    of several is called after the first, names the file in every place, and has them all in `merged_from`.
    """

    file: FileFacts
    status: Status
    form: str = ""
    version: str = ""
    stamp: Stamp | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    extras: tuple[Extra, ...] = ()
    merged_from: tuple[Return, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """The answers alone, by key."""
        return {key: answer.value for key, answer in self.answers.items()}

    @property
    def data(self) -> dict[str, Any]:
        """The answers nested like the form, as JSON has them."""
        return nest(self.values)

    @property
    def recipient(self) -> str:
        """The id of the recipient it was issued to, as stamped; empty if unknown."""
        return self.stamp.recipient if self.stamp else ""

    @property
    def role(self) -> str:
        """The role whose copy it is, as stamped; `all` for a copy that was open to everybody."""
        return self.stamp.role if self.stamp else AGENCY

    @property
    def roles(self) -> frozenset[str]:
        """The roles whose copies it was made of: one, unless it was merged."""
        return frozenset(role for one in self.merged_from for role in one.roles) or frozenset((self.role,))

    @property
    def stage(self) -> str:
        """Which of the recipient's returns of this form it is, as stamped."""
        return (self.stamp.stage if self.stamp else "") or FIRST_STAGE

    def to_json(self) -> dict[str, Any]:
        """What `qaf-forms read --json` prints, with `details` so that nothing is lost on the way back."""
        return {
            "file": self.file.name,
            "form": self.form,
            "version": self.version,
            "status": self.status.value,
            "stamp": asdict(self.stamp) if self.stamp else {},
            "answers": self.data,
            "problems": [asdict(problem) for problem in self.problems],
            "extras": [asdict(extra) for extra in self.extras],
            "details": {
                "file": asdict(self.file),
                "answers": {
                    key: {"raw": answer.raw, "place": answer.place, "route": answer.route.value}
                    for key, answer in self.answers.items()
                },
            },
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any], layout: Layout | None) -> Return:
        """The return that `to_json` wrote. Typed answers need the layout of its form; without one there are none."""
        values = flatten(layout, written["answers"]) if layout else {}
        details = written["details"]["answers"]
        answers = {
            key: Answer(value, details[key]["raw"], details[key]["place"], Route(details[key]["route"]))
            for key, value in values.items()
        }
        return cls(
            file=FileFacts(**written["details"]["file"]),
            status=Status(written["status"]),
            form=written["form"],
            version=written["version"],
            stamp=Stamp(**written["stamp"]) if written["stamp"] else None,
            answers=answers,
            problems=tuple(Problem(**problem) for problem in written["problems"]),
            extras=tuple(Extra(**extra) for extra in written["extras"]),
        )
