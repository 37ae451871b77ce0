"""Crawl once, build once: both DAGs through Airflow, one after the other, with a summary for the person who asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from disclosure.service.environment import airflow_environment, python
from disclosure.service.lock import only_service
from disclosure.service.processes import guardian, open_log, start, stop, stopped_by_signals
from disclosure.service.progress import Course, follow
from disclosure.service.summary import print_failure, print_summary
from disclosure.settings import ROOT, Settings

DAGS = ("crawl_reports", "build_warehouse")
RETRY_DELAY_SECONDS = 2  # somebody is waiting; the nightly service waits longer


def run(settings: Settings, out: TextIO = sys.stdout) -> int:
    """Run both DAGs once and print what came of it. Returns the exit status: 0, or 1 when a task failed."""
    log = settings.data / "logs" / "run.log"
    with only_service(settings), replay_site(settings), stopped_by_signals():
        status, course = _run_dags(settings, log, out)
    if status or course.failed_task:
        print_failure(course, log, out)
        return 1
    print_summary(course, settings, log, out)
    return 0


@contextmanager
def replay_site(settings: Settings) -> Iterator[None]:
    """For the length of the block, serve the bundled agency sites when they are what is crawled."""
    if settings.sites != ROOT / "sites" / "replay":
        yield
        return
    from disclosure.replay.server import serve_replay

    with serve_replay(log=settings.data / "logs" / "replay.jsonl"):
        yield


def _run_dags(settings: Settings, log: Path, out: TextIO) -> tuple[int, Course]:
    reader, writer = os.pipe()
    environment = {
        **airflow_environment(settings),
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": str(RETRY_DELAY_SECONDS),
    }
    with (
        open_log(log) as file,
        os.fdopen(reader, encoding="utf-8") as lines,
        guardian() as watch,
    ):
        command = python(ROOT / "dags" / "run_once.py", writer, *DAGS)
        try:
            child = start(command, environment, file, keep=[writer])
        finally:
            os.close(writer)
        watch(child)
        try:
            course = follow(lines, out)  # until the child closes its end
            return child.wait(), course
        finally:
            stop(child)
