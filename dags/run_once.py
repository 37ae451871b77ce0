"""Run DAGs once, one after another, in this process, through Airflow's own `dag.test()`.

    python dags/run_once.py PROGRESS crawl_reports build_warehouse

No scheduler is needed: states, retries, callbacks, asset events and XCom are Airflow's. PROGRESS is the number of an
open file descriptor; a JSON line goes there whenever a task begins, ends or fails. Exit status: 0 all DAGs succeeded,
1 a task failed or a DAG file is broken (the DAGs after it do not run).
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, TextIO

from airflow.listeners import hookimpl

from prepare import prepare


class Progress:
    """Listens to the tasks, and tells the parent."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.began = time.monotonic()

    def say(self, event: str, **facts: Any) -> None:
        self.out.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
        self.out.flush()

    def say_task(self, event: str, task: Any, **facts: Any) -> None:
        index = -1 if task.map_index is None else task.map_index
        self.say(event, dag=task.dag_id, task=task.task_id, map_index=index, **facts)

    @hookimpl
    def on_task_instance_running(self, previous_state: Any, task_instance: Any) -> None:
        self.began = time.monotonic()
        self.say_task("began", task_instance)

    @hookimpl
    def on_task_instance_success(self, previous_state: Any, task_instance: Any) -> None:
        seconds = round(time.monotonic() - self.began, 2)
        result = task_instance.xcom_pull(
            task_ids=task_instance.task_id, map_indexes=task_instance.map_index
        )
        self.say_task("done", task_instance, seconds=seconds, result=result)

    @hookimpl
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:
        is_final = task_instance.try_number > task_instance.max_tries
        reason = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else error
        self.say_task("failed" if is_final else "retry", task_instance, reason=str(reason))


def run_all(names: list[str], progress: Progress) -> int:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk.listener import get_listener_manager

    get_listener_manager().add_listener(progress)
    bag = DagBag()
    for file, trace in bag.import_errors.items():
        progress.say("broken", file=file, reason=trace.strip().splitlines()[-1])
        return 1
    for name in names:
        progress.say("dag", dag=name)
        if bag.dags[name].test().state != "success":
            return 1
    return 0


def main() -> int:
    descriptor, *names = sys.argv[1:]
    with os.fdopen(int(descriptor), "w", encoding="utf-8") as out:
        progress = Progress(out)
        progress.say("prepare")
        prepare()
        return run_all(names, progress)


if __name__ == "__main__":
    sys.exit(main())
