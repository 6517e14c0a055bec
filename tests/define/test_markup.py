"""Markdown as the paragraphs and runs that Word and Excel print."""

import pytest

from qaf_forms.define.markup import Paragraph, Run, paragraphs, plain


def shape(markdown: str) -> list[tuple[str, int, str]]:
    return [(paragraph.kind, paragraph.level, paragraph.mark + paragraph.text) for paragraph in paragraphs(markdown)]


def test_plain_words_are_one_paragraph() -> None:
    assert paragraphs("Was the child seen?") == (Paragraph("text", (Run("Was the child seen?"),)),)
    assert paragraphs("  ") == ()


def test_bold_italic_and_links_become_runs() -> None:
    (paragraph,) = paragraphs("See **this _now_** or [the guide](https://example.org/a).")
    assert paragraph.runs == (
        Run("See "),
        Run("this ", bold=True),
        Run("now", bold=True, italic=True),
        Run(" or "),
        Run("the guide", link="https://example.org/a"),
        Run("."),
    )


def test_lists_keep_their_marks_numbers_and_depth() -> None:
    assert shape("- one\n  - two\n- three\n\n3. four\n4. five") == [
        ("bullet", 0, "• one"),
        ("bullet", 1, "• two"),
        ("bullet", 0, "• three"),
        ("number", 0, "3. four"),
        ("number", 0, "4. five"),
    ]


def test_headings_paragraphs_and_forced_line_breaks_are_told_apart() -> None:
    assert shape("## Head\n\nfirst\nsame\n\nnext  \nbroken") == [
        ("heading", 0, "Head"),
        ("text", 0, "first same"),
        ("text", 0, "next"),
        ("text", 0, "broken"),
    ]


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "a < b & c > d", "5 * 3", "1) fine", "snake_case_name", "x: y!", "AT&T"]
)
def test_what_only_looks_like_markup_is_shown_as_typed(text: str) -> None:
    assert "".join(paragraph.mark.replace("1. ", "1) ") + paragraph.text for paragraph in paragraphs(text)) == text


def test_plain_leaves_out_the_styles() -> None:
    assert plain("**One** two\n\n- three") == "One two\nthree"


@pytest.mark.parametrize(
    "target", ["//server/share", "\\\\\\\\server\\\\share", "file:///etc/passwd", "javascript:x", "x.docx"]
)
def test_a_link_leads_to_the_web_or_nowhere(target: str) -> None:
    assert {run.link for one in paragraphs(f"See [the guide]({target}).") for run in one.runs} == {""}
