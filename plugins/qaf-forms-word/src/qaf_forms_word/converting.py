"""Old and other formats (.doc, .odt, .rtf) by way of LibreOffice, where it is installed.

LibreOffice runs apart, capped, off the network where the system allows that, with macros and links switched off, in a
folder of its own that is deleted afterwards. What the conversion keeps is in the notes on file formats.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from qaf_forms.plugin import Code, Limits, Problem, UnreadableFileError, run_capped

SOFFICE_VARIABLE = "QAF_FORMS_SOFFICE"
"""The environment variable that says where LibreOffice's program `soffice` is, if it is not on the path."""
_USUAL_PLACES = (
    "/usr/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_97 = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), b"Basic/script-lc.xml", b"Scripts/python/")
_KINDS = {
    ".doc": "an old Word document (.doc)",
    ".odt": "an OpenDocument text (.odt)",
    ".rtf": "a rich text file (.rtf)",
}
_IN_MEMORY = "/dev/shm"  # a folder in memory: what stands in a return should not reach a disk
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>localhost</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""No macros, no links, and a proxy that is not there."""


def old_format(data: bytes) -> str:
    """The suffix of the format that `data` is in, if LibreOffice can make a .docx of it; otherwise empty."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_OLE) and _WORD_97 in data and _ENCRYPTED not in data:
        return ".doc"
    return ".odt" if data.startswith(b"PK") and b"opendocument.text" in data[:200] else ""


def macros_in(data: bytes) -> list[Problem]:
    """A problem, if there are macros in a file that is to be converted: the conversion would drop them unsaid."""
    if any(mark in data for mark in _MACROS):
        return [Code.HAS_MACROS.problem(what="macros")]
    return []


def as_docx(data: bytes, suffix: str, limits: Limits) -> bytes:
    """The document as LibreOffice saves it as .docx; `UnreadableFileError` where that is not possible."""
    soffice = _soffice()
    if soffice is None:
        advice = "open it, save it as .docx and try again; where LibreOffice is installed it is read as it is"
        raise UnreadableFileError(Code.NOT_A_FORM_FILE.problem(what=_KINDS[suffix], suggestion=advice))
    with TemporaryDirectory(dir=_IN_MEMORY if Path(_IN_MEMORY).is_dir() else None) as folder:
        return _converted(soffice, Path(folder), data, suffix, limits)


def _converted(soffice: str, folder: Path, data: bytes, suffix: str, limits: Limits) -> bytes:
    source, result, user = folder / f"return{suffix}", folder / "made" / "return.docx", folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source.write_bytes(data)
    program = [
        soffice,
        f"-env:UserInstallation={user.parent.as_uri()}",
        *("--headless", "--norestore", "--nologo", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(result.parent), str(source)),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    run_capped(
        program,
        seconds=limits.office_seconds,
        memory=limits.office_memory,
        environment={**environment, "HOME": str(folder), "TMPDIR": str(folder)},
    )
    if not result.is_file():
        raise UnreadableFileError(Code.DAMAGED.problem(reason="LibreOffice could not open it"))
    return result.read_bytes()


def _soffice() -> str | None:
    named = (os.environ.get(SOFFICE_VARIABLE), shutil.which("soffice"), *_USUAL_PLACES)
    return next((name for name in named if name and Path(name).is_file()), None)
