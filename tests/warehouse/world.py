"""A small world for tests of the warehouse: pages that say what a report says, nights that fetch them, and the build.

A page is JSON, so that a process started by a test can read it too; `furniture` is what a reader ignores.
"""

from __future__ import annotations

import json
import multiprocessing
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure import form
from disclosure.errors import ReportError
from disclosure.ledger import SCHEMA
from disclosure.records import (
    Agency,
    Cell,
    Document,
    Fact,
    Fetch,
    Issue,
    PrintedRow,
    Report,
    Site,
    Statement,
)
from disclosure.settings import Settings, load_settings
from disclosure.store import FolderStore

FIRST_NIGHT = datetime(2026, 2, 1, 18, 0, tzinfo=UTC)
Figure = int | float | str | None


def settings_in(folder: Path, **changes: Any) -> Settings:
    return replace(load_settings({}), **{"data": folder, "writer_memory": "500MB", **changes})


def seeds() -> list[dict[str, Any]]:
    """The five reports that the project began from, every cell of them, as pages."""
    path = Path(__file__).with_name("seeds.json")
    return [_page_of_seed(seed) for seed in json.loads(path.read_text(encoding="utf-8"))]


def page(
    agency: str | None,
    report_year: int | None,
    cells: Mapping[str, Figure] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A page that prints 0 everywhere but in `cells`: "table.item.column" → figure.

    None is a blank; text stands for a state with no number ("/": not_applicable, "O": unreadable, "absent", …).
    """
    return {
        "agency": agency,
        "report_year": report_year,
        "template": "2021-30",
        "cells": dict(cells or {}),
        **more,
    }


def read_page(document: Document) -> Report:
    """The reader of these pages, in the place of parse.read.read_document."""
    from disclosure.parse import PARSER_VERSION

    said = json.loads(document.body)
    if "unreadable" in said:
        raise ReportError(said["unreadable"], "this page is not a report")
    template = form.TEMPLATES[said["template"]]
    missing = set(said.get("missing_rows", ()))
    copies = said.get("copies", 1)
    return Report(
        document_sha256=document.sha256,
        format="html",
        parser_version=PARSER_VERSION,
        template=template.id,
        agency=said["agency"],
        report_year=said["report_year"],
        title=said.get("title"),
        period_start=_date(said.get("period", (None, None))[0]),
        period_end=_date(said.get("period", (None, None))[1]),
        published_on=_date(said.get("published_on")),
        signed_on=_date(said.get("signed_on")),
        cells=tuple(
            _cell(table, item, column, said["cells"].get(f"{table}.{item}.{column}", 0))
            if item not in missing
            else Cell(table, item, column, None, "absent", None, None)
            for table, item, column in template.cells
        ),
        rows=tuple(
            PrintedRow(
                table.code,
                item.code,
                said.get("times", {}).get(item.code, 1),
                said.get("figures", {}).get(item.code, len(part.columns)),
            )
            for table in template.tables
            for part in table.parts
            for item in part.items
            if item.code not in missing
        ),
        copies={table.code: copies for table in template.tables} | said.get("table_copies", {}),
        issues=tuple(Issue(*issue) for issue in said.get("issues", ())),
        facts=tuple(
            Fact(kind, value, "here")
            for kind, value in _facts(said["report_year"], said.get("facts", {}))
        ),
        prose=tuple(_statement(*one) for one in said.get("statements", ())),
    )


def _statement(
    metric: str,
    value: int | None,
    qualifier: str = "exact",
    scope: str | None = None,
    period_kind: str = "annual",
) -> Statement:
    figure = None if value is None else Decimal(value)
    bound = figure if qualifier in ("exact", "more_than", "stated_none") else None
    return Statement(
        metric, figure, bound, "件", qualifier, period_kind, scope, f"{metric}。", "here"
    )


# What a plain report shows beside its cells.
PLAIN = {
    "sections": ["123456"],
    "numeral": list("123456"),
    "paragraphs": ["9"],
    "paragraphs_repeated": ["0"],
}


def _facts(year: int | None, changes: Mapping[str, list[str]] | None) -> list[tuple[str, str]]:
    """None stands for a document in which nothing was looked for."""
    if changes is None:
        return []
    facts = PLAIN | {"year": [str(year)]} | dict(changes)
    return [(kind, value) for kind, values in facts.items() for value in values]


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


STATES = {
    "/": "not_applicable",
    "O": "unreadable",
    "1 00": "ambiguous",
    "--253": "unreadable",
    "absent": "absent",
}


def _cell(table: str, item: str, column: str, figure: Figure) -> Cell:
    place = (table, item, column)
    if figure is None:
        return Cell(*place, None, "blank", "", "here")
    if isinstance(figure, str) and figure in STATES:
        printed = None if figure == "absent" else figure
        return Cell(*place, None, STATES[figure], printed, "here")  # type: ignore[arg-type]
    number = re.match(r"[+-]?[\d.]+", str(figure))  # what follows is a unit or a note
    assert number is not None, figure
    return Cell(*place, Decimal(number[0]), "number", str(figure), "here")


def _page_of_seed(seed: dict[str, Any]) -> dict[str, Any]:
    tables = seed["tables"]
    tables["applications"] = {
        item: dict(zip((c.code for c in form.APPLICANT_TYPES), figures, strict=True))
        for item, figures in tables["applications"].items()
    }
    cells = {
        f"{table}.{item}.{column}": figure
        for table, items in tables.items()
        for item, columns in items.items()
        for column, figure in columns.items()
    }
    return page(
        seed["agency"], seed["report_year"], cells, copies=seed["copies"], name=seed["name"]
    )


class World:
    """Sites with agencies, nights of fetches, and the steps of the build over them."""

    read: Callable[[Document], Report] = staticmethod(read_page)
    # Whether Great Expectations counts every rule again, as it does in a night: seconds, for tests of what it counts.
    counts_twice: bool = False

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.settings = settings_in(folder, **changes)
        self.nights = 0

    @property
    def sites(self) -> tuple[Site, ...]:
        path = self.settings.data / "sites.json"
        listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return tuple(
            Site(name, tuple(Agency(**agency) for agency in agencies), ())
            for name, agencies in listed.items()
        )

    def has_site(self, name: str, *agencies: str, **stated: str) -> None:
        """Let a site publish for agencies of these names; a key is `key-<name>`. `stated` is said of each of them."""
        path = self.settings.data / "sites.json"
        listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        listed[name] = [
            {"key": f"key-{agency}", "name": agency, "region_name": "somewhere", "province": "省"}
            | stated
            for agency in agencies
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")

    def night(self, pages: Mapping[str, dict[str, Any] | None], site: str = "site") -> None:
        """One night finds these pages: address → page, or None for one that has vanished."""
        at = FIRST_NIGHT + timedelta(days=self.nights)
        run = f"{at:%Y-%m-%dT%H-%M-%SZ}-{site}"
        rows = [
            self._fetch(run, site, url, said, at + timedelta(seconds=place))
            for place, (url, said) in enumerate(pages.items())
        ]
        columns = [[getattr(row, name) for row in rows] for name in SCHEMA.names]
        self.settings.fetches.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns, schema=SCHEMA), self.settings.fetches / f"{run}.parquet")
        self.nights += 1

    def _fetch(
        self, run: str, site: str, url: str, said: dict[str, Any] | None, at: datetime
    ) -> Fetch:
        if said is None:
            return Fetch(run, site, url, at, "report", 404, "failed", "gone")
        raw = said.get("body")  # a document as it is, for a reader of its own
        body = (raw or json.dumps(said, ensure_ascii=False, sort_keys=True)).encode()
        sha256 = FolderStore(self.settings.objects).put(body)
        return Fetch(
            run,
            site,
            url,
            at,
            "report",
            200,
            "stored",
            sha256=sha256,
            size=len(body),
            content_type="text/html",
            title=said.get("listed_as"),  # what the list's link to it says
        )

    def collect(self, scope: str = "new") -> list[Path]:
        from disclosure.warehouse.collect import collect

        return collect(self.settings, scope, sites=self.sites)

    def parse(self, batches: list[Path]) -> list[str]:
        from disclosure.warehouse.batches import parse_batch

        return [parse_batch(batch, self.settings, read=self.read) for batch in batches]

    def load(self, scope: str = "new") -> Any:
        from disclosure.warehouse.load import load

        self.parse(self.collect(scope))
        return load(self.settings)

    def judge(self, scope: str = "new") -> Any:
        from disclosure.quality.judge import judge

        return judge(self.settings, scope, self.counts_twice)

    def explain(self) -> Any:
        from disclosure.quality.causes import judge_causes

        return judge_causes(self.settings)

    def publish(self) -> Any:
        from disclosure.warehouse.publish import publish

        return publish(self.settings)

    def build(self, scope: str = "new") -> Any:
        self.load(scope)
        self.judge(scope)
        self.explain()
        return self.publish()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the work file."""
        from disclosure.warehouse.connect import open_work

        with open_work(self.settings) as connection:
            return connection.execute(sql).fetchall()

    def published(self, sql: str) -> list[tuple[Any, ...]]:
        from disclosure.warehouse.query import run_query

        return list(run_query(self.settings.published, sql).rows)

    def mart(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every published table, in an order of its own."""
        tables = self.published(
            "select table_name from information_schema.tables where table_schema = 'mart' order by 1"
        )
        return {
            name: self.published(f"select * from mart.{name} order by all") for (name,) in tables
        }

    def process(self, *steps: str) -> BaseProcess:
        """Start steps of the build in a process of their own: parse, load, judge, explain, publish."""
        process = processes().Process(target=run_steps, args=(self.settings.data, steps))
        process.start()
        return process


def processes() -> Any:
    """Processes that find the libraries imported, so that a test can kill them in the midst of their work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "warehouse.world",
            "disclosure.warehouse.collect",
            "disclosure.warehouse.publish",
            "disclosure.quality.checkpoint",
            "disclosure.quality.outcomes",
            "disclosure.quality.causes",
            "disclosure.quality.tracing",
        ]
    )
    return context


def run_steps(folder: Path, steps: tuple[str, ...]) -> None:
    from disclosure.warehouse.load import load
    from disclosure.warehouse.publish import publish

    world = World(folder)
    for step in steps:
        if step == "parse":
            world.parse(world.collect())
        elif step == "load":
            load(world.settings)
        elif step == "judge":
            world.judge()
        elif step == "explain":
            world.explain()
        elif step == "publish":
            publish(world.settings)
