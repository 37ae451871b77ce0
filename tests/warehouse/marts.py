"""The mart of a world without its rules held: what is not about outcomes is tested in a tenth of the time."""

from __future__ import annotations

from pathlib import Path

from disclosure.warehouse.connect import open_new, open_work, transaction
from disclosure.warehouse.scripts import build_tables, create_tables
from warehouse.world import World


def build_unjudged(world: World) -> Path:
    """Load what the nights found, put the mart where `published` finds it, and return its path."""
    world.load()
    settings = world.settings
    settings.published.parent.mkdir(parents=True, exist_ok=True)
    settings.published.unlink(missing_ok=True)
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging", "quality")
    with open_new(settings.published, settings) as connection, transaction(connection):
        build_tables(connection, settings.sql, "mart")
    return settings.published
