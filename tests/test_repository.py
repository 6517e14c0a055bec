"""What holds for the repository as a whole: pins, licences, and nothing that belongs to one machine."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from tools import pin

ROOT = Path(__file__).resolve().parent.parent
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))

REGISTRY_HOST = re.compile(rb"\b(?:pypi|pythonhosted|npmjs|conda|anaconda)\.org")
MACHINE_PATH = re.compile(rb"(?<![\w.])(?:/(?:home|root|work|Users)/\w|[A-Z]:[\\/]Users[\\/])")
LESSER = re.compile(r"\bLGPL|Lesser General Public License", re.IGNORECASE)
COPYLEFT = re.compile(r"\bA?GPL|General Public License", re.IGNORECASE)


def test_this_environment_has_the_pinned_version_of_everything_needed() -> None:
    assert list(pin.differences(pin.read_pins(), pin.needed())) == []


def test_what_is_not_pinned_or_differs_is_named_with_what_to_do() -> None:
    assert list(pin.differences({"lxml": "6.0"}, {"lxml": "5.0", "click": "8.1", "rich": None})) == [
        "click 8.1 is not pinned: run `uv run --no-sync tools/pin.py`",
        "lxml 5.0 is installed but 6.0 is pinned: run `uv sync`",
        "rich is needed but not installed: run `uv sync`",
    ]


def test_where_two_pythons_take_two_versions_each_pin_says_which_python() -> None:
    source = {"registry": "anywhere"}
    new, old = ["python_full_version >= '3.12'"], ["python_full_version < '3.12'"]
    packages = [
        {"name": "rich", "version": "15.0", "source": source, "resolution-markers": new},
        {"name": "rich", "version": "14.0", "source": source, "resolution-markers": old},
        {"name": "qaf-forms", "version": "0.1.0", "source": {"editable": "."}},
    ]
    assert list(pin.pins_of(packages)) == [
        "rich==14.0 ; (python_full_version < '3.12')",
        "rich==15.0 ; (python_full_version >= '3.12')",
    ]


@pytest.mark.xdist_group("together")
def test_tests_of_one_group_stay_in_one_process(request: pytest.FixtureRequest, worker_id: str) -> None:
    """pytest-xdist tells groups apart by the end of a test's id, which not every pytest lets it change."""
    if worker_id == "master":
        pytest.skip("all tests run in one process")
    assert request.node.nodeid.endswith("@together")


@pytest.mark.parametrize("name", sorted(pin.needed()))
def test_a_council_may_embed_every_dependency(name: str) -> None:
    licences = declared_licences(name)
    assert licences, f"{name} declares no licence"
    assert not COPYLEFT.search(LESSER.sub("", " | ".join(licences)))


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_every_plugin_has_tests_a_readme_and_the_licence(plugin: Path) -> None:
    assert list(plugin.glob("tests/test_*.py")), "tests/ holds no test module"
    assert (plugin / "README.md").read_text("utf-8").startswith(f"# {plugin.name}\n")
    assert (plugin / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_no_two_plugins_have_a_test_module_of_one_name() -> None:
    names = [path.name for plugin in PLUGINS for path in plugin.glob("tests/*.py")]
    assert sorted(names) == sorted(set(names))


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    found = [
        f"{place}: {match.group().decode()}"
        for place, content in committed()
        for pattern in (REGISTRY_HOST, MACHINE_PATH)
        for match in pattern.finditer(content)
    ]
    assert found == []


def declared_licences(name: str) -> list[str]:
    """The licence fields of a distribution, each cut short: some hold the licence's whole text."""
    fields = metadata.metadata(name)
    classifiers = [line for line in fields.get_all("Classifier", []) if line.startswith("License ::")]
    stated = [fields[field] for field in ("License-Expression", "License") if field in fields]
    return [text[:100] for text in (*stated, *classifiers)]


def committed() -> Iterator[tuple[str, bytes]]:
    """Every file that is or would be committed, and every part of those that are packages (.docx, .xlsx)."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for path in map(ROOT.joinpath, filter(None, listed.split("\0"))):
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield str(path.relative_to(ROOT)), content
        if zipfile.is_zipfile(io.BytesIO(content)):
            yield from parts(path)


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """The parts that a reader would accept; examples may hold files damaged on purpose."""
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if entry.flag_bits & 0x1 or entry.file_size > 10_000_000:
                continue
            try:
                yield f"{path.relative_to(ROOT)}!{entry.filename}", package.read(entry)
            except (zipfile.BadZipFile, NotImplementedError):
                continue
