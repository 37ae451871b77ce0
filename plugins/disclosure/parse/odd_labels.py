"""Labels that a document prints otherwise than the form does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from disclosure.form import GROUPS, SECTIONS, TEMPLATES, Template
from disclosure.parse.labels import NOTHING, mark, normalise
from disclosure.parse.shapes import FIGURE, place_of, shape_of
from disclosure.records import Block, Fact, Grid, GridShape


def read_odd_labels(blocks: Iterable[Block], template: Template) -> Iterator[Fact]:
    """Labels and headers that are recognised, but not printed as the form prints them, and figures in a header's place."""
    seen: set[str] = set()
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        for row, position, is_label in _odd_labels(shape_of(block), template):
            cell = block.rows[row][position]
            if not is_label or cell.text not in seen:
                yield Fact("label", cell.text.strip()[:80], place_of(cell, block))
            if is_label:
                seen.add(cell.text)


@lru_cache(maxsize=500)
def _odd_labels(shape: GridShape, template: Template) -> tuple[tuple[int, int, bool], ...]:
    """Where they stand in a grid, by row and position, and whether it is a label."""
    found = []
    for row, line in enumerate(shape.lines):
        for position, text in enumerate(line.texts):
            known = mark(text, template) if not text.isascii() else NOTHING  # labels are Chinese
            if (known.items or known.columns) and not _is_official(text, template):
                found.append((row, position, True))
        found += [(row, position, False) for position in _lost_headers(line.texts)]
    return tuple(found)


def _lost_headers(texts: Sequence[str]) -> list[int]:
    """信息内容 | 0: a figure stands where the form has a column's header."""
    if not texts or texts[0].strip() != "信息内容":
        return []
    return [position for position, text in enumerate(texts) if text == FIGURE]


@lru_cache(maxsize=10_000)
def _is_official(label: str, template: Template) -> bool:
    return normalise(label) in _official(template)


@cache
def _official(template: Template) -> frozenset[str]:
    """Labels as the form prints them, normalised. The form of 2019 says 规范性文件 where that of 2021 says 行政规范性文件."""
    is_old = template is not TEMPLATES["2021-30"]
    printed = {*GROUPS, *(section.label for section in SECTIONS)}
    for table in template.tables:
        for part in table.parts:
            printed |= {part.clause}
            printed |= {item.label for item in part.items}
            printed |= {column.label for column in part.columns}
            if is_old:
                printed |= {variant for item in part.items for variant in item.variants}
    return frozenset(map(normalise, printed))
