"""One service at a time on one data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from disclosure.errors import DisclosureError
from disclosure.settings import Settings


class ServiceBusy(DisclosureError):
    """Raised when another `run` or `serve` works on the same data folder. Nothing was started."""


@contextmanager
def only_service(settings: Settings) -> Iterator[None]:
    """Hold the data folder for the length of the block. The kernel lets go of it when the process dies."""
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "service.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise ServiceBusy(
                f"process {file.read().strip() or '?'} already works on {settings.data}; stop it first, "
                "or set DISCLOSURE_DATA to another folder"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
