"""The set with one site for each way in which lists are filled: a night over real HTTP takes home what it should."""

from collections import Counter

import pytest

from disclosure.crawl.families import FAMILIES
from disclosure.crawl.sites import load_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import NightLog, record_night
from disclosure.replay.server import (
    FAMILY_DOCUMENTS,
    FAMILY_SITE_FILES,
    describe,
    free_ports,
    serve_replay,
)
from disclosure.settings import load_settings
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.collect import collect
from disclosure.warehouse.connect import open_work
from disclosure.warehouse.load import load
from disclosure.warehouse.scripts import run_script

RUN = "2026-11-22T02-00-00Z"
SITES = {site.name: site for site in load_sites(FAMILY_SITE_FILES)}

# The years of the reports that each site publishes, and how many pages its list has.
PUBLISHED = {
    "trs": ([2024, 2023, 2022], 2),
    "trs-search": ([2024, 2023, 2022], 2),
    "trs-was": ([2024, 2023], 2),
    "ucap": ([2024, 2023], 2),
    "hanweb": ([2024, 2023], 2),
    "hanweb-dataproxy": ([2024, 2023], 3),
    "hanweb-year": ([2024, 2024, 2023], 1),  # that of 2024 at two addresses
    "jpaas": ([2024, 2023], 3),
    "gkmlpt": ([2024, 2023, 2022], 2),
    "anhui": ([2024, 2023], 3),
    "openness": ([2024, 2023], 1),
    "post": ([2024, 2023], 2),
    "numbered": ([2024, 2023], 3),
    "column-itself": ([2024], 0),
    "column-year": ([2024, 2023], 0),
}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """One night over all of them: the fetches of each site, every request, and the settings it ran with."""
    folder = tmp_path_factory.mktemp("families")
    facts = {"documents": FAMILY_DOCUMENTS, "site_files": FAMILY_SITE_FILES}
    with serve_replay(ports=free_ports(FAMILY_SITE_FILES), **facts) as replay:
        assert len(describe(replay)) == len(SITES)
        sites = replay.write_sites(folder / "sites")
        settings = load_settings(
            {"DISCLOSURE_DATA": str(folder / "data"), "DISCLOSURE_SITES": str(sites)}
        )
        visit_batch(list(SITES), settings, RUN)
        requests = replay.requests
    fetches = {name: list(NightLog(settings.fetches, RUN, name).done().values()) for name in SITES}
    return fetches, requests, settings


@pytest.fixture(scope="module")
def ask(night):
    """A question to what the warehouse makes of the night."""
    settings = night[2]
    record_night(settings.fetches, RUN)
    for batch in collect(settings, "new"):
        parse_batch(batch, settings)
    load(settings)
    with open_work(settings) as connection:
        connection.execute("create schema if not exists quality")
        run_script(connection, settings.sql / "quality" / "visits.sql")
        yield lambda question: connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def reports(ask):
    """(agency, year) → the addresses that show the report, the source first."""
    return {(agency, year): addresses for agency, year, addresses in ask(ADDRESSES)}


ADDRESSES = """
select
    reports.agency_name,
    reports.report_year,
    list(claims.url order by claims.url <> reports.source_url, claims.url)
from staging.reports as reports
join staging.claims as claims using (report_id)
group by all
"""


def of_reports(fetches):
    return [fetch for fetch in fetches if fetch.taken_for == "report"]


def paths(fetches, outcome):
    return sorted("/" + fetch.url.split("/", 3)[3] for fetch in fetches if fetch.outcome == outcome)


def test_every_way_is_played():
    assert (
        set(PUBLISHED)
        == set(SITES)
        == {path.name for path in FAMILY_DOCUMENTS.iterdir() if path.is_dir()}
    )
    played = {page.cms for site in SITES.values() for page in site.lists}
    assert played == set(FAMILIES)
    readme = (FAMILY_DOCUMENTS / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in readme for name in SITES)


@pytest.mark.parametrize("name", SITES)
def test_a_site_gives_its_reports_and_nothing_else(name, night):
    years, pages = PUBLISHED[name]
    fetches = night[0][name]
    stored = [fetch for fetch in of_reports(fetches) if fetch.outcome == "stored"]
    [agency] = SITES[name].agencies
    assert sorted(fetch.title for fetch in stored) == sorted(
        f"{agency.name}{year}年政府信息公开工作年度报告" for year in years
    )
    read = [fetch for fetch in fetches if fetch.taken_for == "list" and fetch.outcome == "stored"]
    assert len(read) == pages


def test_no_notice_or_guide_is_asked_for(night):
    asked = [visit.path for visit in night[1]]
    assert not [path for path in asked if "zn.html" in path or "/tz/" in path or "post_7" in path]


def test_nothing_is_asked_for_twice(night):
    asked = Counter((visit.port, visit.path) for visit in night[1] if visit.method == "GET")
    assert [one for one, times in asked.items() if times > 1] == []


def test_a_form_is_sent_as_a_form(night):
    posts = [visit.path for visit in night[1] if visit.method == "POST"]
    assert posts == ["/fjdzapp/search", "/fjdzapp/search"]


def test_a_page_for_telephones_and_a_download_are_other_addresses(night):
    fetches, requests, _ = night
    assert paths(fetches["trs"], "other_address") == [
        "/zwgk/zfxxgknb/202501/t20250115_2024_wap.html"
    ]
    assert paths(fetches["openness"], "other_address") == [
        "/openness/OpennessAnnualReport/download/489.html"
    ]
    assert not [visit for visit in requests if "_wap" in visit.path or "download" in visit.path]


def test_a_copy_on_another_host_is_written_down_and_never_asked_for(night):
    [copy] = [fetch for fetch in night[0]["post"] if fetch.outcome == "elsewhere"]
    assert copy.url == "http://mirror.example/zwgk/ndxxgkbg/content/post_2021.html"
    assert (copy.taken_for, copy.status, copy.sha256) == ("report", None, None)
    assert copy.title == "丑市医疗保障局2021年政府信息公开工作年度报告"


@pytest.mark.parametrize("name", ["hanweb-year", "column-year"])
def test_a_year_without_report_is_no_report(name, night):
    [awaited] = [
        fetch for fetch in night[0][name] if "2025" in fetch.url and "art" not in fetch.url
    ]
    assert (awaited.outcome, awaited.sha256) == ("not_found", None)
    assert awaited.reason == "the page names no report of 2025; asked for by its year"


def test_a_list_page_that_is_the_report_is_taken_for_it(night):
    [page] = of_reports(night[0]["column-itself"])
    assert page.reason == "the list page is the report itself"
    assert not [fetch for fetch in night[0]["column-itself"] if fetch.taken_for == "list"]


# --- in the warehouse ----------------------------------------------------------------------------


def test_every_report_is_one_report(reports):
    published = {
        (SITES[name].agencies[0].name, year)
        for name, (years, _) in PUBLISHED.items()
        for year in years
    }
    assert set(reports) == published


def test_one_report_at_two_addresses_is_one_report_with_two_addresses(reports):
    twice = {key: addresses for key, addresses in reports.items() if len(addresses) > 1}
    assert list(twice) == [("庚市医疗保障局", 2024)]
    [addresses] = twice.values()
    assert sorted(url.split("/", 3)[3].split("?")[0] for url in addresses) == [
        "art/2025/1/10/art_9850_98537.html",
        "module/xxgk/xxgkAnnualReport.jsp",
    ]


def test_every_site_was_visited_from_the_first_page_to_the_last(ask):
    states = dict(ask("select site, list_state from quality.visits"))
    assert states == dict.fromkeys(SITES, "read")
