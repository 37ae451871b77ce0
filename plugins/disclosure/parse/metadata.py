"""Who reports on which year: agency, year, title, period and dates, each from the places that print it.

What two places print differently is reported, and not taken. An agency's full name is not made up from a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from disclosure.parse.dates import find_dates, find_year, normal_digits
from disclosure.parse.shapes import shape_of
from disclosure.parse.titles import (
    AGENCY_END,
    HEADING,
    NEAR_TOP,
    YEAR,
    Known,
    Title,
    bare,
    find_title,
    is_title,
    title_of_page,
)
from disclosure.records import Content, Fact, GridShape, Issue, Text

_SIGNATURE = re.compile(rf"[\u4e00-\u9fff·（）()]{{2,38}}{AGENCY_END}")
_PREPARED_BY = re.compile(rf"由([\u4e00-\u9fff·]{{2,38}}?{AGENCY_END})(?:负责)?编制")
_OPENING = re.compile(
    rf"{YEAR}[，,、]?(?:以来[，,])?(?P<agency>[\u4e00-\u9fff·]{{2,30}}?{AGENCY_END})(?=[坚认深严全持紧围按以在积始高切贯牢继不着根结进扎])"
)
_PERIOD = re.compile(
    r"([12]\d{3})年1月1日(?:起|开始)?(?:[，,])?(?:至|到|—|－|-|~|～)(?:([12]\d{3})年|当年|同年)?12月31日"
)
# 更新时间, 成文日期 and the like are other days than that of publication.
_PUBLISHED = re.compile(
    r"发(?<!申请.)[布文](?:日期|时间)?[:：]|公(?<!申请.)[开布](?:日期|时间)?[:：]"
    r"|日(?<![\u4e00-\u9fff].)期[:：]|时(?<![\u4e00-\u9fff].)间[:：]"
)
_LONGEST_DATE = 16  # characters: 二〇二四年十二月三十一日, and what may stand beside it
_NEAR_END = 12  # lines in which a signature stands
# 我局, 本机关, 市医保局 name nobody outside their own page.
_NOBODY = re.compile(
    r"^(?:我|本|该|各|全|其|上级|有关|相关)|^(?:市|区|县|省|州)[^市区县省州]{0,6}局$"
)
# Words of sentences, and of a page's frame where its line breaks were lost.
_NO_NAME = re.compile(
    r"通知|要求|规定|编制|根据|按照|^(?:在|经|为|对|从|以|于|由|向|通过|围绕|依据|依托|随着)"
    r"|首页|当前位置|年报|专栏|栏目|目录|指南|网站|网$|公开(?!.{0,8}(?:办公室|中心|处|科)$)"
)


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
    lines = normal_digits("\n".join(_lines(content))).split("\n")
    heads = _heads(content)
    issues: list[Issue] = []
    period = _find_period(lines, issues)
    signature, signed_on = _find_signature(lines)
    year_of_period = period[1].year if period and period[0].year == period[1].year else None
    known = Known(year_of_period or _opening_year(lines), signature or _named_in_text(lines))
    titled = find_title(heads, lines, known, issues)
    agency = _agency(titled, signature, lines, issues)
    year = _year(titled, period, lines, issues)
    return Metadata(
        agency=agency,
        report_year=year,
        title=titled.printed if titled else None,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        published_on=_find_published(content, lines),
        signed_on=signed_on,
        issues=tuple(issues),
        evidence=tuple(_evidence(titled, period, signature, heads, year)),
    )


def _evidence(
    titled: Title | None,
    period: tuple[date, date] | None,
    signature: str | None,
    heads: Sequence[str],
    taken: int | None,
) -> Iterator[Fact]:
    """What each place says by itself, so that a rule can compare them."""
    if titled and titled.year:
        yield Fact("year", str(titled.year), "title")
    if titled and titled.agency:
        yield Fact("agency", titled.agency, "title")
    if period:
        yield Fact("year", str(period[1].year), "period")
    if taken and not titled and not period:
        yield Fact("year", str(taken), "opening sentence")
    if signature:
        yield Fact("agency", signature, "signature")
    of_page = title_of_page(heads)
    if of_page:
        yield Fact("year", str(of_page.year), "page title")


def _lines(content: Content) -> Iterator[str]:
    """Every paragraph, and every row of a table with a single text in it: some lay their whole page out in one."""
    for block in content.blocks:
        if isinstance(block, Text):
            yield block.text
            continue
        for row, position in shape_of(block).alone:
            yield from filter(str.strip, block.rows[row][position].text.splitlines())


def _heads(content: Content) -> list[str]:
    """What the document says of itself, most telling first."""
    names = ("articletitle", "标题", "title")
    return [normal_digits(content.metadata[name]) for name in names if content.metadata.get(name)]


# --- agency and year -----------------------------------------------------------------------------


def _agency(
    titled: Title | None, signature: str | None, lines: Sequence[str], issues: list[Issue]
) -> str | None:
    """From the title, the sentence that says who prepared it, the signature, or the first sentence of section one."""
    if titled and titled.agency and _is_name(titled.agency):
        if not titled.is_above or signature in (None, titled.agency):
            return _whole_name(titled.agency, [signature, _prepared_by(lines)])
        message = f"{titled.agency} stands above the title, {signature} below the report; neither is taken"
        issues.append(Issue("agencies_differ", "title and signature", message))
        return None
    if any(issue.kind == "agencies_differ" for issue in issues):
        return None
    prepared = _prepared_by(lines)
    if prepared:
        return prepared
    if signature and _is_name(signature):
        return signature
    return _named_in_opening(lines)


def _whole_name(name: str, others: Sequence[str | None]) -> str | None:
    """A title's name, or the longer one printed elsewhere that it is the end of: a line may break within a name, and
    保障局 alone is nobody's."""
    for other in others:
        before = other.removesuffix(name) if other else ""
        is_end = other is not None and 0 < len(before) < len(other)
        if other and is_end and not (_REGION.search(name) and _REGION.search(before[-1])):
            return other
    return None if _FRAGMENT.fullmatch(name) else name


