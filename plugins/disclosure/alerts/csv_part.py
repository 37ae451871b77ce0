"""The attached table: every change on a line, for a spreadsheet. UTF-8 with a byte order mark, as Excel wants it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from disclosure.alerts.coverage import tell_gap
from disclosure.alerts.findings import Failure
from disclosure.alerts.memory import Said, say
from disclosure.alerts.overview import News
from disclosure.alerts.words import CHANGES, COLUMNS, FRAME, label_subject

Row = tuple[str, ...]
NO_SIDES = ("", "", "", "")


def write_csv(news: News, language: str) -> bytes:
    """Given what one mail is made of, return its table: what the mail tells, and nothing else."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS[language])
    writer.writerows(_Table(news, language).rows())
    return out.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """Text from outside that a spreadsheet will not take for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


@dataclass(frozen=True)
class _Table:
    news: News
    language: str

    def rows(self) -> Iterator[Row]:
        changes = self.news.changes
        for failure in changes.new:
            yield self._failure("new", failure)
        for change in changes.changed:
            yield self._failure("changed", change.now, change.before)
        for name in ("resolved", "unassessable", "unchecked"):
            for said in getattr(changes, name):
                yield self._said(name, said, ("", "", said.lhs, said.rhs))
        for unread in changes.unread:
            yield self._row(
                "unread", rule=unread.kind, note=unread.message, source=unread.source_url
            )
        for one in changes.reservations:
            yield self._row(
                "reservations",
                agency=one.agency,
                year=one.year,
                rule=one.kind,
                subject=one.where,
                note=one.message,
                source=one.source_url,
                report=one.report_id,
            )
        for gap in changes.gaps:
            yield self._row(
                "gaps",
                agency=gap.subject,
                year=gap.year,
                rule=gap.kind,
                note=tell_gap(gap, FRAME[self.language]),
                source=gap.source_url,
            )
        for stale in changes.stale:
            entry = stale.entry
            yield self._row(
                "stale",
                rule=entry.rule,
                subject=label_subject(entry.subject, self.language),
                note=f"acknowledged.yaml:{entry.line}",
                report=entry.report,
            )

    def _failure(self, change: str, failure: Failure, before: Said | None = None) -> Row:
        said, cause = say(failure), self.news.findings.causes.get(failure.cause_id)
        sides = (said.lhs, said.rhs, before.lhs if before else "", before.rhs if before else "")
        note = cause.sentence(self.language) if cause else failure.shown
        return self._said(change, said, sides, note)

    def _said(self, change: str, said: Said, sides: Row, note: str = "") -> Row:
        return self._row(
            change,
            severity=FRAME[self.language].get(said.severity, said.severity),
            agency=said.agency,
            year=said.year,
            rule=said.rule,
            title=said.title(self.language),
            subject=label_subject(said.subject, self.language),
            sides=sides,
            note=note,
            source=said.source_url,
            report=said.report_id,
        )

    def _row(
        self,
        change: str,
        *,
        severity: str = "",
        agency: str = "",
        year: int | None = None,
        rule: str = "",
        title: str = "",
        subject: str = "",
        sides: Row = NO_SIDES,
        note: str = "",
        source: str = "",
        report: str = "",
    ) -> Row:
        """One line in the order of `words.COLUMNS`. The sides are our own numbers and may begin with a minus."""
        said = CHANGES[self.language][change]
        texts = (said, severity, agency, str(year or ""), rule, title, subject)
        return (*map(neutral, texts), *sides, *map(neutral, (note, source, report)))
