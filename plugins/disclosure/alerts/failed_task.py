"""The mail to engineers about a task that failed: our trouble, never an agency's. Returns a message, sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

from disclosure.alerts.engineers import write_to_engineers
from disclosure.settings import Settings

REASON_LENGTH = 4000  # characters; the log has the rest


@dataclass(frozen=True, slots=True)
class FailedTask:
    dag: str
    task: str
    map_index: int  # -1 for a task that is not mapped
    attempt: int
    run: str
    reason: str
    log_url: str

    @property
    def name(self) -> str:
        return self.task if self.map_index < 0 else f"{self.task}[{self.map_index}]"

    @property
    def file_name(self) -> str:
        place = self.task if self.map_index < 0 else f"{self.task}-{self.map_index}"
        return f"{self.run}-failed-{self.dag}-{place}.eml"


def write_failure(failed: FailedTask, settings: Settings) -> EmailMessage:
    """Given what failed, return the mail."""
    lines = [
        f"{failed.dag}.{failed.name} failed in the run {failed.run} (try {failed.attempt}, the last one).",
        "",
        failed.reason[:REASON_LENGTH],
        "",
        "What was published before stays; nothing of this run is visible to analysts before it is run again.",
        "Run it again: clear the failed task in Airflow's web page, or start the DAG once more.",
        *([f"Log: {failed.log_url}"] if failed.log_url else []),
        f"Data: {settings.data}",
    ]
    return write_to_engineers(f"FAILED: {failed.dag}.{failed.name} · {failed.run}", lines, settings)
