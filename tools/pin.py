"""Pin every version the project is tested with, direct and indirect, in pyproject.toml.

uv run --no-sync tools/pin.py           take the newest versions that fit, and write them down
uv run --no-sync tools/pin.py --check   say whether this environment has the versions written down
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
BLOCK = re.compile(r"(?<=\n)# pins: [^\n]*\n(.*?)# end of pins\n", re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a version differs")
    if parser.parse_args().check:
        faults = list(differences(read_pins(), needed()))
        print("\n".join(faults) or "this environment has every pinned version")
        return 1 if faults else 0
    write_pins()
    return subprocess.run(["uv", "sync"], cwd=ROOT, check=False).returncode


def read_pins() -> dict[str, str]:
    """Name and version of every pin that holds for this Python and this system."""
    pins = map(Requirement, settings()["tool"]["uv"]["constraint-dependencies"])
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }


def needed() -> dict[str, str | None]:
    """Name and installed version (None: not installed) of everything the project and its tests need."""
    development = [Requirement(line) for line in settings()["dependency-groups"]["dev"]]
    found: dict[str, str | None] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement("qaf-forms[all]"), *development]
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            found[name] = None
            continue
        if not name.startswith("qaf-forms"):
            found[name] = installed.version
        waiting += [r for r in map(Requirement, installed.requires or ()) if applies(r, extras)]
    return found


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def differences(pins: Mapping[str, str], installed: Mapping[str, str | None]) -> Iterator[str]:
    for name, version in sorted(installed.items()):
        if version is None:
            yield f"{name} is needed but not installed: run `uv sync`"
        elif name not in pins:
            yield f"{name} {version} is not pinned: run `uv run --no-sync tools/pin.py`"
        elif pins[name] != version:
            yield f"{name} {version} is installed but {pins[name]} is pinned: run `uv sync`"


def write_pins() -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = unpinned_copy(Path(folder))
        subprocess.run(["uv", "lock"], cwd=copy, check=True)
        locked = tomllib.loads((copy / "uv.lock").read_text("utf-8"))["package"]
        tested = list(pins_of(locked))
        built = built_with(copy, tested)
    lines = [
        "# pins: written by `uv run --no-sync tools/pin.py`",
        *setting("constraint-dependencies", tested),
        *setting("build-constraint-dependencies", built),
        "# end of pins\n",
    ]
    block = "\n".join(lines)
    PROJECT.write_text(BLOCK.sub(lambda _: block, PROJECT.read_text("utf-8")), "utf-8")


def unpinned_copy(folder: Path) -> Path:
    """The workspace's pyproject.toml files alone, without pins, for a resolution that is free to choose."""
    for source in [PROJECT, *sorted(ROOT.glob("plugins/*/pyproject.toml"))]:
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (folder / PROJECT.name).write_text(BLOCK.sub("", PROJECT.read_text("utf-8")), "utf-8")
    return folder


def pins_of(packages: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line a package; where Pythons differ in the version they take, one for each, with its marker."""
    for package in sorted(packages, key=lambda package: (package["name"], package.get("version", ""))):
        if "registry" not in package["source"]:
            continue
        pin = f"{package['name']}=={package['version']}"
        markers = [f"({marker})" for marker in package.get("resolution-markers", ())]
        yield f"{pin} ; {' or '.join(markers)}" if markers else pin


def built_with(folder: Path, tested: Iterable[str]) -> list[str]:
    """Pins of the build backend and all it needs; what the tests use too has the same version in both."""
    (folder / "tested.txt").write_text("\n".join(tested), "utf-8")
    command = ["uv", "pip", "compile", "-", "--universal", "--quiet", "--no-header", "--no-annotate"]
    compiled = subprocess.run(
        [*command, "--python-version", "3.11", "--constraints", "tested.txt"],
        cwd=folder,
        input="\n".join(settings()["build-system"]["requires"]),
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in compiled.stdout.splitlines() if "==" in line]


def setting(name: str, pins: Iterable[str]) -> list[str]:
    return [f"{name} = [", *(f'    "{pin}",' for pin in pins), "]"]


def settings() -> dict[str, Any]:
    return tomllib.loads(PROJECT.read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
