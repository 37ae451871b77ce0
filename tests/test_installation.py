"""What surrounds the code: the variables that can be set, the compose file, the launcher."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from disclosure.settings import ROOT, load_settings

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yaml").read_text(encoding="utf-8")
DECLARED = dict(re.findall(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", EXAMPLE, re.MULTILINE))


class Recorder(dict):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return default


def test_every_setting_stands_in_the_example():
    recorder = Recorder()
    load_settings(recorder)
    assert recorder.asked <= set(DECLARED)


def test_the_example_states_the_defaults():
    assert load_settings(DECLARED) == load_settings({})


def test_every_variable_of_the_example_is_explained():
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z]", line):
            above = [each for each in lines[max(0, number - 4) : number] if each.startswith("# ")]
            assert above, line


def test_every_secret_of_the_compose_file_stands_in_the_example():
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE))
    assert used <= set(DECLARED)


def test_the_compose_file_holds_no_secret():
    for name in re.findall(
        r"^\s+(\w*(?:PASSWORD|SECRET|KEY|AUTH))\s*:\s*(?!\$\{|/)\S+", COMPOSE, re.M
    ):
        pytest.fail(f"{name} is given in the file itself")


def test_the_compose_file_is_valid(tmp_path, needs_program):
    compose = needs_program("docker-compose")
    for name in ("docker-compose.yaml", "airflow.env"):
        shutil.copy(ROOT / name, tmp_path)
    filled = re.sub(r"^([A-Z_]+)=$", r"\1=x", EXAMPLE, flags=re.MULTILINE)
    (tmp_path / ".env").write_text(filled, encoding="utf-8")
    subprocess.run([compose, "config", "-q"], cwd=tmp_path, check=True, capture_output=True)


def test_without_secrets_the_compose_file_says_which_is_missing(tmp_path, needs_program):
    compose = needs_program("docker-compose")
    for name in ("docker-compose.yaml", "airflow.env"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    shown = subprocess.run(
        [compose, "config", "-q"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert shown.returncode != 0
    assert re.search(r"set \w+ in \.env", shown.stderr)


def test_the_image_has_the_versions_that_the_tests_ran_with():
    """Both locks are installed one after the other; where they overlap they must agree."""
    ours, celery = (
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-celery.txt")
    )
    differing = {name for name in ours.keys() & celery.keys() if ours[name] != celery[name]}
    assert differing == set()


def test_airflow_knows_every_option_that_is_set():
    """It passes over a misspelt one in silence."""
    from airflow.configuration import conf

    known = conf.configuration_description
    text = (ROOT / "airflow.env").read_text(encoding="utf-8") + COMPOSE
    set_here = set(re.findall(r"AIRFLOW__([A-Z_]+?)__([A-Z_]+)", text))
    unknown = {
        (section, option)
        for section, option in set_here
        if section != "CELERY"  # declared by the provider, which only the image has
        and option.lower() not in known.get(section.lower(), {}).get("options", {})
    }
    assert unknown == set()


# --- the launcher --------------------------------------------------------------------------------


@pytest.fixture
def launcher(tmp_path: Path) -> Path:
    """The launcher in a folder of its own, with a python that shows what it was given."""
    shutil.copy(ROOT / "disclosure", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$ALERT_TO|$ALERT_FROM|$DISCLOSURE_DATA|$@"\n')
    python.chmod(0o755)
    return tmp_path / "disclosure"


def launch(launcher: Path, **environment: str) -> str:
    given = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [launcher, "run"], env=given, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_launcher_reads_env_and_the_shell_wins(launcher):
    (launcher.parent / ".env").write_text(
        "# a comment\nALERT_TO=one@a.example, two@a.example\nALERT_FROM=$(touch hurt) & x\nDISCLOSURE_DATA=\n"
    )
    assert launch(launcher, ALERT_TO="me@a.example").startswith("me@a.example|$(touch hurt) & x||")
    assert launch(launcher).startswith("one@a.example, two@a.example|")
    assert not list(launcher.parent.rglob("hurt"))


def test_without_an_installation_the_launcher_says_what_to_do(launcher):
    shutil.rmtree(launcher.parent / ".venv")
    shown = subprocess.run([launcher, "run"], check=False, capture_output=True, text=True)
    assert shown.returncode == 2
    assert "make run" in shown.stderr
