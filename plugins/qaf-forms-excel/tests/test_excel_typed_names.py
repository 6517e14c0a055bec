"""What people write into names: of sheets, of values, of scenarios."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from qaf_forms import Form, Return, Toolkit
from qaf_forms_excel.typed_names import SheetWords

BOOK, SECTION = "xl/workbook.xml", "xl/worksheets/sheet2.xml"
QUESTION: dict[str, Any] = {"id": "life", "type": "paragraph", "ask": "What is life like for this child?"}
TITLE = "What life is like at home, at school and elsewhere"
FORM = Form.model_validate(
    {
        "id": "small_form",
        "version": "1",
        "title": "A small form",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "sections": [{"id": "life_there", "title": TITLE, "items": [QUESTION]}],
    }
)
NAME = "A What life is like at home"
KIT = Toolkit()


def read(changes: Mapping[str, Callable[[str], str]]) -> Return:
    file = io.BytesIO()
    issued = KIT.render(FORM, "excel", answers={"life": "better"})
    with zipfile.ZipFile(io.BytesIO(issued)) as package, zipfile.ZipFile(file, "w") as changed:
        for name in package.namelist():
            content = package.read(name).decode() if name in changes else ""
            changed.writestr(name, changes[name](content) if name in changes else package.read(name))
    returned = KIT.read(file.getvalue(), FORM)
    assert returned.values == {"life": "better"}
    return returned


def said(returned: Return) -> list[tuple[str, str, str]]:
    return [(extra.kind, extra.place, extra.text) for extra in returned.extras]


def renamed(name: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert NAME in text
        return text.replace(NAME, name)

    return change


def test_what_a_sheet_was_renamed_to_is_an_extra() -> None:
    name = "D Lived exp - NOT DONE, see email"
    assert said(read({BOOK: renamed(name)})) == [("sheet name", f"sheet '{name}'", name)]


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        f"{NAME[:20]} (2)",
        f"{NAME[:18]} (2) (3)",
        f"{NAME}_2",
        f"Copy of {NAME[:23]}",
        f"{NAME} - Table 1",
        NAME.upper(),
        "Sheet1",
        "Tabelle2",
        "Arkusz 3",
        "Sheet1 (2)",
        "Recovered_Sheet1",
    ],
)
def test_what_programs_make_of_the_name_of_a_sheet_is_nobodys(name: str) -> None:
    assert said(read({BOOK: renamed(name)})) == []


@pytest.mark.parametrize("name", ["Sheet of the nurse", "No", "Police (2)", "see Bob", "What"])
def test_a_name_that_is_not_wholly_a_programs_is_told(name: str) -> None:
    ((kind, place, text),) = said(read({BOOK: renamed(name)}))
    assert (kind, place, text) == ("sheet name", f"sheet '{name}'", name.removesuffix(" (2)"))


def test_the_sheets_of_every_form_have_names_that_nobody_gave() -> None:
    for summary in KIT.forms():
        form = KIT.form(summary.id)
        assert KIT.read(KIT.render(form, "excel"), form).extras == ()


def test_long_names_are_not_kept() -> None:
    words = SheetWords()
    assert words["x" * 5000] == "x" * 5000
    assert len(words) == 0


def test_words_in_a_defined_name_are_told() -> None:
    names = (
        '<definedName name="note">"We said &quot;&quot;no&quot;&quot; in May"</definedName>'.replace(
            '>"', ">&quot;"
        ).replace('"</', "&quot;</")
        + '<definedName name="total" comment="without the school">\'Start here\'!$A$1</definedName>'
        '<definedName name="chosen">IF(1,&quot;yes&quot;)</definedName>'
        "<definedName name=\"area\">'Start here'!$A$1:$B$2</definedName></definedNames>"
    )
    returned = read({BOOK: lambda text: text.replace("</definedNames>", names)})
    assert said(returned) == [
        ("name", "the workbook, name 'note'", 'We said "no" in May'),
        ("name", "the workbook, name 'total'", "without the school"),
        ("name", "the workbook, name 'chosen'", '=IF(1,"yes")'),
    ]


def test_a_text_that_one_of_our_names_was_given_is_told() -> None:
    def constant(text: str) -> str:
        return re.sub(r'(<definedName name="qf_life_[^>]*>)[^<]*', r"\1&quot;worse&quot;", text)

    ((kind, _, text),) = said(read({BOOK: constant}))
    assert (kind, text) == ("name", "worse")


def test_what_a_scenario_says_is_told() -> None:
    scenario = (
        '<scenarios><scenario name="If funded" user="Z" comment="ask the board">'
        '<inputCells r="D5" val="much better"/></scenario></scenarios></worksheet>'
    )
    returned = read({SECTION: lambda text: text.replace("</worksheet>", scenario)})
    assert said(returned) == [("scenario", f"sheet '{NAME}'", "If funded\nask the board\nD5: much better")]
