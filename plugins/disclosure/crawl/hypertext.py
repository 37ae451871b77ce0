"""HTML as agencies' sites send it: decoded, read, and its links made whole addresses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.exceptions import ParserRejectedMarkup

from disclosure.crawl.hosts import host_of
from disclosure.crawl.outcomes import NotFetched


@dataclass(frozen=True, slots=True)
class Hypertext:
    """A page, read. Its links are taken from `base`."""

    text: str
    soup: BeautifulSoup
    base: str

    def address(self, element: Tag, attribute: str = "href") -> str | None:
        """The whole web address that an element names; None when it names none."""
        return web_address(str(element.get(attribute, "")), self.base)


def read_html(html: bytes, url: str) -> Hypertext:
    """Read a page that came from `url`. Raises NotFetched when the bytes cannot be read as HTML at all."""
    return read_markup(decode(html), url)


def read_markup(text: str, url: str) -> Hypertext:
    """Read a page or a fragment of one. Raises NotFetched when it cannot be read as HTML at all."""
    try:
        soup = BeautifulSoup(text, "lxml")
    except (ParserRejectedMarkup, RecursionError) as error:
        raise NotFetched("failed", "the page cannot be read as HTML", url) from error
    base = soup.select_one("base[href]")
    return Hypertext(text, soup, urljoin(url, str(base["href"]).strip()) if base else url)


def web_address(href: str, base: str) -> str | None:
    """The whole address behind a link that stands on a page at `base`, without its fragment."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    return address if urlsplit(address).scheme in ("http", "https") and host_of(address) else None


def words(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def decode(html: bytes) -> str:
    """By the encoding that the page declares; else UTF-8 or GB 18030, whichever it is."""
    declared = EncodingDetector.find_declared_encoding(html, is_html=True)
    for candidate in (declared or "utf-8", "utf-8"):
        try:
            return html.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    # Pages that declare gb2312 use characters beyond it, and a page may hold a broken one.
    return html.decode("utf-8" if declared == "utf-8" else "gb18030", errors="replace")
