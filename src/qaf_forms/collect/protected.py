"""Files that are protected by a password: opened with one of those given, and never written to disk.

Opening goes on in a process of its own: a file says itself how often its password is to be hashed, and a bad one says a
thousand million times.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from qaf_forms.errors import UnreadableFileError
from qaf_forms.plugin.capped import run_capped
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.problems import Code

EXCELS_OWN = "VelvetSweatshop"
"""The password that Excel protects a workbook with when only its structure is to be protected; anyone may know it."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_BY_RIGHTS = "DRMEncrypted".encode("utf-16-le")
"""Begins the names of what a package has that is encrypted for persons and not by a password."""


def is_protected(data: bytes) -> bool:
    """Whether a file is an office document inside an encrypted package."""
    return data.startswith(_OLE) and _ENCRYPTED in data


def opened(data: bytes, passwords: Sequence[str], limits: Limits) -> bytes:
    """The document in an encrypted package. `UnreadableFileError` if none of the passwords opens it."""
    if _BY_RIGHTS in data:
        raise UnreadableFileError(Code.FOR_CERTAIN_PEOPLE.problem())
    if find_spec("msoffcrypto") is None:
        advice = "ask for a copy saved without one, or install qaf-forms[protected] and give the password"
        raise UnreadableFileError(Code.ENCRYPTED.problem(suggestion=advice))
    asked = json.dumps([EXCELS_OWN, *passwords]).encode()
    program = [sys.executable, "-P", "-m", "qaf_forms.collect.protected_worker"]
    found = run_capped(program, asked + b"\n" + data, seconds=limits.seconds, memory=limits.memory)
    if not found:
        reason = "none of the passwords given opens it; check them" if passwords else "give its password"
        advice = f"{reason}, or ask for a copy saved without one"
        raise UnreadableFileError(Code.ENCRYPTED.problem(suggestion=advice))
    return found
