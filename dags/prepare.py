"""Prepare Airflow's database: its tables, and the pool that lets only one task write DuckDB. Done twice is done once."""

from __future__ import annotations

from nightly import WRITER_POOL


def prepare() -> None:
    from airflow.utils.db import initdb

    initdb()  # creates, or migrates what an older version left
    make_pool()


def make_pool() -> None:
    from airflow.models.pool import Pool

    Pool.create_or_update_pool(
        WRITER_POOL,
        slots=1,
        description="The one writer of DuckDB: a second would be locked out.",
        include_deferred=False,
    )


if __name__ == "__main__":
    prepare()
