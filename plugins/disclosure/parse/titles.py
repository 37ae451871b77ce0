"""The title of a report: who reports on which year, as a line of its own, a page's title or running text print it.

A page lists other reports too, of other years and other agencies. Which title is the document's own is decided by what
else it says of itself; where nothing decides, what the titles differ in is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.dates import find_year
from disclosure.records import Issue

_REPORT = r"政府信息公开(?:工作)?(?:情况)?的?(?:年度|年)?(?:工作)?(?:报告|年报)"
# The second of 2022-2023年 or 2022、2023年 is no year of a report.
YEAR = (
    r"(?<![\d\-—－~～至、和及])(?P<year>[12]\d{3}|[一二][〇○Ｏ零一二三四五六七八九０-９Oo]{3})年度?"
)
_NAME = r"(?P<agency>[\u4e00-\u9fff（）()·]{2,40}?)"
# 惠济区医疗保障局2024年政府信息公开工作年度报告 · 2024年上海市科委… · 2023年政府信息公开工作年度报告(上海市崇明区医疗保障局)
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}(?:关于)?{YEAR}的?{_REPORT}",
        rf"{YEAR}{_REPORT}[（(]{_NAME}[）)]",
        rf"{YEAR}{_NAME}的?{_REPORT}",
        rf"{YEAR}{_REPORT}",
        rf"{_NAME}{_REPORT}[（(]{YEAR}[）)]",
        rf"{_NAME}政府信息公开(?:工作)?{YEAR}(?:工作)?(?:年度)?(?:工作)?报告",
    )
)
_WITH_A_NAME = (*_TITLES[:3], *_TITLES[4:])
_ONLY_A_YEAR = _TITLES[3]
AGENCY_END = r"(?:局|委员会|委|办公室|政府|厅|部|院|中心|管理处|办事处|管委会|公司|银行|社|会|队|所|站|大学|学院|学校|署|总队)"
# A township's report often names the place alone; higher up a place's name alone is a region and no agency.
_PLACE_END = r"(?:镇|乡|街道|苏木)"
_ABOVE_A_TITLE = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,38}}(?:{AGENCY_END}|{_PLACE_END})")
_WITHIN_TEXT = re.compile(rf".+(?:{AGENCY_END}|{_PLACE_END}|[省市县区旗州盟])")
_NOT_THE_NAME = re.compile(r"^《?(?:关于)?(?:公布|发布|印发|公开|报送|转发)?《?")
_MARK_BEFORE = re.compile(r"^[【［\[][^】］\]]{1,8}[】］\]]")
HEADING = re.compile(r"[（(]?[一二三四五六][、.．）)].{0,30}(?:情况|问题|措施|事项)")
_LATE_HEADING = re.compile(r"[（(]?六[、.．）)].{0,6}其他")
NEAR_TOP = 40  # lines in which a title stands
_TAIL = 8  # characters after a title on its line, such as （正文）


class Title(NamedTuple):
    """A title and what it says. `is_above`: its agency stands on the line above it."""

    printed: str | None
    agency: str | None
    year: int | None
    is_above: bool = False


class Known(NamedTuple):
    """What a document says elsewhere of its year and its agency."""

    year: int | None
    agency: str | None


@lru_cache(maxsize=500)  # of a document's lines, each of which is asked for again and again
def bare(text: str) -> str:
    return "".join(text.split())


def is_title(line: str) -> bool:
    return _on_a_line(line) is not None


def find_title(
    heads: Sequence[str], lines: Sequence[str], known: Known, issues: list[Issue]
) -> Title | None:
    """Given a page's own titles, most telling first, its lines and what it says elsewhere, return the document's title.

    Where titles differ in year or agency and nothing tells which is its own, that is None in it, and an issue says so.
    """
    top = _before_the_end(lines)
    titles = [title for title in _on_lines(top) if not _is_anothers(title, known)]
    if not titles:
        found = _in_heads(heads, _WITH_A_NAME) or _in_text(top) or title_of_page(heads)
        return None if found and _is_anothers(found, known) else found
    page = title_of_page(heads)
    left = titles
    for is_own in () if _are_two_reports(top, titles) else _tests(page, known):
        if _are_one(left):
            break
        left = [title for title in left if is_own(title)] or left
    best = next((title for title in left if title.agency), left[0])
    if _are_one(left):
        return _with_line_above(best, heads)
    return _in_doubt(best, left, issues)


def _with_line_above(title: Title, heads: Sequence[str]) -> Title:
    """A title whose agency stands on the line above it begins there, where the page's own title has both in one."""
    whole = f"{title.agency}{title.printed}"
    is_whole = title.is_above and any(bare(whole) in bare(head) for head in heads)
    return title._replace(printed=whole) if is_whole else title


def _tests(page: Title | None, known: Known) -> Iterator[Callable[[Title], bool]]:
    if page:
        yield lambda title: title.year == page.year
        yield lambda title: title.agency == page.agency
    yield lambda title: title.year == known.year
    yield lambda title: title.agency == known.agency


