"""List pages, read: which of their entries are reports, which are not and why, and where the list goes on.

Mechanisms, not copies of sites: crawl/families.py says how each content management system fills its lists, and what
differs between two sites of a kind stands in their site files.

A list goes on as `next` of the site file says:
  index_{n}.html the second page is index_1.html (TRS); with {n+1} it is index_2.html. Where the page says how many
                 there are they are counted; else the list goes on until a page is missing or shows nothing new
  a.next         any other text is the CSS selector of the link to the following page
Without `next` it goes on as the page itself says: by createPageHTML(20, 0, "index", "html"), by the address of the
next group of jpage, or by a link 下一页.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from bs4 import Tag

from disclosure.crawl.entries import LONGEST_TITLE, html_within, read_entries
from disclosure.crawl.families import FAMILIES, Family, family_of, request_pattern
from disclosure.crawl.hosts import host_of
from disclosure.crawl.hypertext import Hypertext, decode, read_markup, web_address, words
from disclosure.crawl.outcomes import NotFetched
from disclosure.crawl.report_page import carries_tables, name_page
from disclosure.crawl.titles import NOT_NAMED, judge_title, names_a_column, possible_year
from disclosure.records import ListPage

ELSEWHERE = "on a host that is not the site's"
MOST_BYTES = 2_000_000
"""Of a list page or answer: twenty times the usual. What is longer is no list."""

TO_BE_SEEN = "may be a report: its page must say so"

_PAGE_NUMBER = re.compile(r"\{n(\+1)?\}")
_DAY_AT_THE_END = re.compile(r"\s*[\[(（]?\b[12]\d{3}([-./])\d\d?\1\d\d?[\])）]?$")
_PAGE_COUNT = re.compile(
    r"createPageHTML\(\s*(?:[\"'][^\"',]{0,60}[^\"',\d][\"']\s*,\s*)?[\"']?(?P<count>\d{1,6})[\"']?"
    r"(?:\s*,\s*[\"']?(?P<current>\d{1,6})[\"']?\s*,\s*[\"'](?P<stem>[\w-]{1,99})[\"']\s*,\s*[\"'](?P<suffix>\w{1,9})[\"'])?"
)
_NEXT_GROUP = re.compile(
    r"<nextgroup>(?:(?!</nextgroup).){0,99}?href=[\"']([^\"']{1,2000})", re.DOTALL | re.IGNORECASE
)
_NEXT_WORDS = re.compile(r"^[\s>»›]*下一?页[\s>»›]*$")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a list. `year` is that of the report it was taken for; None means it was left."""

    url: str
    title: str
    year: int | None
    reason: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it was left only because it stands on a host that is not the site's: a copy, or a host to be added."""
        return self.reason == ELSEWHERE and judge_title(self.title).year is not None


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list page, read."""

    reports: tuple[Link, ...]
    left: tuple[Link, ...]
    pages: int | None = None  # how many pages the list says it has
    next_link: str | None = None  # the address of the following page, where the page says it
    itself: Link | None = None  # the page is no list but a report


def find_reports(
    body: bytes, url: str, page: ListPage, hosts: frozenset[str] | None = None
) -> ListReading:
    """Read a list page that came from `url`. Links that lead off the site's `hosts` (by default the page's own) are left.

    Raises NotFetched when the bytes cannot be read as what the family sends.
    """
    if len(body) > MOST_BYTES:
        raise NotFetched("too_large", f"a list of over {MOST_BYTES:,} bytes")
    hosts = frozenset({host_of(url)}) if hosts is None else hosts
    family = family_of(page)
    if family.way == "records":
        answer = read_entries(body, family)
        links = [_entry(title, web_address(href, url), href, hosts) for title, href in answer.found]
        closer = [_looked_at_closer(link) for link in links]
        return _reading(_ours(closer, page.contains), pages=answer.pages)
    text = html_within(decode(body), family)
    read = read_markup(text, url)
    links = list(_links(read, family, hosts))
    if family.request or _is_column_of_reports(read):
        links = [_looked_at_closer(link) for link in links]
    links = _ours(links, page.contains)
    count = _PAGE_COUNT.search(text)
    return _reading(
        links,
        pages=int(count["count"]) if count else None,
        next_link=_next_link(read, page.next, hosts),
        itself=None
        if any(link.year for link in links if link.reason != TO_BE_SEEN)
        else _itself(read, url),
    )


def each_year(page: ListPage, last_year: int) -> list[ListPage]:
    """A list for each year, where the site file states one for all of them, the newest first; any other as it is."""
    if "{year}" not in page.url or FAMILIES[page.cms].way == "page":
        return [page]
    years = range(last_year, page.first_year - 1, -1)
    return [
        replace(page, url=page.url.replace("{year}", str(year)), first_year=year) for year in years
    ]


def page_address(page: ListPage, number: int) -> str:
    """The address of the list's page `number`, counted from 1, where the family or `next` has a pattern."""
    pattern = request_pattern(page) or (page.next if number > 1 else None)
    if pattern is None:
        return page.url
    return urljoin(
        page.url, _PAGE_NUMBER.sub(lambda n: str(number if n[1] else number - 1), pattern)
    )


