"""The fixed English that every format prints around the questions.

Renderers print these and the form's own words, nothing else, so that whatever else stands in a return was written by
the respondent.
"""

from __future__ import annotations

CODE = "Ref."
QUESTION = "Question"
ANSWER = "Answer"
ROW = "Row"
REQUIRED = "Answer needed"
LEVELS = "What the answers mean"
REFERENCE = "Based on"
EVIDENCE = "What would show it"
HOW_TO_TITLE = "How to complete this form"
HOW_TO = (
    "Write in the marked spaces, under the words or instead of them; everything else can stay as it is.",
    "Questions marked “Answer needed” must be answered. Leave the others empty if you have nothing to say.",
    "In the tables without printed questions you may add rows.",
    "Save the file, keep its name if you can, and return it to the address above.",
)
OTHER_ROLE = "For {role} to complete. Please leave this empty."
NIL_NEXT = "If your answer is {levels}, finish this page and return the form: nothing else needs an answer."
PAGE_OF = ("Page", "of")
"""The words around the page number and the number of pages; the numbers themselves are nobody's text."""
STAMP_VARIANT = " · For “{variant}”"
STAMP_STAGE = " · Stage “{stage}”"
STAMP_ROLE = " · Role {role}"
STAMP_HIDDEN = " · Others hidden"
STAMP = "Form {form} {version} · {fingerprint} · Round {round} · Recipient {recipient} · Copy {copy}"

COVER_LABELS = {
    "recipient_name": "For",
    "case": "Case",
    "period": "Period",
    "issued": "Issued",
    "return_by": "Return by",
    "return_to": "Return to",
    "contact": "Sent to",
}
"""What the cover says of a copy: fact by fact, in this order."""

PLACEHOLDERS = {
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
}

SHEET_WORDS = ("Start here", "Lists", "Go to", "Section", "Sections", "Form", "Version", "Marking", "Owner")
"""Words of the workbook's first sheet."""
