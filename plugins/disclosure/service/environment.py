"""The environment that Airflow's processes get: airflow.env, with the folders of this installation filled in."""

from __future__ import annotations

import os
import sys
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from secrets import token_bytes, token_hex
from string import Template

from disclosure.settings import ROOT, Settings

LOOPBACK = "127.0.0.1"


def airflow_environment(
    settings: Settings, given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Given the settings and the environment at hand (the process's own by default), return the environment to pass on.

    What is set already wins over airflow.env, but for AIRFLOW_HOME: another Airflow's home is none of our business.
    """
    base = dict(os.environ if given is None else given)
    declared = read_variables(settings)
    home = declared["AIRFLOW_HOME"]
    make_keys(Path(home))
    paths = [str(ROOT / "plugins"), base.get("PYTHONPATH", "")]
    return {
        **declared,
        **base,
        "AIRFLOW_HOME": home,
        "DISCLOSURE_DATA": str(settings.data),
        "DISCLOSURE_SITES": str(settings.sites),
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        # Airflow's parts talk to each other over HTTP; a proxy of the machine must not come between.
        "NO_PROXY": _with_loopback(base.get("NO_PROXY", "")),
        "no_proxy": _with_loopback(base.get("no_proxy", "")),
    }


def make_keys(home: Path) -> None:
    """Make this installation's keys once. Without them each of Airflow's parts would draw its own at start, and none
    would believe another. They are all that airflow.cfg holds; everything else is set in airflow.env."""
    path = home / "airflow.cfg"
    if path.exists():
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # Airflow keeps its passwords here too
    keys = (
        f"[core]\nfernet_key = {urlsafe_b64encode(token_bytes(32)).decode()}\n"
        f"[api]\nsecret_key = {token_hex(32)}\n"
        f"[api_auth]\njwt_secret = {token_hex(32)}\n"
    )
    temporary = home / "airflow.cfg.tmp"
    temporary.touch(mode=0o600)
    temporary.write_text(keys, encoding="ascii")
    temporary.replace(path)


def read_variables(settings: Settings) -> dict[str, str]:
    """The variables of airflow.env, in its order."""
    folders = {"DISCLOSURE_ROOT": str(ROOT), "DISCLOSURE_DATA": str(settings.data)}
    lines = (ROOT / "airflow.env").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if line and not line.startswith("#")]
    return {name: Template(value).substitute(folders) for name, value in pairs}


def with_port(environment: Mapping[str, str], port: int) -> dict[str, str]:
    """The three addresses of Airflow's API server; changing one alone breaks sign-in or the tasks."""
    address = f"http://{LOOPBACK}:{port}"
    return {
        **environment,
        "AIRFLOW__API__HOST": LOOPBACK,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
    }


def python(*arguments: object) -> list[str]:
    """A command for the interpreter that runs us."""
    return [sys.executable, *map(str, arguments)]


def _with_loopback(hosts: str) -> str:
    return ",".join(filter(None, (hosts, LOOPBACK, "localhost")))
