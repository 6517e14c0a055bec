"""The pictures of the documentation show what the pages say they show, and are small."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from tools.documented import colours
from tools.documented.library import DEFINITIONS, LibraryScale, forms, scales, uses
from tools.pictured.image import Image, below_each_other, from_ppm, made_from
from tools.pictures import out_of_step

from tests.docs.pages import DOCS, EVERY

_MOST_BYTES = 2_000_000
_SVG = "{http://www.w3.org/2000/svg}"
WHITE, RED = b"\xff\xff\xff", b"\xc0\x20\x20"


def test_every_picture_is_of_what_stands_beside_it() -> None:
    stale = [picture.path.relative_to(DOCS).as_posix() for picture in out_of_step()]
    assert stale == [], "run `uv run python tools/pictures.py`"


def test_every_picture_is_shown_and_all_of_them_together_are_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in EVERY
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    pictures = {path for suffix in ("png", "svg") for path in DOCS.rglob(f"*.{suffix}")}
    assert sorted(pictures - shown) == []
    assert sum(path.stat().st_size for path in pictures) < _MOST_BYTES


@pytest.mark.parametrize("one", scales(), ids=lambda one: one.name)
def test_the_library_says_of_each_scale_what_there_is_to_know(one: LibraryScale) -> None:
    page = (DOCS / "reference" / "scales.md").read_text(encoding="utf-8")
    part = page.partition(f"### `{one.name}`")[2].partition("\n### ")[0]
    assert one.group
    for level in one.scale.levels:
        row = next(line for line in part.splitlines() if line.startswith(f"| {level.label} | `{level.code}` |"))
        assert (level.meaning or "") in row
        assert (level.colour or "").upper() in row
        assert ("| not applicable |" in row) == level.is_na
        assert ("| no answer |" in row) == level.is_nonresponse
    assert ("-ticks.png" in part) == ("choices" in uses(one))


@pytest.mark.parametrize("one", [one for one in scales() if any(level.colour for level in one.scale.levels)])
def test_each_colour_is_drawn_with_its_words_and_named(one: LibraryScale) -> None:
    drawing = ElementTree.fromstring(colours.drawing(one.scale))
    drawn = list(zip(drawing.findall(f"{_SVG}rect"), drawing.findall(f"{_SVG}text"), strict=True))
    assert [(box.get("fill"), words.text) for box, words in drawn] == [
        (level.colour, level.label) for level in one.scale.levels if level.colour
    ]
    assert {level.colour.upper() for level in one.scale.levels if level.colour} <= set(colours.NAMES)


def test_the_library_of_forms_has_every_shipped_form_with_its_blocks() -> None:
    page = (DOCS / "reference" / "forms.md").read_text(encoding="utf-8")
    for one in forms():
        part = page.partition(f"### {one.form.id}\n")[2].partition("\n### ")[0]
        assert one.form.title in part
        assert all(f"`{name}`" in part for name in one.blocks)
        assert one.form.summary, "a form without a summary cannot be found in a list"
    neglect = next(one for one in forms() if one.form.id == "neglect_case_audit")
    assert neglect.blocks
    assert "blocks/" not in neglect.path


def test_the_library_of_forms_has_every_block_and_says_how_many_judgements_an_audit_asks_for() -> None:
    page = (DOCS / "reference" / "forms.md").read_text(encoding="utf-8")
    table = page.partition("## Blocks\n")[2]
    for path in (DEFINITIONS / "blocks").glob("*.yaml"):
        row = next(line for line in table.splitlines() if line.startswith(f"| [`{path.stem}`]"))
        assert "| *new*" in row or "](#" in row, f"no form uses {path.stem}, and nor does a template"
    assert "How each of the four key areas ends: strengths" in table
    audits = [one for one in forms() if one.form.kind == "case_audit"]
    assert len(audits) == 5
    for one in audits:
        core, theme = one.judgements
        assert core == 22
        assert 8 <= theme <= 18
        part = page.partition(f"### {one.form.id}\n")[2].partition("\n### ")[0]
        assert f"- **Judgements:** 22 core ones, which every case audit asks for, and {theme} of its theme" in part


def test_a_questionnaire_that_many_people_fill_in_is_short() -> None:
    (survey,) = [one for one in forms() if one.form.id == "practitioner_questionnaire"]
    assert 18 <= survey.questions <= 30


def test_a_picture_is_trimmed_put_below_another_and_keeps_what_it_was_made_from(tmp_path: object) -> None:
    ppm = b"P6\n3 3\n255\n" + WHITE * 4 + RED + WHITE * 4
    image = from_ppm(ppm)
    assert (image.trimmed(0).width, image.trimmed(0).rows) == (1, [RED])
    assert image.cut(0, 1).is_blank
    both = below_each_other([image, Image(1, [RED])], gap=1)
    assert both.rows[3:] == [WHITE * 3, RED + WHITE * 2]


def test_a_picture_says_what_it_was_made_from(tmp_path: object) -> None:
    picture = DOCS / "reference" / "pictures" / "scales" / "known-word.png"
    assert re.fullmatch("[0-9a-f]{16}", made_from(picture))
    assert made_from(DOCS / "pictures" / "heat-map.png") == ""
