"""`./disclosure run` as a person meets it: once, again, and when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure.replay.server import free_ports, serve_replay
from disclosure.settings import ROOT


def run_command(data: Path, sites: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DISCLOSURE_DATA": str(data),
        "DISCLOSURE_SITES": str(sites),
        "PYTHONPATH": str(ROOT / "plugins"),
    }
    return subprocess.run(
        [sys.executable, "-m", "disclosure", "run"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    with serve_replay(ports=free_ports()) as site:
        sites = site.write_sites(folder / "sites")
        yield [run_command(folder / "data", sites) for _ in range(2)], folder / "data"


def test_it_says_what_was_read_what_failed_and_where_things_are(runs):
    (first, _), data = runs
    assert first.returncode == 0, first.stdout + first.stderr
    assert " reports read, " in first.stdout
    assert "T3-BALANCE  上海市崇明区医疗保障局 2023  自然人: 1 + 0 ≠ 0 + 0" in first.stdout
    assert str(data / "published" / "warehouse.duckdb") in first.stdout
    assert './disclosure query "' in first.stdout


def test_without_a_mail_connection_the_mail_lies_in_the_outbox(runs):
    (first, _), data = runs
    (mail,) = (data / "outbox").glob("*-digest.eml")
    assert f"mail written to {mail}" in first.stdout


def test_again_it_says_that_nothing_changed(runs):
    (_, second), _ = runs
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Nothing changed: " in second.stdout
    assert "nothing new, no mail" in second.stdout


def test_a_failed_task_is_named_with_its_reason_and_the_log(tmp_path):
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "odd.yaml").write_text("name: odd\nlists: none\n")
    shown = run_command(tmp_path / "data", tmp_path / "sites")
    assert shown.returncode == 1
    assert "FAILED: crawl_reports.plan" in shown.stdout
    assert "odd.yaml" in shown.stdout
    assert str(tmp_path / "data" / "logs" / "run.log") in shown.stdout
    assert "Traceback" not in shown.stdout + shown.stderr
