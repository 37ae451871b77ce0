"""The suites say what the form says."""

import pytest

from disclosure import form
from disclosure.quality.entries import read_entries, rules_of
from disclosure.settings import load_settings
from disclosure.warehouse.scripts import ORDER


@pytest.fixture(scope="module")
def suites():
    return read_entries(load_settings({}).expectations)


def entries(suites, rule):
    return [entry for entry in suites if entry.rule == rule]


def test_every_suite_stands_on_a_view_of_quality(suites):
    assert {entry.view for entry in suites} <= set(ORDER["quality"])


def test_the_sum_of_outcomes_has_every_outcome_of_its_template(suites):
    for template in form.TEMPLATES.values():
        (entry,) = [e for e in entries(suites, "T3-OUTCOME-SUM") if template.id in e.applies_to]
        flows = ("received_new", "carried_in", "processed_total", "carried_out")
        items = [item.code for part in template.applications.parts for item in part.items]
        assert entry.left.split(" + ") == [item for item in items if item not in flows]
        assert entry.right == "processed_total"


def test_the_row_sums_have_every_column(suites):
    (entry,) = entries(suites, "T3-ROW-SUM")
    assert entry.left.split(" + ") == [column.code for column in form.APPLICANT_TYPES[:-1]]
    (entry,) = entries(suites, "T4-ROW-SUM")
    columns = [column.code for column in form.DISPUTES.parts[0].columns]
    assert [*entry.left.split(" + "), entry.right] == columns


def test_a_rule_is_told_in_both_languages(suites):
    for rule in rules_of(suites):
        assert rule.title == f"{rule.title_zh} · {rule.title_en}"
        assert rule.basis and rule.formula and rule.templates
