"""Writes docs/reference from the code, and keeps what other pages show of files equal to those files.

uv run python tools/reference.py           write what is out of step
uv run python tools/reference.py --check   say what is out of step

A block that begins with a line such as ```yaml title="round.yaml" shows the file docs/tutorial/round.yaml, or the file
of that path in the repository.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.documented.codes import problem_codes
from tools.documented.commands import command_line
from tools.documented.definitions import all_answer_types, definition_keys
from tools.documented.forms import form_library
from tools.documented.hooks import hooks
from tools.documented.markdown import page, table
from tools.documented.printed_words import printed_words
from tools.documented.python_names import python_names
from tools.documented.scales import drawings, scale_library
from tools.documented.wordings import wording_keys

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial"
SHOWN_FILE = re.compile(r'^```(?P<language>\w+) title="(?P<title>[^"]+)"\n(?:.*?)^```$', re.MULTILINE | re.DOTALL)

PAGES = {
    "definition-keys.md": ("every key that a form's file can have", definition_keys),
    "answer-types.md": ("what a question can ask for", all_answer_types),
    "scales.md": ("the sets of answers that forms can use by name", scale_library),
    "forms.md": ("every form that comes with QAF Forms", form_library),
    "printed-words.md": ("what every form prints around its questions", printed_words),
    "wording-keys.md": ("every key that the file of a wording can have", wording_keys),
    "command-line.md": ("every command and option", command_line),
    "problem-codes.md": ("every problem, with what to do", problem_codes),
    "python.md": ("every public name", python_names),
    "hooks.md": ("what a plugin implements, and what it is given", hooks),
}


def written() -> Iterator[tuple[Path, str]]:
    """Every page that is made, or shows a file, with the text it should have."""
    for name, (_, make) in PAGES.items():
        yield DOCS / "reference" / name, make()
    for name, drawing in drawings():
        yield DOCS / "reference" / name, drawing
    rows = [
        (f"[{name.removesuffix('.md').replace('-', ' ').capitalize()}]({name})", about)
        for name, (about, _) in PAGES.items()
    ]
    yield DOCS / "reference" / "index.md", page("Reference", table(("page", "what is on it"), rows))
    for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]:
        if path.parent.name != "reference":
            text = path.read_text(encoding="utf-8")
            yield path, SHOWN_FILE.sub(_shown, text)


def _title(name: str) -> str:
    return name.removesuffix(".md").replace("-", " ").capitalize()


def _shown(match: re.Match[str]) -> str:
    file = file_shown(match["title"])
    if file is None:
        return match[0]
    content = file.read_text(encoding="utf-8")
    return f'```{match["language"]} title="{match["title"]}"\n{content}```'


def file_shown(title: str) -> Path | None:
    """The file that a block with this title shows; None if the block is the file."""
    return next((path for path in (TUTORIAL / title, ROOT / title) if path.is_file()), None)


def around_items(items: str) -> str:
    """A small form with these items, as pages show them on their own."""
    return _AROUND_ITEMS + "".join(f"      {line}\n" for line in items.splitlines())


_AROUND_ITEMS = """\
id: items_of_a_page
version: "1"
title: Items of a page
kind: record
owner: A partnership
sections:
  - id: part
    title: Part
    items:
"""


def out_of_step() -> list[Path]:
    """The pages that do not say what they should."""
    return [path for path, text in written() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> int:
    """Write the pages, or say which are out of step."""
    stale = out_of_step()
    names = [path.relative_to(ROOT).as_posix() for path in stale]
    if "--check" in sys.argv:
        print(
            "\n".join(f"{name} is out of step: run `uv run python tools/reference.py`" for name in names) or "in step"
        )
        return 1 if stale else 0
    for path, text in written():
        if path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(f"wrote {name}" for name in names) or "in step")
    return 0


if __name__ == "__main__":
    sys.exit(main())
