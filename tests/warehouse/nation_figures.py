"""Made-up figures for a nation of reports: sums that hold, years that follow from one another, and a known share of faults.

All agencies of a year at once, as arrays of one row a report and one column a cell of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from disclosure import form

MICRO = 10**6  # figures are whole numbers of millionths, as DECIMAL(18, 6) keeps them
STATES = ("number", "blank", "not_applicable", "unreadable", "ambiguous", "absent")
NUMBER, BLANK, NOT_APPLICABLE, UNREADABLE, AMBIGUOUS, ABSENT = range(len(STATES))
TYPES = [column.code for column in form.APPLICANT_TYPES]
FAULTY, BLANK_FOR_ZERO, NO_RULES, ODD_CELL = 0.05, 0.03, 0.3, 0.01  # shares, assumed


@dataclass
class Year:
    """What the agencies report for one year. `values` are millionths; they count where `states` is NUMBER."""

    year: int
    template: form.Template
    values: np.ndarray
    states: np.ndarray

    def column(self, table: str, item: str, column: str) -> int:
        return self.template.cells.index((table, item, column))

    def put(self, table: str, item: str, columns: Sequence[str], figures: np.ndarray) -> None:
        places = [self.column(table, item, column) for column in columns]
        self.values[:, places] = figures.reshape(len(figures), -1) * MICRO


def make_years(agencies: int, years: Sequence[int], seed: int) -> Iterator[Year]:
    """One after another: what is carried out of a year is carried into the next, and so with documents in force."""
    chance = np.random.default_rng(seed)
    # Most agencies receive few requests or none.
    size = chance.choice([0, 3, 12, 40, 200], agencies, p=[0.35, 0.25, 0.2, 0.15, 0.05])
    carried = np.zeros((agencies, len(TYPES) - 1), int)
    stock = chance.poisson(4, agencies)
    has_rules = chance.random(agencies) > NO_RULES
    for year in years:
        template = form.TEMPLATES["2019-60" if year < 2021 else "2021-30"]
        shape = (agencies, len(template.cells))
        made = Year(year, template, np.zeros(shape, np.int64), np.zeros(shape, np.uint8))
        carried = _applications(made, size, carried, chance)
        _disputes(made, size, chance)
        stock = _proactive(made, stock, has_rules, chance)
        _add_faults(made, chance)
        _hide(made, chance)
        yield made


def _applications(
    made: Year, size: np.ndarray, carried_in: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Fill table three; returns what is carried out, by type."""
    items = [item.code for part in made.template.applications.parts for item in part.items]
    outcomes = [item for item in items if item not in FLOWS]
    is_met = chance.random((len(size), len(outcomes), 6)) < np.array([0.3, *[0.05] * 5])
    handled = is_met * chance.integers(0, size[:, None, None] + 1, is_met.shape)
    # Whatever was carried in is handled or carried on.
    handled[:, 0] += np.maximum(carried_in - handled.sum(axis=1), 0)
    total = handled.sum(axis=1)
    carried_out = chance.integers(0, 3, total.shape) * (total > 0)
    rows = {item: handled[:, place] for place, item in enumerate(outcomes)}
    rows |= {"processed_total": total, "carried_out": carried_out, "carried_in": carried_in}
    rows["received_new"] = total + carried_out - carried_in
    for item, figures in rows.items():
        summed = np.column_stack([figures, figures.sum(axis=1)])
        made.put("applications", item, TYPES, summed)
    return carried_out


FLOWS = ("received_new", "carried_in", "processed_total", "carried_out")


def _disputes(made: Year, size: np.ndarray, chance: np.random.Generator) -> None:
    for channel in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        results = chance.poisson(0.02 * size[:, None], (len(size), 4))
        summed = np.column_stack([results, results.sum(axis=1)])
        made.put("disputes", channel, ("upheld", "corrected", "other", "pending", "total"), summed)


def _proactive(
    made: Year, stock: np.ndarray, has_rules: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Fill table two; returns the documents in force at the end of the year."""
    issued = chance.poisson(1, len(stock))
    repealed = np.minimum(chance.poisson(1, len(stock)), stock + issued)
    stock = stock + issued - repealed
    for place, (table, item, column) in enumerate(made.template.cells):
        if table == "proactive":
            made.values[:, place] = chance.poisson(20, len(stock)) * MICRO * (item != "rules")
        if column == "amount_10k_cny":
            made.values[:, place] = chance.integers(0, 10**7, len(stock)) * (MICRO // 10**4)
        if item == "rules":
            made.states[:, place] = np.where(has_rules, NUMBER, NOT_APPLICABLE)
    if made.template.id == "2021-30":
        figures = np.column_stack([issued, repealed, stock])
        made.put("proactive", "normative_documents", ("issued", "repealed", "in_force"), figures)
    return stock


def _add_faults(made: Year, chance: np.random.Generator) -> None:
    for report in np.flatnonzero(chance.random(len(made.values)) < FAULTY):
        spoil(made.values[report], made, chance)


def spoil(figures: np.ndarray, made: Year, chance: np.random.Generator) -> None:
    """One mistake of a clerk in one report: a total left 0 or stale, a figure in the next column, a digit dropped."""
    total = made.column("applications", "processed_total", str(chance.choice([TYPES[0], "total"])))
    other = made.column(
        "applications", str(chance.choice(["received_new", "granted_full"])), TYPES[0]
    )
    match chance.integers(4):
        case 0 if figures[total]:
            figures[total] = 0
        case 1 if figures[other] != figures[other + 1]:
            figures[[other, other + 1]] = figures[[other + 1, other]]
        case 2 if figures[other] >= 10 * MICRO:
            figures[other] = figures[other] // MICRO // 10 * MICRO
        case _:
            figures[total] += chance.integers(1, 9) * MICRO


def _hide(made: Year, chance: np.random.Generator) -> None:
    """Blanks for zeros in some reports, and now and then a cell that cannot be read or is not there."""
    reports = len(made.values)
    leaves_blank = chance.random(reports) < BLANK_FOR_ZERO
    made.states[leaves_blank[:, None] & (made.values == 0) & (made.states == NUMBER)] = BLANK
    for report in np.flatnonzero(chance.random(reports) < ODD_CELL):
        place = chance.integers(made.states.shape[1])
        made.states[report, place] = chance.choice([UNREADABLE, AMBIGUOUS, ABSENT])
