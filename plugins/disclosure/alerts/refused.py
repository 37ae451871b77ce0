"""The mail to engineers about an address that the mail server refuses for good. Returns a message, sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage

from disclosure.alerts.engineers import write_to_engineers
from disclosure.settings import Settings


def write_refusal(
    subject: str, refused: Mapping[str, tuple[int, bytes]], path: str, settings: Settings
) -> EmailMessage:
    """Given the subject of the mail that was refused, the server's answers by address, and where the mail lies now."""
    answers = (
        f"  {address}: {code} {answer.decode('utf-8', 'replace')}"
        for address, (code, answer) in refused.items()
    )
    lines = [
        "The mail server refuses to take mail for:",
        *answers,
        "",
        f"Not sent: {' '.join(subject.split())}",
        f"It lies in {path}; it will not be sent again. Other addresses have theirs.",
        "Mend the address in ALERT_TO, or in the file that ALERT_ROUTES names.",
    ]
    return write_to_engineers(f"REFUSED: no mail to {', '.join(refused)}", lines, settings)
