"""What somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MOST_LISTED = 14
COMMA = "put quotes around the whole text: inside { } a comma ends it"


def closest(written: str, known: Iterable[str]) -> str | None:
    """The one of `known` that looks most like what was written, if any looks like it."""
    by_fold = {word.casefold().replace("-", "_").replace(" ", "_"): word for word in known}
    folded = written.casefold().replace("-", "_").replace(" ", "_")
    found = get_close_matches(folded, by_fold, n=1, cutoff=0.65)
    return by_fold[found[0]] if found else None


def suggestion(written: str, known: Iterable[str], others: str = "choose one of") -> str:
    """Words that name what was probably meant, or else all that can stand there."""
    words = list(dict.fromkeys(known))
    meant = closest(written, words)
    if meant is not None:
        return f"did you mean {meant!r}?"
    return f"{others} {listed(words)}" if words else "remove it"


def listed(words: Iterable[str]) -> str:
    """The words in a row: a, b and c; what is too many is counted."""
    shown = list(words)
    if len(shown) > _MOST_LISTED:
        return f"{', '.join(shown[:_MOST_LISTED])} and {len(shown) - _MOST_LISTED} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
