"""What a page's own style sheet hides or raises: selectors of its <style> elements. Linked sheets are not fetched.

A selector that another rule shows again, one that depends on what a reader does (:hover) and one for print decide nothing.
Where the size of a reader's window decides, or what the browser can do, neither look is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through"
    r"|opacity\s*:\s*0(?:\.0+)?(?![\d.])|(?:left|top|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:(?!\s*none)|visibility\s*:\s*visible", re.IGNORECASE)
_NAME = re.compile(r"[.#]([\w-]+)")
_TAG = re.compile(r"(?<![\w.#-])[a-z]\w*", re.IGNORECASE)
_OPENED = re.compile(r"<([a-z]\w{0,20})", re.IGNORECASE)
_PART = r"(?:[a-z][\w-]*(?:[.#]-?[^\W\d][\w-]*)*|(?:[.#]-?[^\W\d][\w-]*)+)"
_PLAIN = re.compile(rf"{_PART}(?:(?:\s*>\s*|\s+){_PART})*", re.IGNORECASE)
_AT_RULE = re.compile(r"@([\w-]{1,30})([^{};@]{0,500})([{;])")
_DEEPEST = 4  # at-rules within at-rules
_MEDIA_OF_OTHERS = frozenset(
    {"print", "speech", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv"}
)
_MAY_APPLY = frozenset({"supports", "container", "scope", "-moz-document"})
_BRACE = re.compile(r"[{}]")
_NAMES = re.compile(
    r"""(?:class|id)\s{0,9}=\s{0,9}(?:"([^"<>]{0,300})"|'([^'<>]{0,300})'|([^\s"'<>]{1,100}))""",
    re.IGNORECASE,
)
_LONGEST = 200_000  # characters of a page's sheets; what is further on decides nothing


class Styles(NamedTuple):
    """Selectors of elements that are not seen, of such as are set higher or lower than the line, and of such as are one of
    these for some readers and not for others."""

    hidden: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


class _Rule(NamedTuple):
    """A selector and what is declared of it; `is_sure` where it is for every screen."""

    selector: str
    body: str
    is_sure: bool


NO_STYLES = Styles()


def read_styles(page: str) -> Styles:
    """Given a page's source, return what its own style sheet says of elements that the page has."""
    sheet = _without("/*", "*/", _sheets(page))[:_LONGEST]
    if not (HIDDEN.search(sheet) or RAISED.search(sheet)):
        return NO_STYLES
    names = {name for found in _NAMES.findall(page) for name in "".join(found).split()}
    tags = {tag.lower() for tag in _OPENED.findall(page)}
    rules = [rule for rule in _rules(sheet) if _is_of(rule.selector, names, tags)]
    shown = _selectors(rules, _SHOWN)
    hidden = [each for each in _selectors(rules, HIDDEN) if each not in shown]
    raised = _selectors(rules, RAISED)
    changed = [_selectors(rules, each, is_sure=False) for each in (HIDDEN, RAISED, _SHOWN)]
    unsure = [*changed[0], *changed[1], *(each for each in changed[2] if each in hidden)]
    return Styles(
        tuple(each for each in hidden if each not in changed[2]),
        tuple(raised),
        tuple(dict.fromkeys(unsure)),
    )


def _selectors(
    rules: Sequence[_Rule], declared: re.Pattern[str], is_sure: bool = True
) -> dict[str, None]:
    found = (
        rule.selector for rule in rules if rule.is_sure == is_sure and declared.search(rule.body)
    )
    return dict.fromkeys(found)


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


def _rules(sheet: str, is_sure: bool = True, depth: int = 0) -> Iterator[_Rule]:
    """Every selector with what is declared of it, but for rules that are for no screen."""
    plain: list[str] = []
    position = 0
    for at in _AT_RULE.finditer(sheet):
        if at.start() < position:
            continue
        plain.append(sheet[position : at.start()])
        position = _end_of_block(sheet, at.end()) if at[3] == "{" else at.end()
        applies = _applies(at[1].lower(), at[2].lower())
        if at[3] == "{" and applies is not False and depth < _DEEPEST:
            yield from _rules(sheet[at.end() : position - 1], is_sure and bool(applies), depth + 1)
    for rule in "".join([*plain, sheet[position:]]).split("}"):
        selectors, _, body = rule.rpartition("{")
        for selector in selectors.split(","):
            yield _Rule(selector.strip(), body, is_sure)


def _applies(name: str, condition: str) -> bool | None:
    """Whether what stands in an at-rule is for a reader at a screen; None where that depends on the screen or browser."""
    if name == "media":
        found = [_is_for_screens(each.strip()) for each in condition.split(",")]
        return True if True in found else None if None in found else False
    return True if name == "layer" else None if name in _MAY_APPLY else False


def _is_for_screens(medium: str) -> bool | None:
    words = medium.removeprefix("only ").split()
    is_not = words[:1] == ["not"]
    kind = (words[is_not:] or ["all"])[0]
    if "(" not in medium:
        return (kind in _MEDIA_OF_OTHERS) == is_not
    return False if kind in _MEDIA_OF_OTHERS and not is_not else None


def _end_of_block(sheet: str, position: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(sheet, position):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return brace.end()
    return len(sheet)


def _is_of(selector: str, names: set[str], tags: set[str]) -> bool:
    """Whether a selector names classes, ids or elements, all of which the page has."""
    if not _PLAIN.fullmatch(selector):
        return False
    words = {word.lower() for word in _TAG.findall(selector)}
    return names.issuperset(_NAME.findall(selector)) and tags.issuperset(words)
