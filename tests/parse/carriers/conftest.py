"""Real documents by real LibreOffice, made once for all tests."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Office = Callable[[Mapping[str, bytes], str], dict[str, bytes]]
SECONDS = 300


@pytest.fixture(scope="session")
def office(needs_program, tmp_path_factory) -> Office:
    """A function that turns files, given by name, into another format, all in one run of the program."""
    program = needs_program("soffice")
    profile = tmp_path_factory.mktemp("profile")

    def convert(files: Mapping[str, bytes], wanted: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("made")
        made = folder / "out"
        for name, body in files.items():
            (folder / name).write_bytes(body)
        subprocess.run(
            [
                *(program, "--headless", f"-env:UserInstallation={profile.as_uri()}"),
                *(["--infilter=HTML (StarCalc)"] if _is_page_to_sheet(files, wanted) else []),
                *("--convert-to", wanted, "--outdir", str(made)),
                *(str(folder / name) for name in files),
            ],
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
        suffix = wanted.split(":", maxsplit=1)[0]
        found = {Path(name).stem: made / f"{Path(name).stem}.{suffix}" for name in files}
        return {name: path.read_bytes() for name, path in found.items()}

    return convert


def _is_page_to_sheet(files: Mapping[str, bytes], wanted: str) -> bool:
    """Without being told, the program opens a web page as a text, which makes no sheet."""
    return wanted.startswith("xls") and all(name.endswith(".html") for name in files)
