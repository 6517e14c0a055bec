"""Every hostile file has the outcome that is stored with it, in time, off the network, and without what it hides."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable

import pytest

from qaf_forms import Limits, Status, Toolkit
from tests.hostile.active import ACTIVE
from tests.hostile.astray import ASTRAY
from tests.hostile.corpus import HOSTILE, Hostile
from tests.hostile.large import LARGE, many_controls, many_rows
from tests.hostile.making import ANSWER, CANARY, FORM, KIT, changed, paragraphs

_SECONDS = 10.0
"""The soft limit for a file. It counts processor time, which other programs do not add to."""
_ALL = (*HOSTILE, *ASTRAY, *ACTIVE, *LARGE)
_THREATS_OF_FILES = frozenset((*range(1, 15), 21))
"""The others are those of files that are made, and of what becomes of answers."""
_NOBODYS = frozenset({"R101"})
"""Questions that this form has no answer to."""


@pytest.fixture
def _off_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file made the reader ask the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.usefixtures("_off_the_network")
@pytest.mark.parametrize("hostile", _ALL, ids=lambda one: one.name)
def test_a_hostile_file_has_its_outcome(hostile: Hostile, caplog: pytest.LogCaptureFixture) -> None:
    data = hostile.make()
    started = time.process_time()
    with caplog.at_level(logging.DEBUG):
        returned = KIT.read(data, FORM)
    assert time.process_time() - started < _SECONDS
    codes = [problem.code for problem in returned.problems if problem.code not in _NOBODYS]
    if hostile.refused:
        assert (returned.status, codes) == (Status.UNREADABLE, [hostile.refused])
        assert dict(returned.values) == {}
    else:
        assert returned.status is not Status.UNREADABLE
        assert returned.values.get("case_ref") == hostile.answer
        assert {key: str(returned.values.get(key)) for key in hostile.values} == hostile.values
        assert set(hostile.told) <= set(codes)
        kept = "\n".join(extra.text for extra in returned.extras)
        assert [text for text in hostile.extras if text not in kept] == []
    assert CANARY not in f"{returned!r} {caplog.text}"
    assert ANSWER not in caplog.text


@pytest.mark.parametrize("made", [many_controls, many_rows])
def test_no_file_has_more_answers_than_the_limit(made: Callable[[int], str]) -> None:
    kit = Toolkit(limits=Limits(answers=1_000))
    codes = [kit.read(changed("word", paragraphs(made(count))), FORM).problems[0].code for count in (400, 1_100)]
    assert codes[0] != "F007"
    assert codes[1] == "F007"


def test_every_threat_of_files_has_its_files() -> None:
    assert {one.threat for one in _ALL} == _THREATS_OF_FILES


def test_no_two_files_have_one_name() -> None:
    assert len({one.name for one in _ALL}) == len(_ALL)
