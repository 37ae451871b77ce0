"""Every rule held against every report, with both sides kept: pass, fail or not assessable, and null is never zero."""

from decimal import Decimal

import pytest

from disclosure import form
from quality.judged import Judged
from warehouse.world import World, page


def outcomes(judged, rule, year):
    return judged.outcomes[rule, f"key-甲局-{year}"]


def counts(judged, rule, year):
    return judged.counts[rule, f"key-甲局-{year}"]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """One report for each case below, a year apart, judged together."""
    world = World(tmp_path_factory.mktemp("judged"))
    world.counts_twice = True
    world.has_site("site", "甲局")
    pages = {year: page("甲局", year, case[1]) for year, case in RULES.items()}
    for year, (_, structure, *_) in STRUCTURES.items():
        pages[year] = page("甲局", year, **structure)
    pages[OLD_FORM] = page("甲局", OLD_FORM, CELLS_OF_2019, template="2019-60")
    world.night({f"http://site/{year}": said for year, said in pages.items()})
    world.load()
    world.judge()
    return Judged(world)


def test_the_four_failing_identities_of_the_seeds(five):
    five.load()
    five.judge()
    assert five.rows(
        """
        select agency_name, report_year, rule, subject, lhs, rhs, status, severity
        from quality.rule_outcomes join staging.reports using (report_id)
        where status = 'fail' and severity = 'error'
        order by all
        """
    ) == [
        ("上海市崇明区医疗保障局", 2023, rule, subject, Decimal(1), Decimal(0), "fail", "error")
        for rule in ("T3-BALANCE", "T3-OUTCOME-SUM")
        for subject in ("natural_person", "total")
    ]


def test_what_the_seeds_pass_is_counted(five):
    five.load()
    summary = five.judge()
    passed = dict(
        five.rows("select rule, sum(passed)::integer from quality.rule_counts group by rule")
    )
    expected = {
        "S-COLS": 5 * 26,
        "S-ROWS": 5,
        "S-TABLES": 9,
        "T2-STOCK-FLOW": 10,
        "T3-BALANCE": 33,
        "T3-OUTCOME-SUM": 33,
        "T3-ROW-SUM": 125,
        "T4-ROW-SUM": 15,
        "V-FEE": 5,
        "V-INT": 5 * 199,
    }
    assert {rule: passed[rule] for rule in expected} == expected
    assert summary.judged == 5


EVEN = {"applications.received_new.total": 2, "applications.processed_total.total": 2}

