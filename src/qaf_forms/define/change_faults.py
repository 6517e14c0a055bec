"""Checks what a form says became of the questions of its earlier versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from qaf_forms.define.changes import ANY, Path, begins, path_of
from qaf_forms.define.companions import owner_of
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.spaces import Spaces
from qaf_forms.define.suggesting import closest
from qaf_forms.problems import Code

EarlierForm = Callable[[str], Form | None]
"""Finds a version of the form; None where there is none."""


def check_changes(form: Form, spaces: Spaces, findings: Findings) -> None:
    """Everything that is said to be now is here, and no two questions became one."""
    paths = {path_of(key): key for key in spaces.by_key}
    known = sorted({".".join(path[:length]) for path in paths for length in range(1, len(path) + 1)})
    for version, written in form.changes.items():
        if version == form.version:
            reason = f"{version} is the version of this form itself"
            advice = "name an earlier version, whose questions these are"
            findings.add(Code.WRONG_VALUE, ("changes", version), at_key=True, reason=reason, suggestion=advice)
        heirs: dict[Path, str] = {}
        for old, change in written.items():
            if change.how == "dropped":
                continue
            now = change.now or old
            steps = ("changes", version, old, "now") if change.now else ("changes", version, old)
            if not any(begins(path, path_of(now)) for path in paths) and not findings.is_doubtful_id(now):
                advice = _meant(now, known)
                findings.add(Code.UNKNOWN_SUCCESSOR, steps, at_key=not change.now, value=now, suggestion=advice)
            if change.how in ("same", "reworded"):
                first = heirs.setdefault(path_of(now), old)
                if first != old:
                    reason = f"{first!r} and {old!r} are both said to be {now!r} now"
                    advice = "say of one of them that it was replaced or dropped"
                    findings.add(Code.WRONG_VALUE, steps, value=now, reason=reason, suggestion=advice)


def advise_on_changes(form: Form, earlier: EarlierForm, findings: Findings) -> None:
    """Whether every question is accounted for, of versions that can be found."""
    for version in form.changes:
        before = earlier(version) if version != form.version else None
        if before is not None:
            _Comparing(form, before, version).advise(findings)


class _Comparing:
    """Compares a form with one of its earlier versions."""

    def __init__(self, form: Form, before: Form, version: str) -> None:
        self.version, self.written = version, form.changes[version]
        self.old, self.new = _paths(before), _paths(form)
        self.moved = [path_of(key) for key, change in self.written.items() if change.how != "new"]
        self.heirs = [path_of(change.now) for change in self.written.values() if change.now]
        self.said_new = [path_of(key) for key, change in self.written.items() if change.how == "new"]

    def advise(self, findings: Findings) -> None:
        """Name what is not accounted for."""
        here = ("changes", self.version)
        for key, path in ((key, path_of(key)) for key, change in self.written.items() if change.how != "new"):
            if not any(begins(old, path) for old in self.old):
                advice = _meant(key, [".".join(old) for old in self.old])
                facts = {"value": key, "version": self.version, "suggestion": advice}
                findings.add(Code.NOT_IN_EARLIER, (*here, key), at_key=True, **facts)
        taken = [*self.heirs, *self.said_new]
        lost = [old for old in self.old if not _is_in(old, self.moved) and (old not in self.new or _is_in(old, taken))]
        if lost:
            said = ", ".join(_listed(lost, self.old))
            findings.add(Code.LOST_QUESTIONS, here, at_key=True, value=said, version=self.version)
        kept = {old for old in self.old if not _is_in(old, self.moved)}
        known = [*taken, *self.moved]  # where a question was moved away, another of its key must be new
        fresh = [new for new in self.new if new not in kept and not _is_in(new, known)]
        if fresh:
            said = ", ".join(_listed(fresh, self.new))
            findings.add(Code.UNSAID_NEW, here, at_key=True, value=said, version=self.version)


def _paths(form: Form) -> dict[Path, None]:
    """Every answer space, in printed order; not those that the form makes by itself, which follow their questions."""
    found = dict.fromkeys(path_of(key) for key in Spaces(form).by_key)
    owners = {path: (*path[:-1], owner_of(path[-1])) for path in found}
    return dict.fromkeys(path for path, owner in owners.items() if owner == path or owner not in found)


def _meant(key: str, known: Sequence[str]) -> str:
    meant = closest(key, known)
    return f"did you mean {meant!r}?" if meant else "write the id of a question, such as known or core.seen_alone"


def _is_in(path: Path, named: Iterable[Path]) -> bool:
    """Whether a question, or something that it is part of, is among those named."""
    return any(begins(path, one) for one in named)


def _listed(paths: Sequence[Path], whole: Iterable[Path]) -> Iterator[str]:
    """The keys of questions; for all of a block, a row or a column one key."""
    found = set(paths)
    others = [path for path in whole if path not in found]
    said: dict[Path, None] = {}
    for path in paths:
        shorter = [path[:length] for length in range(1, len(path))]
        shorter += [(*path[:-2], ANY, path[-1])] if len(path) > 2 else []
        said[next((one for one in shorter if not any(begins(other, one) for other in others)), path)] = None
    return map(".".join, said)
