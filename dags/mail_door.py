"""The door through which mail leaves: Airflow's SMTP connection, or the outbox folder where there is none."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from typing import TYPE_CHECKING

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

if TYPE_CHECKING:
    from disclosure.settings import Settings

log = logging.getLogger(__name__)


def deliver(message: EmailMessage, settings: Settings, name: str) -> str:
    """Send the message, or write it to the outbox as `name`; returns a sentence that says which.

    Raises what the mail server answers, so that the task fails and tries again.
    """
    if _has_connection(settings.smtp_connection):
        _send(message, settings.smtp_connection)
        return _say(f"mail sent over the connection {settings.smtp_connection} to {message['To']}")
    path = _write(message, settings, name)
    return _say(f"no connection {settings.smtp_connection}: mail written to {path}")


def deliver_somehow(message: EmailMessage, settings: Settings, name: str) -> str:
    """As `deliver`, for a message that nothing tries again: what the mail server refuses is written to the outbox."""
    try:
        return deliver(message, settings, name)
    except Exception as error:
        path = _write(message, settings, name)
        return _say(f"mail could not be sent ({error!r}): written to {path}")


def _has_connection(connection: str) -> bool:
    try:
        BaseHook.get_connection(connection)
    except AirflowNotFoundException:
        return False
    return True


def _send(message: EmailMessage, connection: str) -> None:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook(smtp_conn_id=connection) as hook:
        # The hook's own methods build an HTML message without a text part, so its client is used directly.
        # The client's name is private: tests/end_to_end sends a real mail through it.
        hook._smtp_client.send_message(message)


def _write(message: EmailMessage, settings: Settings, name: str) -> str:
    settings.outbox.mkdir(parents=True, exist_ok=True)
    path = settings.outbox / name
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(message.as_bytes())
    temporary.replace(path)
    return str(path)


def _say(sentence: str) -> str:
    log.info(sentence)
    return sentence
