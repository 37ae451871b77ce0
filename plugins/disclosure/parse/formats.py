"""Which reader a document needs: told by its bytes; names and content types are hints at most."""

from __future__ import annotations

import re

from disclosure.errors import ReportError
from disclosure.parse.decode import decode
from disclosure.parse.html import read_html
from disclosure.parse.scripts import simplify
from disclosure.parse.text import read_text
from disclosure.records import Content, Document

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),  # docx, xlsx and others
    (b"\xd0\xcf\x11\xe0", "ole"),  # doc, xls, wps
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"{\\rtf", "rtf"),
)
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|table|div|p|meta|span|font|tr|td)[\s>/]", re.IGNORECASE
)
_HEAD = 8192  # characters in which a page shows its first tag


def read_content(document: Document) -> Content:
    """Given a document, return its blocks.

    Raises ReportError: empty, undecodable or unsupported_format.
    """
    body = document.body
    if not body.strip():
        raise ReportError("empty", "the document has no bytes but white space")
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            message = f"a file of kind {kind} is not read yet; convert it to HTML or text"
            raise ReportError("unsupported_format", message)
    text = simplify(decode(body, document.content_type))
    return read_html(text) if _TAG.search(text, 0, _HEAD) else read_text(text)
