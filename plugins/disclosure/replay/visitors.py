"""Who asked the replay site for what, and when: the proof of a polite crawler."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. It begins when it arrives, and ends just before the answer's last byte is sent."""

    time: datetime  # UTC, of arrival
    started: float  # seconds of a monotonic clock, for measuring
    ended: float
    site: str
    port: int
    method: str
    path: str
    status: int
    is_conditional: bool
    user_agent: str


class RequestLog:
    """The requests to all sites, in memory and, where a file is given, as lines of JSON."""

    def __init__(self, path: Path | None = None) -> None:
        self._visits: list[Visit] = []
        self._lock = threading.Lock()
        self._path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()

    def add(self, visit: Visit) -> None:
        with self._lock:
            self._visits.append(visit)
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(visit), default=datetime.isoformat) + "\n")

    def visits(self) -> list[Visit]:
        with self._lock:
            return sorted(self._visits, key=lambda visit: visit.started)

    def clear(self) -> None:
        """Forget what is in memory: a new night begins."""
        with self._lock:
            self._visits.clear()
