"""How fast a report is read: pages a second beside other ways to read the same pages, every cell checked.

    PYTHONPATH=plugins:tests/parse python benchmarks/reading.py [pages]

Ratios are what counts: both sides of each run in one process on the same pages, in turns.
"""

from __future__ import annotations

import io
import math
import resource
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd
from made_reports import (
    MadeReport,
    as_document,
    make_report,
    piped_text,
    run_together_text,
    word_html,
)
from selectolax.lexbor import LexborHTMLParser

from disclosure.form import TEMPLATES, Table, Template
from disclosure.parse.labels import mark
from disclosure.parse.read import read_document
from disclosure.records import Cell, Document

ROUNDS = 5


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    made = [make_report(seed) for seed in range(pages)]
    html, pipes, run_together = (
        [as_document(layout(report)) for report in made]
        for layout in (word_html, piped_text, run_together_text)
    )
    few = html[: max(pages // 20, 5)]
    size = sum(len(document.body) for document in html) / pages / 1000
    print(
        f"{pages} pages of {size:.0f} kB, all {len(made[0].cells)} cells checked, each page's least of {ROUNDS} rounds in turns"
    )
    for documents in (html, pipes):
        check(made, [read_document(document).cells for document in documents], may_doubt=False)
    doubted = check(
        made, [read_document(document).cells for document in run_together], may_doubt=True
    )
    check(made[: len(few)], [with_pandas(document) for document in few], may_doubt=False)
    times = in_turns(
        {
            "read_document, HTML": (read_document, html),
            "bare lexbor, tree only": (bare_tree, html),
            "pandas.read_html(lxml) and the same mapping": (with_pandas, few),
            "read_document, pipes": (read_document, pipes),
            "read_document, digits run together": (read_document, run_together),
        }
    )
    first = times["read_document, HTML"]
    for name, milliseconds in times.items():
        print(f"  {milliseconds:8.2f} ms a page  {milliseconds / first:6.2f} x  {name}")
    print(f"  digits run together: {doubted:.1%} of the cells in doubt, none wrong")
    print(
        f"  against bare lexbor      {first / times['bare lexbor, tree only']:.1f} x   (goal: at most 4)"
    )
    against = times["pandas.read_html(lxml) and the same mapping"] / first
    print(f"  against pandas.read_html {against:.1f} x faster   (goal: at least 5)")
    for name in ("pipes", "digits run together"):
        share = times[f"read_document, {name}"] / first
        print(f"  {name} against HTML {share:.2f} x   (goal: at most 1)")
    memory(html)


def bare_tree(document: Document) -> object:
    return LexborHTMLParser(document.body)


def in_turns(
    ways: dict[str, tuple[Callable[[Document], object], Sequence[Document]]],
) -> dict[str, float]:
    """Milliseconds of processor time a page: of each page the least of the rounds, since other programs only add to it."""
    least = {name: [math.inf] * len(documents) for name, (_, documents) in ways.items()}
    for _ in range(ROUNDS):
        for name, (way, documents) in ways.items():
            for number, document in enumerate(documents):
                start = time.process_time()
                way(document)
                taken = (time.process_time() - start) * 1000
                least[name][number] = min(least[name][number], taken)
    return {name: sum(each) / len(each) for name, each in least.items()}


def with_pandas(document: Document) -> tuple[Cell, ...]:
    """The page's tables by pandas, and its rows by the same labels. Spans repeat their text there, so a row's figures
    are its last columns."""
    template = TEMPLATES["2021-30"]
    frames = pd.read_html(io.BytesIO(document.body), encoding="utf-8", flavor="lxml", header=None)
    found: dict[tuple[str, str, str], str] = {}
    for frame, table in zip(frames, template.tables, strict=True):
        for row in frame.astype(str).itertuples(index=False):
            found |= _by_label(list(row), table, template)
        if table.code == "disputes":
            found |= dict(zip(_keys(table), frame.iloc[-1].astype(str), strict=True))
    return tuple(
        Cell(*key, Decimal(text.removesuffix(".0")), "number", text, None)
        for key, text in found.items()
    )


def _by_label(row: list[str], table: Table, template: Template) -> dict[tuple[str, str, str], str]:
    items = [code for text in row for of, code in mark(text, template).items if of == table.code]
    if not items or table.code == "disputes":
        return {}
    columns = [column.code for column in table.part(items[-1]).columns]
    texts = row[-7:] if table.code == "applications" else row[1 : 1 + len(columns)]
    if not texts[-1][:1].isdigit():
        return {}
    return {(table.code, items[-1], code): text for code, text in zip(columns, texts, strict=True)}


def _keys(table: Table) -> list[tuple[str, str, str]]:
    return [(table.code, *cell) for cell in table.cells]


def check(made: Sequence[MadeReport], read: Sequence[Sequence[Cell]], *, may_doubt: bool) -> float:
    """The share of cells in doubt. Stops at a cell that is not as printed."""
    doubted = 0
    for report, cells in zip(made, read, strict=True):
        for cell in cells:
            printed = report.cells[cell[:3]]
            is_doubted = may_doubt and cell.state == "ambiguous"
            doubted += is_doubted
            if not is_doubted and cell.value != Decimal(printed):
                raise SystemExit(f"{cell[:3]}: {printed} was read as {cell.value} ({cell.state})")
    return doubted / sum(map(len, read))


def memory(documents: Sequence[Document]) -> None:
    """One process's memory after 1,000 and after 10,000 pages."""
    sizes = []
    for wanted in (1_000, 10_000):
        for number in range(wanted):
            read_document(documents[number % len(documents)])
        sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    print(
        f"  memory at most {sizes[0]:.0f} MB after 1,000 pages, {sizes[1]:.0f} MB after 10,000 more"
    )


if __name__ == "__main__":
    main()
