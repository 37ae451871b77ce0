"""What the clauses of a sentence have said before the one at hand: of which time, about what, on which channel, whose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosure.parse.prose_scope import account_of, channels_in, is_passed_on
from disclosure.parse.prose_text import Sentence

# Every alternative begins with a plain sign: the search for them is quick then.
_TIMES = re.compile(
    r"20\d\d年|本年|全年|今年|当年|去年|往年|年内|截至|截止|累计|历年|以来|至今|历史|月|季度|半年|日均|年均|每周|每日|每季|上年|上一年|同期"
)
_YEAR = re.compile(r"(20\d\d)年")
_UNTIL = re.compile(r"(?:截[至止]到?|自|从)[^,;]{0,12}?(?:日|底|末|止|月)")
_ANOTHER_TIME = re.compile(
    r"(?<!\d)\d{1,2}月|季度|半年|[月日年]均|每[年月周日季]|去年|(?<!结转)(?<!结转的)上一?年(?!度?结转)|往年|同期"
)
_THIS_YEAR = re.compile(r"本年|全年|今年|当年|年内")
_SINCE = re.compile(r"历年|(?<!今年)以来|至今|历史")
_PART = re.compile(r"^(?:其中|包括|含|主要|涉及|分为|一类|除)")
_OTHER_MATTERS = re.compile(r"建议|提案|留言|信访|热线|投诉|举报|咨询|工单")
_CHANNELS = ("website", "wechat", "video", "app")


@dataclass(slots=True)
class Context:
    """Reads clauses in their order; what a clause may rest on is here after `follow`."""

    sentence: Sentence
    year: int | None  # that the report is on
    period: str = "unmarked"  # annual, cumulative
    account: str | None = None  # that the figures at hand are of, as printed
    scope: str | None = None  # the body that was named
    is_of_disclosure: bool = False  # reviews and suits at hand are those over disclosure
    _is_as_of: bool = False
    _is_other_time: bool = False
    _is_part: bool = False
    _of_requests: bool = False
    _of_normative: bool = False
    _channels: frozenset[str] = frozenset()
    _of_sentence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if "公开" in self.sentence.plain:
            self._of_sentence = ("disclosure", "disputes")
        elif self.sentence.section in (3, 4):
            self._of_sentence = ("disputes",)
        self.is_of_disclosure = self.sentence.section in (3, 4)

    def follow(self, clause: str) -> bool:
        """Take a clause in; False where its figures are of another time, or a part of something."""
        if _TIMES.search(clause):
            self._place_in_time(clause)
        if _PART.match(clause) or is_passed_on(clause):
            self._is_part = True
        if self._is_part or self._is_other_time:
            return False
        self._note_topics(clause)
        return True

    def end_part(self) -> None:
        """A semicolon: what follows is no part of what was counted before."""
        self._is_part = self._is_other_time = False

    def note_channel(self, text: str) -> None:
        """Take in the words before a figure: the account or site that they name, if they do."""
        named = channels_in(text)
        if named:
            self._channels = named
            self.account = account_of(text)

    def leave_requests(self, clause: str) -> None:
        """A clause whose figures are of another matter: a bare 办结 after it is not of requests."""
        self._of_requests = "信息公开" in clause or "依申请" in clause

    def topics(self) -> set[str]:
        """What a figure at hand may be about, as prose_patterns.py names it."""
        topics = {"", *self._of_sentence}
        if self._of_requests:
            topics.add("requests")
        if self._of_normative:
            topics.add("normative")
        if len(self._channels) == 1:
            topics |= self._channels
        return topics

    def is_of_channel(self, topic: str) -> bool:
        return topic in _CHANNELS

    def _place_in_time(self, clause: str) -> None:
        years = {int(year) for year in _YEAR.findall(clause)}
        is_this_year = bool(_THIS_YEAR.search(clause))
        self._is_as_of = self._is_as_of or "截至" in clause or "截止" in clause
        is_of_other_year = bool(years) and years != {self.year}
        if is_of_other_year or _ANOTHER_TIME.search(_UNTIL.sub("", clause)):
            self._is_other_time = True
            return
        if years or is_this_year:
            self._is_other_time = False
        if _SINCE.search(clause) or (self._is_as_of and "累计" in clause):
            self.period = "cumulative"
        elif is_this_year or (years and not self._is_as_of):
            self.period = "annual"
        elif "累计" in clause or years:
            self.period = "unmarked"

    def _note_topics(self, clause: str) -> None:
        if "申请" in clause:
            self._of_requests |= "公开" in clause or "政府信息" in clause
        elif self._of_requests and _OTHER_MATTERS.search(clause):
            self._of_requests = False
        self._of_normative |= "规范性文件" in clause
