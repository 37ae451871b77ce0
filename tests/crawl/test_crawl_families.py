"""The content management systems: for each, an answer in its real shape, what is taken from it, and where it goes on."""

import json
import time
from contextlib import suppress

import pytest

from disclosure.crawl.families import FAMILIES, request_pattern
from disclosure.crawl.lists import find_reports, page_address
from disclosure.crawl.outcomes import NotFetched
from disclosure.records import ListPage

SITE = "http://www.a.gov.cn"
TITLE = "某市医疗保障局2024年政府信息公开工作年度报告"
NOTICE = "关于做好2024年度政府信息公开工作年度报告编制工作的通知"


def a_list(path, cms, **facts):
    return ListPage(url=SITE + path, cms=cms, **facts)


def read(body, page, number=1):
    body = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return find_reports(body.encode(), page_address(page, number), page)


def taken(reading):
    return [(link.url.removeprefix(SITE), link.title, link.year) for link in reading.reports]


# --- 大汉 ----------------------------------------------------------------------------------------

GROUP = "/module/web/jpage/dataproxy.jsp?page=2&amp;webid=7&amp;columnid=42150&amp;unitid=380055"
DATASTORE = (
    f'<datastore><nextgroup><![CDATA[<a href="{GROUP}"></a>]]></nextgroup><recordset>'
    f"<record><![CDATA[<li><a href='/art/2025/1/9/art_42150_7.html' title='{TITLE}'>某市医疗…</a>"
    "<span>2025-01-09</span></li>]]></record>"
    f"<record><![CDATA[<li><a href='/art/2024/12/2/art_42150_6.html'>{NOTICE}</a></li>]]></record>"
    "</recordset></datastore>"
)


def test_jpage_entries_within_the_column_page():
    page = a_list("/col/col42150/index.html", "hanweb", link=".List_list a")
    html = f'<a href="/x">{TITLE}</a><ul class="List_list"><script type="text/xml">{DATASTORE}</script></ul>'
    reading = read(html, page)
    assert taken(reading) == [("/art/2025/1/9/art_42150_7.html", TITLE, 2024)]
    assert [link.title for link in reading.left] == [NOTICE]
    assert reading.next_link == SITE + GROUP.replace("&amp;", "&")


def test_jpage_entries_from_its_dataproxy_until_there_is_no_group():
    page = a_list("/col/col42150/index.html", "hanweb")
    last = DATASTORE.replace(
        DATASTORE[DATASTORE.index("<![CDATA[<a") : DATASTORE.index("</nextgroup>")], ""
    )
    reading = find_reports(f"<?xml version='1.0'?>{last}".encode(), SITE + "/module/x.jsp", page)
    assert taken(reading) == [("/art/2025/1/9/art_42150_7.html", TITLE, 2024)]
    assert reading.next_link is None


def test_jpage_by_its_parameters():
    page = a_list(
        "/col/1.html",
        "hanweb-dataproxy",
        parameters=(("web", "7"), ("column", "42150"), ("unit", "38")),
    )
    assert page_address(page, 3) == (
        f"{SITE}/module/web/jpage/dataproxy.jsp?page=3&appid=1&webid=7&path=/&columnid=42150&unitid=38&permissiontype=0"
    )
    assert taken(read(DATASTORE, page))[0][2] == 2024


def test_jpaas_entries_as_html_within_json():
    facts = (("web", "w"), ("template", "t"), ("tag", "信息列表"), ("column", "c"))
    page = a_list("/col/1/index.html", "jpaas", parameters=facts)
    assert "&tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8&" in page_address(page, 1)
    assert "%22pageNo%22%3A2%2C" in page_address(page, 2)
    html = f'<ul><li><a href="/art/2025/art_{"0" * 32}.html" title="{TITLE}">…</a></li></ul>'
    assert taken(read({"success": True, "data": {"html": html}}, page))[0][1:] == (TITLE, 2024)


# --- 拓尔思 --------------------------------------------------------------------------------------


def trs_answer(count):
    reports = [
        {
            "doctitle": f"<em>某市医疗保障局</em>{year}年政府信息公开工作年度报告",
            "docpuburl": f"{SITE}/zfxxgknb/{year + 1}01/t{year + 1}0110_{year}.htm",
            "docreltime": f"{year + 1}-01-10 10:00:00",
        }
        for year in range(2024, 2024 - count, -1)
    ]
    return {"recordCount": "20", "pageCount": 2, "data": reports}


def test_a_trs_search_is_asked_by_a_form_and_says_how_many_pages_it_has():
    page = a_list(
        "/zfxxgknb/", "trs-search", parameters=(("channel", "200210"), ("column", "1813"))
    )
    assert FAMILIES["trs-search"].is_form
    assert page_address(page, 2) == (
        f"{SITE}/fjdzapp/search?channelid=200210&classsql=chnlid%3D1813"
        "&sortfield=-docorderpri,-docreltime&prepage=20&page=2"
    )
    reading = read(trs_answer(2), page)
    assert reading.pages == 2
    assert taken(reading)[0] == (
        "/zfxxgknb/202501/t20250110_2024.htm",
        "某市医疗保障局2024年政府信息公开工作年度报告",
        2024,
    )


