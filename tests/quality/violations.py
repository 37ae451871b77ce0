"""Generated reports that break no rule, and one way to break each rule: what the rules are measured on."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure import form
from warehouse.world import Figure, page

Page = dict[str, Any]
TYPES = [column.code for column in form.APPLICANT_TYPES]
OUTCOMES = ("granted_full", "granted_partial", "unavailable_not_held", "not_processed_petition")


def plain_report(
    agency: str, year: int, chance: random.Random, carried_in: Mapping[str, int] | None = None
) -> Page:
    """A report whose sums agree and of whom nothing is to be said. Every cell is a number."""
    rows = {item: dict.fromkeys(TYPES[:-1], 0) for item in ("received_new", "carried_in")}
    rows |= {
        item: {column: chance.randint(3, 6) for column in TYPES[:2]} | dict.fromkeys(TYPES[2:-1], 0)
        for item in OUTCOMES
    }
    rows["carried_in"] |= dict(carried_in or {"natural_person": 1})
    rows["carried_out"] = dict.fromkeys(TYPES[:-1], 0) | {"natural_person": chance.randint(0, 2)}
    rows["processed_total"] = {c: sum(rows[item][c] for item in OUTCOMES) for c in TYPES[:-1]}
    rows["received_new"] = {
        c: rows["processed_total"][c] + rows["carried_out"][c] - rows["carried_in"][c]
        for c in TYPES[:-1]
    }
    cells: dict[str, Figure] = {}
    for item, figures in rows.items():
        for column, figure in figures.items():
            cells[f"applications.{item}.{column}"] = figure
        cells[f"applications.{item}.total"] = sum(figures.values())
    reviews = chance.randint(0, 3)
    cells |= {"disputes.reconsideration.upheld": reviews, "disputes.reconsideration.total": reviews}
    cells |= {f"proactive.normative_documents.{c}": n for c, n in STOCK.items()}
    name = f"{agency}{year}-{chance.random()}"
    facts = {"prose_digest": [name]}
    return page(agency, year, cells, facts=facts, published_on=f"{year + 1}-01-20")


STOCK = {"issued": 2, "repealed": 2, "in_force": 9}


@dataclass(frozen=True)
class Violation:
    """`breaks` are the rules that must fail then: the one aimed at, first, and those that follow from it."""

    breaks: tuple[str, ...]
    cells: Callable[[Page], Mapping[str, Figure]] = lambda said: {}
    facts: Mapping[str, list[str]] | None = None
    more: Mapping[str, Any] | None = None
    touches: str = ""  # two violations that touch the same part are not put into one report
    template: str = "2021-30"

    def into(self, said: Page) -> None:
        said["cells"] = said["cells"] | dict(self.cells(said))
        said["facts"] = said["facts"] | dict(self.facts or {})
        said |= dict(self.more or {})


def put(**cells: Figure) -> Callable[[Page], Mapping[str, Figure]]:
    """Cells by table__item__column."""
    named = {name.replace("__", "."): figure for name, figure in cells.items()}
    return lambda said: named


def add(**cells: int) -> Callable[[Page], Mapping[str, Figure]]:
    named = {name.replace("__", "."): more for name, more in cells.items()}
    return lambda said: {name: said["cells"].get(name, 0) + more for name, more in named.items()}


def row(table: str, item: str, figure: Figure, columns: list[str]) -> dict[str, Figure]:
    return {f"{table}.{item}.{column}": figure for column in columns}


def swapped(said: Page) -> Mapping[str, Figure]:
    """Carried in and carried out exchanged in one column, and in its total."""
    cells = said["cells"]
    first, last = "applications.carried_in.", "applications.carried_out."
    cells[last + "natural_person"] = 1
    return {
        first + "natural_person": 3,
        first + "total": 3,
        last + "total": 1,
        "applications.received_new.natural_person": cells[
            "applications.processed_total.natural_person"
        ]
        + 3
        - 1,
        "applications.received_new.total": cells["applications.processed_total.total"] + 3 - 1,
    }


NP, TOTAL = "natural_person", "total"
BALANCES = ("T3-BALANCE", "T3-BALANCE-IMPUTED")

VIOLATIONS = {
    "received one too many": Violation(
        BALANCES,
        add(applications__received_new__natural_person=1, applications__received_new__total=1),
        touches="applications",
    ),
    "total of outcomes stale": Violation(
        ("T3-OUTCOME-SUM", "T3-BALANCE"),
        add(applications__processed_total__natural_person=-3, applications__processed_total__total=-3),
        touches="applications",
    ),
    "a row's total": Violation(
        ("T3-ROW-SUM", "T3-OUTCOME-SUM", "T3-BALANCE-IMPUTED"),
        add(applications__denied_state_secret__total=1),
        touches="applications",
    ),
    "one type for another": Violation(
        ("T3-OFFSET", *BALANCES),
        add(applications__received_new__natural_person=-1, applications__received_new__other_org=1),
        touches="applications",
    ),
    "carries exchanged": Violation(
        ("T3-CARRY-SWAP", *BALANCES), swapped, touches="applications"
    ),
    "much is carried out": Violation(
        ("T3-CARRY-SHARE", "O-PEER"),
        add(
            applications__received_new__natural_person=90,
            applications__received_new__total=90,
            applications__carried_out__natural_person=90,
            applications__carried_out__total=90,
        ),
        touches="applications",
    ),
    "other outcomes prevail": Violation(
        ("T3-OTHER-SHARE", "O-PEER"),
        add(
            applications__received_new__natural_person=90,
            applications__received_new__total=90,
            applications__other_other__natural_person=90,
            applications__other_other__total=90,
            applications__processed_total__natural_person=90,
            applications__processed_total__total=90,
        ),
        touches="applications",
    ),
    "a number over two cells": Violation(
        ("V-SPLIT-DIGITS", "T3-ROW-SUM", "T3-OUTCOME-SUM", "T3-BALANCE-IMPUTED", "O-PEER"),
        put(
            applications__denied_state_secret__research_institution=1,
            applications__denied_state_secret__public_interest_org=2,
            applications__denied_state_secret__total=12,
        ),
        touches="applications",
    ),
    "fee unpaid, none charged": Violation(
        ("T3-FEE-LINK",),
        add(
            applications__received_new__natural_person=1,
            applications__received_new__total=1,
            applications__other_fee_overdue__natural_person=1,
            applications__other_fee_overdue__total=1,
            applications__processed_total__natural_person=1,
            applications__processed_total__total=1,
        ),
        {"fee_denied": ["未收取信息处理费"]},
        touches="applications",
    ),
    "negative": Violation(
        ("V-INT", "T3-ROW-SUM", "T3-OUTCOME-SUM", "T3-BALANCE-IMPUTED"),
        put(applications__denied_state_secret__other_org=-1),
        touches="applications",
    ),
    "a blank": Violation(("V-BLANK", "V-MIXED-ZERO"), put(disputes__litigation_direct__other=None), touches="disputes"),
    "a blank row": Violation(
        ("V-BLANK-ROW", "V-BLANK", "V-MIXED-ZERO"),
        lambda said: row("applications", "denied_state_secret", None, TYPES),
        touches="applications",
    ),
    "a total alone": Violation(
        ("V-TOTAL-ONLY", "V-BLANK", "V-MIXED-ZERO"),
        lambda said: row("applications", "denied_state_secret", None, TYPES[:-1]),
        touches="applications",
    ),
    "a unit": Violation(("V-UNIT-IN-CELL",), put(proactive__rules__repealed="0件"), touches="rules"),
    "a placeholder": Violation(("V-PLACEHOLDER",), put(proactive__rules__repealed="/"), touches="rules"),
    "figures in one cell": Violation(("V-COLLAPSED",), put(disputes__litigation_direct__pending="1 00"), touches="disputes"),
    "reviews do not add up": Violation(
        ("T4-ROW-SUM",), add(disputes__reconsideration__total=1), touches="disputes"
    ),
    "suits without reviews": Violation(
        ("O-PEER",), put(disputes__litigation_after_reconsideration__upheld=9, disputes__litigation_after_reconsideration__total=9), touches="disputes"
    ),  # without the year before nobody can tell
    "stock below flow": Violation(
        ("T2-STOCK-FLOW",),
        put(proactive__normative_documents__issued=7, proactive__normative_documents__in_force=3),
        touches="normative",
    ),
    "no stock": Violation(
        ("T2-ISSUED-ZERO-STOCK", "T2-STOCK-FLOW"),
        put(proactive__normative_documents__issued=7, proactive__normative_documents__in_force=0),
        touches="normative",
    ),
    "rules of a bureau": Violation(("T2-RULES-POWER",), put(proactive__rules__in_force=2), touches="rules"),
    "compulsion": Violation(("T2-COMPULSION-RARE",), put(proactive__administrative_compulsion__decisions=3), touches="compulsion"),
    "licences": Violation(("T2-LICENSE-RARE",), put(proactive__administrative_licensing__decisions=3), touches="licences"),
    "a fee": Violation(("T2-FEE-RARE",), put(proactive__administrative_fees__amount_10k_cny="3.5"), touches="fees"),
    "a negative fee": Violation(("V-FEE", "T2-FEE-RARE"), put(proactive__administrative_fees__amount_10k_cny=-3), touches="fees"),
    "a fee in yuan": Violation(("V-FEE-UNIT", "T2-FEE-RARE"), put(proactive__administrative_fees__amount_10k_cny=251000), touches="fees"),
    "table missing": Violation(("S-TABLES",), more={"table_copies": {"proactive": 0}}, touches="structure"),
    "printed twice": Violation(("S-TABLES",), more={"copies": 2}, touches="structure"),
    "row repeated": Violation(("S-ROWS",), more={"times": {"granted_full": 2}}, touches="structure"),
    "six figures": Violation(("S-COLS",), more={"figures": {"granted_full": 6}}, touches="structure"),
    "extra row": Violation(("S-EXTRA-ROW",), more={"issues": [["unknown_label", "here", "?"]]}, touches="issues"),
    "section missing": Violation(("S-SECTIONS",), facts={"sections": ["12346"]}, touches="sections"),
    "numeral missing": Violation(("S-SECTIONS",), facts={"numeral": list("12346")}, touches="sections"),
    "label": Violation(("S-LABELS",), facts={"label": ["尚未"]}, touches="label"),
    "old notice": Violation(("S-CITED-NOTICE",), facts={"cited_notice": ["2019-60"]}, touches="notice"),
    "leftover": Violation(("S-LEFTOVER",), facts={"leftover": ["填表说明"]}, touches="leftover"),
    "residue": Violation(("S-RESIDUE",), facts={"residue": ["_GoBack"]}, touches="residue"),
    "pinyin": Violation(("S-ENCODING",), facts={"encoding": ["(yī)"]}, touches="encoding"),
    "digits lost": Violation(("S-DIGITS-LOST",), facts={"digits_lost": ["自年月日"]}, touches="digits"),
    "body twice": Violation(("S-DOUBLE-BODY",), facts={"paragraphs_repeated": ["9"]}, touches="body"),
    "commas": Violation(("V-NORMAL",), facts={"spelled_number": ["7,524"]}, touches="commas"),
    "two years named": Violation(("S-YEAR",), facts={"year": ["2022", "2023"]}, touches="year"),
    "a wrong code": Violation(("K-USCC",), facts={"credit_code_wrong": ["11330300MB1685697X"]}, touches="code"),
    "a code of elsewhere": Violation(("K-USCC-REGION",), facts={"credit_code": ["11330300MB1685697R"]}, touches="code"),
    "late": Violation(("F-DEPT",), more={"published_on": "2024-02-20"}, touches="dates"),
    "early": Violation(("F-EARLY",), more={"published_on": "2023-12-20"}, touches="dates"),
    "another number received": Violation(("P-RECEIVED",), more={"statements": [("requests_received", 999)]}, touches="prose"),
    "another number accepted": Violation(("P-RECEIVED",), more={"statements": [("requests_accepted", 999)]}, touches="prose"),
    "another number carried in": Violation(("P-CARRIED-IN",), more={"statements": [("requests_carried_in", 999)]}, touches="prose"),
    "another number handled": Violation(("P-PROCESSED",), more={"statements": [("requests_processed", 999)]}, touches="prose"),
    "another number carried out": Violation(("P-CARRIED-OUT",), more={"statements": [("requests_carried_out", 999)]}, touches="prose"),
    "half of them answered": Violation(("P-RATE",), more={"statements": [("response_rate_pct", 50)]}, touches="prose"),
    "another number of reviews": Violation(("P-RECON",), more={"statements": [("reconsideration_cases", 999)]}, touches="prose"),
    "another number of suits": Violation(("P-LITIG",), more={"statements": [("litigation_cases", 999)]}, touches="prose"),
    "none received, it says": Violation(("P-NONE",), more={"statements": [("requests_received", 0, "stated_none")]}, touches="prose"),
    "another number of documents": Violation(("P-NORMDOC",), more={"statements": [("normative_documents_issued", 999)]}, touches="prose"),
    "a period of last year": Violation(("P-PERIOD",), more={"period": ["2022-01-01", "2022-12-31"]}, touches="period"),
    "signed afterwards": Violation(("F-SIGN-ORDER",), more={"signed_on": "2024-01-25"}, touches="dates"),
}  # fmt: skip
