"""The service's parts: the environment of Airflow, one service at a time, children that leave nothing behind, and
what a person is told."""

from __future__ import annotations

import configparser
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from io import StringIO
from pathlib import Path

import pytest

from disclosure.errors import DisclosureError
from disclosure.service.environment import airflow_environment, with_port
from disclosure.service.lock import ServiceBusy, only_service
from disclosure.service.processes import (
    members,
    open_log,
    start,
    stop,
    stopped_by_signals,
    undisturbed,
)
from disclosure.service.progress import follow
from disclosure.service.serve import serve
from disclosure.service.summary import is_unchanged, print_failure
from disclosure.settings import ROOT, Settings, load_settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    return load_settings({"DISCLOSURE_DATA": str(tmp_path / "data")})


# --- environment ---------------------------------------------------------------------------------


def test_airflow_lives_in_the_data_folder_and_reads_our_dags(settings):
    environment = airflow_environment(settings, {})
    assert environment["AIRFLOW_HOME"] == str(settings.data / "airflow")
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == str(ROOT / "dags")
    assert environment["PYTHONPATH"] == str(ROOT / "plugins")


def test_what_the_shell_sets_wins_but_for_another_airflows_home(settings):
    given = {"AIRFLOW__CORE__PARALLELISM": "3", "AIRFLOW_HOME": "/home/somebody/airflow"}
    environment = airflow_environment(settings, given)
    assert environment["AIRFLOW__CORE__PARALLELISM"] == "3"
    assert environment["AIRFLOW_HOME"] == str(settings.data / "airflow")


def test_no_proxy_comes_between_airflows_parts(settings):
    environment = airflow_environment(settings, {"NO_PROXY": "a.example"})
    assert environment["NO_PROXY"] == "a.example,127.0.0.1,localhost"


