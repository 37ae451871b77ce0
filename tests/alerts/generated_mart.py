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
    shown: str | None = None


@dataclass(frozen=True)
class Agency:
    """Another agency with one report."""

    key: str
    name: str
    province: str
    site: str
    report_id: str


@dataclass(frozen=True)
class Expected:
    """An agency's year, as mart.reports_expected tells it."""

    agency_key: str
    status: str
    report_year: int = 2025
    due_on: str = "2026-01-31"
    years_listed: tuple[int, ...] = (2022,)


@dataclass(frozen=True)
class Mart:
    agency: str = "上海市崇明区医疗保障局"
    source_url: str = "http://127.0.0.1:8904/chongming/2023.html"
    reports: tuple[str, ...] = ("chongming-2023",)
    others: tuple[Agency, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    checked: tuple[str, ...] = tuple(RULES)
    expected: tuple[Expected, ...] = ()
    silences: tuple[tuple[str, str, str | None, str, str, int | None], ...] = ()
    evidence: str = "name"  # how the agency of the reports was found
    region_code: str | None = "310151"
    unread: tuple[tuple[str, str, str, str], ...] = ()  # address, document, kind, message
    issues: tuple[tuple[str, str, str, str], ...] = ()
    causes: tuple[
        tuple[str, str, list[str], str, str], ...
    ] = ()  # id, report, cells, two sentences

    def with_outcomes(self, *outcomes: Outcome) -> Mart:
        return replace(self, outcomes=outcomes)

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with duckdb.connect(path, config={"threads": 1}) as connection:
            connection.execute(TABLES)
            for table, rows in self._rows().items():
                _insert(connection, table, rows)
        return path

    def _rows(self) -> dict[str, Iterable[tuple[Any, ...]]]:
        sites = {"chongming": "chongming-ybj", **{one.key: one.site for one in self.others}}
        return {
            "dim_agencies": [
                ("chongming", self.agency, "上海市", self.region_code),
                *((one.key, one.name, one.province, "210000") for one in self.others),
            ],
            "dim_reports": [
                (
                    report,
                    "chongming",
                    2023,
                    "2021-30",
                    self.source_url,
                    "chongming-ybj",
                    self.evidence,
                    195,
                    5,
                )
                for report in self.reports
            ]
            + [
                (one.report_id, one.key, 2025, "2021-30", "", one.site, "name", 195, 5)
                for one in self.others
            ],
            "dim_sites": [
                (site, keys)
                for site, keys in {
                    "chongming-ybj": ["chongming"],
                    **{one.site: [one.key] for one in self.others},
                }.items()
            ],
            "fct_silences": self.silences,
            "reports_expected": [
                (
                    *(one.agency_key, one.report_year, one.status, one.due_on),
                    *([sites[one.agency_key]], list(one.years_listed)),
                )
                for one in self.expected
            ],
            "dim_rules": [
                (rule, f"{zh} · {en}", zh, en, "error", formula)
                for rule, (zh, en, formula) in RULES.items()
            ],
            "fct_rule_outcomes": [
                (
                    *(one.report_id, one.rule, one.subject, one.lhs, one.rhs),
                    *(one.status, one.severity, one.cause_id, one.shown),
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
            "fct_unread": [("chongming-ybj", *one) for one in self.unread],
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
    if 0 < len(listed) < 100:  # the few rows of most tests go in faster as words
        values = ", ".join(f"({', '.join(map(_literal, row))})" for row in listed)
        connection.execute(f"insert into mart.{table} values {values}")
    elif listed:
        columns = [pa.array(values) for values in zip(*listed, strict=True)]
        connection.register("rows", pa.table(columns, names=[f"c{i}" for i in range(len(columns))]))
        connection.execute(f"insert into mart.{table} select * from rows")


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


TABLES = """
create schema mart;
create table mart.dim_agencies (agency_key text, agency_name text, province text, region_code text);
create table mart.dim_sites (site text, agency_keys text[]);
create table mart.fct_silences (
    site text, kind text, url text, since timestamp, outcome text, longest_before int
);
create table mart.reports_expected (
    agency_key text, report_year int, status text, due_on date, sites text[], years_listed int[]
);
create table mart.dim_reports (
    report_id text, agency_key text, report_year int, template text, source_url text, site text,
    agency_evidence text, cells_read int, cells_not_read int
);
create table mart.dim_rules (
    rule text, title text, title_zh text, title_en text, severity text, formula text
);
create table mart.fct_rule_outcomes (
    report_id text, rule text, subject text, lhs decimal(18, 6), rhs decimal(18, 6), status text, severity text,
    cause_id text, shown text
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
create table mart.fct_unread (site text, source_url text, document_sha256 text, kind text, message text);
create table mart.fct_issues (report_id text, kind text, where_in_document text, message text);
"""
