"""Which reader a document needs: told by its bytes; names and content types are hints at most.

Old binary formats are recognised here and read after conversion (reading.py): nothing in parse starts a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from disclosure.errors import ReportError
from disclosure.parse.archive import only_document, web_page_of
from disclosure.parse.decode import decode
from disclosure.parse.html import read_html
from disclosure.parse.nesting import refuse_hostile_nesting
from disclosure.parse.old_sheet import read_old_sheet
from disclosure.parse.pdf import read_pdf
from disclosure.parse.scripts import has_pinyin, odd_spaces, simplify, traces_of_script
from disclosure.parse.shapes import text_of, with_shapes
from disclosure.parse.sheet_xml import read_sheets
from disclosure.parse.text import read_text
from disclosure.parse.word import read_word
from disclosure.records import Block, Content, Document, Text
from disclosure.unzip import Unzipped

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)
CONVERTED = {
    "doc": "docx",
    "rtf": "docx",
    "odt": "docx",
    "word_xml": "docx",
    "ods": "xlsx",
    "sheet_xml": "xlsx",
}
"""Formats that are read once a program has made the other one of them."""

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|table|div|p|meta|span|font|tr|td)[\s>/]", re.IGNORECASE
)
_HEAD = 8192  # characters in which a page shows its first tag
_PDF_WITHIN = 1024  # bytes in which readers look for a PDF's beginning
_MIME = re.compile(
    rb"\s*(?:MIME-Version|Content-Type|From|Subject|Snapshot-Content-Location)\s*:", re.I
)


def read_content(document: Document) -> Content:
    """Given a document, return its blocks.

    Raises ReportError: empty, undecodable, damaged, encrypted, tables_are_images or unsupported_format.
    """
    body = document.body
    kind = recognise(body)
    if kind == "docx":
        return _simplified(read_word(Unzipped(body)))
    if kind == "xlsx":
        return _simplified(read_sheets(Unzipped(body)))
    if kind == "xls":
        return _simplified(read_old_sheet(body))
    if kind == "pdf":
        return _simplified(read_pdf(body))
    if kind == "zip":
        return read_content(unpacked(document))
    if kind == "mhtml":
        page, content_type = web_page_of(body)
        return _read_page(decode(page, content_type))
    if kind == "markup":
        return _read_page(decode(body, document.content_type))
    raise _not_read(kind)


def _read_page(printed: str) -> Content:
    if _TAG.search(printed, 0, _HEAD):
        refuse_hostile_nesting(printed)
        content = _simplified(read_html(printed))
    else:
        text = simplify(printed)
        content = read_text(text)
        facts = (*content.facts, *traces_of_script(printed, text))
        content = _final(content, content.blocks, text_of(content.blocks), facts=facts)
    odd = odd_spaces(printed)
    return replace(content, facts=(*content.facts, *odd)) if odd else content


def _final(content: Content, blocks: Sequence[Block], text: str, **others: Any) -> Content:
    """The content with blocks whose texts are final, and all the text in them."""
    return replace(content, blocks=with_shapes(blocks), text=text, **others)


def unpacked(document: Document) -> Document:
    """Given a zip, return the one document in it.

    Raises ReportError (unsupported_format) for none, several, or a zip again: one that holds itself would never end.
    """
    inner = only_document(document)
    if recognise(inner.body) == "zip":
        raise _not_read("zip within a zip")
    return inner


def recognise(body: bytes) -> str:
    """Given a document's bytes, return what they are: docx, xlsx, zip, doc, xls, pdf, rtf, markup (HTML or text), …

    Raises ReportError: empty, damaged or encrypted.
    """
    if not body or body.isspace():
        raise ReportError("empty", "the document has no bytes but white space")
    kind = next((kind for signature, kind in _SIGNATURES if body.startswith(signature)), "")
    if kind == "zip":
        return _kind_of_zip(Unzipped(body))
    if kind == "ole":
        return _kind_of_compound(body)
    if kind:
        return kind
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return "pdf"
    head = body[:_HEAD]
    if _MIME.match(head) and b"multipart/related" in head.lower():
        return "mhtml"
    if b"Excel.Sheet" in head and b"<?mso-application" in head:
        return "sheet_xml"
    if b"Word.Document" in head and b"<?mso-application" in head:
        return "word_xml"
    return "markup"


_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def _kind_of_zip(parts: Unzipped) -> str:
    if "mimetype" in parts:
        kind = parts.read("mimetype").strip().decode("ascii", "replace")
        return _OPEN_DOCUMENT.get(kind, kind)
    if "[Content_Types].xml" not in parts:
        return "zip"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in parts.names):
            return kind
    return "zip"


def _kind_of_compound(body: bytes) -> str:
    """A compound file's kind, by the streams its directory names: each entry begins at a multiple of 128 bytes."""
    if _has_stream(body, "EncryptedPackage"):
        raise ReportError("encrypted", _PASSWORD)
    if _has_stream(body, "WordDocument"):
        if any(body[at + 11] & 1 for at in _word_beginnings(body)):
            raise ReportError("encrypted", _PASSWORD)
        return "doc"
    if _has_stream(body, "Workbook") or _has_stream(body, "Book"):
        return "xls"
    if _has_stream(body, "PowerPoint Document"):
        return "ppt"
    raise ReportError("damaged", "a compound file without a document in it; fetch it again")


_PASSWORD = "the document asks for a password; save it without one"


def _has_stream(body: bytes, name: str) -> bool:
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = body.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = body.find(wanted, at + 1)
    return False


def _word_beginnings(body: bytes) -> list[int]:
    """Where a WordDocument stream can begin: at a sector, with Word's own mark."""
    return [at for at in range(512, len(body) - 12, 512) if body.startswith(b"\xec\xa5", at)][:1]


def _not_read(kind: str) -> ReportError:
    if kind == "picture":
        message = "a picture; type its tables in, or ask the agency for a text version"
        return ReportError("tables_are_images", message)
    if kind in CONVERTED:
        message = f"a file of kind {kind} is read after conversion to {CONVERTED[kind]}"
        return ReportError("unsupported_format", message)
    message = f"a file of kind {kind} is not read; save it as DOCX, PDF, XLSX or HTML"
    return ReportError("unsupported_format", message)


def _simplified(content: Content) -> Content:
    """The content in Simplified characters. A pinyin note in one of its texts decides for all."""
    text = text_of(content.blocks)
    printed = "\n".join([*chain.from_iterable(content.metadata.items()), text])
    is_noted = has_pinyin(printed)
    simplified = simplify(printed, is_noted)
    if simplified == printed:
        return _final(content, content.blocks, text)
    each = partial(simplify, is_noted=is_noted)
    blocks = tuple(_with_texts(block, each) for block in content.blocks)
    return _final(
        content,
        blocks,
        text_of(blocks),
        metadata={each(name): each(value) for name, value in content.metadata.items()},
        facts=(*content.facts, *traces_of_script(printed, simplified)),
    )


def _with_texts(block: Block, new: Callable[[str], str]) -> Block:
    if isinstance(block, Text):
        return replace(block, text=new(block.text))
    rows = (tuple(cell._replace(text=new(cell.text)) for cell in row) for row in block.rows)
    return replace(block, rows=tuple(rows), shape=None)
