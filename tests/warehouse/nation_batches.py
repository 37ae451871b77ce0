"""Made-up figures as parsed batches: the files that parse_batch would leave, with the sources, rows and facts of real pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.parse import PARSER_VERSION
from disclosure.records import Agency
from disclosure.warehouse.columns import PROSE, TABLES
from disclosure.warehouse.wide import with_wide_tables
from warehouse.nation_figures import ABSENT, BLANK, MICRO, NUMBER, STATES, Year

UNDATED, LATE = 0.07, 0.08  # shares, assumed


@dataclass
class Batch:
    """Some documents of one year, as parse_batch would leave them."""

    name: str
    made: Year
    part: slice  # of the year's rows
    documents: list[str]
    agencies: list[Agency]
    is_read: np.ndarray

    def write(self, folder: Path, chance: np.random.Generator) -> None:
        """Every table of a batch; one that is not made up here is there without rows."""
        rows = {
            "documents": self._documents(chance),
            "cells": self._cells(),
            "rows": self._rows(),
            "issues": self._issues(),
            "facts": self._facts(),
            "prose": self._prose(),
        }
        path = folder / self.name
        path.mkdir(parents=True)
        tables = {}
        for table in TABLES:
            columns = rows.get(table.name, {"document_sha256": []})
            count = len(columns["document_sha256"])
            tables[table.name] = as_table(
                table.schema, columns | {"batch": [self.name] * count}, count
            )
        for name, filled in with_wide_tables(tables).items():
            pq.write_table(filled, path / f"{name}.parquet", compression="zstd")

    @property
    def values(self) -> np.ndarray:
        return self.made.values[self.part]

    @property
    def states(self) -> np.ndarray:
        return self.made.states[self.part]

    def _documents(self, chance: np.random.Generator) -> dict[str, Any]:
        rows = [self._document(place, chance) for place in range(len(self.documents))]
        return {name: [row.get(name) for row in rows] for name in {n for row in rows for n in row}}

    def _document(self, place: int, chance: np.random.Generator) -> dict[str, Any]:
        known = {
            "document_sha256": self.documents[place],
            "parser_version": PARSER_VERSION,
            "format": "html",
        }
        if not self.is_read[place]:
            return known | {
                "unread_kind": "challenge_page",
                "unread_message": "The page asks for a browser.",
            }
        agency, year = self.agencies[place], self.made.year
        read = int((self.states[place] == NUMBER).sum())
        content = sha256(self.values[place].tobytes() + self.states[place].tobytes()).hexdigest()
        published = _published_on(year, chance)
        copies = 2 if chance.random() < 0.01 else 1
        return known | {
            "template": self.made.template.id,
            "agency_printed": agency.name,
            "report_year": year,
            "title": f"{agency.name}{year}年政府信息公开工作年度报告",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "published_on": published,
            "signed_on": published and published - timedelta(days=3),
            "copies_proactive": copies,
            "copies_applications": copies,
            "copies_disputes": copies,
            "cells_read": read,
            "cells_not_read": self.states.shape[1] - read,
            "content": content,
            "reading": sha256(f"{content} {agency.name} {published} {copies}".encode()).hexdigest(),
        }

    def _cells(self) -> dict[str, Any]:
        form = self.made.template.cells
        values, states = self.values[self.is_read].ravel(), self.states[self.is_read].ravel()
        reports = int(self.is_read.sum())
        tables, items, columns = zip(*form, strict=True)
        printed = _printed(values, states)
        is_absent = states == ABSENT
        return {
            "document_sha256": _each(self._read_documents(), len(form)),
            "table": _repeated(tables, reports),
            "item": _repeated(items, reports),
            "column": _repeated(columns, reports),
            "value": _decimals(values, states),
            "state": pa.DictionaryArray.from_arrays(states, pa.array(STATES)).cast(pa.string()),
            "printed": pa.array(printed, mask=is_absent),
            "source": pa.array(_repeated(_sources(form), reports).to_numpy(False), mask=is_absent),
        }

    def _rows(self) -> dict[str, Any]:
        rows = [
            (table.code, item.code, 1, len(part.columns))
            for table in self.made.template.tables
            for part in table.parts
            for item in part.items
        ]
        return _for_each(self._read_documents(), rows, ("table", "item", "times", "figures"))

    def _issues(self) -> dict[str, Any]:
        odd = ((self.states > 2) & self.is_read[:, None]).any(axis=1)
        found = [name for name, is_odd in zip(self.documents, odd, strict=True) if is_odd]
        issue = ("unreadable_figure", "table 2, row 9, column 4", "'O' is no number")
        return _for_each(found, [issue], ("kind", "where_in_document", "message"))

    def _facts(self) -> dict[str, Any]:
        year = str(self.made.year)
        shown = [
            ("year", year, "title"),
            ("year", year, "period"),
            ("sections", "123456", "document"),
        ]
        shown += [("paragraphs", "12", "document"), ("paragraphs_repeated", "0", "document")]
        shown += [
            (kind, n, f"line {9 * int(n)}") for n in "123456" for kind in ("section", "numeral")
        ]
        shown += [("prose_digest", "", "document"), ("fee_denied", "未收取信息处理费", "line 101")]
        facts = _for_each(self._read_documents(), shown, ("kind", "value", "where_in_document"))
        facts["value"] = [
            value or document
            for value, document in zip(facts["value"].to_pylist(), facts["document_sha256"].to_pylist(), strict=True)
        ]  # fmt: skip
        return facts

    def _prose(self) -> dict[str, Any]:
        """Four statements a report, which contradict no table."""
        said = [
            ("website_visits_total", 539003, "次", "门户网站", "门户网站总访问量达539003次。"),
            ("wechat_subscribers", 152319, "人", "微信公众号", "微信公众号订阅数152319人。"),
            ("wechat_posts", 295, "条", "微信公众号", "微信公众号发布信息295条。"),
            ("items_disclosed_total", 528, "条", None, "全年主动公开政府信息528条。"),
        ]
        rows = [
            (number, metric, Decimal(value), Decimal(value), unit, "exact", "annual", scope, sentence, "line 6")
            for number, (metric, value, unit, scope, sentence) in enumerate(said, 1)
        ]  # fmt: skip
        return _for_each(self._read_documents(), rows, tuple(PROSE.names[2:]))

    def _read_documents(self) -> list[str]:
        return [name for name, read in zip(self.documents, self.is_read, strict=True) if read]


def _published_on(year: int, chance: np.random.Generator) -> date | None:
    if chance.random() < UNDATED:
        return None
    late = 30 if chance.random() < LATE else 0
    return date(year + 1, 1, 2) + timedelta(days=int(chance.integers(late, late * 4 + 28)))


def _printed(values: np.ndarray, states: np.ndarray) -> list[str]:
    whole = values // MICRO
    texts = pa.array(whole).cast(pa.string()).to_numpy(False)
    for place in np.flatnonzero(values % MICRO):
        texts[place] = f"{values[place] / MICRO:.4f}".rstrip("0")
    texts[states == BLANK] = ""
    for state, printed in ((2, "/"), (3, "O"), (4, "1 00")):
        texts[states == state] = printed
    return texts


def _decimals(values: np.ndarray, states: np.ndarray) -> pa.Array:
    halves = np.column_stack([values, values >> 63])  # 128 bits, the low ones first
    valid = pa.array(states == NUMBER).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(values), [valid, pa.py_buffer(halves)])


def _sources(cells: Sequence[tuple[str, str, str]]) -> list[str]:
    """Where a cell stands in a page, as the reader of HTML says it."""
    numbers = {"proactive": 1, "applications": 2, "disputes": 3}
    rows: dict[tuple[str, str], int] = {}
    return [
        f"table {numbers[table]}, row {rows.setdefault((table, item), len(rows) + 4)}, column {place % 9 + 2}"
        for place, (table, item, _) in enumerate(cells)
    ]


def _for_each(
    documents: list[str], rows: Sequence[tuple[Any, ...]], names: Sequence[str]
) -> dict[str, Any]:
    columns = {
        name: _repeated(column, len(documents))
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return {"document_sha256": _each(documents, len(rows)), **columns}


def _repeated(values: Sequence[Any], times: int) -> pa.Array:
    """The values again and again."""
    return pa.array(values).take(pa.array(np.tile(np.arange(len(values)), times)))


def _each(values: Sequence[str], times: int) -> pa.Array:
    """Each value so many times."""
    return pa.array(values, pa.string()).take(pa.array(np.repeat(np.arange(len(values)), times)))


def as_table(schema: pa.Schema, columns: Mapping[str, Any], rows: int) -> pa.Table:
    """Columns in the order of the schema; what is not given is null."""
    filled = [columns.get(name, pa.nulls(rows)) for name in schema.names]
    arrays = [c if isinstance(c, pa.Array) else pa.array(c) for c in filled]
    return pa.table(
        [array.cast(field.type) for array, field in zip(arrays, schema, strict=True)], schema=schema
    )
