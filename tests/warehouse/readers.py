"""Readers that look at what is published again and again while a publisher works, and is killed now and then."""

from __future__ import annotations

import random
import time
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from disclosure.errors import QueryError
from disclosure.warehouse.publish import publish
from disclosure.warehouse.query import run_query
from warehouse.quick import QuickWorld, said
from warehouse.world import processes

TOTALS = """
select
    (select count(*) from mart.dim_reports),
    (select count(*) from mart.fct_cells) / 200,
    (select count(distinct report_id) from mart.fct_rule_counts),
    (select row_count from publication.tables where table_name = 'dim_reports')
"""


def look(published: Path, stop: Any, told: Any) -> None:
    """Each look must show a whole publication; says how many there were, or what was wrong with one."""
    looks = 0
    # Whoever is left without the test that started it must not look on for ever.
    while not stop.is_set() and parent_process().is_alive():
        try:
            (tables,) = run_query(published, TOTALS).rows
            files = look_at_parquet(published.parent / "parquet")
        except (QueryError, OSError) as error:
            told.put(repr(error))
            return
        # Each by itself is one publication; between the two looks another may have been shown.
        if len(set(tables)) != 1 or len(set(files)) != 1:
            told.put(f"torn: {tables} {files}")
            return
        looks += 1
    told.put(looks)


def look_at_parquet(link: Path) -> tuple[float, ...]:
    import pyarrow.parquet as pq

    folder = link.resolve()  # from here on it is one publication, whatever the link leads to
    reports, cells = (
        sum(pq.read_metadata(path).num_rows for path in (folder / table).iterdir())
        for table in ("dim_reports", "fct_cells")
    )
    return reports, cells / 200


def publish_among_readers(
    world: QuickWorld, readers: int, publications: int, kills: int, seed: int = 1
) -> tuple[list[Any], list[int]]:
    """What the readers told, and how the publishers ended that were to be killed."""
    chance, context = random.Random(seed), processes()
    killed = set(chance.sample(range(publications), kills))
    world.has_site("site", "甲局")
    world.night({"http://site/1900": said("甲局", 1900, 2)})
    world.build()
    stop, told = context.Event(), context.Queue()
    watching = [
        context.Process(target=look, args=(world.settings.published, stop, told), daemon=True)
        for _ in range(readers)
    ]
    for reader in watching:
        reader.start()
    ends = []
    for number in range(publications):
        world.night({f"http://site/{1901 + number}": said("甲局", 1901 + number, 2)})
        world.load()
        world.judge()
        if number in killed:
            publisher = context.Process(target=publish, args=(world.settings,))
            publisher.start()
            time.sleep(chance.uniform(0.05, 1.5))
            publisher.kill()
            publisher.join()
            ends.append(publisher.exitcode)
        publish(world.settings)
    stop.set()
    said_by_readers = [told.get(timeout=120) for _ in watching]
    for reader in watching:
        reader.join()
    return said_by_readers, ends
