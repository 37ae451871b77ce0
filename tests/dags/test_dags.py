"""The two DAGs as Airflow sees them: they load, quickly; when they run; what waits for what; who hears of a failure."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from disclosure.settings import ROOT

DAGS = ("crawl_reports", "build_warehouse")


@pytest.fixture(scope="module")
def bag():
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=ROOT / "dags")


def test_every_file_loads_and_holds_these_dags(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == set(DAGS)


def test_the_crawl_runs_every_night_at_two_in_shanghai(bag):
    dag = bag.dags["crawl_reports"]
    assert dag.schedule == "0 2 * * *"
    assert dag.timezone.name == "Asia/Shanghai"
    assert dag.catchup is False


def test_the_build_runs_when_the_crawl_has_brought_something(bag):
    asset = bag.dags["build_warehouse"].schedule[0]
    assert asset.name == "raw_reports"
    outlets = bag.dags["crawl_reports"].get_task("record").outlets
    assert [outlet.name for outlet in outlets] == ["raw_reports"]


@pytest.mark.parametrize("name", DAGS)
def test_a_dag_never_runs_twice_at_once(bag, name):
    assert bag.dags[name].max_active_runs == 1


def test_everything_that_writes_duckdb_shares_one_slot(bag):
    pools = {task.task_id: task.pool for task in bag.dags["build_warehouse"].tasks}
    writers = {task for task, pool in pools.items() if pool == "duckdb_writer"}
    assert writers == {"collect", "load", "check", "explain", "publish"}


def test_the_pool_has_one_slot(airflow_database):
    from airflow.models.pool import Pool

    assert Pool.get_pool("duckdb_writer").slots == 1


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("crawl_reports", ["plan", "visit", "record"]),
        ("build_warehouse", ["collect", "parse", "load", "check", "explain", "publish", "digest"]),
    ],
)
def test_tasks_follow_each_other(bag, name, order):
    dag = bag.dags[name]
    for before, after in pairwise(order):
        assert dag.get_task(after).upstream_task_ids == {before}


def test_the_build_can_be_told_to_take_everything_anew(bag):
    scope = bag.dags["build_warehouse"].params.get_param("scope")
    assert scope.value == "new"
    assert scope.schema["enum"] == ["new", "all"]


@pytest.mark.parametrize("name", DAGS)
def test_engineers_hear_of_every_failed_task(bag, name):
    for task in bag.dags[name].tasks:
        callbacks = task.partial_kwargs if task.is_mapped else vars(task)
        assert "tell_engineers" in str(callbacks["on_failure_callback"]), task.task_id


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("crawl_reports", ["visit", "record"]),
        ("build_warehouse", ["collect", "parse", "load", "explain", "publish", "digest"]),
    ],
)
def test_tasks_that_touch_network_or_disk_are_tried_again(bag, name, tasks):
    assert all(bag.dags[name].get_task(task).retries in (1, 2) for task in tasks)


def test_a_rule_that_crashed_is_not_tried_again(bag):
    assert bag.dags["build_warehouse"].get_task("check").retries == 0


def test_a_dag_file_imports_nothing_heavy():
    heavy = "duckdb pandas great_expectations pyarrow requests selectolax bs4"
    code = (
        "import sys; import crawl_reports, build_warehouse, mail_door, nightly;"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "dags", capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1] == "[]"
