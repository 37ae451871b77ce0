"""A published warehouse small enough to read: one report of 崇明 2023 as printed, and whatever a test adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from disclosure.form import TEMPLATES

RULES = {
    "T3-BALANCE": ("一＋二＝三（七）＋四", "New + carried in = total + carried out", ""),
    "T3-OUTCOME-SUM": ("各项结果之和＝（七）总计", "The outcomes add up to the total", ""),
    "V-FEE": ("收费金额不为负", "A fee is not negative", "amount_10k_cny >= 0"),
}


@dataclass(frozen=True)
class Outcome:
    rule: str
    subject: str
    lhs: Any
    rhs: Any
    status: str = "fail"
    severity: str = "error"
    report_id: str = "chongming-2023"
    cause_id: str | None = None


@dataclass(frozen=True)
class Agency:
    """Another agency with one report."""

    key: str
    name: str
    province: str
    site: str
    report_id: str


@dataclass(frozen=True)
class Mart:
    agency: str = "上海市崇明区医疗保障局"
    source_url: str = "http://127.0.0.1:8904/chongming/2023.html"
    reports: tuple[str, ...] = ("chongming-2023",)
    others: tuple[Agency, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    checked: tuple[str, ...] = tuple(RULES)
    unread: tuple[tuple[str, str, str, str], ...] = ()
    issues: tuple[tuple[str, str, str, str], ...] = ()
    causes: tuple[
        tuple[str, str, list[str], str, str], ...
    ] = ()  # id, report, cells, two sentences

    def with_outcomes(self, *outcomes: Outcome) -> Mart:
        return replace(self, outcomes=outcomes)

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with duckdb.connect(path) as connection:
            connection.execute(TABLES)
            for table, rows in self._rows().items():
                _insert(connection, table, rows)
        return path

    def _rows(self) -> dict[str, Iterable[tuple[Any, ...]]]:
        return {
            "dim_agencies": [
                ("chongming", self.agency, "上海市"),
                *((one.key, one.name, one.province) for one in self.others),
            ],
            "dim_reports": [
                (report, "chongming", 2023, "2021-30", self.source_url, "chongming-ybj", 195, 5)
                for report in self.reports
            ]
            + [
                (one.report_id, one.key, 2025, "2021-30", "", one.site, 195, 5)
                for one in self.others
            ],
            "dim_rules": [
                (rule, f"{zh} · {en}", zh, en, "error", formula)
                for rule, (zh, en, formula) in RULES.items()
            ],
            "fct_rule_outcomes": [
                (
                    *(one.report_id, one.rule, one.subject, one.lhs, one.rhs),
                    *(one.status, one.severity, one.cause_id),
                )
                for one in self.outcomes
            ],
            "fct_causes": self.causes,
            "fct_rule_counts": [
                (report, rule, 5, 0, 0)
                for report in (*self.reports, *(one.report_id for one in self.others))
                for rule in self.checked
            ],
            "fct_cells": [(report, *cell) for report in self.reports for cell in CELLS],
            "fct_unread": self.unread,
            "fct_issues": self.issues,
        }


PRINTED = {"received_new": 1, "unavailable_requires_creation": 1}
CELLS = [
    (table, item, column, PRINTED.get(item, 0), str(PRINTED.get(item, 0)))
    for table, item, column in TEMPLATES["2021-30"].cells
    if column in ("natural_person", "total")
]

CHONGMING = Mart().with_outcomes(
    Outcome("T3-BALANCE", "natural_person", 1, 0),
    Outcome("T3-BALANCE", "total", 1, 0),
    Outcome("T3-OUTCOME-SUM", "natural_person", 1, 0),
    Outcome("T3-OUTCOME-SUM", "total", 1, 0),
)


def _insert(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = list(rows)
    if not listed:
        return
    columns = [pa.array(values) for values in zip(*listed, strict=True)]
    connection.register("rows", pa.table(columns, names=[f"c{i}" for i in range(len(columns))]))
    connection.execute(f"insert into mart.{table} select * from rows")


TABLES = """
create schema mart;
create table mart.dim_agencies (agency_key text, agency_name text, province text);
create table mart.dim_reports (
    report_id text, agency_key text, report_year int, template text, source_url text, site text, cells_read int,
    cells_not_read int
);
create table mart.dim_rules (
    rule text, title text, title_zh text, title_en text, severity text, formula text
);
create table mart.fct_rule_outcomes (
    report_id text, rule text, subject text, lhs decimal(18, 6), rhs decimal(18, 6), status text, severity text,
    cause_id text
);
create table mart.fct_causes (
    cause_id text, report_id text, cells text[], explanation text, explanation_zh text
);
create table mart.fct_rule_counts (
    report_id text, rule text, passed int, failed int, not_assessable int
);
create table mart.fct_cells (
    report_id text, "table" text, item text, "column" text, value decimal(18, 6), printed text
);
create table mart.fct_unread (source_url text, document_sha256 text, kind text, message text);
create table mart.fct_issues (report_id text, kind text, where_in_document text, message text);
"""
