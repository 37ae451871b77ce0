"""A site that means harm, from the first request to the mail: it costs one visit to each of its pages, and nothing else."""

import csv
import io
import re
import resource
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from bs4 import BeautifulSoup

from disclosure.alerts.digest import prepare_digest
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import NightLog, record_night
from disclosure.quality.causes import judge_causes
from disclosure.quality.judge import judge
from disclosure.replay.fault_server import serve_faults
from disclosure.replay.faults import FAULT_PATH, FAULTS, Fault, Play, page
from disclosure.settings import load_settings
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.collect import collect
from disclosure.warehouse.load import load
from disclosure.warehouse.publish import publish
from disclosure.warehouse.query import run_query
from parse.made_reports import make_report, plain_html

RUN = "2026-11-22T02-00-00Z"
TITLE = "{}{}年政府信息公开工作年度报告"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","某局")'
HOSTILE = ["endless", "gzip-bomb", "huge", "header-flood", "inward", "inward-name", "file-name"]
ADDRESS = '/"><script>alert(1)</script><img src=x onerror=alert(1)>.html'
SENT = "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E.html"
EXPECTED = {
    "/endless.html": "too_large",
    "/gzip-bomb.html": "too_large",
    "/huge.html": "too_large",
    "/header-flood.html": "too_large",
    "/inward.html": "off_site",
    "/inward-name.html": "off_site",
    "/file-name.html": "stored",
    "/..%2F..%2Fx.html": "stored",
    SENT: "stored",
    "/formula.html": "stored",
    "/words.html": "stored",
}


def wrong_report(agency, year):
    """A report whose sums fail, so that the mail has to tell of it."""
    made = make_report(year)
    cells = made.cells | {("applications", "received_new", "total"): "99999"}
    made = replace(made, agency=agency, year=year, cells=cells)
    return plain_html(made).replace(agency, escape(agency)).encode()


def plays():
    taken = {fault.name: fault.plays[FAULT_PATH] for fault in FAULTS if fault.name in HOSTILE}
    pages = {f"/{name}.html": played for name, played in taken.items()}
    pages["/..%2F..%2Fx.html"] = Play(body=page("<p>一个页面</p>"))
    pages[SENT] = Play(body=wrong_report(f"某市{SCRIPT}局", 2023))
    pages["/formula.html"] = Play(body=wrong_report(f"{FORMULA}局", 2022))
    pages["/words.html"] = Play(body=page(f"<h1>{escape(SCRIPT)}</h1><p>{FORMULA}</p>"))
    titles = {path: TITLE.format(f"第{number}局", 2023) for number, path in enumerate(pages)}
    titles[ADDRESS] = TITLE.format(f"某市{SCRIPT}局", 2023)
    del titles[SENT]
    titles["/formula.html"] = TITLE.format(f"{FORMULA}局", 2022)
    titles["/words.html"] = TITLE.format(SCRIPT, 2021)
    links = [f'<a href="{escape(path)}">{escape(title)}</a>' for path, title in titles.items()]
    return pages | {"/list.html": Play(body=page("<br>".join(links)))}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    site = Fault("hostile", "a site that means harm", plays())
    with serve_faults([site]) as sites:
        settings = load_settings(
            {
                "DISCLOSURE_DATA": str(folder / "data"),
                "DISCLOSURE_SITES": str(sites.write_sites(folder / "sites", 0.0)),
            }
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        visit_batch(["hostile"], settings, RUN)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        rows = NightLog(settings.fetches, RUN, "hostile").done()
        record_night(settings.fetches, RUN)
    for batch in collect(settings, "new"):
        parse_batch(batch, settings)
    load(settings)
    judge(settings, "new")
    judge_causes(settings)
    publish(settings)
    mails = prepare_digest(settings, datetime(2026, 11, 22, 3, tzinfo=UTC)).mails
    yield settings, rows, sites.requests, mails[0].message, grown


def test_each_page_is_asked_for_once_and_named(night):
    _, rows, requests, _, _ = night
    outcomes = {"/" + url.split("/", 3)[3]: fetch.outcome for url, fetch in rows.items()}
    outcomes[SENT] = outcomes.pop(ADDRESS)
    assert {path: outcomes[path] for path in EXPECTED} == EXPECTED
    asked = Counter(visit.path for visit in requests)
    assert set(asked) == {*EXPECTED, "/list.html", "/robots.txt"}
    assert set(asked.values()) == {1}


def test_a_page_of_any_size_takes_little_memory(night):
    """One body of 50 MB at a time, while it grows."""
    grown_kilobytes = night[4]
    assert grown_kilobytes < 300_000


def test_nothing_is_written_but_objects_and_rows(night):
    settings, rows, _, _, _ = night
    names = {path.name for path in settings.data.parent.rglob("*") if path.is_file()}
    assert not {name for name in names if name in ("x", "x.html", "passwd")}
    stored = {fetch.sha256 for fetch in rows.values() if fetch.sha256}
    assert {path.stem for path in settings.objects.rglob("*.gz")} == stored


def test_the_wrong_sums_are_told_all_the_same(night):
    settings, _, _, mail, _ = night
    reports = list(
        run_query(settings.published, "select report_year from mart.dim_reports order by 1").rows
    )
    assert (2022,) in reports
    assert (2023,) in reports
    assert "T3-" in mail.get_body(("plain",)).get_content()


def test_nothing_of_the_site_is_markup_in_the_mail(night):
    assert ADDRESS in night[3].get_body(("plain",)).get_content()
    html = night[3].get_body(("html",)).get_content()
    soup = BeautifulSoup(html, "lxml")
    assert soup.find_all(["script", "img", "iframe", "form"]) == []
    assert not [
        tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)
    ]
    addresses = [str(link.get("href", "")) for link in soup.find_all("a")]
    assert all(address.startswith(("http://127.0.0.1:", "mailto:")) for address in addresses)


def test_nothing_of_the_site_is_a_header_of_the_mail(night):
    for name, value in night[3].items():
        assert "\n" not in value, name


def test_no_cell_of_the_table_is_a_formula(night):
    (table,) = [
        part for part in night[3].iter_attachments() if part.get_content_type() == "text/csv"
    ]
    rows = list(csv.reader(io.StringIO(table.get_content().lstrip("\ufeff"))))
    assert len(rows) > 1
    words = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
    assert [word for word in words if word.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