def test_the_three_addresses_of_the_api_change_together():
    environment = with_port({}, 8123)
    assert environment["AIRFLOW__API__PORT"] == "8123"
    assert environment["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:8123"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == (
        "http://127.0.0.1:8123/execution/"
    )


def test_keys_are_made_once_and_for_this_installation_alone(settings):
    path = Path(airflow_environment(settings, {})["AIRFLOW_HOME"]) / "airflow.cfg"
    made = path.read_text()
    airflow_environment(settings, {})
    assert path.read_text() == made
    assert path.stat().st_mode & 0o077 == 0
    keys = configparser.ConfigParser()
    keys.read_string(made)
    assert {section: list(keys[section]) for section in keys.sections()} == {
        "core": ["fernet_key"],
        "api": ["secret_key"],
        "api_auth": ["jwt_secret"],
    }


# --- one at a time -------------------------------------------------------------------------------


def test_two_services_do_not_share_a_data_folder(settings):
    with (
        only_service(settings),
        pytest.raises(ServiceBusy, match=str(os.getpid())),
        only_service(settings),
    ):
        pass


def test_the_folder_is_free_again_afterwards(settings):
    for _ in range(2):
        with only_service(settings):
            pass


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = load_settings(
            {"DISCLOSURE_DATA": str(tmp_path), "DISCLOSURE_API_PORT": str(port)}
        )
        with pytest.raises(DisclosureError, match=f"port {port} is taken"):
            serve(settings, StringIO())
    assert not (tmp_path / "logs").exists()


# --- children ------------------------------------------------------------------------------------

# A parent with a child in a process group of its own, as Airflow's tasks are; both ignore a polite word if told to.
FAMILY = """
import os, signal, subprocess, sys, time
if sys.argv[1] == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("manner", ["polite", "deaf"])
def test_stopping_a_child_stops_its_whole_session(tmp_path, manner):
    log = tmp_path / "log"
    with log.open("wb") as out:
        child = start([sys.executable, "-c", FAMILY, manner], os.environ, out)
    wait_until(lambda: "ready" in log.read_text() and len(members(child.pid)) == 2)
    stop(child, patience=0.2)
    assert members(child.pid) == []


def test_stopping_what_has_ended_is_no_trouble(tmp_path):
    with (tmp_path / "log").open("wb") as out:
        child = start([sys.executable, "-c", ""], os.environ, out)
    child.wait()
    stop(child)


SERVICE = f"""
import os, sys, tempfile, time
from disclosure.service.processes import guardian, start
with guardian() as watch, tempfile.TemporaryFile() as log:
    child = start([sys.executable, "-c", {FAMILY!r}, "deaf"], os.environ, log)
    watch(child)
    print(child.pid, flush=True)
    time.sleep(60)
"""


def test_children_of_a_service_that_was_killed_are_ended(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SERVICE], stdout=subprocess.PIPE) as service:
        session = int(service.stdout.readline())
        wait_until(lambda: len(members(session)) == 2)
        service.kill()
    wait_until(lambda: members(session) == [])


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_signal_runs_what_must_be_run_at_the_end():
    ended = []
    with pytest.raises(KeyboardInterrupt), stopped_by_signals():
        try:
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
            time.sleep(5)
        finally:
            ended.append(True)
    assert ended == [True]


def test_an_impatient_second_signal_does_not_keep_us_from_stopping():
    with stopped_by_signals():
        with undisturbed():
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                os.kill(os.getpid(), name)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)


def test_a_log_that_has_grown_large_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("disclosure.service.processes.LARGEST_LOG", 4)
    for text in (b"first", b"second"):
        with open_log(tmp_path / "logs" / "a.log") as log:
            log.write(text)
    assert (tmp_path / "logs" / "a.log").read_text() == "second"
    assert (tmp_path / "logs" / "a.log.1").read_text() == "first"


# --- what a person is told -----------------------------------------------------------------------


def event(**facts) -> str:
    return json.dumps({"dag": "crawl_reports", "task": "visit", "map_index": -1, **facts})


def told(*events: str) -> tuple[str, object]:
    out = StringIO()
    course = follow(events, out)
    return out.getvalue(), course


def test_a_task_that_is_done_is_one_line():
    shown, _ = told(event(event="began"), event(event="done", seconds=1.23, result={"stored": 22}))
    assert shown == "  visit         1.2 s   stored 22\n"


def test_a_failure_is_named_with_its_reason_and_its_log(tmp_path):
    reason = "OSError: no space left"
    _, course = told(event(event="retry", reason=reason), event(event="failed", reason=reason))
    out = StringIO()
    print_failure(course, tmp_path / "run.log", out)
    assert out.getvalue().split("\n")[1:4] == [
        "FAILED: crawl_reports.visit",
        "  OSError: no space left",
        f"  log: {tmp_path / 'run.log'}",
    ]


def test_a_run_that_died_without_a_word_is_a_failure_too(tmp_path):
    _, course = told()
    out = StringIO()
    print_failure(course, tmp_path / "run.log", out)
    assert "its last lines are in the log" in out.getvalue()


@pytest.mark.parametrize(
    ("visited", "batches", "published", "unchanged"),
    [
        ({"unchanged": 22}, [], 0, True),
        ({"unchanged": 21, "stored": 1}, [], 0, False),
        ({"unchanged": 22}, ["one.json"], 0, False),  # a better parser reads stored bytes anew
        ({"unchanged": 22}, [], 1, False),  # the run before was killed before it published
    ],
)
def test_when_nothing_changed(visited, batches, published, unchanged):
    _, course = told(
        event(event="done", seconds=0, result=visited),
        event(event="done", seconds=0, task="collect", result=batches),
        event(event="done", seconds=0, task="publish", result={"changed": published}),
    )
    assert is_unchanged(course) is unchanged


def test_a_replay_command_stops_on_a_polite_word():
    """`./disclosure replay` in the foreground; on ports that are taken it says so in one line."""
    from disclosure.replay.server import default_ports

    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", min(default_ports().values())))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which does as well
        shown = subprocess.run(
            [sys.executable, "-m", "disclosure", "replay"],
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert shown.returncode == 2
    assert shown.stderr.startswith("disclosure: port ")
    assert len(shown.stderr.splitlines()) == 1
