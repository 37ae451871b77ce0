"""What one visit may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visit may cost. Times are in seconds, sizes in bytes."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0  # between two pieces of an answer
    total_seconds: float = 180.0  # from the request to the last byte
    body_bytes: int = 50 * 1024 * 1024  # after decompression, and on the wire
    head_bytes: int = 128 * 1024  # of the headers together; http.client allows 100 of them
    redirects: int = 5
    attempts: int = 3
    backoff_seconds: float = (
        1.0  # before the second attempt; four times as long before each further one
    )
    retry_after_seconds: float = 120.0  # the longest Retry-After that is waited for
    jitter: float = 0.05  # a delay is longer by up to this part of it, never shorter
