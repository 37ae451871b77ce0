"""Bytes become text: by a mark at their beginning, the declared charset, UTF-8, GB18030, Big5; a detector comes last."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from disclosure.errors import ReportError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:\-]+)""", re.IGNORECASE)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:\-]+)""", re.IGNORECASE)
# Pages declared as gb2312 or gbk use characters that only GB18030 has.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_HEAD = 4096  # bytes in which a page declares its charset
# The commonest words of these reports: text decoded wrongly has none of them.
_TELLING = ("政府", "信息", "公开", "資訊", "信息公開", "年度")


def decode(body: bytes, content_type: str = "") -> str:
    """Given a document's bytes, return its text.

    Raises ReportError (undecodable) when no known encoding gives text.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    names = _candidates(body, content_type)
    readings: list[str] = []
    for name in names:
        text = _strictly(body, name)
        if text and any(word in text for word in _TELLING):
            return text
        readings += [text] if text else []
    for text in readings:
        once = _decoded_twice(text)
        if once:
            return once
    # A few broken bytes must not cost a report: they become U+FFFD, which is in no figure and no label.
    mended = [(text.count("\ufffd"), text) for name in names if (text := _leniently(body, name))]
    if mended:
        return min(mended, key=lambda each: each[0])[1]
    return readings[0] if readings else _detected(body)


def _candidates(body: bytes, content_type: str) -> list[str]:
    declared = _IN_HEADER.search(content_type)
    head = body[:_HEAD]
    in_page = _DECLARED.search(head) if b"charset" in head.lower() else None
    names = [declared[1] if declared else "", in_page[1].decode("ascii") if in_page else ""]
    known = [_WIDER.get(name.lower(), name.lower()) for name in names if name]
    return list(dict.fromkeys([*known, "utf-8", "gb18030", "big5", *_without_mark(body)]))


def _without_mark(body: bytes) -> list[str]:
    """UTF-16 without a mark shows as zero bytes, which no page has otherwise."""
    head = body[:200]
    if head.count(0) < len(head) // 8:
        return []
    return (
        ["utf-16-le", "utf-16-be"] if head[1::2].count(0) >= head[::2].count(0) else ["utf-16-be"]
    )


def _strictly(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    # A look at the bytes first: in a text of wide characters the search takes twenty times as long.
    return None if b"\x00" in body and "\x00" in text else text


def _leniently(body: bytes, name: str) -> str | None:
    """The text with broken bytes marked, where enough of it makes sense in this encoding."""
    try:
        text = body.decode(name, errors="replace")
    except LookupError:
        return None
    is_mostly_text = text.count("\ufffd") * _MOST_BROKEN < len(text)
    return text if is_mostly_text and any(word in text for word in _TELLING) else None


def _decoded_twice(text: str) -> str | None:
    """UTF-8 that was taken for another encoding and saved as UTF-8 again, where all of it comes back."""
    for taken_for in ("latin-1", "cp1252", "gb18030"):
        try:
            once = text.encode(taken_for).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if any(word in once for word in _TELLING):
            return once
    return None


_MOST_BROKEN = 20  # one character in so many


def _detected(body: bytes) -> str:
    best = from_bytes(body[:200_000]).best()
    if best is None:
        raise ReportError(
            "undecodable", "no known encoding gives text; look at the document's bytes"
        )
    return body.decode(best.encoding, errors="replace")
