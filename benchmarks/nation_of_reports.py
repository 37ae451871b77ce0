"""How long a nation's reports take from parsed batches to a publication, and one changed report after them.

    PYTHONPATH=plugins:tests python benchmarks/nation_of_reports.py [agencies] [years]

Seconds are of the clock and of the processors. Every rule is counted a second time by Great Expectations, as in a night.
Beside loading stands a bare COPY of the same Parquet files into tables without any key, and beside publishing all of it
the publication of one changed report, with the copy of the file apart.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from disclosure.warehouse.connect import open_work
from disclosure.warehouse.kept import kept_publications
from disclosure.warehouse.wide import FILES
from warehouse.nation import Nation
from warehouse.world import World

FULL_SECONDS, FILE_BYTES, MEMORY_BYTES = 180, 500e6, 2e9
LOAD_RATIO, INCREMENT_RATIO = 1.5, 0.05
STEPS = ("load", "judge", "explain", "publish")
Taken = dict[str, float]  # seconds by "clock" and "processors"


def main(agencies: int, years: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="nation-"))
    try:
        # Made by another process: the memory that is measured is that of load, judge, explain and publish alone.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as maker:
            batches = maker.submit(make, folder, agencies, years).result()
            print(f"{agencies:,} agencies, {years} years, {batches:,} batches")
            built = Nation(folder, agencies, 0)
            built.counts_twice = True
            measure(built, lambda: maker.submit(revise).result())
    finally:
        shutil.rmtree(folder)


def make(folder: Path, agencies: int, years: int) -> int:
    global nation
    nation = Nation(folder, agencies, years)
    nation.has_its_nights()
    return nation.batches


def revise() -> None:
    nation.revises(nation.chance.integers(len(nation.agencies)))


nation: Nation
"""Of the process that makes it."""


def measure(built: World, revise: Callable[[], None]) -> None:
    # First, while the files are cold for both.
    bare = timed("bare COPY of the same Parquet", lambda: copy_bare(built))
    timed("collect", built.collect)
    steps = {step: timed(step, getattr(built, step)) for step in STEPS}
    seconds = sum(taken["clock"] for taken in steps.values())
    print(f"load, judge, publish: {seconds:.0f} s with explain (goal {FULL_SECONDS})")
    ratios = " and ".join(f"{steps['load'][one] / bare[one]:.2f} by {one}" for one in bare)
    print(f"load to the bare COPY: {ratios} (goal {LOAD_RATIO})")
    size = built.settings.published.stat().st_size
    print(f"published file {size / 1e6:.0f} MB (goal {FILE_BYTES / 1e6:.0f})")
    revise()
    measure_increment(built, steps["publish"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"memory at most {memory / 1e6:.0f} MB (goal {MEMORY_BYTES / 1e6:.0f})")


def measure_increment(built: World, full: Taken) -> None:
    for step in ("load", "judge", "explain"):
        timed(f"{step}, one report changed", getattr(built, step))
    summary: list[Any] = []
    took = timed("publish, one report changed", lambda: summary.append(built.publish()))
    copied = summary[0].seconds["copy"]
    beside = (took["clock"] - copied) / full["clock"]
    print(
        f"{summary[0].touched} reports made again in {took['clock']:.1f} s, {copied:.1f} of them copying:"
        f" {beside:.1%} of a full publication beside the copy (goal {INCREMENT_RATIO:.0%});"
        f" {len(kept_publications(built.settings.published))} are kept"
    )


def copy_bare(built: World) -> None:
    """Every column of every batch into tables of the same file kind, and nothing else."""
    with open_work(built.settings) as connection:
        for name in FILES:
            files = f"{built.settings.batches}/*/*/{name}.parquet"
            connection.execute(f"create table {name} as from read_parquet('{files}')")
    built.settings.warehouse.unlink()


def timed(what: str, step: Callable[[], Any]) -> Taken:
    with stopwatch() as taken:
        step()
    print(
        f"  {taken['clock']:7.1f} s  {taken['processors']:7.1f} s of processors  {what}", flush=True
    )
    return taken


@contextmanager
def stopwatch() -> Iterator[Taken]:
    clock, processors, taken = time.perf_counter(), time.process_time(), dict[str, float]()
    yield taken
    taken["clock"] = time.perf_counter() - clock
    taken["processors"] = time.process_time() - processors


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or (20_000, 5)))
