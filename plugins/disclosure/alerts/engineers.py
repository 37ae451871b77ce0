"""The frame of every mail to engineers: our own trouble, never an agency's. Returns a message, sends nothing."""

from __future__ import annotations

from collections.abc import Iterable
from email import policy
from email.message import EmailMessage

from disclosure.settings import Settings


def write_to_engineers(subject: str, lines: Iterable[str], settings: Settings) -> EmailMessage:
    """Given what it is about and its lines, return the mail."""
    # Seven bits and long lines: as it lies in the outbox, and as a log shows it, a person can read it.
    message = EmailMessage(policy=policy.default.clone(cte_type="7bit", max_line_length=400))
    message["Subject"] = f"[disclosure] {subject}"
    message["From"] = settings.alert_from
    message["To"] = ", ".join(settings.alert_engineers)
    message.set_content("\n".join(lines) + "\n")
    return message
