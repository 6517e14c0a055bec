"""Issuing: which copy goes to whom, with its stamp and the name of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from qaf_forms.define.questions import AGENCY
from qaf_forms.define.words import ENGLISH, Words
from qaf_forms.errors import RoundError, UnknownWordingError
from qaf_forms.issue.agency_types import variant_for
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.listing import slug
from qaf_forms.issue.look import STANDARD_LOOK, Look, in_print, print_named
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.round import Round
from qaf_forms.issue.stamp import FIRST_STAGE, Stamp
from qaf_forms.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class IssuedCopy:
    """A copy of the form for one recipient of a round.

    `file_name` is the whole name of its file as `Toolkit.issue` yields it, and has no suffix before `with_suffix`; no
    two of a round are alike. `problems` are earlier answers that could not be carried into it.
    """

    recipient: Recipient
    file_name: str
    format: str
    stamp: Stamp
    look: Look = STANDARD_LOOK
    problems: tuple[Problem, ...] = ()

    @property
    def variant(self) -> str:
        """The agency type that the form is laid out for; empty for all of it."""
        return self.stamp.variant

    @property
    def wording(self) -> str:
        """The name of the wording that it is in; empty for the form's own words."""
        return self.stamp.wording

    def with_suffix(self, suffix: str) -> IssuedCopy:
        """The same copy with the whole name of its file, such as `….docx`."""
        return replace(self, file_name=self.file_name + suffix)


Layouts = Callable[[str | None, str], Layout]
"""Lays a form out for an agency type, or for all, in the wording of a name."""


def issued_copies(round_: Round, layouts: Layouts, names: Mapping[str, str] | None = None) -> Iterator[IssuedCopy]:
    """A stamped copy for each recipient, in their order. `names` gives the name of each wording that is asked for.

    RoundError if two have the same id, as they can in a round that was not read from a file.
    """
    _check_ids(round_)
    form = layouts(None, "").form
    look = round_.look.loaded()
    for recipient in round_.recipients:
        variant = variant_for(form, recipient.agency_type)
        wording = (names or {}).get(wording_for(round_, recipient), "")
        layout = layouts(variant or None, wording)
        stamp = Stamp(
            form=form.id,
            version=form.version,
            fingerprint=layout.fingerprint,
            round=round_.id,
            recipient=recipient.id,
            variant=variant,
            stage=round_.stage,
            role=round_.role,
            others=round_.others,
            wording=wording,
            print=print_named(in_print(look, recipient.print)),
            cover=_cover(round_, recipient, layout.words),
        )
        yield IssuedCopy(recipient, _file_name(stamp), recipient.format, stamp, in_print(look, recipient.print))


def _check_ids(round_: Round) -> None:
    found: dict[str, Recipient] = {}
    for recipient in round_.recipients:
        earlier = found.setdefault(recipient.id.casefold(), recipient)
        if earlier is not recipient:
            reason = f"{earlier.agency} and {recipient.agency} have the same id {recipient.id!r}"
            advice = "give each an id of its own; capitals do not tell files apart"
            problem = Code.BAD_RECIPIENT.problem(
                place=f"recipient {recipient.id}", value=recipient.id, reason=reason, suggestion=advice
            )
            raise RoundError(round_.id, [problem])


def wording_for(round_: Round, recipient: Recipient) -> str:
    """The wording that is asked for, by name or by language: the recipient's, or else the round's."""
    return recipient.wording or round_.wording


def wording_names(round_: Round, name: Callable[[str], str]) -> dict[str, str]:
    """What each wording that a round asks for is called; RoundError names those that the form does not have.

    `name` finds the name, or raises UnknownWordingError.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    asked = {wording_for(round_, recipient): recipient for recipient in reversed(round_.recipients)}
    for wording, recipient in asked.items():
        try:
            found[wording] = name(wording)
        except UnknownWordingError as error:
            reason, _, advice = str(error).partition("; ")
            place = f"recipient {recipient.id}" if recipient.wording else f"round {round_.id}"
            problems.append(Code.UNKNOWN_WORDING.problem(place=place, value=wording, reason=reason, suggestion=advice))
    if problems:
        raise RoundError(round_.id, problems)
    return found


def day_in_words(day: date, words: Words = ENGLISH) -> str:
    """A day as the cover prints it: `14 March 2025`."""
    return words.day_in_words(day)


def _file_name(stamp: Stamp) -> str:
    """What the copy is called. Copies of one round for other roles and stages can lie in the same folder."""
    more = [stamp.role] if stamp.role != AGENCY else []
    more += [slug(stamp.stage)] if stamp.stage != FIRST_STAGE else []
    return "-".join([stamp.form, stamp.recipient, *more])


def _cover(round_: Round, recipient: Recipient, words: Words) -> dict[str, str]:
    facts = {
        "reference": f"{round_.id} / {recipient.id}",
        "recipient_name": recipient.agency,
        "case": recipient.case,
        "period": round_.period,
        "issued": day_in_words(round_.issued, words),
        "return_by": day_in_words(round_.return_by, words),
        "return_to": round_.return_to,
        "contact": recipient.contact,
    }
    return {name: value for name, value in facts.items() if value}
