"""A round: one form sent to a list of recipients, to be back by a date.

It is a YAML file beside the CSV file of its recipients::

    id: neglect-2025
    form: neglect_case_audit            # an id, id@version, or a path that counts from this file
    period: October 2024 to March 2025
    issued: 2025-03-14
    return_by: 2025-04-11
    return_to: audits@example.org
    recipients: recipients.csv          # agency, agency_type, contact, case, format, id; or a list of such entries
    received: received.csv              # file, received, recipient: when files arrived; whose, if they do not say
    prefill: prefill                    # a folder with a JSON file of answers for a recipient, named by the id; or
                                        # one that `qaf-forms collect` wrote
    previous: ../2023/collected         # what `qaf-forms collect` wrote last time: a folder, or a list of folders
    role: moderator                     # who the copies are for, agency if left out; `all` opens everybody's spaces
    others: hide                        # leave out what only other roles fill; lock, if left out, prints it locked
    stage: moderated                    # initial if left out, final, moderated, 3_months, 6_months, or your own words
    wording: easy_read                  # a wording of the form, by its name or language
    look: {template: our.docx, print: large, colour: "#1D4E63"}   # see the how-to on the look of forms
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from qaf_forms.define import scale
from qaf_forms.define.questions import AGENCY
from qaf_forms.issue.listing import day
from qaf_forms.issue.look import Look, Print, logo_in, template_in
from qaf_forms.issue.recipients import Recipient
from qaf_forms.issue.stamp import FIRST_STAGE, LOCK

RoundId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
Stage = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,38}[A-Za-z0-9]$")]
Others = Literal["lock", "hide"]
Day = Annotated[date, BeforeValidator(lambda written: day(written) or written)]


DUE_TOO_SOON_ADVICE = "check both dates"


def due_too_soon(issued: date, return_by: date) -> str:
    """What is wrong with these days of a round, if anything is."""
    return f"the return is due before it is issued: {return_by} < {issued}" if return_by < issued else ""


class WrittenLook(BaseModel):
    """The look of a round's copies, as its file says it. The paths in it count from there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    template: scale.Line | None = None
    print: Print = Print.STANDARD
    protect: Literal["forms", "nothing"] = "nothing"
    colour: scale.Colour | None = None
    logo: scale.Line | None = None
    logo_text: scale.Line | None = None

    @model_validator(mode="after")
    def _logos_have_words(self) -> WrittenLook:
        if self.logo and not self.logo_text:
            raise PydanticCustomError("logo", "the logo has no words; say in logo_text what it shows")
        return self

    def loaded(self) -> Look:
        """The look with its files read. QafFormsError if they cannot be had."""
        template = template_in(Path(self.template)) if self.template else b""
        logo = logo_in(Path(self.logo)) if self.logo else b""
        return Look(template, self.print, self.protect == "forms", self.colour or "", logo, self.logo_text or "")


class Round(BaseModel):
    """One form, its dates and its recipients. `form_name` is an id, `id@version` or the path of a definition.

    `received` says when files arrived, by file name; a file that is not in it has no date. `prefill` holds the answers
    that stand in a recipient's copy already, by the id, nested as JSON has them. `senders` gives the id of a recipient
    by file name, for files that do not say whose they are. `role` is who the copies are for, `others` what becomes of
    the other roles' spaces in them, and `stage` which of a recipient's returns they become. `collected` is the folder
    of a collection whose answers stand in the copies already; `previous` are those of earlier rounds, whose answers are
    shown or copied forward where the form says so. `wording` is the one for recipients that have none of their own.
    `look` is how copies look; a recipient can need another print.
    """

    model_config = ConfigDict(frozen=True)

    id: RoundId
    form_name: scale.Line
    issued: date
    return_by: date
    return_to: scale.Line
    recipients: tuple[Recipient, ...]
    title: str = ""
    period: str = ""
    received: Mapping[str, date] = Field(default={})
    prefill: Mapping[str, Mapping[str, Any]] = Field(default={})
    senders: Mapping[str, str] = Field(default={})
    collected: str = ""
    previous: tuple[str, ...] = ()
    role: scale.Identifier = AGENCY
    others: Others = LOCK
    stage: Stage = FIRST_STAGE
    wording: str = ""
    look: WrittenLook = WrittenLook()

    @model_validator(mode="after")
    def _is_due_after_it_is_issued(self) -> Round:
        if reason := due_too_soon(self.issued, self.return_by):
            raise PydanticCustomError("due_too_soon", "{said}", {"said": f"{reason}; {DUE_TOO_SOON_ADVICE}"})
        return self

    def recipient(self, id_: str) -> Recipient | None:
        """The recipient with this id."""
        return next((recipient for recipient in self.recipients if recipient.id == id_), None)

    def received_on(self, file_name: str) -> date | None:
        """When this file arrived, if anyone noted it."""
        return self.received.get(unicodedata.normalize("NFC", file_name))

    def sender_of(self, file_name: str) -> Recipient | None:
        """Whose file this is, if the list of what was received says so."""
        return self.recipient(self.senders.get(unicodedata.normalize("NFC", file_name), ""))
