"""Loading a definition: YAML in, a form or every fault of the file out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from qaf_forms.define.answer_types import Calculated, Choice, Choices
from qaf_forms.define.extending import comparability_faults, extended
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.given import keep_as_typed
from qaf_forms.define.items import Grid, Table
from qaf_forms.define.lint import form_faults
from qaf_forms.define.reuse import with_blocks
from qaf_forms.define.scale import Identifier, Scale
from qaf_forms.define.scale_faults import scale_faults
from qaf_forms.define.validating import validated
from qaf_forms.define.yaml_source import Source, Steps, read_file, read_text
from qaf_forms.errors import DefinitionError, QafFormsError, UnknownFormError
from qaf_forms.problems import Code, Problem

SCALES = TypeAdapter(dict[Identifier, Scale])
_FORM = TypeAdapter(Form)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a definition. `form` is there unless a problem is an error rather than a warning.

    `source` is what was loaded, with blocks and the form that it extends put in. `drafted` is the form even of a
    faulty definition, with stand-ins where `doubtful` says so: what can still be checked is checked.
    """

    form: Form | None
    problems: tuple[Problem, ...]
    source: Source
    drafted: Form | None = None
    doubtful: frozenset[Steps] = frozenset()

    @property
    def advised(self) -> tuple[Problem, ...]:
        """The problems, and what else the author may have got wrong, all of it in order."""
        from qaf_forms.define.advice import advice  # only `check` wants it, and it reads a list of words

        found = advice(self.drafted, self.source, self.doubtful) if self.drafted else []
        return in_order([*self.problems, *found])


Bases = Callable[[str], Loaded]
"""Finds the form that another extends, loaded, or raises a `QafFormsError`."""


def load_definition(
    path_or_text: Path | str,
    shared_scales: Mapping[str, Scale] | None = None,
    name: str | None = None,
    blocks: Mapping[str, Source] | None = None,
    bases: Bases | None = None,
) -> Loaded:
    """Load a form from a file (a `Path`) or from YAML text (a `str`), with every fault at once.

    Problems are sorted by line, and their place is `FILE:LINE:COLUMN` with the file called `name`, or as given. A form
    uses its own scales and, where it has none of a name, those of `shared_scales`; the loaded form holds all it uses.
    `blocks` are the files of blocks that it can `use`, by name; `bases` finds the forms that it can extend.
    """
    source = with_blocks(_read(path_or_text, name), blocks or {})
    wanted = source.find(("extends",))
    if wanted is None or source.root is None:
        return load_source(source, shared_scales or {})
    try:
        base = (bases or _no_bases)(wanted.text)
    except QafFormsError as error:
        return Loaded(None, in_order([*source.problems, _unknown_base(source, wanted.text, error)]), source)
    loaded = load_source(extended(source, base.source), shared_scales or {})
    faults = list(comparability_faults(loaded.form, base.form, source)) if loaded.form and base.form else []
    return replace(loaded, form=None if faults else loaded.form, problems=in_order([*loaded.problems, *faults]))


def _no_bases(name: str) -> Loaded:
    raise UnknownFormError(f"there is no form {name!r} to be found from here")


def _unknown_base(source: Source, name: str, error: QafFormsError) -> Problem:
    place = source.place(*source.mark(("extends",)))
    advice = "name a form that `qaf-forms forms` lists, and that has no faults"
    return Code.UNKNOWN_BASE.problem(place=place, value=name, reason=str(error), suggestion=advice)


def load_source(source: Source, shared_scales: Mapping[str, Scale]) -> Loaded:
    """Load a form from what was read."""
    if source.root is None:
        return Loaded(None, source.problems, source)
    keep_as_typed(source.root)
    outcome = validated(source, _FORM, Form)
    problems = [*source.problems, *outcome.problems]
    form: Form | None = outcome.value
    if form is not None:
        used, faults = _used_scales(form, shared_scales)
        form = form.model_copy(update={"scales": {**used, **form.scales}})
        problems += faults
        problems += form_faults(form, source, outcome.doubtful, shared_scales)
    sound = not any(not problem.is_warning for problem in problems)
    return Loaded(form if sound else None, in_order(problems), source, form, outcome.doubtful)


def load_scales(path_or_text: Path | str, name: str | None = None) -> tuple[dict[str, Scale], tuple[Problem, ...]]:
    """Load a file of shared scales: a mapping of names to scales. Those that are sound come with every fault."""
    source = _read(path_or_text, name)
    scales, problems = scales_in(source)
    return scales, problems


def check_scales(path: Path) -> tuple[Problem, ...]:
    """Every fault of a file of shared scales, and what else its author may have got wrong."""
    from qaf_forms.define.advice.scales import advise_on_scale

    source = read_file(path)
    scales, problems = scales_in(source)
    findings = Findings(source)
    for name, scale in scales.items():
        advise_on_scale(scale, (name,), findings)
    return in_order([*problems, *findings.problems])


def scales_in(source: Source) -> tuple[dict[str, Scale], tuple[Problem, ...]]:
    """The scales of a file that was read, and its faults."""
    if source.root is None:
        return {}, source.problems
    outcome = validated(source, SCALES, dict[Identifier, Scale])
    found: dict[str, Scale] = outcome.value or {}
    faults = [fault for name, scale in found.items() for fault in scale_faults(scale, (name,), source)]
    doubtful = {steps[0] for steps in outcome.doubtful if steps}
    sound = {name: scale for name, scale in found.items() if name not in doubtful}
    return sound, in_order([*source.problems, *outcome.problems, *faults])


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column."""

    def spot(problem: Problem) -> tuple[str, int, int]:
        name, line, column = problem.place.rsplit(":", 2)
        return name, int(line), int(column)

    return tuple(sorted(dict.fromkeys(problems), key=spot))


def _read(path_or_text: Path | str, name: str | None) -> Source:
    if isinstance(path_or_text, Path):
        return read_file(path_or_text, name)
    return read_text(path_or_text, name or "definition")


def _used_scales(form: Form, shared: Mapping[str, Scale]) -> tuple[dict[str, Scale], list[Problem]]:
    """The shared scales that a form uses, and the faults of those that cannot be used."""
    found: dict[str, Scale] = {}
    problems: list[Problem] = []
    for name in scale_names(form):
        if name in form.scales or name in found or name not in shared:
            continue
        try:
            found[name] = shared[name]
        except DefinitionError as error:
            problems += error.problems
    return found, problems


def scale_names(form: Form) -> Iterator[str]:
    """The name of every scale that is used in a form, as often as it is."""
    if form.nil_return and isinstance(form.nil_return.scale, str):
        yield form.nil_return.scale
    for answer in answers_of(form):
        if isinstance(answer, Choice | Choices | Calculated) and isinstance(answer.scale, str):
            yield answer.scale


def answers_of(form: Form) -> Iterator[Any]:
    """Every answer type in a form: questions, columns and the cells that differ from their column."""
    for item in form.items():
        if isinstance(item, Grid | Table):
            yield from (column for column in item.columns)
        if isinstance(item, Grid):
            yield from (cell for row in item.asked for cell in row.cells.values())
        if not isinstance(item, Grid | Table):
            yield item
