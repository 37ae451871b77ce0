"""A night on which far fewer reports could be read than usual is told at once, and a quiet night is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from disclosure.alerts.fall import Fall, find_fall, write_fall
from disclosure.settings import Settings, load_settings

FILES = ("raw/nights", "raw/fetches", "staging/documents")
READ, UNREAD = "report", "login page"


class Ledger:
    """A work file with looks at addresses, night after night."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load_settings({"DISCLOSURE_DATA": str(folder)})
        self.night = datetime(2026, 1, 1, 18)
        self.settings.work.mkdir(parents=True)
        with self.open() as connection:
            for name in FILES:
                connection.execute(f"create schema if not exists {name.split('/')[0]}")
                script = (self.settings.sql / f"{name}.sql").read_text(encoding="utf-8")
                connection.execute(script.partition("delete from")[0])
            connection.execute(
                "insert into staging.documents (document_sha256, parser_version, unread_kind)"
                " values (?, '1', null), (?, '1', 'challenge_page')",
                [READ, UNREAD],
            )

    def open(self):
        return duckdb.connect(self.settings.warehouse)

    def pass_night(self, *looks: tuple[range, str, str | None]) -> None:
        """Each look: numbers of addresses, an outcome, and the document that came."""
        run = f"{self.night:%Y-%m-%d}"
        with self.open() as connection:
            connection.execute("insert into raw.nights values (?, 0)", [run])
            for numbers, outcome, document in looks:
                rows = [
                    (run, f"site-{n % 3}", f"{n}", self.night, outcome, document) for n in numbers
                ]
                connection.executemany(
                    "insert into raw.fetches (run, site, url, fetched_at, taken_for, outcome, sha256)"
                    " values (?, ?, ?, ?, 'report', ?, ?)",
                    rows,
                )
        self.night += timedelta(days=1)

    def fall(self) -> tuple[int, int] | None:
        fall = find_fall(self.settings)
        return fall and (fall.read, fall.usual)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path)
    ledger.pass_night((range(20), "stored", READ), (range(20, 30), "stored", UNREAD))
    return ledger


def test_the_first_night_has_no_usual(ledger):
    assert ledger.fall() is None


def test_a_night_that_brings_less_than_half_of_the_usual_is_a_fall(ledger):
    ledger.pass_night((range(9), "unchanged", READ), (range(9, 20), "failed", READ))
    assert ledger.fall() == (9, 20)


def test_a_night_that_brings_half_is_none(ledger):
    ledger.pass_night((range(10), "unchanged", READ), (range(10, 20), "failed", None))
    assert ledger.fall() is None


def test_a_quiet_night_with_few_looks_is_none(ledger):
    ledger.pass_night((range(6), "unchanged", READ))
    assert ledger.fall() is None


def test_pages_that_come_and_cannot_be_read_any_more_are_a_fall(ledger):
    ledger.pass_night((range(20), "stored", UNREAD))
    assert ledger.fall() == (0, 20)


def test_what_could_not_be_read_before_is_not_missed(ledger):
    ledger.pass_night((range(20, 30), "failed", None))
    assert ledger.fall() is None


def test_a_report_asked_for_at_a_better_address_is_not_lost(ledger):
    ledger.pass_night((range(20), "other_address", None))
    assert ledger.fall() is None


def test_it_is_told_once_for_what_stays_away(ledger):
    ledger.pass_night((range(20), "failed", READ))
    ledger.pass_night((range(20), "failed", READ))
    assert ledger.fall() is None


def test_one_site_of_a_small_night_is_none(ledger):
    ledger.pass_night((range(4), "failed", None))
    assert ledger.fall() is None


def test_without_a_work_file_there_is_none(tmp_path):
    assert find_fall(load_settings({"DISCLOSURE_DATA": str(tmp_path)})) is None


def test_the_mail_says_how_many_where_and_what_to_do():
    settings = load_settings({"ALERT_ENGINEERS": "eng@a.example"})
    message = write_fall(Fall((("shenyang", 15, 2), ("anshan", 5, 5))), settings, "night")
    assert message["Subject"] == "[disclosure] FALL: 7 of 20 usual reports read · night"
    assert message["To"] == "eng@a.example"
    assert "  shenyang: 2 of 15\n" in message.get_content()
    assert "anshan" not in message.get_content()
    assert "look at our own network" in message.get_content()
