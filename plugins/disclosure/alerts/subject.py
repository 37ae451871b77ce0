"""The subject line: [disclosure] 2 new failures in 1 report · 2026-11-22."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.alerts.changes import Changes
from disclosure.alerts.words import FRAME, plural

COUNTED = (
    "changed",
    "resolved",
    "unassessable",
    "unchecked",
    "unread",
    "reservations",
    "gaps",
    "stale",
)


def write_subject(changes: Changes, date: str, language: str) -> str:
    words = FRAME[language]
    return f"[disclosure] {words['join'].join(_parts(changes, language))} · {date}"


def _parts(changes: Changes, language: str) -> Iterator[str]:
    words = FRAME[language]
    if changes.new:
        reports = len({failure.report_id for failure in changes.new})
        yield words["subject_new"].format(
            count=len(changes.new),
            failures=plural(len(changes.new), "failure", "failures"),
            reports=f"{reports} 份报告"
            if language == "zh"
            else f"{reports} {plural(reports, 'report', 'reports')}",
        )
    for name in COUNTED:
        if count := len(getattr(changes, name)):
            yield words[f"subject_{name}"].format(
                count=count,
                documents=plural(count, "document", "documents"),
                reservations=plural(count, "reservation", "reservations"),
                gaps=plural(count, "gap", "gaps"),
            )
