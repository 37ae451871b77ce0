"""How long a nation's reports take from parsed batches to a publication, and one changed report after them.

    PYTHONPATH=plugins:tests python benchmarks/nation_of_reports.py [agencies] [years]

Seconds are of the clock and of the processors. Beside loading stands a bare COPY of the same Parquet files into tables
without any key, and beside publishing all of it the publication of one changed report, with the copy of the file apart.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from disclosure.warehouse.connect import open_work
from disclosure.warehouse.kept import kept_publications
from disclosure.warehouse.wide import FILES
from warehouse.nation import Nation

FULL_SECONDS, FILE_BYTES, MEMORY_BYTES = 180, 500e6, 2e9
LOAD_RATIO, INCREMENT_RATIO = 1.5, 0.05


def main(agencies: int, years: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="nation-"))
    try:
        nation = Nation(folder, agencies, years)
        nation.has_its_nights()
        print(f"{agencies:,} agencies, {years} years, {nation.batches:,} batches")
        measure(nation)
    finally:
        shutil.rmtree(folder)


def measure(nation: Nation) -> None:
    # First, while the files are cold for both.
    bare = timed("bare COPY of the same Parquet", lambda: copy_bare(nation))
    timed("collect", nation.collect)
    steps: dict[str, float] = {}
    for step in ("load", "judge", "explain", "publish"):
        steps[step] = timed(step, getattr(nation, step))
    size = nation.settings.published.stat().st_size
    print(f"load, judge, publish: {sum(steps.values()):.0f} s with explain (goal {FULL_SECONDS})")
    print(f"load is {steps['load'] / bare:.1f} times the bare COPY (goal {LOAD_RATIO})")
    print(f"published file {size / 1e6:.0f} MB (goal {FILE_BYTES / 1e6:.0f})")
    measure_increment(nation, steps["publish"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory at most {memory / 1e6:.0f} MB (goal {MEMORY_BYTES / 1e6:.0f})")


def measure_increment(nation: Nation, full: float) -> None:
    nation.revises(nation.chance.integers(len(nation.agencies)))
    for step in ("load", "judge", "explain"):
        timed(f"{step}, one report changed", getattr(nation, step))
    summary: list[Any] = []
    took = timed("publish, one report changed", lambda: summary.append(nation.publish()))
    copied = summary[0].seconds["copy"]
    print(
        f"{summary[0].touched} reports made again in {took:.1f} s, {copied:.1f} of them copying:"
        f" {(took - copied) / full:.1%} of a full publication beside the copy (goal {INCREMENT_RATIO:.0%});"
        f" {len(kept_publications(nation.settings.published))} are kept"
    )


def copy_bare(nation: Nation) -> None:
    """Every column of every batch into tables of the same file kind, and nothing else."""
    with open_work(nation.settings) as connection:
        for name in FILES:
            files = f"{nation.settings.batches}/*/*/{name}.parquet"
            connection.execute(f"create table {name} as from read_parquet('{files}')")
    nation.settings.warehouse.unlink()


def timed(what: str, step: Callable[[], Any]) -> float:
    with stopwatch() as taken:
        step()
    print(
        f"  {taken['clock']:7.1f} s  {taken['processors']:7.1f} s of processors  {what}", flush=True
    )
    return taken["clock"]


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    clock, processors, taken = time.perf_counter(), time.process_time(), dict[str, float]()
    yield taken
    taken["clock"] = time.perf_counter() - clock
    taken["processors"] = time.process_time() - processors


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or (20_000, 5)))
