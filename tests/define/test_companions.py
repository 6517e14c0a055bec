"""What a form makes by itself beside a question: "other, please specify", and room for a comment."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import ValidationError

from qaf_forms import Toolkit
from qaf_forms.collate.codebook import codebook
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.issue.fields import GridBlock, QuestionBlock
from qaf_forms.issue.layout import Layout
from tests.define.forms import FIRST_ITEM, form_with, told

WHO = """
scales:
  who:
    levels:
      - {code: us, label: Our own agency}
      - {code: other, label: Another agency, specify: Which agency?}
  wider:
    levels:
      - {code: us, label: Our own agency}
      - {code: other, label: Another agency, specify: Which agency?}
      - {code: voluntary, label: A charity, specify: Which agency?}
      - {code: abroad, label: Abroad, specify: "GP, or country"}
"""
OWN_ROWS = "{id: acts, type: table, ask: Acts, columns: [{id: lead, type: choice, scale: who, title: Lead}]}"


def laid_out(items: str, head: str = WHO) -> Layout:
    both = "- {id: spare, type: choice, scale: who, ask: S?}\n- {id: wide, type: choice, scale: wider, ask: W?}\n"
    return Layout(form_with(both + dedent(items).strip(), head))


def test_a_question_is_followed_by_the_space_for_the_words() -> None:
    layout = laid_out("- {id: ref, type: choice, scale: who, ask: Who?, personal: true}")
    field = layout.field("ref_specify")
    assert field is not None
    assert (field.code, field.type, field.label) == ("A3a", "text", "If “Another agency”: which agency?")
    assert (field.required, field.personal) == (True, True)
    assert layout.asked_if(field.when) == "Answer only if A3 is Another agency."
    keys = [field.key for field in layout.fields]
    assert keys == ["spare", "spare_specify", "wide", "wide_specify", "ref", "ref_specify"]


def test_levels_that_ask_the_same_are_named_together_and_others_one_after_another() -> None:
    field = laid_out("- {id: x, type: text, ask: X?}").field("wide_specify")
    assert field is not None
    assert field.label == ("If “Another agency” or “A charity”: which agency? If “Abroad”: GP, or country.")


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    scale = "{levels: [{code: a, label: A}, {code: b, label: B *or* <c>, specify: 'the _id_ [of] it'}]}"
    field = laid_out(f"- {{id: x, type: choices, ask: X?, scale: {scale}}}").field("x_specify")
    assert field is not None
    assert field.label == "If “B *or* <c>”: the _id_ [of] it"


def test_a_comment_is_never_needed_and_comes_last() -> None:
    layout = laid_out(
        """
        - {id: a, type: choice, scale: who, ask: A?, comment: true, required: true}
        - {id: b, type: text, ask: B?, when: {a: other}, comment: Anything else about B?, filled_by: partnership}
        """,
        WHO + "roles: {partnership: Unit}",
    )
    fields = {field.key: field for field in layout.fields}
    comment, own = fields["a_comment"], fields["b_comment"]
    assert (comment.code, comment.type, comment.label, comment.required) == (
        *("A3b", "paragraph"),
        *("Comment (if you wish)", False),
    )
    assert (own.code, own.label, own.role) == ("A4a", "Anything else about B?", "partnership")
    assert own.when == fields["b"].when


def test_a_column_is_followed_by_a_column_that_each_row_asks_for_itself() -> None:
    layout = laid_out(
        """
        - id: g
          type: grid
          columns:
            - {id: who, type: choice, scale: who, title: Who, under: Origin}
            - {id: note, type: text, title: Note}
            - {id: again, type: choice, scale: who, title: Who else}
          rows: [{id: r, text: R?}, {id: q, text: Q?}]
        """
    )
    block = layout.sections[0].blocks[-1]
    assert isinstance(block, GridBlock)
    assert [(head.title, head.under) for head in block.columns] == [
        ("Who", "Origin"),
        ("If “Another agency”: which agency?", "Origin"),
        ("Note", ""),
        ("Who else", ""),
        ("Who else – if “Another agency”: which agency?", ""),
    ]
    assert layout.column_note(block.columns[1], block.columns) == "", "the title says it"
    field = layout.field("g.q.who_specify")
    assert field is not None
    assert field.required is True
    assert layout.in_words(field.when) == "A3.2 Who is Another agency"  # type: ignore[arg-type]  # it has one


def test_a_row_with_a_scale_of_its_own_brings_its_levels_into_the_column() -> None:
    layout = laid_out(
        """
        - id: g
          type: grid
          columns: [{id: who, type: text, title: Who}]
          rows: [{id: r, text: R?}, {id: q, text: Q?, cells: {who: {type: choice, scale: wider}}}]
        """
    )
    asked, never = layout.field("g.q.who_specify"), layout.field("g.r.who_specify")
    assert asked is not None
    assert never is not None
    assert asked.when is not None
    assert asked.when.holds({"g.q.who": "abroad"})
    assert never.when is not None
    assert not never.when.holds({"g.r.who": "Another agency"})


COMMENTED = """
- id: core
  type: grid
  columns:
    - {id: answer, type: choice, scale: who, title: Answer}
    - {id: note, type: text, title: Note}
  rows:
    - {title: First}
    - {id: seen, text: Children are seen}
    - {id: heard, text: Children are heard, comment: true}
    - {text: You ask, prompts: [{id: boys, text: boys}, {id: girls, text: girls, comment: true}]}
