"""Files that are protected by a password."""

from __future__ import annotations

import logging
import struct
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile

from qaf_forms import Form, Return, Toolkit
from qaf_forms.cli import cli
from qaf_forms.collect import protected
from qaf_forms.errors import RoundError
from qaf_forms.plugin import Limits
from qaf_forms.testing.contract import EVERYTHING

FORM = Form.model_validate(EVERYTHING)
SECRET = "Tr0ub4dor & drei"


def locked(password: str, format_: str = "word") -> bytes:
    made, out = Toolkit().render(FORM, format_, answers={"case_ref": "N-07"}), BytesIO()
    OOXMLFile(BytesIO(made)).encrypt(password, out)
    return out.getvalue()


def read(data: bytes, *passwords: str, limits: Limits | None = None) -> Return:
    return Toolkit(passwords=passwords, limits=limits).read(data, FORM, name="police.docx")


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_the_password_that_is_given_opens_it(format_: str) -> None:
    data = locked(SECRET, format_)
    returned = read(data, "wrong", SECRET)
    assert returned.values == {"case_ref": "N-07"}
    assert returned.file.size == len(data)


def test_excels_own_password_need_not_be_given() -> None:
    assert read(locked(protected.EXCELS_OWN, "excel")).values == {"case_ref": "N-07"}


def test_a_password_that_is_missing_or_wrong_is_a_problem_and_stands_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    data = locked(SECRET)
    missing, wrong = read(data), read(data, "wr0ng-canary")
    assert [[one.code for one in returned.problems] for returned in (missing, wrong)] == [["F005"], ["F005"]]
    assert "give its password" in missing.problems[0].fix
    assert "none of the passwords" in wrong.problems[0].fix
    assert "canary" not in str(wrong.to_json()) + caplog.text + repr(Toolkit(passwords=["wr0ng-canary"]))


def test_without_the_library_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protected, "find_spec", lambda name: None)
    (problem,) = read(locked(SECRET), SECRET).problems
    assert problem.code == "F005"
    assert "saved without one" in problem.fix


def test_a_file_that_asks_for_endless_work_is_stopped() -> None:
    data = locked(SECRET)
    assert b'spinCount="100000"' in data
    endless = data.replace(b'spinCount="100000"', b'spinCount="999999"')
    assert [one.code for one in read(endless, SECRET, limits=Limits(seconds=0.3)).problems] == ["F017"]


def test_a_package_with_nothing_in_it_is_reported() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<500x") + "EncryptedPackage".encode("utf-16-le")
    assert [one.code for one in read(ole).problems] == ["F018"]


def test_the_command_takes_passwords_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "police.docx").write_bytes(locked(SECRET))
    (tmp_path / "passwords.txt").write_text(f"other\n{SECRET}\n", encoding="utf-8")
    definition = tmp_path / "everything.yaml"
    definition.write_text(FORM.model_dump_json(exclude_defaults=True), encoding="utf-8")
    arguments = ["read", str(tmp_path / "police.docx"), "--form", str(definition), "--json"]
    without = CliRunner().invoke(cli, arguments, standalone_mode=False)
    given = CliRunner().invoke(cli, [*arguments, "--passwords", str(tmp_path / "passwords.txt")], standalone_mode=False)
    assert '"F005"' in without.output
    assert '"case_ref": "N-07"' in given.output


def test_copies_are_issued_under_each_recipients_password(tmp_path: Path) -> None:
    (tmp_path / "everything.yaml").write_text(FORM.model_dump_json(exclude_defaults=True), encoding="utf-8")
    (tmp_path / "round.yaml").write_text(
        "id: r1\nform: everything.yaml\nissued: 2025-03-01\nreturn_by: 2025-03-31\nreturn_to: a@b.example\n"
        "recipients:\n  - {agency: Police}\n  - {agency: Health, format: excel}\n",
        encoding="utf-8",
    )
    passwords, out = tmp_path / "passwords.csv", tmp_path / "out"
    arguments = ["issue", str(tmp_path / "round.yaml"), "-o", str(out), "--protect", str(passwords)]
    passwords.write_text("recipient,password\npolice,first one\n", encoding="utf-8")
    with pytest.raises(RoundError, match="no password for 'health'"):
        CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    assert not list(out.glob("*")), "nothing goes out when somebody's copy would be open"
    passwords.write_text("recipient,password\npolice,first one\nhealth,second\npolice,third\n", encoding="utf-8")
    with pytest.raises(RoundError, match="'police' stands twice, with two passwords") as raised:
        CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    assert "third" not in str(raised.value)
    assert not list(out.glob("*"))
    passwords.write_text("recipient,password\npolice,first one\nhealth,second one\n", encoding="utf-8")
    CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    for name, password in (("everything-police.docx", "first one"), ("everything-health.xlsx", "second one")):
        data = (out / name).read_bytes()
        assert [one.code for one in read(data).problems] == ["F005"]
        assert read(data, password).status == "blank"
