"""The clock that crawling goes by, passed in so that a test need not wait."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    def seconds(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def now(self) -> datetime:
        return datetime.now(UTC)
