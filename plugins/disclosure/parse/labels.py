"""What a piece of text is within the form: a row's label, a column's header, a heading, or nothing known.

Labels are compared after normalising; the labels themselves stand in form.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from disclosure.form import APPLICATION_GROUPS, SECTIONS, Item, Section, Template

# Marks of notes, circled ordinals, and what no font shows.
_MARKS = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u2473\u2776-\u277f\u200e\u200f\u202a-\u202e\ue000-\uf8ff]"
)
_DROPPED = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad|#*“”\"「」『』‘’'＂]+")
_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}[、)]|\d{1,2}[.、)]"
    r"|[1-8](?=[属其危保本没补信重要无申]))"
)
_BEHIND = re.compile(r"(?:\((?:单位:?)?(?:[件条次宗起项]|万元)\)|\[注?\d{1,2}\]|[:;。*])+$")
_GROUP = re.compile(APPLICATION_GROUPS)
_LONGEST_LABEL = (
    60  # the form's longest is 42 characters; a sentence that mentions a label is longer
)
_LONGEST_PRINTED = 1000  # with its spaces, pinyin and numbering; normalising is not for whole pages


class Mark(NamedTuple):
    """What a text can be. A word such as 其他 is both a row and a column: the row around it decides."""

    items: frozenset[tuple[str, str]] = frozenset()  # (table, item)
    columns: frozenset[tuple[str, str]] = frozenset()  # (table, column)
    section: Section | None = None
    hint: str | None = (
        None  # the table whose beginning this text marks, without being an item of it
    )
    is_group: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.items or self.columns or self.section or self.hint or self.is_group)


NOTHING = Mark()
_SIGNS = str.maketrans("，,【】〔〕", "、、()()")


def normalise(label: str) -> str:
    """Given a label as printed (Simplified), return it as the patterns of form.py expect it."""
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", label)))
    text = _BEHIND.sub("", text.translate(_SIGNS)) or text
    while True:
        shorter = _ORDINAL.sub("", text)
        group = _GROUP.match(shorter)
        if group and _ORDINAL.match(shorter[group.end() :]):
            shorter = shorter[group.end() :]  # （三）不予公开1.属于国家秘密 in one cell
        if shorter == text or not shorter:
            return text
        text = shorter


def mark(text: str, template: Template) -> Mark:
    """Given one cell's or line's text, return what it is in this template; NOTHING for anything else."""
    return (_mark if len(text) <= _COMES_AGAIN else _mark.__wrapped__)(text, template)


_COMES_AGAIN = 100  # characters; a longer text is prose, which nobody prints twice


@lru_cache(maxsize=50_000)
def _mark(text: str, template: Template) -> Mark:
    if len(text) > _LONGEST_PRINTED:
        return NOTHING
    label = normalise(text)
    if not label or len(label) > _LONGEST_LABEL:
        return NOTHING
    section = next((each for each in SECTIONS if re.search(each.pattern, label)), None)
    if section:
        return Mark(section=section)
    hint = _hint(label)
    if any(character.isdigit() for character in label) or _ENDS_WITHIN.search(label):
        return Mark(hint=hint) if hint else NOTHING
    return Mark(
        items=_matches(label, template, "items"),
        columns=_matches(label, template, "columns"),
        hint=hint,
        is_group=bool(_GROUP.match(label)) or label in _HEADER_WORDS,
    )


# A full stop, or an ordinal that cannot be read: what follows is of another sentence or row.
_ENDS_WITHIN = re.compile("。|(?<=.)\ufffd[.、)]")
_HEADER_WORDS = frozenset({"法人或其他组织", "申请人情况", "行政诉讼", "信息内容"})
_HINTS = (
    ("proactive", re.compile(r"^第二十条第\(.{1,2}\)项|^信息内容")),
    ("applications", re.compile(r"勾稽关系|^申请人情况|^法人或其他组织")),
    ("disputes", re.compile(r"^行政诉讼(\(|$)")),
)


def _hint(label: str) -> str | None:
    return next((table for table, pattern in _HINTS if pattern.search(label)), None)


def _matches(label: str, template: Template, kind: str) -> frozenset[tuple[str, str]]:
    entries = [
        (table.code, entry)
        for table in template.tables
        for part in table.parts
        for entry in getattr(part, kind)
    ]
    found = frozenset((t, entry.code) for t, entry in entries if re.search(entry.pattern, label))
    if kind == "columns":
        return found if not _OF_ANOTHER_YEAR.search(label) else frozenset()
    if found or len(label) < _SHORTEST_PIECE:
        tables = Counter(table for table, _ in found)
        # Two rows' labels in one cell name no row: one of them would get the other's figures.
        return frozenset(
            (table, entry.code)
            for table, entry in entries
            if (table, entry.code) in found
            and tables[table] == 1
            and not _goes_on_in_another(label, table, entry, template)
        )
    # A label cut off by a page break or an extractor still names its row when one label only begins or ends so. What stands
    # within a label may be a line of it that hangs into another row.
    whole = ((t, entry.code, normalise(entry.label)) for t, entry in entries)
    pieces = {(t, code) for t, code, of in whole if of.startswith(label) or of.endswith(label)}
    return frozenset(pieces) if len(pieces) == 1 else frozenset()


def _goes_on_in_another(label: str, table: str, item: Item, template: Template) -> bool:
    """Whether beside a row's own words stand some of another row alone, as where a label hangs over into the row below."""
    own = re.search(item.pattern, label)
    beside = (label[: own.start()], label[own.end() :]) if own else ()
    pieces = _pieces(template)
    return any(
        pieces.get((table, text[at : at + _PIECE]), item.code) != item.code
        for text in beside
        for at in range(len(text) - _PIECE + 1)
    )


_PIECE = 4  # characters; cells are hardly narrower


@cache
def _pieces(template: Template) -> dict[tuple[str, str], str]:
    """Whose label has some characters that no other label of its table has."""
    owners: dict[tuple[str, str], set[str]] = {}
    for table in template.tables:
        for item in (item for part in table.parts for item in part.items):
            for label in map(normalise, (item.label, *item.variants)):
                for at in range(len(label) - _PIECE + 1):
                    owners.setdefault((table.code, label[at : at + _PIECE]), set()).add(item.code)
    return {piece: next(iter(codes)) for piece, codes in owners.items() if len(codes) == 1}


def is_of_another_year(text: str, template: Template) -> bool:
    """Whether a header cell names a column of another year; 上年结转 is a row of the form."""
    return bool(_OF_ANOTHER_YEAR.search(normalise(text))) and not mark(text, template).items


_SHORTEST_PIECE = 5
# 上年现行有效件数, 现行有效件数同比增减; 上一年项目数量 is a column of the form of 2019.
_OF_ANOTHER_YEAR = re.compile(r"上一?年(?!项目)|上年度|去年|同期|上期|同比|环比|比上")
