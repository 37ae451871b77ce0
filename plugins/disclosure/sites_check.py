"""`./disclosure sites check`: site files held against the sites, for whoever writes or reviews one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from disclosure.crawl.clock import Clock
from disclosure.crawl.introduction import check_user_agent
from disclosure.crawl.lists import Link
from disclosure.crawl.outcomes import WITH_BODY
from disclosure.crawl.rehearsal import ListSeen, rehearse
from disclosure.crawl.sites import load_sites
from disclosure.errors import SiteFileError
from disclosure.records import Fetch, Site
from disclosure.settings import Settings

_NAMED_IN_FULL = ("公开", "年报", "年度报告")  # in a title; of the other links a few are named
_FEW = 6


def check_sites(
    settings: Settings, name: str | None, out: TextIO, err: TextIO, clock: Clock
) -> int:
    """Ask for the lists of one site, or of all, and print what a night would take and leave. Nothing is stored.

    Returns 0 when every list has reports, 1 when one has none or gave trouble. Raises SiteFileError for a wrong site
    file or an unknown name, SettingError when a site may not be asked by somebody unknown.
    """
    sites = _pick(load_sites(settings.sites), name, settings.sites)
    check_user_agent(settings.user_agent, sites)
    troubles = 0
    for number, site in enumerate(sites, start=1):
        if err.isatty():
            print(
                f"\rasking {site.name} ({number} of {len(sites)}) \033[K",
                end="",
                file=err,
                flush=True,
            )
        seen = rehearse(site, settings.user_agent, clock)
        if err.isatty():
            print("\r\033[K", end="", file=err, flush=True)
        print("\n".join(map(_printable, _site_lines(site, seen))), end="\n\n", file=out, flush=True)
        troubles += any(one.trouble for one in seen)
    print(_verdict(len(sites), troubles), file=out)
    return 1 if troubles else 0


def _pick(sites: Sequence[Site], name: str | None, folder: Path) -> Sequence[Site]:
    picked = [site for site in sites if name in (None, site.name)]
    if not picked:
        names = [site.name for site in sites]
        near = get_close_matches(name or "", names) or names
        raise SiteFileError(f"{folder}: no site is called {name!r}; there are {', '.join(near)}")
    return picked


def _site_lines(site: Site, seen: Sequence[ListSeen]) -> list[str]:
    names = "、".join(agency.name for agency in site.agencies)
    state = "verified" if site.verified else "not verified yet"
    lines = [f"{site.name}  {names}  ({state})"]
    for one in seen:
        lines += [f"  {line}" for line in _list_lines(one)]
    return lines


def _list_lines(seen: ListSeen) -> list[str]:
    asked = len(seen.pages)
    pages = "1 page asked for" if asked == 1 else f"{asked} pages asked for"
    lines = [f"{seen.page.url}  ({seen.page.cms}, {pages})"]
    lines += [f"  {_fetch_line(fetch)}" for fetch in seen.pages if fetch.outcome not in WITH_BODY]
    if seen.taken:
        lines.append(f"  takes {len(seen.taken)}")
        for link in sorted(seen.taken, key=lambda link: -(link.year or 0)):
            lines.append(f"    {link.year or '    '}  {link.title or '(a file)'}")
            lines.append(f"          {link.url}  ({link.reason})")
    if left := [*_left_lines(seen.left), *map(_other_address, seen.other_addresses)]:
        lines.append(f"  leaves {len(seen.left) + len(seen.other_addresses)}")
        lines += [f"    {line}" for line in left]
    if seen.trouble:
        lines.append(f"  TROUBLE  {seen.trouble}")
    return lines


def _fetch_line(fetch: Fetch) -> str:
    return f"{fetch.url}: {fetch.outcome}, {fetch.reason}"


def _left_lines(left: Sequence[Link]) -> list[str]:
    """What may have been a report one by one; menus and the like in one line."""
    close = [link for link in left if any(word in link.title for word in _NAMED_IN_FULL)]
    others = [link for link in left if link not in close]
    lines = [f"{link.title}: {link.reason}{_hint(link)}" for link in close]
    if others:
        named = ", ".join(dict.fromkeys(link.title or "(no words)" for link in others[:_FEW]))
        more = ", …" if len(others) > _FEW else ""
        lines.append(f"{len(others)} without 公开 or 年报 in them: {named}{more}")
    return lines


def _hint(link: Link) -> str:
    return (
        f" ({link.url}); if the host is the agency's own, `hosts` may add it"
        if link.is_elsewhere
        else ""
    )


def _other_address(link: Link) -> str:
    return f"{link.title}: another address of a report that is taken ({link.url})"


def _printable(line: str) -> str:
    """Words from the web are shown to a terminal without what would steer it."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line
    )


def _verdict(sites: int, troubles: int) -> str:
    counted = "1 site" if sites == 1 else f"{sites} sites"
    return f"{counted}, {troubles} with trouble" if troubles else f"{counted}, all with reports"
