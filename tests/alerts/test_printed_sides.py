"""How a failure's numbers are shown: the cells of a sum as printed, and in words what a rule wants where it wants something else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from disclosure.alerts.findings import Failure
from disclosure.alerts.sides import numbers_of
from disclosure.alerts.words import label_subject
from disclosure.form import TEMPLATES
from disclosure.quality.entries import read_entries
from disclosure.settings import load_settings

PRINTED = {
    ("received_new", "natural_person"): 1,
    ("granted_full", "total"): 4,
    ("denied_state_secret", "total"): 2,
    ("unavailable_requires_creation", "natural_person"): 1,
    ("processed_total", "total"): 9,
    ("carried_out", "natural_person"): 2,
    ("reconsideration", "upheld"): 2,
    ("reconsideration", "total"): 5,
    ("rules", "in_force"): 1,
    ("rules", "issued"): 3,
    ("administrative_fees", "amount_10k_cny"): "-25.1",
}
CELLS = {
    (table, item, column): (Decimal(PRINTED.get((item, column), 0)), "as printed")
    for table, item, column in TEMPLATES["2021-30"].cells
} | {("proactive", "rules", "repealed"): (None, "")}


def failure(
    rule: str, subject: str, lhs: str | None, rhs: str | None, formula: str = ""
) -> Failure:
    sides = (Decimal(side) if side else None for side in (lhs, rhs))
    return Failure(
        "r", "机关", 2023, "", rule, "", "", formula, "error", subject, *sides, template="2021-30"
    )


def shown(failure: Failure, language: str = "en", cells=CELLS) -> str:
    return numbers_of(failure, cells, load_settings({}).expectations, language)


@pytest.mark.parametrize(
    ("rule", "subject", "lhs", "rhs", "printed"),
    [
        ("T3-BALANCE", "natural_person", "1", "2", "1 + 0 ≠ 0 + 2"),
        # Of a long sum the cells that are not 0, by the words of the form.
        ("T3-OUTCOME-SUM", "natural_person", "1", "0", "（四）2.没有现成信息需要另行制作 1 ≠ 0"),
        ("T3-OUTCOME-SUM", "total", "6", "9", "6 = （一）予以公开 4 + （三）1.属于国家秘密 2 ≠ 9"),
        ("T3-ROW-SUM", "received_new", "1", "0", "自然人 1 ≠ 0"),
        ("T4-ROW-SUM", "reconsideration", "2", "5", "2 + 0 + 0 + 0 ≠ 5"),
    ],
)  # fmt: skip
def test_a_sum_of_the_form_shows_its_cells(rule, subject, lhs, rhs, printed):
    assert shown(failure(rule, subject, lhs, rhs)) == printed


def test_a_sum_whose_cells_are_not_at_hand_shows_its_sides():
    assert shown(failure("T3-BALANCE", "total", "1", "2"), cells={}) == "1 ≠ 2"


@pytest.mark.parametrize(
    ("rule", "formula", "subject", "lhs", "rhs", "printed"),
    [
        ("T2-STOCK-FLOW", "in_force >= issued - repealed", "rules", "1", "3", "1 < 3"),  # one is blank
        ("V-FEE", "amount_10k_cny >= 0", "administrative_fees", "-25.1", "0", "-25.1 < 0"),
        ("S-COLS", "figures of a row = 7; of table four = 15", "carried_out", "6", "7", "6, should be 7"),
        ("S-DOUBLE-BODY", "paragraphs printed again <= half", "text", "9", "4.5", "9, should be at most 4.5"),
        ("V-BLANK-ROW", "blanks < cells of the row", "granted_full", "7", "7", ""),
        ("V-INT", "value is a whole number and value >= 0", "x", "3.5", None, "3.5"),
        ("S-AGENCY", "the agency is one that a site file names", "agency", "0", "1", "0, should be 1"),
        (
            "F-DEPT", "published_on <= 31 January of the next year", "published",
            "20260213", "20260131", "2026-02-13, should be at most 2026-01-31",
        ),
        ("P-PERIOD", "period_start = 1 January", "period_start", "20250101", "20260101", "2025-01-01, should be 2026-01-01"),
        ("P-CARRIED-IN", "prose.requests_carried_in = carried_in.total", "requests_carried_in", "3", "2", "3, should be 2"),
    ],
)  # fmt: skip
def test_other_rules_say_what_is_there_and_what_should_be(
    rule, formula, subject, lhs, rhs, printed
):
    assert shown(failure(rule, subject, lhs, rhs, formula)) == printed


def test_a_chinese_mail_says_it_in_chinese():
    said = shown(failure("S-COLS", "carried_out", "6", "7", "figures of a row = 7"), "zh")
    assert said == "为 6，应为 7"


ENTRIES = read_entries(load_settings({}).expectations)
NAMED = sorted(
    {entry.subject.strip("'") for entry in ENTRIES if entry.subject.startswith("'")}
    | {entry.shown_by.removeprefix("said ") for entry in ENTRIES if entry.view == "prose"}
)
"""What rules are about where it is the same for every report."""


@pytest.mark.parametrize("subject", NAMED)
def test_what_a_rule_is_about_has_words(subject):
    assert not re.search("[a-z]", label_subject(subject, "zh")), "give it words in alerts/words.py"


def test_the_forms_own_labels_stay_chinese():
    assert label_subject("rules.issued") == "规章 · 本年制发件数"
    assert label_subject("denied_state_secret") == "（三）1.属于国家秘密"
