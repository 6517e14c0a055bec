"""Forms filled in and saved by a real LibreOffice: every answer comes back, and so does everything else typed."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qaf_forms import Form, Return, Toolkit
from qaf_forms.plugin import Limits
from qaf_forms_word.names import MAIN
from qaf_forms_word.reading import read
from tests.office import fixtures
from tests.office.actions import (
    AddComment,
    AppendRow,
    ChooseInControl,
    DeleteRow,
    InsertParagraph,
    PickDateInControl,
    TickControl,
    TrackChanges,
    TypeInCell,
    TypeInControl,
    WordAction,
)
from tests.office.office import Office

pytestmark = pytest.mark.libreoffice
office = fixtures.office
TOOLKIT = Toolkit()
TRIPS = [("docx",), ("docx", "docx"), ("odt", "docx"), ("rtf", "docx"), ("doc", "docx")]

FORM = Form.model_validate(
    {
        "id": "neglect",
        "version": "1",
        "title": "An audit",
        "kind": "case_audit",
        "owner": "A partnership",
        "intro": "Read [the guidance](https://example.org/guidance) first.\n\n- Use codes.\n- Name nobody.",
        "scales": {
            "met": {
                "levels": [
                    {"code": "met", "label": "Met", "meaning": "In place"},
                    {"code": "partly", "label": "Partly met"},
                    {"code": "not_met", "label": "Not met"},
                ]
            }
        },
        "sections": [
            {
                "id": "s",
                "title": "The child",
                "guidance": "Look at the **last three** visits.\n\n1. Read.\n2. Ask.",
                "items": [
                    {"id": "ref", "type": "text", "ask": "Case reference", "required": True},
                    {"id": "life", "type": "paragraph", "ask": "What is life like?", "help": "In *their* words."},
                    {"id": "visits", "type": "integer", "ask": "How many visits?", "unit": "visits"},
                    {"id": "seen", "type": "date", "ask": "Last seen on"},
                    {"id": "level", "type": "choice", "scale": "met", "ask": "Overall"},
                    {"id": "who", "type": "choices", "scale": "met", "ask": "Which apply?"},
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Standards",
                        "columns": [
                            {"id": "answer", "title": "Level", "type": "choice", "scale": "met"},
                            {"id": "why", "title": "Evidence", "type": "paragraph", "under": "Detail"},
                            {"id": "on", "title": "When", "type": "date", "under": "Detail"},
                        ],
                        "rows": [
                            {"title": "Practice", "help": "In the period."},
                            {"id": "alone", "text": "Seen alone"},
                            {"text": "Heard", "prompts": [{"id": "heard", "text": "at home"}]},
                        ],
                    },
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "blank_rows": 2,
                        "columns": [
                            {"id": "what", "title": "Action", "type": "text"},
                            {"id": "due", "title": "Due", "type": "date"},
                        ],
                    },
                ],
            }
        ],
    }
)
ANSWERS: dict[str, Any] = {
    "ref": "N-07 = “seven” & <more>",
    "life": "Warm.\nFed.\n\n\tLoved,  safe \U0001f642",
    "visits": 0,
    "seen": "2025-03-12",
    "level": "partly",
    "who": ["met", "not_met"],
    "core": {"alone": {"answer": "met", "why": "=1+1\nsecond", "on": "2025-01-31"}, "heard": {"answer": "not_met"}},
    "actions": [{"what": "Visit", "due": "2025-06-01"}, {"what": "Review"}, {"what": "A third row"}],
}
ANCHORS = {field.key: field.anchor for field in TOOLKIT.layout(FORM).fields}
TICKS = {tick.level.code: tick.anchor for field in TOOLKIT.layout(FORM).fields for tick in field.ticks}


def issued(folder: Path, answers: dict[str, Any] | None = None) -> Path:
    path = folder / "issued.docx"
    path.write_bytes(TOOLKIT.render(FORM, "word", answers=answers))
    return path


def filled(office: Office, folder: Path, *actions: WordAction) -> Path:
    return office.fill_word(issued(folder), folder / "filled.docx", actions)


def saved(office: Office, path: Path, suffixes: tuple[str, ...]) -> Path:
    for number, suffix in enumerate(suffixes):
        path = office.convert(path, path.with_name(f"{number}.{suffix}"))
    return path


def returned(path: Path) -> Return:
    return TOOLKIT.read(path, FORM)


def typed(key: str, text: str) -> TypeInControl:
    return TypeInControl(tag=ANCHORS[key], text=text)


@pytest.mark.parametrize("suffixes", TRIPS)
def test_every_answer_comes_back_however_the_form_was_saved(
    office: Office, tmp_path: Path, suffixes: tuple[str, ...]
) -> None:
    found = returned(saved(office, issued(tmp_path, ANSWERS), suffixes))
    assert found.data == ANSWERS
    assert found.extras == ()
    assert found.problems == ()
    assert found.stamp is not None


@pytest.mark.parametrize("suffixes", TRIPS)
def test_a_blank_form_says_nothing_however_it_was_saved(
    office: Office, tmp_path: Path, suffixes: tuple[str, ...]
) -> None:
    found = returned(saved(office, issued(tmp_path), suffixes))
    assert found.data == {}
    assert found.extras == ()
    assert [problem.code for problem in found.problems] == ["R101"]


@pytest.mark.parametrize("suffixes", [(), ("docx",), ("odt", "docx")])
def test_what_was_typed_chosen_picked_and_ticked_comes_back(
    office: Office, tmp_path: Path, suffixes: tuple[str, ...]
) -> None:
    path = filled(
        office,
        tmp_path,
        typed("ref", "N-08"),
        typed("life", "one\vtwo\nthree"),
        typed("visits", "12"),
        PickDateInControl(tag=ANCHORS["seen"], iso="2025-03-12", text="12/03/2025"),
        ChooseInControl(tag=ANCHORS["level"], choice="Not met"),
        TickControl(tag=TICKS["partly"]),
        ChooseInControl(tag=ANCHORS["core.alone.answer"], choice="Met"),
        TypeInCell(bookmark=ANCHORS["core.alone.why"], text="typed over\nthe whole cell"),
        typed("actions[1].what", "Visit"),
    )
    found = returned(saved(office, path, suffixes))
    assert found.data == {
        "ref": "N-08",
        "life": "one\ntwo\nthree",
        "visits": 12,
        "seen": "2025-03-12",
        "level": "not_met",
        "who": ["partly"],
        "core": {"alone": {"answer": "met", "why": "typed over\nthe whole cell"}},
        "actions": [{"what": "Visit"}],
    }
    assert found.extras == ()


def test_rows_that_were_added_are_read_and_rows_that_were_deleted_are_not_missed(
    office: Office, tmp_path: Path
) -> None:
    path = filled(
        office,
        tmp_path,
        typed("actions[2].what", "Second printed row"),
        AppendRow(bookmark=ANCHORS["actions[1].what"], cells=("3", "An added row", "1 June 2025")),
        DeleteRow(bookmark=ANCHORS["actions[1].what"]),
    )
    rows = returned(path).data["actions"]
    assert rows == [{"what": "Second printed row"}, {"what": "An added row", "due": "2025-06-01"}]


def test_what_was_written_elsewhere_is_an_extra_with_its_place(office: Office, tmp_path: Path) -> None:
    path = filled(
        office,
        tmp_path,
        typed("ref", "N-09"),
        InsertParagraph(text="We could not find the file."),
        AddComment(bookmark=ANCHORS["visits"], text="Is this per month?"),
    )
    found = returned(path)
    assert found.data == {"ref": "N-09"}
    extras = {extra.kind: extra for extra in found.extras}
    assert extras["text"].text == "We could not find the file."
    assert extras["text"].place.startswith("paragraph ")
    assert extras["comment"].text == "Is this per month?"
    assert extras["comment"].place == "table 1 row 4"
    assert len(found.extras) == 2


def test_typing_with_tracked_changes_counts_and_is_listed(office: Office, tmp_path: Path) -> None:
    path = filled(office, tmp_path, TrackChanges(), typed("ref", "N-10"), typed("life", "one\ntwo"))
    found = returned(path)
    assert found.data == {"ref": "N-10", "life": "one\ntwo"}
    assert {extra.kind for extra in found.extras} == {"inserted", "deleted"}


def test_dates_before_1900_and_after_2100_survive(office: Office, tmp_path: Path) -> None:
    path = issued(tmp_path, {"seen": date(1887, 5, 1).isoformat(), "core": {"alone": {"on": "2199-12-31"}}})
    found = returned(saved(office, path, ("docx",)))
    assert found.data == {"seen": "1887-05-01", "core": {"alone": {"on": "2199-12-31"}}}


@pytest.mark.parametrize("suffixes", TRIPS)
def test_every_text_of_a_saved_file_is_in_a_cell_loose_or_an_extra(
    office: Office, tmp_path: Path, suffixes: tuple[str, ...]
) -> None:
    actions = (InsertParagraph(text="Added."), AddComment(bookmark=ANCHORS["ref"], text="A comment."))
    path = saved(office, filled(office, tmp_path, typed("life", "one\ntwo"), *actions), suffixes)
    missing = _written(path) - _found(path)
    assert set(missing) <= set("0123456789"), "only page numbers may be left out"


def _written(path: Path) -> Counter[str]:
    """The characters of every w:t and w:delText in the package."""
    count: Counter[str] = Counter()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(package.read(name))
                for element in root.iter(f"{{{MAIN}}}t", f"{{{MAIN}}}delText"):
                    count.update("".join((element.text or "").split()))
    return count


def _found(path: Path) -> Counter[str]:
    contents = read(io.BytesIO(path.read_bytes()), Limits())
    texts = [str(cell.value) for table in contents.tables for row in table.rows for cell in row]
    texts += [one.text for one in (*contents.loose, *contents.extras)]
    return Counter("".join("".join(texts).split()))
