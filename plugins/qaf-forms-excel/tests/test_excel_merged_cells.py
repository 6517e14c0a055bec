"""Answer cells that somebody merged: what stands in one cell for several is asked about, and nothing is lost."""

import io
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook

from qaf_forms import Form, Return, Toolkit
from qaf_forms.plugin import Layout

FORM = Form.model_validate(
    {
        "id": "merged",
        "version": "1",
        "title": "Merged",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "sections": [
            {
                "id": "s",
                "title": "Questions",
                "items": [
                    {"id": "first", "type": "text", "ask": "What was seen?"},
                    {"id": "second", "type": "text", "ask": "What was heard?"},
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "blank_rows": 3,
                        "columns": [
                            {"id": "what", "title": "What", "type": "text"},
                            {"id": "who", "title": "Who", "type": "text"},
                        ],
                    },
                ],
            }
        ],
    }
)
KIT = Toolkit()
ANSWERS = {
    "first": "A child alone",
    "second": "A child alone",
    "actions": [{"what": "Call", "who": "Head"}, {"what": "Write", "who": "Head"}],
}


def merged(*keys: str) -> bytes:
    """The filled form with the cells of these answers merged, as Excel merges them: the first one's words stay."""
    book = load_workbook(io.BytesIO(KIT.render(FORM, "excel", answers=ANSWERS)))
    layout = Layout(FORM)
    fields = [layout.field(key) for key in keys]
    places = [book.defined_names[field.anchor].attr_text for field in fields if field]
    sheet = book[places[0].partition("!")[0].strip("'")]
    first, last = (place.rpartition("!")[2].replace("$", "") for place in (places[0], places[-1]))
    sheet.merge_cells(f"{first}:{last}")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def told(returned: Return) -> Mapping[str, str]:
    return {problem.key: problem.value for problem in returned.problems if problem.code == "R123"}


@pytest.mark.parametrize(
    "keys",
    [
        ("first", "second"),
        ("actions[1].what", "actions[1].who"),
        ("actions[1].who", "actions[2].who"),
    ],
)
def test_answer_cells_that_were_merged_are_asked_about_at_each(keys: tuple[str, str]) -> None:
    returned = KIT.read(merged(*keys), FORM)
    assert set(told(returned)) == set(keys)
    assert not returned.values.keys() & set(keys)


def test_an_answer_cell_merged_with_empty_cells_beside_it_is_as_it_was() -> None:
    book = load_workbook(io.BytesIO(KIT.render(FORM, "excel", answers=ANSWERS)))
    field = Layout(FORM).field("first")
    assert field is not None
    sheet, _, cell = book.defined_names[field.anchor].attr_text.partition("!")
    row = cell.rpartition("$")[2]
    book[sheet.strip("'")].merge_cells(f"{cell.replace('$', '')}:H{row}")
    file = io.BytesIO()
    book.save(file)
    returned = KIT.read(file.getvalue(), FORM)
    assert returned.values["first"] == "A child alone"
    assert told(returned) == {}
