"""From list to report where no link says clearly what it leads to: what is asked for, and what it is then taken for."""

import pytest

from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night

RUN, NEXT = "2026-02-22T02-00-00Z", "2026-02-23T02-00-00Z"
LIST = "/nb/index.html"
COLUMN = "<title>政府信息公开年报_某局</title>"


def a_report(year):
    cells = ("第二十条第（一）项", "一、本年新收", "四、结转下年度继续办理", "行政复议")
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    return f"<h1>某局{year}年政府信息公开工作年度报告</h1><table>{rows}</table>".encode()


@pytest.fixture
def night(odd_site, write_site, rows, quick_clock):
    """Visit a site with one list on one night (the last full year is 2025); return its rows by path."""

    def visit(path, run=RUN, **facts):
        settings = write_site("one", odd_site.address + path, **facts)
        visit_batch(["one"], settings, run, quick_clock)
        found = {path: row for (_, path), row in rows(settings, run).items()}
        record_night(settings.fetches, run)
        return found

    return visit


def test_vague_words_that_lead_to_a_report(odd_site, night):
    odd_site.answers[LIST] = (200, {}, f'{COLUMN}<a href="1.html">2023年</a>'.encode())
    odd_site.answers["/nb/1.html"] = (200, {}, a_report(2023))
    row = night(LIST)["/nb/1.html"]
    assert (row.taken_for, row.outcome) == ("report", "stored")
    assert row.title == "某局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("body", [a_report(2022), f"{COLUMN}<ul><li>暂无</li></ul>".encode()])
def test_vague_words_that_lead_to_something_else(odd_site, night, body):
    odd_site.answers[LIST] = (200, {}, f'{COLUMN}<a href="1.html">2023年</a>'.encode())
    odd_site.answers["/nb/1.html"] = (200, {"ETag": '"1"'}, body)
    row = night(LIST)["/nb/1.html"]
    assert (row.outcome, row.sha256, row.etag) == ("not_a_report", None, None)
    assert row.reason == "the page names no report of 2023"
    assert night(LIST, NEXT).get("/nb/1.html", row).outcome == "not_a_report"


def test_a_list_for_each_year_of_which_the_newest_is_not_there_yet(odd_site, night):
    for year in (2023, 2024):
        link = f'<a href="1.html">某局{year}年政府信息公开工作年度报告</a>'
        odd_site.answers[f"/nb_{year}n/"] = (200, {}, link.encode())
        odd_site.answers[f"/nb_{year}n/1.html"] = (200, {}, a_report(year))
    found = night("/nb_{year}n/", first_year=2023)
    assert {path for path, row in found.items() if row.outcome == "stored"} == {
        f"/nb_{year}n/{page}" for year in (2023, 2024) for page in ("", "1.html")
    }
    newest = found["/nb_2025n/"]
    assert (newest.outcome, newest.reason) == (
        "not_found",
        "the list of this year is not there yet",
    )


def test_an_older_year_without_its_list_is_trouble(odd_site, night):
    row = night("/nb_{year}n/", first_year=2024)["/nb_2024n/"]
    assert (row.outcome, row.reason) == ("not_found", "answered 404")


def test_a_page_for_each_year_is_the_report_or_is_none(odd_site, night):
    answers = {2023: b"<h1>no year</h1>", 2024: a_report(2024), 2025: b"<h1>no year</h1>"}
    for year, body in answers.items():
        odd_site.answers[f"/x.jsp?fbtime={year}"] = (200, {}, body)
    found = night("/x.jsp?fbtime={year}", cms="hanweb-year", first_year=2023)
    assert {path[-4:]: row.outcome for path, row in found.items() if "fbtime" in path} == {
        "2023": "not_a_report",
        "2024": "stored",
        "2025": "not_found",  # not yet
    }


def test_a_stated_page_has_its_files_followed(odd_site, night):
    page = '<html><h1>某局2023年政府信息公开工作年度报告</h1><a href="1.docx">附件</a>'
    odd_site.answers["/art/1.html"] = (200, {}, page.encode())
    odd_site.answers["/art/1.docx"] = (200, {}, b"PK\x03\x04 a report")
    found = night("/art/1.html", cms="column")
    assert found["/art/1.html"].outcome == "stored"
    assert found["/art/1.docx"].page.endswith("/art/1.html")


def test_a_list_page_that_is_the_report_is_asked_for_once_a_night(odd_site, night):
    odd_site.answers[LIST] = (200, {"ETag": '"1"'}, a_report(2023))
    row = night(LIST)[LIST]
    assert (row.taken_for, row.outcome) == ("report", "stored")
    odd_site.answers[LIST] = (304, {}, b"")
    row = night(LIST, NEXT)[LIST]
    assert (row.taken_for, row.outcome) == ("report", "unchanged")
    assert [asked.path for asked in odd_site.asked].count(LIST) == 2


def test_a_list_page_that_became_a_list_again_is_read_as_one(odd_site, night):
    odd_site.answers[LIST] = (200, {}, a_report(2023))
    night(LIST)
    link = '<a href="2.html">某局2024年政府信息公开工作年度报告</a>'
    odd_site.answers[LIST] = (200, {}, link.encode())
    odd_site.answers["/nb/2.html"] = (200, {}, a_report(2024))
    found = night(LIST, NEXT)
    assert (found[LIST].taken_for, found["/nb/2.html"].outcome) == ("list", "stored")
