"""Good returns with something changed at random: whatever comes of it, no reader fails in a way of its own.

The changes are drawn from a seed, so that every run tries the same files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from qaf_forms.problems import Code
from tests.hostile.making import ANSWER, FORM, KIT, filled, packed, parts_of

_FILES = 600
_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb'"[^"<>]*"')
_VALUES = (b'""', b'"-1"', b'"0"', b'"x"', b'"99999999999999999999"', b'"1e9"', '"²"'.encode(), b'"A1:XFD1"', b'"../x"')
_FAILED = Code.READER_FAILED.value.code
Mutation = Callable[[bytes, Random], bytes]


def _bytes_changed(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _piece_moved(data: bytes, random: Random) -> bytes:
    start, size, to = (random.randrange(len(data)) for _ in range(3))
    piece = data[start : start + size % 200]
    return data[:to] + piece + data[to:]


def _piece_lost(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randrange(200) :]


def _tag_moved(data: bytes, random: Random) -> bytes:
    tags = list(_TAG.finditer(data))
    one, other = random.choice(tags), random.choice(tags)
    return data[: one.start()] + other[0] + data[one.end() :]


def _element_repeated(data: bytes, random: Random) -> bytes:
    """A stretch between two tags is put somewhere else: that is often well-formed."""
    ends = [tag for tag in _TAG.finditer(data) if tag[0].endswith(b"/>")] or list(_TAG.finditer(data))
    one, place = random.choice(ends), random.choice(ends)
    return data[: place.end()] + one[0] + data[place.end() :]


def _value_changed(data: bytes, random: Random) -> bytes:
    values = list(_VALUE.finditer(data))
    one = random.choice(values) if values else None
    return data[: one.start()] + random.choice(_VALUES) + data[one.end() :] if one else data


_IN_PARTS: tuple[Mutation, ...] = (
    *(_bytes_changed, _piece_moved, _piece_lost, _tag_moved),
    *(_element_repeated, _element_repeated, _value_changed, _value_changed, _value_changed),
)


def _mutated(format_: str, seed: int) -> bytes:
    random = Random(seed)
    data = filled(format_)
    if random.random() < 0.2:
        return random.choice((_bytes_changed, _piece_moved, _piece_lost))(data, random)
    parts = parts_of(data)
    for _ in range(random.randint(1, 3)):
        name = random.choice(sorted(parts))
        chance = random.random()
        if chance < 0.1:
            del parts[name]
        elif chance < 0.2:
            parts[name] = parts[random.choice(sorted(parts))]
        else:
            parts[name] = random.choice(_IN_PARTS)(parts[name], random)
    return packed(parts)


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize("first", range(0, _FILES, 100))
def test_no_reader_fails_on_a_file_that_was_changed_at_random(
    format_: str, first: int, caplog: pytest.LogCaptureFixture
) -> None:
    failed = []
    for seed in range(first, first + 100):
        returned = KIT.read(_mutated(format_, seed), FORM)
        if any(problem.code == _FAILED for problem in returned.problems):
            failed.append(seed)
    assert failed == []
    assert ANSWER not in caplog.text
