"""The files of sql/ make their tables and views once, and again when one of them has changed."""

import re
import shutil

import pytest

from disclosure.settings import load_settings
from disclosure.warehouse.connect import open_work, scalar
from disclosure.warehouse.part import REPORT_TABLES, query_of
from disclosure.warehouse.scripts import ORDER, create_tables

LAYERS = ("raw", "staging", "quality")


def has_view(connection, name):
    return bool(
        scalar(connection, "select count(*) from duckdb_views() where view_name = ?", [name])
    )


@pytest.mark.parametrize("changed", ["quality/made_from.sql", "staging/reports.sql"])
def test_views_are_made_again_when_they_or_what_they_rest_on_changed(world, tmp_path, changed):
    sql = shutil.copytree(world.settings.sql, tmp_path / "sql")
    with open_work(world.settings) as connection:
        create_tables(connection, sql, *LAYERS)
        connection.execute("drop view quality.made_from")
        create_tables(connection, sql, *LAYERS)
        assert not has_view(connection, "made_from")
        with (sql / changed).open("a", encoding="utf-8") as script:
            script.write("-- and more\n")
        create_tables(connection, sql, *LAYERS)
        assert has_view(connection, "made_from")


@pytest.mark.parametrize("name", ORDER["mart"])
def test_tables_by_report_and_others_do_not_read_each_other(name):
    query = query_of(load_settings({}).sql / "mart" / f"{name}.sql") or ""
    read = set(re.findall(r"\bmart\.(\w+)", query))
    if name in REPORT_TABLES:
        assert read.issubset(REPORT_TABLES[: REPORT_TABLES.index(name)])
    else:
        assert read.isdisjoint(REPORT_TABLES)
