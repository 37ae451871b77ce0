"""The dictionary: a word on every table and column, and a page that says what the published file says."""

from __future__ import annotations

from disclosure.settings import load_settings
from disclosure.warehouse.dictionary import NAME, dictionary

SQL = load_settings({}).sql
NOTHING = "(comment is null or trim(comment) = '')"


def test_every_table_view_and_column_has_a_comment(sample):
    for listed in ("table_name from duckdb_tables()", "view_name from duckdb_views()"):
        assert sample.published(f"select {listed} where not internal and {NOTHING}") == []
    columns = f"select table_name, column_name from duckdb_columns() where schema_name in ('mart', 'publication') and {NOTHING}"
    assert sample.published(columns) == []


def test_the_page_says_what_the_published_file_says(sample):
    page = (SQL / NAME).read_text(encoding="utf-8")
    assert page == dictionary(sample.settings.published, SQL / "mart"), "run `make dictionary`"
