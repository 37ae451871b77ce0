"""The digest as an outline: headings, reports and lines in the order a person should read them.

The text part and the HTML part print the same outline, so that they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.alerts.acknowledging import StaleEntry
from disclosure.alerts.causes import CauseCounts, told_causes
from disclosure.alerts.changes import Changes
from disclosure.alerts.findings import (
    SEVERITIES,
    Cells,
    Failure,
    Findings,
    Reservation,
    Unread,
    quote,
)
from disclosure.alerts.memory import Said, plain
from disclosure.alerts.sides import numbers_of, two_sides
from disclosure.alerts.words import FRAME, label_subject
from disclosure.form import APPLICANT_TYPES

LIMIT = 50  # reports under one heading; the attached table has all
LINES = 12  # lines under one rule of one report
LENGTH = 200  # characters of one line

TABLES = ("applications", "disputes", "proactive")
TABLE_OF = {"T2": "proactive", "T3": "applications", "T4": "disputes"}


@dataclass(frozen=True, slots=True)
class News:
    """What a mail is made of."""

    findings: Findings
    changes: Changes
    causes: CauseCounts
    acknowledged: int  # failures that somebody has looked at: silent


@dataclass(frozen=True, slots=True)
class Line:
    where: str  # subject, in the form's printed labels
    numbers: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    severity: str
    rule: str
    title: str
    lines: tuple[Line, ...]
    more: int = 0  # lines left out here


@dataclass(frozen=True, slots=True)
class ReportEntry:
    agency: str
    year: str
    source_url: str
    rules: tuple[RuleEntry, ...]
    command: str = ""  # shows the cells
    causes: tuple[str, ...] = ()  # a sentence each


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    reports: tuple[ReportEntry, ...]
    more: int = 0  # reports left out here


@dataclass(frozen=True, slots=True)
class Outline:
    date: str
    counts: tuple[tuple[str, str], ...]  # what, how many
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line with what it is grouped by."""

    report: str
    agency: str
    year: int | None
    source_url: str
    severity: str
    rule: str
    title: str
    line: Line
    subject: str = ""


def outline(date: str, news: News, cells: dict[str, Cells], language: str) -> Outline:
    words, findings, changes = FRAME[language], news.findings, news.changes
    new_causes = told_causes(changes.new, findings, language)
    changed_causes = told_causes((one.now for one in changes.changed), findings, language)
    new = [_failing(one, numbers_of(one, cells.get(one.report_id, {}))) for one in changes.new]
    changed = [
        _failing(
            one.now,
            numbers_of(one.now, cells.get(one.now.report_id, {})),
            words["before"].format(numbers=two_sides(one.before.lhs, one.before.rhs)),
        )
        for one in changes.changed
    ]
    sections = (
        _section(words["new_failures"], new, True, new_causes),
        _section(words["changed_failures"], changed, True, changed_causes),
        _section(words["not_read"], [_unread(one) for one in changes.unread]),
        _section(words["read_with_reservation"], [_reserved(one) for one in changes.reservations]),
        _section(words["resolved_failures"], map(_said, changes.resolved)),
        _section(words["unassessable_failures"], map(_said, changes.unassessable)),
        _section(words["unchecked_failures"], map(_said, changes.unchecked)),
        _section(words["stale_entries"], (_stale(one, words) for one in changes.stale)),
    )
    return Outline(
        date=date,
        counts=tuple(_counts(news, words)),
        sections=tuple(section for section in sections if section.reports),
    )


def command_for(report_id: str, rules: Sequence[str], subjects: Sequence[str]) -> str:
    """The command that shows the cells that a report's failures are about."""
    tables = {TABLE_OF[rule[:2]] for rule in rules if rule[:2] in TABLE_OF}
    tables |= {table for subject in subjects for table in TABLES if subject.startswith(table)}
    table = next((table for table in TABLES if table in tables), "issues")
    columns = [column.code for column in APPLICANT_TYPES if column.code in subjects]
    chosen = ", ".join(["row_code", *columns]) if columns and table == "applications" else "*"
    sql = f"select {chosen} from mart.fct_{table} where report_id = {quote(report_id)}"
    return f'./disclosure query "{sql}"'


