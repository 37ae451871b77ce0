"""The only reader of environment variables. Every variable is explained in .env.example."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from disclosure.errors import SettingError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the run behaves. Paths are absolute."""

    data: Path  # everything the pipeline writes; ignored by git
    sites: Path  # the set of site files that a run crawls
    user_agent: str
    alert_to: tuple[str, ...]
    alert_engineers: tuple[str, ...]  # who hears at once of a task that failed
    alert_routes: Path | None  # the file of routes: who else hears of which provinces and sites
    alert_from: str
    alert_language: str  # en or zh: the frame of the mail; printed labels stay Chinese
    smtp_connection: str  # id of the Airflow connection; without it mail goes to data/outbox
    documents_per_batch: int
    writer_memory: str  # DuckDB's memory_limit for the one writer; its process takes some more
    writer_threads: int
    api_port: int  # of `serve`'s web page, on loopback

    @property
    def objects(self) -> Path:
        return self.data / "objects"

    @property
    def fetches(self) -> Path:
        return self.data / "fetches"

    @property
    def batches(self) -> Path:
        return self.data / "batches"

    @property
    def work(self) -> Path:
        return self.data / "work"

    @property
    def warehouse(self) -> Path:
        """The private file that the job writes; analysts never open it."""
        return self.work / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.data / "published" / "warehouse.duckdb"

    @property
    def outbox(self) -> Path:
        return self.data / "outbox"

    @property
    def alerts(self) -> Path:
        """What the last digest said, so that the next one can tell what is new."""
        return self.data / "alerts"

    @property
    def sql(self) -> Path:
        return ROOT / "sql"

    @property
    def examples(self) -> Path:
        return self.sql / "examples"

    @property
    def expectations(self) -> Path:
        return ROOT / "expectations"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Given the environment (the process's own by default), return the settings.

    Raises SettingError, naming the variable, for a value that cannot be used.
    """
    read = os.environ if environment is None else environment
    language = read.get("ALERT_LANGUAGE", "en")
    if language not in ("en", "zh"):
        raise SettingError(f"ALERT_LANGUAGE is {language!r}; it can be en or zh")
    alert_to = read.get("ALERT_TO", "data-quality@localhost")
    if not _addresses(alert_to):
        raise SettingError("ALERT_TO names no address; somebody must hear of what no route takes")
    routes = read.get("ALERT_ROUTES")
    return Settings(
        data=_path(read.get("DISCLOSURE_DATA", "data")),
        sites=_path(read.get("DISCLOSURE_SITES", "sites/replay")),
        user_agent=read.get("DISCLOSURE_USER_AGENT", "disclosure-reports/1.0 (replay)"),
        alert_to=_addresses(alert_to),
        alert_engineers=_addresses(read.get("ALERT_ENGINEERS") or alert_to),
        alert_routes=_path(routes) if routes else None,
        alert_from=read.get("ALERT_FROM", "disclosure@localhost"),
        alert_language=language,
        smtp_connection=read.get("ALERT_SMTP_CONNECTION", "smtp_default"),
        documents_per_batch=_count(read, "DISCLOSURE_DOCUMENTS_PER_BATCH", 200),
        writer_memory=read.get("DISCLOSURE_WRITER_MEMORY", "1400MB"),
        writer_threads=_count(read, "DISCLOSURE_WRITER_THREADS", 2),
        api_port=_count(read, "DISCLOSURE_API_PORT", 8080),
    )


def _path(text: str) -> Path:
    """Relative paths are meant from the project's root, wherever a worker was started."""
    return (ROOT / text).resolve()


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _count(read: Mapping[str, str], name: str, default: int) -> int:
    text = read.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise SettingError(f"{name} is {text!r}; it must be a whole number of at least 1")
    return int(text)
