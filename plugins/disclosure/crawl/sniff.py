"""What a body is, by its bytes alone: what a server says of it is kept beside, and not believed."""

from __future__ import annotations

import re

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),  # DOCX, XLSX and ZIP
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),  # DOC, XLS and WPS
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_HTML = re.compile(rb"<(?:!doctype|html|head|body|meta|title|script|div|table|p|ul|a)\b", re.I)
_HEAD_BYTES = 4096


def sniff(body: bytes) -> str:
    """The kind of a body: html, xml, json, text, a kind of file, or other; empty when there is nothing."""
    head = body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _HTML.search(head):
        return "html"
    if head.startswith(b"<"):
        return "xml"
    if head.startswith((b"{", b"[")):
        return "json"
    return "other" if b"\0" in head else "text"
