"""Every night at 02:00 in Shanghai: plan the visits → visit each batch of hosts → record what was fetched.

Recording updates the asset `raw_reports`, which starts build_warehouse. One host is never in two batches, so no host
gets two requests at once; batches run side by side. A scheduler that was off at 02:00 makes up for the last night, and
only for that one, when it starts.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import dag, task

from nightly import DEFAULTS, RAW_REPORTS, run_name, settings

SITES_PER_BATCH = 50  # a batch visits its hosts side by side; one host's delay, not their number, is what takes time


@dag(
    schedule="0 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    doc_md=__doc__,
    tags=["disclosure"],
)
def crawl_reports() -> None:
    @task
    def plan() -> list[list[str]]:
        """Names of sites, in batches that share no host."""
        from disclosure.crawl.introduction import check_user_agent
        from disclosure.crawl.sites import load_sites
        from disclosure.crawl.visit import plan_visits
        from disclosure.ledger import record_leftovers

        sites = load_sites(settings().sites)
        check_user_agent(settings().user_agent, sites)
        record_leftovers(settings().fetches, before=run_name())
        return plan_visits(sites, SITES_PER_BATCH)

    @task(retries=1, map_index_template="{{ ', '.join(task.op_kwargs['names'][:3]) }}")
    def visit(names: list[str]) -> dict[str, int]:
        """How many requests ended in which outcome."""
        from disclosure.crawl.visit import visit_batch

        return visit_batch(names, settings(), run_name())

    @task(retries=1, outlets=[RAW_REPORTS])
    def record(visited: list[dict[str, int]]) -> dict[str, int]:
        """The night's fetches as one manifest; how many ended in which outcome. The log has the same of each site."""
        import logging

        from disclosure.ledger import record_night

        summary = record_night(settings().fetches, run_name())
        for site, outcomes in summary.by_site.items():
            logging.getLogger(__name__).info("%s: %s", site, outcomes)
        return summary.outcomes

    record(visit.expand(names=plan()))


crawl_reports()
