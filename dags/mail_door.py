"""The door through which mail leaves: Airflow's SMTP connection, or the outbox folder where there is none."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

if TYPE_CHECKING:
    from disclosure.alerts.digest import Prepared
    from disclosure.settings import Settings

log = logging.getLogger(__name__)


def deliver_all(prepared: Prepared, settings: Settings, run: str) -> str:
    """Send or write every mail of a night, then remember what was told; returns a sentence that says where they are.

    Sent first, remembered after: killed in between, a mail may come twice; it is never lost. Raises what the mail
    server answers, so that the task tries again with the mails that have not left.
    """
    from disclosure.alerts.memory import keep_memory, note_left

    said = []
    for mail in prepared.mails:
        said.append(deliver(mail.message, mail.address, settings, f"{run}-{mail.name}.eml"))
        note_left(settings.alerts, mail.key)
    keep_memory(settings.alerts, prepared.memory)
    return "; ".join(dict.fromkeys(said)) or "nothing new, no mail"


def deliver(message: EmailMessage, address: str, settings: Settings, name: str) -> str:
    """Send the message to one address, or write it to the outbox as `name`; returns a sentence that says which.

    An address that the server refuses for good has its mail in the outbox, and the engineers hear of it. Any other
    answer of the server is raised, so that the task fails and tries again.
    """
    if not _has_connection(settings.smtp_connection):
        return _keep(message, settings, name)
    try:
        _send(message, [address], settings.smtp_connection)
    except SMTPRecipientsRefused as error:
        if not _is_final(error):
            raise
        return _tell_of_refusal(message, error, settings, name)
    return _say(f"mail sent over the connection {settings.smtp_connection} to {address}")


def deliver_somehow(message: EmailMessage, settings: Settings, name: str) -> str:
    """To all in the header, for a message that nothing tries again: what cannot be sent is written to the outbox."""
    if not _has_connection(settings.smtp_connection):
        return _keep(message, settings, name)
    addresses = [to.addr_spec for to in message["To"].addresses]
    try:
        _send(message, addresses, settings.smtp_connection)
    # A server fails in many ways, and none may hide the trouble that this mail tells: the outbox keeps it, the log says so.
    except Exception as error:
        path = _write(message, settings, name)
        return _say(f"mail could not be sent ({error!r}): written to {path}")
    return _say(f"mail sent over the connection {settings.smtp_connection} to {message['To']}")


def warn_of_a_fall(settings: Settings, run: str) -> None:
    """Mail the engineers at once when tonight's looks brought far fewer reports than usual."""
    from disclosure.alerts.fall import find_fall, write_fall

    fall = find_fall(settings)
    if fall is not None:
        deliver_somehow(write_fall(fall, settings, run), settings, f"{run}-fall.eml")


def warn_of_failed_reading(count: int, settings: Settings, run: str) -> None:
    """Mail the engineers at once about documents on which our own reader failed, when there are any."""
    from disclosure.alerts.failed_reading import write_failed_reading

    if count:
        mail = write_failed_reading(count, settings, run)
        deliver_somehow(mail, settings, f"{run}-reader-failed.eml")


def _keep(message: EmailMessage, settings: Settings, name: str) -> str:
    path = _write(message, settings, name)
    return _say(f"no connection {settings.smtp_connection}: mail written to {path}")


def _has_connection(connection: str) -> bool:
    try:
        BaseHook.get_connection(connection)
    except AirflowNotFoundException:
        return False
    return True


def _is_final(error: SMTPRecipientsRefused) -> bool:
    return all(code >= 500 for code, _ in error.recipients.values())


def _tell_of_refusal(
    message: EmailMessage, error: SMTPRecipientsRefused, settings: Settings, name: str
) -> str:
    from disclosure.alerts.refused import write_refusal

    path = _write(message, settings, name)
    refusal = write_refusal(message["Subject"], error.recipients, path, settings)
    deliver_somehow(refusal, settings, f"refused-{name}")
    return _say(f"refused: {', '.join(error.recipients)}; mail written to {path}")


def _send(message: EmailMessage, addresses: list[str], connection: str) -> None:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    with SmtpHook(smtp_conn_id=connection) as hook:
        # The hook's own methods build an HTML message without a text part, so its client is used directly.
        # The client's name is private: tests/end_to_end sends a real mail through it.
        refused = hook._smtp_client.send_message(message, to_addrs=addresses)
    if refused:  # some of them; when all are, the client raises by itself
        raise SMTPRecipientsRefused(refused)


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