_REGION = re.compile(r"[省市县区旗州盟镇乡]|街道")
_FRAGMENT = re.compile(r"[^省市县区旗州盟镇乡国]{0,3}(?:局|委员会|办公室|中心|管理处)")


def _named_in_text(lines: Sequence[str]) -> str | None:
    return _prepared_by(lines) or _named_in_opening(lines)


def _prepared_by(lines: Sequence[str]) -> str | None:
    for line in map(bare, lines[:NEAR_TOP]):
        prepared = _PREPARED_BY.search(line) if "编制" in line else None
        if prepared and _is_name(prepared[1]):
            return prepared[1]
    return None


def _named_in_opening(lines: Sequence[str]) -> str | None:
    for line in map(bare, lines[:NEAR_TOP]):
        opening = _OPENING.match(line)
        if opening and _is_name(opening["agency"]):
            return opening["agency"]
    return None


def _is_name(text: str) -> bool:
    return len(text) >= 3 and not _NOBODY.search(text) and not _NO_NAME.search(text)


def _year(
    titled: Title | None,
    period: tuple[date, date] | None,
    lines: Sequence[str],
    issues: list[Issue],
) -> int | None:
    """From the title and the period, which must agree; where neither is printed, from the opening sentence."""
    if any(issue.kind == "years_differ" for issue in issues):
        return None
    years = {titled.year} if titled and titled.year else set()
    if period and period[0].year == period[1].year:
        years.add(period[1].year)
    if len(years) > 1:
        message = f"the title and the period name different years ({', '.join(map(str, sorted(years)))}); none is taken"
        issues.append(Issue("years_differ", "title and period", message))
        return None
    return years.pop() if years else _opening_year(lines)


def _opening_year(lines: Sequence[str]) -> int | None:
    for line in lines[:NEAR_TOP]:
        opening = re.match(rf"\s*{YEAR}[，,]", bare(line))
        if opening:
            return find_year(opening["year"])
    return None


# --- period, dates, signature --------------------------------------------------------------------


