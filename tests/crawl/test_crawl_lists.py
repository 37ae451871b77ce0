"""List pages: what is taken, what is left and why, and where the list goes on."""

import pytest

from disclosure.crawl.lists import TO_BE_SEEN, each_year, find_reports, page_address
from disclosure.records import ListPage
from disclosure.replay.server import DOCUMENTS

URL = "http://a.gov.cn/zwgk/nb/index.html"
PAGE = ListPage(url=URL)
TITLE = "某局2023年政府信息公开工作年度报告"


def read(body, page=PAGE, url=URL):
    return find_reports(f"<html><body>{body}</body></html>".encode(), url, page)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("./202401/t1.htm", "http://a.gov.cn/zwgk/nb/202401/t1.htm"),
        ("../t1.htm", "http://a.gov.cn/zwgk/t1.htm"),
        ("/art/1.html", "http://a.gov.cn/art/1.html"),
        ("//a.gov.cn/art/1.html", "http://a.gov.cn/art/1.html"),
        ("http://A.gov.cn:80/1.html", "http://A.gov.cn:80/1.html"),
        ("t1.htm#top", "http://a.gov.cn/zwgk/nb/t1.htm"),
        ("\n  t1.htm ", "http://a.gov.cn/zwgk/nb/t1.htm"),
        ("?id=1&amp;year=2023", "http://a.gov.cn/zwgk/nb/index.html?id=1&year=2023"),
    ],
)
def test_a_link_is_joined_with_the_pages_address(href, address):
    [link] = read(f'<a href="{href}">{TITLE}</a>').reports
    assert (link.url, link.title, link.year) == (address, TITLE, 2023)


@pytest.mark.parametrize(
    ("anchor", "reason"),
    [
        (f'<a href="javascript:open(1)">{TITLE}</a>', "not a web address"),
        (f'<a href="mailto:a@b.cn">{TITLE}</a>', "not a web address"),
        (f'<a href="#">{TITLE}</a>', "not a web address"),
        (f'<a href=" ">{TITLE}</a>', "not a web address"),
        (f'<a href="http://[">{TITLE}</a>', "not a web address"),
        (f'<a href="http://b.gov.cn/1">{TITLE}</a>', "not the site's"),
        ('<a href="/1.html">通知：2023年政府信息公开工作年度报告</a>', "通知"),
        ('<a href="/1.html"><img src="x.png"></a>', "no words"),
    ],
)
def test_a_link_that_is_left_says_why(anchor, reason):
    reading = read(anchor)
    assert reading.reports == ()
    assert reason in reading.left[0].reason


def test_links_without_an_address_are_no_links():
    assert read(f'<a ms-attr-href="el.url">{TITLE}</a>').left == ()


def test_a_base_address_counts():
    [link] = read(f'<base href="/xxgk/"><a href="1.html">{TITLE}</a>').reports
    assert link.url == "http://a.gov.cn/xxgk/1.html"


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        (f'<a href="1" title="{TITLE}">某局2023年政府信息公…</a>', TITLE),
        (f'<a href="1" title="详情">{TITLE}</a>', TITLE),
        (f'<a href="1"><b>{TITLE}</b> <i>[2024-01-20]</i></a>', TITLE),
    ],
)
def test_the_longer_of_text_and_title_names_a_link_without_its_day(anchor, title):
    assert read(anchor).reports[0].title == title


def test_one_page_linked_twice_is_one_report():
    reading = read(f'<a href="1"><img></a><a href="1">{TITLE}</a><a href="1#x">{TITLE}（全文）</a>')
    assert [link.title for link in reading.reports] == [TITLE]


def test_only_links_under_the_selector_are_considered():
    menu = f'<ul class="menu"><li><a href="/m">{TITLE}</a></li></ul>'
    items = f'<ul class="list"><li><a href="/1">{TITLE}</a></li></ul>'
    reading = read(menu + items, ListPage(url=URL, link="ul.list a"))
    assert [link.url for link in reading.reports] == ["http://a.gov.cn/1"]


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-8", "utf-8"),
        (None, "utf-8"),
        (None, "gb18030"),
        ("gb2312", "utf-8"),
        ("nonsense", "utf-8"),
    ],
)
def test_encodings_declared_or_not(declared, used):
    meta = f'<meta charset="{declared}">' if declared else ""
    # 旸 is in GB 18030 and not in GB 2312, whatever the page declares.
    page = f"<html><head>{meta}</head><a href='1'>旸县2023年政府信息公开工作年度报告</a></html>"
    [link] = find_reports(page.encode(used), URL, PAGE).reports
    assert link.title == "旸县2023年政府信息公开工作年度报告"


def test_bytes_that_are_no_page_have_no_links():
    assert find_reports(bytes(range(256)) * 10, URL, PAGE).reports == ()


