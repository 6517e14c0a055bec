"""Remarks on a form that is sent back: what to do, at the answer that it is about.

Every remark ends with a reference made from its words. When the form comes back with the remark still in it, that tells
it from what people wrote themselves; a remark that somebody wrote into is theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

_SIGNED = re.compile(r"(?P<words>.*) \[ref\. (?P<sign>[0-9a-f]{8})\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Remark:
    """What to do about one answer, by its key; about the form as a whole if that is empty. `text` is signed.

    No two remarks of a copy have one key.
    """

    key: str
    text: str

    @property
    def words(self) -> str:
        """What it says, without its reference."""
        match = _SIGNED.fullmatch(self.text.strip())
        return match["words"] if match else self.text


def signed(words: str) -> str:
    """The words of a remark with its reference."""
    return f"{words} [ref. {_sign(words)}]"


def is_remark(text: str) -> bool:
    """Whether a text is a remark that nobody changed."""
    match = _SIGNED.fullmatch(text.strip())
    return match is not None and match["sign"] == _sign(match["words"])


def _sign(words: str) -> str:
    return blake2b("".join(words.split()).encode(), digest_size=4).hexdigest()
