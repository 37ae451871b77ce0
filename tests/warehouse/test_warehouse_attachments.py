"""A report that is a file on a page: it has both addresses, and the page is not reported as unread."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from disclosure.ledger import recorded_nights
from warehouse.world import World, page

PAGE, FILE, OTHER = "http://site/2024.html", "http://site/2024.docx", "http://site/2024.pdf"
RECEIVED = "applications.received_new.total"
TITLE = "甲市医疗保障局2024年政府信息公开工作年度报告"
PICTURES = {"unreadable": "tables_are_images"}


class Pages(World):
    """Pages that may be attachments (`page`: of which page), and that are listed under a title (`listed_as`)."""

    def _fetch(self, run, site, url, said, at):
        fetch = super()._fetch(run, site, url, said, at)
        of, title = (said or {}).get("page"), (said or {}).get("listed_as")
        return replace(fetch, taken_for="attachment" if of else "report", page=of, title=title)


@pytest.fixture
def site(tmp_path):
    world = Pages(tmp_path / "data")
    world.has_site("site", "甲市医疗保障局", "乙市医疗保障局")
    return world


def a_file(received=1, agency="甲市医疗保障局", year=2024, **more):
    return page(agency, year, {RECEIVED: received}, page=PAGE, **more)


def reports(world):
    return world.published("select report_id, source_url, page_url, version from mart.dim_reports")


def test_a_report_that_is_an_attachment_has_both_addresses(site):
    site.night({PAGE: PICTURES, FILE: a_file()})
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", FILE, PAGE, 1)]


@pytest.mark.parametrize("kind", ["not_a_report", "tables_are_images", "empty"])
def test_a_page_whose_attachment_is_the_report_is_not_unread(site, kind):
    site.night({PAGE: {"unreadable": kind}, FILE: a_file()})
    site.build()
    assert site.published("select * from mart.fct_unread") == []


def test_a_page_without_a_year_whose_attachment_is_the_report_is_not_unread(site):
    site.night({PAGE: page("甲市医疗保障局", None), FILE: a_file()})
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", FILE, PAGE, 1)]
    assert site.published("select * from mart.fct_unread") == []
    assert site.published("select * from mart.fct_issues") == []


@pytest.mark.parametrize("kind", ["challenge_page", "damaged"])
def test_a_page_that_is_in_trouble_is_told_all_the_same(site, kind):
    site.night({PAGE: {"unreadable": kind}, FILE: a_file()})
    site.build()
    assert site.published("select source_url, kind from mart.fct_unread") == [(PAGE, kind)]


def test_a_page_and_an_attachment_that_are_no_report_are_both_unread(site):
    site.night({PAGE: PICTURES, FILE: {"unreadable": "encrypted", "page": PAGE}})
    site.build()
    assert site.published("select source_url, kind from mart.fct_unread order by 1") == [
        (FILE, "encrypted"),
        (PAGE, "tables_are_images"),
    ]
    assert reports(site) == []


def test_another_file_beside_the_report_is_not_unread_but_a_broken_one_is(site):
    broken = "http://site/2024.zip"
    site.night(
        {
            PAGE: PICTURES,
            FILE: a_file(),
            OTHER: {"unreadable": "not_a_report", "page": PAGE},
            broken: {"unreadable": "damaged", "page": PAGE},
        }
    )
    site.build()
    assert site.published("select source_url, kind from mart.fct_unread") == [(broken, "damaged")]


def test_page_and_attachment_with_equal_cells_are_one_report_whose_source_is_the_page(site):
    site.night({PAGE: page("甲市医疗保障局", 2024, {RECEIVED: 1}), FILE: a_file()})
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", PAGE, None, 1)]
    assert site.published("select * from mart.fct_issues") == []


def test_page_and_attachment_that_differ_are_one_report_and_an_issue(site):
    site.night({PAGE: page("甲市医疗保障局", 2024, {RECEIVED: 1}), FILE: a_file(7)})
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", PAGE, None, 1)]
    assert site.published("select source_url, kind from mart.fct_issues") == [
        (FILE, "two_addresses")
    ]


def test_of_two_attachments_the_first_seen_counts(site):
    site.night({PAGE: PICTURES, FILE: a_file(), OTHER: a_file(7)})
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", FILE, PAGE, 1)]
    assert site.published("select source_url, kind from mart.fct_issues") == [
        (OTHER, "two_addresses")
    ]


def test_an_attachment_that_changes_is_another_version(site):
    for received in (1, 2):
        site.night({PAGE: PICTURES, FILE: a_file(received)})
        site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", FILE, PAGE, 2)]


# --- what only the list says ---------------------------------------------------------------------


def evidence(world):
    return world.published(
        "select report_id, agency_evidence, year_evidence from mart.dim_reports order by 1"
    )


@pytest.mark.parametrize(
    ("agency", "year", "found"),
    [
        ("甲市医疗保障局", 2024, ("key-甲市医疗保障局-2024", "name", "document")),
        (None, 2024, ("key-甲市医疗保障局-2024", "list title", "document")),
        ("甲市医疗保障局", None, ("key-甲市医疗保障局-2024", "name", "list title")),
        (None, None, ("key-甲市医疗保障局-2024", "list title", "list title")),
        # What the document prints is never overruled.
        ("乙市医疗保障局", None, ("key-乙市医疗保障局-2024", "name", "list title")),
        ("丙局", 2023, ("name:丙局@site-2023", "printed", "document")),
    ],
)
def test_what_an_attachment_does_not_print_the_title_of_its_page_says(site, agency, year, found):
    site.night({PAGE: {**PICTURES, "listed_as": TITLE}, FILE: a_file(agency=agency, year=year)})
    site.build()
    assert evidence(site) == [found]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年政府信息公开工作年度报告", "agency_missing"),
        ("丙局2024年政府信息公开工作年度报告", "agency_missing"),
        ("甲市医疗保障局政府信息公开工作年度报告", "year_missing"),
        (None, "agency_missing"),
    ],
)
def test_what_no_title_says_is_not_guessed(site, title, kind):
    site.night({PAGE: {**PICTURES, "listed_as": title}, FILE: a_file(agency=None, year=None)})
    site.build()
    assert reports(site) == []
    assert (FILE, kind) in site.published("select source_url, kind from mart.fct_unread")


def test_a_name_without_its_parent_and_a_year_in_characters(site):
    site.has_site("site", "丁市戊区医疗保障局", "乙市医疗保障局")
    title = "戊区医疗保障局二〇二四年政府信息公开工作年度报告"
    site.night({PAGE: {**PICTURES, "listed_as": title}, FILE: a_file(agency=None, year=None)})
    site.build()
    assert evidence(site) == [("key-丁市戊区医疗保障局-2024", "list title", "list title")]


def test_a_page_itself_is_not_named_by_the_list(site):
    """Only a file lacks the head that a page has around it; what a page leaves out, nobody adds."""
    site.night({PAGE: page("甲市医疗保障局", None, listed_as=TITLE)})
    site.build()
    assert site.published("select kind from mart.fct_unread") == [("year_missing",)]


def test_nights_from_before_attachments_were_followed_are_taken_in(site):
    site.night({PAGE: page("甲市医疗保障局", 2024)})
    [night] = recorded_nights(site.settings.fetches)
    table: pa.Table = pq.read_table(night)
    pq.write_table(table.drop_columns(["page"]), night)
    site.build()
    assert reports(site) == [("key-甲市医疗保障局-2024", PAGE, None, 1)]
