"""The digest mails of a night, one for each audience: counts first, then what is new. Returns text, sends nothing.

An audience with nothing new has no mail, but for one line a week, so that silence means health and not a dead service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from disclosure.alerts.acknowledging import Acknowledged, weigh
from disclosure.alerts.audiences import (
    Audience,
    find_audiences,
    share_of_changes,
    share_of_findings,
    share_of_memory,
)
from disclosure.alerts.causes import count_causes
from disclosure.alerts.changes import Changes, compare, gone
from disclosure.alerts.csv_part import write_csv
from disclosure.alerts.findings import NOWHERE, TOLD, Findings
from disclosure.alerts.html_part import write_html
from disclosure.alerts.memory import Memory, load_left, load_memory, say
from disclosure.alerts.outlining import Writer
from disclosure.alerts.overview import News
from disclosure.alerts.published import Mart, open_mart
from disclosure.alerts.routes import Route, load_routes
from disclosure.alerts.subject import write_subject
from disclosure.alerts.text_part import write_text
from disclosure.alerts.words import FRAME
from disclosure.quality.acknowledged import load_acknowledged
from disclosure.settings import Settings
from disclosure.warehouse.divisions import provinces

# Seven bits pass every server. English subjects stay on one line: folded before the dot, it would get a second space.
MAIL = {
    "en": policy.default.clone(cte_type="7bit", max_line_length=400),
    "zh": policy.default.clone(cte_type="7bit"),
}
SILENCE = timedelta(days=7)
READERS_ZONE = ZoneInfo("Asia/Shanghai")  # the night's date, as its readers count it


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and one address that it goes to; its header names all who get the same."""

    message: EmailMessage
    address: str
    key: str  # the same address and the same news: the same key
    name: str  # of its file in the outbox


@dataclass(frozen=True, slots=True)
class Prepared:
    mails: tuple[Mail, ...]
    memory: Memory  # to be kept once all mails have left


@dataclass(frozen=True, slots=True)
class Night:
    """What there is to tell, before anybody's share is taken out of it."""

    now: datetime
    findings: Findings
    changes: Changes
    acknowledged: Acknowledged
    memory: Memory


def prepare_digest(settings: Settings, now: datetime) -> Prepared:
    """Given the night's clock (UTC), return the mails about the published warehouse.

    Mails of a digest that broke off are left out where they have left already. Raises RouteError or
    AcknowledgementError, with file and line, when one of our files is wrong.
    """
    with open_mart(settings.published) as mart:
        routes = _read_routes(settings, mart)
        night = _read_night(settings, now, mart)
        return _write_mails(settings, night, find_audiences(settings.alert_to, routes), mart)


def _read_routes(settings: Settings, mart: Mart) -> tuple[Route, ...]:
    if settings.alert_routes is None:
        return ()
    return load_routes(settings.alert_routes, provinces(), mart.sites())


def _read_night(settings: Settings, now: datetime, mart: Mart) -> Night:
    memory, findings = load_memory(settings.alerts), mart.findings()
    entries = load_acknowledged(settings.expectations / "acknowledged.yaml")
    named = [(entry.report, entry.rule, entry.subject) for entry in entries]
    acknowledged = weigh(entries, findings.failures, mart.statuses(named))
    keys = [(said.report_id, said.rule, said.subject) for said in gone(findings, memory)]
    changes = compare(findings, memory, mart.statuses(keys), acknowledged)
    return Night(now, findings, changes, acknowledged, memory)


def _write_mails(
    settings: Settings, night: Night, audiences: Iterable[Audience], mart: Mart
) -> Prepared:
    mailed, mails = dict(night.memory.mailed_at), []
    for number, audience in enumerate(audiences, 1):
        message, key = _write_mail(settings, night, audience, mart)
        if message is None:
            continue
        mailed |= dict.fromkeys(audience.addresses, night.now)
        name = "digest" if number == 1 else f"digest-{number}"
        mails += [Mail(message, to, f"{key} {to}", name) for to in audience.addresses]
    left = load_left(settings.alerts)
    waiting = tuple(mail for mail in mails if mail.key not in left)
    return Prepared(waiting, replace(_known(night), mailed_at=mailed))


