"""What an address showed over time becomes the versions of a report; nothing is overwritten."""

from decimal import Decimal

import pytest

from warehouse.world import page

URL = "http://site/report"
RECEIVED = "applications.received_new.total"


@pytest.fixture
def site(world):
    world.has_site("site", "甲市医疗保障局")
    return world


def said(received, **more):
    return page("甲市医疗保障局", 2024, {RECEIVED: received}, **more)


def versions(world):
    return world.rows(
        """
        select version, is_current, total, strftime(first_seen_at, '%d')
        from staging.report_versions join staging.application_items using (document_sha256)
        where row_code = 'received_new'
        order by version
        """
    )


def test_a_changed_number_is_a_new_version_and_going_back_is_another(site):
    for received in (1, 2, 2, 1):
        site.night({URL: said(received)})
    site.load()
    assert versions(site) == [(1, False, 1, "01"), (2, False, 2, "02"), (3, True, 1, "04")]


def test_nights_loaded_one_by_one_give_the_same_versions(site):
    for received in (1, 2, 2, 1):
        site.night({URL: said(received)})
        site.load()
    assert versions(site) == [(1, False, 1, "01"), (2, False, 2, "02"), (3, True, 1, "04")]


def test_page_furniture_is_no_new_version(site):
    for visits in (17, 18):
        site.night({URL: said(1, furniture=f"{visits} visits")})
    site.load()
    assert versions(site) == [(1, True, 1, "01")]
    assert site.rows("select strftime(fetched_at, '%d') from staging.reports") == [("01",)]


def test_a_title_that_changed_is_the_same_version_read_anew(site):
    for title in ("报告", "年度报告"):
        site.night({URL: said(1, title=title)})
    site.load()
    assert site.rows(
        """
        select version, title, strftime(first_seen_at, '%d'), strftime(fetched_at, '%d')
        from staging.reports join staging.documents using (document_sha256)
        """
    ) == [(1, "年度报告", "01", "02")]


def test_a_page_that_vanished_or_broke_is_no_report_withdrawn(site):
    for shown in (said(1), None, {"unreadable": "challenge_page"}, said(1)):
        site.night({URL: shown})
    site.load()
    assert versions(site) == [(1, True, 1, "01")]


def test_an_address_that_is_reused_for_next_year_shows_two_reports(site):
    site.night({URL: page("甲市医疗保障局", 2023)})
    site.night({URL: page("甲市医疗保障局", 2024)})
    site.load()
    assert site.rows("select report_id, version from staging.reports order by 1") == [
        ("key-甲市医疗保障局-2023", 1),
        ("key-甲市医疗保障局-2024", 1),
    ]


def test_of_two_addresses_the_first_seen_counts_and_a_difference_is_an_issue(site):
    site.night({URL: said(1)})
    site.night({URL: said(1), "http://site/copy": said(1, furniture="copy")})
    site.build()
    assert site.published("select source_url from mart.dim_reports") == [(URL,)]
    assert site.published("select * from mart.fct_issues") == []
    site.night({URL: said(1), "http://site/copy": said(7)})
    site.build()
    assert versions(site) == [(1, True, 1, "01")]
    assert site.published("select report_id, source_url, kind from mart.fct_issues") == [
        ("key-甲市医疗保障局-2024", "http://site/copy", "two_addresses")
    ]


def test_what_changed_between_versions_is_published(site):
    for received in (1, None, 2):
        site.night({URL: said(received)})
    site.build()
    assert site.published(
        """
        select from_version, to_version, "table", item, "column", before, after, before_state, after_state
        from mart.fct_revisions
        order by all
        """
    ) == [
        (1, 2, "applications", "received_new", "total", Decimal(1), None, "number", "blank"),
        (2, 3, "applications", "received_new", "total", None, Decimal(2), "blank", "number"),
    ]
    assert site.published(
        "select version, strftime(first_seen_at, '%d'), strftime(fetched_at, '%d') from mart.dim_reports"
    ) == [(3, "01", "03")]


@pytest.mark.parametrize(
    ("agencies", "printed", "key", "evidence"),
    [
        (["惠济区医疗保障局"], "惠济区医疗保障局", "key-惠济区医疗保障局", "name"),
        (
            ["郑州市惠济区医疗保障局"],
            "惠济区医疗保障局",
            "key-郑州市惠济区医疗保障局",
            "name_ending",
        ),
        (
            ["铁西区医疗保障局", "鞍山市铁西区医疗保障局"],
            "铁西区医疗保障局",
            "key-铁西区医疗保障局",
            "name",
        ),
        # Two agencies of the site end with the name: nobody can say which.
        (
            ["沈阳市铁西区医疗保障局", "鞍山市铁西区医疗保障局"],
            "铁西区医疗保障局",
            "name:铁西区医疗保障局@site",
            "printed",
        ),
        (["郑州市医疗保障局"], "惠济区医疗保障局", "410108-医疗保障局", "unique_name"),
        (["郑州市医疗保障局"], None, "key-郑州市医疗保障局", "site"),
    ],
)
def test_which_agency_a_document_is_of(world, agencies, printed, key, evidence):
    world.has_site("site", *agencies)
    world.night({URL: page(printed, 2024)})
    world.load()
    assert world.rows("select agency_key, agency_evidence, report_id from staging.reports") == [
        (key, evidence, f"{key}-2024")
    ]


def test_an_agency_that_no_site_file_knows_is_published_with_an_issue(site):
    site.night({URL: page("乙局", 2024)})
    site.build()
    assert site.published("select agency_key, agency_name from mart.dim_agencies order by 1") == [
        ("key-甲市医疗保障局", "甲市医疗保障局"),
        ("name:乙局@site", "乙局"),
    ]
    assert site.published("select report_id, kind from mart.fct_issues") == [
        ("name:乙局@site-2024", "agency_unknown")
    ]


@pytest.mark.parametrize(
    ("agency", "year", "kind"),
    [("甲局", None, "year_missing"), (None, 2024, "agency_missing")],
)
def test_without_year_or_agency_there_is_no_report(world, agency, year, kind):
    world.has_site("site", "甲局", "乙局")
    world.night({URL: page(agency, year)})
    world.build()
    assert world.published("select * from mart.dim_reports") == []
    assert world.published("select source_url, kind from mart.fct_unread") == [(URL, kind)]
    assert world.published("select report_id, source_url, kind from mart.fct_issues") == [
        (None, URL, kind)
    ]


def test_what_is_no_report_is_listed_while_an_address_shows_it(site):
    site.night({URL: {"unreadable": "challenge_page"}})
    site.build()
    assert site.published("select source_url, kind, message from mart.fct_unread") == [
        (URL, "challenge_page", "this page is not a report")
    ]
    site.night({URL: said(1)})
    site.build()
    assert site.published("select * from mart.fct_unread") == []


def test_issues_of_a_report_are_published_with_their_place(site):
    site.night({URL: said(1, issues=[["label_unknown", "table 3, row 4", "what is 其它?"]])})
    site.build()
    assert site.published(
        "select report_id, kind, where_in_document, message from mart.fct_issues"
    ) == [("key-甲市医疗保障局-2024", "label_unknown", "table 3, row 4", "what is 其它?")]
