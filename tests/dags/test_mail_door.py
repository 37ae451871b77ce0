"""The door through which mail leaves, with a real mail server behind it: nothing is lost, nothing comes twice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from disclosure.alerts.digest import Mail, Prepared
from disclosure.alerts.memory import Memory, load_left, load_memory
from disclosure.settings import Settings, load_settings

LOOPBACK = "127.0.0.1"


class Post:
    """A mail server that refuses some addresses, for good or for now."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}
        self.arrived: list[tuple[str, str]] = []  # address and subject

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _: Any):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any):
        from email import message_from_bytes, policy

        message = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived += [(address, message["Subject"]) for address in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def post(airflow_database, monkeypatch) -> Iterator[Post]:
    post = Post()
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(post, hostname=LOOPBACK, port=port)
    controller.start()
    monkeypatch.setenv(
        "AIRFLOW_CONN_SMTP_DEFAULT",
        f"smtp://{LOOPBACK}:{port}/?disable_tls=true&disable_ssl=true&timeout=5&retry_limit=1",
    )
    yield post
    controller.stop()


@pytest.fixture
def settings(tmp_path) -> Settings:
    return load_settings({"DISCLOSURE_DATA": str(tmp_path), "ALERT_ENGINEERS": "eng@a.example"})


def prepared(*addresses: str) -> Prepared:
    message = EmailMessage()
    message["Subject"], message["From"] = "news", "disclosure@localhost"
    message["To"] = ", ".join(addresses)
    message.set_content("1 + 0 ≠ 0 + 0")
    mails = tuple(Mail(message, to, f"key {to}", "digest") for to in addresses)
    return Prepared(mails, Memory(stale=frozenset({"told"})))


def deliver(prepared: Prepared, settings: Settings) -> str:
    from mail_door import deliver_all

    return deliver_all(prepared, settings, "night")


def test_each_address_has_one_mail_and_then_it_is_remembered(post, settings):
    deliver(prepared("a@a.example", "b@b.example"), settings)
    assert post.arrived == [("a@a.example", "news"), ("b@b.example", "news")]
    assert load_memory(settings.alerts).stale == {"told"}
    assert load_left(settings.alerts) == frozenset()


def test_an_address_refused_for_good_keeps_nobody_else_waiting(post, settings):
    post.refused["a@a.example"] = "550 no such user"
    said = deliver(prepared("a@a.example", "b@b.example"), settings)
    assert ("b@b.example", "news") in post.arrived
    assert ("eng@a.example", "[disclosure] REFUSED: no mail to a@a.example") in post.arrived
    assert "refused: a@a.example; mail written to " in said
    assert (settings.outbox / "night-digest.eml").exists()
    assert load_memory(settings.alerts).stale == {"told"}


def test_refused_for_now_nothing_is_remembered_and_only_the_rest_comes_again(post, settings):
    from smtplib import SMTPRecipientsRefused

    post.refused["b@b.example"] = "451 try again later"
    with pytest.raises(SMTPRecipientsRefused):
        deliver(prepared("a@a.example", "b@b.example"), settings)
    assert load_memory(settings.alerts).stale == frozenset()
    assert load_left(settings.alerts) == {"key a@a.example"}


def test_engineers_who_are_refused_too_have_their_mail_in_the_outbox(post, settings):
    post.refused = {"a@a.example": "550 no", "eng@a.example": "550 no"}
    deliver(prepared("a@a.example"), settings)
    assert sorted(path.name for path in settings.outbox.iterdir()) == [
        "night-digest.eml",
        "refused-night-digest.eml",
    ]


@pytest.mark.parametrize("is_fall", [True, False])
def test_a_fall_in_the_reports_read_is_mailed_at_once(post, settings, monkeypatch, is_fall):
    from disclosure.alerts.fall import Fall
    from mail_door import warn_of_a_fall

    fall = Fall((("shenyang", 15, 2),)) if is_fall else None
    monkeypatch.setattr("disclosure.alerts.fall.find_fall", lambda settings: fall)
    warn_of_a_fall(settings, "night")
    told = [("eng@a.example", "[disclosure] FALL: 2 of 15 usual reports read · night")]
    assert post.arrived == (told if is_fall else [])
