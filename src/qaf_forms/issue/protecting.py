"""Copies that are protected by a password, for partnerships that send them by ordinary mail."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from qaf_forms.errors import QafFormsError, RoundError
from qaf_forms.issue.listing import read_listing
from qaf_forms.problems import Code

_COLUMNS = ("recipient", "password")


def passwords_of(path: Path, recipients: Iterable[str]) -> dict[str, str]:
    """The password of each recipient by id, from a CSV file with the columns `recipient` and `password`.

    Raises RoundError with everything that is wrong with the file: nobody's copy goes out unprotected by mistake.
    """
    listing = read_listing(path, _COLUMNS, _COLUMNS, Code.BAD_RECIPIENT)
    found: dict[str, str] = {}
    problems = list(listing.problems)
    for line in listing.lines:
        recipient, password = line.cells.get("recipient", ""), line.cells.get("password", "")
        if found.setdefault(recipient, password) != password:
            reason, advice = f"{recipient!r} stands twice, with two passwords", "leave the one that you tell them"
            problems.append(Code.BAD_RECIPIENT.problem(place=line.place, reason=reason, suggestion=advice))
    for recipient in recipients:
        if not found.get(recipient):
            reason, advice = (
                f"there is no password for {recipient!r}",
                "add a line with the recipient's id and a password",
            )
            problems.append(Code.BAD_RECIPIENT.problem(place=path.name, reason=reason, suggestion=advice))
    if problems:
        raise RoundError(str(path), problems)
    return found


def protected(data: bytes, password: str) -> bytes:
    """An office file that opens with `password` only (ECMA-376 agile encryption, as Word and Excel do it)."""
    if find_spec("msoffcrypto") is None:
        raise QafFormsError("copies cannot be protected here; install qaf-forms[protected]")
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()
