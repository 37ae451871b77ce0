"""When raw_reports changes: collect → parse → load → check → explain → publish → digest.

By hand, `{"scope": "all"}` rebuilds everything from the stored bytes, and `{"reason": "…"}` publishes although much is
gone that was there before. With nothing new to parse the later steps still
run and change nothing; a batch that failed to parse stops them, and what was published stays.
"""

from __future__ import annotations

from airflow.sdk import Param, dag, get_current_context, task

from nightly import DEFAULTS, RAW_REPORTS, WRITER_POOL, run_clock, run_name, settings


def scope() -> str:
    return str(get_current_context()["params"]["scope"])


def reason() -> str | None:
    return get_current_context()["params"]["reason"]


@dag(
    schedule=[RAW_REPORTS],
    catchup=False,
    max_active_runs=1,
    params={
        "scope": Param(
            "new",
            enum=["new", "all"],
            description="new: documents that this version of the parser has not read yet; all: every stored document",
        ),
        "reason": Param(
            None,
            type=["null", "string"],
            description="why it is right that more than a tenth of the reports, cells or rules published before is gone",
        ),
    },
    default_args=DEFAULTS,
    doc_md=__doc__,
    tags=["disclosure"],
)
def build_warehouse() -> None:
    @task(pool=WRITER_POOL, retries=1)
    def collect() -> list[str]:
        """Paths of batch files: documents to read."""
        from disclosure.warehouse.collect import collect

        return [str(batch) for batch in collect(settings(), scope())]

    @task(retries=1)
    def parse(batch: str) -> str:
        """What was read of the batch, as a path."""
        from pathlib import Path

        from disclosure.warehouse.batches import parse_batch

        return str(parse_batch(Path(batch), settings()))

    # none_failed: nothing to parse is a skip and goes on; a parse that failed stops everything after it.
    @task(pool=WRITER_POOL, retries=1, trigger_rule="none_failed")
    def load() -> dict[str, int]:
        """Parsed batches into staging; counts. Engineers hear at once of documents on which our reader failed, and of
        a night that brought far less than usual."""
        from dataclasses import asdict

        from disclosure.warehouse.load import load
        from mail_door import warn_of_a_fall, warn_of_failed_reading

        loaded = load(settings())
        warn_of_failed_reading(loaded.reader_failed, settings(), run_name())
        warn_of_a_fall(settings(), run_name())
        return asdict(loaded)

    @task(pool=WRITER_POOL)
    def check() -> dict[str, int]:
        """Every rule held against every report in scope; counts."""
        from dataclasses import asdict

        from disclosure.quality.judge import judge

        return asdict(judge(settings(), scope()))

    @task(pool=WRITER_POOL, retries=1)
    def explain() -> dict[str, int]:
        """The failing sums of each report traced to cells; counts."""
        from dataclasses import asdict

        from disclosure.quality.causes import judge_causes

        return asdict(judge_causes(settings()))

    @task(pool=WRITER_POOL, retries=1)
    def publish() -> dict[str, float]:
        """The mart, visible to analysts in one step; whether it says anything new, its size in bytes, and times."""
        from disclosure.warehouse.publish import publish

        return publish(settings(), run_clock(), reason()).counts()

    @task(retries=2)
    def digest() -> str:
        """What is new since the last mail, sent or written; returns what became of it."""
        from disclosure.alerts.digest import prepare_digest
        from mail_door import deliver_all

        return deliver_all(prepare_digest(settings(), now=run_clock()), settings(), run_name())

    parse.expand(batch=collect()) >> load() >> check() >> explain() >> publish() >> digest()


build_warehouse()
