"""The mail about a task that failed."""

from __future__ import annotations

from disclosure.alerts.failed_task import FailedTask, write_failure
from disclosure.settings import load_settings

FAILED = FailedTask(
    dag="build_warehouse",
    task="parse",
    map_index=3,
    attempt=2,
    run="2026-11-22T02-00-00Z",
    reason="OSError: no space left on device",
    log_url="",
)


def test_it_says_what_failed_and_why():
    message = write_failure(FAILED, load_settings({}))
    assert message["Subject"] == (
        "[disclosure] FAILED: build_warehouse.parse[3] · 2026-11-22T02-00-00Z"
    )
    assert "no space left on device" in message.get_content()


def test_it_goes_to_the_engineers():
    settings = load_settings({"ALERT_TO": "office@a.example", "ALERT_ENGINEERS": "eng@a.example"})
    assert write_failure(FAILED, settings)["To"] == "eng@a.example"


def test_without_engineers_it_goes_where_the_digest_goes():
    settings = load_settings({"ALERT_TO": "office@a.example"})
    assert write_failure(FAILED, settings)["To"] == "office@a.example"


def test_its_file_is_the_same_on_a_retry():
    assert FAILED.file_name == "2026-11-22T02-00-00Z-failed-build_warehouse-parse-3.eml"