- {id: why, type: text, ask: Why?, when: {core.heard.comment: answered}}
"""


def test_a_row_of_a_grid_has_a_comment_of_its_own_and_the_others_have_none() -> None:
    layout = laid_out(COMMENTED)
    names = [field.key for field in layout.fields if field.key.startswith("core.") and "comment" in field.key]
    assert names == ["core.heard.comment", "core.girls.comment"]
    field = layout.field("core.heard.comment")
    assert field is not None
    assert (field.type, field.name, field.required) == ("paragraph", "A3.2 Comment (if you wish)", False)
    model = layout.form.answer_model()
    model.model_validate({"core": {"heard": {"comment": "Twice"}}})
    with pytest.raises(ValidationError):
        model.model_validate({"core": {"seen": {"comment": "Twice"}}})


@pytest.mark.parametrize("format_", ["word", "excel", "text"])
@pytest.mark.parametrize("wide", [False, True])
def test_the_comment_on_a_row_comes_back_from_every_format(format_: str, wide: bool) -> None:
    more = "".join(f"    - {{id: n{number}, type: paragraph, title: Notes {number}}}\n" for number in range(6))
    form = laid_out(COMMENTED.replace("  rows:\n", f"{more}  rows:\n") if wide else COMMENTED).form
    answers = {
        "core": {
            "seen": {"answer": "us"},
            "heard": {"answer": "other", "answer_specify": "Police", "note": "N", "comment": "Twice,\nin May"},
            "girls": {"comment": "Not yet"},
        }
    }
    returned = Toolkit().read(Toolkit().render(form, format_, answers=answers), form)
    assert (returned.data, returned.problems, returned.extras) == (answers, (), ())


def test_the_comments_are_those_of_whoever_fills_the_grid() -> None:
    columns = "columns: [{id: a, type: text, title: A, filled_by: panel}]"
    grid = f"- {{id: g, type: grid, {columns}, rows: [{{id: r, text: R, comment: true}}]}}"
    form = form_with(grid, "roles: {agency: Agency, panel: Panel}")
    assert [field.role for field in Layout(form).fields] == ["panel", "panel"]


def test_a_column_cannot_be_called_as_the_comments_are() -> None:
    columns = "columns: [{id: comment, type: text, title: A}]"
    grid = f"- {{id: g, type: grid, {columns}, rows: [{{id: r, text: R, comment: true}}]}}"
    assert [(code, place) for code, place, _ in told(grid)] == [("D029", f"{FIRST_ITEM}:44")]


def test_rows_that_are_added_have_their_companions() -> None:
    layout = laid_out(f"- {OWN_ROWS}")
    field = layout.field("acts[9].lead_specify")
    assert field is not None
    assert field.when is not None
    assert field.when.holds({"acts[9].lead": "other"})


def test_the_first_page_can_ask_for_words_too() -> None:
    nil = """
nil_return:
  ask: Known?
  scale: {levels: [{code: yes, label: Known}, {code: hid, label: Restricted, specify: Who holds it?}]}
  waives_when: [yes]
  items: [{id: searched, type: text, ask: Searched?}]
