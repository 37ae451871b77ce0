"""What both DAGs share: the asset between them, the name of a run, retries, and who hears of a failed task."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from airflow.sdk import Asset, Context, get_current_context

if TYPE_CHECKING:
    from disclosure.settings import Settings

RAW_REPORTS = Asset("raw_reports")
WRITER_POOL = "duckdb_writer"  # one slot, made by prepare.py: only one process ever writes DuckDB
SHANGHAI = ZoneInfo("Asia/Shanghai")


def settings() -> Settings:
    from disclosure.settings import load_settings

    return load_settings()


def run_name() -> str:
    """The run's name in the ledger and on a mail: UTC, sortable, the same on a task's retry."""
    return name_run(get_current_context())


def name_run(context: Context) -> str:
    return _run_after(context).strftime("%Y-%m-%dT%H-%M-%SZ")


def run_clock() -> datetime:
    """When this run was due: the clock of everything it writes, the same on a task's retry."""
    return _run_after(get_current_context())


def _run_after(context: Context) -> datetime:
    # An asset's run has no logical date; `run_after` is there for every kind of run.
    moment: datetime = context["dag_run"].run_after
    return moment.astimezone(ZoneInfo("UTC"))


def tell_engineers(context: Context) -> None:
    """Mail the engineers about a task that failed for good (after its retries)."""
    from disclosure.alerts.failed_task import FailedTask, write_failure
    from mail_door import deliver_somehow

    task, reason = context["task_instance"], context.get("exception")
    failed = FailedTask(
        dag=task.dag_id,
        task=task.task_id,
        map_index=-1 if task.map_index is None else task.map_index,
        attempt=task.try_number,
        run=name_run(context),
        reason=f"{type(reason).__name__}: {reason}"
        if reason
        else "the process ended without a word",
        log_url=str(getattr(task, "log_url", "")),
    )
    deliver_somehow(write_failure(failed, settings()), settings(), name=failed.file_name)


# The delay between tries is Airflow's `default_task_retry_delay`, set in airflow.env.
DEFAULTS: dict[str, Any] = {"owner": "disclosure", "on_failure_callback": tell_engineers}
