"""Answers that fill a list: XML and JSON, brought to HTML or to titles with addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from math import ceil
from typing import Any

from disclosure.crawl.families import Family
from disclosure.crawl.hypertext import decode, words
from disclosure.crawl.outcomes import NotFetched

_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[^<>]{0,200}>")
_CALLBACK = re.compile(r"[\w.$]{1,100}\s{0,9}\(")
_SINGLE_QUOTED = re.compile(r"([:,{\[]\s*)'([^'\"\\]*)'")


LONGEST_TITLE = 300
"""What is longer names no report; regular expressions are spared it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The entries of an answer: title and address as sent. `pages` is None where the answer does not say."""

    found: tuple[tuple[str, str], ...]
    pages: int | None


def html_within(text: str, family: Family) -> str:
    """The HTML of a list that comes as HTML, as XML with HTML in it (jpage), within a page or alone, or as JSON with it."""
    if family.entries and text.lstrip()[:1] == "{":
        text = next(
            (part for part in _at(_json(text), family.entries) if isinstance(part, str)), ""
        )
    return "".join(_unwrapped(_PROLOGUE.sub("", text)))


def _unwrapped(text: str) -> Iterator[str]:
    """Each datastore's records stand in its place, so that a selector finds them where a reader of the page sees them."""
    place = 0
    while (start := text.find("<datastore>", place)) >= 0:
        end = text.find("</datastore>", start)
        if end < 0:
            break
        # The script that hides the records from browsers ends before them and begins again after them.
        yield f"{text[place:start]}</script>"
        store, place = text[start:end], end
        for record in store.split("<record>")[1:]:
            yield _within(record.partition("</record>")[0], "<![CDATA[", "]]>")
        yield f"<script type='text/xml'><nextgroup>{_within(store, '<nextgroup>', '</nextgroup>')}</nextgroup>"
    yield text[place:]


def read_entries(body: bytes, family: Family) -> Answer:
    """Given an answer in JSON, return its entries. Raises NotFetched when it is no JSON with entries in it."""
    data = _json(decode(body))
    lists = (part for part in _at(data, family.entries or ("",)) if isinstance(part, list))
    entries = next(lists, None)
    if entries is None:
        wanted = " or ".join(family.entries)
        raise NotFetched("failed", f"the answer has no entries under {wanted}")
    found = tuple(_entries(entries, family))
    return Answer(found, _pages(data, family, len(entries)))


def _entries(entries: Iterable[Any], family: Family) -> Iterator[tuple[str, str]]:
    for entry in entries:
        title = next(filter(None, _texts(entry, family.title)), "")
        address = next(filter(None, _texts(entry, family.address)), "")
        yield words(unescape(_TAG.sub("", title)))[:LONGEST_TITLE], address


def _pages(data: Any, family: Family, shown: int) -> int | None:
    for stated in _texts(data, family.pages):
        if stated.isdecimal():
            return int(stated)
    for stated in _texts(data, family.total):
        if stated.isdecimal() and shown:
            return ceil(int(stated) / shown)
    return None


def _texts(data: Any, paths: Iterable[str]) -> Iterator[str]:
    parts = _at(data, paths)
    return (str(part) for part in parts if isinstance(part, str | int))


def _at(data: Any, paths: Iterable[str]) -> Iterator[Any]:
    """What stands at each dotted path."""
    for path in paths:
        part = data
        for name in path.split(".") if path else ():
            part = part.get(name) if isinstance(part, dict) else None
        yield part


def _json(text: str) -> Any:
    """JSON, also as the argument of a callback, with strings in single quotes or with bare line ends in them."""
    text = text.strip().removeprefix("\ufeff")
    if (callback := _CALLBACK.match(text)) and text.rstrip("; ").endswith(")"):
        text = text.rstrip("; ")[callback.end() : -1]
    for candidate in (text, _SINGLE_QUOTED.sub(r'\1"\2"', text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    raise NotFetched("failed", "the answer is not JSON")


def _within(text: str, opening: str, closing: str) -> str:
    """What stands between two marks; empty where the first is missing."""
    return text.partition(opening)[2].partition(closing)[0]
