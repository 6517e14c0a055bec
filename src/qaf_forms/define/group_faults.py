"""Checks of groups: their copies, what those are called, and what is asked in some of them only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qaf_forms.define.companions import owner_of
from qaf_forms.define.condition_places import located_tests
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.items import Group
from qaf_forms.define.spaces import Spaces, Written
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_NUMBERED = re.compile(r"(?P<group>[a-z][a-z0-9_]*)\[(?P<copy>\d+)\]\.(?P<item>[a-z][a-z0-9_]*)")


def check_groups(form: Form, spaces: Spaces, findings: Findings) -> None:
    """Report what is wrong with copies. Conditions are looked at as `spaces` has them."""
    groups: dict[Steps, Group] = {}
    for item, steps in _items(form):
        if isinstance(item, Group):
            groups[steps] = item
            _check_copies(item, steps, findings)
        elif item.in_copies:
            reason, advice = "it stands in no group, so it has no copies", "leave out in_copies"
            findings.add(Code.WRONG_COPIES, (*steps, "in_copies"), reason=reason, suggestion=advice)
    if any(item.in_copies for group in groups.values() for item in group.items):
        for written in spaces.written.values():
            _check_condition(written, groups, findings)


def _items(form: Form) -> Iterator[tuple[Any, Steps]]:
    """The items with the way to each, those inside groups apart."""
    parts: list[tuple[tuple[Any, ...], Steps]] = []
    if form.nil_return:
        parts.append((form.nil_return.items, ("nil_return", "items")))
    parts += [(section.items, ("sections", number, "items")) for number, section in enumerate(form.sections)]
    return ((item, (*steps, number)) for items, steps in parts for number, item in enumerate(items))


def _check_copies(group: Group, steps: Steps, findings: Findings) -> None:
    if group.titles and len(group.titles) != group.copies:
        _report(group, f"{len(group.titles)} titles stand here", "give as many titles", (*steps, "titles"), findings)
    if group.min_copies is not None and group.min_copies > group.copies:
        _report(group, f"{group.min_copies} are needed", "raise copies or lower it", (*steps, "min_copies"), findings)
    for number, item in enumerate(group.items):
        for place, copy in enumerate(item.in_copies):
            if copy > group.copies:
                where = (*steps, "items", number, "in_copies", place)
                _report(group, f"there is no copy {copy}", "name copies that there are", where, findings)


def _report(group: Group, reason: str, advice: str, steps: Steps, findings: Findings) -> None:
    printed = "one copy is" if group.copies == 1 else f"{group.copies} copies are"
    findings.add(Code.WRONG_COPIES, steps, reason=f"{reason}, but {printed} printed", suggestion=advice)


def _check_condition(written: Written, groups: Mapping[Steps, Group], findings: Findings) -> None:
    """Report each test in a copy of something that this copy does not ask."""
    here = next((steps for steps in groups if written.steps[: len(steps)] == steps), None)
    by_id = {group.id: group for group in groups.values()}
    for test, steps in located_tests(written.condition, findings.source.find(written.steps), written.steps):
        missing: int | None = None
        if named := _NUMBERED.match(test.key):
            missing = _lacking(by_id.get(named["group"]), named["item"], [int(named["copy"])])
        elif here is not None:
            missing = _lacking(groups[here], re.split(r"[.\[]", test.key)[0], _copies_of(written.steps, here, groups))
        if missing is not None:
            findings.add(Code.NOT_IN_COPY, steps, at_key=True, value=test.key, copy=missing)


def _copies_of(steps: Steps, here: Steps, groups: Mapping[Steps, Group]) -> Iterable[int]:
    """The copies that have the item whose condition stands at `steps`, inside the group at `here`."""
    group = groups[here]
    inside = steps[len(here) :]
    if inside[:1] != ("items",):
        return ()  # the condition of the whole group means no copy
    return group.items[int(inside[1])].in_copies or range(1, group.copies + 1)


def _lacking(group: Group | None, name: str, copies: Iterable[int]) -> int | None:
    """The first of these copies that does not ask what is called `name`."""
    found = next((item for item in group.items if item.id in (name, owner_of(name))), None) if group else None
    return next((copy for copy in copies if found and found.in_copies and copy not in found.in_copies), None)
