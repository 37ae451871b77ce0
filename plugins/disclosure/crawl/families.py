"""The content management systems that agencies publish with, as data: how each fills its lists of reports.

A list is read in one of three ways. `links`: an HTML page or fragment whose links are considered. `records`: JSON that
holds a title and an address for each entry. `page`: no list at all, the page at the address is the report; {year} in
the address makes one page for each year.

Where a list is filled by a request, `request` is its address, joined with the address of the list page. It holds {n} or
{n+1} for the number of the page, and the family's parameters, which the site file gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote

from disclosure.records import ListPage

Way = Literal["links", "records", "page"]


@dataclass(frozen=True, slots=True)
class Family:
    """How the lists of one content management system are filled."""

    about: str
    way: Way = "links"
    request: str | None = None
    is_form: bool = False  # the request's query is sent as a form, by POST
    parameters: Mapping[str, str | None] = field(default_factory=dict)  # None: must be given
    link: str = "a[href]"
    # Of JSON: where the entries stand (an empty path: the whole answer), and how they name what is wanted.
    entries: tuple[str, ...] = ()
    title: tuple[str, ...] = ("title",)
    address: tuple[str, ...] = ("url",)
    pages: tuple[str, ...] = ()  # the number of pages
    total: tuple[str, ...] = ()  # the number of entries on all pages


FAMILIES: dict[str, Family] = {
    "static": Family(
        "a list in the HTML (博达, 新点 and others); following pages by createPageHTML, 下一页 or `next`"
    ),
    "trs": Family(
        "拓尔思 WCM: index_1.html after index.html, reports at …/202401/t20240116_123.html"
    ),
    "ucap": Family("开普: list_2.shtml after list.shtml, reports at …/202401/<32 hex>.shtml"),
    "post": Family("广东: index_2.html after index.html, reports at …/content/post_123.html"),
    "hanweb": Family(
        "大汉 jpage: entries as XML in the column page, further ones by its dataproxy; reports at /art/…"
    ),
    "hanweb-dataproxy": Family(
        "大汉 jpage: entries as XML from the dataproxy alone",
        request="/module/web/jpage/dataproxy.jsp?page={n+1}&appid=1&webid={web}&path=/"
        "&columnid={column}&unitid={unit}&permissiontype=0",
        parameters={"web": None, "column": None, "unit": None},
    ),
    "jpaas": Family(
        "大汉 jpaas: entries as HTML within JSON",
        request="/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic&webId={web}"
        "&tplSetId={template}&pageType=column&tagId={tag}&editType=null&pageId={column}"
        "&paramJson=%7B%22pageNo%22%3A{n+1}%2C%22pageSize%22%3A20%7D",
        parameters={"web": None, "template": None, "tag": None, "column": None},
        entries=("data.html",),
    ),
    "hanweb-year": Family(
        "大汉 信息公开: xxgkAnnualReport.jsp?area=<agency>&fbtime={year}, one page for each agency and year",
        way="page",
    ),
    "trs-search": Family(
        "拓尔思 search: JSON to a form, as the columns of 福建 are filled",
        way="records",
        request="{path}?channelid={channel}&classsql=chnlid%3D{column}&sortfield=-docorderpri,-docreltime"
        "&prepage={size}&page={n+1}",
        is_form=True,
        parameters={"path": "/fjdzapp/search", "channel": None, "column": None, "size": "20"},
        entries=("data", "docs", "datas"),
        title=("doctitle", "title"),
        address=("docpuburl", "chnldocurl", "url"),
        pages=("pageCount",),
        total=("recordCount", "count"),
    ),
    "trs-was": Family(
        "拓尔思 WAS: JSON from /was5/web/search",
        way="records",
        request="/was5/web/search?channelid={channel}&templet=docs.jsp&sortfield=-docorderpri,-docreltime"
        "&classsql=chnlid%3D{column}&prepage={size}&page={n+1}",
        parameters={"channel": None, "column": None, "size": "20"},
        entries=("docs",),
        title=("title", "doctitle"),
        address=("chnldocurl", "url"),
        total=("count",),
    ),
    "gkmlpt": Family(
        "广东 政府信息公开平台: JSON from /gkmlpt/api; `column` is the number behind the # of its index page",
        way="records",
        request="api/all/{column}?page={n+1}&sid={sid}",
        parameters={"column": None, "sid": None},
        entries=("articles",),
        address=("url", "post_url"),
        total=("classify.post_count", "total"),
    ),
    "anhui": Family(
        "安徽 政务公开平台: entries as an HTML fragment from /site/label/8888",
        request="/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId={site}&pageSize=20"
        "&pageIndex={n+1}&action=list&organId={organ}&type={type}&catId={category}",
        parameters={"site": None, "organ": None, "type": "3", "category": ""},
    ),
    "openness": Family(
        "安徽 XxgkAnnualReport: reports at …AnnualReport/show/<id>.html, the same as Word at …/download/<id>.html",
        link="a[href*='AnnualReport/']",
    ),
    "column": Family(
        "the column's page is the report; {year} where there is one for each", way="page"
    ),
}


def family_of(page: ListPage) -> Family:
    """The family of a list, with what the site file says otherwise."""
    family = FAMILIES[page.cms]
    return family if page.link is None else replace(family, link=page.link)


def request_pattern(page: ListPage) -> str | None:
    """The address of the request that fills a list, its parameters filled in; None where no request does."""
    family = FAMILIES[page.cms]
    if family.request is None:
        return None
    given = {**family.parameters, **dict(page.parameters)}
    pattern = family.request
    for name, value in given.items():
        pattern = pattern.replace(f"{{{name}}}", quote(value or "", safe="/,:"))
    return pattern
