"""The library: definitions and scales by name, in the folders given and then among the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from qaf_forms.define.change_faults import advise_on_changes
from qaf_forms.define.definition_files import (
    BLOCKS_FOLDER,
    SCALES_FILE,
    SUFFIXES,
    TEMPLATES_FOLDER,
    FileKind,
    files_of_forms,
    kind_of_file,
)
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.loading import Loaded, check_scales, in_order, load_definition, load_source
from qaf_forms.define.reuse import with_blocks
from qaf_forms.define.scale import Scale
from qaf_forms.define.shared_scales import SharedScales
from qaf_forms.define.standing_alone import standing_alone
from qaf_forms.define.suggesting import closest, listed
from qaf_forms.define.summary import FormSummary, WordingSummary, summary_of
from qaf_forms.define.wording_library import Wordings, names_of
from qaf_forms.define.yaml_source import Source, read_file
from qaf_forms.errors import DefinitionError, QafFormsError, UnknownFormError
from qaf_forms.problems import Problem


class Library:
    """Finds definitions by path, `id` or `id@version`.

    `folders` come before the shipped definitions, in their order: a form or scale of the same name in one of them is
    taken instead of the shipped one. What was loaded once is kept as long as the library.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self.folders = tuple(folders)
        self._loaded: dict[Path, Loaded] = {}
        self._loading: set[Path] = set()
        self._heads: tuple[FormSummary | WordingSummary, ...] | None = None
        self.wordings = Wordings(self)
        self._scales: SharedScales | None = None
        self._blocks: dict[str, Source] | None = None

    def __repr__(self) -> str:
        return f"<Library {', '.join(str(folder) for folder in self._searched())}>"

    def form(self, name: str | Path) -> Form:
        """The form of this id, `id@version` or path; of several versions the latest.

        Raises DefinitionError with every problem of a faulty definition, and UnknownFormError where there is none.
        """
        path = self._path_of(name)
        loaded = self._load(path)
        if loaded.form is None:
            errors = [problem for problem in loaded.problems if not problem.is_warning]
            raise DefinitionError(str(path), errors)
        return loaded.form

    def source(self, name: str | Path) -> Path:
        """The file of a form's definition, whether or not it has faults."""
        return self._path_of(name)

    def template(self, name: str) -> Path:
        """The file that a new form starts from; that of a folder before comes first."""
        places = [folder / TEMPLATES_FOLDER / f"{name}.yaml" for folder in self._searched()]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            raise UnknownFormError(f"there is no template {name!r}; start from a form, with --from")
        return found

    def check(self, path: Path) -> tuple[Problem, ...]:
        """Every fault and warning of a definition or of a file of scales; none when all is well."""
        if not path.is_file():
            raise UnknownFormError(f"{path}: there is no such file; check its name")
        kind = kind_of_file(path)
        if kind is FileKind.SCALES:
            return check_scales(path)
        if kind is FileKind.BLOCK:
            return self._check_block(path)
        if isinstance(head := summary_of(path), WordingSummary):
            return self.wordings.check(head)
        try:
            loaded = self._load(path)
        except DefinitionError as error:  # of the shared scales
            return error.problems
        return in_order([*_advised(loaded, loaded.source, path), *self._advice_on_changes(loaded, path)])

    def _advice_on_changes(self, loaded: Loaded, path: Path) -> list[Problem]:
        form = loaded.form
        if form is None or not form.changes:
            return []
        findings = Findings(loaded.source)
        advise_on_changes(form, lambda version: self._edition(form.id, version, path.parent), findings)
        return findings.problems

    def _edition(self, form: str, version: str, folder: Path) -> Form | None:
        """A version of a form, of the library or beside the one that is checked; None where there is none to use."""
        found = (one.path for one in self.summaries() if (one.id, one.version) == (form, version))
        beside = (path for path in sorted(folder.glob("*.yaml")) if path.name != SCALES_FILE)
        heads = ((path, summary_of(path)) for path in beside)
        forms = ((path, head) for path, head in heads if isinstance(head, FormSummary))
        paths = chain(found, (path for path, one in forms if (one.id, one.version) == (form, version)))
        return next((loaded for path in paths if (loaded := self._load(path).form)), None)

    def summaries(self) -> list[FormSummary]:
        """What there is, sorted by id and version, without loading the whole of anything.

        A definition whose head cannot be read is listed with its fault. A form that a folder before has with the same
        id and version is left out.
        """
        first: dict[tuple[str, str, str], FormSummary] = {}
        wordings = self.wording_heads()
        for summary in self._read_heads():
            if isinstance(summary, FormSummary):
                name = str(summary.path) if summary.fault else ""
                first.setdefault((summary.id, summary.version, name), summary)
        whole = (_with_base(one, first.values()) for one in first.values())
        listed = [replace(one, wordings=names_of(wordings, one.id, one.version)) for one in whole]
        return sorted(listed, key=lambda summary: (summary.id, _version_order(summary.version)))

    def wording_heads(self) -> list[WordingSummary]:
        """The wordings in the folders of the library, those of a folder before first."""
        return [head for head in self._read_heads() if isinstance(head, WordingSummary)]

    def _read_heads(self) -> tuple[FormSummary | WordingSummary, ...]:
        if self._heads is None:
            paths = (path for folder in self._searched() for path in files_of_forms(folder))
            self._heads = tuple(head for path in paths if (head := summary_of(path)) is not None)
        return self._heads

    def home_of(self, form: Form) -> Path | None:
        """The file that a form was loaded from; None for a form that came from elsewhere."""
        return next((path for path, loaded in self._loaded.items() if loaded.form is form), None)

    def holds(self, path: Path) -> bool:
        """Whether a file lies in one of the folders that are searched."""
        return any(path.is_relative_to(folder.absolute()) for folder in self._searched())

    def scales(self) -> Mapping[str, Scale]:
        """The shared scales by name, each read when it is first asked for; a faulty one raises DefinitionError."""
        if self._scales is None:
            files = [folder / SCALES_FILE for folder in self._searched()]
            self._scales = SharedScales([file for file in files if file.is_file()])
        return self._scales

    def _base(self, name: str) -> Loaded:
        """A form that another extends; only one without faults will do."""
        self.form(name)
        return self._load(self._path_of(name))

    def blocks(self) -> Mapping[str, Source]:
        """The blocks that forms can use, by the names of their files; those of a folder before come first."""
        if self._blocks is None:
            found: dict[str, Source] = {}
            for folder in self._searched():
                for path in sorted((folder / BLOCKS_FOLDER).glob("*.yaml")):
                    found.setdefault(path.stem, read_file(path))
            self._blocks = found
        return self._blocks

    def _check_block(self, path: Path) -> tuple[Problem, ...]:
        block = read_file(path)
        if block.root is None:
            return block.problems
        loaded = load_source(with_blocks(standing_alone(block), self.blocks()), self.scales())
        return _advised(loaded, block, path)

    def _searched(self) -> tuple[Path, ...]:
        shipped = shipped_folder("tool_definitions")
        return (*self.folders, shipped) if shipped.is_dir() else self.folders

    def _load(self, path: Path) -> Loaded:
        key = path.absolute()
        if key not in self._loaded:
            if key in self._loading:
                raise UnknownFormError(f"{path}: it extends itself, by way of the forms that it extends")
            self._loading.add(key)
            try:
                self._loaded[key] = load_definition(path, self.scales(), blocks=self.blocks(), bases=self._base)
            finally:
                self._loading.discard(key)
        return self._loaded[key]

    def _path_of(self, name: str | Path) -> Path:
        """The file of a form. A name is compared with the ids there are and is never made part of a path."""
        if isinstance(name, Path) or "/" in name or "\\" in name or name.endswith(SUFFIXES):
            path = Path(name)
            if path.is_file():
                return path
            raise UnknownFormError(f"{path}: there is no such file; check its name, or give the id of a form")
        wanted, _, version = name.partition("@")
        found = [form for form in self.summaries() if form.id == wanted and version in ("", form.version)]
        if not found:
            raise UnknownFormError(self._not_found(wanted, version))
        best = next(folder for folder in self._searched() if any(form.path.is_relative_to(folder) for form in found))
        return [form for form in found if form.path.is_relative_to(best)][-1].path

    def _not_found(self, wanted: str, version: str) -> str:
        known = [form for form in self.summaries() if form.id]
        versions = [form.version for form in known if form.id == wanted]
        if versions:
            return f"{wanted} has no version {version!r}; there is {listed(versions)}"
        looked = listed(str(folder) for folder in self._searched())
        meant = closest(wanted, [form.id for form in known])
        advice = f"did you mean {meant!r}?" if meant else "`qaf-forms forms` lists what there is"
        own = "" if self.folders else "; forms of your own are found with --definitions FOLDER before the command"
        return f"there is no form {wanted!r} in {looked}; {advice}{own}"


