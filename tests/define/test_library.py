"""The library: finding definitions and scales by name."""

from pathlib import Path

import pytest

from qaf_forms import QafFormsError, Toolkit
from qaf_forms.define.library import Library, shipped_folder
from qaf_forms.errors import DefinitionError, UnknownFormError
from tests.define.forms import with_items

SHIPPED = sorted(path for path in shipped_folder("tool_definitions").rglob("*.yaml"))
SCALES = "mood:\n  levels:\n    - {code: good, label: Good}\n\nbad:\n  levels:\n    - {code: x}\n"


def write(folder: Path, name: str, version: str = "1", identity: str = "audit", item: str = "") -> Path:
    text = with_items(item or "- {id: a, type: text, ask: A?}")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace('"1"', f'"{version}"').replace("id: audit", f"id: {identity}"), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_everything_shipped_passes_check_without_a_warning(path: Path) -> None:
    assert Library().check(path) == ()


def test_shipped_forms_are_found_by_id_and_by_id_and_version() -> None:
    library = Library()
    for summary in library.summaries():
        assert summary.fault == ""
        form = library.form(summary.id)
        assert library.form(f"{summary.id}@{summary.version}") is form
        assert (form.id, form.version, form.title, form.kind) == (
            summary.id,
            summary.version,
            summary.title,
            summary.kind,
        )


def test_a_form_is_found_by_path_and_in_subfolders_and_the_latest_version_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "sub/old.yaml", "2024.9")
    new = write(tmp_path, "sub/deeper/new.yml", "2024.10")
    library = Library([tmp_path])
    assert library.form("audit").version == "2024.10"
    assert library.form("audit@2024.9").version == "2024.9"
    assert library.form(new) is library.form("audit")
    assert library.form(str(new)) is library.form("audit")


def test_a_given_folder_goes_before_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, "mine.yaml", "0.1", "neglect_case_audit")
    assert Library([tmp_path]).form("neglect_case_audit").version == "0.1"


def test_an_unknown_form_is_told_with_the_closest_and_where_it_was_looked_for(tmp_path: Path) -> None:
    write(tmp_path, "audit.yaml")
    library = Library([tmp_path])
    with pytest.raises(UnknownFormError, match=r"no form 'audti' in .*did you mean 'audit'\?") as raised:
        library.form("audti")
    assert str(tmp_path) in str(raised.value)
    with pytest.raises(UnknownFormError, match="no version '7'; there is 1"):
        library.form("audit@7")
    with pytest.raises(UnknownFormError, match="there is no such file"):
        library.form("nowhere.yaml")


@pytest.mark.parametrize("name", ["..", ".", "", "@", "audit@../1", "*"])
def test_a_name_is_never_made_part_of_a_path(tmp_path: Path, name: str) -> None:
    write(tmp_path, "audit.yaml")
    write(tmp_path.parent, "outside.yaml", identity="outside")
    with pytest.raises(UnknownFormError):
        Library([tmp_path / "."]).form(name)


def test_a_faulty_definition_raises_with_all_its_problems(tmp_path: Path) -> None:
    path = write(tmp_path, "audit.yaml", item="- {id: A, type: text, ask: A?}\n- {id: b, type: text}")
    library = Library([tmp_path])
    with pytest.raises(DefinitionError) as raised:
        library.form("audit")
    assert [problem.code for problem in raised.value.problems] == ["D007", "D003"]
    assert raised.value.problems == library.check(path)
    assert raised.value.problems[0].place.startswith(f"{path}:")


def test_a_broken_definition_does_not_stop_the_list(tmp_path: Path) -> None:
    write(tmp_path, "audit.yaml")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"title: \xe9")
    (tmp_path / "notes.yaml").write_text("title: >\n  Two\n  lines\nfoo: [\n", encoding="utf-8")
    faults = {summary.path.name: summary.fault for summary in Library([tmp_path]).summaries()}
    assert faults["audit.yaml"] == ""
    assert faults["empty.yaml"] == "it has no id"
    assert faults["latin.yaml"] == "the file is not saved as UTF-8 text"
    assert faults["notes.yaml"] == "it has no id"


def test_shared_scales_of_a_folder_are_used_and_a_faulty_one_harms_only_its_users(tmp_path: Path) -> None:
    (tmp_path / "scales.yaml").write_text(SCALES, encoding="utf-8")
    write(tmp_path, "good.yaml", identity="good", item="- {id: a, type: choice, scale: mood, ask: A?}")
    bad = write(tmp_path, "bad.yaml", identity="bad", item="- {id: a, type: choice, scale: bad, ask: A?}")
    library = Library([tmp_path])
    assert library.form("good").scales["mood"] == library.scales()["mood"]
    (problem,) = library.check(bad)
    assert (problem.code, problem.place) == ("D003", f"{tmp_path / 'scales.yaml'}:7:7")
    assert [found.code for found in library.check(tmp_path / "scales.yaml")] == ["D003"]


def test_scales_that_share_parts_by_aliases_are_read_too(tmp_path: Path) -> None:
    text = "one: &one\n  levels:\n    - {code: good, label: Good}\ntwo: *one\n"
    (tmp_path / "scales.yaml").write_text(text, encoding="utf-8")
    scales = Library([tmp_path]).scales()
    assert scales["one"] == scales["two"]


def test_a_library_keeps_what_it_loaded_and_another_does_not_know_of_it(tmp_path: Path) -> None:
    path = write(tmp_path, "audit.yaml")
    library = Library([tmp_path])
    first = library.form("audit")
    write(tmp_path, "audit.yaml", "2")
    assert library.form(path) is first
    assert Library([tmp_path]).form(path).version == "2"


def test_one_folder_can_be_given_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml")
    for given in (str(tmp_path), tmp_path, [tmp_path], (str(tmp_path),)):
        assert Toolkit(given).definition_text("audit") == path.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_told_when_the_toolkit_is_made(tmp_path: Path) -> None:
    missing, file = tmp_path / "our-forms", write(tmp_path, "a.yaml")
    with pytest.raises(QafFormsError, match=f"{missing}: there is no such folder of definitions; check its name"):
        Toolkit([tmp_path, missing])
    with pytest.raises(QafFormsError, match="name the folder that the file is in"):
        Toolkit(file)