# rule, cells, outcomes that are no pass, (passed, failed, not assessable)
CASES = [
    (
        "T3-BALANCE",
        EVEN,
        [],
        (7, 0, 0),
    ),
    (
        "T3-BALANCE",
        EVEN | {"applications.carried_out.total": 1},
        [("total", 2, 3, "fail", None, "error")],
        (6, 1, 0),
    ),
    (
        "T3-BALANCE",
        EVEN | {"applications.carried_in.total": None},
        [("total", None, 2, "not_assessable", True, "error")],
        (6, 0, 1),
    ),
    (
        "T3-BALANCE",
        EVEN | {"applications.carried_in.total": None, "applications.carried_out.total": 1},
        [("total", None, 3, "not_assessable", False, "error")],
        (6, 0, 1),
    ),
    # Not blanks alone: nobody can say what it would be.
    (
        "T3-BALANCE",
        {"applications.carried_in.total": None, "applications.carried_out.total": "O"},
        [("total", None, None, "not_assessable", None, "error")],
        (6, 0, 1),
    ),
    (
        "T3-BALANCE",
        {"applications.carried_in.total": "/"},
        [("total", None, 0, "not_assessable", None, "error")],
        (6, 0, 1),
    ),
    (
        "T3-OUTCOME-SUM",
        {"applications.granted_full.total": 1, "applications.processed_total.total": 1},
        [],
        (7, 0, 0),
    ),
    (
        "T3-OUTCOME-SUM",
        {"applications.other_other.other_org": 1},
        [("other_org", 1, 0, "fail", None, "error")],
        (6, 1, 0),
    ),
    (
        "T3-OUTCOME-SUM",
        {"applications.granted_full.total": None},
        [("total", None, 0, "not_assessable", True, "error")],
        (6, 0, 1),
    ),
    (
        "T3-ROW-SUM",
        {"applications.granted_full.total": 1, "applications.granted_full.natural_person": 1},
        [],
        (25, 0, 0),
    ),
    (
        "T3-ROW-SUM",
        {"applications.granted_full.natural_person": 1},
        [("granted_full", 1, 0, "fail", None, "error")],
        (24, 1, 0),
    ),
    (
        "T3-ROW-SUM",
        {"applications.granted_full.natural_person": None, "applications.granted_full.total": 1},
        [("granted_full", None, 1, "not_assessable", False, "error")],
        (24, 0, 1),
    ),
    (
        "T4-ROW-SUM",
        {"disputes.reconsideration.upheld": 5, "disputes.reconsideration.total": 5},
        [],
        (3, 0, 0),
    ),
    (
        "T4-ROW-SUM",
        {"disputes.litigation_direct.pending": 1},
        [("litigation_direct", 1, 0, "fail", None, "error")],
        (2, 1, 0),
    ),
    (
        "T4-ROW-SUM",
        {"disputes.litigation_direct.total": None},
        [("litigation_direct", 0, None, "not_assessable", True, "error")],
        (2, 0, 1),
    ),
    (
        "T2-STOCK-FLOW",
        {"proactive.rules.issued": 5, "proactive.rules.repealed": 3, "proactive.rules.in_force": 2},
        [],
        (2, 0, 0),
    ),
    (
        "T2-STOCK-FLOW",
        {"proactive.normative_documents.issued": 5, "proactive.normative_documents.in_force": 4},
        [("normative_documents", 4, 5, "fail", None, "warning")],
        (1, 1, 0),
    ),
    (
        "T2-STOCK-FLOW",
        {"proactive.rules.repealed": None},
        [("rules", 0, None, "not_assessable", True, "warning")],
        (1, 0, 1),
    ),
    ("V-INT", {}, [], (199, 0, 0)),
    (
        "V-INT",
        {"applications.received_new.total": "-3", "proactive.rules.in_force": "1.5"},
        [
            ("applications.received_new.total", -3, None, "fail", None, "error"),
            ("proactive.rules.in_force", 1.5, None, "fail", None, "error"),
        ],
        (197, 2, 0),
    ),
    ("V-INT", {"applications.received_new.total": None}, [], (198, 0, 0)),
    ("V-FEE", {"proactive.administrative_fees.amount_10k_cny": "0.35"}, [], (1, 0, 0)),
    (
        "V-FEE",
        {"proactive.administrative_fees.amount_10k_cny": "-0.35"},
        [("proactive.administrative_fees.amount_10k_cny", -0.35, 0, "fail", None, "error")],
        (0, 1, 0),
    ),
    ("V-FEE", {"proactive.administrative_fees.amount_10k_cny": None}, [], (0, 0, 0)),
]


RULES = dict(enumerate(CASES, start=2000))


@pytest.mark.parametrize("year", RULES)
def test_a_rule_holds_fails_or_cannot_be_assessed(judged, year):
    rule, _, expected, counted = RULES[year]
    assert outcomes(judged, rule, year) == expected
    assert counts(judged, rule, year) == counted