@pytest.mark.parametrize(
    ("pattern", "number", "address"),
    [
        ("index_{n}.html", 2, "http://a.gov.cn/zwgk/nb/index_1.html"),
        ("index_{n}.html", 3, "http://a.gov.cn/zwgk/nb/index_2.html"),
        ("list_{n+1}.shtml", 2, "http://a.gov.cn/zwgk/nb/list_2.shtml"),
        ("?page={n+1}", 2, "http://a.gov.cn/zwgk/nb/index.html?page=2"),
        ("index_{n}.html", 1, URL),
    ],
)
def test_the_address_of_a_further_page(pattern, number, address):
    assert page_address(ListPage(url=URL, next=pattern), number) == address


@pytest.mark.parametrize(
    ("script", "pages"),
    [
        ('createPageHTML(20, 0, "index", "html");', 20),
        ("createPageHTML('3',0,'index','shtml')", 3),
        ("", None),
    ],
)
def test_the_page_says_how_many_there_are(script, pages):
    assert read(f"<script>{script}</script>").pages == pages


def test_a_next_link_is_selected():
    page = ListPage(url=URL, next="a.next")
    assert read('<a class="next" href="p2.html">下一页</a>', page).next_link == (
        "http://a.gov.cn/zwgk/nb/p2.html"
    )
    assert read('<a class="next" href="javascript:">下一页</a>', page).next_link is None
    assert read("<a href='p2.html'>下一页</a>", page).next_link is None


def test_a_column_filled_by_a_client_template():
    """As on a real TRS column: a second block holds a template whose links have no address."""
    html = (DOCUMENTS / "pingtan/zwgk/zfxxgk/zfxxgknb/index_1.html").read_bytes()
    url = "http://a.gov.cn/zwgk/zfxxgk/zfxxgknb/index_1.html"
    reading = find_reports(html, url, ListPage(url=url, link=".rules_tabs_01 a"))
    assert [link.title for link in reading.reports] == [
        "平潭综合实验区2025年度政府信息公开工作年度报告"
    ]
    assert reading.pages == 2


# --- where the page itself says that it goes on --------------------------------------------------


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ('<script>createPageHTML(3, 0, "index", "html")</script>', "index_1.html"),
        ('<script>createPageHTML(3, 1, "index", "htm")</script>', "index_2.htm"),
        (
            "<script>createPageHTML('page-div',5, 1,'xxgknb_list','shtml',83);</script>",
            "xxgknb_list_2.shtml",
        ),
        ('<a href="p2.html">下一页</a>', "p2.html"),
        ('<a href="p2.html"> 下页 &gt; </a>', "p2.html"),
        ('<a href="http://b.gov.cn/p2.html">下一页</a>', None),
        ('<a href="javascript:void(0)">下一页</a>', None),
        ('<a href="p2.html">下一页的说明</a>', None),
        ("", None),
    ],
)
def test_the_following_page_as_the_page_says(said, address):
    assert read(said).next_link == (address and f"http://a.gov.cn/zwgk/nb/{address}")


def test_a_list_for_each_year():
    page = ListPage(url="http://a.gov.cn/nb/nb_{year}n/", cms="trs", first_year=2023)
    assert [one.url for one in each_year(page, 2025)] == [
        f"http://a.gov.cn/nb/nb_{year}n/" for year in (2025, 2024, 2023)
    ]
    assert each_year(PAGE, 2025) == [PAGE]


# --- what may be a report ------------------------------------------------------------------------

VAGUE = '<a href="1.html">2023年</a><a href="2.html">某局2022年政府信息公…</a><a href="/">首页</a>'


def test_in_a_column_of_reports_vague_words_are_looked_at_closer():
    reading = read(f"<title>政府信息公开年报_某局</title>{VAGUE}")
    assert [(link.year, link.reason) for link in reading.reports] == [
        (2023, TO_BE_SEEN),
        (2022, TO_BE_SEEN),
    ]


def test_elsewhere_they_are_left():
    assert read(f"<title>通知公告</title>{VAGUE}").reports == ()


# --- the list page is the report -----------------------------------------------------------------

LABELS = ("第二十条第（一）项", "一、本年新收", "四、结转下年度继续办理", "行政复议")
TABLES = "<table>" + "".join(f"<tr><td>{label}</td></tr>" for label in LABELS) + "</table>"


def test_a_page_with_a_title_and_the_tables_is_a_report():
    itself = read(f"<h1>{TITLE}</h1>{TABLES}").itself
    assert (itself.url, itself.title, itself.year) == (URL, TITLE, 2023)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>政府信息公开年报</h1>{TABLES}",  # which year?
        f"<h1>{TITLE}</h1>",
        f'<h1>{TITLE}</h1>{TABLES}<a href="1.html">{TITLE}</a>',  # a list with a preview
    ],
)
def test_a_list_is_no_report(body):
    assert read(body).itself is None


def test_of_a_list_that_many_agencies_share_only_ours_is_taken():
    ours, theirs = TITLE.replace("某局", "某市医疗保障局"), TITLE.replace("某局", "某市公安局")
    page = ListPage(url=URL, contains="医疗保障")
    reading = read(f'<a href="1">{ours}</a><a href="2">{theirs}</a><a href="3">首页</a>', page)
    assert [link.title for link in reading.reports] == [ours]
    assert reading.left[0].reason == "of another agency: no 医疗保障 in its words"
