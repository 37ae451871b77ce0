"""A failure that somebody has looked at is silent while its numbers are those, and comes back when they are not."""

import pytest
from generated_mart import CHONGMING, Mart, Outcome
from test_digest import nights, text_of

from disclosure.alerts import digest
from disclosure.quality.acknowledged import load_acknowledged

__all__ = ["nights"]

ENTRY = """\
- report: {report}
  rule: {rule}
  subject: {subject}
  lhs: 1
  rhs: 0
  status: reported
  reason: written to the office
  date: 2026-02-03
"""
ALL = "".join(
    ENTRY.format(report=one.report_id, rule=one.rule, subject=one.subject)
    for one in CHONGMING.outcomes
)


@pytest.fixture
def acknowledge(tmp_path, monkeypatch):
    path = tmp_path / "acknowledged.yaml"
    monkeypatch.setattr(digest, "load_acknowledged", lambda _: load_acknowledged(path))
    return lambda text: path.write_text(text, encoding="utf-8")


def test_acknowledged_before_it_was_ever_told_it_is_counted_and_not_told(nights, acknowledge):
    acknowledge(ALL)
    message = nights.pass_over(CHONGMING)
    assert "all is well" in message["Subject"]
    assert nights.pass_over(CHONGMING) is None


def test_the_others_are_told_with_the_number_of_those_that_are_silent(nights, acknowledge):
    acknowledge(ENTRY.format(report="chongming-2023", rule="T3-BALANCE", subject="total"))
    message = nights.pass_over(CHONGMING)
    assert "3 new failures" in message["Subject"]
    assert "       1  acknowledged" in text_of(message)


def test_other_numbers_bring_it_back_and_name_the_entry(nights, acknowledge):
    acknowledge(ALL)
    nights.pass_over(CHONGMING)
    moved = Outcome("T3-BALANCE", "total", 2, 0)
    others = [
        one for one in CHONGMING.outcomes if (one.rule, one.subject) != ("T3-BALANCE", "total")
    ]
    mart = CHONGMING.with_outcomes(moved, *others)
    message = nights.pass_over(mart)
    assert "1 changed" in message["Subject"]
    text = text_of(message)
    assert "(before: 1 ≠ 0)" in text
    assert "acknowledged.yaml:9: acknowledged 1 ≠ 0; it is 2 ≠ 0 now" in text
    assert nights.pass_over(mart) is None


@pytest.mark.parametrize(
    ("mart", "words"),
    [
        (CHONGMING.with_outcomes(), "it holds now, take the entry out"),
        (
            CHONGMING.with_outcomes(Outcome("T3-BALANCE", "total", None, 0, "not_assessable")),
            "a number is missing now, take the entry out",
        ),
        (Mart(reports=("another-2023",)), "no such report or rule: take the entry out"),
    ],
)
def test_an_entry_without_its_failure_is_told_once_with_its_line(nights, acknowledge, mart, words):
    nights.pass_over(CHONGMING)
    acknowledge(ENTRY.format(report="chongming-2023", rule="T3-BALANCE", subject="total"))
    message = nights.pass_over(mart)
    assert "1 out of date in acknowledged.yaml" in message["Subject"]
    assert "acknowledged.yaml:1: " in text_of(message)
    assert words in text_of(message)
    assert nights.pass_over(mart) is None


def test_a_repair_is_told_although_the_failure_was_silent(nights, acknowledge):
    acknowledge(ALL)
    nights.pass_over(CHONGMING)
    message = nights.pass_over(CHONGMING.with_outcomes())
    assert "4 resolved, 4 out of date in acknowledged.yaml" in message["Subject"]


def test_an_entry_that_is_taken_out_brings_back_what_nobody_was_told(nights, acknowledge):
    acknowledge(ALL)
    nights.pass_over(CHONGMING)
    acknowledge("")
    assert "4 new failures" in nights.pass_over(CHONGMING)["Subject"]
    assert nights.pass_over(CHONGMING) is None


def test_an_entry_that_is_taken_out_tells_nothing_again(nights, acknowledge):
    nights.pass_over(CHONGMING)
    acknowledge(ALL)
    assert nights.pass_over(CHONGMING) is None
    acknowledge("")
    assert nights.pass_over(CHONGMING) is None


def test_entries_out_of_date_are_counted_while_they_stand(nights, acknowledge):
    acknowledge(ENTRY.format(report="another-2023", rule="T3-BALANCE", subject="total"))
    nights.pass_over(Mart())
    later = text_of(nights.pass_over(CHONGMING))
    assert "       1  entries of expectations/acknowledged.yaml out of date" in later
