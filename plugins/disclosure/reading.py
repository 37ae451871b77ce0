"""Any document becomes a report: formats that parse cannot read by itself are converted first."""

from __future__ import annotations

from dataclasses import replace

from disclosure.convert import convert
from disclosure.parse.formats import CONVERTED, recognise, unpacked
from disclosure.parse.read import read_document
from disclosure.records import Document, Report


def read_any(document: Document) -> Report:
    """Given a document of any known format, return its report, under the document's own SHA-256 and format.

    Raises ReportError when it is none, or cannot be read at all.
    """
    kind = recognise(document.body)
    if kind == "zip":
        document = unpacked(document)
        kind = recognise(document.body)
    if kind not in CONVERTED:
        return read_document(document)
    body = convert(document.body, kind, CONVERTED[kind])
    return replace(read_document(replace(document, body=body)), format=kind)
