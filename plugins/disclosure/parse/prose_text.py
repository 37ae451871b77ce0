"""The sentences of a report's sections that may state a figure: no tables, nothing before the first heading.

Section five is left out: it speaks of problems and plans.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from disclosure.parse.prose_figures import APART
from disclosure.records import Block, Content, Fact, Text

PLANS = 5  # the section
_WRAPPED = ("text", "markdown", "pdf")  # carriers in which a paragraph may stand in several lines
_HEADING = re.compile(r"\s*[#*]*\s*[（(]?\s*[一二三四五六七八九十\d]{1,3}\s*[)）、.．]")
_SHORT = 14  # characters up to which a line that ends in nothing is a heading
_LONGEST_HEADING = 40
_TABLE_ROWS = ("勾稽关系", "信息内容", "第二十条第", "本年新收")  # run together into a sentence
_LONGEST_SENTENCE = 2_000  # what is longer is no sentence but what an extractor ran together

# Leaves most sentences out: wants a number with its unit or at a clause's end, or a denial of what reports deny. Its first
# sign is one of few, for which the search is quick.
_TELLING = re.compile(
    r"[0-9０-９一二两三四五六七八九十百零未没无]"
    r"(?:(?<=[0-9０-９])[\s余多万亿千百]*(?:[件条篇次人名户期场起宗例个份项元%％。，,；;\n]|$)"
    r"|(?<![未没无])[余多]?[件条篇次名期场起宗份项]"
    r"|(?<=[未没无])(?=[^。\d\n]{0,80}(?:申请|复议|诉讼|费)))"
)
_STOPS = "。！？!?\n"
_END = re.compile(f"[{_STOPS}]")


class Sentence(NamedTuple):
    """A sentence as printed, and the same without spaces, in plain signs, for patterns."""

    printed: str
    plain: str
    section: int
    place: str


class _Passage(NamedTuple):
    text: str
    section: int
    place: str


def telling_sentences(content: Content, sections: Sequence[Fact]) -> Iterator[Sentence]:
    """Given a document and where its headings stand, yield each sentence that may state a figure, once."""
    seen: set[str] = set()
    for passage in _passages(content, sections):
        text = passage.text
        for begin, end in _telling(text):
            printed = text[begin:end].strip()
            if _is_a_table(printed):
                continue
            plain = plain_text(printed)
            if plain not in seen and not _is_a_table(plain):
                seen.add(plain)
                yield Sentence(printed, plain, passage.section, passage.place)


def _is_a_table(text: str) -> bool:
    return any(row in text for row in _TABLE_ROWS)


def _telling(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence that may state a figure; a full stop belongs to its sentence."""
    end = 0
    while found := _TELLING.search(text, end):
        begin = max([end, *(text.rfind(sign, end, found.start()) + 1 for sign in _STOPS)])
        stop = _END.search(text, found.start())
        end = stop.end() if stop else len(text)
        if end - begin <= _LONGEST_SENTENCE:
            yield begin, end


def plain_text(printed: str) -> str:
    """Full-width signs as plain ones, no spaces; a space between two digits becomes APART."""
    text = unicodedata.normalize("NFKC", printed)
    if " " in text or "\t" in text:
        text = re.sub(r"(?<=\d)\s+(?=\d)", APART, text)
        text = "".join(text.split())
    return text


def _passages(content: Content, sections: Sequence[Fact]) -> Iterator[_Passage]:
    """The sections' paragraphs; in carriers that wrap lines, a line that does not end goes on in the next."""
    headings = {fact.where: int(fact.value) for fact in sections if fact.kind == "section"}
    passages = _of_sections(content.blocks, headings)
    if content.format not in _WRAPPED:
        yield from filter(None, passages)
        return
    joined: list[_Passage] = []
    for passage in passages:
        if joined and not (
            passage and _is_open(joined[-1], headings) and not _HEADING.match(passage.text)
        ):
            yield joined[0]._replace(text="".join([each.text for each in joined]))
            joined = []
        if passage:
            joined.append(passage)
    if joined:
        yield joined[0]._replace(text="".join([each.text for each in joined]))


def _of_sections(blocks: Iterable[Block], headings: dict[str, int]) -> Iterator[_Passage | None]:
    """Every paragraph below a heading but those of section five; None where a table parts them."""
    section = 0
    for block in blocks:
        if not isinstance(block, Text):
            yield None
            continue
        section = headings.get(block.place, section)
        if section not in (0, PLANS):
            yield _Passage(block.text, section, block.place)


def _is_open(line: _Passage, headings: dict[str, int]) -> bool:
    """Whether a line breaks off in the midst of a sentence. A heading does not."""
    text = line.text.rstrip()
    is_heading = len(text) <= _SHORT or (
        len(text) <= _LONGEST_HEADING and (line.place in headings or bool(_HEADING.match(text)))
    )
    return not is_heading and text[-1] not in "。！？!?；;：:"
