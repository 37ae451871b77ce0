"""What a page's own style sheet hides or raises: selectors of its <style> elements. Linked sheets are not fetched.

A selector that another rule shows again, one that depends on what a reader does (:hover) and one for print decide nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SHEETS = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_NOISE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through"
    r"|opacity\s*:\s*0(?:\.0+)?(?![\d.])|(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:(?!\s*none)|visibility\s*:\s*visible", re.IGNORECASE)
_NAME = re.compile(r"[.#]([\w-]+)")
_PLAIN = re.compile(r"[\w.#\s>-]+")
_MOST_RULES = 5_000


class Styles(NamedTuple):
    """Selectors of elements that are not seen, and of such as are set higher or lower than the line."""

    hidden: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


NO_STYLES = Styles()


def read_styles(page: str) -> Styles:
    """Given a page's source, return what its own style sheet says of elements that the page has."""
    if "<style" not in page and "<STYLE" not in page:
        return NO_STYLES
    sheet = _NOISE.sub("", "\n".join(_SHEETS.findall(page)))
    if not (HIDDEN.search(sheet) or RAISED.search(sheet)):
        return NO_STYLES
    rules = [
        (selector.strip(), body)
        for selectors, body in _RULE.findall(_without_at_rules(sheet))[:_MOST_RULES]
        for selector in selectors.split(",")
    ]
    shown = {selector for selector, body in rules if _SHOWN.search(body)}
    return Styles(
        tuple(s for s, body in rules if HIDDEN.search(body) and s not in shown and _is_of(s, page)),
        tuple(s for s, body in rules if RAISED.search(body) and _is_of(s, page)),
    )


def _without_at_rules(sheet: str) -> str:
    """The sheet without @media { … } and the like: what is for print or for telephones is another page's look."""
    kept: list[str] = []
    position = 0
    for at in re.finditer(r"@[\w-]+[^{};]*([{;])", sheet):
        if at.start() < position:
            continue
        kept.append(sheet[position : at.start()])
        position = _end_of_block(sheet, at.end()) if at[1] == "{" else at.end()
    return "".join([*kept, sheet[position:]])


def _end_of_block(sheet: str, position: int) -> int:
    depth = 1
    for brace in re.finditer(r"[{}]", sheet[position:]):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return position + brace.end()
    return len(sheet)


def _is_of(selector: str, page: str) -> bool:
    """Whether a selector names classes or ids, all of which some element of the page has."""
    names = _NAME.findall(selector)
    return bool(names and _PLAIN.fullmatch(selector)) and all(
        re.search(rf"(?:class|id)\s*=\s*[\"']?[^\"'>]*(?<![\w-]){re.escape(name)}(?![\w-])", page)
        for name in names
    )
