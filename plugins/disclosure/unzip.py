"""The parts of a zip held in memory (DOCX, XLSX, or a plain zip), bounded against bombs. Writes no file."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from disclosure.errors import ReportError

MOST_PARTS = 5_000
LARGEST_PART = 24_000_000  # bytes unpacked; the longest report met has 3 MB
LARGEST_IN_ALL = 96_000_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError, KeyError)


class Unzipped:
    """A zip's parts by name. They are unpacked when asked for, and all together no larger than the bound."""

    def __init__(self, body: bytes) -> None:
        """Raises ReportError: damaged, or unsupported_format where it has more parts than any document."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(body))
            infos = self._zip.infolist()
        except (*_BROKEN, NotImplementedError) as error:
            message = "the zip cannot be opened; fetch it again, or save it anew"
            raise ReportError("damaged", message) from error
        if len(infos) > MOST_PARTS:
            message = f"a zip of {len(infos)} parts is no document"
            raise ReportError("unsupported_format", message)
        self._infos = {_name(info): info for info in infos if not info.is_dir()}
        self._left = LARGEST_IN_ALL

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The part's bytes. What a zip declares of sizes is not believed: unpacking stops at the bound."""
        info = self._infos.get(name)
        if info is None:
            raise ReportError("damaged", f"the part {name} is missing; save the file anew")
        if info.flag_bits & _ENCRYPTED:
            raise ReportError("encrypted", "the zip asks for a password; save it without one")
        most = min(LARGEST_PART, self._left)
        try:
            with self._zip.open(info) as part:
                unpacked = part.read(most + 1)
        except (NotImplementedError, RuntimeError) as error:
            message = f"the part {name} is packed in a way that is not known; pack it as plain zip"
            raise ReportError("unsupported_format", message) from error
        except _BROKEN as error:
            message = f"the part {name} is broken; fetch the file again, or save it anew"
            raise ReportError("damaged", message) from error
        if len(unpacked) > most:
            message = f"the part {name} unpacks to more than {most} bytes; no report is as large"
            raise ReportError("unsupported_format", message)
        self._left -= len(unpacked)
        return unpacked


def _name(info: zipfile.ZipInfo) -> str:
    """A part's name with slashes. Zips made on Chinese Windows write GBK and do not say so."""
    name = info.orig_filename if info.flag_bits & _UTF8_NAME else _from_gbk(info.orig_filename)
    return name.replace("\\", "/")


def _from_gbk(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
