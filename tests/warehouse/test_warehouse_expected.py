"""Which reports should be there, and what is said of those that are not: nobody is blamed for what was not looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from warehouse.marts import COVERAGE, build_unjudged
from warehouse.visits import READ, visit
from warehouse.world import page

FEBRUARY = datetime(2026, 2, 10, 18, 0, tzinfo=UTC)
JANUARY = datetime(2026, 1, 10, 18, 0, tzinfo=UTC)
LAST_DAY = datetime(2026, 1, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
PAST_THE_END = ("not_found", "the list ends before this page")


@pytest.fixture
def expected(world):
    """Visit a site of 甲市医疗保障局 and return what is said of its years."""
    return _Expected(world)


class _Expected:
    def __init__(self, world):
        self.world = world
        self.agencies = ("甲市医疗保障局",)
        self.stated = {"level": "prefecture"}

    def visit(self, at, pages, lists=READ):
        visit(self.world, at, pages, lists=lists)

    def said(self, columns="report_year, status", where="true"):
        self.world.has_site("site", *self.agencies, **self.stated)
        build_unjudged(self.world, COVERAGE)
        return self.world.published(
            f"select {columns} from mart.reports_expected where {where} order by agency_key, report_year"
        )


def titled(year, agency="甲市医疗保障局"):
    return (f"http://site/{agency}-{year}", f"{agency}{year}年政府信息公开工作年度报告")


def filed(year, on=None, agency="甲市医疗保障局", **more):
    return page(agency, year, published_on=on, **more)


def test_a_year_that_the_list_does_not_name_is_missing_once_its_day_has_passed(expected):
    expected.visit(FEBRUARY, {titled(2023): filed(2023), titled(2024): filed(2024)})
    assert expected.said() == [(2023, "published"), (2024, "published"), (2025, "missing")]
    [(reason, due, read_after, listed)] = expected.said(
        "reason, due_on::varchar, lists_read_after::varchar, years_listed", "status = 'missing'"
    )
    assert (
        reason
        == "its lists were read to their end after the day and name no report of it on the year"
    )
    assert (due, read_after, listed) == ("2026-01-31", "2026-01-31", [2023, 2024])


def test_years_before_the_first_that_is_known_are_not_expected(expected):
    expected.visit(FEBRUARY, {titled(2025): filed(2025)})
    assert expected.said() == [(2025, "published")]


def test_a_gap_between_years_is_missing(expected):
    expected.visit(FEBRUARY, {titled(2023): filed(2023), titled(2025): filed(2025)})
    assert expected.said("report_year", "status = 'missing'") == [(2024,)]


@pytest.mark.parametrize(
    ("at", "status"),
    [(JANUARY, "not_due"), (LAST_DAY, "not_due"), (LAST_DAY + timedelta(minutes=2), "missing")],
)
def test_nothing_is_missing_before_the_day_has_passed_in_shanghai(expected, at, status):
    expected.visit(at, {titled(2024): filed(2024)})
    assert expected.said("status", "report_year = 2025") == [(status,)]


BROKEN = {
    "failed": [("failed", "no answer")],
    "failed later": [("stored", ""), ("failed", "no answer")],
    "not_found": [("stored", ""), ("not_found", "")],
    "no_reports": [("no_reports", "")],
}


def test_a_list_that_we_did_not_read_to_its_end_proves_nothing(world):
    for place, lists in enumerate(BROKEN.values()):
        name = f"{place}市医疗保障局"
        world.has_site(f"site{place}", name, level="prefecture")
        found = {titled(2024, name): filed(2024, agency=name)}
        visit(world, FEBRUARY, found, f"site{place}", lists)
    build_unjudged(world, COVERAGE)
    assert world.published(
        "select status, reason from mart.reports_expected where report_year = 2025 order by agency_key"
    ) == [
        ("not_reached", f"its lists were not read on the last visit: {state.split()[0]}")
        for state in BROKEN
    ]


def test_a_list_without_a_number_of_pages_ends_where_the_next_is_not_found(expected):
    expected.visit(FEBRUARY, {titled(2024): filed(2024)}, [("stored", ""), PAST_THE_END])
    assert expected.said("status", "report_year = 2025") == [("missing",)]


def test_a_list_that_was_last_read_before_the_day_proves_nothing(expected):
    expected.visit(JANUARY, {titled(2024): filed(2024)})
    expected.world.has_site("other", "乙局", level="county")
    _other_site_is_visited(expected.world)
    assert expected.said("status, reason", "report_year = 2025 and 'site' in sites") == [
        ("not_reached", "its lists were not read to their end since the day")
    ]


def _other_site_is_visited(world):
    visit(world, FEBRUARY, {}, "other")


def test_a_site_that_was_never_visited_is_not_reached(expected):
    _other_site_is_visited(expected.world)
    assert expected.said("status, reason") == [
        ("not_reached", "its lists were not read on the last visit: never_visited")
    ]


def test_what_the_list_names_and_we_could_not_read_is_ours(world):
    found = {
        "tables_are_images": {"unreadable": "tables_are_images"},
        "refused_by_robots": "refused_by_robots",
        "failed": "failed",
        "reads_as_another_year": filed(2024, agency="3市医疗保障局"),
        "printed_under_unknown_name": filed(2025, agency="不知何局"),
        "year_missing": filed(None, agency="5市医疗保障局"),
    }
    for place, said in enumerate(found.values()):
        name = f"{place}市医疗保障局"
        world.has_site(f"site{place}", name, level="prefecture")
        pages = {titled(2023, name): filed(2023, agency=name), titled(2025, name): said}
        visit(world, FEBRUARY, pages, f"site{place}")
    build_unjudged(world, COVERAGE)
    assert world.published(
        "select status, reason, source_url from mart.reports_expected where report_year = 2025 order by agency_key"
    ) == [
        ("unread", reason, titled(2025, f"{place}市医疗保障局")[0])
        for place, reason in enumerate(found)
    ]


def test_a_link_without_a_year_may_be_any_of_those_that_are_not_there(expected):
    unknown = ("http://site/y", "年报")
    expected.visit(
        FEBRUARY, {titled(2024): filed(2024), unknown: {"unreadable": "tables_are_images"}}
    )
    assert expected.said() == [(2024, "published"), (2025, "unread")]


DATED = (
    ("2026-01-31", None, "published", "published_on", True),
    ("2026-02-01", None, "late", "published_on", False),
    ("2026-02-01", "2026-01-15", "late", "published_on", False),
    (None, "2026-01-31", "published", "signed_on", True),
    (None, "2026-02-03", "late", "signed_on", False),
    (None, None, "published", "not_stated", None),
)


def test_late_is_what_the_page_says_it_is(world):
    for place, (published_on, signed_on, *_) in enumerate(DATED):
        name = f"{place}市医疗保障局"
        world.has_site(f"site{place}", name, level="prefecture")
        said = filed(2025, published_on, name, signed_on=signed_on)
        visit(world, FEBRUARY, {titled(2025, name): said}, f"site{place}")
    build_unjudged(world, COVERAGE)
    assert world.published(
        "select status, filed_on_evidence, is_in_time from mart.reports_expected order by agency_key"
    ) == [tuple(said) for _, _, *said in DATED]


def test_what_we_saw_by_the_day_was_not_late_whatever_its_page_says(expected):
    expected.visit(JANUARY, {titled(2025): filed(2025, "2026-03-05")})
    assert expected.said("status, reason, is_in_time") == [("published", "seen by the day", True)]


def test_a_government_has_until_the_end_of_march(expected):
    expected.agencies = ("甲市人民政府办公室",)
    expected.visit(FEBRUARY, {titled(2024, "甲市人民政府办公室"): filed(2024, None, "甲市人民政府办公室")})  # fmt: skip
    assert expected.said("status, due_on::varchar", "report_year = 2025") == [
        ("not_due", "2026-03-31")
    ]


def test_for_a_town_no_national_day_is_set(expected):
    expected.stated = {"level": "township"}
    expected.visit(FEBRUARY, {titled(2024): filed(2024, "2025-06-01")})
    assert expected.said("report_year, status, due_on, reason") == [
        (2024, "published", None, "no national day is set for towns"),
        (2025, "not_due", None, "no national day is set for towns"),
    ]


def test_of_several_agencies_on_one_site_each_has_the_addresses_that_name_it(expected):
    expected.agencies = ("甲市医疗保障局", "甲市民政局")
    expected.visit(
        FEBRUARY,
        {
            titled(2025): filed(2025),
            titled(2024): {"unreadable": "tables_are_images"},
            titled(2024, "甲市民政局"): filed(2024, agency="甲市民政局"),
        },
    )
    assert expected.said("agency_key, report_year, status") == [
        ("key-甲市医疗保障局", 2024, "unread"),
        ("key-甲市医疗保障局", 2025, "published"),
        ("key-甲市民政局", 2024, "published"),
        ("key-甲市民政局", 2025, "missing"),
    ]


def test_a_link_that_names_nobody_may_be_anybodys_of_its_site(expected):
    expected.agencies = ("甲市医疗保障局", "甲市民政局")
    nobody = ("http://site/z", "2025年政府信息公开工作年度报告")
    expected.visit(
        FEBRUARY,
        {
            titled(2024): filed(2024),
            titled(2024, "甲市民政局"): filed(2024, agency="甲市民政局"),
            nobody: {"unreadable": "tables_are_images"},
        },
    )
    assert expected.said("status", "report_year = 2025") == [("unread",), ("unread",)]


def test_a_link_that_names_one_agency_and_reads_as_another_is_not_held_against_the_first(expected):
    expected.agencies = ("甲市医疗保障局", "甲市民政局")
    expected.visit(
        FEBRUARY,
        {titled(2025): filed(2025, agency="甲市民政局"), titled(2024): filed(2024)},
    )
    assert expected.said("status, reason", "agency_key = 'key-甲市医疗保障局'") == [
        ("published", "states no date: in time or not is not known"),
        ("unread", "reads_as_another_agency"),
    ]


def test_a_night_on_which_nothing_changed_changes_nothing(expected):
    pages = {titled(2024): filed(2024), titled(2025): "refused_by_robots"}
    expected.visit(FEBRUARY, pages)
    expected.said()
    before = expected.world.mart()
    expected.visit(FEBRUARY + timedelta(days=1), pages, [("unchanged", "")])
    expected.said()
    assert expected.world.mart() == before
