"""The form's labels within running text, however white space, brackets and ordinals fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from disclosure.form import GROUPS, SECTIONS, Template


def find_labels(text: str, template: Template) -> Iterator[re.Match[str]]:
    """The labels in a text from left to right, none over another."""
    begins, by_first = _beginnings(template), _by_first(template)
    position = 0
    while begin := begins.search(text, position):
        start = begin.start()
        label = by_first[text[start]].match(text, start)
        position = label.end() if label else start + 1
        if label:
            yield label


@cache
def _beginnings(template: Template) -> re.Pattern[str]:
    """The first two characters of every label: prose has few of them, and is searched for them ten times as fast."""
    return re.compile(
        "|".join(
            rf"{re.escape(first)}(?=\s*[{re.escape(''.join(sorted(after)))}])"
            for first, after in _seconds(template).items()
        )
    )


@cache
def _by_first(template: Template) -> dict[str, re.Pattern[str]]:
    """The labels that may begin with a sign, which are tried many times as fast as all of them."""
    return {first: labels_of(template, first) for first in _seconds(template)}


def _seconds(template: Template) -> dict[str, set[str]]:
    """For each sign that a label may begin with, those that may follow it."""
    seconds: dict[str, set[str]] = {}
    for label in (*printed_labels(template), "第二"):
        for start in _starts(label):
            for first in _KINDS.get(start[0], start[0]):
                seconds.setdefault(first, set()).update(_KINDS.get(start[1], start[1]))
    for numeral in _NUMERALS:
        seconds.setdefault(numeral, set()).update("、", _NUMERALS)
    return seconds


def printed_labels(template: Template) -> set[str]:
    return _section_names() | _items_of(template) | _columns_of(template)


def labels_of(template: Template, first: str = "") -> re.Pattern[str]:
    """One pattern for every label of the template, however white space and brackets fell; with `first` for those that may
    begin with this sign."""
    sections = _any_of(_section_names())
    kinds = {
        "heading": rf"{_NUMERAL}\s*(?:{sections})|{_CLAUSE}" if first in _BEFORE_SECTIONS else "",
        "section": _any_of(_section_names(), first),
        "item": _any_of(_items_of(template), first),
        "column": _any_of(_columns_of(template), first),
        "numeral": rf"{_NUMERAL}(?=\s*[\u4e00-\u9fff])" if first in _NUMERALS else "",
    }
    return re.compile("|".join(rf"(?P<{kind}>{each})" for kind, each in kinds.items() if each))


def _section_names() -> set[str]:
    return {name for section in SECTIONS for name in (section.label, *section.variants)}


def _items_of(template: Template) -> set[str]:
    parts = (part for table in template.tables for part in table.parts)
    return {
        label for part in parts for item in part.items for label in (item.label, *item.variants)
    }


def _columns_of(template: Template) -> set[str]:
    columns = (
        column for table in template.tables for part in table.parts for column in part.columns
    )
    return {label for column in columns for label in (column.label, *column.variants)} | {*GROUPS}


_NUMERALS = "一二三四五六七八九十"
_BEFORE_SECTIONS = f"{_NUMERALS}第"
_NUMERAL = rf"[{_NUMERALS}]{{1,2}}\s*、"
_CLAUSE = r"第\s*二\s*十\s*条\s*第\s*[（(].{1,2}[）)]\s*项"


def _any_of(labels: set[str], first: str = "") -> str:
    """The longest first; with `first` those that may begin with this sign."""
    longest = sorted(labels, key=len, reverse=True)
    return "|".join(_loosely(label) for label in longest if _may_begin(label, first))


def _may_begin(label: str, first: str) -> bool:
    return any(first in _KINDS.get(start[0], start[0]) for start in _starts(label))


def _starts(label: str) -> set[str]:
    """The first two characters of a label, with its ordinal and without."""
    ordinal, rest = _parted(label)
    return {rest[:2], (ordinal + rest)[:2]}


_KINDS = {"（": "（(", "）": "）)", "、": "、，,", "，": "、，,", ".": ".．、", "：": "：:"}
_PUNCTUATION = {sign: f"[{kinds}]" for sign, kinds in _KINDS.items()} | dict.fromkeys(
    "“”", '[“”"「」]?'
)


def _loosely(label: str) -> str:
    """A label with white space anywhere, either kind of bracket, and quotes and the ordinal perhaps lost."""
    ordinal, rest = _parted(label)
    body = r"\s*".join(_PUNCTUATION.get(c, re.escape(c)) for c in rest)
    if rest == "其他":  # a common word: only where the form's next label or a figure follows
        body += (
            r"(?=[\s|0-9０-９]|$|总计|[（(]七|[一四]、|自然人|商业企业|科研机构|社会公益|法律服务)"
        )
    if not ordinal:
        return body
    marks = r"\s*".join(_PUNCTUATION.get(c, re.escape(c)) for c in ordinal)
    return rf"(?:{marks}\s*)?{body}"


def _parted(label: str) -> tuple[str, str]:
    """A label's ordinal, "" where it has none, and the rest of it."""
    match = re.match(r"(（.）|[一二三四]、|\d\.)?(.*)", label)
    assert match is not None
    return match[1] or "", match[2]
