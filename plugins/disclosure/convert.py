"""Old office formats become the ones that parse reads, through LibreOffice without a screen.

Each conversion has a folder and a profile of its own, gone afterwards, and a time limit after which the program's whole
process group is ended. Macros and links to other hosts are switched off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from disclosure.errors import NoConverter, ReportError
from disclosure.parse import PARSER_VERSION

PROGRAMS = ("soffice", "libreoffice")
WITHOUT_CONVERTER = f"{PARSER_VERSION} without LibreOffice"
"""The parser version of a document that only lacked the program: it is read as soon as the program is there."""

SECONDS = 120.0  # default; a report takes 3 to 6, the first one on a busy machine longer

_SUFFIX = {
    "doc": "doc",
    "rtf": "rtf",
    "odt": "odt",
    "word_xml": "xml",
    "ods": "ods",
    "sheet_xml": "xml",
}
_FILTER = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


def is_installed() -> bool:
    """Whether LibreOffice is on this machine."""
    return _program() is not None


def convert(body: bytes, kind: str, wanted: str, seconds: float = SECONDS) -> bytes:
    """Given a document of kind doc, rtf, odt, word_xml, ods or sheet_xml, return it as DOCX or XLSX.

    Raises NoConverter without LibreOffice, ReportError (damaged) when it makes nothing of the bytes within the seconds.
    """
    program = _program()
    if program is None:
        message = (
            f"a file of kind {kind} needs LibreOffice: install libreoffice-writer and "
            f"libreoffice-calc, or save it as {wanted.upper()}"
        )
        raise NoConverter("unsupported_format", message)
    with tempfile.TemporaryDirectory(prefix="disclosure-convert-") as name:
        folder = Path(name)
        source = folder / f"report.{_SUFFIX[kind]}"
        source.write_bytes(body)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        status = _run(_command(program, folder, source, wanted), folder, seconds)
        made = folder / "made" / f"report.{wanted}"
        if status or not made.is_file():
            end = f"stopped with status {status} and made" if status else "makes"
            message = f"LibreOffice {end} no {wanted.upper()} of it; open it and save it anew"
            raise ReportError("damaged", message)
        return made.read_bytes()


def _program() -> str | None:
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def _command(program: str, folder: Path, source: Path, wanted: str) -> list[str]:
    return [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        _FILTER[wanted],
        "--outdir",
        str(folder / "made"),
        str(source),
    ]


def _run(command: list[str], folder: Path, seconds: float) -> int:
    """The program's exit status: 0 when it ended well."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={"HOME": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice did not finish it within {seconds:g} seconds; save it anew"
        raise ReportError("damaged", message) from error
    finally:
        with suppress(ProcessLookupError):  # soffice starts others, which must not outlive it
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
