"""Answers that fill a list: XML and JSON, brought to HTML or to titles with addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from bs4 import BeautifulSoup

from disclosure.crawl.families import Family
from disclosure.crawl.hypertext import decode, words
from disclosure.crawl.outcomes import NotFetched

_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATASTORE = re.compile(
    r"(?:<script[^>]*>\s*)?<datastore>.*?</datastore>(?:\s*</script>)?", re.DOTALL | re.IGNORECASE
)
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_CALLBACK = re.compile(r"^\s*[\w.$]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)
_SINGLE_QUOTED = re.compile(r"([:,{\[]\s*)'([^'\"\\]*)'")


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
    text = _PROLOGUE.sub("", text)
    # In its place, so that a selector finds it where a reader of the page sees it; what follows it stays readable.
    return _DATASTORE.sub(
        lambda store: f"<div>{''.join(_RECORD.findall(store[0]))}</div>" + _rest(store[0]), text
    )


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
        yield words(BeautifulSoup(title, "lxml").get_text() if "<" in title else title), address


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
    if callback := _CALLBACK.match(text):
        text = callback[1]
    for candidate in (text, _SINGLE_QUOTED.sub(r'\1"\2"', text)):
        try:
            return json.loads(candidate.lstrip("\ufeff"), strict=False)
        except ValueError:
            continue
    raise NotFetched("failed", "the answer is not JSON")


def _rest(datastore: str) -> str:
    """What a datastore says beside its records, hidden from selectors."""
    said = re.search(r"<nextgroup>.*?</nextgroup>", datastore, re.DOTALL | re.IGNORECASE)
    return f"<script type='text/xml'>{said[0]}</script>" if said else ""
