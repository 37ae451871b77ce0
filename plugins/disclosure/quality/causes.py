"""Traces the failing sums of reports to cells, once for each reading, and keeps what was found in quality.causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from disclosure.quality import tracing
from disclosure.quality.entries import suite_files
from disclosure.quality.identities import TRACED
from disclosure.quality.readings import read_readings
from disclosure.quality.tracing import Reading
from disclosure.records import Cause
from disclosure.settings import Settings
from disclosure.warehouse.connect import Connection, open_work, quoted, scalar, transaction
from disclosure.warehouse.files import digest_of
from disclosure.warehouse.scripts import create_tables

BATCH = 500  # reports; a killed run loses at most one batch
CODE = (
    "identities", "labels", "localise", "moves", "pairs", "programme", "puzzle", "sentences", "suspicion", "tracing",
)  # fmt: skip
RULES = ", ".join(map(quoted, TRACED))


@dataclass(frozen=True, slots=True)
class CausesSummary:
    """How many reports were traced now, and what stands for all reports after it."""

    traced: int
    causes: int
    undecided: int
    reading_suspect: int


def judge_causes(settings: Settings) -> CausesSummary:
    """Trace the failing sums of the reports whose outcomes or reading changed since they were traced.

    Killed anywhere, the batches before stand and the rest follows the next time.
    """
    with open_work(settings) as connection:
        with transaction(connection):
            create_tables(connection, settings.sql, "raw", "staging", "quality")
            waiting = _summon(connection, _digest_of_code(settings.expectations))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            ids = [report_id for report_id, _ in batch]
            causes = _trace(read_readings(connection, ids), settings)
            with transaction(connection):
                _forget(connection, ids)
                _keep(connection, causes)
                connection.executemany("insert into quality.explained values (?, ?)", batch)
        return _summary(connection, len(waiting))


def _trace(readings: list[Reading], settings: Settings) -> list[Cause]:
    """The causes of all readings, in their order. The solver lets other threads work while it does."""
    with ThreadPoolExecutor(settings.writer_threads) as pool:
        found = pool.map(lambda one: list(tracing.trace(one, settings.expectations)), readings)
        return [cause for causes in found for cause in causes]


def _summon(connection: Connection, code: str) -> list[tuple[str, str]]:
    """Reports with failing sums that were not traced as they stand now. Causes of others are forgotten."""
    connection.execute(
        f"""
        create or replace temp table failing as
        select
            outcomes.report_id,
            md5(
                reports.reading || $code || string_agg(
                    concat_ws(' ', outcomes.rule, outcomes.subject, outcomes.lhs, outcomes.rhs), chr(10)
                    order by outcomes.rule, outcomes.subject
                )
            ) as failing
        from quality.rule_outcomes as outcomes
        join staging.reports as reports using (report_id)
        where outcomes.status = 'fail' and outcomes.rule in ({RULES})
        group by outcomes.report_id, reports.reading
        """,
        {"code": code},
    )
    gone = connection.execute(
        "select report_id from quality.explained anti join failing using (report_id, failing)"
    ).fetchall()
    _forget(connection, [report_id for (report_id,) in gone])
    return connection.execute(
        """
        select report_id, failing
        from failing
        anti join quality.explained using (report_id, failing)
        order by report_id
        """
    ).fetchall()


def _digest_of_code(expectations: Path) -> str:
    """Another digest means that every failing report is to be traced anew: the code or the sums have changed."""
    here = Path(__file__).parent
    files = (*(here / f"{name}.py" for name in CODE), *suite_files(expectations))
    return digest_of("".join(path.read_text(encoding="utf-8") for path in files))


def _forget(connection: Connection, report_ids: Iterable[str]) -> None:
    connection.register("forgotten", pa.table({"report_id": pa.array(report_ids, pa.string())}))
    for table in ("causes", "cause_outcomes", "explained"):
        connection.execute(
            f"delete from quality.{table} where report_id in (select report_id from forgotten)"
        )
    connection.unregister("forgotten")


def _keep(connection: Connection, causes: Sequence[Cause]) -> None:
    rows = [
        {
            name: list(value) if isinstance(value := getattr(cause, name), tuple) else value
            for name in CAUSES.names
        }
        for cause in causes
    ]
    _insert(connection, "causes", rows, CAUSES)
    _insert(connection, "cause_outcomes", _outcomes(causes), CAUSE_OUTCOMES)


def _outcomes(causes: Iterable[Cause]) -> Iterator[dict[str, Any]]:
    for cause in causes:
        for rule, subject in cause.outcomes:
            yield {
                "report_id": cause.report_id,
                "rule": rule,
                "subject": subject,
                "cause_id": cause.cause_id,
            }


def _insert(
    connection: Connection, table: str, rows: Iterable[dict[str, Any]], schema: pa.Schema
) -> None:
    connection.register("found", pa.Table.from_pylist(list(rows), schema=schema))
    connection.execute(f"insert into quality.{table} by name select * from found")
    connection.unregister("found")


_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
CAUSES = pa.schema(
    {
        "cause_id": _TEXT,
        "report_id": _TEXT,
        "kind": _TEXT,
        "cells": _TEXTS,
        "printed": _TEXTS,
        "suggested": _TEXTS,
        "explanation": _TEXT,
        "explanation_zh": _TEXT,
        "is_reading_suspect": pa.bool_(),
    }.items()
)
CAUSE_OUTCOMES = pa.schema(
    {"report_id": _TEXT, "rule": _TEXT, "subject": _TEXT, "cause_id": _TEXT}.items()
)


def _summary(connection: Connection, traced: int) -> CausesSummary:
    def count(condition: str) -> int:
        return int(scalar(connection, f"select count(*) from quality.causes where {condition}"))

    return CausesSummary(
        traced=traced,
        causes=count("true"),
        undecided=count("kind in ('undecided', 'unexplained')"),
        reading_suspect=count("is_reading_suspect"),
    )
