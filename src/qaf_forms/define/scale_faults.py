"""The faults of scales: levels that share a code, or an answer that would mean two of them."""

from __future__ import annotations

from qaf_forms.define.findings import Findings
from qaf_forms.define.id_faults import check_unique
from qaf_forms.define.scale import Scale, fold
from qaf_forms.define.yaml_source import Source, Steps
from qaf_forms.problems import Code, Problem


def scale_faults(scale: Scale, steps: Steps, source: Source) -> list[Problem]:
    """Everything wrong with one shared scale beyond its types."""
    findings = Findings(source)
    check_scale(scale, steps, findings)
    return findings.problems


def check_scale(scale: Scale, steps: Steps, findings: Findings) -> None:
    """Every code is of one level, and so is everything that people may write for one."""
    codes = [(level.code, (*steps, "levels", number, "code")) for number, level in enumerate(scale.levels)]
    check_unique(codes, findings)
    taken: dict[str, str] = {}
    for number, level in enumerate(scale.levels):
        here = (*steps, "levels", number)
        spellings: list[tuple[str, Steps]] = [(level.label, (*here, "label")), (level.code, (*here, "code"))]
        spellings += [(alias, (*here, "aliases", position)) for position, alias in enumerate(level.aliases)]
        for spelling, where in spellings:
            first = taken.setdefault(fold(spelling) or spelling, level.code)
            if first != level.code:
                findings.add(Code.SAME_ANSWER, where, value=spelling, first=first, second=level.code)
