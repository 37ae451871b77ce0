"""One report at several addresses of a site: which addresses say so by themselves, and which of them is asked for."""

import pytest

from disclosure.crawl.lists import Link
from disclosure.crawl.variants import one_per_report, report_key


def a_link(url):
    return Link(url, "某局2023年政府信息公开工作年度报告", 2023, "")


@pytest.mark.parametrize(
    ("best", "other"),
    [
        ("http://a.gov.cn/t20230131_1.html", "http://a.gov.cn/t20230131_1_wap.html"),
        ("http://a.gov.cn/t20230131_1.html", "http://a.gov.cn/t20230131_1.html?isMobile=true"),
        ("http://www.a.gov.cn/t1.html", "http://m.a.gov.cn/t1.html"),
        ("http://a.gov.cn/nb/1.html", "http://a.gov.cn/wap/nb/1.html"),
        ("https://a.gov.cn/1.html", "http://www.a.gov.cn/1.html"),
        ("http://a.gov.cn/html/zwgk/1.html", "http://a.gov.cn/html//zwgk/1.html"),
        ("http://a.gov.cn/nb/", "http://a.gov.cn/nb/index.html"),
        (
            "http://a.gov.cn/XxgkAnnualReport/show/9.html",
            "http://a.gov.cn/XxgkAnnualReport/download/9.html",
        ),
        ("http://a.gov.cn/x.jsp?area=1&fbtime=2017", "http://a.gov.cn/x.jsp?fbtime=2017&area=1"),
    ],
)
def test_addresses_of_one_report(best, other):
    assert report_key(best) == report_key(other)
    for links in ([best, other], [other, best]):
        [(chosen, others)] = one_per_report(map(a_link, links))
        if "fbtime" not in best and "//zwgk" not in other and "index" not in other:
            assert (chosen.url, [link.url for link in others]) == (best, [other])


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("http://a.gov.cn/1.html", "http://a.gov.cn/2.html"),
        ("http://a.gov.cn/x.jsp?fbtime=2017", "http://a.gov.cn/x.jsp?fbtime=2018"),
        ("http://a.gov.cn/1.html", "http://b.gov.cn/1.html"),
        ("http://a.gov.cn/1.html", "http://a.gov.cn:8080/1.html"),
        (
            "http://a.gov.cn/gk/show/9.html",
            "http://a.gov.cn/gk/download/9.html",
        ),  # no known platform
        ("http://a.gov.cn/art/2025/1/10/art_1_2.html", "http://a.gov.cn/x.jsp?area=1&fbtime=2024"),
    ],
)
def test_addresses_of_which_it_cannot_be_told(one, another):
    assert [others for _, others in one_per_report(map(a_link, (one, another)))] == [[], []]


def test_the_order_of_the_list_stays():
    urls = [f"http://a.gov.cn/{name}.html" for name in ("3", "1_wap", "2", "1")]
    assert [link.url[-6:] for link, _ in one_per_report(map(a_link, urls))] == [
        "3.html",
        "1.html",
        "2.html",
    ]
