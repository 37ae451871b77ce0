"""List pages, read: which of their links are reports, which are not and why, and where the list goes on.

Mechanisms, not copies of sites: what differs between two sites of a kind stands in their site files.

`static`: the links stand in the HTML, under the selector `link`. The list goes on as `next` says:
  absent         it does not
  index_{n}.html the second page is index_1.html (TRS); with {n+1} it is index_2.html. Pages are counted by the
                 createPageHTML(20, 0, "index", "html") of the first page; without one the list goes on until a page
                 is missing or shows no link that was not seen before
  a.next         any other text is the CSS selector of the link to the following page
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import Tag

from disclosure.crawl.hosts import host_of
from disclosure.crawl.hypertext import Hypertext, read_html
from disclosure.crawl.titles import judge_title
from disclosure.records import ListPage

KINDS = ("static",)

_PAGE_NUMBER = re.compile(r"\{n(\+1)?\}")
_DAY_AT_THE_END = re.compile(r"\s*[\[(（]?\b[12]\d{3}([-./])\d\d?\1\d\d?[\])）]?$")
_PAGE_COUNT = re.compile(r"createPageHTML\(\s*[\"']?(\d+)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a list page. `year` is that of the report it was taken for; None means it was left."""

    url: str
    title: str
    year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list page, read."""

    reports: tuple[Link, ...]
    left: tuple[Link, ...]
    pages: int | None  # how many pages the list says it has
    next_link: str | None  # the link to the following page, where `next` selects one


def find_reports(
    html: bytes, url: str, page: ListPage, hosts: frozenset[str] | None = None
) -> ListReading:
    """Read a list page that came from `url`. Links that lead off the site's `hosts` (by default the page's own) are left.

    Raises NotFetched when the bytes cannot be read as HTML at all.
    """
    read = read_html(html, url)
    hosts = frozenset({host_of(url)}) if hosts is None else hosts
    links = list(dict.fromkeys(_links(read, page.link, hosts)))
    count = _PAGE_COUNT.search(read.text)
    return ListReading(
        reports=tuple(_one_per_address(link for link in links if link.year is not None)),
        left=tuple(link for link in links if link.year is None),
        pages=int(count[1]) if count else None,
        next_link=_next_link(read, page.next, hosts),
    )


def page_address(page: ListPage, number: int) -> str:
    """The address of the list's page `number`, counted from 1, where `next` is a pattern."""
    if number == 1 or page.next is None:
        return page.url
    return urljoin(
        page.url, _PAGE_NUMBER.sub(lambda n: str(number if n[1] else number - 1), page.next)
    )


def is_pattern(next_page: str) -> bool:
    """Whether `next` is a pattern of addresses; else it is a CSS selector."""
    return _PAGE_NUMBER.search(next_page) is not None


def _links(read: Hypertext, selector: str, hosts: frozenset[str]) -> Iterator[Link]:
    for anchor in read.soup.select(selector):
        title, address = _words(anchor), read.address(anchor)
        if address is None:
            yield Link(str(anchor.get("href", "")), title, None, "not a web address")
        elif host_of(address) not in hosts:
            yield Link(address, title, None, "on a host that is not the site's")
        else:
            verdict = judge_title(title)
            yield Link(address, title, verdict.year, verdict.reason)


def _one_per_address(links: Iterator[Link]) -> Iterator[Link]:
    """A picture, the title and 详情 often link to one page; the first that names it is kept."""
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link


def _words(anchor: Tag) -> str:
    """What the link says: its text or its title, whichever is longer; lists cut long texts short."""
    text = _DAY_AT_THE_END.sub("", " ".join(anchor.get_text(" ").split()))
    title = " ".join(str(anchor.get("title", "")).split())
    return max(text, title, key=len)


def _next_link(read: Hypertext, selector: str | None, hosts: frozenset[str]) -> str | None:
    if selector is None or is_pattern(selector):
        return None
    anchor = read.soup.select_one(selector)
    address = None if anchor is None else read.address(anchor)
    return address if address and host_of(address) in hosts else None
