"""Recipients: who a copy is made for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from qaf_forms.define.scale import Line as OneLine
from qaf_forms.define.scale import fold
from qaf_forms.define.suggesting import suggestion
from qaf_forms.issue.listing import Line, slug
from qaf_forms.issue.look import Print
from qaf_forms.problems import Code, Problem

LONGEST_ID = 60
COLUMNS = ("agency", "agency_type", "contact", "case", "format", "wording", "print", "id")
SYNONYMS = {"language": "wording"}
"""What lists also call a column: a wording may be asked for by its language."""
_ADVICE = {
    "agency": "name the agency",
    "format": "use word or excel",
    "print": "use standard, large or easy_read, or leave it empty",
    "id": f"use letters, digits and hyphens, at most {LONGEST_ID}",
}


class Recipient(BaseModel):
    """One copy's addressee: an agency, for one case where the form is about a case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9]([A-Za-z0-9-]{{0,{LONGEST_ID - 2}}}[A-Za-z0-9])?$")]
    agency: OneLine
    agency_type: str = ""
    contact: str = ""
    case: str = ""
    wording: str = ""
    print: Annotated[Print | Literal[""], BeforeValidator(lambda written: _as_code(str(written)))] = ""
    format: Annotated[Literal["word", "excel"], BeforeValidator(lambda written: str(written).strip().lower())] = "word"


def _as_code(written: str) -> str:
    return "_".join(written.strip().lower().replace("-", " ").replace("_", " ").split())


def read_recipients(lines: Iterable[Line]) -> tuple[tuple[Recipient, ...], list[Problem]]:
    """The recipients in a list, and everything that is wrong with it."""
    found: dict[str, tuple[Recipient, str]] = {}
    problems: list[Problem] = []
    for line in lines:
        cells, unknown = _by_column(line.cells)
        problems.extend(_unknown(line.place, title) for title in unknown)
        try:
            recipient = Recipient.model_validate({"id": default_id(cells), **cells})
        except ValidationError as error:
            problems.extend(_faults(line, cells, error))
            continue
        earlier = found.setdefault(recipient.id.casefold(), (recipient, line.place))
        if earlier[1] != line.place:
            problems.append(_twice(line.place, recipient, earlier[1], "id" in cells))
    return tuple(recipient for recipient, _ in found.values()), problems


def default_id(cells: Mapping[str, str]) -> str:
    """An id made of the agency and the case; the case is kept whole where that is possible."""
    case = slug(cells.get("case", ""))[: LONGEST_ID // 2].strip("-")
    agency = slug(cells.get("agency", ""))[: LONGEST_ID - len(case) - 1].strip("-")
    return "-".join(part for part in (agency, case) if part)


def _by_column(cells: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Cells by column, whatever the case and spacing of the heads; and the heads that are no column's."""
    by_word = {fold(column): column for column in COLUMNS} | {fold(other): column for other, column in SYNONYMS.items()}
    known = {by_word[fold(title)]: value for title, value in cells.items() if fold(title) in by_word}
    return known, [title for title in cells if fold(title) not in by_word]


def _unknown(place: str, title: str) -> Problem:
    reason = f"{title!r} is not something a recipient can have" if title else "this is not a recipient"
    advice = suggestion(title, COLUMNS) if title else f"write keys and values: {', '.join(COLUMNS)}"
    return Code.BAD_RECIPIENT.problem(place=place, value=title, reason=reason, suggestion=advice)


def _faults(line: Line, cells: Mapping[str, str], error: ValidationError) -> Iterator[Problem]:
    faulty = {str(one["loc"][0]) for one in error.errors(include_url=False)}
    if "agency" in faulty:
        faulty.discard("id" if "id" not in cells else "")
    for key in (column for column in COLUMNS if column in faulty):
        value = cells.get(key, "")
        if key == "id" and not value:
            reason = "no id can be made of the agency's name"
        elif value:
            reason = f"{value!r} cannot be the {key} of a recipient"
        else:
            reason = f"the recipient has no {key}"
        yield Code.BAD_RECIPIENT.problem(
            place=line.place, value=value, reason=reason, suggestion=_ADVICE.get(key, "write it on one line")
        )


def _twice(place: str, recipient: Recipient, earlier: str, has_id: bool) -> Problem:
    what = f"the id {recipient.id!r}" if has_id else f"{recipient.agency!r}, with the same case or none,"
    return Code.BAD_RECIPIENT.problem(
        place=place,
        value=recipient.id,
        reason=f"{what} stands twice; it was first used at {earlier}",
        suggestion="remove one, or give each an id of its own",
    )
