"""The mart as analysts find it, always whole."""

import pytest

from disclosure.errors import PublishError
from disclosure.warehouse.publish import publish
from disclosure.warehouse.scripts import ORDER
from warehouse.world import page

COLUMNS = {
    "dim_agencies": "agency_key agency_name agency_kind admin_level region_code region_name province prefecture county",
    "dim_reports": "report_id agency_key report_year template source_url document_sha256 format published_on"
    " signed_on first_seen_at fetched_at version cells_read cells_not_read errors_failing warnings_failing",
    "dim_outcomes": "row_code label outcome_group article print_order",
    "dim_rules": "rule title severity basis formula",
    "fct_applications": "report_id row_code natural_person commercial_enterprise research_institution"
    " public_interest_org legal_service_org other_org total",
    "fct_proactive": "report_id item issued repealed in_force decisions amount_10k_cny newly_made newly_disclosed"
    " disclosed_total prior_year_items items_change projects",
    "fct_disputes": "report_id channel upheld corrected other pending total",
    "fct_rule_outcomes": "report_id rule subject lhs rhs status holds_if_blank_is_zero severity shown cause_id",
    "fct_rule_counts": "report_id rule passed failed not_assessable",
    "fct_causes": "cause_id report_id cells printed suggested explanation",
    "fct_cells": "report_id table item column value state printed resolved_by source",
    "fct_revisions": "report_id from_version to_version table item column before after seen_at",
    "fct_prose_metrics": "report_id statement metric value lower_bound unit qualifier period_kind scope sentence source",
    "fct_issues": "report_id document_sha256 source_url kind where_in_document message",
    "fct_unread": "site document_sha256 source_url kind message",
    "fct_addresses": "site url title agency_named year_named first_seen_at came_of_it report_id",
    "dim_years": "report_year template_in_force departments_due_on governments_due_on",
    "dim_sites": "site agency_keys list_state list_state_since lists_read_after years_listed",
    "fct_silences": "site kind url since outcome longest_before",
    "reports_expected": "agency_key report_year status reason due_on filed_on report_id source_url",
    "applications_by_group": "report_id applicant_type granted denied unavailable not_processed other processed_total"
    " disclosure_rate",
    "applications_blank_as_zero": "report_id row_code natural_person total blanks_read_as_zero",
    "carry_over": "report_id report_id_before applicant_type carried_out_before carried_in difference",
    "dim_regions": "region_code region_name full_name region_level province prefecture valid_from valid_to is_current",
    "dim_agency_names": "agency_key agency_name valid_from valid_to is_official reports",
    "unresolved_agencies": "agency_name site agency_key reports regions_possible reason source_url",
    "clean_reports": "report_id agency_key report_year template",
}


def test_an_analyst_finds_the_seeds(five):
    summary = five.build()
    assert summary.is_changed
    assert summary.size == five.settings.published.stat().st_size
    assert summary.rows["fct_cells"] == 1000
    assert five.published(
        """
        select a.agency_name, r.report_year, f.total
        from mart.fct_applications f
        join mart.dim_reports r using (report_id)
        join mart.dim_agencies a using (agency_key)
        where f.row_code = 'received_new'
        order by 1
        """
    ) == [
        ("上海市崇明区医疗保障局", 2023, 1),
        ("武汉市新洲区医疗保障局", 2025, 0),
        ("沈阳市医疗保障局", 2025, 20),
        ("郑州市惠济区医疗保障局", 2024, 0),
        ("鞍山市医疗保障局", 2022, 1),
    ]
    assert five.published(
        "select report_year, errors_failing, warnings_failing from mart.dim_reports order by 2, 3, 1"
    ) == [(2024, 0, 0), (2025, 0, 0), (2025, 0, 0), (2022, 0, 1), (2023, 4, 0)]


def test_tables_and_columns_are_those_that_others_rely_on(world):
    world.build()
    assert set(COLUMNS) == set(ORDER["mart"])
    for table, expected in COLUMNS.items():
        found = {c for (c,) in world.published(COLUMNS_OF.format(table))}
        assert set(expected.split()) <= found, table


COLUMNS_OF = """
select column_name from duckdb_columns() where schema_name = 'mart' and table_name = '{}'
"""


def test_every_table_and_column_has_a_comment(world):
    world.build()
    nothing = "(comment is null or trim(comment) = '')"
    assert world.published(f"select table_name from duckdb_tables() where {nothing}") == []
    columns = world.published(
        f"select table_name, column_name from duckdb_columns() where schema_name = 'mart' and {nothing}"
    )
    assert columns == []


def test_the_columns_of_2019_stay_apart(world):
    world.has_site("site", "甲局")
    cells = {
        "proactive.rules.newly_made": 3,
        "proactive.administrative_fees.prior_year_items": 240,
        "proactive.administrative_fees.items_change": -2,
    }
    world.night({"http://site/1": page("甲局", 2019, cells, template="2019-60")})
    world.build()
    assert world.published(
        "select newly_made, issued, in_force from mart.fct_proactive where item = 'rules'"
    ) == [(3, None, None)]
    assert world.published(
        """
        select prior_year_items, items_change, amount_10k_cny
        from mart.fct_proactive where item = 'administrative_fees'
        """
    ) == [(240, -2, None)]


def test_the_items_of_table_three_stand_in_the_order_of_the_form(world):
    world.build()
    rows = world.published(
        "select row_code, outcome_group from mart.dim_outcomes order by print_order"
    )
    assert len(rows) == 26
    assert rows[:3] == [
        ("received_new", "flow"),
        ("carried_in", "flow"),
        ("granted_full", "granted"),
    ]
    assert [code for code, _ in rows[-4:]] == [
        "other_other",
        "other_undifferentiated",
        "processed_total",
        "carried_out",
    ]


def test_a_second_run_touches_nothing(five):
    five.build()
    before = five.settings.published.stat()
    five.night({})
    summary = five.build()
    after = five.settings.published.stat()
    assert not summary.is_changed
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_rebuilding_from_stored_bytes_gives_the_same(five):
    five.build()
    before = five.mart()
    assert not five.build("all").is_changed
    assert five.mart() == before


def test_a_mart_that_fails_a_check_is_not_published(five):
    five.build()
    before = five.mart()
    five.rows("delete from quality.rule_counts where rule = 'T4-ROW-SUM'")
    with pytest.raises(PublishError, match="counts_of_rows"):
        publish(five.settings)
    assert five.mart() == before
    assert not list(five.settings.published.parent.glob(".*"))


def test_reports_that_were_not_judged_are_not_published(five):
    five.load()
    with pytest.raises(PublishError, match="reports_were_judged"):
        publish(five.settings)
    assert not five.settings.published.exists()


def test_what_a_killed_publisher_left_is_removed(five):
    five.build()
    leftover = five.settings.published.with_name(".building-1.duckdb")
    leftover.write_bytes(b"half")
    publish(five.settings)
    assert not leftover.exists()
