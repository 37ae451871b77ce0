"""What a page's own style sheet hides or raises: selectors of its <style> elements. Linked sheets are not fetched.

A selector that another rule shows again, one that depends on what a reader does (:hover) and one for print decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through"
    r"|opacity\s*:\s*0(?:\.0+)?(?![\d.])|(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:(?!\s*none)|visibility\s*:\s*visible", re.IGNORECASE)
_NAME = re.compile(r"[.#]([\w-]+)")
_PLAIN = re.compile(r"[\w.#\s>-]+")
_AT_RULE = re.compile(r"@[\w-]{1,30}[^{};@]{0,500}([{;])")
_BRACE = re.compile(r"[{}]")
_NAMES = re.compile(
    r"""(?:class|id)\s{0,9}=\s{0,9}(?:"([^"<>]{0,300})"|'([^'<>]{0,300})'|([^\s"'<>]{1,100}))""",
    re.IGNORECASE,
)
_LONGEST = 200_000  # characters of a page's sheets; what is further on decides nothing


class Styles(NamedTuple):
    """Selectors of elements that are not seen, and of such as are set higher or lower than the line."""

    hidden: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


NO_STYLES = Styles()


def read_styles(page: str) -> Styles:
    """Given a page's source, return what its own style sheet says of elements that the page has."""
    sheet = _without("/*", "*/", _sheets(page))[:_LONGEST]
    if not (HIDDEN.search(sheet) or RAISED.search(sheet)):
        return NO_STYLES
    rules = list(_rules(_without_at_rules(sheet)))
    shown = {selector for selector, body in rules if _SHOWN.search(body)}
    names = {name for found in _NAMES.findall(page) for name in "".join(found).split()}
    rules = [(selector, body) for selector, body in rules if _is_of(selector, names)]
    return Styles(
        tuple(s for s, body in rules if HIDDEN.search(body) and s not in shown),
        tuple(s for s, body in rules if RAISED.search(body)),
    )


def _sheets(page: str) -> str:
    """The text of a page's <style> elements."""
    lower = page.lower() if "<style" in page or "<STYLE" in page else ""
    sheets: list[str] = []
    position = lower.find("<style")
    while position >= 0:
        begin = lower.find(">", position)
        end = lower.find("</style", begin)
        if min(begin, end) < 0 or len(lower) != len(page):
            break
        sheets.append(page[begin + 1 : end].replace("<!--", "").replace("-->", ""))
        position = lower.find("<style", end)
    return "\n".join(sheets)


def _without(opening: str, closing: str, text: str) -> str:
    """The text without what stands between two signs."""
    kept: list[str] = []
    position = 0
    while (at := text.find(opening, position)) >= 0:
        kept.append(text[position:at])
        end = text.find(closing, at + len(opening))
        position = len(text) if end < 0 else end + len(closing)
    return "".join([*kept, text[position:]])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Every selector with what is declared of it."""
    for rule in sheet.split("}"):
        selectors, _, body = rule.rpartition("{")
        for selector in selectors.split(","):
            yield selector.strip(), body


def _without_at_rules(sheet: str) -> str:
    """The sheet without @media { … } and the like: what is for print or for telephones is another page's look."""
    kept: list[str] = []
    position = 0
    for at in _AT_RULE.finditer(sheet):
        if at.start() < position:
            continue
        kept.append(sheet[position : at.start()])
        position = _end_of_block(sheet, at.end()) if at[1] == "{" else at.end()
    return "".join([*kept, sheet[position:]])


def _end_of_block(sheet: str, position: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(sheet, position):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return brace.end()
    return len(sheet)


def _is_of(selector: str, names: set[str]) -> bool:
    """Whether a selector names classes or ids, all of which some element of the page has."""
    own = _NAME.findall(selector)
    return bool(own and _PLAIN.fullmatch(selector)) and names.issuperset(own)
