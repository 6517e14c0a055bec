"""The catalogue of everything that can be wrong with a definition, a file or an answer.

A `Problem` is data: code, key, place, value, message and what to do. Codes are printed in reports that people keep, so
a code is never given a second meaning; one that is no longer raised stays here, marked retired. The module is long
because it is a list: whoever adds a code sees here, in one place, which are taken and how the others speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Wording(NamedTuple):
    """The words of one code. `message` and `fix` take the facts of the case by name."""

    code: str
    message: str
    fix: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should look at.

    `key` names the question (`core.seen_alone.answer`) or is empty; `place` is where a person finds it ("section B,
    question B2, table 4 row 3", "line 12, column 5"); `value` is what was found there, shown as typed.
    """

    code: str
    key: str
    place: str
    value: str
    message: str
    fix: str

    @property
    def is_warning(self) -> bool:
        """Whether the answer can be used as it stands."""
        return self.code in _WARNINGS


class Code(Enum):
    """Every problem there is. D: definitions. F: files. T: templates. G: rounds. R: answers."""

    # Definitions
    NOT_YAML = Wording("D001", "this is not YAML: {reason}", "{suggestion}")
    UNKNOWN_KEY = Wording("D002", "{value!r} is not a key that {where} can have", "{suggestion}")
    MISSING_KEY = Wording("D003", "{where} has no {value!r}", "add {value}: ...")
    WRONG_VALUE = Wording("D004", "{reason}", "{suggestion}")
    UNKNOWN_TYPE = Wording("D005", "there is no item type {value!r}", "{suggestion}")
    DUPLICATE_ID = Wording("D006", "the id {value!r} is used twice; it was first used on line {line}", "rename one")
    NOT_AN_ID = Wording(
        "D007",
        "{value!r} cannot be an id",
        "use small letters, digits and _, starting with a letter, at most 40 characters",
    )
    UNKNOWN_SCALE = Wording("D008", "there is no scale called {value!r}", "{suggestion}")
    UNKNOWN_QUESTION = Wording("D009", "no question has the key {value!r}", "{suggestion}")
    NOT_A_LEVEL = Wording("D010", "{value!r} is not an answer that {question} can have", "{suggestion}")
    NEVER_HOLDS = Wording("D011", "this condition can never hold: {reason}", "change or remove it")
    UNKNOWN_ROLE = Wording("D012", "no role is called {value!r}", "{suggestion}")
    DUPLICATE_KEY = Wording("D013", "the key {value!r} stands twice", "remove one")
    CONDITION_ON_ITSELF = Wording(
        "D014", "{value!r} depends on its own answer{through}", "make it depend on another question"
    )
    UNUSABLE_FILE = Wording("D015", "{reason}", "{suggestion}")
    REPEATED_WORDING = Wording(
        "D016",
        "this question has the same wording as the one on line {line}: {value!r}",
        "reword one, so that people can tell them apart",
        True,
    )
    UNKNOWN_COLUMN = Wording("D017", "there is no column {value!r} here", "{suggestion}")
    RESERVED_ID = Wording("D018", "the id {value!r} is taken: {reason}", "choose another id")
    SAME_ANSWER = Wording("D019", "{value!r} stands for two levels, {first} and {second}", "leave it to one of them")
    UNUSED_SCALE = Wording("D020", "nothing uses the scale {value!r}", "remove it, or use it", True)
    NO_NUMBER = Wording(
        "D021",
        "{value!r} asks for no number, so at_least means nothing there",
        "name its answers instead, or make it an integer or decimal",
    )
    SAME_TITLE = Wording(
        "D022",
        "this column has the same title as another: {value!r}",
        "reword one, so that people can tell them apart",
        True,
    )

    UNKNOWN_BLOCK = Wording("D023", "there is no block {value!r} that can be used", "{suggestion}")
    WRONG_BLOCK = Wording("D024", "the block {value!r} has no {part}, which is needed here", "{suggestion}")
    BLANK_IN_BLOCK = Wording("D025", "the block leaves a blank, {value!r}, which is not filled here", "{suggestion}")
    FIXED_QUESTION = Wording(
        "D026",
        "the question {value!r} is fixed in {base} and would not be comparable any more",
        "leave it and its scale as they are, and ask your own question beside it",
    )
    OUTSIDE_NAMESPACE = Wording("D027", "the id {value!r} does not begin with this form's namespace", "{suggestion}")
    UNKNOWN_BASE = Wording("D028", "the form cannot extend {value!r}: {reason}", "{suggestion}")
    COMPANION_ID = Wording(
        "D029",
        "the id {value!r} is taken by the space that the form makes beside {owner!r}",
        "choose another id, or ask for the words only once",
    )
    WRONG_COPIES = Wording("D030", "{reason}", "{suggestion}")
    NOT_IN_COPY = Wording(
        "D031",
        "{value!r} is not asked in copy {copy}, so nothing there can depend on it",
        "ask both in the same copies (in_copies), or depend on another question",
    )
    UNFIT_GIVEN = Wording("D032", "{value!r} cannot be given under {column!r}", "{suggestion}")
    NOTHING_LOCKED = Wording(
        "D033",
        "the row has nothing in a locked column, so it could not be told apart when it comes back",
        "give it a value for {columns}",
    )
    ROWS_ALIKE = Wording(
        "D034",
        "the row has the same in its locked columns as the one on line {line}, so they could not be told apart",
        "let them differ in {columns}, or lock one more column",
    )
    NOT_TO_CALCULATE_WITH = Wording("D035", "{value!r} cannot be calculated with: {reason}", "{suggestion}")
    CALCULATED_FROM_ITSELF = Wording(
        "D036", "{value!r} is calculated from itself{through}", "leave out the answer that closes the circle"
    )
    WRONG_CALCULATION = Wording("D037", "{reason}", "{suggestion}")
    UNUSED_WEIGHT = Wording(
        "D038",
        "no calculation uses this weight",
        "remove it, or name the question in a sum, mean or percent_of_possible",
        True,
    )
    NOT_IN_THE_FORM = Wording("D043", "the form has no {what} {value!r}", "{suggestion}")
    NO_PRINTED_WORDS = Wording(
        "D044",
        "the words printed around the questions are not known in the language {value!r}, and will be English",
        "give them under `house:`, or use one of {known}",
        True,
    )
    NOT_YET_IN_WORDS = Wording(
        "D045",
        "{count} texts are still as the form has them, first {value}",
        "write them, or the same text again where it is meant to stay",
        True,
    )
    TWO_MEANINGS = Wording(
        "D046",
        "{value!r} means {here} in this wording and {there} in the form, so whoever writes it is asked what was meant",
        "choose another label, if there is a good one",
        True,
    )

    # Definitions: what an author may have got wrong
    NO_WAY_OUT = Wording(
        "D050",
        "{value!r} must be answered in {rows}, on a scale that cannot say that a row does not apply",
        "use a scale with a level that is_na or is_nonresponse, or take `required` away",
        True,
    )
    NIL_CANNOT_WAIVE = Wording(
        "D051",
        "a question of the first page depends on {value!r}, which a nil return leaves unanswered",
        "make it depend on a question of the first page, or move it to a section",
        True,
    )
    NOT_MARKED_PERSONAL = Wording(
        "D052",
        "{value!r} may ask for what identifies a person, and is not marked",
        "add `personal: true`, so that exports leave it out, or `personal: false` if it identifies nobody",
        True,
    )
    TWO_QUESTIONS = Wording(
        "D053",
        "this asks two questions at once: {value!r}",
        "ask two questions, or say which of them is meant",
        True,
    )
    HARD_TO_READ = Wording(
        "D054",
        "the words of {value!r} need a reading age of {age}; the target is {target}. The hardest are {shown}",
        "use shorter sentences and words, or set `reading_age` on the section or the form",
        True,
    )
    NO_PLAIN_HELP = Wording(
        "D055",
        "{value} may be hard for young people, and no help explains it",
        "say it in plainer words, or add a `help`",
        True,
    )
    TYPED_NUMBER = Wording("D056", "{reason}", "{suggestion}", True)
    ONE_LEVEL = Wording(
        "D057",
        "{value!r} is the only answer there is to choose",
        "add the other levels, or ask yes_no",
        True,
    )
    LONG_LABEL = Wording(
        "D058",
        "this label has {size} characters, where about {limit} fit: {value!r}",
        "shorten it, and say the rest in its `meaning`",
        True,
    )
    ODD_SCORE = Wording("D059", "{reason}", "{suggestion}", True)
    EMPTY_ROWS = Wording(
        "D060",
        "{value} rows are needed, but a row counts with any one of its cells filled in",
        "mark the column that makes a row with `required: true`",
        True,
    )
    EVERY_COPY = Wording(
        "D061",
        "this must be answered in all {copies} copies, even if there are fewer of them ({value})",
        "say how many copies a return needs at least, such as `min_copies: 1`, or give the copies titles",
        True,
    )
    NO_NIL_RETURN = Wording(
        "D062",
        "an agency that did not know the person has no way to say so, and must answer what is required: {count}",
        "add `nil_return: {{use: nil_case, ...}}`",
        True,
    )

    LOST_WORDS = Wording(
        "D063",
        "{value!r} is taken for a comment and is not printed",
        "put quotes around the whole text, or a space behind the # if it is a comment",
        True,
    )

    NO_WORDS_FOR_OTHER = Wording(
        "D065",
        "{value!r} leaves open what is meant, and the form has no space to say it",
        "add `specify: which?` to the level; if nobody needs to know, call it “None of these”",
        True,
    )

    UNKNOWN_SUCCESSOR = Wording("D039", "no question of this version has the key {value!r}", "{suggestion}")
    NOT_IN_EARLIER = Wording("D040", "version {version} had no question {value!r}", "{suggestion}", True)
    LOST_QUESTIONS = Wording(
        "D041",
        "version {version} asked what this one does not, and nothing says what became of it: {value}",
        "write of each that it was dropped, or which key it has now",
        True,
    )
    UNSAID_NEW = Wording(
        "D042",
        "this version asks what version {version} did not, and nothing says that it is new: {value}",
        "write of each that it is new, or under its old key what it was",
        True,
    )

    LEFT_TO_WRITE = Wording(
        "D066",
        "it still says {value} here{also}",
        "write your own in place of what stands there as an example, and take these words away",
        True,
    )

    MANY_BOXES = Wording(
        "D067",
        "{value!r} has {count} boxes to tick in every row: in Word each row is that tall, in Excel the table that wide",
        "use a scale of at most {limit} levels, or ask it as a question of its own",
        True,
    )

    NO_SUCH_BLANK = Wording("D064", "the block has no blank {value!r} to fill", "{suggestion}", True)

    # Files
    NOT_A_FORM_FILE = Wording("F001", "this is {what}, which cannot be read as a form", "{suggestion}")
    EMPTY_FILE = Wording("F002", "the file is empty", "ask the sender to attach it again")
    TOO_LARGE = Wording(
        "F003",
        "{what} is larger than the limit: {size} > {limit}",
        "ask for the form without pictures or attachments",
    )
    DAMAGED = Wording("F004", "the file is damaged: {reason}", "ask the sender to save it again and resend it")
    ENCRYPTED = Wording("F005", "the file is protected by a password", "{suggestion}")
    UNSAFE = Wording(
        "F006",
        "the file is built in a way that no office program writes: {reason}",
        "do not open it; ask the sender to save the form afresh and resend it",
    )
    TOO_COMPLEX = Wording(
        "F007",
        "{what} is over the limit: {size} > {limit}",
        "ask the sender to copy the answers into a fresh form",
    )
    HAS_MACROS = Wording("F008", "the file contains {what}; nothing of it was run", "ask why before opening it", True)
    HAS_LINKS = Wording("F009", "the file links to {value!r}; the link was not followed", "check the sender", True)
    NOT_THIS_FORM = Wording(
        "F010",
        "nothing in the file belongs to a form known here",
        "name its form, or ask which form was meant",
    )
    UNKNOWN_FORM = Wording(
        "F011",
        "the file says it is {value}, which is not known here",
        "name its definition with --form, or the folder it is in with --definitions",
    )
    OTHER_VERSION = Wording(
        "F012",
        "the file is version {value} of the form, not {expected}",
        "check the answers marked, or ask for the form to be completed again",
        True,
    )
    OTHER_FORM = Wording("F013", "the file is the form {value}, not {expected}", "ask for the right form")
    NO_STAMP = Wording(
        "F014",
        "the file has lost its stamp; it was recognised by its questions",
        "check which agency and round it belongs to",
        True,
    )
    CHANGED_STRUCTURE = Wording(
        "F015",
        "the form was changed after this copy was issued, without a new version number",
        "check the answers, and give every published change a new version",
        True,
    )
    READER_FAILED = Wording(
        "F016", "the file could not be read: {reason}", "ask for it again, and report this file's sha256"
    )

    TOO_SLOW = Wording(
        "F017",
        "the program that opens such files was stopped after {limit} seconds",
        "ask the sender to open it, save it as .docx or .xlsx and resend it",
    )
    PROGRAM_FAILED = Wording(
        "F018",
        "the program that opens such files failed on it: {reason}",
        "ask the sender to open it, save it as .docx or .xlsx and resend it",
    )

    READ_IN_PART = Wording(
        "F019",
        "of a file in this format only the cells are read: no comments, pictures or text boxes, and an error is empty",
        "look whether it has any of these, or ask for it as .xlsx",
        True,
    )

    FOR_CERTAIN_PEOPLE = Wording(
        "F020",
        "the file is encrypted for certain people, by its sensitivity label or rights management: no password opens it",
        "ask the sender to give it a label without encryption, or to send a copy that is not protected",
    )

    READING_TOO_SLOW = Wording(
        "F021",
        "reading the file was given up after {limit} seconds",
        "ask the sender to copy the answers into a fresh form",
    )
    READING_FAILED = Wording(
        "F022",
        "reading the file failed: {reason}",
        "do not open it; ask the sender to copy the answers into a fresh form, and report this file's sha256",
    )
    OUT_OF_MEMORY = Wording(
        "F023",
        "reading the file needs more memory than it may have",
        "ask the sender to copy the answers into a fresh form, without pictures or attachments",
    )
    CANNOT_OPEN = Wording(
        "F024", "the file cannot be opened: {reason}", "check that it is there, and that you may read it"
    )
    OTHER_RETURN = Wording(
        "F025",
        "this is of another return, so nothing in it was taken as an answer: {value}",
        "ask for that return in a file of its own, and whether anything of it was meant here",
    )

    # Templates
    NO_TEMPLATE = Wording(
        "T001",
        "this is no Word document ({reason})",
        "save it as .docx; `qaf-forms template` writes one to begin with",
    )
    BAD_TAG = Wording("T002", "the tag {value!r} cannot be used: {reason}", "mend it, or type the whole tag anew")
    UNKNOWN_SLOT = Wording("T003", "a form has nothing called {value!r} to put there", "{suggestion}")
    NO_SLOT = Wording("T004", "the template does not print {what}", "put {{{{ {value} }}}} back where it should stand")
    NO_STYLE = Wording(
        "T005",
        "the template has no style {value}, in which part of every form is written",
        "begin again with the template that `qaf-forms template` writes, and change its styles but keep their names",
    )
    TEMPLATE_REACHES_OUT = Wording(
        "T006",
        "the template {what} on the computer of everybody who opens a form: {value}",
        "take it out; a logo belongs into the template itself",
    )

    # Rounds
    BAD_ROUND = Wording("G001", "{reason}", "{suggestion}")
    BAD_RECIPIENT = Wording("G002", "{reason}", "{suggestion}")
    BAD_RECEIPT = Wording("G003", "{reason}", "{suggestion}")

    BAD_PREFILL = Wording("G004", "{reason}", "{suggestion}")
    NOT_CARRIED = Wording(
        "G006",
        "the last answer {value!r} was not carried over: {reason}",
        "tell the agency, or write an answer that fits into the prefill folder",
        True,
    )
    WRONG_PREVIOUS = Wording("G007", "{reason}", "{suggestion}")
    HIDDEN_PREFILL = Wording(
        "G005",
        "answers were written for {value}, which these copies leave out",
        "take these answers out of the prefill folder, or, if it is another role's part, write others: lock",
    )
    UNKNOWN_WORDING = Wording("G009", "{reason}", "{suggestion}")
    UNKNOWN_AGENCY_TYPE = Wording("G010", "{reason}", "{suggestion}")

    # Answers
    REQUIRED = Wording("R101", "no answer", "ask for it")
    NOT_ON_THE_SCALE = Wording("R102", "{value!r} is not one of {levels}", "choose one of the printed levels")
    NOT_A_NUMBER = Wording("R103", "{value!r} is not a number", "give digits only")
    NOT_WHOLE = Wording("R104", "{value!r} is not a whole number", "give a whole number")
    OUT_OF_RANGE = Wording("R105", "{value} is {direction} {limit}", "check the figure")
    NOT_A_DATE = Wording("R106", "{value!r} is not a date", "give day, month and year, such as 12/03/2025")
    UNCLEAR_DATE = Wording(
        "R107",
        "{value!r} could be more than one date",
        "give day, month and year in full, such as 12/03/2025",
    )
    NOT_AN_EMAIL = Wording(
        "R108", "{value!r} is not an e-mail address", "give one address, such as a.person@example.org"
    )
    TWO_ANSWERS = Wording(
        "R109", "the question is answered twice; this is the other answer: {value!r}", "ask which one holds"
    )
    SEVERAL_LEVELS = Wording("R110", "more than one level is chosen: {value!r}", "ask which one holds")
    NOT_ASKED = Wording("R111", "answered, though {reason}", "check the answer it depends on", True)
    NIL_BUT_ANSWERED = Wording(
        "R112",
        "answered, though the return says that nothing is known",
        "ask whether this is a nil return",
        True,
    )
    OTHER_ROLE = Wording("R113", "filled in, though this part is for {role}", "check who wrote it", True)
    TOO_LONG = Wording("R114", "{size} characters, where {limit} are allowed", "shorten it", True)
    BY_FORMULA = Wording(
        "R115", "the answer is a formula's last result", "check that the result is what was meant", True
    )
    CELL_ERROR = Wording("R116", "the cell shows the error {value}", "ask for the answer")
    MORE_THAN_THE_LEVEL = Wording(
        "R117", "read as {level!r}; the words around it are kept here: {value!r}", "check the reading", True
    )
    BY_WORDING = Wording(
        "R118",
        "found by its wording alone, because the form's markers are gone",
        "check that it answers this question",
        True,
    )
    SPACE_LOST = Wording(
        "R119",
        "the space for this answer is not in the file any more",
        "look for the answer among the extras, or ask",
    )
    UNPRINTABLE = Wording(
        "R120",
        "contains characters that Word and Excel cannot store; they were left out",
        "check the text",
        True,
    )
    NOT_IN_FORM = Wording("R121", "the form has no answer space {value!r}", "{suggestion}")
    UNFIT_VALUE = Wording("R122", "what is given does not fit", "give {expected}")
    AGAINST_GIVEN = Wording(
        "R157",
        "the form gives {issued!r} at {name}, and something else is given",
        "leave it out, or write it in a row of its own behind the form's rows",
    )
    SHARED_SPACE = Wording(
        "R123", "{value!r} stands where the spaces of {names} were merged", "ask which of them it answers"
    )
    DOUBTFUL_ROW = Wording(
        "R124",
        "stands at {shown}, but carries the mark of {name}, and was read as {name}",
        "check where it belongs",
        True,
    )
    COPIED_ROW = Wording(
        "R125",
        "the table stands in the file more than once; this row was added from a further copy",
        "check which copy holds",
        True,
    )

    COPIED_ANSWER = Wording(
        "R178",
        "the question stands in the file more than once, and this answer is from a further copy; other answers differ",
        "check which copy holds, and whether the file holds two returns",
        True,
    )
    PERHAPS_ANOTHERS = Wording(
        "R180",
        "the file also holds parts of another return, and this answer may be from there",
        "check whose answer it is",
        True,
    )

    NOT_A_FRACTION = Wording("R130", "{value!r} is not so many of so many", "give both numbers, such as 5/6")
    NOT_A_MONTH = Wording("R131", "{value!r} is not a month of a year", "give both, such as March 2025")
    NOT_A_PHONE = Wording("R132", "{value!r} does not look like a telephone number", "check the number", True)
    UNCLEAR_PERCENT = Wording(
        "R133", "{value!r} could be {value}% or a part of one", "give the percentage with its sign, such as 45%"
    )

    CHANGED_PREFILL = Wording(
        "R134",
        "{role} wrote {issued!r} here when the form was issued, and it came back as {value!r}",
        "ask whether the change was meant",
        True,
    )
    CHANGED_GIVEN = Wording(
        "R143",
        "the form says {issued!r} here, and it came back as {value!r}; the form's words were kept",
        "ask what was meant by the change",
        True,
    )
    GIVEN_GONE = Wording(
        "R144",
        "the form says {issued!r} here, and it is gone; the form's words were kept",
        "check that the row is the one that was meant",
        True,
    )
    GIVEN_ROW_GONE = Wording(
        "R145",
        "the row {row!r} was in the form and did not come back",
        "ask whether it was left out on purpose",
    )

    CALCULATED_OTHERWISE = Wording(
        "R146",
        "{value!r} stands here, but the answers come to {computed}, which is used",
        "check the answers it is worked out from",
        True,
    )
    NOT_WORKED_OUT = Wording(
        "R147",
        "{value!r} stands here, but it cannot be worked out from the answers given",
        "check the answers it is worked out from",
        True,
    )

    OTHER_COPY = Wording(
        "R149",
        "{role} has {shown!r} here, and {owner} says {taken!r} in {file}, which was taken",
        "ask which one holds",
        True,
    )
    SECOND_RETURN = Wording(
        "R150",
        "a second return of {role} says {shown!r} here, and {taken!r} was taken from {file}",
        "ask which one holds",
        True,
    )
    ROW_ALONE = Wording(
        "R151",
        "this row is in {file} alone: it matches no row in {other}",
        "check whether it is a row of its own, or belongs to one of them",
        True,
    )

    TYPED_IN_LAST = Wording(
        "R152",
        "{value!r} was typed where the last answer is shown",
        "ask whether it was meant as an answer, and to which question",
        True,
    )
    STALE_DATE = Wording(
        "R154",
        "{value!r} stands here, but the date that was picked from the calendar is {stored}; what stands there was read",
        "ask which of them is meant",
        True,
    )
    BOX_AT_ODDS = Wording(
        "R155",
        "{value!r} is what people see, but the file holds this box as {stored}; what people see was read",
        "ask whether the box was meant to be ticked",
        True,
    )
    WITHOUT_BOX = Wording(
        "R160",
        "{value!r} stands here without a box or tick, which does not say whether it was chosen",
        "ask which were chosen",
    )
    NOT_COUNTED = Wording(
        "R161",
        "{value!r} is {why} here, and was not read as part of the answer",
        "check that it was not meant as an answer",
        True,
    )
    CHOICE_AT_ODDS = Wording(
        "R162",
        "{value!r} is what people see, but the file holds {stored!r} as what was chosen; what people see was read",
        "ask which of them is meant",
        True,
    )
    ONLY_STORED = Wording(
        "R163",
        "nothing stands here, but the date that was picked from the calendar is {stored}; it was not read",
        "ask whether the date was meant to be taken out",
        True,
    )
    BY_POSITION = Wording(
        "R164",
        "read by its place in the row, because the heads over it do not say which column it is in",
        "check that it answers this question",
        True,
    )

    SHOWN_OTHERWISE = Wording(
        "R171",
        "the number {value} stands here, and the format {shown!r} of its cell shows something else",
        "look at the file, and check which is meant",
        True,
    )
    MADE_A_DATE = Wording(
        "R172",
        "{value!r} is a date here; spreadsheets make dates of other things that people type",
        "check what was meant",
        True,
    )

    DAY_BY_NUMBER = Wording(
        "R173",
        "the number {value} stands here, which spreadsheets use for the day {day}, and was read as that",
        "check the date",
        True,
    )

    SHOWN_IN_PART = Wording(
        "R175",
        "the day {value} stands here, and the format {shown!r} of its cell shows only a part of it",
        "check which day was meant, or whether only the month was",
        True,
    )

    DIGITS_LOST = Wording(
        "R176",
        "the number {value} stands here; spreadsheets keep 15 digits of a number and make noughts of the rest",
        "check the last digits",
        True,
    )

    NOT_SHOWN_BY_ALL = Wording(
        "R177",
        "the cell holds something that only new versions of Excel show, such as a picture; others show {value}",
        "look at the cell in Excel, or ask for the answer in words",
    )

    PART_OF_A_DATE = Wording(
        "R179",
        "{value!r} is a part of a date: {missing} is missing",
        "give day, month and year in full, such as 12/03/2025",
    )

    LONG_ANSWER = Wording(
        "R181",
        "the answer has {size} characters; it was read whole",
        "check whether something was pasted by mistake",
        True,
    )

    BROKEN_CHARACTERS = Wording(
        "R174",
        "characters of this text could not be read, and stand as \N{REPLACEMENT CHARACTER}",
        "look at the file, or ask for it as .xlsx",
        True,
    )

    def problem(self, *, key: str = "", place: str = "", value: object = "", **facts: object) -> Problem:
        """Word this code for one case; `facts` fill the blanks of its message and fix."""
        wording = self.value
        shown = value if isinstance(value, str) else str(value)
        facts = {"value": _clip(shown), "key": key, **facts}
        return Problem(
            code=wording.code,
            key=key,
            place=place,
            value=shown,
            message=wording.message.format(**facts),
            fix=wording.fix.format(**facts),
        )


_WARNINGS = frozenset(code.value.code for code in Code if code.value.warning)
_LONGEST_SHOWN = 120


def _clip(text: str) -> str:
    """Shorten what a message quotes; the problem's `value` keeps it whole."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
