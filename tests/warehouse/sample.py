"""A warehouse of twenty-one reports, small enough to work out every answer by hand: for the examples and the dictionary.

Three cities and the district 崇明. Two districts are named 铁西区. One list names a report that is only a picture, one
report comes late, one was mended a month after it was first seen, one adds up wrongly, one copies another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.visits import visit
from warehouse.world import Figure, World, page

FEBRUARY = datetime(2026, 2, 10, 18, 0, tzinfo=UTC)
MARCH = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)

SHENYANG, TIEXI = "沈阳市医疗保障局", "沈阳市铁西区医疗保障局"
TIEXI_OF_ANSHAN, CHONGMING = "鞍山市铁西区医疗保障局", "上海市崇明区医疗保障局"
SUZHOU, POLICE = "苏州市人民政府办公室", "苏州市公安局"

AGENCIES: dict[str, tuple[str, dict[str, str]]] = {
    SHENYANG: ("shenyang", {"key": "210100-ybj", "level": "prefecture", "region_code": "210100", "region_name": "沈阳市", "province": "辽宁省"}),
    TIEXI: ("shenyang", {"key": "210106-ybj", "level": "county", "region_code": "210106", "region_name": "铁西区", "province": "辽宁省"}),
    TIEXI_OF_ANSHAN: ("anshan", {"key": "210303-ybj", "level": "county", "region_code": "210303", "region_name": "铁西区", "province": "辽宁省"}),
    CHONGMING: ("chongming", {"key": "310151-ybj", "level": "county", "region_code": "310151", "region_name": "崇明区", "province": "上海市"}),
    SUZHOU: ("suzhou", {"key": "320500-bgs", "level": "prefecture", "region_code": "320500", "region_name": "苏州市", "province": "江苏省"}),
    POLICE: ("suzhou", {"key": "320500-gaj", "level": "prefecture", "region_code": "320500", "region_name": "苏州市", "province": "江苏省"}),
}  # fmt: skip
KINDS = {SUZHOU: "人民政府办公室", POLICE: "公安局"}

Pair = tuple[int, int]  # 自然人, 商业企业; the other types are 0


def report(
    agency: str,
    year: int,
    rows: Mapping[str, Pair] | None = None,
    cells: Mapping[str, Figure] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A report whose sums agree: `rows` are the outcomes and carries of table three, what was received follows."""
    given = dict(rows or {})
    flows = {name: given.pop(name, (0, 0)) for name in ("carried_in", "carried_out")}
    total = tuple(map(sum, zip(*given.values(), strict=True))) or (0, 0)
    received = tuple(
        t + o - i for t, o, i in zip(total, flows["carried_out"], flows["carried_in"], strict=True)
    )
    printed = given | flows | {"processed_total": total, "received_new": received}
    figures: dict[str, Figure] = {}
    for row, (person, enterprise) in printed.items():
        figures[f"applications.{row}.natural_person"] = person
        figures[f"applications.{row}.commercial_enterprise"] = enterprise
        figures[f"applications.{row}.total"] = person + enterprise
    return page(
        agency,
        year,
        figures | dict(cells or {}),
        published_on=more.pop("published_on", f"{year + 1}-01-20"),
        title=f"{agency}{year}年政府信息公开工作年度报告",
        facts={"prose_digest": [more.pop("prose", f"{agency}{year}")]},
        **more,
    )


def disputes(channel: str, **results: int) -> dict[str, Figure]:
    cells: dict[str, Figure] = {f"disputes.{channel}.{name}": n for name, n in results.items()}
    return cells | {f"disputes.{channel}.total": sum(results.values())}


def documents(issued: int, repealed: int, in_force: int) -> dict[str, Figure]:
    stock = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return {f"proactive.normative_documents.{name}": n for name, n in stock.items()}


PENALTY = "proactive.administrative_penalty.decisions"
COPIED = {"granted_full": (6, 2), "denied_third_party_rights": (2, 0), "not_processed_petition": (1, 1)}  # fmt: skip

SAID_IN_SHENYANG = [
    ("website_visits_total", 750524, "exact", "局门户网站"),
    ("wechat_subscribers", 219626, "exact", "“沈阳市医保局”微信公众号"),
    ("wechat_subscribers", 3016965, "exact", "“沈阳智慧医保”服务号", "cumulative"),
]
SAID_IN_CHONGMING = [
    ("wechat_subscribers", 15000, "rounded", "“崇明医保”微信公众号"),
    ("wechat_posts", 120, "more_than", "“崇明医保”微信公众号", "unmarked"),
    ("requests_received", 0, "stated_none"),
]

