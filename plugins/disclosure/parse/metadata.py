"""Who reports on which year: agency, year, title, period and dates, each from the places that print it.

What two places print differently is reported, and not taken. An agency's full name is not made up from a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from disclosure.parse.dates import find_dates, find_year, normal_digits
from disclosure.records import Content, Fact, Issue, Text

_REPORT = r"政府信息公开(?:工作)?的?(?:年度|年)?(?:工作)?(?:报告|年报)"
_YEAR = r"(?P<year>[12]\d{3}|[一二][〇○Ｏ零一二三四五六七八九０-９Oo]{3})年度?"
_NAME = r"(?P<agency>[\u4e00-\u9fff（）()·]{2,40}?)"
# 惠济区医疗保障局2024年政府信息公开工作年度报告 · 2024年上海市科委… · 2023年政府信息公开工作年度报告(上海市崇明区医疗保障局)
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}(?:关于)?{_YEAR}的?{_REPORT}",
        rf"{_YEAR}{_REPORT}[（(]{_NAME}[）)]",
        rf"{_YEAR}{_NAME}的?{_REPORT}",
        rf"{_YEAR}{_REPORT}",
        rf"{_NAME}{_REPORT}[（(]{_YEAR}[）)]",
        rf"{_NAME}政府信息公开{_YEAR}(?:工作)?(?:年度)?(?:工作)?报告",
    )
)
_AGENCY_END = r"(?:局|委员会|委|办公室|政府|厅|部|院|中心|管理处|办事处|管委会|公司|银行|社|会|队|所|站|大学|学院|学校|署|总队)"
# A township's report often names the place alone; higher up a place's name alone is a region and no agency.
_PLACE_END = r"(?:镇|乡|街道|苏木)"
_ABOVE_A_TITLE = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,38}}(?:{_AGENCY_END}|{_PLACE_END})")
_WITHIN_TEXT = re.compile(rf".+(?:{_AGENCY_END}|{_PLACE_END}|[省市县区旗州盟])")
_SIGNATURE = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,38}}{_AGENCY_END}")
_PREPARED_BY = re.compile(rf"由([\u4e00-\u9fff·]{{2,38}}?{_AGENCY_END})(?:负责)?编制")
_OPENING = re.compile(
    rf"{_YEAR}[，,、]?(?:以来[，,])?(?P<agency>[\u4e00-\u9fff·]{{2,30}}?{_AGENCY_END})(?=[坚认深严全持紧围按以在积始高切贯牢继不着根结进扎])"
)
_PERIOD = re.compile(
    r"([12]\d{3})年1月1日(?:起|开始)?(?:[，,])?(?:至|到|—|－|-|~|～)(?:([12]\d{3})年|当年|同年)?12月31日"
)
_PUBLISHED = re.compile(r"(?:发布|发文|公开|公布|成文|时间)(?:日期|时间)?[:：]")
_NEAR_TOP = 40  # lines in which a title stands
_NEAR_END = 12  # lines in which a signature stands
# 我局, 本机关, 市医保局 name nobody outside their own page.
_NOBODY = re.compile(r"^(?:我|本|该|各|全|其)|^(?:市|区|县|省|州)[^市区县省州]{0,6}局$")


class Metadata(NamedTuple):
    agency: str | None
    report_year: int | None
    title: str | None
    period_start: date | None
    period_end: date | None
    published_on: date | None
    signed_on: date | None
    issues: tuple[Issue, ...]
    evidence: tuple[Fact, ...]  # every year and agency that one of the places names


def read_metadata(content: Content) -> Metadata:
    """Given a document's blocks and what it says of itself, return who reports on which year."""
    lines = [normal_digits(block.text) for block in content.blocks if isinstance(block, Text)]
    heads = _heads(content)
    title, titled = _find_title(heads, lines)
    period = _find_period(lines)
    signature, signed_on = _find_signature(lines)
    issues: list[Issue] = []
    agency = _agency(titled, signature, lines)
    year = _year(titled, period, lines, issues)
    return Metadata(
        agency=agency,
        report_year=year,
        title=title,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        published_on=_find_published(content, lines),
        signed_on=signed_on,
        issues=tuple(issues),
        evidence=tuple(_evidence(titled, period, signature, heads, year)),
    )


def _evidence(
    titled: Titled | None,
    period: tuple[date, date] | None,
    signature: str | None,
    heads: Sequence[str],
    taken: int | None,
) -> Iterator[Fact]:
    """What each place says by itself, so that a rule can compare them."""
    if titled:
        yield Fact("year", str(titled.year), "title")
    if titled and titled.agency:
        yield Fact("agency", titled.agency, "title")
    if period:
        yield Fact("year", str(period[1].year), "period")
    if taken and not titled and not period:
        yield Fact("year", str(taken), "opening sentence")
    if signature:
        yield Fact("agency", signature, "signature")
    for head in heads:
        match = _TITLES[3].search(_bare(head)) or _TITLES[2].search(_bare(head))
        year = find_year(match["year"]) if match else None
        if year:
            yield Fact("year", str(year), "page title")
            return


def _bare(text: str) -> str:
    return "".join(text.split())


# --- title ---------------------------------------------------------------------------------------


class Titled(NamedTuple):
    agency: str | None
    year: int


def _heads(content: Content) -> list[str]:
    """What the document says of itself, most telling first."""
    names = ("articletitle", "标题", "title")
    return [normal_digits(content.metadata[name]) for name in names if content.metadata.get(name)]


