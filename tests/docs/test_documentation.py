"""The documentation does what it says: every command and program on it runs, and every link leads somewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import pytest

import qaf_forms
from qaf_forms import Toolkit
from qaf_forms.cli import cli
from qaf_forms.issue.recipients import COLUMNS
from qaf_forms.issue.round_file import KEYS
from tests.docs.pages import DOCS, EVERY, FOLLOWED, GUIDE, ROOT, Newcomer, a_checkout, blocks

_LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_MOST_BYTES = 150_000


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", FOLLOWED, ids=name_of)
def test_a_newcomer_can_follow_the_page_to_the_letter(page: Path, tmp_path: Path) -> None:
    Newcomer(page, a_checkout(tmp_path)).follow()


def test_a_newcomer_can_follow_the_authoring_guide_from_its_first_page_to_its_last(tmp_path: Path) -> None:
    assert sorted(GUIDE) == sorted((DOCS / "authoring").glob("*.md"))
    folder = a_checkout(tmp_path)
    for page in GUIDE:
        Newcomer(page, folder).follow()


def test_the_pages_of_the_guide_lead_from_one_to_the_next() -> None:
    for page, after in pairwise(GUIDE):
        assert f"({after.name})" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*FOLLOWED, *GUIDE], ids=name_of)
def test_every_form_on_the_page_can_be_issued(page: Path, tmp_path: Path) -> None:
    files = {block.title: block.text for block in blocks(page) if block.title.endswith(".yaml")}
    for title, text in files.items():
        path = tmp_path / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    toolkit = Toolkit(definitions=[path for path in tmp_path.iterdir() if path.is_dir()])
    for title in (title for title, text in files.items() if re.search(r"^sections:", text, re.MULTILINE)):
        has_faults = Path(title).name.startswith("with_")
        assert bool(toolkit.check(tmp_path / title)) == has_faults


@pytest.mark.parametrize("page", EVERY, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    dead = [match["target"] for match in _LINK.finditer(text) if not leads_somewhere(page, match["target"])]
    assert dead == []


@pytest.mark.parametrize("page", EVERY, ids=name_of)
def test_every_picture_is_described_in_words(page: Path) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(", page.read_text(encoding="utf-8"))
    assert all(len(words) > 20 for words in pictures)


def test_every_page_is_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            targets = [match["target"].partition("#")[0] for match in _LINK.finditer(page.read_text(encoding="utf-8"))]
            waiting += [(page.parent / target).resolve() for target in targets if target.endswith(".md")]
    assert sorted(set(DOCS.rglob("*.md")) - reached) == []


def test_pictures_are_small_and_the_drawing_says_what_it_shows() -> None:
    assert [path.name for path in DOCS.rglob("*.png") if path.stat().st_size > _MOST_BYTES] == []
    drawing = ElementTree.parse(DOCS / "images" / "flow.svg").getroot()
    title, description = (drawing.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text


@pytest.mark.parametrize("name", qaf_forms.__all__)
def test_every_public_name_says_what_it_is_and_stands_in_the_reference(name: str) -> None:
    thing = getattr(qaf_forms, name)
    bases = {base.__doc__ for base in thing.__mro__[1:]}
    assert thing.__doc__
    assert thing.__doc__ not in bases
    assert f"`{name}`" in (DOCS / "reference" / "python.md").read_text(encoding="utf-8")


def test_every_command_stands_somewhere_in_the_pages_that_are_followed() -> None:
    shown = "\n".join(block.text for page in FOLLOWED for block in blocks(page) if block.language == "console")
    used = set(re.findall(r"qaf-forms (?:--definitions \S+ )?([a-z-]+)", shown))
    assert set(cli.list_commands(None)) - used == set()  # type: ignore[arg-type]  # our list needs no context


@pytest.mark.parametrize("key", [*KEYS, *COLUMNS])
def test_every_key_of_a_round_is_explained(key: str) -> None:
    assert f"`{key}`" in (DOCS / "how-to" / "run-a-round.md").read_text(encoding="utf-8")


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a link within the repository exists, with its heading; links to elsewhere are taken on trust."""
    if re.match(r"[a-z]+:", target):
        return True
    name, _, heading = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    return path.exists() and (not heading or heading in headings(path))


def headings(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    found = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}
