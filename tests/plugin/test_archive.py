"""Zip files from strangers: what is refused, in which words, and what is read all the same."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable
from time import process_time

import pytest

from qaf_forms.errors import UnreadableFileError
from qaf_forms.plugin.archive import Archive
from qaf_forms.plugin.interfaces import Limits


def packed(*parts: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in parts:
            archive.writestr(name, data)
    return target.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> Archive:
    return Archive(io.BytesIO(data), limits or Limits())


def refusal(data: bytes, limits: Limits | None = None, read: Iterable[str] = ()) -> str:
    """The code of the problem with which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        _read(data, limits, read)
    return caught.value.problem.code


def _read(data: bytes, limits: Limits | None, names: Iterable[str]) -> None:
    archive = opened(data, limits)
    for name in names:
        archive.read(name)


def patched(data: bytes, at: int, layout: str, value: int, name: bytes = b"") -> bytes:
    """The file with a number changed in the central directory's entry of a part."""
    place = data.index(b"PK\x01\x02")
    while name and data[place + 46 : place + 46 + len(name)] != name:
        place = data.index(b"PK\x01\x02", place + 4)
    changed = bytearray(data)
    struct.pack_into(layout, changed, place + at, value)
    return bytes(changed)


def test_parts_are_read_by_name() -> None:
    archive = opened(packed(("word/document.xml", b"<w/>"), ("docProps/app.xml", b"")))
    assert archive.names == ("word/document.xml", "docProps/app.xml")
    assert archive.read("word/document.xml") == b"<w/>"
    assert "word/document.xml" in archive
    assert "word/other.xml" not in archive


def test_a_slash_before_a_name_is_taken_off() -> None:
    assert opened(packed(("/word/document.xml", b"<w/>"))).read("word/document.xml") == b"<w/>"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "word/../../x",
        "..\\x",
        "word/%2E%2e/x",
        "//server/share",
        "\\\\server\\share",
        "C:/windows/x",
        "C:x",
    ],
)
def test_names_that_climb_or_lead_elsewhere_are_refused(name: str) -> None:
    assert refusal(packed((name, b"x"))) == "F006"


@pytest.mark.parametrize(
    "asked", ["Word/Document.xml", "word/docum%65nt.xml", "word\\document.xml", "/word/document.xml"]
)
def test_a_part_is_found_by_every_name_that_office_programs_know_it_by(asked: str) -> None:
    archive = opened(packed(("word/document.xml", b"<w/>")))
    assert asked in archive
    assert archive.read(asked) == b"<w/>"


def test_a_part_with_a_space_is_found_by_the_name_that_relationships_have_for_it() -> None:
    archive = opened(packed(("word/my notes.xml", b"<w/>")))
    assert archive.read("word/my%20notes.xml") == b"<w/>"
    assert archive.names == ("word/my notes.xml",)


@pytest.mark.parametrize(
    "twin",
    ["word/document.xml", "Word/Document.XML", "/word/document.xml", "word/docum%65nt.xml", "word\\document.xml"],
)
def test_two_parts_of_one_name_are_refused(twin: str) -> None:
    assert refusal(packed(("word/document.xml", b"one"), (twin, b"two"))) == "F006"


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("word/document.xml")
    link.external_attr = 0o120777 << 16
    assert refusal(packed((link, b"/etc/passwd"))) == "F006"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_no_office_program_uses_is_refused(method: int) -> None:
    assert refusal(packed(("word/document.xml", b"x" * 100), method=method)) == "F006"


def test_an_encrypted_part_is_protected_by_a_password() -> None:
    data = packed(("word/document.xml", b"secret"))
    assert refusal(patched(data, 8, "<H", 0x1)) == "F005"


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked() -> None:
    start = process_time()
    assert refusal(packed(("word/document.xml", b"\0" * 20_000_000))) == "F007"
    assert process_time() - start < 10


def test_a_small_part_may_be_packed_tightly() -> None:
    assert len(opened(packed(("a.xml", b"\0" * 900_000))).read("a.xml")) == 900_000


def test_a_part_over_the_limit_is_refused_by_its_declared_size() -> None:
    assert (
        refusal(packed(("a.xml", bytes(range(256)) * 10), method=zipfile.ZIP_STORED), Limits(part_size=1000)) == "F003"
    )


def test_parts_that_are_too_large_together_are_refused_by_their_declared_sizes() -> None:
    parts = [(f"{number}.xml", bytes(range(256))) for number in range(10)]
    assert refusal(packed(*parts), Limits(unpacked_size=2000)) == "F003"


def test_a_part_that_lies_about_its_size_never_gives_more_than_it_said() -> None:
    lying = patched(packed(("word/document.xml", b"x" * 1_000_000)), 24, "<I", 100)
    assert refusal(lying, read=["word/document.xml"]) == "F004"


def test_reading_the_same_part_again_and_again_meets_the_limit() -> None:
    archive = opened(packed(("a.xml", bytes(range(256)) * 4)), Limits(unpacked_size=3000))
    archive.read("a.xml")
    archive.read("a.xml")
    with pytest.raises(UnreadableFileError):
        archive.read("a.xml")


def test_overlapping_parts_are_refused() -> None:
    data = packed(("a.xml", b"x" * 5000), ("b.xml", b"y" * 5000), method=zipfile.ZIP_STORED)
    assert refusal(patched(data, 42, "<I", 10, b"b.xml")) == "F006"
    assert refusal(patched(data, 42, "<I", 0, b"b.xml")) == "F006"


def test_thousands_of_parts_are_refused() -> None:
    start = process_time()
    assert refusal(packed(*((f"{number}.xml", b"") for number in range(5000)))) == "F007"
    assert process_time() - start < 10


@pytest.mark.parametrize("keep", [0, 1, 4, 30, 60, -1, -22, -60])
def test_a_file_that_was_cut_short_is_damaged(keep: int) -> None:
    data = packed(("word/document.xml", b"some words"), ("docProps/app.xml", b"more words"))
    assert refusal(data[:keep]) == "F004"


def test_a_part_whose_content_was_damaged_is_said_to_be() -> None:
    data = bytearray(packed(("word/document.xml", b"some words " * 50)))
    data[50] ^= 0xFF
    assert refusal(bytes(data), read=["word/document.xml"]) == "F004"


def test_something_before_the_first_part_is_refused() -> None:
    data = packed(("word/document.xml", b"x"))
    assert refusal(b"MZ this is a program" + data) == "F006"
    assert refusal(packed(("word/document.xml", b"another")) + data) == "F006"


def test_no_zip_file_at_all_is_damaged() -> None:
    assert refusal(b"PK\x03\x04 and nothing more") == "F004"