def _find_period(lines: Sequence[str], issues: list[Issue]) -> tuple[date, date] | None:
    """The period of the data. Another sentence may name five years of a plan; two reports in one document name two."""
    found = [
        (line, match)
        for line in map(bare, lines)
        if "12月31日" in line and (match := _PERIOD.search(line))
    ]
    of_data = [match for line, match in found if _OF_DATA.search(line)]
    periods = list(dict.fromkeys(map(_period, of_data or [match for _, match in found])))
    if len(periods) > 1:
        printed = "; ".join(f"{start} – {end}" for start, end in periods)
        message = f"different periods ({printed}); no year is taken"
        issues.append(Issue("years_differ", "period", message))
    return periods[0] if len(periods) == 1 else None


_OF_DATA = re.compile(r"统计|期限|数据|周期|时限")


def _period(match: re.Match[str]) -> tuple[date, date]:
    start = int(match[1])
    return date(start, 1, 1), date(int(match[2] or start), 12, 31)


def _find_published(content: Content, lines: Sequence[str]) -> date | None:
    for name in ("pubdate", "publishdate", "发布时间", "发布日期"):
        dates = find_dates(content.metadata.get(name, ""))
        if dates:
            return dates[0]
    for line in chain(lines[:NEAR_TOP], _fields(content)):
        label = _PUBLISHED.search(line) if "：" in line or ":" in line else None
        if label:
            dates = find_dates(line[label.end() : label.end() + 24])
            if dates:
                return dates[0]
    return None


def _fields(content: Content) -> Iterator[str]:
    """Rows of a page's table of its own fields in which a day can stand, a name and what it says in cells beside each
    other."""
    grids = (block for block in content.blocks if not isinstance(block, Text))
    for grid in islice(grids, _MOST_GRIDS):
        for number in _rows_with_days(shape_of(grid)):
            yield "：".join(cell.text.strip() for cell in grid.rows[number])


_MOST_GRIDS = 3
_MOST_FIELDS = 6


@lru_cache(maxsize=500)
def _rows_with_days(shape: GridShape) -> list[int]:
    texts = ["：".join(map(str.strip, line.texts)) for line in shape.lines[:_MOST_FIELDS]]
    return [number for number, text in enumerate(texts) if _PUBLISHED.search(text)]


def _find_signature(lines: Sequence[str]) -> tuple[str | None, date | None]:
    """An agency's name on a line of its own with a date on the next: the first behind the last heading, or right below the
    title. Two names above one date are nobody's signature."""
    last = max((n for n, line in enumerate(lines) if HEADING.match(bare(line))), default=-1)
    pairs = list(enumerate(pairwise(lines)))
    for number, (first, second) in pairs if last >= 0 else reversed(pairs):
        dated = bare(second).strip("（）()")
        if len(dated) > _LONGEST_DATE or (number <= last and not _is_below_a_title(lines, number)):
            continue
        name = bare(first)
        dates = find_dates(dated) if _SIGNATURE.fullmatch(name) else []
        if dates:
            is_joint = number - 1 > last and _SIGNATURE.fullmatch(bare(lines[number - 1]))
            return (None if number and is_joint else name), dates[0]
    for line in reversed(lines[-_NEAR_END:]):
        signed = _SIGNED_IN_LINE.search(line) if _SPACE_AND_DAY.search(line) else None
        dates = find_dates(signed["date"]) if signed else []
        if signed and dates:
            return signed["name"], dates[0]
    return None, None


def _is_below_a_title(lines: Sequence[str], number: int) -> bool:
    return number > 0 and is_title(lines[number - 1])


# …无。 平潭综合实验区公安局 2020年1月17日, where line breaks were lost
_DAY = r"\s(?P<date>[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?=\s|$)"
_SPACE_AND_DAY = re.compile(_DAY)  # looked for first, as names take long to look for
_SIGNED_IN_LINE = re.compile(rf"(?:^|\s)(?P<name>[\u4e00-\u9fff·]{{2,38}}{AGENCY_END})\s*{_DAY}")
