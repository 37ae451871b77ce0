"""Child processes that leave nothing behind.

Each child is the leader of a session of its own. Airflow puts its tasks into process groups of their own, so stopping
a group would leave them; a session holds them all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

KILLING_SECONDS = 5.0
LARGEST_LOG = 20_000_000  # bytes
PATIENCE_SECONDS = 15.0  # a task that runs when the service is stopped gets this long to end


def start(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes], keep: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a child that writes to the log; `keep` are file descriptors it inherits."""
    return subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=tuple(keep),
    )


def stop(child: subprocess.Popen[bytes], patience: float = PATIENCE_SECONDS) -> None:
    """Ask the child to end, wait, and then end whatever is left of its session."""
    with undisturbed():
        _stop(child, patience)


def _stop(child: subprocess.Popen[bytes], patience: float) -> None:
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    kill_session(child.pid)
    child.wait()


def kill_session(session: int) -> None:
    """End every process of a session at once, and wait until they are gone."""
    deadline = time.monotonic() + KILLING_SECONDS
    while (left := members(session)) and time.monotonic() < deadline:
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)  # they die a moment after they were told


@contextmanager
def guardian() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    """Yield a function that puts a child under guard: killed with us, however we are killed (guardian.py)."""
    command = [sys.executable, "-m", "disclosure.service.guardian"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,  # nobody who reads our output shall wait for the guardian
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as guard:
        lifeline = guard.stdin
        assert lifeline is not None

        def watch(child: subprocess.Popen[bytes]) -> None:
            lifeline.write(f"{child.pid}\n".encode())
            lifeline.flush()

        yield watch


def members(session: int) -> list[int]:
    """Ids of the living processes of a session."""
    return [pid for pid in psutil.pids() if _session_of(pid) == session and _is_alive(pid)]


def _session_of(pid: int) -> int | None:
    with suppress(ProcessLookupError, PermissionError):
        return os.getsid(pid)
    return None


def _is_alive(pid: int) -> bool:
    with suppress(psutil.Error):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within the block, SIGTERM and SIGHUP raise KeyboardInterrupt, as Ctrl-C does, so that `finally` runs."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {name: signal.signal(name, interrupt) for name in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within the block, an impatient second Ctrl-C does not keep us from stopping our children."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.signal(name, signal.SIG_IGN) for name in signals}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def open_log(path: Path) -> IO[bytes]:
    """Open a log to add to it; one that has grown large is set aside first, and the one set aside before is dropped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")
