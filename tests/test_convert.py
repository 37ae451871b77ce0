"""Old office formats without LibreOffice, and with one that crashes, hangs or makes nothing: said in words, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from disclosure import convert as converter
from disclosure.convert import convert, is_installed
from disclosure.errors import NoConverter, ReportError

FOUND = (
    '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2\n'  # what the program is told
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch):
    """A function that puts a script in LibreOffice's place."""

    def put(script: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(FOUND + script)
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


def test_without_the_program_it_says_what_to_install_or_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_installed()
    with pytest.raises(
        NoConverter, match=r"install libreoffice-writer .* or save it as DOCX"
    ) as no:
        convert(b"x", "doc", "docx")
    assert no.value.kind == "unsupported_format"


def test_what_the_program_makes_is_returned(program):
    program('mkdir -p "$out"; cp "$3" "$out/report.xlsx"')
    assert is_installed()
    assert convert(b"made", "ods", "xlsx") == b"made"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 81", "stopped with status 81"),
        ("kill -SEGV $$", "stopped with status -11"),
        ('mkdir -p "$out"; echo half > "$out/report.docx"; exit 1', "stopped with status 1"),
        ("exit 0", "makes no DOCX of it; open it and save it anew"),
    ],
)
def test_a_program_that_crashes_or_makes_nothing(script, said, program):
    program(script)
    with pytest.raises(ReportError, match=said) as caught:
        convert(b"x", "doc", "docx")
    assert caught.value.kind == "damaged"


def test_a_program_that_hangs_is_ended_with_all_that_it_started(program, tmp_path):
    alive = tmp_path / "alive"
    program(f'(while :; do echo >> "{alive}"; /bin/sleep 0.1; done) & /bin/sleep 60')
    began = time.monotonic()
    with pytest.raises(ReportError, match=r"did not finish it within 2 seconds"):
        convert(b"x", "doc", "docx", seconds=2)
    assert time.monotonic() - began < 30
    size = alive.stat().st_size
    time.sleep(0.4)
    assert alive.stat().st_size == size


def test_nothing_is_left_behind(program, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(converter.tempfile, "tempdir", str(folder))
    program("exit 1")
    with pytest.raises(ReportError):
        convert(b"x", "doc", "docx")
    assert list(folder.iterdir()) == []