STRUCTURE_CASES = [
    ("S-ROWS", {}, [], (1, 0, 0)),
    (
        "S-ROWS",
        {"missing_rows": ["granted_full"]},
        [("applications", 24, 25, "fail", None, "error")],
        (0, 1, 0),
    ),
    (
        "S-ROWS",
        {"times": {"granted_full": 2}},
        [("applications", 24, 25, "fail", None, "error")],
        (0, 1, 0),
    ),
    # That table three is missing is said once, by S-TABLES.
    (
        "S-ROWS",
        {"table_copies": {"applications": 0}},
        [("applications", None, 25, "not_assessable", None, "error")],
        (0, 0, 1),
    ),
    ("S-COLS", {}, [], (26, 0, 0)),
    (
        "S-COLS",
        {"figures": {"granted_full": 6, "reconsideration": 4}},
        [
            ("disputes", 14, 15, "fail", None, "error"),
            ("granted_full", 6, 7, "fail", None, "error"),
        ],
        (24, 2, 0),
    ),
    (
        "S-COLS",
        {"missing_rows": ["granted_full"]},
        [("granted_full", None, 7, "not_assessable", None, "error")],
        (25, 0, 1),
    ),
    ("S-TABLES", {}, [], (2, 0, 0)),
    (
        "S-TABLES",
        {"table_copies": {"disputes": 0}},
        [("tables", 2, 3, "fail", None, "error")],
        (1, 1, 0),
    ),
    ("S-TABLES", {"copies": 2}, [("copies", 2, 1, "fail", None, "warning")], (1, 1, 0)),
    (
        "S-TABLES",
        {"copies": 2, "cells": {"disputes.reconsideration.total": "1 00"}},
        [("copies", 2, 1, "fail", None, "warning"), ("tables", 2, 3, "fail", None, "error")],
        (0, 2, 0),
    ),
]


STRUCTURES = dict(enumerate(STRUCTURE_CASES, start=2100))


@pytest.mark.parametrize("year", STRUCTURES)
def test_the_structure_of_a_report(judged, year):
    rule, _, expected, counted = STRUCTURES[year]
    assert outcomes(judged, rule, year) == expected
    assert counts(judged, rule, year) == counted


OLD_FORM = 1919  # a year of its own among the cases
CELLS_OF_2019 = {
    "applications.other_undifferentiated.total": 2,
    "applications.processed_total.total": 2,
    "proactive.administrative_penalty.items_change": -5,
    "proactive.central_procurement.amount_10k_cny": "160.5964",
}


def test_the_form_of_2019_has_sums_of_its_own(judged):
    def counted(rule):
        return counts(judged, rule, OLD_FORM)

    assert counted("T3-OUTCOME-SUM") == (7, 0, 0)
    assert counted("T3-ROW-SUM") == (21, 2, 0)
    assert counted("S-ROWS") == (1, 0, 0)
    assert counted("S-COLS") == (24, 0, 0)
    whole = [c for c in form.TEMPLATE_2019.cells if c[2] not in ("items_change", "amount_10k_cny")]
    assert counted("V-INT") == (len(whole), 0, 0)
    held = {rule for rule, report in judged.counts if report == f"key-甲局-{OLD_FORM}"}
    assert not {"T2-STOCK-FLOW", "V-FEE"} & held


def errors(world):
    failing = "status = 'fail' and severity = 'error'"
    return world.rows(f"select rule, subject from quality.rule_outcomes where {failing}")


def test_only_what_changed_is_judged(world):
    world.has_site("site", "甲局")
    world.night({f"http://site/{year}": page("甲局", year) for year in (2023, 2024)})
    world.load()
    assert world.judge().judged == 2
    assert world.judge().judged == 0
    wrong = {"applications.received_new.total": 1}
    world.night({"http://site/2024": page("甲局", 2024, wrong)})
    world.load()
    assert world.judge().judged == 2  # the year before is its neighbour
    assert len(errors(world)) == 2
    world.night({"http://site/2024": page("甲局", 2024)})
    world.load()
    world.judge()
    assert errors(world) == []
    assert world.judge("all").judged == 2


def test_a_suite_that_changed_is_held_against_all(world):
    world.has_site("site", "甲局")
    world.night({"http://site/1": page("甲局", 2024)})
    world.load()
    world.judge()
    world.rows("update quality.judged set rules = 'yesterday'")
    assert world.judge().judged == 1


def test_a_report_whose_agency_got_its_name_leaves_no_outcomes_behind(world):
    world.has_site("site", "乙局")
    world.night({"http://site/1": page("甲局", 2024, {"disputes.reconsideration.total": 1})})
    world.load()
    world.judge()
    world.has_site("site", "甲局")
    world.load()
    world.judge()
    assert world.rows("select distinct report_id from quality.rule_outcomes") == [
        ("key-甲局-2024",)
    ]
    assert world.rows("select distinct report_id from quality.rule_counts") == [("key-甲局-2024",)]
