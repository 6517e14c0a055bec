"""Reads a page of the documentation, and follows it as a newcomer would: block by block, in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from tools import reference

from qaf_forms import Toolkit
from qaf_forms.cli import main

ROOT = reference.ROOT
DOCS = reference.DOCS
GUIDE = [
    DOCS / "authoring" / f"{name}.md"
    for name in ("index", "start", "questions", "scales", "tables", "conditions", "try-it", "mistakes")
]
"""The pages of the authoring guide in the order in which they are read: each goes on where the one before ended."""

FOLLOWED = [
    ROOT / "README.md",
    DOCS / "tutorial.md",
    *sorted((DOCS / "how-to").glob("*.md")),
    ROOT / "tool_definitions" / "README.md",
]
EVERY = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.rglob("*.md")),
    *sorted(ROOT.glob("plugins/*/*.md")),
    ROOT / "tool_definitions" / "README.md",
]

NOT_RUN = {
    "pip install uv": "fetches from the network; whoever runs the tests has done it",
    "uv run pytest": "these are the tests",
    "uv run pytest plugins/qaf-forms-example": "runs among these tests",
}
"""Commands that pages show and that are not run here, with the reason."""

_FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]*)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """One fenced block. `output` is what the page says it prints; None if it does not say."""

    language: str
    title: str
    text: str
    line: int
    output: str | None = None


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page. A text block right after a Python block is what that prints."""
    text = page.read_text(encoding="utf-8")
    found = list(_FENCE.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        said = after and after["language"] == "text" and not text[match.end() : after.start()].strip()
        line = text.count("\n", 0, match.start()) + 1
        yield Block(
            match["language"], match["title"] or "", match["text"], line, after["text"] if said and after else None
        )


@dataclass
class Newcomer:
    """Follows one page. `folder` is where they stand: at first a copy of the repository, as far as pages use it."""

    page: Path
    folder: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})

    def follow(self) -> None:
        """Do all that the page says, and compare."""
        for block in blocks(self.page):
            if block.title:
                self._file(block)
            elif block.language == "console":
                self._console(block)
            elif block.language == "python":
                self._python(block)
            elif block.language == "yaml":
                self._yaml(block)

    def _file(self, block: Block) -> None:
        """Save a file that the page shows, unless the repository has it; that both are the same is another test."""
        if reference.file_shown(block.title):
            return
        path = self.folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def _console(self, block: Block) -> None:
        for number, command, expected in _commands(block):
            printed = "".join(self._run(part.strip(), expected) for part in command.split("&&"))
            self._compare(printed, expected, block.line + number)

    def _run(self, command: str, expected: str) -> str:
        if command in NOT_RUN:
            return ""
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        match words:
            case ["uv", "run", "qaf-forms", *arguments]:
                return self._qaf_forms(arguments, expected)
            case ["uv", "run", "python", script]:
                run = [sys.executable, script]
                return subprocess.run(run, cwd=self.folder, capture_output=True, text=True, check=True).stdout
            case ["cp", "-r", source, target]:
                shutil.copytree(self.folder / source, self.folder / target)
            case ["cd", target]:
                self.folder /= target
            case ["ls", target]:
                return "".join(f"{path.name}\n" for path in sorted((self.folder / target).iterdir()))
            case _:
                pytest.fail(f"{self.page.name}: nobody here knows how to run {command!r}")
        return ""

    def _qaf_forms(self, arguments: list[str], expected: str) -> str:
        """What the command prints. It may find problems, but must be able to run, unless the page says otherwise."""
        printed = io.StringIO()
        code: Any = 0
        with _standing_in(self.folder), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            argv, sys.argv = sys.argv, ["qaf-forms", *arguments]
            try:
                main()
            except SystemExit as end:
                code = end.code
            finally:
                sys.argv = argv
        if code not in (0, 1) and not expected.startswith("qaf-forms: "):
            pytest.fail(f"{self.page.name}: qaf-forms {' '.join(arguments)} could not run:\n{printed.getvalue()}")
        return printed.getvalue()

    def _python(self, block: Block) -> None:
        printed = io.StringIO()
        code = compile("\n" * block.line + block.text, str(self.page), "exec")
        with _standing_in(self.folder), contextlib.redirect_stdout(printed):
            exec(code, self.names)  # the documentation is ours
        if block.output is not None:
            self._compare(printed.getvalue(), block.output, block.line)

    def _yaml(self, block: Block) -> None:
        """Check items that the page shows on their own, as those of a small form."""
        if not block.text.startswith("- "):
            return
        path = self.folder / f"items_on_line_{block.line}.yaml"
        path.write_text(reference.around_items(block.text), encoding="utf-8")
        assert Toolkit().check(path) == ()
        path.unlink()

    def _compare(self, printed: str, expected: str, line: int) -> None:
        if expected.strip() and not _pattern(expected).fullmatch(_trimmed(printed)):
            pytest.fail(f"{self.page.name}, line {line} says\n\n{expected}\nbut this is printed:\n\n{printed}")


def a_checkout(folder: Path) -> Path:
    """A folder with what pages use of the repository."""
    for name in ("docs", "examples", "tool_definitions"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    return folder


def _commands(block: Block) -> Iterator[tuple[int, str, str]]:
    """Each command with its line and what follows it up to the next."""
    lines = block.text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, lines[start].removeprefix("$ ").split("  # ")[0].strip(), "\n".join(lines[start + 1 : end])


def _trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").split("\n"))


def _pattern(expected: str) -> re.Pattern[str]:
    """What is printed, where `...` stands for anything: alone on a line for any lines, else within the line."""
    parts = []
    for line in _trimmed(expected).splitlines():
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*?".join(map(re.escape, line.split("..."))) + r"[ \t]*\n")
    return re.compile("".join(parts))


@contextlib.contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
