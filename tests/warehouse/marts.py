"""The mart of a world without its rules held: what is not about outcomes is tested in a tenth of the time."""

from __future__ import annotations

from pathlib import Path

from disclosure.warehouse.connect import open_new, open_work, transaction
from disclosure.warehouse.scripts import ORDER, create_tables, run_script
from warehouse.world import World

COVERAGE = (
    *("fct_addresses", "dim_years", "dim_sites", "dim_regions", "dim_agencies", "dim_reports"),
    "reports_expected",
)


def build_unjudged(world: World, tables: tuple[str, ...] = ORDER["mart"]) -> Path:
    """Load what the nights found, put these tables where `published` finds them, and return the file's path."""
    world.load()
    settings = world.settings
    settings.published.parent.mkdir(parents=True, exist_ok=True)
    settings.published.unlink(missing_ok=True)
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging", "quality")
    with open_new(settings.published, settings) as connection, transaction(connection):
        for name in tables:
            run_script(connection, settings.sql / "mart" / f"{name}.sql")
    return settings.published
