"""How a failure's numbers are printed, whatever way its rule's formula is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.alerts.findings import Failure
from disclosure.alerts.sides import numbers_of

APPLICATIONS = {
    "received_new": 1,
    "carried_in": 0,
    "granted_full": 0,
    "unavailable_requires_creation": 1,
    "processed_total": 0,
    "carried_out": 0,
}
CELLS = {
    **{
        ("applications", item, "natural_person"): (Decimal(value), str(value))
        for item, value in APPLICATIONS.items()
    },
    ("disputes", "reconsideration", "upheld"): (Decimal(2), "2"),
    ("disputes", "reconsideration", "total"): (Decimal(5), "5"),
    ("proactive", "rules", "in_force"): (Decimal(1), "1"),
    ("proactive", "rules", "issued"): (Decimal(3), "3"),
    ("proactive", "rules", "repealed"): (None, ""),
    ("proactive", "administrative_fees", "amount_10k_cny"): (Decimal("-25.1"), "-25.1"),
}


def failure(formula: str, subject: str, lhs: str | None, rhs: str | None) -> Failure:
    sides = (Decimal(side) if side else None for side in (lhs, rhs))
    return Failure("r", "机关", 2023, "", "RULE", "", formula, "error", subject, *sides)


@pytest.mark.parametrize(
    ("formula", "subject", "lhs", "rhs", "printed"),
    [
        (
            "received_new[c] + carried_in[c] == processed_total[c] + carried_out[c]",
            "natural_person", "1", "0", "1 + 0 ≠ 0 + 0",
        ),
        (
            "(received_new + carried_in) = (processed_total + carried_out)",
            "natural_person", "1", "0", "1 + 0 ≠ 0 + 0",
        ),
        (
            "sum(outcome[r][c] for r in outcomes(template)) == processed_total[c]",
            "natural_person", "1", "0", "0 + 1 ≠ 0",
        ),
        ("(upheld) = (total)", "reconsideration", "2", "5", "2 ≠ 5"),
        ("upheld + corrected == total", "reconsideration", "2", "5", "2 ≠ 5"),  # a cell is missing
        ("in_force >= issued - repealed", "rules", "1", "3", "1 < 3"),  # a cell is blank
        ("amount_10k_cny >= 0", "proactive.administrative_fees.amount_10k_cny", "-25.1", "0", "-25.1 < 0"),
        ("len(values(row)) == 7 for all rows", "applications.carried_out", "6", "7", "6 ≠ 7"),
        ("value is int and value >= 0", "x", "3.5", None, "3.5"),
        ("set(row_codes) is complete", "applications", "11", "25", "11 ≠ 25"),
    ],
)  # fmt: skip
def test_both_sides_as_printed(formula, subject, lhs, rhs, printed):
    assert numbers_of(failure(formula, subject, lhs, rhs), CELLS) == printed
