"""The words that every format prints around the questions, in the language of the form.

English stands here. Another language is a file of the same keys in the folder `languages`, and a form or a wording can
have its own for some of them (`house`). Renderers print these and the form's own words, nothing else, so that whatever
else stands in a return was written by the respondent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from qaf_forms.define.scale import DefinitionModel, Identifier, Label, Line, fold, with_changes

LANGUAGES = Path(__file__).with_name("languages")
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


class _Words(DefinitionModel):
    """Words in braces are filled in when they are printed: a translation has the same ones, in any order."""

    @field_validator("*")
    @classmethod
    def _has_the_same_blanks(cls, written: Any, info: ValidationInfo) -> Any:
        english = cls.model_fields[info.field_name or ""].default
        if isinstance(written, str) and isinstance(english, str):
            wanted = _blanks(english)
            if _blanks(written) != wanted:
                shown = " and ".join(f"{{{name}}}" for name in sorted(wanted)) or "no words in braces"
                facts = {"shown": shown, "english": english}
                raise PydanticCustomError("blanks", "this has to hold {shown}, as the English does: {english}", facts)
        return written


def _blanks(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a brace without its other half
        return {"{"}


class ConditionWords(_Words):
    """How a condition reads, such as `Answer only if B2 is No or Partly`."""

    asked_if: Line = "Answer only if {condition}."
    needed_if: Line = "Needed if {condition}."
    column_if: Line = Field(default="Only if {condition}.", description="Said of a column")
    one_is: Line = Field(default="{name} is {answers}", description="`B2 is No`")
    one_is_not: Line = "{name} is not {answers}"
    answered: Line = "{name} is answered"
    not_answered: Line = "{name} is not answered"
    at_least: Line = "{name} is at least {number}"
    less_than: Line = "{name} is less than {number}"
    both: Line = "{first} and {second}"
    either: Line = "{first} or {second}"
    not_so: Line = "it is not so that {condition}"


class CalculationWords(_Words):
    """How a form says what it works out itself, such as `Worked out for you: average of B1.1 to B1.8`."""

    worked_out: Line = "Worked out for you: {how}."
    weight: Line = "Weight: {number}"
    of_column: Line = Field(default="{column} in {places}", description="`Rating in B1.1 to B1.8`")
    places: Line = "{first} to {last}"
    every_row: Line = Field(default="every row of {table}", description="Of a table that the respondent fills in")
    total: Line = "sum of {what}"
    mean: Line = "average of {what}"
    count: Line = "number of answers in {what}"
    count_of_levels: Line = "number of answers {levels} in {what}"
    percent_of_level: Line = "percentage of {levels} in {what}, {over}"
    percent_of_possible: Line = "points in {what} as a percentage of the most there can be, {over}"
    over_answered: Line = "of those answered"
    over_all: Line = "of all that apply"
    difference: Line = "{first} less {second}"
    ratio: Line = "{first} divided by {second}"
    ratio_in_percent: Line = "{first} as a percentage of {second}"
    ratio_for_every: Line = "{first} for every {number} of {second}"
    band: Line = "{what} as a level: {bands}"
    band_from: Line = Field(default="{level} from {number}", description="`Good from 65`")
    by_weight: Line = "{how}, each by its weight"
    leaving_out: Line = "{how}; what does not apply is left out"


class CellWords(_Words):
    """What a cell of a workbook says when it is entered, and when it refuses what was typed."""

    list_prompt: Line = "Choose from the list: the arrow beside the cell, or Alt+Down."
    list_title: Line = "Not on the list"
    list_error: Line = "Please choose one of the answers in the list, with the arrow beside the cell or with Alt+Down."
    several_prompt: Line = "One or more of these, with a semicolon between them: {answers}"
    tick_prompt: Line = "Put an {tick} here if this applies."
    tick_title: Line = "Applies?"
    tick_error: Line = "Put an {tick} here if this applies; leave the cell empty if it does not."
    whole_number: Line = "a whole number"
    number: Line = "a number"
    percentage: Line = "a percentage"
    number_between: Line = "{what} from {low} to {high}"
    number_from: Line = "{what}, {low} or more"
    number_to: Line = "{what}, {high} or less"
    number_error: Line = "Please type {what}, in digits only. Write remarks in another cell."
    percentage_error: Line = "Please type a percentage, such as 45%. Write remarks in another cell."
    whole_number_title: Line = "Whole number needed"
    number_title: Line = "Number needed"
    percentage_title: Line = "Percentage needed"
    fraction_title: Line = "So many of so many needed"
    fraction_error: Line = "Please type so many of so many, such as 5/6. Is it right as it stands?"
    email_title: Line = "E-mail address needed"
    email_error: Line = "This does not look like an e-mail address, such as name@example.org. Is it right?"
    phone_title: Line = "Telephone number needed"
    phone_error: Line = "This does not look like a telephone number, such as 01793 000000. Is it right?"
    month_title: Line = "Month and year needed"
    month_error: Line = "Please type a month and its year, such as March 2025. Is it right as it stands?"
    date_prompt: Line = "Day/month/year, such as 12/03/2025{limits}."
    date_title: Line = "Date needed"
    date_error: Line = "Please type one date as day/month/year, such as 12/03/2025{limits}."
    not_before: Line = "not before {day}"
    not_after: Line = "not after {day}"
    lines_prompt: Line = "Type here. Alt+Enter starts a new line."
    longest_prompt: Line = "At most {number} characters."
    longest_title: Line = "Longer than asked for"
    longest_error: Line = "At most {number} characters are asked for here."


class ProgressWords(_Words):
    """What a workbook's first sheet says of how far its answers are."""

    section: Line = Field(default="Section", description="Head of the column of sections")
    answered: Line = Field(default="Answered", description="Head of the column that counts answers")
    still_needed: Line = Field(default="Still needed", description="Head of the column that counts missing answers")
    in_all: Line = Field(default="In all", description="The row of totals")
    needed_colour: Line = Field(default="An answer is still needed", description="Beside a cell of that colour")
    grey: Line = Field(default="Does not apply, because of other answers", description="Beside a grey cell")


