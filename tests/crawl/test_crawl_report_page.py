"""Pages that no list names: is it a report, and of which year?"""

import pytest

from disclosure.crawl.report_page import name_report

URL = "http://a.gov.cn/x.jsp?area=1&fbtime=2024"
TITLE = "某市医疗保障局2024年政府信息公开工作年度报告"
TABLE = "<table><tr><td>一、本年新收政府信息公开申请数量</td><td>3</td></tr></table>"
PROSE = f"<p>{'2024年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，' * 3}</p>"


def named(body, year=2024):
    return name_report(f"<html>{body}</html>".encode(), URL, year)


@pytest.mark.parametrize(
    "body",
    [
        f"<title>{TITLE}</title>{TABLE}",
        f"<title>{TITLE}_某市人民政府</title>{TABLE}",
        f'<meta name="ArticleTitle" content="{TITLE}">{TABLE}',
        f"<title>年报</title><h1>某市医疗保障局<br>2024年政府信息公开工作年度报告</h1>{TABLE}",
        f'<div class="title">{TITLE}</div>{TABLE}',
        f"<p>{TITLE}</p>{TABLE}",
        f"<h1>{TITLE}</h1>{PROSE}<img src='1.png'>",  # the tables may be pictures
        f"<h1>{TITLE}</h1><a href='1.docx'>附件</a>",
    ],
)
def test_a_page_that_is_the_report_of_its_year(body):
    assert named(body).is_report
    assert named(body).year == 2024
    assert "2024年政府信息公开工作年度报告" in named(body).title


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<title>政府信息公开年报</title>", "names no report of 2024"),
        (f"<title>{TITLE.replace('2024', '2023')}</title>{TABLE}", "names no report of 2024"),
        (f"<h1>{TITLE}</h1>", "holds none"),
        (f"<h1>{TITLE}</h1><p>暂无信息</p>", "holds none"),
        ("", "names no report of 2024"),
    ],
)
def test_a_page_without_the_report_of_its_year(body, reason):
    assert not named(body).is_report
    assert reason in named(body).reason


LABELS = "第二十条第（一）项 一、本年新收 四、结转下年度继续办理 行政复议"


@pytest.mark.parametrize(
    ("words", "year", "is_report"),
    [
        (f"自2024年1月1日起 {LABELS}", 2024, True),
        (f"自2024年1月1日起 {LABELS}", None, True),
        (f"自2023年1月1日起 {LABELS}", 2024, False),
        ("自2024年1月1日起 第二十条第（一）项 行政复议", 2024, False),
        (f"{TITLE} {LABELS}", 2023, False),  # it has a title, of another year
    ],
)
def test_a_form_that_has_lost_its_title(words, year, is_report):
    body = f"<html><p>{words.replace(' ', '</p><p>')}</p></html>".encode()
    assert name_report(body, URL, year).is_report is is_report


def test_a_page_that_lists_the_files_of_several_agencies_is_no_report():
    files = "".join(
        f'<li><a href="{one}.pdf">{one}局2024年政府信息公开工作年度报告.pdf</a></li>'
        for one in "甲乙"
    )
    assert named(f"<title>{TITLE}</title><ul>{files}</ul>").reason == (
        "the page lists reports and is none itself"
    )


def test_neighbours_make_no_list():
    neighbours = (
        '<p>上一篇：<a href="1.html">某局2023年政府信息公开工作年度报告</a></p>'
        '<p>下一篇：<a href="3.html">某局2025年政府信息公开工作年度报告</a></p>'
    )
    assert named(f'<h1>{TITLE}</h1><a href="1.pdf">{TITLE}.pdf</a>{neighbours}').is_report


def test_an_address_without_a_year_gives_the_report_that_it_has():
    assert named(f"<title>{TITLE}</title>{TABLE}", year=None).year == 2024


def test_plain_text_and_files():
    assert name_report(f"{TITLE}\n\n一、本年新收".encode(), URL, 2024).title == TITLE
    assert name_report(b"%PDF-1.7", URL, 2024).year == 2024
