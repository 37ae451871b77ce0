"""A page whose report is an attachment: which of its files are followed, in what order, and what is said of the rest."""

import pytest

from disclosure.crawl.attachments import find_attachments
from disclosure.crawl.sites import load_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night

RUN, NEXT = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
LIST, PAGE = "/list.html", "/2023/1.html"
REPORT = "某局2023年政府信息公开工作年度报告"
URL = f"http://a.example{PAGE}"
LABELS = (
    "第二十条第（一）项",
    "一、本年新收政府信息公开申请数量",
    "四、结转下年度继续办理",
    "行政复议",
)
TABLES = "".join(f"<tr><td>{label}</td><td>3</td></tr>" for label in LABELS)


def a_page(*parts):
    return f"<html><body><h1>{REPORT}</h1>{''.join(parts)}</body></html>".encode()


def a_link(href, text="附件"):
    return f'<p><a href="{href}">{text}</a></p>'


def found(*parts):
    reading = find_attachments(a_page(*parts), URL, frozenset({"a.example"}))
    return [attachment.url.removeprefix("http://a.example") for attachment in reading.found]


def left(*parts):
    return find_attachments(a_page(*parts), URL, frozenset({"a.example"})).left


# --- what is an attachment -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        *map(a_link, ("1.docx", "1.doc", "1.wps", "1.pdf", "1.xlsx", "1.xls", "1.rtf", "1.zip")),
        a_link("P1.DOCX?v=2#page=1"),
        a_link("/download?id=7", f"附件：{REPORT}.docx"),
        a_link("/download?id=7", f"附件：{REPORT}.pdf（1.2MB）"),
        a_link("/module/downfile.jsp?classid=0&filename=2403.docx"),
        '<a href="/download?id=7" title="年度报告.doc">下载</a>',
        '<a href="/download?id=7" download="年度报告.doc">下载</a>',
        '<iframe src="P1.pdf"></iframe>',
        '<embed src="/download?id=7" type="application/pdf">',
        '<object data="P1.pdf"></object>',
    ],
)
def test_what_is_an_attachment(part):
    assert len(found(part)) == 1


@pytest.mark.parametrize(
    "part",
    [
        a_link("/index.html"),
        a_link("/docx/"),
        a_link("javascript:void(0)", "附件.docx"),
        a_link("", "附件.docx"),
        a_link("/x.html", "附件.docx 的说明"),
        "<p>附件：年度报告.docx</p>",
        '<img src="P1.jpg"><iframe src="/share.html"></iframe>',
    ],
)
def test_what_is_none(part):
    assert found(part) == []


def test_a_viewer_is_passed_by_for_the_file_it_shows():
    shown = '<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Freport.pdf"></iframe>'
    assert found(shown) == ["/files/report.pdf"]


def test_one_file_linked_twice_is_one_attachment():
    assert found(a_link("P1.pdf"), '<iframe src="./P1.pdf"></iframe>') == ["/2023/P1.pdf"]


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 <html> x.docx", b"PK\x03\x04 <p>x.docx", f"{REPORT} x.docx".encode(), b""]
)
def test_only_pages_have_attachments(body):
    assert find_attachments(body, URL, frozenset({"a.example"})).found == ()


# --- which are followed, and what is said of the rest --------------------------------------------


def test_the_likeliest_comes_first():
    assert found(
        a_link("1.pdf", "图片"),
        a_link("2.docx", "附件"),
        a_link("3.docx", "2023年年度报告"),
        a_link("4.pdf", REPORT),
    ) == [f"/2023/{name}" for name in ("4.pdf", "3.docx", "2.docx", "1.pdf")]


@pytest.mark.parametrize("text", ["信息公开申请表", "政府信息公开指南", "主动公开目录", "流程图"])
def test_other_things_are_left(text):
    assert found(a_link("1.docx", text)) == []
    assert left(a_link("1.docx", text)) == "1 other file not fetched"


def test_at_most_five_of_a_page():
    links = [a_link(f"{number}.docx") for number in range(7)]
    assert found(*links) == [f"/2023/{number}.docx" for number in range(5)]
    assert left(*links) == "2 attachments over 5 not fetched"


def test_what_is_off_the_site_is_left():
    assert found(a_link("http://b.example/1.docx")) == []
    assert left(a_link("http://b.example/1.docx")) == "1 attachment off the site not fetched"


def test_a_page_that_carries_the_tables_needs_no_attachment():
    assert found(f"<table>{TABLES}</table>", a_link("1.docx")) == []
    assert left(f"<table>{TABLES}</table>", a_link("1.docx")) == (
        "1 attachment not fetched: the page carries the tables itself"
    )