"""
    layout = laid_out("- {id: x, type: text, ask: X?, when: {nil_return_specify: answered}}", WHO + nil)
    page = [
        (block.field.key, block.field.code) for block in layout.sections[0].blocks if isinstance(block, QuestionBlock)
    ]
    assert page == [("nil_return", "A1"), ("nil_return_specify", "A1a"), ("searched", "A2")]
    assert all(field.in_nil_page for field in layout.fields[:3])


def test_conditions_ask_about_companions_as_about_any_question() -> None:
    layout = laid_out(
        """
        - {id: after, type: text, ask: After?, when: {spare_specify: answered}}
        - id: g
          type: group
          ask: G
          copies: 2
          items:
            - {id: in_copy, type: choice, scale: who, ask: Who?, comment: true}
            - {id: more, type: text, ask: More?, when: {in_copy_specify: answered, in_copy_comment: answered}}
        - id: acts
          type: table
          ask: Acts
          columns:
            - {id: lead, type: choice, scale: who, title: Lead}
            - {id: n, type: text, title: N, when: {lead_specify: answered}}
        """
    )
    more, row = layout.field("g[2].more"), layout.field("acts[2].n")
    assert more is not None
    assert more.when is not None
    assert layout.in_words(more.when) == "A4-2.1a is answered and A4-2.1b is answered"
    assert row is not None
    assert row.when is not None
    assert row.when.holds({"acts[2].lead_specify": "x"})


def test_a_question_cannot_depend_on_what_its_own_answer_asks_for() -> None:
    items = "- {id: a, type: choice, scale: who, ask: A?, when: {a_specify: answered}}"
    found = told(items, WHO.partition("  wider:")[0])
    assert [code for code, _, _ in found] == ["D014"]


def test_an_id_that_the_form_makes_itself_is_refused_where_it_stands() -> None:
    items = """
        - {id: a_specify, type: text, ask: First?}
        - {id: a, type: choice, scale: who, ask: A?}
        - {id: a_comment, type: text, ask: Not taken?}
        - id: t
          type: table
          ask: T
          columns:
            - {id: lead, type: choice, scale: who, title: Lead}
            - {id: lead_specify, type: text, title: Words}
        """
    assert [found[:2] for found in told(items, WHO.partition("  wider:")[0])] == [
        ("D029", f"{FIRST_ITEM}:14"),
        ("D029", f"{FIRST_ITEM + 8}:18"),
    ]


def test_ids_as_long_as_they_may_be_have_companions() -> None:
    long = "x" * 40
    layout = laid_out(f"- {{id: {long}, type: choice, scale: who, ask: A?, comment: true}}")
    assert layout.field(f"{long}_specify") is not None
    assert layout.field(f"{long}_comment") is not None


def test_the_answer_model_and_the_codebook_know_the_companions() -> None:
    layout = laid_out(f"- {OWN_ROWS}\n- {{id: a, type: text, ask: A?, comment: true}}")
    answers = {"spare": "other", "spare_specify": "B", "a_comment": "C", "acts": [{"lead_specify": "D"}]}
    model = layout.form.answer_model()
    assert model.model_validate(answers).model_dump(exclude_unset=True) == answers
    entries = {entry.key: entry for entry in codebook(layout)}
    assert entries["spare_specify"].asked_if == "A1 is Another agency"
    assert entries["acts[].lead_specify"].column == "If “Another agency”: which agency?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks" / "origin.yaml").write_text(
        "block: origin\nitems:\n"
        "  - {id: who, type: choice, scale: agency, ask: 'Who in {area}?', fixed: true}\n"
        "  - {id: more, type: text, ask: 'More of {area}?', when: {who_specify: answered}}\n",
        encoding="utf-8",
    )
    (tmp_path / "base.yaml").write_text(
        'id: base\nversion: "1"\ntitle: B\nkind: record\nowner: P\n'
        "scales:\n  agency: {levels: [{code: us, label: Us}, {code: other, label: Other, specify: which?}]}\n"
        "sections: [{id: s, title: S, items: [{use: origin, prefix: lived, with: {area: care}}]}]\n",
        encoding="utf-8",
    )
    return tmp_path


def loaded(folder: Path, name: str) -> tuple[Form | None, list[str]]:
    library = Library([folder])
    codes = [problem.code for problem in library.check(folder / name)]
    return None if codes else library.form(folder / name), codes


def test_a_block_with_a_prefix_still_finds_its_own_companions(folder: Path) -> None:
    form, codes = loaded(folder, "base.yaml")
    assert codes == []
    assert form is not None
    more = Layout(form).field("lived_more")
    assert more is not None
    assert more.when is not None
    assert more.when.holds({"lived_who_specify": "x"})


def test_a_fixed_question_is_not_the_same_when_a_level_asks_for_other_words(folder: Path) -> None:
    (folder / "own.yaml").write_text(
        'extends: base\nnamespace: own\nid: own\nversion: "1"\ntitle: O\n'
        "scales:\n  agency: {levels: [{code: us, label: Us}, {code: other, label: Other, specify: where?}]}\n",
        encoding="utf-8",
    )
    assert loaded(folder, "own.yaml")[1] == ["D026"]
