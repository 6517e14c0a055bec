"""How answers are written that have a form of their own: months, so many of so many, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so Word and Excel, cannot hold."""

PATTERNS = {
    "fraction": r"[0-9]{1,6}/[0-9]{1,6}",
    "month": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "email": r"[^@\s,;:<>()]+@[^@\s,;:<>()]+\.[^@\s,;:<>().]+",
}
"""By answer type, as every program that knows regular expressions understands them."""
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}


def is_fraction(text: str) -> bool:
    """Whether `text` is so many of so many: `5/6`."""
    if not _COMPILED["fraction"].fullmatch(text):
        return False
    part, _, whole = text.partition("/")
    return int(part) <= int(whole)


def is_month(text: str) -> bool:
    """Whether `text` is a year and a month: `2025-03`."""
    return _COMPILED["month"].fullmatch(text) is not None and not text.startswith("0000")


def is_email(text: str) -> bool:
    """Whether `text` is one e-mail address."""
    return _COMPILED["email"].fullmatch(text) is not None


IS_WRITTEN: dict[str, Callable[[str], bool]] = {"fraction": is_fraction, "month": is_month, "email": is_email}
"""By answer type, whether a text is one."""
EXAMPLES = {
    "fraction": "so many of so many, such as 5/6",
    "month": "a year and month such as 2025-03",
    "email": "one e-mail address",
}
"""By answer type, what to write."""
