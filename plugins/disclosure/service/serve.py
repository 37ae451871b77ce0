"""Airflow with its schedules and web page on loopback, until Ctrl-C.

Scheduler, DAG processor and API server are started as `airflow standalone` would, without its triggerer (no task here
defers) and each in a session of its own, so that stopping leaves no process behind.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from disclosure.errors import DisclosureError
from disclosure.service.environment import LOOPBACK, airflow_environment, python, with_port
from disclosure.service.lock import only_service
from disclosure.service.processes import guardian, open_log, start, stop, stopped_by_signals
from disclosure.service.run import replay_site
from disclosure.settings import ROOT, Settings

# Stopped in this order: a task that ends while the scheduler waits for it still finds the API server. Logs are read from
# the disk, so the scheduler need not serve them on a port of its own, which would not be on loopback.
PARTS = {
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "api-server": ("api-server",),
}
READY_SECONDS = 120.0
LOOK_SECONDS = 0.5


class ServiceDied(DisclosureError):
    """Raised when one of Airflow's parts ends by itself, or is not ready in time. The others are stopped."""


def serve(settings: Settings, out: TextIO = sys.stdout) -> int:
    """Run the service until it is told to stop (Ctrl-C, SIGTERM); returns 0. Raises ServiceDied."""
    environment = with_port(airflow_environment(settings), settings.api_port)
    with only_service(settings), stopped_by_signals():
        _check_port(settings.api_port)
        try:
            with replay_site(settings), _parts(settings, environment) as parts:
                _wait_until_ready(parts, settings)
                print(_welcome(settings), file=out, flush=True)
                _watch(parts, settings)
        except KeyboardInterrupt:
            print("stopped", file=out, flush=True)
    return 0


@contextmanager
def _parts(
    settings: Settings, environment: Mapping[str, str]
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Airflow's parts by name, running; all of them are gone when the block ends."""
    with ExitStack() as running:
        watch = running.enter_context(guardian())
        _prepare(settings, environment, running)
        parts: dict[str, subprocess.Popen[bytes]] = {}
        for name, command in reversed(PARTS.items()):
            log = running.enter_context(open_log(log_of(settings, name)))
            parts[name] = start(python("-m", "airflow", *command), environment, log)
            running.callback(stop, parts[name])
            watch(parts[name])
        yield parts


def _prepare(settings: Settings, environment: Mapping[str, str], running: ExitStack) -> None:
    log = running.enter_context(open_log(log_of(settings, "prepare")))
    child = start(python(ROOT / "dags" / "prepare.py"), environment, log)
    try:
        if child.wait() != 0:
            raise ServiceDied(
                f"Airflow's database cannot be prepared; see {log_of(settings, 'prepare')}"
            )
    finally:
        stop(child)


def log_of(settings: Settings, part: str) -> Path:
    return settings.data / "logs" / f"{part}.log"


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise DisclosureError(
                f"port {port} is taken ({error.strerror}); set DISCLOSURE_API_PORT to another"
            ) from error


def _wait_until_ready(parts: Mapping[str, subprocess.Popen[bytes]], settings: Settings) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _is_healthy(settings.api_port):
        _check_alive(parts, settings)
        if time.monotonic() > deadline:
            raise ServiceDied(
                f"Airflow is not ready after {READY_SECONDS:.0f} s; see {settings.data / 'logs'}"
            )
        time.sleep(LOOK_SECONDS)


def _watch(parts: Mapping[str, subprocess.Popen[bytes]], settings: Settings) -> None:
    while True:
        _check_alive(parts, settings)
        time.sleep(LOOK_SECONDS)


def _check_alive(parts: Mapping[str, subprocess.Popen[bytes]], settings: Settings) -> None:
    for name, part in parts.items():
        if part.poll() is not None:
            raise ServiceDied(
                f"Airflow's {name} ended with status {part.returncode}; see {log_of(settings, name)}"
            )


def _is_healthy(port: int) -> bool:
    address = f"http://{LOOPBACK}:{port}/api/v2/monitor/health"
    # No proxy: the service is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return all(health[part]["status"] == "healthy" for part in ("scheduler", "dag_processor"))


def _welcome(settings: Settings) -> str:
    return "\n".join(
        [
            f"Airflow is ready at http://{LOOPBACK}:{settings.api_port}",
            f"  sign in as admin with the password {_password(settings)}",
            "  crawl_reports runs at 02:00 Asia/Shanghai; build_warehouse follows it",
            f"  logs are in {settings.data / 'logs'}",
            "Ctrl-C stops it.",
        ]
    )


def _password(settings: Settings) -> str:
    """Made by Airflow at its first start, kept in its home folder."""
    path = settings.data / "airflow" / "simple_auth_manager_passwords.json.generated"
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["admin"])
    except (OSError, ValueError, KeyError):
        return f"in {path}"