class RemarksWords(_Words):
    """What stands on the sheet of a workbook that is sent back."""

    title: Line = "Please look at these answers"
    explained: Line = (
        "Change each answer where it stands: its number leads there. Nothing need be written on this sheet."
    )
    where: Line = Field(default="Where", description="Head of the column of links to the answers")
    wanted: Line = Field(default="What is wanted", description="Head of the column that says what to do")
    stands_there: Line = Field(default="What stands there now", description="Head of the column of answers as they are")


class CalendarWords(_Words):
    """Names of months as they are printed, and what people write in dates."""

    months: tuple[Line, ...] = Field(
        default=(
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        min_length=12,
        max_length=12,
    )  # fmt: skip
    months_in_dates: tuple[Line, ...] = Field(
        default=(), max_length=12, description="The months as they stand behind a day, where that differs"
    )
    month_of_year: Line = "{month} {year}"
    day_of_month: Line = "{day} {month} {year}"
    weekdays: tuple[Line, ...] = Field(default=(), description="Read before a date; not printed")
    day_endings: tuple[Line, ...] = Field(default=(), description="Read behind a day, such as th; not printed")
    of_month: tuple[Line, ...] = Field(default=(), description="Read between day and month, such as of; not printed")


class Words(_Words):
    """The words of one language. What a file leaves out stays English."""

    locale: Language = Field(default="en-GB", description="What office programs call the language")

    code: Line = Field(default="Ref.", description="Head of the column of printed codes")
    question: Line = "Question"
    answer: Line = "Answer"
    row: Line = Field(default="Row", description="Head of the column of row numbers")
    required: Line = "Answer needed"
    levels: Line = "What the answers mean"
    levels_in: Line = Field(default="In {places}:", description="Over the answers of some columns or questions")
    descriptors_behind: Line = Field(
        default="What each answer means here: see “{title}” at the end, {code}.",
        description="Under a row whose descriptors are too long to stand there; {title} is the line above",
    )
    reference: Line = Field(default="Based on", description="Stands before the statute or guidance")
    evidence: Line = Field(default="What would show it", description="Stands before the evidence expected")
    how_to_title: Line = "How to complete this form"
    how_to: tuple[Line, ...] = (
        "Write in the marked spaces, under the words or instead of them; everything else can stay as it is.",
        "Questions marked “Answer needed” must be answered. Leave the others empty if you have nothing to say.",
        "In the tables without printed questions you may add rows.",
        "Save the file, keep its name if you can, and return it to the address above, or else to whoever sent it.",
    )
    other_role: Line = "For {role} to complete. Please leave this empty."
    nil_next: Line = "If your answer is {answers}, finish this page and return the form: nothing else needs an answer."
    quoted: Line = "“{text}”"
    specify: Line = Field(default="If {answers}: {question}", description="Asks more of those who chose some answers")
    comment: Line = Field(default="Comment (if you wish)", description="Beside a question with room for a comment")
    spare_copies: Line = Field(
        default="Fill in as many of these blocks as you need, and leave the others empty.",
        description="Above a group of blocks of which none must be filled in",
    )
    copies_at_least: Line = Field(
        default="Fill in at least {number} of these blocks, and leave any that you do not need empty.",
        description="Above a group of blocks of which some must be filled in",
    )
    page: Line = Field(default="Page", description="Page 3 of 7")
    of_pages: Line = Field(default="of", description="Page 3 of 7")
    table_row: Line = "{code} row {number}"
    question_table: Line = Field(default="Question {first}", description="A table's title for screen readers")
    questions_table: Line = "Questions {first} to {last}"
    start_here: Line = Field(default="Start here", description="Name of a workbook's first sheet")
    owner: Line = "Owner"
    marking: Line = "Marking"
    sections: Line = "Sections"
    signed_name: Line = Field(default="Name", description="Head of a column where people sign")
    signed_role: Line = "Role"
    signed_date: Line = "Date"
    cover: Mapping[Identifier, Line] = Field(
        default={
            "reference": "Reference",
            "recipient_name": "For",
            "case": "Case",
            "period": "Period",
            "issued": "Issued",
            "return_by": "Return by",
            "return_to": "Return to",
            "contact": "Sent to",
        },
        description="What the cover says of a copy: fact by fact, in this order",
    )
    placeholders: Mapping[Identifier, Line] = Field(
        default={
            "text": "[Type here]",
            "paragraph": "[Type here]",
            "integer": "[Whole number]",
            "decimal": "[Number]",
            "date": "[dd/mm/yyyy]",
            "yes_no": "[Choose]",
            "choice": "[Choose]",
            "choices": "[Choose all that apply]",
            "email": "[E-mail address]",
            "percent": "[Per cent]",
            "money": "[Amount]",
            "fraction": "[Such as 5/6]",
            "month": "[Month and year]",
            "names": "[One on each line]",
            "phone": "[Telephone]",
            "calculated": "[Worked out for you]",
        },
        description="What an empty space says, by the type of answer; in square brackets",
    )
    conditions: ConditionWords = ConditionWords()
    calculations: CalculationWords = CalculationWords()
    cells: CellWords = CellWords()
    progress: ProgressWords = ProgressWords()
    remarks: RemarksWords = RemarksWords()

    yes: Label = "Yes"
    no: Label = "No"
    yes_aliases: tuple[Line, ...] = Field(default=(), description="Other ways in which people write Yes")
    no_aliases: tuple[Line, ...] = ()
    calendar: CalendarWords = CalendarWords()

    between_answers: tuple[Line, ...] = Field(
        default=(), description="Read between two answers, such as and; not printed"
    )
    out_of: tuple[Line, ...] = Field(default=(), description="Read in `5 of 6`; not printed")
    per_cent: tuple[Line, ...] = Field(default=(), description="Read behind a percentage; not printed")
    decimal_comma: bool = Field(default=False, description="Whether people write 2,5 for two and a half")

    def with_house(self, house: Words | None) -> Words:
        """These words with those of a house in place of some."""
        return _merged(self, house) if house is not None and house.model_fields_set else self

    @cached_property
    def says_yes(self) -> frozenset[str]:
        """What people write for yes, folded."""
        return frozenset(fold(word) for word in (self.yes, *self.yes_aliases))

    @cached_property
    def says_no(self) -> frozenset[str]:
        """What people write for no, folded."""
        return frozenset(fold(word) for word in (self.no, *self.no_aliases))

    def month_in_words(self, year: str, month: int) -> str:
        """A month as it is printed: `March 2025`."""
        return self.calendar.month_of_year.format(month=self.calendar.months[month - 1], year=year)

    def day_in_words(self, day: date) -> str:
        """A day as the cover prints it: `14 March 2025`."""
        months = self.calendar.months_in_dates or self.calendar.months
        return self.calendar.day_of_month.format(day=day.day, month=months[day.month - 1], year=day.year)


def _merged(words: Any, house: Any) -> Any:
    changed = {}
    for name in house.model_fields_set:
        own, new = getattr(words, name), getattr(house, name)
        if isinstance(new, _Words):
            new = _merged(own, new)
        elif isinstance(new, Mapping):
            new = {**own, **new}
        changed[name] = new
    return with_changes(words, changed)


ENGLISH = Words()


def joined(template: str, parts: Sequence[str]) -> str:
    """Several parts as one, by a template for two of them: `{first} or {second}`."""
    whole, *rest = parts
    for part in rest:
        whole = template.format(first=whole, second=part)
    return whole


@cache
def words_in(language: str) -> Words:
    """The words of a language such as `cy` or `pl-PL`; English, where there is no file of it."""
    from qaf_forms.define.yaml_source import read_file  # reading YAML takes long to import, and English needs none

    path = LANGUAGES / f"{language.partition('-')[0]}.yaml"
    if not path.is_file():
        return ENGLISH
    source = read_file(path)
    return ENGLISH.with_house(Words.model_validate(source.root.data if source.root else None))


def known_languages() -> list[str]:
    """The languages that there are words in."""
    return sorted(["en", *(path.stem for path in LANGUAGES.glob("*.yaml"))])


def has_words_in(language: str) -> bool:
    """Whether the fixed words are there in a language."""
    return language.partition("-")[0] == "en" or words_in(language) is not ENGLISH