def _find_title(heads: Sequence[str], lines: Sequence[str]) -> tuple[str | None, Titled | None]:
    """The printed title: a line of its own near the top, two lines that make one, or the page's own title."""
    top = lines[:_NEAR_TOP]
    pairs = [f"{first}{second}" for first, second in pairwise(top)]
    for number, line in enumerate((*top, *pairs)):
        bare = _bare(line)
        for pattern in _TITLES:
            match = pattern.match(bare)
            if match and len(bare) - match.end() <= _TITLE_TAIL:
                above = top[number - 1] if 0 < number < len(top) else ""
                return _as_printed(line, bare, match.end()), _titled(match, above)
    for text in (*heads, *(_bare(line) for line in top)):
        bare = _bare(text)
        for pattern in _TITLES[:3]:
            match = pattern.search(bare)
            is_title = text in heads
            if match and not _is_sentence(bare, match) and (is_title or _names_an_agency(match)):
                return (match.group() if is_title else None), _titled(match)
    for text in heads:  # 2024年政府信息公开工作年度报告_市医保局
        match = _TITLES[3].search(_bare(text))
        if match:
            return match.group(), _titled(match)
    return None, None


_TITLE_TAIL = 8  # characters after a title on its line, such as （正文）


def _as_printed(line: str, bare: str, end: int) -> str:
    """The line's own spacing, up to where the title ends."""
    count = 0
    for position, character in enumerate(line):
        count += not character.isspace()
        if count == end:
            return line[: position + 1].strip()
    return bare[:end]


def _titled(match: re.Match[str], above: str = "") -> Titled:
    """What a title says; the agency may stand on the line above it."""
    groups = match.groupdict()
    year = find_year(groups["year"])
    assert year is not None
    agency = (groups.get("agency") or "").strip("《").removeprefix("关于")
    above = _bare(above)
    if not agency and _ABOVE_A_TITLE.fullmatch(above):
        agency = above
    return Titled(agency or None, year)


def _names_an_agency(match: re.Match[str]) -> bool:
    """In running text 现公布2023年政府信息公开工作年度报告 names nobody."""
    agency = match.groupdict().get("agency")
    return not agency or bool(_WITHIN_TEXT.fullmatch(agency))


def _is_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether the words before a found title belong to a sentence: then its agency would begin too early."""
    return match.start() > 0 and text[match.start() - 1] not in '《“"》>_-|—|【［[ 。，,:：'


# --- agency and year -----------------------------------------------------------------------------


def _agency(titled: Titled | None, signature: str | None, lines: Sequence[str]) -> str | None:
    """From the title, the sentence that says who prepared it, the signature, or the first sentence of section one."""
    if titled and titled.agency and _is_name(titled.agency):
        return titled.agency
    joined = [_bare(line) for line in lines]
    for line in joined[:_NEAR_TOP]:
        prepared = _PREPARED_BY.search(line)
        if prepared and _is_name(prepared[1]):
            return prepared[1]
    if signature and _is_name(signature):
        return signature
    for line in joined[:_NEAR_TOP]:
        opening = _OPENING.match(line)
        if opening and _is_name(opening["agency"]):
            return opening["agency"]
    return None


def _is_name(text: str) -> bool:
    return (
        len(text) >= 3
        and not _NOBODY.search(text)
        and not re.search(r"通知|要求|规定|编制|根据|按照", text)
    )


def _year(
    titled: Titled | None,
    period: tuple[date, date] | None,
    lines: Sequence[str],
    issues: list[Issue],
) -> int | None:
    """From the title and the period, which must agree; where neither is printed, from the opening sentence."""
    years = {titled.year} if titled else set()
    if period and period[0].year == period[1].year:
        years.add(period[1].year)
    if len(years) > 1:
        message = f"the title and the period name different years ({', '.join(map(str, sorted(years)))}); none is taken"
        issues.append(Issue("years_differ", "title and period", message))
        return None
    if years:
        return years.pop()
    for line in lines[:_NEAR_TOP]:
        opening = re.match(rf"\s*{_YEAR}[，,]", _bare(line))
        if opening:
            return find_year(opening["year"])
    return None


# --- period, dates, signature --------------------------------------------------------------------


def _find_period(lines: Iterable[str]) -> tuple[date, date] | None:
    for line in lines:
        match = _PERIOD.search(_bare(line))
        if match:
            start = int(match[1])
            end = int(match[2]) if match[2] else start
            return date(start, 1, 1), date(end, 12, 31)
    return None


def _find_published(content: Content, lines: Sequence[str]) -> date | None:
    for name in ("pubdate", "publishdate", "发布时间", "发布日期"):
        dates = find_dates(content.metadata.get(name, ""))
        if dates:
            return dates[0]
    for line in lines[:_NEAR_TOP]:
        label = _PUBLISHED.search(line)
        if label:
            dates = find_dates(line[label.end() : label.end() + 24])
            if dates:
                return dates[0]
    return None


def _find_signature(lines: Sequence[str]) -> tuple[str | None, date | None]:
    """An agency's name on a line of its own with a date on the next, at the end or right below the title."""
    for first, second in reversed(list(pairwise(lines))):
        name = _bare(first)
        dated = _bare(second).strip("（）()")
        dates = find_dates(dated)
        if dates and len(dated) <= 16 and _SIGNATURE.fullmatch(name):
            return name, dates[0]
    for line in reversed(lines[-_NEAR_END:]):
        signed = _SIGNED_IN_LINE.search(line)
        dates = find_dates(signed["date"]) if signed else []
        if signed and dates:
            return signed["name"], dates[0]
    return None, None


# …无。 平潭综合实验区公安局 2020年1月17日, where line breaks were lost
_SIGNED_IN_LINE = re.compile(
    rf"(?:^|\s)(?P<name>[\u4e00-\u9fff·]{{2,38}}{_AGENCY_END})\s+"
    r"(?P<date>[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?=\s|$)"
)
