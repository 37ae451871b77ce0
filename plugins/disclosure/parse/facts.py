"""What a document shows beside its cells: headings met, labels printed otherwise, residue, years and codes it states.

Each finding is a Fact with its place; rules and readers decide what it means. Nothing here changes a cell. Each pattern
runs once over the joined text, so that all of it costs a small part of reading the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain

from disclosure.form import Template
from disclosure.parse.codes import read_codes
from disclosure.parse.headings import read_headings
from disclosure.parse.likeness import sketch_of
from disclosure.parse.lines import Line
from disclosure.parse.odd_labels import read_odd_labels
from disclosure.parse.shapes import place_of
from disclosure.records import Content, Fact, Grid, Text

_LONG = 40  # characters from which a paragraph is prose and not a menu's line
_ENOUGH_PROSE = 200  # characters without which two documents may well be equal by chance


def read_facts(content: Content, lines: Iterable[Line], template: Template) -> tuple[Fact, ...]:
    """Given a document's blocks, their lines and its template, return what it shows beside its cells."""
    said = [
        (line.cells[0].text, line.place)
        for line in lines
        if line.is_loose and line.shape.alone == 0
    ]
    texts = [block for block in content.blocks if isinstance(block, Text)]
    prose = _Prose(texts)
    sections = tuple(read_headings(content.blocks, template))
    return (
        *content.facts,
        *_paragraphs([paragraph for paragraph, _ in said]),
        *_sketch(said, sections),
        *sections,
        *read_odd_labels(content.blocks, template),
        *_found_in_prose(prose),
        *_residue(prose, content.format),
        *_odd_figures(content),
        *read_codes(content),
    )


class _Prose:
    """All running text as one, with the way back to each place in it."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.joined = "\n".join(text.text for text in texts)
        self._texts = texts

    def find(self, kind: str, pattern: re.Pattern[str], value: str | None = None) -> Iterator[Fact]:
        for match in pattern.finditer(self.joined):
            found = match.group().strip() if value is None else value
            yield Fact(kind, found[:80], self._place(match.start()))

    def _place(self, position: int) -> str:
        for text in self._texts:
            position -= len(text.text) + 1
            if position < 0:
                return text.place
        return ""


# --- paragraphs ----------------------------------------------------------------------------------


def _paragraphs(said: Sequence[str]) -> Iterator[Fact]:
    """How much prose there is, how much of it a second time, and a digest by which the same text is known elsewhere."""
    long = [paragraph for paragraph in said if len(paragraph) >= _LONG]
    different = dict.fromkeys("".join(paragraph.split()) for paragraph in long)
    yield Fact("paragraphs", str(len(different)), "document")
    yield Fact("paragraphs_repeated", str(len(long) - len(different)), "document")
    if sum(map(len, different)) >= _ENOUGH_PROSE:
        yield Fact("prose_digest", sha256("\n".join(different).encode()).hexdigest(), "document")


def _sketch(said: Sequence[tuple[str, str]], sections: Sequence[Fact]) -> Iterator[Fact]:
    """What the sections say, as a sketch: nothing before the first heading, which is a province's boilerplate."""
    first = next((fact.where for fact in sections if fact.kind == "section"), None)
    start = next((number for number, (_, place) in enumerate(said) if place == first), 0)
    long = dict.fromkeys("".join(text.split()) for text, _ in said[start:] if len(text) >= _LONG)
    if sum(map(len, long)) >= _ENOUGH_PROSE:
        yield Fact("prose_sketch", sketch_of("".join(long)), "document")


# --- prose ---------------------------------------------------------------------------------------

_NUMERALS = "一二两三四五六七八九十"
# Each with texts of which it has one: a pattern is slow beside looking for them. And each alternative begins with a plain
# sign, of which there are few: the search is ten times as quick then.
_PROSE = (
    # 国办公开办函〔2019〕60号, or the name that only its form has: 格式（试行）
    ("cited_notice", ("2019", "格式"), re.compile(r"2019\s*[〕\]】)）]\s*60\s*号|格式\s*[》>]?\s*[(（]\s*试行"), "2019-60"),
    ("cited_notice", ("2021",), re.compile(r"2021\s*[〕\]】)）]\s*30\s*号"), "2021-30"),
    ("leftover", ("说明", "示例", "XX", "××"), re.compile(r"编写说明|填表说明|[（(]示例[)）]|(?<![A-Za-z])XX(?![A-Za-z])|××"), None),
    ("encoding", ("\ufffd", "?"), re.compile(r"\ufffd|(?<=[\u4e00-\u9fff])\?(?=[\u4e00-\u9fff])"), None),
    # 2025  1  1  日, 自年月日, 自20251月1日 and 202511日至: spans or runs of digits dropped by an extractor
    (
        "digits_lost",
        ("日",),
        re.compile(
            r"20\d{2}[ \u3000]{2,}\d{1,2}[ \u3000]+\d{1,2}[ \u3000]*日|自\s*年\s*月\s*日|从\s*年\s*月\s*日"
            r"|为\s*年\s*月\s*日|至\s*年\s*月\s*日|2(?<!\d2)0\d{2}\d{1,2}(?:月\d{1,2}日|日至)"
        ),
        None,
    ),
    # 750,524 and 三次 are numbers that a reader must know how to read; 第二十条 is none.
    ("spelled_number", (",",), re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)"), None),
    ("spelled_number", tuple("次件条篇期场"), re.compile(rf"[{_NUMERALS}](?<![第{_NUMERALS}].)(?!(?<=[一二])[次件条篇期场])[{_NUMERALS}]{{0,3}}[次件条篇期场](?![要性面个])"), None),
    ("fee_denied", ("处理费",), re.compile(r"未[^。；;，,]{0,12}?信息(?:公开)?处理费|没有[^。；;，,]{0,12}?信息(?:公开)?处理费|无[^。；;，,]{0,12}?信息(?:公开)?处理费|信息处理费[^。；;，,]{0,4}(?:为零|为0(?![\d.])|(?<![\d.,])0元)"), None),
)  # fmt: skip


def _found_in_prose(prose: _Prose) -> Iterator[Fact]:
    for kind, telling, pattern, value in _PROSE:
        if any(text in prose.joined for text in telling):
            yield from prose.find(kind, pattern, value)


_OF_CONVERTERS = ("[bookmark:", "_GoBack", "MERGEFORMAT")
_OF_PAGES = ("公网安备", "ICP备")


def _residue(prose: _Prose, kind: str) -> Iterator[Fact]:
    """A web page's own footer is no residue; in a text or a file it is what a copy brought along."""
    texts = _OF_CONVERTERS if kind == "html" else _OF_CONVERTERS + _OF_PAGES
    if any(text in prose.joined for text in texts):
        yield from prose.find("residue", _any_of(texts))


@cache
def _any_of(texts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, texts)))


_ODD_SPACE = re.compile(r"[\xa0\u3000]\s{0,9}\d|\d\s{0,9}[\xa0\u3000]")


def _odd_figures(content: Content) -> Iterator[Fact]:
    """The first figure with a space that is none of the keyboard's; full-width digits show in the cells themselves."""
    if "\xa0" not in content.text and "\u3000" not in content.text:
        return
    for grid in (block for block in content.blocks if isinstance(block, Grid)):
        for cell in chain.from_iterable(grid.rows):
            has_one = "\xa0" in cell.text or "\u3000" in cell.text
            if has_one and _ODD_SPACE.search(cell.text):
                yield Fact("spelled_number", cell.text.strip(), place_of(cell, grid))
                return
