"""Is a page a report? Told by what it calls itself and by the form's labels; what the report says is not looked at here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from disclosure.crawl.hypertext import Hypertext, read_html, words
from disclosure.crawl.titles import judge_title

# One label of each table of the form and the last row of the longest: a preview lacks some of them.
LABELS = ("第二十条", "本年新收", "结转下年度", "行政复议")
FILE_BYTES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # files, whatever is in them

_LABEL_LENGTH = 60  # a longer cell holds running text, on a page that is laid out by a table
_HEADINGS = "h1, h2, h3, title, .title, .biaoti, ucaptitle"
_TITLE_NAMES = ("articletitle", "contenttitle", "title", "doctitle")  # of <meta>
_FIRST_LINES = 60
_LONGEST_TITLE = 80  # of a line
_LONGEST_HEADING = 300
_LONG_PARAGRAPH = 60
_NEIGHBOUR = re.compile(r"[上下]一?[篇条个]|[前后]一[篇条]")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|rtf|zip)\b|application/pdf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageName:
    """What a page calls itself, the year in that, whether it is therefore a report, and why."""

    title: str
    year: int | None
    is_report: bool
    reason: str


def name_report(body: bytes, url: str, year: int | None = None) -> PageName:
    """Given what an address gave that should be a report (of `year`), say what it is.

    Raises NotFetched when it is no file and cannot be read as HTML at all.
    """
    wanted = f" of {year}" if year else ""
    if body.startswith(FILE_BYTES):
        return PageName("", year, True, "a file")
    page = read_html(body, url)
    text = "".join(page.soup.get_text().split())
    is_form = all(label in text for label in LABELS)
    if named := name_page(page, year):
        if not is_form and _lists_reports(page):
            return PageName("", None, False, "the page lists reports and is none itself")
        if _holds_a_report(page, text):
            return named
        return PageName(
            named.title, None, False, f"the page names a report{wanted}, but holds none"
        )
    # Some pages have lost their title; the form is there all the same, and it must not be another year's.
    if is_form and name_page(page) is None and (year is None or f"{year}年" in text):
        return PageName("", year, True, "the form without a title")
    return PageName("", None, False, f"the page names no report{wanted}")


def name_page(page: Hypertext, year: int | None = None) -> PageName | None:
    """The first title on a page that is a report's (of `year`)."""
    for title in _titles(page):
        verdict = judge_title(title)
        if verdict.year is not None and year in (None, verdict.year):
            return PageName(title, verdict.year, True, verdict.reason)
    return None


def carries_tables(page: Hypertext) -> bool:
    """Whether the form's tables stand on the page itself."""
    cells = ("".join(cell.get_text().split()) for cell in page.soup.find_all(["td", "th"]))
    labels = [cell for cell in cells if len(cell) <= _LABEL_LENGTH]
    return all(any(label in cell for cell in labels) for label in LABELS)


def _titles(page: Hypertext) -> Iterator[str]:
    for meta in page.soup.select("meta[name][content]"):
        if str(meta["name"]).lower() in _TITLE_NAMES:
            yield words(str(meta["content"]))[:_LONGEST_HEADING]
    headings = (words(heading.get_text(" ")) for heading in page.soup.select(_HEADINGS))
    yield from (heading[:_LONGEST_HEADING] for heading in headings)
    lines = (words(line) for line in page.soup.get_text("\n").splitlines())
    yield from islice((line for line in lines if 0 < len(line) <= _LONGEST_TITLE), _FIRST_LINES)


def _lists_reports(page: Hypertext) -> bool:
    """Files of several agencies on one page must not pass for one report's; 上一篇 and 下一篇 lead to its neighbours."""
    linked = {
        page.address(anchor)
        for anchor in page.soup.select("a[href]")
        if judge_title(anchor.get_text(" ")[:_LONGEST_HEADING]).year is not None
        and not _NEIGHBOUR.search(
            anchor.parent.get_text(" ")[:_LONGEST_TITLE] if anchor.parent else ""
        )
    }
    return len(linked) > 1


def _holds_a_report(page: Hypertext, text: str) -> bool:
    """A page for a year without report has the title, and under it nothing or 暂无."""
    if any(label in text for label in LABELS) or _FILE.search(page.text):
        return True
    return any(len(words(p.get_text())) > _LONG_PARAGRAPH for p in page.soup.find_all("p"))
