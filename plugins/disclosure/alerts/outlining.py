"""Makes the outline of a mail from its news: what is told under which heading, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from disclosure.alerts.acknowledging import StaleEntry
from disclosure.alerts.commands import command_for
from disclosure.alerts.coverage import gap_lines
from disclosure.alerts.findings import (
    GAPS,
    Cause,
    Cells,
    Failure,
    Gap,
    Reservation,
    Unread,
)
from disclosure.alerts.lines import Line, gather
from disclosure.alerts.memory import Said, plain
from disclosure.alerts.outline import CauseEntry, Outline, ReportEntry, RuleEntry, Section
from disclosure.alerts.overview import News, count_all
from disclosure.alerts.sides import numbers_of, two_sides
from disclosure.alerts.words import FRAME, label_subject, print_order

LIMIT = 50  # reports under one heading; the attached table has all
LINES = 12  # lines under one rule of one report
LENGTH = 200  # characters of one line


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line with what it is grouped by."""

    report: str
    heading: str
    source_url: str
    severity: str
    rule: str
    title: str
    line: Line
    subject: str = ""
    cause: Cause | None = None


@dataclass(frozen=True)
class Writer:
    """Makes the outline of one mail. `cells` are those of the reports whose failures it tells."""

    news: News
    cells: dict[str, Cells]
    expectations: Path
    language: str
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", FRAME[self.language])

    def outline(self, date: str, scope: str) -> Outline:
        return Outline(
            date=date,
            scope=scope,
            counts=tuple(count_all(self.news, self.words)),
            sections=tuple(section for section in self._sections() if section.reports),
        )

    def _sections(self) -> Iterator[Section]:
        changes = self.news.changes
        yield self._section("new_failures", map(self._failing, changes.new))
        yield self._section(
            "changed_failures",
            (self._failing(one.now, self._before(one.before)) for one in changes.changed),
        )
        yield self._section("not_read", map(self._unread, changes.unread))
        yield self._section("read_with_reservation", map(self._reserved, changes.reservations))
        yield self._coverage()
        yield self._section("resolved_failures", map(self._said, changes.resolved))
        yield self._section("unassessable_failures", map(self._said, changes.unassessable))
        yield self._section("unchecked_failures", map(self._said, changes.unchecked))
        yield self._section("stale_entries", map(self._stale, changes.stale))

    def _coverage(self) -> Section:
        """One entry a kind of gap: what to do, and where."""
        gaps = self.news.changes.gaps
        return Section(
            heading=self.words["coverage"],
            advice=self.words["coverage_advice"],
            reports=tuple(
                self._gaps(kind, [gap for gap in gaps if gap.kind == kind])
                for kind in GAPS
                if any(gap.kind == kind for gap in gaps)
            ),
        )

    def _gaps(self, kind: str, gaps: Sequence[Gap]) -> ReportEntry:
        lines = gap_lines(gaps, self.words, LINES)
        advice = self.words[f"{kind}_advice"]
        shown = RuleEntry("", "", advice, tuple(lines[:LINES]), more=max(0, len(lines) - LINES))
        return ReportEntry(heading=self.words[kind], source_url="", rules=(shown,))

    def _failing(self, failure: Failure, note: str = "") -> _Entry:
        cells = self.cells.get(failure.report_id, {})
        numbers = numbers_of(failure, cells, self.expectations, self.language)
        return _Entry(
            report=failure.report_id,
            heading=_heading(failure),
            source_url=failure.source_url,
            severity=failure.severity,
            rule=failure.rule,
            title=failure.title(self.language),
            line=Line(
                label_subject(failure.subject, self.language),
                numbers,
                "; ".join(filter(None, (_cut(failure.shown), note))),
            ),
            subject=failure.subject,
            cause=self.news.findings.causes.get(failure.cause_id),
        )

    def _before(self, said: Said) -> str:
        return self.words["before"].format(numbers=two_sides(said.lhs, said.rhs))

    def _said(self, said: Said) -> _Entry:
        return _Entry(
            report=said.report_id,
            heading=_heading(said),
            source_url=said.source_url,
            severity=said.severity,
            rule=said.rule,
            title=said.title(self.language),
            line=Line(label_subject(said.subject, self.language), two_sides(said.lhs, said.rhs)),
        )

    def _unread(self, unread: Unread) -> _Entry:
        name = unread.source_url.rsplit("/", 1)[-1] or unread.document[:12]
        return _Entry(
            report=unread.key,
            heading=name,
            source_url=unread.source_url,
            severity="",
            rule=unread.kind,
            title="",
            line=Line("", _cut(unread.message)),
        )

    def _reserved(self, one: Reservation) -> _Entry:
        return _Entry(
            report=one.report_id,
            heading=_heading(one),
            source_url=one.source_url,
            severity="",
            rule=one.kind,
            title="",
            line=Line(one.where, _cut(one.message)),
        )

    def _stale(self, one: StaleEntry) -> _Entry:
        entry = one.entry
        before = two_sides(plain(entry.lhs), plain(entry.rhs))
        told = self.words[one.kind].format(before=before, now=one.now)
        return _Entry(
            report=entry.report,
            heading=entry.report,
            source_url="",
            severity="",
            rule=entry.rule,
            title="",
            line=Line(
                label_subject(entry.subject, self.language),
                _cut(f"acknowledged.yaml:{entry.line}: {told}"),
            ),
        )

    def _section(self, name: str, entries: Iterable[_Entry]) -> Section:
        by_report: dict[str, list[_Entry]] = {}
        for entry in entries:
            by_report.setdefault(entry.report, []).append(entry)
        shown = [self._report(group) for group in list(by_report.values())[:LIMIT]]
        return Section(
            heading=self.words[name],
            advice=self.words[f"{name}_advice"],
            reports=tuple(shown),
            more=max(0, len(by_report) - LIMIT),
        )

    def _report(self, entries: Sequence[_Entry]) -> ReportEntry:
        by_cause: dict[str, list[_Entry]] = {}
        by_rule: dict[tuple[str, str, str], list[_Entry]] = {}
        for entry in entries:
            if entry.cause is not None:
                by_cause.setdefault(entry.cause.cause_id, []).append(entry)
            else:
                by_rule.setdefault((entry.severity, entry.rule, entry.title), []).append(entry)
        first = entries[0]
        return ReportEntry(
            heading=first.heading,
            source_url=first.source_url,
            causes=tuple(self._cause(group) for group in by_cause.values()),
            rules=tuple(self._rule(*key, group) for key, group in by_rule.items()),
            command=command_for(
                first.report,
                [entry.cause for entry in entries if entry.cause],
                [entry.subject for entry in entries if entry.subject],
            ),
        )

    def _cause(self, entries: Sequence[_Entry]) -> CauseEntry:
        cause = entries[0].cause
        assert cause is not None
        lines = [
            Line(f"{entry.rule} {entry.line.where}", entry.line.numbers, entry.line.note)
            for entry in entries
        ]
        return CauseEntry(
            sentence=cause.sentence(self.language),
            lines=tuple(lines[:LINES]),
            more=max(0, len(lines) - LINES),
        )

    def _rule(self, severity: str, rule: str, title: str, entries: Sequence[_Entry]) -> RuleEntry:
        in_order = sorted(entries, key=lambda entry: print_order(entry.subject))
        lines = gather((entry.line for entry in in_order), self.words)
        return RuleEntry(
            severity, rule, title, tuple(lines[:LINES]), more=max(0, len(lines) - LINES)
        )


def _heading(one: Failure | Said | Reservation) -> str:
    return f"{one.agency} {one.year or ''}".strip()


def _cut(text: str) -> str:
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"
