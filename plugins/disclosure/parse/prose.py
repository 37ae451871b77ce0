"""Figures that a report states in its prose: requests, reviews, followers, visits … each with the sentence it stands in.

Read clause by clause, and only where one reading is left. No statement comes of a part of something (其中 …), of another
year or a month, of a comparison or a plan, of what another body did for the agency. Silence is no statement; 未收到 is 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from disclosure.parse.prose_context import Context
from disclosure.parse.prose_figures import Figure, figures_of
from disclosure.parse.prose_patterns import BY_UNIT, DENIALS, Pattern
from disclosure.parse.prose_scope import (
    account_of,
    channels_in,
    is_a_part,
    is_anothers,
    is_own,
    whose,
)
from disclosure.parse.prose_text import Sentence, telling_sentences
from disclosure.records import Content, Fact, Statement

_LEFT = 60  # characters before a figure that may belong to it
_BEFORE = 80  # characters before a figure's own words in which its owner may be named
_CLAUSES = re.compile(r"[^;:。！？!?,]+(?:(?<=\d),(?=\d{3}(?!\d))[^;:。！？!?,]+)*[;:。！？!?,]*")
_ASIDE = re.compile(r"\([^()\d]{0,99}\d[^()]{0,200}\)|《[^》]{0,99}》|\[[^\]]{0,99}\]")
_PLAN = re.compile(r"下一步|力争|争取|计划将|将(?:继续|进一步|于|会)|预计")
_WHOLE_YEAR = re.compile(r"(?:自|从)?(20\d\d年)1月1日起?[至到](?:\1|20\d\d年)?12月31日(?:止|期间)?")
_IF = re.compile(r"[如若凡倘]")
_GOES_ON = re.compile(r"[,;、。和及与以(并且均全已都其同比较按无]|$")
_OF_BODIES = ("requests", "response", "reconsideration", "litigation", "normative", "information")
# A body that decides on reviews counts those too; one that was reviewed says why.
_DECIDES = re.compile(
    r"审理|受理|审结|办结|办理|化解|调解|作出|处理|代理|应诉|出庭|参与|收到|接到|败诉|一审|二审|再审|纠错|维持|撤销|新增"
)
_CAUSED = re.compile(r"因|引发|引起|涉及|针对|信息公开(?:类|行政)")
_TOGETHER = re.compile(r"复议[^\d,;]{0,8}诉讼[^\d,;]{0,8}$|诉讼[^\d,;]{0,8}复议[^\d,;]{0,8}$")


def read_prose(
    content: Content, facts: Sequence[Fact], agency: str | None, year: int | None
) -> tuple[Statement, ...]:
    """Given a document's blocks, its facts (for the headings), its agency and year, return what its prose states."""
    statements: dict[Statement, None] = {}
    place, scope = "", None
    for sentence in telling_sentences(content, facts):
        # 全县共收到10件。办结10件。 Within a paragraph a body that was named stands until another is.
        reader = _Reader(sentence, agency or "", year, scope if sentence.place == place else None)
        statements |= dict.fromkeys(reader.read())
        place, scope = sentence.place, reader.context.scope
    return tuple(statements)


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(
        self, sentence: Sentence, agency: str, year: int | None, scope: str | None
    ) -> None:
        self.sentence, self.agency, self.year = sentence, agency, year
        self.context = Context(sentence, year, scope=scope)

    def read(self) -> Iterator[Statement]:
        plain = self._with_near_years(self.sentence.plain)
        if "(" in plain or "《" in plain or "[" in plain:
            plain = _ASIDE.sub("", plain)
        if _PLAN.search(plain):
            return
        for printed in _CLAUSES.findall(plain):
            clause = printed.rstrip(",;:。！？!?")
            if self.context.follow(clause):
                yield from self._clause(clause)
            if printed[-1] == ";":
                self.context.end_part()

    def _with_near_years(self, plain: str) -> str:
        """结转至2026年 as 结转至下年, 2024年结转 as 上年结转, where that is what it is in a report on 2025."""
        if "12月31日" in plain:
            plain = _WHOLE_YEAR.sub(r"\1", plain)
        if self.year and "结转" in plain:
            plain = re.sub(rf"(结转[至到入]?){self.year + 1}年", r"\1下年", plain)
            plain = re.sub(rf"{self.year - 1}年(度?结转)", r"上年\1", plain)
        return plain

    def _clause(self, clause: str) -> Iterator[Statement]:
        if "未" in clause or "无" in clause or "没有" in clause or "不存在" in clause:
            denied = list(self._denied(clause))
            if denied:
                yield from denied
                return
        figures = list(figures_of(clause))
        begin, found = 0, False
        has_channel = bool(figures and channels_in(clause))
        for figure, following in zip(figures, (*figures[1:], None), strict=False):
            left = clause[max(begin, figure.start - _LEFT) : figure.start]
            right = clause[figure.end : following.start if following else len(clause)]
            if has_channel:
                self.context.note_channel(left)
            for statement in self._stated(clause, left, figure, right):
                yield statement
                found = True
            begin = figure.end
        if not found and any(figure.unit != "%" for figure in figures):
            self.context.leave_requests(clause)

    # --- figures -----------------------------------------------------------------------------------

    def _stated(self, clause: str, left: str, figure: Figure, right: str) -> Iterator[Statement]:
        is_list = "分别" in left  # which figure is whose, the order alone tells
        asked = left.replace("分别", "") if is_list else left
        topics = self.context.topics()
        for pattern in BY_UNIT.get(figure.unit, ()):
            if pattern.topic not in topics or pattern.word not in clause:
                continue
            match = pattern.left.search(asked)
            if not match or not (pattern.right or _GOES_ON).match(right):
                continue
            before = clause[: figure.start - len(left) + match.start()][-_BEFORE:]
            if not is_anothers(before) and self._is_over_disclosure(pattern, left + right, figure):
                scope = self._scope(pattern, before)
                for metric in _metrics(pattern, asked, figure):
                    yield self._statement(metric, figure, scope, is_list)
            return

    def _is_over_disclosure(self, pattern: Pattern, words: str, figure: Figure) -> bool:
        """False for reviews and suits that may be over anything: their figure, or one before it, says 公开, or it is 0."""
        if pattern.topic != "disputes":
            return True
        context = self.context
        context.is_of_disclosure = context.is_of_disclosure or "公开" in words
        return context.is_of_disclosure or figure.value == 0

    def _scope(self, pattern: Pattern, before: str) -> str | None:
        context = self.context
        if context.is_of_channel(pattern.topic):
            return context.account
        if not pattern.metric.startswith(_OF_BODIES):
            return account_of(before) or whose(before, self.agency)
        return self._body(before)

    def _body(self, before: str) -> str | None:
        """The body that is named, or was named before; None where the agency speaks of itself."""
        named = whose(before, self.agency)
        if named or is_own(before):
            self.context.scope = named
        return self.context.scope

    def _statement(
        self, metric: str, figure: Figure, scope: str | None, is_list: bool
    ) -> Statement:
        return Statement(
            metric=metric,
            value=None if is_list else figure.value,
            lower_bound=None if is_list else figure.lower_bound,
            unit=figure.unit or None,
            qualifier="undecided" if is_list else figure.qualifier,
            period_kind=self.context.period,
            scope=scope,
            sentence=self.sentence.printed,
            source=self.sentence.place,
        )

    # --- denials -----------------------------------------------------------------------------------

    def _denied(self, clause: str) -> Iterator[Statement]:
        topics = self.context.topics()
        for denial in DENIALS:
            if denial.topic not in topics or denial.word not in clause:
                continue
            match = denial.said.search(clause)
            if not match:
                continue
            before = clause[: match.start()][-_BEFORE:]
            if is_anothers(before) or _IF.search(before):
                return
            scope = self._body(before)
            none = Figure(Decimal(0), denial.unit, "stated_none", match.start(), match.end())
            for metric in denial.metrics:
                yield self._statement(metric, none, scope, is_list=False)
            return


def _metrics(pattern: Pattern, left: str, figure: Figure) -> tuple[str, ...]:
    """What a figure behind these words is of: mostly the pattern's metric; nothing where it is a part or another's."""
    if pattern.metric.startswith("requests_") and is_a_part(left):
        return ()
    if pattern.topic == "disputes":
        if _DECIDES.search(left) and not _CAUSED.search(left):
            return ()
        if _TOGETHER.search(left):  # 行政复议、行政诉讼0件 is 0 of each, 3件 is nobody knows what
            return () if figure.value else ("reconsideration_cases", "litigation_cases")
    return (pattern.metric,)
