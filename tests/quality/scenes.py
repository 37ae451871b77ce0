"""Histories, pairs of agencies, places, dates and the form of 2019: generated reports, and the rules that must fail in each.

What one report alone can break stands in violations.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quality.violations import Page, plain_report
from warehouse.world import Figure, World, page

LAST = 2023
IN = {"kind": "医疗保障局", "level": "county", "region_code": "210000"}
GOVERNMENT = IN | {"kind": "人民政府"}
SKETCH = {"prose_sketch": ["ab" * 256]}


@dataclass
class Scene:
    """Pages by address, and what must fail: agency and year → rules. `later` are the pages of a second night."""

    pages: dict[str, Page]
    breaks: dict[tuple[str, int], set[str]]
    later: dict[str, Page] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=lambda: IN)
    agencies: list[str] = field(
        default_factory=list
    )  # that the site's file names; those of the pages, unless given


Maker = Callable[[str, random.Random], Scene]


def address(said: Page, more: str = "", host: str = "www.ln.gov.cn") -> str:
    return f"http://{host}/{said['agency']}/{said['report_year']}{more}"


def changed(said: Page, cells: Mapping[str, Figure] | None = None, **more: Any) -> Page:
    facts = said.get("facts", {}) | more.pop("facts", {})
    return said | more | {"cells": said["cells"] | dict(cells or {}), "facts": facts}


def moved(said: Page, **by: int) -> dict[str, Figure]:
    """Cells of table three, `item__column`, by so much more."""
    keys = {f"applications.{name.replace('__', '.')}": more for name, more in by.items()}
    return {key: said["cells"].get(key, 0) + more for key, more in keys.items()}


def two_years(agency: str, chance: random.Random) -> tuple[Page, Page]:
    """Two years that follow from one another; one application is carried over."""
    before = after = None
    while before is None or before["cells"]["applications.carried_out.natural_person"] != 1:
        before = plain_report(agency, LAST - 1, chance)
    while after is None or after["cells"]["applications.received_new.natural_person"] == 0:
        after = plain_report(agency, LAST, chance, {"natural_person": 1})
    return before, after


def history(*breaks: str, change: Callable[[Page, Page], tuple[Page, Page]]) -> Maker:
    """Two years of which the second breaks these rules."""

    def make(agency: str, chance: random.Random) -> Scene:
        pages = change(*two_years(agency, chance))
        return Scene({address(said): said for said in pages}, {(agency, LAST): set(breaks)})

    return make


def alone(
    *breaks: str,
    host: str = "www.ln.gov.cn",
    stated: Mapping[str, str] = IN,
    year: int = LAST,
    named: str | None = None,
    **more: Any,
) -> Maker:
    """One report of a site of its own, changed. `named` is its agency's full name where the page prints another."""

    def make(agency: str, chance: random.Random) -> Scene:
        said = changed(plain_report(agency, year, chance), **more)
        return Scene(
            {address(said, host=host): said},
            {(named or said["agency"], year): set(breaks)},
            stated=stated,
            agencies=[agency],
        )

    return make


def old_form(
    *breaks: str, cells: Mapping[str, Figure], year_before: Mapping[str, Figure] | None = None
) -> Maker:
    """The form of 2019, its years following from one another."""

    def make(agency: str, chance: random.Random) -> Scene:
        said = page(
            agency,
            2020,
            cells,
            template="2019-60",
            published_on="2021-01-20",
            facts={"prose_digest": [agency]},
        )
        pages = [said]
        if year_before is not None:
            pages.append(
                said
                | {
                    "report_year": 2019,
                    "cells": dict(year_before),
                    "published_on": "2020-01-20",
                    "facts": {"prose_digest": [agency + "19"]},
                }
            )
        return Scene({address(one): one for one in pages}, {(agency, 2020): set(breaks)})

    return make


def twins(*breaks: str, same_cells: bool, facts: Mapping[str, list[str]]) -> Maker:
    """Two agencies of one year."""

    def make(agency: str, chance: random.Random) -> Scene:
        one = plain_report(agency, LAST, chance)
        other = plain_report(f"{agency}分局", LAST, chance)
        other = changed(other, one["cells"] if same_cells else {}, facts=facts)
        one = changed(one, facts=facts)
        ids = [(said["agency"], LAST) for said in (one, other)]
        return Scene(
            {address(said): said for said in (one, other)}, {each: set(breaks) for each in ids}
        )

    return make


def revised(agency: str, chance: random.Random) -> Scene:
    first = plain_report(agency, LAST, chance)
    second = plain_report(agency, LAST, chance)
    return Scene(
        {address(first): first},
        {(agency, LAST): {"Y-REVISED"}},
        later={address(first): second},
    )


def two_addresses(agency: str, chance: random.Random) -> Scene:
    one, other = plain_report(agency, LAST, chance), plain_report(agency, LAST, chance)
    return Scene({address(one): one, address(other, "b"): other}, {(agency, LAST): {"X-VERSIONS"}})


def gap(agency: str, chance: random.Random) -> Scene:
    pages = [plain_report(agency, year, chance) for year in (LAST - 2, LAST)]
    return Scene({address(said): said for said in pages}, {(agency, LAST): {"Y-GAP"}})


def nothing_for_years(agency: str, chance: random.Random) -> Scene:
    pages = [
        page(
            agency,
            year,
            published_on=f"{year + 1}-01-20",
            facts={"prose_digest": [f"{agency}{year}"]},
        )
        for year in range(2021, 2025)
    ]
    # In the year that all other reports are of, its peers are not at zero.
    breaks = {(agency, 2024): {"O-ALLZERO"}, (agency, LAST): {"O-PEER"}}
    return Scene({address(said): said for said in pages}, breaks)