def _advised(loaded: Loaded, written: Source, path: Path) -> tuple[Problem, ...]:
    """Every fault of what was loaded, and what else its author may have got wrong."""
    from qaf_forms.define.advice.lost_words import lost_words  # only `check` wants these
    from qaf_forms.define.advice.unfinished import left_to_write

    lines = path.read_text(encoding="utf-8-sig").split("\n") if written.root else []
    left = () if path.parent.name == TEMPLATES_FOLDER else left_to_write(written, lines)
    return in_order([*loaded.advised, *lost_words(written, lines), *left])


def folders_of_definitions(given: Path | str | Sequence[Path | str]) -> tuple[Path, ...]:
    """The folders given, be it one or several. QafFormsError names the first that is no folder."""
    folders = [given] if isinstance(given, Path | str) else given
    return tuple(_folder(Path(folder)) for folder in folders)


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path
    if path.exists():
        raise QafFormsError(f"{path}: this is a file, not a folder of definitions; name the folder that the file is in")
    raise QafFormsError(f"{path.absolute()}: there is no such folder of definitions; check its name")


def shipped_folder(name: str) -> Path:
    """The folder `tool_definitions` or `examples` as shipped: in the package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parent.parent / name


def _with_base(form: FormSummary, forms: Collection[FormSummary]) -> FormSummary:
    """An extended form with the title and kind of the form that it extends, where it has none of its own."""
    seen = {form.id}
    base = form
    while not (form.title and form.kind) and base.extends:
        name, _, version = base.extends.partition("@")
        found = [one for one in forms if one.id == name and version in ("", one.version)]
        if not found or name in seen:
            return replace(form, fault=form.fault or f"the form that it extends is not there: {base.extends}")
        base = found[-1]
        seen.add(name)
        form = replace(form, title=form.title or base.title, kind=form.kind or base.kind)
    return form


def _version_order(version: str) -> tuple[tuple[int, str], ...]:
    """2024.10 comes after 2024.9."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.\-]", version))