def _counts(news: News, words: dict[str, str]) -> Iterable[tuple[str, str]]:
    counts, changes = news.findings.counts, news.changes
    yield words["reports_read"], f"{counts.reports:,}"
    yield words["documents_unread"], f"{counts.unread:,}"
    yield words["cells_read"], f"{counts.cells_read:,}"
    yield words["cells_unread"], f"{counts.cells_not_read:,}"
    for severity in SEVERITIES:
        yield f"{words['failing']}: {words[severity]}", f"{counts.failing[severity]:,}"
    yield words["not_assessable"], f"{counts.not_assessable:,}"
    for name in ("new", "changed", "resolved"):
        yield f"{words['since']}: {words[name]}", f"{len(getattr(changes, name)):,}"
    if news.findings.causes or news.causes != CauseCounts():
        yield words["causes_in_all"], f"{len(news.findings.causes):,}"
        for name in ("new", "changed", "resolved"):
            yield f"{words['causes']}: {words[name]}", f"{getattr(news.causes, name):,}"
    if news.acknowledged:
        yield words["acknowledged"], f"{news.acknowledged:,}"


def _failing(failure: Failure, numbers: str, note: str = "") -> _Entry:
    return _Entry(
        report=failure.report_id,
        agency=failure.agency,
        year=failure.year,
        source_url=failure.source_url,
        severity=failure.severity,
        rule=failure.rule,
        title=failure.title,
        line=Line(label_subject(failure.subject), numbers, note),
        subject=failure.subject,
    )


def _said(said: Said) -> _Entry:
    return _Entry(
        report=said.report_id,
        agency=said.agency,
        year=said.year,
        source_url=said.source_url,
        severity=said.severity,
        rule=said.rule,
        title=said.title,
        line=Line(label_subject(said.subject), two_sides(said.lhs, said.rhs)),
    )


def _unread(unread: Unread) -> _Entry:
    name = unread.source_url.rsplit("/", 1)[-1] or unread.document[:12]
    return _Entry(
        report=unread.key,
        agency=name,
        year=None,
        source_url=unread.source_url,
        severity="",
        rule=unread.kind,
        title="",
        line=Line("", _cut(unread.message)),
    )


def _reserved(one: Reservation) -> _Entry:
    return _Entry(
        report=one.report_id,
        agency=one.agency,
        year=one.year,
        source_url=one.source_url,
        severity="",
        rule=one.kind,
        title="",
        line=Line(one.where, _cut(one.message)),
    )


def _stale(one: StaleEntry, words: dict[str, str]) -> _Entry:
    entry = one.entry
    before = two_sides(plain(entry.lhs), plain(entry.rhs))
    told = words[one.kind].format(before=before, now=one.now)
    return _Entry(
        report=entry.report,
        agency=entry.report,
        year=None,
        source_url="",
        severity="",
        rule=entry.rule,
        title="",
        line=Line(label_subject(entry.subject), _cut(f"acknowledged.yaml:{entry.line}: {told}")),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


NO_CAUSES: Mapping[str, tuple[str, ...]] = {}


def _section(
    heading: str,
    entries: Iterable[_Entry],
    has_command: bool = False,
    causes: Mapping[str, tuple[str, ...]] = NO_CAUSES,
) -> Section:
    by_report: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_report.setdefault(entry.report, []).append(entry)
    shown = [
        _report(group, has_command, causes.get(report, ()))
        for report, group in list(by_report.items())[:LIMIT]
    ]
    return Section(heading, tuple(shown), more=max(0, len(by_report) - LIMIT))


def _report(entries: list[_Entry], has_command: bool, causes: tuple[str, ...]) -> ReportEntry:
    by_rule: dict[tuple[str, str, str], list[Line]] = {}
    for entry in entries:
        by_rule.setdefault((entry.severity, entry.rule, entry.title), []).append(entry.line)
    first, rules = entries[0], [entry.rule for entry in entries]
    return ReportEntry(
        agency=first.agency,
        year=str(first.year or ""),
        source_url=first.source_url,
        rules=tuple(
            RuleEntry(*key, lines=tuple(lines[:LINES]), more=max(0, len(lines) - LINES))
            for key, lines in by_rule.items()
        ),
        command=command_for(first.report, rules, [entry.subject for entry in entries])
        if has_command
        else "",
        causes=causes,
    )