def test_was_answers_in_json_that_is_not_quite():
    page = a_list("/zfxxgknb/", "trs-was", parameters=(("channel", "203958"), ("column", "21694")))
    entry = f'{{"title":"{TITLE}\t","url":"./a","chnldocurl":"{SITE}/t1.htm"}}'
    answer = f"""{{"count":"1",\n"py":'###pypy###',\n"docs":[\n{entry}\n]}}"""
    reading = read(answer, page)
    assert taken(reading) == [("/t1.htm", TITLE, 2024)]
    assert reading.pages == 1


# --- 广东, 安徽 ----------------------------------------------------------------------------------


def test_gkmlpt_counts_its_entries():
    page = a_list("/zjj/gkmlpt/index", "gkmlpt", parameters=(("column", "721"), ("sid", "662021")))
    assert page_address(page, 1) == f"{SITE}/zjj/gkmlpt/api/all/721?page=1&sid=662021"
    articles = [
        {"id": 1, "title": TITLE, "url": f"{SITE}/zjj/gkmlpt/content/9/9103/post_9103540.html"},
        {"id": 2, "title": NOTICE, "url": "", "post_url": f"{SITE}/zjj/content/post_2.html"},
    ]
    reading = read({"classify": {"post_count": 5}, "articles": articles}, page)
    assert taken(reading) == [("/zjj/gkmlpt/content/9/9103/post_9103540.html", TITLE, 2024)]
    assert reading.left[0].url.endswith("post_2.html")
    assert reading.pages == 3


def test_anhui_answers_with_a_fragment():
    page = a_list("/public/column/491", "anhui", parameters=(("site", "6"), ("organ", "491")))
    assert "organId=491&type=3&catId=" in page_address(page, 1)
    fragment = f'<div class="xxgk_navli"><ul><li><a href="/public/491/45187551.html" title="{TITLE}">x</a></li></ul></div>'
    assert taken(read(fragment, page)) == [("/public/491/45187551.html", TITLE, 2024)]


def test_openness_links_the_page_and_the_word_file():
    page = a_list("/openness/", "openness")
    html = (
        f'<a href="/OpennessAnnualReport/show/489.html">{TITLE}</a>'
        f'<a href="/OpennessAnnualReport/download/489.html">{TITLE}（下载）</a><a href="/1.html">{TITLE}</a>'
    )
    assert [link.url.rsplit("/", 2)[1] for link in read(html, page).reports] == ["show", "download"]


# --- all of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cms", "answer"),
    [
        ("trs-search", "<html>502</html>"),
        ("trs-search", {"data": None}),
        ("gkmlpt", {"message": "no"}),
        ("jpaas", "{"),
    ],
)
def test_an_answer_that_is_not_what_the_family_sends_is_no_empty_list(cms, answer):
    facts = tuple((name, "1") for name in FAMILIES[cms].parameters)
    with pytest.raises(NotFetched, match=r"no entries under|not JSON"):
        read(answer, a_list("/", cms, parameters=facts))


@pytest.mark.parametrize("cms", FAMILIES)
def test_parameters_are_the_places_of_the_request(cms):
    family = FAMILIES[cms]
    assert family.about
    pattern = request_pattern(
        a_list("/", cms, parameters=tuple((name, "x") for name in family.parameters))
    )
    if pattern is not None:
        assert "{n+1}" in pattern
        assert "{" not in pattern.replace("{n+1}", "")


@pytest.mark.parametrize(
    ("cms", "unit"),
    [
        ("hanweb", "<datastore>"),
        ("hanweb", "<datastore></datastore>"),
        ("hanweb", "<nextgroup>"),
        ("hanweb", "<record><![CDATA["),
        ("trs", "createPageHTML('a"),
        ("trs", "<a href=x>2020公"),
        ("gkmlpt", "["),
        ("gkmlpt", "f("),
        ("gkmlpt", " )"),
        ("gkmlpt", ":'"),
        ("jpaas", '{"data":'),
    ],
)
def test_a_hostile_answer_costs_little(cms, unit):
    facts = tuple((name, "1") for name in FAMILIES[cms].parameters)
    started = time.process_time()
    with suppress(NotFetched):
        read(unit * (100_000 // len(unit)), a_list("/", cms, parameters=facts))
    assert time.process_time() - started < 2


def test_a_list_without_end_is_no_list():
    with pytest.raises(NotFetched, match="a list of over 2,000,000 bytes"):
        read("<p>" * 700_000, a_list("/", "trs"))