@pytest.mark.parametrize(
    "part",
    [
        '<p><img src="1.png"><img src="2.png"></p>',
        "<table><tr><td>第二十条第（一）项</td></tr></table><p>……</p>",  # a preview
        # Sections in words around tables that are pictures, on a page that is laid out by a table.
        f"<table><tr><td>{'，'.join(LABELS)}，详见下图。{'情况说明' * 30}</td></tr></table>",
    ],
)
def test_pictures_previews_and_words_are_no_tables(part):
    assert found(part, a_link("1.docx")) == ["/2023/1.docx"]


# --- a night -------------------------------------------------------------------------------------


@pytest.fixture
def settings(odd_site, write_site):
    odd_site.answers[LIST] = (200, {}, f'<a href="{PAGE}">{REPORT}</a>'.encode())
    odd_site.answers[PAGE] = (200, {"ETag": '"p"'}, a_page(a_link("1.docx", "年度报告.docx")))
    odd_site.answers["/2023/1.docx"] = (200, {"ETag": '"a"'}, b"PK\x03\x04 a report")
    return write_site("one", odd_site.address + LIST, delay=1)


def night(settings, clock, run=RUN):
    return visit_batch([site.name for site in load_sites(settings.sites)], settings, run, clock)


def test_the_attachment_is_fetched_after_its_page_and_names_it(
    odd_site, settings, rows, quick_clock
):
    night(settings, quick_clock)
    assert [asked.path for asked in odd_site.asked][-2:] == [PAGE, "/2023/1.docx"]
    assert [int(seconds) for seconds in quick_clock.slept] == [1, 1, 1]
    row = rows(settings)["one", "/2023/1.docx"]
    assert (row.taken_for, row.outcome, row.title) == ("attachment", "stored", "年度报告.docx")
    assert row.page == odd_site.address + PAGE
    assert rows(settings)["one", PAGE].page is None


def test_the_next_night_asks_only_whether_it_changed(odd_site, settings, rows, quick_clock):
    night(settings, quick_clock)
    record_night(settings.fetches, RUN)
    odd_site.answers[PAGE] = odd_site.answers["/2023/1.docx"] = (304, {}, b"")
    odd_site.asked.clear()
    night(settings, quick_clock, NEXT)
    asked = {request.path: request.headers for request in odd_site.asked}
    assert asked["/2023/1.docx"]["If-None-Match"] == '"a"'
    row = rows(settings, NEXT)["one", "/2023/1.docx"]
    assert (row.outcome, row.page) == ("unchanged", odd_site.address + PAGE)


def test_the_same_night_again_asks_for_nothing(odd_site, settings, rows, quick_clock):
    night(settings, quick_clock)
    before = rows(settings)
    odd_site.asked.clear()
    night(settings, quick_clock)
    assert (odd_site.asked, rows(settings)) == ([], before)


def test_a_night_killed_between_page_and_attachment_goes_on_with_the_attachment(
    odd_site, settings, rows, quick_clock
):
    night(settings, quick_clock)
    undisturbed = {place: row.sha256 for place, row in rows(settings).items()}
    log = settings.fetches / RUN / "one.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    odd_site.asked.clear()
    night(settings, quick_clock)
    assert [asked.path for asked in odd_site.asked] == ["/2023/1.docx"]
    assert {place: row.sha256 for place, row in rows(settings).items()} == undisturbed


def test_a_page_with_the_tables_says_why_its_attachment_is_left(
    odd_site, settings, rows, quick_clock
):
    odd_site.answers[PAGE] = (200, {}, a_page(f"<table>{TABLES}</table>", a_link("1.docx")))
    night(settings, quick_clock)
    assert "/2023/1.docx" not in [asked.path for asked in odd_site.asked]
    assert rows(settings)["one", PAGE].reason == (
        "first body of this address; 1 attachment not fetched: the page carries the tables itself"
    )


def test_robots_rule_over_attachments_too(odd_site, settings, rows, quick_clock):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /*.docx\n")
    night(settings, quick_clock)
    assert rows(settings)["one", "/2023/1.docx"].outcome == "refused_by_robots"


def test_a_file_that_the_list_links_to_is_a_report_of_its_own(
    odd_site, settings, rows, quick_clock
):
    links = f'<a href="{PAGE}">{REPORT}</a><a href="/2023/1.docx">某局2022年政府信息公开年报</a>'
    odd_site.answers[LIST] = (200, {}, links.encode())
    night(settings, quick_clock)
    row = rows(settings)["one", "/2023/1.docx"]
    assert (row.taken_for, row.page) == ("report", None)


def test_a_page_that_is_gone_tonight_has_no_attachments(odd_site, settings, rows, quick_clock):
    odd_site.answers[PAGE] = (404, {}, a_page(a_link("1.docx")))
    night(settings, quick_clock)
    assert ("one", "/2023/1.docx") not in rows(settings)
