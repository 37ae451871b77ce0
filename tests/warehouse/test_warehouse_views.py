"""The views that analysts ask for: null stays null, every rate has its denominator, templates are told apart."""

import re

import pytest

from warehouse.sample import SUZHOU, TIEXI

GROUPS = """
select granted, denied, unavailable, not_processed, other, processed_total, adds_up, disclosure_rate, template
from mart.applications_by_group
where report_id = '{}' and applicant_type = '{}'
"""


def one(sample, sql):
    [row] = sample.published(sql)
    return row


def test_the_groups_are_sums_of_their_rows(sample):
    assert one(sample, GROUPS.format("320500-bgs-2022", "total")) == (
        38, 8, 12, 2, 0, 60, True, pytest.approx(38 / 60), "2021-30",
    )  # fmt: skip
    assert one(sample, GROUPS.format("320500-bgs-2022", "commercial_enterprise"))[:6] == (
        5, 1, 0, 0, 0, 6,
    )  # fmt: skip


def test_the_single_row_of_2019_is_its_other_outcomes(sample):
    assert one(sample, GROUPS.format("320500-bgs-2020", "total")) == (
        25, 1, 8, 0, 6, 40, True, 0.625, "2019-60",
    )  # fmt: skip


def test_a_group_with_a_blank_is_not_known_and_the_others_are(sample):
    assert one(sample, GROUPS.format("210106-ybj-2024", "total")) == (
        2, 0, 2, 0, None, 4, None, 0.5, "2021-30",
    )  # fmt: skip


def test_where_nothing_was_processed_there_is_no_rate(sample):
    assert one(sample, GROUPS.format("310151-ybj-2023", "total"))[5:8] == (0, True, None)


def test_groups_that_do_not_add_up_to_what_is_printed_say_so(sample):
    assert one(sample, GROUPS.format("210303-ybj-2025", "total"))[5:7] == (0, False)


def test_every_report_has_every_applicant_type_once(sample):
    assert sample.published(
        "select count(*), count(distinct (report_id, applicant_type)) from mart.applications_by_group"
    ) == sample.published("select 7 * count(*), 7 * count(*) from mart.dim_reports")


def test_what_is_carried_in_stands_beside_what_was_carried_out(sample):
    rows = sample.published(
        """
        select report_year, carried_out_before, carried_in, difference
        from mart.carry_over join mart.dim_agencies using (agency_key)
        where applicant_type = 'natural_person' and agency_key = '210100-ybj' order by 1
        """
    )
    assert rows == [(2023, 2, 2, 0), (2024, 3, 1, -2), (2025, 0, 0, 0)]


def test_without_a_report_on_the_year_before_there_is_nothing_to_compare(sample):
    years = sample.published(
        "select report_year from mart.carry_over where agency_key = '320500-bgs' and applicant_type = 'total' order by 1"
    )
    assert years == [(2021,), (2022,), (2025,)], SUZHOU


def test_a_clean_report_fails_no_error_rule_and_leaves_no_sum_open(sample):
    assert sample.published(
        "select report_id from mart.dim_reports anti join mart.clean_reports using (report_id) order by 1"
    ) == [
        ("210100-ybj-2024",),  # carried in is not what was carried out
        ("210106-ybj-2024",),  # a blank: no sum fails, and one could not be worked out
        ("210303-ybj-2025",),  # a total was left 0
    ]


def test_blanks_are_zero_for_those_who_ask_for_it_by_name(sample):
    asked = "select total, natural_person from mart.{} where report_id = '210106-ybj-2024' and row_code = 'other_other'"
    assert one(sample, asked.format("fct_applications")) == (None, 0), TIEXI
    assert one(sample, asked.format("applications_blank_as_zero")) == (0, 0)
    assert sample.published(
        "select sum(blanks_read_as_zero), count(*) from mart.applications_blank_as_zero"
    ) == sample.published("select 1, count(*) from mart.fct_applications")


def test_views_can_be_asked_by_clients_older_than_the_writer(sample):
    """A view is worked out by the client: if() came with DuckDB 2.0, and sums of decimals grew a digit."""
    for name, sql in sample.published(
        "select view_name, sql from duckdb_views() where schema_name = 'mart'"
    ):
        assert not re.search(r'\bif"?\(', sql, re.IGNORECASE), name
    assert sample.published(
        "select data_type from duckdb_columns() where table_name = 'carry_over' and column_name = 'difference'"
    ) == [("DECIMAL(18,6)",)]
