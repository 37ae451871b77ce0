"""How near a night comes to the bound that politeness sets, by the sites' own log.

    PYTHONPATH=plugins:tests python benchmarks/politeness.py [hosts] [reports a host] [delay in seconds]

A host is asked for robots.txt, its list and its reports, one after another, with its delay between them: that is the
bound, for hosts are visited side by side.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from crawl.many_sites import many_sites
from disclosure.crawl.visit import visit_batch

RUN = "2026-11-22T02-00-00Z"
ALLOWED = 1.1


def main() -> None:
    hosts, reports, delay = (float(text) for text in (sys.argv[1:] or ("20", "10", "1")))
    with (
        tempfile.TemporaryDirectory() as folder,
        many_sites(Path(folder), int(hosts), int(reports), delay) as sites,
    ):
        visit_batch([], sites.settings, RUN)
        began = time.monotonic()
        visit_batch(sites.names, sites.settings, RUN)
        took, visits = time.monotonic() - began, sites.requests()
    shortest = min(min(gaps(visits, name)) for name in sites.names)
    bound = (reports + 1) * delay
    assert len(visits) == hosts * (reports + 2), f"{len(visits)} requests"
    print(
        f"{len(visits)} requests to {hosts:g} hosts in {took:.2f} s: {took / bound:.3f} of the bound of {bound:g} s, "
        f"at most {ALLOWED:g} is allowed"
    )
    print(
        f"shortest gap between two requests to a host: {shortest:.4f} s, the delay is {delay:g} s"
    )
    assert shortest >= delay
    assert took <= ALLOWED * bound


def gaps(visits: list[dict[str, Any]], site: str) -> list[float]:
    """Seconds from the end of one request to the beginning of the next; below 0 where two were at once."""
    asked = [visit for visit in visits if visit["site"] == site]
    return [later["started"] - earlier["ended"] for earlier, later in itertools.pairwise(asked)]


if __name__ == "__main__":
    main()
