"""`./disclosure serve`: a real scheduler lets the crawl start the build through the asset, and stops without a trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from nightly_service import free_port

from disclosure.replay.server import free_ports, serve_replay
from disclosure.service.processes import members
from disclosure.settings import ROOT
from disclosure.warehouse.query import run_query

PATIENCE_SECONDS = 400


def wait_for(condition: Callable[[], bool], service: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert service.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The service has crawled and built once, and was stopped; what was seen on the way."""
    folder = tmp_path_factory.mktemp("serve")
    data, log, port = folder / "data", folder / "shown.txt", free_port()
    with serve_replay(ports=free_ports()) as site, log.open("w") as out:
        service = subprocess.Popen(
            [sys.executable, "-m", "disclosure", "serve"],
            env={
                **os.environ,
                "DISCLOSURE_DATA": str(data),
                "DISCLOSURE_SITES": str(site.write_sites(folder / "sites")),
                "DISCLOSURE_API_PORT": str(port),
                "PYTHONPATH": str(ROOT / "plugins"),
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: "Airflow is ready" in log.read_text(), service, log)
            wait_for(lambda: any((data / "outbox").glob("*-digest.eml")), service, log)
            token = sign_in(port, log.read_text())
            runs = ask(port, "/api/v2/dags/~/dagRuns", token)["dag_runs"]
            children = psutil.Process(service.pid).children(recursive=True)
            sessions = {session for child in children for session in session_of(child)}
            listening = {address for child in children for address in listening_on(child)}
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(120)
    yield {
        "data": data,
        "shown": log.read_text(),
        "runs": runs,
        "sessions": sessions - {os.getsid(0)},
        "listening": listening,
        "status": service.returncode,
    }


def session_of(child: psutil.Process) -> set[int]:
    """The session of a process; empty if it ended meanwhile, as tasks of a running service do."""
    with suppress(ProcessLookupError):
        return {os.getsid(child.pid)}
    return set()


def listening_on(child: psutil.Process) -> set[str]:
    """The addresses on which a process listens; none if it ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        tcp = child.net_connections("tcp")
        return {end.laddr.ip for end in tcp if end.status == psutil.CONN_LISTEN}
    return set()


def sign_in(port: int, shown: str) -> str:
    """Sign in with what the service has printed; returns a token."""
    password = shown.split("with the password ")[1].split(maxsplit=1)[0]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/auth/token",
        data=json.dumps({"username": "admin", "password": password}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access_token"]


def ask(port: int, path: str, token: str) -> dict:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_the_asset_starts_the_build(served):
    kinds = {run["dag_id"]: run["run_type"] for run in served["runs"]}
    assert kinds == {"crawl_reports": "scheduled", "build_warehouse": "asset_triggered"}


def test_the_warehouse_is_published(served):
    published = served["data"] / "published" / "warehouse.duckdb"
    assert run_query(published, "select count(*) from mart.dim_reports").rows[0][0] >= 5


def test_it_listens_on_loopback_only(served):
    assert served["listening"] == {"127.0.0.1"}


def test_it_stops_cleanly_and_leaves_no_process(served):
    assert served["status"] == 0
    assert served["shown"].endswith("stopped\n")
    assert len(served["sessions"]) >= 3
    assert [pid for session in served["sessions"] for pid in members(session)] == []
