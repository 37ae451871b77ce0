"""The digest as an outline: headings, reports and lines in the order a person should read them.

The text part and the HTML part print the same outline, so that they cannot say different things.
"""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.alerts.lines import Line
from disclosure.alerts.overview import Count


@dataclass(frozen=True, slots=True)
class RuleEntry:
    severity: str
    rule: str
    title: str
    lines: tuple[Line, ...]
    more: int = 0  # lines left out here


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """A sentence, and the failing sums that it explains."""

    sentence: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ReportEntry:
    heading: str
    source_url: str
    rules: tuple[RuleEntry, ...]
    causes: tuple[CauseEntry, ...] = ()
    command: str = ""  # shows the cells


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    advice: str  # what to do
    reports: tuple[ReportEntry, ...]
    more: int = 0  # reports left out here


@dataclass(frozen=True, slots=True)
class Outline:
    date: str
    scope: str  # what this mail is about, where it is not about everything
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
