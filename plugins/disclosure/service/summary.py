"""What a run came to, in words: what was read, what failed which rule, and where everything is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from disclosure.alerts.findings import Failure, Findings
from disclosure.alerts.published import Mart, open_mart
from disclosure.alerts.sides import numbers_of
from disclosure.alerts.words import label_subject
from disclosure.service.changed_cells import describe_changed_cells
from disclosure.service.progress import Course
from disclosure.settings import ROOT, Settings

SHOWN = 20  # failures; the mail's table and the warehouse have all
FIRST_QUERY = (
    "select a.agency_name, r.report_year, f.total from mart.fct_applications f "
    "join mart.dim_reports r using (report_id) join mart.dim_agencies a using (agency_key) "
    "where f.row_code = 'received_new' order by 1, 2"
)


def print_failure(course: Course, log: Path, out: TextIO) -> None:
    """Say which task failed and why, and where the rest of the story is."""
    what = course.failed_task or "the run"
    reason = course.reason or "Airflow ended early; its last lines are in the log"
    print(f"\nFAILED: {what}\n  {reason.strip()}\n  log: {_near(log)}", file=out)


def print_summary(course: Course, settings: Settings, log: Path, out: TextIO) -> None:
    with open_mart(settings.published) as mart:
        findings = mart.findings()
        failures = _failures(findings, mart, settings)
    lines = ["", *_news(course), *_counts(findings), *failures]
    if any(result.get("cells_changed") for result in _results(course, "publish")):
        lines += describe_changed_cells(settings.published)
    lines += ["", *_places(course, settings, log)]
    print("\n".join(lines), file=out)


def is_unchanged(course: Course) -> bool:
    """Whether the crawl kept no new body, nothing had to be parsed, and readers find what they found before."""
    stored = sum(outcomes.get("stored", 0) for outcomes in _results(course, "visit"))
    published = any(result["changed"] for result in _results(course, "publish"))
    return stored == 0 and not any(_results(course, "collect")) and not published


def _news(course: Course) -> list[str]:
    if not is_unchanged(course):
        return []
    asked = sum(sum(outcomes.values()) for outcomes in _results(course, "visit"))
    same = sum(outcomes.get("unchanged", 0) for outcomes in _results(course, "visit"))
    return [f"Nothing changed: {asked} requests, {same} answered that all is as before."]


def _results(course: Course, task: str) -> list[Any]:
    return [result for result in course.results.get(task, []) if result is not None]


def _counts(findings: Findings) -> list[str]:
    counts = findings.counts
    return [
        f"{counts.reports:,} reports read, {counts.unread:,} documents not read",
        f"{counts.cells_read:,} cells read, {counts.cells_not_read:,} not read (blank, absent, unreadable: each with its state)",
    ]


def _failures(findings: Findings, mart: Mart, settings: Settings) -> list[str]:
    if not findings.failures:
        return ["no rule fails"]
    shown = list(islice(findings.failures, SHOWN))
    cells = mart.cells(failure.report_id for failure in shown)
    lines = [_count_failures(findings)]
    lines += [_failure(failure, cells[failure.report_id], settings) for failure in shown]
    if left := len(findings.failures) - len(shown):
        lines.append(
            f"  … and {left} more: select * from mart.fct_rule_outcomes where status = 'fail'"
        )
    return lines


def _count_failures(findings: Findings) -> str:
    counts = findings.counts
    kinds = ", ".join(f"{count} {severity}" for severity, count in counts.failing.items() if count)
    return f"failing: {kinds}, in {counts.failing_reports} of the reports"


def _failure(failure: Failure, cells: Any, settings: Settings) -> str:
    where = f"{failure.agency} {failure.year or ''}".strip()
    numbers = numbers_of(failure, cells, settings.expectations)
    told = ": ".join(part for part in (label_subject(failure.subject), numbers) if part)
    shown = f" ({failure.shown})" if failure.shown else ""
    return f"  {failure.rule}  {where}  {told}{shown}"


def _places(course: Course, settings: Settings, log: Path) -> list[str]:
    mail = next(iter(_results(course, "digest")), "")
    return [
        f"mail       {mail}",
        f"warehouse  {_near(settings.published)}",
        f"raw bytes  {_near(settings.objects)}",
        f"log        {_near(log)}",
        "",
        "Ask it something:",
        f'  ./disclosure query "{FIRST_QUERY}"',
    ]


def _near(path: Path) -> str:
    """The path as seen from the project's root, when it is below it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
