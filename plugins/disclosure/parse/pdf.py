"""A PDF becomes blocks."""

from __future__ import annotations

from disclosure.errors import ReportError
from disclosure.records import Content


def read_pdf(body: bytes) -> Content:
    raise ReportError("unsupported_format", "a PDF is not read yet; convert it to DOCX or HTML")
