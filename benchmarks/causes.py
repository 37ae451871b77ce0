"""How often the cell behind failing sums is found, by kind of fault, and how long a night's causes take.

PYTHONPATH=plugins:tests .venv/bin/python benchmarks/causes.py [reports of each kind]
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyarrow as pa

from disclosure.quality.causes import judge_causes
from disclosure.quality.identities import Key
from disclosure.quality.localise import explain
from disclosure.quality.puzzle import make_puzzles
from disclosure.settings import load_settings
from disclosure.warehouse.connect import Connection, open_work
from disclosure.warehouse.scripts import create_tables
from quality.cause_faults import FAULTS, TEMPLATE, identities, make_report, measure


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(
        f"{'fault':20}{'failing':>9}{'unseen':>8}{'decidable':>11}{'right cell':>12}{'right value':>13}"
        f"{'undecidable':>13}{'among named':>13}{'guessed':>9}{'rightly':>9}"
    )
    for name in FAULTS:
        t = measure(name, reports)
        undecidable = t.reports - t.decidable
        print(
            f"{name:20}{t.reports:9}{t.unseen:8}{t.decidable:11}{_share(t.cell, t.decidable):>12}"
            f"{_share(t.value, t.decidable):>13}{undecidable:13}{_share(t.listed, undecidable):>13}"
            f"{t.claimed:9}{t.claimed_right:9}"
        )
    for faults in (1, 2, 3, 4):
        _time(faults, reports // faults // 4)
    _night(20_000)


def _time(faults: int, reports: int) -> None:
    """Several faults in one report, of any kind."""
    random, seconds, found = Random(faults), [], 0
    for _ in range(reports):
        before = make_report(random)
        values, wrong = dict(before), set()
        for _ in range(faults):
            wrong |= random.choice(list(FAULTS.values()))(values, random)
        began = time.process_time()
        causes = [one for p in make_puzzles(values, identities()) for one in explain(p, TEMPLATE)]
        seconds.append(time.process_time() - began)
        named = {key for one in causes for move in one.moves for key in move.changes}
        found += wrong <= named
    seconds.sort()
    print(
        f"{faults} faults in a report: mean {1e3 * sum(seconds) / reports:.1f} ms, median {1e3 * seconds[reports // 2]:.1f},"
        f" worst {1e3 * seconds[-1]:.0f}; every wrong cell named in {found} of {reports}"
    )


FAULTS_IN_A_REPORT = [1] * 85 + [2] * 10 + [3] * 4 + [4]  # assumed: most failing reports have one


def _night(reports: int) -> None:
    """The step of a night, with its reading and writing, over a work file in which 5 reports in 100 fail."""
    random = Random(1)
    with TemporaryDirectory() as folder:
        settings = replace(load_settings({}), data=Path(folder))
        with open_work(settings) as connection:
            create_tables(connection, settings.sql, "raw", "staging", "quality")
            sound = make_report(random)
            for number in range(reports):
                values = dict(sound)
                while number % 20 == 0 and not make_puzzles(values, identities()):
                    values = make_report(random)
                    for _ in range(random.choice(FAULTS_IN_A_REPORT)):
                        random.choice(list(FAULTS.values()))(values, random)
                _stage(number, values)
            _write(connection)
        began, cpu = time.perf_counter(), time.process_time()
        summary = judge_causes(settings)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"{reports:,} reports, {summary.traced:,} failing: {wall:.1f} s, {cpu:.1f} s of one core;"
        f" {summary.causes:,} causes, {summary.undecided:,} undecided. 200,000: {wall * 200_000 / reports / 60:.1f} min"
    )


STAGED: dict[str, list[tuple[object, ...]]] = {
    "cells": [],
    "documents": [],
    "versions": [],
    "outcomes": [],
}


def _stage(number: int, values: dict[Key, Decimal]) -> None:
    name = f"r{number:06}"
    STAGED["documents"].append((name, TEMPLATE))
    STAGED["versions"].append((name,))
    STAGED["cells"] += [(name, *key, value, f"{value}") for key, value in values.items()]
    for puzzle in make_puzzles(values, identities()):
        STAGED["outcomes"] += [
            (name, puzzle.identities[place].rule, puzzle.identities[place].subject)
            for place in puzzle.failing
        ]


def _write(connection: Connection) -> None:
    for name, rows in STAGED.items():
        columns = [pa.array(values) for values in zip(*rows, strict=True)]
        names = [f"c{place}" for place in range(len(columns))]
        connection.register(name, pa.table(columns, names=names))
    connection.execute(
        """
        insert into staging.documents by name
            select c0 as document_sha256, c1 as template, '' as parser_version from documents;
        insert into staging.report_versions by name
            select c0 as report_id, 1 as version, true as is_current, c0 as agency_key, c0 as agency_name,
                'name' as agency_evidence, 2023 as report_year, 'document' as year_evidence, '' as site, '' as source_url,
                c0 as document_sha256, '' as content, '' as reading, now()::timestamp as first_seen_at,
                now()::timestamp as fetched_at
            from versions;
        insert into staging.cells by name
            select c0 as document_sha256, c1 as "table", c2 as item, c3 as "column", c4 as value,
                'number' as state, c5 as printed, 'here' as source
            from cells;
        insert into quality.rule_outcomes by name
            select c0 as report_id, c1 as rule, c2 as subject, 1 as lhs, 0 as rhs, 'fail' as status,
                'error' as severity
            from outcomes;
        """
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
