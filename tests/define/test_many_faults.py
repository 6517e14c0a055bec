"""A definition with many faults: each is told once, where it is, in words for people who write no programs."""

from qaf_forms.define.loading import load_definition
from qaf_forms.define.scale import Level, Scale

KNOWN = Scale(levels=(Level(code="known", label="Known"), Level(code="not_known", label="Not known")))

FAULTY = """\
id: Neglect Audit
version: 2024.1
title: "Audit"
kind: case_audits
owner: A partnership
ownr: Someone
roles:
  agency: Agency
  partnership: Unit
scales:
  grade:
    levels:
      - {code: good, label: Good}
      - {code: poor, label: Poor, aliases: [good]}
      - {code: good, label: Fine, colour: green}
  spare:
    levels:
      - {code: one, label: One}
nil_return:
  ask: Is the child known?
  scale: known
  waives_when: [unknown]
sections:
  - id: first
    title: First
    items:
      - {id: seen, type: yes_no, ask: Was the child seen?, requierd: true}
      - {id: seen, type: text, ask: Who saw the child?}
      - {id: visits, type: integer, ask: How many visits?, minimum: 9, maximum: 3}
      - {id: why, type: paragraf, ask: Why not?, when: {seen: perhaps}}
      - {id: which, type: choice, scale: grades, ask: Which grade?}
      - {id: who, type: text, ask: Who led?, filled_by: partner}
      - {id: heard, type: yes_no, ask: Was the child heard?, when: {saen: yes}}
      - {id: how, type: text, ask: How?, when: {heard: {at_least: 2}}}
      - {id: often, type: integer, ask: How often?, maximum: 3}
      - {id: lot, type: text, ask: Why so often?, when: {often: {at_least: 4}}}
      - {id: loop, type: text, ask: Where?, when: {loop: answered}}
      - {id: late, type: text, max_length: many}
      - {id: nil_return, type: text, ask: Known again?, required: sometimes}
  - id: first
    title: Second
    items:
      - id: core
        type: grid
        columns:
          - {id: answer, type: choice, scale: grade, title: Answer}
          - {id: answer, type: text, title: More}
        rows:
          - {id: r1, text: Was it good?, cells: {evidence: {type: text}}}
          - {id: r1, text: Was the child seen?, descriptors: {answer: {bad: Not good}}}
      - {id: actions, type: table, ask: Actions, blank_rows: 2, min_rows: 5, columns: [{id: what, type: text}]}
      - id: both
        type: text
        ask: Both?
        when: {all: [{heard: yes}, {heard: no}]}
"""

TOLD = [
    ("D007", 1, 5, "id"),
    ("D004", 2, 10, "version"),
    ("D004", 4, 7, "kind"),
    ("D002", 6, 1, "ownr"),
    ("D019", 14, 45, "scales.grade.levels[1].aliases[0]"),
    ("D006", 15, 16, "scales.grade.levels[2].code"),
    ("D004", 15, 43, "scales.grade.levels[2].colour"),
    ("D020", 16, 3, "scales.spare"),
    ("D010", 22, 17, "nil_return.waives_when[0]"),
    ("D002", 27, 60, "sections[0].items[0].requierd"),
    ("D006", 28, 14, "sections[0].items[1].id"),
    ("D004", 29, 69, "sections[0].items[2].minimum"),
    ("D005", 30, 25, "sections[0].items[3].type"),
    ("D010", 30, 63, "sections[0].items[3].when.seen"),
    ("D008", 31, 42, "sections[0].items[4].scale"),
    ("D012", 32, 57, "sections[0].items[5].filled_by"),
    ("D009", 33, 69, "sections[0].items[6].when.saen"),
    ("D021", 34, 49, "sections[0].items[7].when.heard"),
    ("D011", 36, 51, "sections[0].items[9].when"),
    ("D014", 37, 52, "sections[0].items[10].when.loop"),
    ("D003", 38, 9, "sections[0].items[11].ask"),
    ("D004", 38, 44, "sections[0].items[11].max_length"),
    ("D018", 39, 14, "sections[0].items[12].id"),
    ("D004", 39, 67, "sections[0].items[12].required"),
    ("D006", 40, 9, "sections[1].id"),
    ("D006", 47, 18, "sections[1].items[0].columns[1].id"),
    ("D017", 49, 50, "sections[1].items[0].rows[0].cells.evidence"),
    ("D006", 50, 18, "sections[1].items[0].rows[1].id"),
    ("D016", 50, 28, "sections[1].items[0].rows[1].text"),
    ("D010", 50, 72, "sections[1].items[0].rows[1].descriptors.answer.bad"),
    ("D004", 51, 75, "sections[1].items[1].min_rows"),
    ("D003", 51, 88, "sections[1].items[1].columns[0].title"),
    ("D011", 55, 9, "sections[1].items[2].when"),
]


def test_every_fault_of_a_definition_is_told_at_once_at_its_line_and_column() -> None:
    loaded = load_definition(FAULTY, {"known": KNOWN}, "audit.yaml")
    told = [(problem.code, *_spot(problem.place), problem.key) for problem in loaded.problems]
    assert told == TOLD
    assert len({(problem.message, problem.fix) for problem in loaded.problems}) >= 25
    assert loaded.form is None


def test_each_place_is_that_of_the_value_or_of_the_key_that_the_problem_shows() -> None:
    lines = FAULTY.split("\n")
    for problem in load_definition(FAULTY, {"known": KNOWN}, "audit.yaml").problems:
        line, column = _spot(problem.place)
        found = lines[line - 1][column - 1 :]
        last = problem.key.rsplit(".", 1)[-1]
        assert found.startswith((problem.value, last)) or problem.code == "D003", problem


def test_no_message_uses_a_programmer_s_words() -> None:
    for problem in load_definition(FAULTY, {"known": KNOWN}, "audit.yaml").problems:
        words = f"{problem.message} {problem.fix}".casefold()
        for jargon in ("pydantic", "http", "string", "tuple", "dict", "input", "validation", "instance", "none"):
            assert jargon not in words, problem


def _spot(place: str) -> tuple[int, int]:
    name, line, column = place.split(":")
    assert name == "audit.yaml"
    return int(line), int(column)