def _carries_more(before: Page, after: Page) -> tuple[Page, Page]:
    by = moved(
        after,
        carried_in__natural_person=1,
        carried_in__total=1,
        received_new__natural_person=-1,
        received_new__total=-1,
    )
    return before, changed(after, by)


def _sorts_anew(before: Page, after: Page) -> tuple[Page, Page]:
    by = moved(
        after,
        carried_in__natural_person=-1,
        carried_in__commercial_enterprise=1,
        received_new__natural_person=1,
        received_new__commercial_enterprise=-1,
    )
    return before, changed(after, by)


def _jumps(before: Page, after: Page) -> tuple[Page, Page]:
    rows = ("received_new", "denied_state_secret", "processed_total")
    by = moved(
        after, **{f"{row}__{column}": 500 for row in rows for column in ("natural_person", "total")}
    )
    return before, changed(after, by)


def _copies_tables(before: Page, after: Page) -> tuple[Page, Page]:
    cells = before["cells"] | {"proactive.normative_documents.in_force": 9}
    return before, after | {"cells": dict(cells)}


def _disputes(channel: str, result: str, count: int) -> dict[str, Figure]:
    return {f"disputes.{channel}.{name}": count for name in (result, "total")}


SCENES: dict[str, Maker] = {
    "carried in other than carried out": history("Y-CARRY", "Y-CARRY-TYPE", change=_carries_more),
    "types sorted anew": history("Y-CARRY-TYPE", change=_sorts_anew),
    "stock does not follow": history("Y-STOCK", change=lambda b, a: (b, changed(a, {"proactive.normative_documents.in_force": 30}))),
    "tables copied": history("Y-IDENTICAL", change=_copies_tables),
    "prose copied": history("Y-PROSE-COPY", change=lambda b, a: (changed(b, facts={"prose_sketch": ["3c" * 256]}), changed(a, facts={"prose_sketch": ["3c" * 256]}))),
    "a jump": history("Y-JUMP", "O-PEER", change=_jumps),
    "reviews beyond decisions": history(
        "T4-VS-T3", "Y-JUMP", "O-PEER", change=lambda b, a: (b, changed(a, _disputes("reconsideration", "upheld", 400)))
    ),
    "suits beyond reviews": history(
        "T4-AFTER-LE", "O-PEER", change=lambda b, a: (b, changed(a, _disputes("litigation_after_reconsideration", "upheld", 15)))
    ),
    "a year missing": gap,
    "revised": revised,
    "two addresses": two_addresses,
    "zero for four years": nothing_for_years,
    "same prose and figures": twins("X-SAME-CONTENT", "X-SAME-NUMBERS", same_cells=True, facts={"prose_digest": ["the same"]}),
    "same figures": twins("X-SAME-NUMBERS", same_cells=True, facts={}),
    "prose alike": twins("X-NEAR-DUP", same_cells=False, facts=SKETCH),
    "a government, late": alone("F-GOV", stated=GOVERNMENT, published_on="2024-04-10"),
    "before 2019, late": alone("F-OLD", "S-TEMPLATE-YEAR", year=2018, published_on="2019-05-01"),
    "form of another year": alone("S-TEMPLATE-YEAR", year=2020),
    "another host": alone("S-HOST", host="www.example.com"),
    "another place": alone("K-HOST-REGION", agency="江苏省南京市医疗保障局", named="南京市医疗保障局"),
    "a name of many places": alone("S-AGENCY", "K-REGION", agency="鼓楼区医疗保障局", stated={"kind": "医疗保障局", "level": "county"}),
    "an institution's code": alone("K-USCC-TYPE", "K-USCC-REGION", facts={"credit_code": ["12620600MB0523338C"]}),
    "2019: more opened than open": old_form("T2-19-OPEN", "T2-19-MADE", cells={"proactive.rules.newly_disclosed": 3}),
    "2019: more opened than made": old_form(
        "T2-19-MADE", cells={"proactive.normative_documents.newly_disclosed": 3, "proactive.normative_documents.disclosed_total": 9}
    ),
    "2019: fewer than none": old_form("T2-19-ITEMS", cells={"proactive.administrative_penalty.items_change": -5}),
    "2019: two signs": old_form("T2-19-SIGN", cells={"proactive.administrative_penalty.items_change": "--253"}),
    "2019: one column on": old_form("T2-19-SHIFT", cells={"proactive.administrative_licensing.prior_year_items": "+22"}),
    "2019: money for nothing": old_form("T2-19-PROC", cells={"proactive.central_procurement.amount_10k_cny": "160.5964"}),
    "2019: items do not follow": old_form(
        "Y-19-ITEMS",
        cells={"proactive.administrative_licensing.prior_year_items": 9},
        year_before={"proactive.administrative_licensing.prior_year_items": 4, "proactive.administrative_licensing.items_change": 3},
    ),
}  # fmt: skip


def stage(world: World, scenes: Mapping[str, Scene]) -> None:
    """Each scene on a site of its own, fetched, and fetched again where a second night shows something else."""
    for number, scene in enumerate(scenes.values()):
        site = f"site{number}"
        world.has_site(
            site,
            *(scene.agencies or dict.fromkeys(said["agency"] for said in scene.pages.values())),
            **scene.stated,
        )
        world.night(scene.pages, site=site)
        if scene.later:
            world.night(scene.later, site=site)
