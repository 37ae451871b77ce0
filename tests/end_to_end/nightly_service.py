"""A whole service for tests: agency sites and a mail server on loopback, a data folder, and Airflow in this process."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from disclosure.replay.server import ReplaySite, copy_documents, free_ports, serve_replay
from disclosure.replay.visitors import Visit
from disclosure.settings import Settings, load_settings
from disclosure.warehouse.query import run_query

LOOPBACK = "127.0.0.1"
DAGS = ["crawl_reports", "build_warehouse"]


class Inbox(Message):
    """What arrived at the mail server."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []

    def handle_message(self, message: Any) -> None:
        self.mails.append(message_from_bytes(bytes(message), policy=policy.default))


@dataclass(frozen=True)
class Night:
    """What one run of both DAGs did."""

    status: int
    tasks: dict[str, str]  # task → last event
    mails: tuple[EmailMessage, ...]
    visits: tuple[Visit, ...]
    new_bodies: frozenset[str]
    published_again: bool


class Service:
    def __init__(self, settings: Settings, site: ReplaySite, inbox: Inbox) -> None:
        self.settings = settings
        self.site = site
        self.inbox = inbox

    def run_night(self) -> Night:
        from run_once import Progress, run_all

        mails, visits = len(self.inbox.mails), len(self.site.requests)
        bodies, published = self._bodies(), self._published()
        told = StringIO()
        status = run_all(DAGS, Progress(told))
        events = [json.loads(line) for line in told.getvalue().splitlines()]
        return Night(
            status=status,
            tasks={event["task"]: event["event"] for event in events if "task" in event},
            mails=tuple(self.inbox.mails[mails:]),
            visits=tuple(self.site.requests[visits:]),
            new_bodies=self._bodies() - bodies,
            published_again=self._published() != published,
        )

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return list(run_query(self.settings.published, sql).rows)

    def edit(self, path: str, before: str, after: str) -> None:
        """Change a served page, as its agency would."""
        page = self.site.documents / path
        text = page.read_text(encoding="utf-8")
        assert before in text
        page.write_text(text.replace(before, after), encoding="utf-8")

    def _bodies(self) -> frozenset[str]:
        return frozenset(path.name for path in self.settings.objects.rglob("*.gz"))

    def _published(self) -> tuple[int, int] | None:
        if not self.settings.published.exists():
            return None
        stat = self.settings.published.stat()
        return stat.st_ino, stat.st_mtime_ns


@contextmanager
def standing_service(folder: Path) -> Iterator[Service]:
    """Sites, mail server and environment, for the length of the block."""
    inbox, port = Inbox(), free_port()
    documents = copy_documents(folder / "documents")
    with (
        serve_replay(documents=documents, ports=free_ports()) as site,
        mail_server(inbox, port),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("DISCLOSURE_DATA", str(folder / "data"))
        patch.setenv("DISCLOSURE_SITES", str(site.write_sites(folder / "sites")))
        patch.setenv("AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY", "1")
        patch.setenv(
            "AIRFLOW_CONN_SMTP_DEFAULT",
            f"smtp://{LOOPBACK}:{port}/?disable_tls=true&disable_ssl=true&timeout=5&retry_limit=1",
        )
        yield Service(load_settings(), site, inbox)


@contextmanager
def mail_server(inbox: Inbox, port: int) -> Iterator[None]:
    controller = Controller(inbox, hostname=LOOPBACK, port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
