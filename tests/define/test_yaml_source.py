"""Reading YAML: the 1.2 core schema, marks, and files that cannot be used."""

from pathlib import Path

import pytest

from qaf_forms.define.yaml_source import Source, read_file, read_text


def only_problem(source: Source) -> tuple[str, str, str]:
    (problem,) = source.problems
    return problem.code, problem.place, problem.message


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("2024-03-31", "2024-03-31"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("2024.10", 2024.1),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ('"true"', "true"),
        ("'12'", "12"),
        ("!!str 12", "12"),
    ],
)
def test_words_and_numbers_are_taken_as_yaml_1_2_takes_them(written: str, value: object) -> None:
    root = read_text(f"key: {written}", "f").root
    assert root is not None
    assert root.data == {"key": value}
    assert type(root.data["key"]) is type(value)


def test_keys_are_always_words() -> None:
    root = read_text("{1: a, true: b, no: c}", "f").root
    assert root is not None
    assert root.data == {"1": "a", "true": "b", "no": "c"}


def test_a_key_that_stands_twice_is_told_each_time_and_its_first_value_kept() -> None:
    source = read_text("a: 1\nb: 2\na: 3\na: 4\n", "f")
    assert [(problem.code, problem.place) for problem in source.problems] == [("D013", "f:3:1"), ("D013", "f:4:1")]
    assert source.root is not None
    assert source.root.data == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: b: c", "f:1:5", "a colon stands where none can be"),
        ("a:\n\t- b", "f:2:1", "a tab stands here"),
        ("x: 1\na: 'b\nc: d\n", "f:2:4", "quotation marks are opened here and never closed"),
        ("a: [1, 2\nb: 3", "f:2:2", "a list in [ ] is not closed"),
        ("a: {b: 1\nc: 3", "f:2:2", "a mapping in { } is not closed"),
        ("- {a: Grade: how?}", "f:1:12", "put quotes around a text with a colon"),
        ("a: 1\nb\nc: 2\n", "f:3:1", "a colon and a space are missing"),
        ("a: @home", "f:1:4", "a text cannot begin with this character"),
        ('a: "C:\\data"', "f:1:8", "inside double quotes"),
        ("a:\n  - b\n c: 1", "f:3:2", "not indented like its neighbours"),
        ("a: b\x01c", "f:1:5", "an invisible character"),
    ],
)
def test_what_is_not_yaml_is_told_in_plain_words_at_its_place(text: str, place: str, words: str) -> None:
    code, where, message = only_problem(read_text(text, "f"))
    assert (code, where) == ("D001", place)
    assert words in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("# only a remark\n", "the file is empty"),
        ("a: 1\n---\nb: 2\n", "a second document begins here"),
        ("a: *b", "*b refers to nothing above it"),
        ("a: &a [*a]", "*a refers to what it stands in"),
        ("a: !python 1", "the tag !python means nothing here"),
        ("? [a]\n: 1", "a list or mapping stands where a key should"),
        ("a: " + "[" * 3000, "nested more than 40 deep"),
    ],
)
def test_what_cannot_be_used_says_why(text: str, words: str) -> None:
    code, _, message = only_problem(read_text(text, "f"))
    assert code == "D015"
    assert words in message


def test_a_file_that_multiplies_itself_by_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    code, place, message = only_problem(read_text("\n".join(lines), "f"))
    assert (code, place.split(":")[1]) == ("D015", "5")
    assert "more than 100,000 values" in message


def test_an_alias_stands_for_what_it_names() -> None:
    root = read_text("a: &a {b: 1}\nc: *a\n", "f").root
    assert root is not None
    assert root.data == {"a": {"b": 1}, "c": {"b": 1}}


def test_a_file_that_is_not_utf_8_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"id: a\ntitle: caf\xe9\n")
    (problem,) = read_file(path, "f.yaml").problems
    assert (problem.code, problem.place) == ("D015", "f.yaml:2:11")
    assert "UTF-8" in problem.fix


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: a\r\nb: c\r\n")
    root = read_file(path).root
    assert root is not None
    assert root.data == {"id": "a", "b": "c"}


def test_a_file_that_is_too_large_or_missing_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" * 2_000_001)
    assert "larger than 2 MB" in only_problem(read_file(path, "f"))[2]
    assert "cannot be read" in only_problem(read_file(tmp_path / "none.yaml", "f"))[2]
    assert "cannot be read" in only_problem(read_file(tmp_path, "f"))[2]


@pytest.mark.parametrize("escape", ["\\0", "\\x07", "\\ud800", "\\uffff"])
def test_a_character_that_no_office_file_can_hold_is_refused_where_it_stands(escape: str) -> None:
    source = read_text(f'id: a\ntitle: "x{escape}"\n', "a.yaml")
    assert [(one.code, one.place) for one in source.problems] == [("D015", "a.yaml:2:8")]
