"""When a site counts as silent, told from the looks at its lists: one bad night is no news, a habit is no news either."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

from disclosure.settings import load_settings

BEGIN = datetime(2026, 1, 1, 18)
SQL = load_settings({}).sql
FILES = ("raw/fetches", "raw/sites", "quality/visits", "quality/silences")
OK, BAD, NONE = "stored", "failed", "no_reports"


@pytest.fixture
def ledger():
    with duckdb.connect(":memory:") as connection:
        for name in FILES:
            connection.execute(f"create schema if not exists {name.split('/')[0]}")
            connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute("insert into raw.sites values ('office', true, '')")
        yield connection


def look(connection: Any, days_and_outcomes: dict[int, str], url: str = "list.html") -> None:
    for day, outcome in days_and_outcomes.items():
        moment = BEGIN + timedelta(days=day)
        connection.execute(
            "insert into raw.fetches by name select ? as run, 'office' as site, ? as url,"
            " ? as fetched_at, 'list' as taken_for, ? as outcome, '' as reason",
            [f"{moment:%Y-%m-%d}", url, moment, outcome],
        )


def silences(connection: Any) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select kind, (since - ?::timestamp), outcome, longest_before from quality.silences",
        [BEGIN],
    ).fetchall()


@pytest.mark.parametrize(
    ("looks", "since", "longest_before"),
    [
        ({0: OK, 1: BAD, 2: BAD, 3: BAD}, None, None),  # two days
        ({0: OK, 1: BAD, 2: BAD, 3: BAD, 4: BAD}, 1, 0),
        ({0: BAD, 1: BAD, 2: BAD, 3: BAD}, 0, 0),  # never answered at all
        ({0: OK, 7: BAD, 14: BAD}, 7, 0),  # out of season lists are read once a week
        ({0: OK, 1: BAD, 8: OK, 9: BAD, 14: BAD}, None, None),  # it was silent for seven days before
        ({0: OK, 1: BAD, 8: OK, 9: BAD, 17: BAD}, 9, 7),
        ({0: OK, 1: BAD, 60: OK, 61: BAD, 75: BAD}, 61, 59),  # after two weeks no habit excuses it
        ({0: OK, 1: BAD, 2: BAD, 3: BAD, 4: BAD, 5: OK}, None, None),
    ],
)  # fmt: skip
def test_a_site_is_silent_when_its_lists_did_not_come_for_longer_than_ever(
    ledger, looks, since, longest_before
):
    look(ledger, looks)
    found = [("silent", timedelta(days=since), BAD, longest_before)] if since is not None else []
    assert silences(ledger) == found


def test_a_list_without_a_report_is_told_from_the_first_look(ledger):
    look(ledger, {0: OK, 1: NONE, 2: NONE})
    look(ledger, {0: NONE, 1: OK}, url="other.html")
    assert silences(ledger) == [("no_reports", timedelta(days=1), NONE, None)]


def test_a_site_that_no_file_describes_any_more_is_not_missed(ledger):
    ledger.execute("delete from raw.sites")
    look(ledger, {0: BAD, 9: BAD})
    assert silences(ledger) == []