def is_pattern(next_page: str | None) -> bool:
    """Whether `next` is a pattern of addresses; else it is a CSS selector."""
    return next_page is not None and _PAGE_NUMBER.search(next_page) is not None


def goes_by_number(page: ListPage) -> bool:
    """Whether the addresses of the following pages are known from their numbers."""
    return FAMILIES[page.cms].request is not None or is_pattern(page.next)


def _reading(
    links: list[Link],
    pages: int | None = None,
    next_link: str | None = None,
    itself: Link | None = None,
) -> ListReading:
    links = list(dict.fromkeys(links))
    reports = tuple(_one_per_address(link for link in links if link.year is not None))
    left = tuple(link for link in links if link.year is None)
    return ListReading(reports, left, pages, next_link, itself)


def _links(read: Hypertext, family: Family, hosts: frozenset[str]) -> Iterator[Link]:
    for anchor in read.soup.select(family.link):
        yield _entry(_words(anchor), read.address(anchor), str(anchor.get("href", "")), hosts)


def _entry(title: str, address: str | None, href: str, hosts: frozenset[str]) -> Link:
    if address is None:
        return Link(href, title, None, "not a web address")
    if host_of(address) not in hosts:
        return Link(address, title, None, ELSEWHERE)
    verdict = judge_title(title)
    return Link(address, title, verdict.year, verdict.reason)


def _looked_at_closer(link: Link) -> Link:
    """In a column of reports, words that are cut short or vague may be a report's."""
    year = possible_year(link.title) if link.reason == NOT_NAMED else None
    return link if year is None else replace(link, year=year, reason=TO_BE_SEEN)


def _ours(links: list[Link], contained: str | None) -> list[Link]:
    """Of a list that many agencies share, the reports of the site's own; the others are left."""
    if contained is None:
        return links
    reason = f"of another agency: no {contained} in its words"
    return [
        link
        if contained in link.title or link.year is None
        else replace(link, year=None, reason=reason)
        for link in links
    ]


def _is_column_of_reports(read: Hypertext) -> bool:
    names = [words(name.get_text(" ")) for name in read.soup.select("title, h1, h2, h3")]
    names += [str(meta["content"]) for meta in read.soup.select("meta[name=ColumnName][content]")]
    return any(map(names_a_column, names))


def _one_per_address(links: Iterator[Link]) -> Iterator[Link]:
    """A picture, the title and 详情 often link to one page; the first that names it is kept."""
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link


def _words(anchor: Tag) -> str:
    """What the link says: its text or its title, whichever is longer; lists cut long texts short."""
    text = _DAY_AT_THE_END.sub("", words(anchor.get_text(" "))[:LONGEST_TITLE])
    title = words(str(anchor.get("title", "")))[:LONGEST_TITLE]
    return max(text, title, key=len)


def _next_link(read: Hypertext, selector: str | None, hosts: frozenset[str]) -> str | None:
    if is_pattern(selector):
        return None
    if selector is not None:
        anchor = read.soup.select_one(selector)
        address = None if anchor is None else read.address(anchor)
    else:
        address = _said_next(read)
    return address if address and host_of(address) in hosts else None


def _said_next(read: Hypertext) -> str | None:
    """Where the page itself says that the list goes on; whether it does, the count of pages decides."""
    script = _PAGE_COUNT.search(read.text)
    if script and script["stem"]:
        name = f"{script['stem']}_{int(script['current']) + 1}.{script['suffix']}"
        return web_address(name, read.base)
    if group := _NEXT_GROUP.search(read.text):
        return web_address(group[1].replace("&amp;", "&"), read.base)
    anchors = read.soup.find_all("a", href=True)
    named = next((anchor for anchor in anchors if _NEXT_WORDS.match(anchor.get_text())), None)
    return None if named is None else read.address(named)


def _itself(read: Hypertext, url: str) -> Link | None:
    """A column with one report often shows it at once."""
    named = name_page(read) if carries_tables(read) else None
    if named is None:
        return None
    return Link(url, named.title, named.year, "the list page is the report itself")
