"""Nights as the crawl records them: a site's lists, and the links on them with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.ledger import SCHEMA
from disclosure.records import Fetch
from warehouse.world import World

READ = (("stored", ""),)
Link = tuple[str, str]  # address and words


def visit(
    world: World,
    at: datetime,
    found: Mapping[Link, dict[str, Any] | str],
    site: str = "site",
    lists: Iterable[tuple[str, str]] = READ,
) -> None:
    """One night at one site: its list pages ended so (outcome, reason), and its links lead to a page, or to an outcome."""
    run = f"{at:%Y-%m-%dT%H-%M-%SZ}-{site}"
    rows = [
        Fetch(run, site, f"http://{site}/list.html", at, "list", 200, outcome, reason)
        for outcome, reason in lists
    ]
    for place, ((url, words), said) in enumerate(found.items(), start=1):
        when = at + timedelta(seconds=place)
        row = (
            Fetch(run, site, url, when, "report", 200, said)
            if isinstance(said, str)
            else world._fetch(run, site, url, said, when)
        )
        rows.append(replace(row, title=words))
    columns = [[getattr(row, name) for row in rows] for name in SCHEMA.names]
    world.settings.fetches.mkdir(parents=True, exist_ok=True)
    path = world.settings.fetches / f"{run}.parquet"
    pq.write_table(pa.table(columns, schema=SCHEMA), path)