REPORTS = (
    report(SUZHOU, 2020, {"granted_full": (20, 5), "denied_state_secret": (1, 0), "unavailable_not_held": (8, 0), "other_undifferentiated": (6, 0)}, template="2019-60"),
    report(SUZHOU, 2021, {"granted_full": (25, 5), "granted_partial": (5, 0), "denied_third_party_rights": (4, 1), "unavailable_not_held": (6, 0), "carried_out": (4, 0)},
        documents(3, 0, 20) | disputes("reconsideration", upheld=3, corrected=1) | disputes("litigation_direct", upheld=1)),
    report(SUZHOU, 2022, {"carried_in": (4, 0), "granted_full": (28, 5), "granted_partial": (5, 0), "denied_third_party_rights": (7, 1), "unavailable_not_held": (12, 0), "not_processed_excessive": (2, 0), "carried_out": (4, 0)},
        documents(5, 1, 24) | disputes("reconsideration", upheld=4, corrected=2, pending=1) | disputes("litigation_after_reconsideration", upheld=1, corrected=1), statements=[("litigation_cases", 0, "stated_none")]),
    report(SUZHOU, 2024, {"granted_full": (30, 10), "denied_third_party_rights": (10, 0), "unavailable_not_held": (10, 0)}, documents(2, 0, 25), published_on="2025-03-20"),
    report(SUZHOU, 2025, {"granted_full": (30, 10), "denied_third_party_rights": (12, 0), "unavailable_not_held": (8, 0)}, documents(2, 0, 27), published_on="2026-02-09"),
    report(POLICE, 2022, {"granted_full": (10, 0), "not_processed_excessive": (30, 0)}, {PENALTY: 9000}, statements=[("requests_received", 44), ("requests_processed", 40)]),
    report(POLICE, 2023, {"granted_full": (12, 0), "not_processed_excessive": (8, 0)}, {PENALTY: 9500}, statements=[("requests_received", 20), ("requests_carried_in", 7, "exact", "全市")]),
    report(SHENYANG, 2022, {"granted_full": (10, 2), "denied_third_party_rights": (1, 0), "unavailable_not_held": (5, 0), "carried_out": (2, 0)}, {PENALTY: 100} | documents(1, 0, 10)),
    report(SHENYANG, 2023, {"carried_in": (2, 0), "granted_full": (9, 3), "denied_third_party_rights": (2, 0), "unavailable_not_held": (6, 0), "carried_out": (3, 0)}, {PENALTY: 150} | documents(0, 0, 10)),
    report(SHENYANG, 2024, {"carried_in": (1, 0), "granted_full": (8, 2), "unavailable_not_held": (6, 0)}, {PENALTY: 180} | documents(2, 0, 9)),
    report(SHENYANG, 2025, {"granted_full": (15, 3), "denied_third_party_rights": (2, 0)}, {PENALTY: 212} | documents(5, 0, 14) | disputes("reconsideration", upheld=5, pending=1), published_on="2026-02-05", statements=SAID_IN_SHENYANG),
    report(TIEXI, 2023, {"granted_full": (3, 0), "unavailable_not_held": (5, 0)}, {PENALTY: 20}),
    report(TIEXI, 2024, {"granted_full": (2, 0), "unavailable_not_held": (2, 0)}, {PENALTY: 25, "applications.other_other.total": None}, issues=[("unknown_label", "table 3, row 27", "a row with figures and the label 备注 is no row of the form")]),
    report(TIEXI_OF_ANSHAN, 2023, COPIED),
    report(TIEXI_OF_ANSHAN, 2024, COPIED, prose=f"{TIEXI_OF_ANSHAN}2023"),
    report(TIEXI_OF_ANSHAN, 2025, {"unavailable_requires_creation": (1, 0)}, {"applications.processed_total.natural_person": 0, "applications.processed_total.total": 0}, published_on=None, signed_on="2026-01-12"),
    report(CHONGMING, 2021),
    report(CHONGMING, 2022),
    report(CHONGMING, 2023, statements=SAID_IN_CHONGMING),
    report(CHONGMING, 2024),
)  # fmt: skip
MENDED = report(SUZHOU, 2024, {"granted_full": (30, 10), "denied_third_party_rights": (10, 0), "unavailable_not_held": (10, 0)}, documents(2, 0, 27), published_on="2025-03-20")  # fmt: skip
PICTURE = {"unreadable": "tables_are_images"}


def build_sample(folder: Path) -> World:
    """Crawl the sites on two nights, read, judge and publish; return the world."""
    world = World(folder)
    sites = _sites()
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(sites, ensure_ascii=False)
    (folder / "sites.json").write_text(text, encoding="utf-8")
    for site in sites:
        visit(world, FEBRUARY, _links(site), site)
    world.build()
    visit(world, MARCH, {_link(SUZHOU, 2024): MENDED}, "suzhou")
    world.build()
    return world


def _sites() -> dict[str, list[dict[str, str]]]:
    sites: dict[str, list[dict[str, str]]] = {}
    for name, (site, stated) in AGENCIES.items():
        kind = KINDS.get(name, "医疗保障局")
        sites.setdefault(site, []).append({"name": name, "kind": kind} | stated)
    return sites


def _links(site: str) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {
        _link(said["agency"], said["report_year"]): said
        for said in REPORTS
        if AGENCIES[said["agency"]][0] == site
    }
    return found | ({_link(TIEXI, 2025): PICTURE} if site == "shenyang" else {})


def _link(agency: str, year: int) -> tuple[str, str]:
    site, stated = AGENCIES[agency]
    return (
        f"http://{site}.gov.cn/{stated['key']}/{year}.html",
        f"{agency}{year}年政府信息公开工作年度报告",
    )
