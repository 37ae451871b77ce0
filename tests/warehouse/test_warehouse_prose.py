"""What the prose states, published beside the cells: built whole, and where a report alone changed."""

from __future__ import annotations

from typing import Any

from disclosure.parse.prose_patterns import DENIALS, PATTERNS
from disclosure.settings import ROOT
from warehouse.world import page

REPORT = "http://site/1"
SAID = "select metric, value, lower_bound, qualifier, scope from mart.fct_prose_metrics order by report_id, statement"


def two_agencies(**more: Any) -> dict[str, Any]:
    return {
        REPORT: page("甲局", 2023, **more),
        "http://site/2": page("乙局", 2023, statements=[("wechat_posts", 120, "more_than")]),
    }


def test_statements_are_published_in_the_order_of_reading(world):
    statements = [
        ("wechat_subscribers", 15000, "rounded", "“甲局”微信公众号"),
        ("short_video_posts", None, "undecided"),
    ]
    world.night(two_agencies(statements=statements))
    world.build()
    assert sorted(world.published(SAID), key=str) == [
        ("short_video_posts", None, None, "undecided", None),
        ("wechat_posts", 120, 120, "more_than", None),
        ("wechat_subscribers", 15000, None, "rounded", "“甲局”微信公众号"),
    ]
    assert world.published(
        "select distinct sentence, source from mart.fct_prose_metrics where metric = 'wechat_posts'"
    ) == [("wechat_posts。", "here")]


def test_a_report_that_says_another_thing_is_published_anew_though_its_cells_are_the_same(world):
    world.night(two_agencies(statements=[("wechat_posts", 7)]))
    world.build()
    world.night({REPORT: page("甲局", 2023, statements=[("wechat_posts", 8)])})
    world.build()
    assert {row[1] for row in world.published(SAID)} == {8, 120}
    world.night({REPORT: page("甲局", 2023)})
    world.build()
    assert [row[1] for row in world.published(SAID)] == [120]


def test_the_dictionary_names_every_metric():
    script = (ROOT / "sql" / "mart" / "fct_prose_metrics.sql").read_text(encoding="utf-8")
    metrics = {pattern.metric for pattern in PATTERNS}
    metrics |= {metric for denial in DENIALS for metric in denial.metrics}
    assert {metric for metric in metrics if metric not in script} == set()