def _known(night: Night) -> Memory:
    """What has been told once tonight's mails have left."""
    findings, before, silenced = night.findings, night.memory, night.acknowledged.silenced
    return Memory(
        mailed_at=before.mailed_at,
        failures={one.key: say(one) for one in findings.failures if one.severity in TOLD},
        silenced=frozenset(
            key for key in silenced if key not in before.failures or key in before.silenced
        ),
        unread=frozenset(one.key for one in findings.unread),
        reservations=frozenset(one.key for one in findings.reservations),
        causes=findings.causes,
        gaps=frozenset(one.key for one in findings.gaps),
        stale=frozenset(one.key for one in night.acknowledged.stale),
    )


def _write_mail(
    settings: Settings, night: Night, audience: Audience, mart: Mart
) -> tuple[EmailMessage | None, str]:
    """The mail for one audience, if there is one to send, and a key of its news."""
    news = _news(night, audience)
    key = sha256(repr((audience.addresses, news.changes)).encode()).hexdigest()[:16]
    if not news.changes.is_empty:
        return _write_digest(settings, night.now, audience, news, mart, key), key
    if all(_is_recent(night.memory.mailed_at.get(to), night.now) for to in audience.addresses):
        return None, key
    return _write_heartbeat(settings, night.now, audience, news.findings, key), key


def _is_recent(mailed_at: datetime | None, now: datetime) -> bool:
    return mailed_at is not None and now - mailed_at < SILENCE


def _news(night: Night, audience: Audience) -> News:
    findings = share_of_findings(night.findings, audience)
    return News(
        findings=findings,
        changes=share_of_changes(night.changes, audience),
        causes=count_causes(findings, share_of_memory(night.memory, audience)),
        acknowledged=sum(one.key in night.acknowledged.silenced for one in findings.failures),
        stale=len(night.acknowledged.stale) if audience.hears(NOWHERE) else 0,
    )


def _write_digest(
    settings: Settings, now: datetime, audience: Audience, news: News, mart: Mart, key: str
) -> EmailMessage:
    date, language, changes = _date(now), settings.alert_language, news.changes
    told = (*changes.new, *(one.now for one in changes.changed))
    writer = Writer(
        news, mart.cells(one.report_id for one in told), settings.expectations, language
    )
    written = writer.outline(date, _scope(audience, language))
    message = _envelope(settings, now, audience, write_subject(changes, date, language), key)
    message.set_content(write_text(written, language))
    message.add_alternative(write_html(written, language), subtype="html")
    message.add_attachment(
        write_csv(news, language),
        maintype="text",
        subtype="csv",
        filename=f"disclosure-{date}.csv",
        params={"charset": "utf-8"},
    )
    return message


def _write_heartbeat(
    settings: Settings, now: datetime, audience: Audience, findings: Findings, key: str
) -> EmailMessage:
    language = settings.alert_language
    words, counts = FRAME[language], findings.counts
    subject = f"[disclosure] {words['subject_heartbeat']} · {_date(now)}"
    message = _envelope(settings, now, audience, subject, key)
    said = words["heartbeat"].format(
        reports=counts.reports,
        unread=counts.unread,
        failing=counts.errors + counts.warnings,
        failing_reports=counts.failing_reports,
    )
    message.set_content(
        "\n".join(part for part in (_scope(audience, language), said) if part) + "\n"
    )
    return message


def _scope(audience: Audience, language: str) -> str:
    """What the mail is about, where that is not everything."""
    words = FRAME[language]
    parts = list(dict.fromkeys(_places(audience)))
    if not audience.own and not audience.others:
        return ""
    if audience.hears_the_rest:
        parts.append(words["scope_rest"])
    return words["scope"].format(parts=words["scope_join"].join(parts))


def _places(audience: Audience) -> Iterator[str]:
    for route in audience.own:
        yield from sorted(route.provinces)
        yield from sorted(route.sites)


def _envelope(
    settings: Settings, now: datetime, audience: Audience, subject: str, key: str
) -> EmailMessage:
    message = EmailMessage(policy=MAIL[settings.alert_language])
    message["Subject"] = subject
    message["From"] = settings.alert_from
    message["To"] = ", ".join(audience.addresses)
    message["Date"] = format_datetime(now)
    # The same on a retry, so that a mail sent twice is shown once by most mail programs.
    moment, host = f"{now:%Y%m%dT%H%M%S%f}", settings.alert_from.split("@")[-1]
    message["Message-ID"] = f"<digest-{moment}-{key}@{host}>"
    return message


def _date(now: datetime) -> str:
    return now.astimezone(READERS_ZONE).date().isoformat()
