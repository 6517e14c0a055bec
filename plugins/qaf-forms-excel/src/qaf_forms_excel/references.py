"""Columns by letter and by place."""

from __future__ import annotations


def column_index(letters: str) -> int:
    """A column's place from 0: A is 0, XFD 16,383."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """A column's letters from its place."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
