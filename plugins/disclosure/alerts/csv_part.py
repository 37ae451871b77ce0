"""The attached table: every change on a line, for a spreadsheet. UTF-8 with a byte order mark, as Excel wants it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from disclosure.alerts.changes import Changes
from disclosure.alerts.findings import Failure, Findings
from disclosure.alerts.memory import Said, say
from disclosure.alerts.words import COLUMNS, FRAME, label_subject

Row = tuple[str, ...]


def write_csv(changes: Changes, findings: Findings, language: str) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS[language])
    causes = {
        cause_id: cause.explanation_zh if language == "zh" else cause.explanation
        for cause_id, cause in findings.causes.items()
    }
    writer.writerows(_rows(changes, causes, FRAME[language]))
    return out.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """Text from outside that a spreadsheet will not take for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _rows(changes: Changes, causes: dict[str, str], words: dict[str, str]) -> Iterator[Row]:
    for failure in changes.new:
        yield _failure(words["new"], failure, causes, words)
    for change in changes.changed:
        yield _failure(words["changed"], change.now, causes, words, change.before)
    for said in changes.resolved:
        yield _gone(words["resolved"], said, words)
    for said in changes.unassessable:
        yield _gone(words["unassessable_failures"], said, words)
    for said in changes.unchecked:
        yield _gone(words["unchecked_failures"], said, words)
    for unread in changes.unread:
        yield _row(
            words["not_read"], rule=unread.kind, note=unread.message, source=unread.source_url
        )
    for one in changes.reservations:
        yield _row(
            words["read_with_reservation"],
            agency=one.agency,
            year=one.year,
            rule=one.kind,
            subject=one.where,
            note=one.message,
            source=one.source_url,
            report=one.report_id,
        )


def _failure(
    change: str,
    failure: Failure,
    causes: dict[str, str],
    words: dict[str, str],
    before: Said | None = None,
) -> Row:
    said = say(failure)
    sides = (said.lhs, said.rhs, before.lhs if before else "", before.rhs if before else "")
    return _said(change, said, words, sides, causes.get(failure.cause_id, ""))


def _gone(change: str, said: Said, words: dict[str, str]) -> Row:
    return _said(change, said, words, ("", "", said.lhs, said.rhs))


def _said(change: str, said: Said, words: dict[str, str], sides: Row, note: str = "") -> Row:
    return _row(
        change,
        severity=words.get(said.severity, said.severity),
        agency=said.agency,
        year=said.year,
        rule=said.rule,
        title=said.title,
        subject=label_subject(said.subject),
        sides=sides,
        note=note,
        source=said.source_url,
        report=said.report_id,
    )


def _row(
    change: str,
    *,
    severity: str = "",
    agency: str = "",
    year: int | None = None,
    rule: str = "",
    title: str = "",
    subject: str = "",
    sides: Row = ("", "", "", ""),
    note: str = "",
    source: str = "",
    report: str = "",
) -> Row:
    """One line in the order of `words.COLUMNS`. The sides are our own numbers and may begin with a minus."""
    texts = (change, severity, agency, str(year or ""), rule, title, subject)
    return (*map(neutral, texts), *sides, *map(neutral, (note, source, report)))
