"""What a night costs in which nothing changed: nothing stored, nothing parsed, no row but the visits.

    PYTHONPATH=plugins:tests python benchmarks/quiet_night.py [hosts] [reports a host]

Processor time is that of this process: the sites are served by another one. Hosts ask for no delay here.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawl.many_sites import ManySites, many_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.collect import collect
from disclosure.warehouse.load import load

FIRST, SECOND = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
ALLOWED_MS = 4.0


def main() -> None:
    hosts, reports = (int(text) for text in (sys.argv[1:] or ("20", "100")))
    with (
        tempfile.TemporaryDirectory() as folder,
        many_sites(Path(folder), hosts, reports) as sites,
    ):
        night(sites, FIRST)
        parse(sites)
        before = objects(sites)
        spent = night(sites, SECOND)
        waiting = collect(sites.settings, "new")
        sources = hosts * reports
        assert objects(sites) == before, "a body was stored"
        assert waiting == [], "a document waits to be parsed"
        asked = [visit for visit in sites.requests() if visit["is_conditional"]]
        assert len(asked) == sources + hosts, f"{len(asked)} conditional requests"
    total = sum(spent.values()) / sources * 1000
    for name, seconds in spent.items():
        print(f"{name:8} {seconds / sources * 1000:5.2f} ms of processor time a source")
    print(
        f"{'together':8} {total:5.2f} ms; {sources:,} sources on {hosts} hosts, at most {ALLOWED_MS:g} are allowed"
    )
    assert total <= ALLOWED_MS


def night(sites: ManySites, run: str) -> dict[str, float]:
    """One night's crawl; the processor seconds of its steps."""
    return {
        "visit": spent(lambda: visit_batch(sites.names, sites.settings, run)),
        "record": spent(lambda: record_night(sites.settings.fetches, run)),
    }


def parse(sites: ManySites) -> None:
    for batch in collect(sites.settings, "new"):
        parse_batch(batch, sites.settings)
    load(sites.settings)


def objects(sites: ManySites) -> set[str]:
    return {path.name for path in sites.settings.objects.rglob("*.gz")}


def spent(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
