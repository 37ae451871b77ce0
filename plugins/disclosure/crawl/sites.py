"""Site files, read strictly: one YAML file per publishing site, each fact checkable against the web page.

What a file may say is what records.Site, ListPage and Agency hold; a key without a default there must be given. Wrong
files are reported with file and line, and what is allowed, before any site is visited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import soupsieve
import yaml

from disclosure.crawl.hosts import host_of
from disclosure.crawl.lists import KINDS, is_pattern
from disclosure.errors import SiteFileError
from disclosure.records import Agency, ListPage, Site

Facts = TypeVar("Facts", bound=Agency | ListPage | Site)

LEVELS = ("province", "prefecture", "county", "township")
_SCALARS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
_PARTS = {"tuple[Agency, ...]": Agency, "tuple[ListPage, ...]": ListPage}


def load_sites(folder: Path) -> tuple[Site, ...]:
    """Read every site file of a folder, in the order of their names.

    Raises SiteFileError with file and line for the first mistake, and when there is no site file at all.
    """
    sites: dict[str, Site] = {}
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        site = read_site(path)
        if site.name in sites:
            raise SiteFileError(
                f"{path}: the name {site.name!r} is taken by {files[site.name].name}"
            )
        sites[site.name], files[site.name] = site, path
    if not sites:
        raise SiteFileError(f"{folder}: no site file (*.yaml) here")
    return tuple(sites.values())


def read_site(path: Path) -> Site:
    """Read one site file. Raises SiteFileError with its line for a mistake."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SiteFileError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SiteFileError(f"{path}:1: not YAML in UTF-8: {error}") from error
    if node is None:
        raise SiteFileError(f"{path}:1: empty; a site file needs {_needed(Site)}")
    return _Reader(path).read(node, Site)


class _Reader:
    """Reads the nodes of one file; knows where a mistake stands."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, node: yaml.Node, facts: type[Facts]) -> Facts:
        """Given a mapping node, return the record it describes."""
        values: dict[str, Any] = {}
        kinds: Mapping[str, Field[Any]] = {fact.name: fact for fact in fields(facts)}
        if not isinstance(node, yaml.MappingNode):
            raise self.mistake(node, f"expected keys and values: {', '.join(kinds)}")
        for key, value in node.value:
            name = str(key.value)
            if name not in kinds:
                raise self.mistake(key, f"unknown key {name!r}; {_allowed(name, kinds)}")
            if name in values:
                raise self.mistake(key, f"{name} is given twice")
            values[name] = self.value(value, name, str(kinds[name].type))
            self.check(value, (facts, name), values[name])
        for name, fact in kinds.items():
            if name not in values and fact.default is MISSING:
                raise self.mistake(node, f"{name} is missing; needed here: {_needed(facts)}")
        return facts(**values)

    def value(self, node: yaml.Node, name: str, kind: str) -> Any:
        """Given the node of a value and the kind of its field, return the value."""
        if kind in _PARTS:
            return self.parts(node, name, _PARTS[kind])
        kind = kind.removesuffix(" | None")
        tag = node.tag.rpartition(":")[2]
        if not isinstance(node, yaml.ScalarNode) or tag not in (
            kind,
            "int" if kind == "float" else kind,
        ):
            hint = "; put it in quotes" if kind == "str" and tag in _SCALARS else ""
            raise self.mistake(node, f"{name} must be {_SCALARS[kind]}{hint}")
        value = yaml.SafeLoader("").construct_object(node)
        return float(value) if kind == "float" else value

    def parts(self, node: yaml.Node, name: str, facts: type[Agency] | type[ListPage]) -> Any:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.mistake(node, f"{name} must be a list of at least one entry")
        return tuple(self.read(part, facts) for part in node.value)

    def check(self, node: yaml.Node, key: tuple[type, str], value: Any) -> None:
        if key in _CHECKS and not _CHECKS[key][0](value):
            raise self.mistake(node, f"{key[1]} is {value!r}; it must be {_CHECKS[key][1]}")

    def mistake(self, node: yaml.Node, words: str) -> SiteFileError:
        return SiteFileError(f"{self.path}:{node.start_mark.line + 1}: {words}")


def _allowed(name: str, kinds: Mapping[str, Any]) -> str:
    near = get_close_matches(name, kinds, n=1)
    return f"{f'did you mean {near[0]}? ' if near else ''}allowed here: {', '.join(kinds)}"


def _needed(facts: type) -> str:
    return ", ".join(fact.name for fact in fields(facts) if fact.default is MISSING)


def _is_selector(text: str) -> bool:
    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError:
        return False
    return True


def _is_next(text: str) -> bool:
    return is_pattern(text) or _is_selector(text)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and bool(host_of(text))


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


_CHECKS: dict[tuple[type, str], tuple[Callable[[Any], object], str]] = {
    (Site, "name"): (_is_name, "small letters, digits and hyphens: it names files"),
    (Site, "delay_seconds"): (lambda seconds: 0 <= seconds < float("inf"), "0 or more"),
    (Agency, "key"): (bool, "given"),
    (Agency, "name"): (bool, "given"),
    (Agency, "level"): (lambda level: level in LEVELS, f"one of {', '.join(LEVELS)}"),
    (Agency, "region_code"): (re.compile(r"\d{6}").fullmatch, "six digits (GB/T 2260)"),
    (ListPage, "url"): (_is_address, "an address that begins with http:// or https://"),
    (ListPage, "kind"): (lambda kind: kind in KINDS, f"one of {', '.join(KINDS)}"),
    (ListPage, "link"): (_is_selector, "a CSS selector"),
    (ListPage, "next"): (_is_next, "a pattern with {n} or {n+1}, or a CSS selector"),
    (ListPage, "max_pages"): (lambda pages: pages >= 1, "at least 1"),
}