def _is_anothers(title: Title, known: Known) -> bool:
    """Whether a title agrees in nothing with what the document says of itself elsewhere."""
    is_of_another = None not in (known.agency, title.agency) and known.agency != title.agency
    return is_of_another and None not in (known.year, title.year) and known.year != title.year


def _are_one(titles: Sequence[Title]) -> bool:
    years = {title.year for title in titles}
    return len(years) == 1 and len({title.agency for title in titles} - {None}) <= 1


def _are_two_reports(top: Sequence[str], titles: Sequence[Title]) -> bool:
    """Whether sections of reports stand below titles that differ: then each has its own, and none is a link."""
    if _are_one(titles):
        return False
    own: list[Title] = []  # the nearest title above each run of headings
    nearest: Title | None = None
    for above, line in zip(["", *top], top, strict=False):
        if HEADING.match(bare(line)):
            own += [nearest] if nearest else []
            nearest = None
        else:
            nearest = _titled_line(line, above) or nearest
    return len(own) > 1 and not _are_one(own)


def _in_doubt(best: Title, titles: Sequence[Title], issues: list[Issue]) -> Title:
    printed = "; ".join(dict.fromkeys(title.printed or "" for title in titles))
    message = f"titles of different reports ({printed}), and nothing tells which is this one's"
    if len({title.year for title in titles}) > 1:
        issues.append(Issue("years_differ", "titles", message))
        best = best._replace(year=None)
    if len({title.agency for title in titles} - {None}) > 1:
        issues.append(Issue("agencies_differ", "titles", message))
        best = best._replace(agency=None)
    return best._replace(printed=None)


# --- where titles stand --------------------------------------------------------------------------


def _before_the_end(lines: Sequence[str]) -> Sequence[str]:
    """The lines near the top; titles behind the last heading are other reports'."""
    end = max((n for n, line in enumerate(lines) if _LATE_HEADING.match(bare(line))), default=None)
    return lines[: NEAR_TOP if end is None else min(NEAR_TOP, end)]


def _on_lines(top: Sequence[str]) -> list[Title]:
    """Titles on lines of their own, or on two lines."""
    alone = [_titled_line(line, above) for above, line in zip(["", *top], top, strict=False)]
    found = [title for title in alone if title]
    if found:
        return found
    pairs = (_titled_line(f"{first}{second}", "") for first, second in pairwise(top))
    return [title for title in pairs if title][:1]


def _titled_line(line: str, above: str) -> Title | None:
    match = _on_a_line(line)
    if match is None:
        return None
    start = len(bare(line)) - len(match.string)
    return _titled(match, _as_printed(line, start + match.end()), bare(above))


def _on_a_line(line: str) -> re.Match[str] | None:
    text = bare(line)
    if not _may_hold_a_title(text):
        return None
    text = _MARK_BEFORE.sub("", text)
    for pattern in _TITLES:
        match = pattern.match(text)
        if match and len(text) - match.end() <= _TAIL:
            return match
    return None


def _may_hold_a_title(text: str) -> bool:
    """A look, beside which the patterns are slow: most lines have nothing of a title."""
    return "政府信息公开" in text


def _as_printed(line: str, end: int) -> str:
    """The line's own spacing, up to where the title ends."""
    count = 0
    for position, character in enumerate(line):
        count += not character.isspace()
        if count == end:
            return line[: position + 1].strip()
    return line.strip()


def _titled(match: re.Match[str], printed: str | None, above: str = "") -> Title:
    """What a title says; the agency may stand on the line above it."""
    agency = _NOT_THE_NAME.sub("", match.groupdict().get("agency") or "")
    is_above = not agency and bool(_ABOVE_A_TITLE.fullmatch(above))
    return Title(
        printed, agency or (above if is_above else None), find_year(match["year"]), is_above
    )


def title_of_page(heads: Sequence[str]) -> Title | None:
    """The title that a page gives itself; 2024年政府信息公开工作年度报告_市医保局 names a year alone."""
    return _in_heads(heads, _WITH_A_NAME) or _in_heads(heads, (_ONLY_A_YEAR,))


def _in_heads(heads: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> Title | None:
    for text in map(bare, heads):
        for pattern in patterns:
            match = pattern.search(text)
            if match and not (pattern is not _ONLY_A_YEAR and _is_sentence(text, match)):
                return _titled(match, match.group())
    return None


def _in_text(lines: Sequence[str]) -> Title | None:
    """A title within running text. 现公布2023年政府信息公开工作年度报告 names nobody."""
    for text in filter(_may_hold_a_title, map(bare, lines)):
        for pattern in _TITLES[:3]:
            match = pattern.search(text)
            if match and not _is_sentence(text, match) and _WITHIN_TEXT.fullmatch(match["agency"]):
                return _titled(match, None)
    return None


def _is_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the words before a found title belong to a sentence: then its agency would begin too early."""
    return match.start() > 0 and text[match.start() - 1] not in '《“"》>_-|—|【】［[ 。，,:：'
