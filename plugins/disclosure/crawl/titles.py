"""From the words of a link: is it a yearly report, and of which year? Notices about reports are not reports.

Some lists cut their words short, or say 2023年 alone. Of these nothing is told here but a year to look for: the page
that the link leads to must say that it is a report (crawl/report_page.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NOT_NAMED = "not named a report of 政府信息公开"

_REPORT = re.compile(
    r"信息公开(?:[和与及暨]政务公开)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?(?:报告|年报)"
)
_WHITE_SPACE = re.compile(r"\s+")

# Read away first: the day on which a page was published is no report year.
_DAY = re.compile(r"[12]\d{3}(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月(?:\d{1,2}日)?)")

# 二○二三年 is typed with a circle, a letter or a zero; only the 年 after it says that it is a year.
_DIGITS = {"〇": "0", "○": "0", "零": "0", "O": "0", "o": "0", "0": "0"} | {
    digit: str(number) for number, digit in enumerate("一二三四五六七八九", start=1)
}
_WRITTEN_YEAR = re.compile(f"二[{''.join(_DIGITS)}]{{3}}(?=年)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:年度?)?")

# … cut short somewhere in 2023年政府信息公开工作年度报告, or nothing but the year and 年报 after at most a name.
_CUT_SHORT = re.compile(r"20\d\d(?:年度?)?(?:政府?)?(?:信息?)?(?:公开?.*)?\.{2,}$")
_VAGUE = re.compile(r".{0,30}?20\d\d年?(?:年?度|工作)*(?:年报|报告)?(?:\.[a-z]{3,5})?")
_OF_ANOTHER_KIND = re.compile(
    r"决算|预算|法治|依法行政|政府工作|网站|新媒体|报表|统计|绩效|党|环境|总结|规划|公报|年鉴"
)
_COLUMN = re.compile(r"信息公开(?:工作)?(?:年度)?(?:工作)?(?:年报|报告)")

# Words that no agency carries in its name, so they tell a notice wherever they stand …
_NOTICE = re.compile(
    r"通知|公告|通告|通报|解读|图解|一图(?!书)|读懂|填报|征集|目录|指南|格式|模板|印发|转发|召开|发布(?!中心)|公布|季度|半年"
)
# … and words that agencies do carry (编制委员会, 评估院), which tell one only after the report's name.
_ABOUT = re.compile(
    r"编制|说明|办法|方案|要点|意见|评估|考核|培训|汇总|汇编|专栏|合集|列表|统计表|问答"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a link's words were taken for. `year` is the report's; None means not a report, and `reason` says why."""

    year: int | None
    reason: str


def judge_title(words: str) -> Verdict:
    """Given the words of a link, say whether it leads to a yearly report."""
    title = _DAY.sub("", _fold(words))
    if not title:
        return Verdict(None, "no words")
    if notice := _NOTICE.search(title):
        return Verdict(None, f"about reports or something else: {notice[0]}")
    # A year may stand within the name (政府信息公开2023年度报告), so the name is looked for without it.
    report = _REPORT.search(_YEAR.sub("", title))
    if report is None:
        return Verdict(None, NOT_NAMED)
    if about := _ABOUT.search(_YEAR.sub("", title), report.end()):
        return Verdict(None, f"about reports: {about[0]}")
    year = _report_year(title)
    if year is None:
        return Verdict(None, "no year")
    return Verdict(year, "named a report with its year")


def possible_year(words: str) -> int | None:
    """Given the words of a link in a column of reports that do not name a report, the year of which it may be one."""
    title = _DAY.sub("", _fold(words))
    if _NOTICE.search(title) or _OF_ANOTHER_KIND.search(title):
        return None
    if _CUT_SHORT.search(title) or _VAGUE.fullmatch(title):
        return int(list(_YEAR.finditer(title))[-1][1]) if _YEAR.search(title) else None
    return None


def names_a_column(words: str) -> bool:
    """Whether words name a column of yearly reports: 政府信息公开年报."""
    return _COLUMN.search(_YEAR.sub("", _fold(words))) is not None


def named_agency(words: str) -> str | None:
    """Given the words of a link, return what stands before the report's name, without the year: often the agency."""
    name, report, _ = _YEAR.sub("", _DAY.sub("", _fold(words))).partition("信息公开")
    return name.removesuffix("政府").strip("《【[(·:-") or None if report else None


def _fold(words: str) -> str:
    folded = _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", words))
    return _WRITTEN_YEAR.sub(
        lambda year: "2" + "".join(_DIGITS[digit] for digit in year[0][1:]), folded
    )


def _report_year(title: str) -> int | None:
    """The last year before the report's name ends; one printed after it (… （2023）) when there is none before."""
    years = list(_YEAR.finditer(title))
    if not years:
        return None
    ends = [match.end() for match in re.finditer(r"报告|年报", title)]
    before = [year for year in years if year.start() < ends[0]]
    return int((before[-1] if before else years[0])[1])
