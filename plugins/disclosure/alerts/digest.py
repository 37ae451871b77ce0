"""The digest mail of a night: counts first, then what is new, changed or resolved. Returns text, sends nothing.

A night with nothing new has no message, but for one line a week, so that silence means health and not a dead service.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from disclosure.alerts.acknowledging import Acknowledged, weigh
from disclosure.alerts.causes import count_causes
from disclosure.alerts.changes import Changes, compare, gone
from disclosure.alerts.csv_part import write_csv
from disclosure.alerts.findings import Findings, read_cells, read_findings, read_statuses
from disclosure.alerts.html_part import write_html
from disclosure.alerts.memory import Memory, keep_memory, load_memory, say
from disclosure.alerts.outline import News, outline
from disclosure.alerts.subject import write_subject
from disclosure.alerts.text_part import write_text
from disclosure.alerts.words import FRAME
from disclosure.quality.acknowledged import load_acknowledged
from disclosure.settings import Settings

# Seven bits pass every server. English subjects stay on one line: folded before the dot, it would get a second space.
MAIL = {
    "en": policy.default.clone(cte_type="7bit", max_line_length=400),
    "zh": policy.default.clone(cte_type="7bit"),
}
SILENCE = timedelta(days=7)
READERS_ZONE = ZoneInfo("Asia/Shanghai")  # the night's date, as its readers count it


@dataclass(frozen=True, slots=True)
class Prepared:
    message: EmailMessage | None
    memory: Memory  # to be kept once the message has left


def prepare_digest(settings: Settings, now: datetime) -> Prepared:
    """Given the night's clock (UTC), return the mail about the published warehouse, if there is one to send."""
    memory = load_memory(settings.alerts)
    findings = read_findings(settings.published)
    acknowledged = _acknowledged(settings, findings)
    changes = _changes(settings.published, findings, memory, acknowledged)
    known = _known(findings, memory, acknowledged)
    if not changes.is_empty:
        news = News(findings, changes, count_causes(findings, memory), len(acknowledged.silenced))
        message = _write_digest(settings, now, news)
    elif memory.mailed_at is None or now - memory.mailed_at >= SILENCE:
        message = _write_heartbeat(settings, now, findings)
    else:
        return Prepared(None, known)
    return Prepared(message, replace(known, mailed_at=now))


def remember(folder: Path, memory: Memory) -> None:
    """Keep what was said; called after the mail has left."""
    keep_memory(folder, memory)


def _acknowledged(settings: Settings, findings: Findings) -> Acknowledged:
    entries = load_acknowledged(settings.expectations / "acknowledged.yaml")
    named = [(entry.report, entry.rule, entry.subject) for entry in entries]
    return weigh(entries, findings.failures, read_statuses(settings.published, named))


def _changes(
    published: Path, findings: Findings, memory: Memory, acknowledged: Acknowledged
) -> Changes:
    keys = [(said.report_id, said.rule, said.subject) for said in gone(findings, memory)]
    return compare(findings, memory, read_statuses(published, keys), acknowledged)


def _known(findings: Findings, memory: Memory, acknowledged: Acknowledged) -> Memory:
    return Memory(
        mailed_at=memory.mailed_at,
        failures={failure.key: say(failure) for failure in findings.failures},
        unread=frozenset(one.key for one in findings.unread),
        reservations=frozenset(one.key for one in findings.reservations),
        causes=findings.causes,
        stale=frozenset(one.key for one in acknowledged.stale),
    )


def _write_digest(settings: Settings, now: datetime, news: News) -> EmailMessage:
    language, date, changes = settings.alert_language, _date(now), news.changes
    told = [*changes.new, *(change.now for change in changes.changed)]
    cells = read_cells(settings.published, {failure.report_id for failure in told})
    written = outline(date, news, cells, language)
    message = _envelope(settings, now, write_subject(changes, date, language))
    message.set_content(write_text(written, language))
    message.add_alternative(write_html(written, language), subtype="html")
    message.add_attachment(
        write_csv(changes, news.findings, language),
        maintype="text",
        subtype="csv",
        filename=f"disclosure-{date}.csv",
        params={"charset": "utf-8"},
    )
    return message


def _write_heartbeat(settings: Settings, now: datetime, findings: Findings) -> EmailMessage:
    words, counts = FRAME[settings.alert_language], findings.counts
    message = _envelope(settings, now, f"[disclosure] {words['subject_heartbeat']} · {_date(now)}")
    message.set_content(
        words["heartbeat"].format(
            reports=counts.reports,
            unread=counts.unread,
            failing=sum(counts.failing.values()),
            failing_reports=counts.failing_reports,
        )
        + "\n"
    )
    return message


def _envelope(settings: Settings, now: datetime, subject: str) -> EmailMessage:
    message = EmailMessage(policy=MAIL[settings.alert_language])
    message["Subject"] = subject
    message["From"] = settings.alert_from
    message["To"] = ", ".join(settings.alert_to)
    message["Date"] = format_datetime(now)
    # The same on a retry, so that a mail sent twice is shown once by most mail programs.
    message["Message-ID"] = f"<digest-{now:%Y%m%dT%H%M%S%f}@{settings.alert_from.split('@')[-1]}>"
    return message


def _date(now: datetime) -> str:
    return now.astimezone(READERS_ZONE).date().isoformat()
