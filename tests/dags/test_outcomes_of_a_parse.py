"""What a parse that was skipped, and one that failed, mean for the tasks after it. Airflow decides, so Airflow is asked."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from disclosure.warehouse.connect import open_work

# Before stand-ins take the modules' places.
from disclosure.warehouse.load import LoadSummary
from disclosure.warehouse.publish import PublishSummary
from disclosure.warehouse.scripts import create_tables


class Warehouse:
    """Stands in for everything that the tasks call; remembers who was called."""

    def __init__(
        self, batches: list[Path], parse_fails: bool = False, reader_fails: bool = False
    ) -> None:
        self.batches = batches
        self.parse_fails = parse_fails
        self.reader_fails = reader_fails
        self.called: list[str] = []

    def put_in_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys
        from types import ModuleType

        for module, function in {
            "disclosure.warehouse.collect": "collect",
            "disclosure.warehouse.batches": "parse_batch",
            "disclosure.warehouse.load": "load",
            "disclosure.quality.judge": "judge",
            "disclosure.quality.causes": "judge_causes",
            "disclosure.warehouse.publish": "publish",
            "disclosure.alerts.digest": "prepare_digest",
        }.items():
            stand_in = ModuleType(module)
            setattr(stand_in, function, getattr(self, function))
            monkeypatch.setitem(sys.modules, module, stand_in)

    def collect(self, settings, scope):
        self.called.append(f"collect {scope}")
        return self.batches

    def parse_batch(self, batch, settings):
        self.called.append(f"parse {batch.name}")
        if self.parse_fails:
            raise RuntimeError("document ab12 cannot be parsed")
        return "parsed"

    def load(self, settings):
        self.called.append("load")
        failed = int(self.reader_fails)
        if failed:
            note_unread(settings, "ab12", "reader_failed", "our reader failed on it (IndexError)")
        return LoadSummary(
            batches=1, documents=1, reports=0, versions=0, unread=failed, reader_failed=failed
        )

    def judge(self, settings, scope):
        return self._count("judge")

    def judge_causes(self, settings):
        return self._count("explain")

    def publish(self, settings, now, reason):
        self._count("publish")
        return PublishSummary(is_changed=True, size=4096)

    def prepare_digest(self, settings, now):
        from types import SimpleNamespace

        from disclosure.alerts.memory import Memory

        self.called.append("digest")
        return SimpleNamespace(mails=(), memory=Memory())

    def _count(self, step):
        from dataclasses import make_dataclass

        self.called.append(step)
        return make_dataclass("Summary", ["count"])(1)


def note_unread(settings, document: str, kind: str, message: str) -> None:
    with open_work(settings) as connection:
        create_tables(connection, settings.sql, "raw", "staging")
        connection.execute(
            "insert into staging.documents (document_sha256, parser_version, unread_kind, unread_message)"
            " values (?, '1', ?, ?)",
            [document, kind, message],
        )


@pytest.fixture
def build(airflow_database, tmp_path, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    from disclosure.settings import ROOT

    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY", "0")
    dag = DagBag(dag_folder=ROOT / "dags").dags["build_warehouse"]
    for task in dag.tasks:
        if not task.is_mapped:
            task.retries = 0
        else:
            task.partial_kwargs["retries"] = 0

    def run(warehouse: Warehouse, **options):
        warehouse.put_in_place(monkeypatch)
        return dag.test(**options).state

    return run


def test_with_nothing_to_parse_the_rest_still_runs(build):
    warehouse = Warehouse(batches=[])
    assert build(warehouse) == "success"
    assert warehouse.called == ["collect new", "load", "judge", "explain", "publish", "digest"]


def test_every_batch_is_parsed_before_anything_is_loaded(build):
    warehouse = Warehouse(batches=[Path("one"), Path("two")])
    assert build(warehouse, run_conf={"scope": "all"}) == "success"
    first, *parsed, following = warehouse.called[:4]
    assert (first, set(parsed), following) == ("collect all", {"parse one", "parse two"}, "load")


def test_a_parse_that_failed_stops_the_rest(build):
    warehouse = Warehouse(batches=[Path("one")], parse_fails=True)
    assert build(warehouse) == "failed"
    assert warehouse.called == ["collect new", "parse one"]


def test_a_document_on_which_our_reader_failed_is_told_at_once_and_the_rest_goes_on(
    build, tmp_path
):
    warehouse = Warehouse(batches=[Path("one")], reader_fails=True)
    assert build(warehouse) == "success"
    assert warehouse.called[-1] == "digest"
    (mail,) = (tmp_path / "outbox").glob("*-reader-failed.eml")
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert message["Subject"].startswith("[disclosure] READER FAILED: 1 document · ")
    assert "ab12" in message.get_content()
    assert "our reader failed on it (IndexError)" in message.get_content()


@pytest.mark.parametrize(
    "connection",
    [
        pytest.param(None, id="no mail server"),
        pytest.param("smtp://127.0.0.1:1/?disable_ssl=true&retry_limit=0", id="one that is down"),
    ],
)
def test_a_task_that_failed_is_told_at_once(build, tmp_path, monkeypatch, connection):
    if connection:
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", connection)
    build(Warehouse(batches=[Path("one")], parse_fails=True))
    (mail,) = (tmp_path / "outbox").glob("*-failed-build_warehouse-parse-0.eml")
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert "document ab12 cannot be parsed" in message.get_content()
