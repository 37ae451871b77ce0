"""The environment of all tests: an Airflow of their own in a temporary folder, set before anything imports airflow.

What the shell of a developer says of Airflow or of this project does not count here.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from disclosure.service.environment import airflow_environment
from disclosure.settings import ROOT, load_settings

# The same examples every time: a red run means that the code changed. benchmarks/damage.py looks further.
hypothesis_settings.register_profile("steady", derandomize=True)
hypothesis_settings.load_profile("steady")

OURS = ("AIRFLOW", "ALERT_", "DISCLOSURE_")
SKIP_NOTHING = os.environ.get("DISCLOSURE_TESTS_SKIP_NOTHING") == "1"

_data = Path(tempfile.mkdtemp(prefix="disclosure-tests-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith(OURS)]:
    del os.environ[_name]
os.environ.update(airflow_environment(load_settings({"DISCLOSURE_DATA": str(_data)})))
for _name in ("DISCLOSURE_DATA", "DISCLOSURE_SITES"):
    del os.environ[_name]  # a test that forgets to name its folder must not find one that works
sys.path.insert(0, str(ROOT / "dags"))


@pytest.fixture(scope="session")
def airflow_database() -> Iterator[None]:
    """Airflow's database with its tables and our pool, made once for all tests that run DAGs."""
    from prepare import prepare

    prepare()
    yield


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str], str]:
    """Given the name of a system program, return its path; without it the test is skipped, with its reason.

    On a machine that is to have everything (DISCLOSURE_TESTS_SKIP_NOTHING=1), it fails instead.
    """

    def need(name: str) -> str:
        if path := shutil.which(name):
            return path
        reason = f"the program {name} is not installed"
        if SKIP_NOTHING:
            pytest.fail(f"{reason}, and DISCLOSURE_TESTS_SKIP_NOTHING=1 says that it is")
        pytest.skip(reason)

    return need
