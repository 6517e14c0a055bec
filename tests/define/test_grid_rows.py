"""Headings among the rows of a grid, and rows with several prompts: what an author may write."""

from __future__ import annotations

from tests.define.forms import FIRST_ITEM, form_with, problems_of, told, with_items

GRID = """
- id: core
  type: grid
  ask: Standards
  columns: [{id: answer, type: choice, scale: ynna, title: Answer}]
  rows:
    - {title: Policies, help: Look at what is published.}
    - {id: policy, text: Is there a policy?}
    - id: voice
      text: How are children heard?
      prompts:
        - {id: planning, text: In planning}
        - {id: review, text: In review, cells: {answer: {type: text}}}
"""


def rows(written: str) -> str:
    """A form of one grid with these rows, which begin on line 14."""
    head = "- id: core\n  type: grid\n  columns: [{id: answer, type: choice, scale: ynna, title: Answer}]\n  rows:\n"
    return with_items(head + "".join(f"    {line}\n" for line in written.strip().split("\n")))


FIRST_ROW = FIRST_ITEM + 4


def test_a_prompt_is_answered_as_a_row_is() -> None:
    form = form_with(GRID)
    (grid,) = form.items()
    assert [row.id for row in grid.asked] == ["policy", "planning", "review"]
    model = form.answer_model()
    answers = {"core": {"planning": {"answer": "yes"}, "review": {"answer": "yearly"}}}
    assert model.model_validate(answers).model_dump(exclude_none=True) == answers


def test_a_condition_can_name_a_prompt_and_no_stem() -> None:
    asked = "- {id: why, type: text, ask: Why not?, when: {core.planning.answer: no}}"
    form_with(GRID + asked)
    (problem,) = problems_of(with_items(GRID + asked.replace("planning", "voice")))
    assert problem.code == "D009"


def test_ids_of_rows_stems_and_prompts_differ() -> None:
    found = problems_of(
        rows("""
- {id: a, text: First}
- {id: b, text: Second, prompts: [{id: a, text: One}, {id: c, text: Two}, {id: b, text: Three}]}
""")
    )
    assert [(problem.code, problem.key) for problem in found] == [
        ("D006", "sections[0].items[0].rows[1].prompts[0].id"),
        ("D006", "sections[0].items[0].rows[1].prompts[2].id"),
    ]


def test_the_same_prompt_under_two_stems_is_two_questions_and_under_one_it_is_not() -> None:
    assert not problems_of(
        rows("""
- {text: Who was told?, prompts: [{id: a, text: Parents}, {id: b, text: Children}]}
- {text: Who was asked?, prompts: [{id: c, text: Parents}, {id: d, text: Children}]}
""")
    )
    (problem,) = problems_of(rows("- {text: Who was told?, prompts: [{id: a, text: Parents}, {id: b, text: parents}]}"))
    assert (problem.code, problem.value) == ("D016", "Who was told? parents")


def test_a_grid_of_headings_alone_asks_nothing() -> None:
    (problem,) = problems_of(rows("- {title: Policies}\n- {title: Practice}"))
    assert (problem.code, problem.fix) == ("D004", "add a row with id: and text:")
    assert problem.place == f"audit.yaml:{FIRST_ITEM + 3}:9"


def test_each_kind_of_row_is_told_its_own_keys() -> None:
    found = [
        (problem.code, problem.place.removeprefix("audit.yaml:"), problem.message)
        for problem in problems_of(
            rows("""
- {id: a, title: Policies, text: Is there one?}
- {id: b, text: Who?, prompts: []}
- {id: c, txt: Who?}
- {text: Where?, prompts: [{id: d}, {id: e, text: There, cells: {answr: {type: text}}}]}
- Policies
""")
        )
    ]
    at = FIRST_ROW
    assert found == [
        ("D002", f"{at}:14", "'id' is not a key that a heading among the rows can have"),
        ("D002", f"{at}:38", "'text' is not a key that a heading among the rows can have"),
        ("D004", f"{at + 1}:33", "prompts has no entries"),
        ("D002", f"{at + 2}:21", "'txt' is not a key that a row can have"),
        ("D003", f"{at + 3}:38", "a row has no 'text'"),
        ("D017", f"{at + 3}:76", "there is no column 'answr' here"),
        ("D004", f"{at + 4}:13", "'Policies' stands alone where an entry with keys is expected"),
    ]


def test_the_cells_and_descriptors_of_a_prompt_are_checked_like_those_of_a_row() -> None:
    prompt = "{id: a, text: One, cells: {answer: {type: choice, scale: ynn}}, descriptors: {answer: {perhaps: Once}}}"
    assert [code for code, _, _ in told(GRID.replace("{id: planning, text: In planning}", prompt))] == ["D008"]
    prompt = "{id: a, text: One, descriptors: {answer: {perhaps: Once}}}"
    assert [code for code, _, _ in told(GRID.replace("{id: planning, text: In planning}", prompt))] == ["D010"]
