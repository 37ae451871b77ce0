"""Report pages, read for their attachments: many agencies publish the report as a file, on a page with its title.

Told by the page's text alone; what a report says is not looked at here. Left on purpose: files on other hosts, and
files that say they are something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from bs4 import Tag

from disclosure.crawl.hosts import host_of
from disclosure.crawl.hypertext import Hypertext, read_html, web_address
from disclosure.crawl.report_page import FILE_BYTES, carries_tables
from disclosure.crawl.titles import judge_title

PER_PAGE = 5

_ENDING = r"\.(?:docx?|wps|pdf|xlsx?|rtf|zip)"
_FILE = re.compile(rf"{_ENDING}$", re.IGNORECASE)
_NAMED = re.compile(
    rf"{_ENDING}\s*(?:[\[(（【][^\])）】]*[\])）】])?$", re.IGNORECASE
)  # … .pdf（2MB）
_MENTION = re.compile(rf"{_ENDING}\b".encode())  # searched in small letters: ten times as fast
_HTML = re.compile(rb"<(?:!doctype|html|head|body|meta|div|table|p)\b", re.IGNORECASE)
_EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}

_OTHER_THINGS = re.compile(
    r"申请表|申请书|指南|目录|流程|须知|格式|模板|说明书|二维码|图标|标志|logo|客户端|网站.*报表",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a page links to or shows. `title` is what the page calls it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """A report page, read. `left` says what was left and why; empty when nothing was."""

    found: tuple[Attachment, ...] = ()
    left: str = ""


def find_attachments(body: bytes, url: str, hosts: frozenset[str]) -> PageReading:
    """Given a page that came from `url`, return the files on `hosts` that may be its report, the likeliest first.

    Raises NotFetched when the page cannot be read as HTML at all.
    """
    if not _may_have_attachments(body):
        return PageReading()
    page = read_html(body, url)
    files = _one_per_address(_files(page))
    near = [file for file in files if host_of(file.url) in hosts]
    wanted = sorted((file for file in near if not _is_other(file)), key=_rank)
    if wanted and carries_tables(page):
        return PageReading(left=f"{_count(wanted)} not fetched: the page carries the tables itself")
    notes = (
        (wanted[PER_PAGE:], "attachment", f" over {PER_PAGE}"),
        ([file for file in files if file not in near], "attachment", " off the site"),
        ([file for file in near if _is_other(file)], "other file", ""),
    )
    left = [f"{_count(some, what)}{where} not fetched" for some, what, where in notes if some]
    return PageReading(tuple(wanted[:PER_PAGE]), "; ".join(left))


def _may_have_attachments(body: bytes) -> bool:
    """Nearly all pages are done with here, at no cost."""
    is_page = not body.startswith(FILE_BYTES) and _HTML.search(body, 0, 4096) is not None
    small = body.lower() if is_page else b""
    return b"application/pdf" in small or _MENTION.search(small) is not None


def _files(page: Hypertext) -> Iterator[Attachment]:
    for element in page.soup.select("a[href], iframe[src], embed[src], object[data]"):
        address = page.address(element, _EMBEDDED.get(element.name, "href"))
        if address is None:
            continue
        names = _names(element)
        shown = _shown_file(address)
        if shown is not None or _is_pdf(element) or any(map(_NAMED.search, names)):
            yield Attachment(shown or address, max(names, key=len))


def _one_per_address(files: Iterator[Attachment]) -> list[Attachment]:
    """A symbol and a name often link to one file; the longest name is kept."""
    kept: dict[str, Attachment] = {}
    for file in files:
        if file.url not in kept or len(file.title) > len(kept[file.url].title):
            kept[file.url] = file
    return list(kept.values())


def _names(element: Tag) -> list[str]:
    """What the page calls a file: its text, title and name to save it under; spaces folded."""
    said = (element.get_text(" "), element.get("title", ""), element.get("download", ""))
    return [" ".join(str(words).split()) for words in said]


def _is_pdf(element: Tag) -> bool:
    return element.name in _EMBEDDED and element.get("type") == "application/pdf"


def _shown_file(address: str) -> str | None:
    """The file's own address, when an address tells that it leads to one; a viewer is a page that is told of a file."""
    parts = urlsplit(address)
    if _FILE.search(parts.path):
        return address
    file = next((value for _, value in parse_qsl(parts.query) if _FILE.search(value)), None)
    if file is not None and parts.path.endswith(("html", "htm")):
        return web_address(file, address)
    return None if file is None else address


def _is_other(file: Attachment) -> bool:
    if judge_title(file.title).year is not None:
        return False
    return _OTHER_THINGS.search(f"{file.title} {_file_name(file)}") is not None


def _rank(file: Attachment) -> int:
    """0 for what is named a report with its year, then what is called a yearly report, an attachment, and the rest."""
    name = f"{file.title} {_file_name(file)}"
    if judge_title(file.title).year is not None:
        return 0
    if "年度报告" in name or "年报" in name:
        return 1
    return 2 if "附件" in name else 3


def _file_name(file: Attachment) -> str:
    return unquote(urlsplit(file.url).path).rsplit("/", 1)[-1]


def _count(some: Sized, what: str = "attachment") -> str:
    return f"{len(some)} {what}" if len(some) == 1 else f"{len(some)} {what}s"
