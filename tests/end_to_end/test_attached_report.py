"""A site that publishes its report as a file on a page with pictures, from the first request to the published table."""

from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night
from disclosure.quality.judge import judge
from disclosure.replay.server import copy_documents, free_ports, serve_replay
from disclosure.settings import load_settings
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.collect import collect
from disclosure.warehouse.load import load
from disclosure.warehouse.publish import publish
from disclosure.warehouse.query import run_query
from parse.carriers.made_word import word_report
from parse.made_reports import make_report

SITE, FOLDER = "anshan-ybj", "/asybj/zfxxgknb/"
MADE = replace(make_report(1), agency="鞍山市医疗保障局")
ROW = '<tr><td class="bt"><a href="201.html">{title}</a></td></tr>'
PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<h1>{title}</h1><p>报告全文见附件。</p><p><img src="t1.png"><img src="t2.png"></p>
<p>附件：<a href="files/P0201.docx">{title}.docx</a></p>
<p><a href="http://files.example/P0201.pdf">PDF版</a> <a href="files/sqb.docx">信息公开申请表</a></p>
</body></html>"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """What the sites of the replay serve, and one more report, which is a file."""
    documents = copy_documents(tmp_path_factory.mktemp("documents"))
    folder = documents / SITE / FOLDER.strip("/")
    reports = folder / "list.html"
    text = reports.read_text(encoding="utf-8")
    head = "<tr><th>标题</th><th>日期</th></tr>"
    reports.write_text(text.replace(head, head + ROW.format(title=MADE.title)), encoding="utf-8")
    (folder / "201.html").write_text(PAGE.format(title=MADE.title), encoding="utf-8")
    (folder / "files").mkdir()
    (folder / "files" / "P0201.docx").write_bytes(word_report(MADE))
    return documents


def night(settings, run):
    """The steps of one night, without Airflow: what was fetched, how many documents were parsed, what was published."""
    visit_batch([SITE], settings, run)
    fetched = record_night(settings.fetches, run).outcomes
    batches = collect(settings, "new")
    for batch in batches:
        parse_batch(batch, settings)
    documents = load(settings).documents
    judge(settings, "new")
    return fetched, documents, publish(settings)


@pytest.fixture(scope="module")
def nights(documents, tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    with serve_replay(documents, free_ports()) as replay:
        sites = replay.write_sites(data / "sites")
        settings = load_settings({"DISCLOSURE_DATA": str(data), "DISCLOSURE_SITES": str(sites)})
        done = [night(settings, f"2026-11-2{day}T02-00-00Z") for day in (2, 3)]
        yield replay, settings, done


def rows(nights, sql):
    return list(run_query(nights[1].published, sql).rows)


def test_the_report_is_published_with_both_addresses(nights):
    address = nights[0].address
    assert rows(
        nights,
        """
        select source_url, page_url, format, agency_evidence, year_evidence, cells_not_read
        from mart.dim_reports
        where report_id = '210300-ybj-2023'
        """,
    ) == [
        (
            address(SITE, f"{FOLDER}files/P0201.docx"),
            address(SITE, f"{FOLDER}201.html"),
            "docx",
            "name",
            "document",
            0,
        )
    ]


def test_its_cells_are_those_of_the_file(nights):
    [(received,)] = rows(
        nights,
        """
        select total from mart.fct_applications
        where report_id = '210300-ybj-2023' and row_code = 'received_new'
        """,
    )
    assert received == Decimal(MADE.cells["applications", "received_new", "total"])


def test_the_page_is_not_unread(nights):
    assert rows(nights, "select * from mart.fct_unread") == []


def test_the_other_report_of_the_site_is_as_ever(nights):
    assert rows(
        nights, "select page_url from mart.dim_reports where report_id = '210300-ybj-2022'"
    ) == [(None,)]


def test_what_is_elsewhere_or_something_else_was_not_asked_for(nights):
    assert [visit.path for visit in nights[0].requests if "/files/" in visit.path] == [
        f"{FOLDER}files/P0201.docx"
    ] * 2


def test_a_second_night_asks_whether_it_changed_and_changes_nothing(nights):
    replay, _, [(first, parsed, _), (second, parsed_again, published)] = nights
    assert first == {"stored": 5}
    assert second == {"unchanged": 5}
    assert (parsed, parsed_again, published.is_changed) == (3, 0, False)
    assert [visit.is_conditional for visit in replay.requests] == [False] * 5 + [True] * 5
