"""One report at several addresses of a site: as a page and as a file to download, for desktops and for telephones.

Told by the addresses alone, where the difference is known to be one of form. Two addresses of which this cannot be told
(a column's page and the same report in another column) are both fetched, and their figures are compared later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from disclosure.crawl.lists import Link

_HOST_FORM = re.compile(r"^(?:www|m|wap|3g)\.")
_FOR_TELEPHONES = (
    re.compile(r"_(?:wap|mobile|m)(?=\.s?html?$)"),
    re.compile(r"^/(?:wap|mobile|m)(?=/)"),
)
_DOWNLOAD = re.compile(r"(?<=annualreport)/download/", re.IGNORECASE)
_OF_FORM = frozenset(
    {"ismobile", "mobile", "from", "jsessionid", "t", "_"}
)  # say nothing of what is asked for
_INDEX = re.compile(r"/(?:index|default)\.s?html?$")


def report_key(url: str) -> str:
    """What the addresses of one report have in common: without scheme, form of the host, form of the page, and the
    order of what is asked for."""
    parts = urlsplit(url)
    path = re.sub(r"/{2,}", "/", parts.path)
    for form in _FOR_TELEPHONES:
        path = form.sub("", path)
    path = _INDEX.sub("/", _DOWNLOAD.sub("/show/", path))
    asked = sorted(pair for pair in _asked(parts.query) if pair[0].lower() not in _OF_FORM)
    return f"{_HOST_FORM.sub('', parts.netloc.lower())}{path}?{urlencode(asked)}"


def one_per_report(links: Iterable[Link]) -> list[tuple[Link, list[Link]]]:
    """Each report once, at its best address, with its other addresses; in the order of the list."""
    groups: dict[str, dict[str, Link]] = {}
    for link in links:
        groups.setdefault(report_key(link.url), {}).setdefault(link.url, link)
    sorted_groups = (sorted(group.values(), key=_rank) for group in groups.values())
    return [(best, others) for best, *others in sorted_groups]


def _rank(link: Link) -> tuple[bool, bool, bool]:
    """The page for desktops first: it has what the file and the telephone's page may lack."""
    parts = urlsplit(link.url)
    names = {name.lower() for name, _ in _asked(parts.query)}
    is_for_telephones = (
        any(form.search(parts.path) for form in _FOR_TELEPHONES)
        or parts.netloc.lower().startswith(("m.", "wap.", "3g."))
        or bool(names & {"ismobile", "mobile"})
    )
    return _DOWNLOAD.search(parts.path) is not None, is_for_telephones, parts.scheme != "https"


def _asked(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)
