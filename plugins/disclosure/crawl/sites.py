"""Site files, read strictly: one YAML file per publishing site, each fact checkable against the web page.

What a file may say is what records.Site, ListPage and Agency hold; a key without a default there must be given. Wrong
files are reported with file and line, and what is allowed, before any site is visited.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import soupsieve
import yaml
from stdnum.cn import uscc

from disclosure.crawl.families import FAMILIES, family_of
from disclosure.crawl.hosts import host_of, hosts_of
from disclosure.crawl.lists import is_pattern
from disclosure.errors import SiteFileError
from disclosure.records import Agency, ListPage, Site, Tls

Facts = TypeVar("Facts", bound=Agency | ListPage | Site | Tls)

LEVELS = ("state", "province", "prefecture", "county", "township")
_SCALARS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
_PARTS = {"tuple[Agency, ...]": Agency, "tuple[ListPage, ...]": ListPage}
_TEXTS, _NAMED_TEXTS = "tuple[str, ...]", "tuple[tuple[str, str], ...]"
_WHOLE = {"Tls": Tls}


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
            if (facts, name) == (Tls, "ca_file"):
                values[name] = self.authority(value, values[name])
            self.check(value, (facts, name), values[name])
        for name, fact in kinds.items():
            if name not in values and fact.default is MISSING:
                raise self.mistake(node, f"{name} is missing; needed here: {_needed(facts)}")
        record = facts(**values)
        for key, words in _disagreements(record):
            raise self.mistake(_value_of(node, key), words)
        return record

    def value(self, node: yaml.Node, name: str, kind: str) -> Any:
        """Given the node of a value and the kind of its field, return the value."""
        kind = kind.removesuffix(" | None")
        if kind in _PARTS:
            return self.parts(node, name, _PARTS[kind])
        if kind in _WHOLE:
            return self.read(node, _WHOLE[kind])
        if kind == _TEXTS:
            return tuple(self.value(part, name, "str") for part in self.sequence(node, name))
        if kind == _NAMED_TEXTS:
            return self.named_texts(node, name)
        tag = node.tag.rpartition(":")[2]
        if not isinstance(node, yaml.ScalarNode) or tag not in (
            kind,
            "int" if kind == "float" else kind,
        ):
            hint = "; put it in quotes" if kind == "str" and tag in _SCALARS else ""
            raise self.mistake(node, f"{name} must be {_SCALARS[kind]}{hint}")
        value = yaml.SafeLoader("").construct_object(node)
        return float(value) if kind == "float" else value

    def authority(self, node: yaml.Node, name: str) -> str:
        """The path of a file of authorities that stands beside the site file."""
        path = self.path.parent / name
        try:
            ssl.create_default_context(cafile=path)
        except OSError as error:  # ssl's own errors are among them
            raise self.mistake(node, f"ca_file: {path} is no PEM file ({error})") from error
        return str(path.resolve())

    def parts(self, node: yaml.Node, name: str, facts: type[Agency] | type[ListPage]) -> Any:
        return tuple(self.read(part, facts) for part in self.sequence(node, name))

    def sequence(self, node: yaml.Node, name: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.mistake(node, f"{name} must be a list of at least one entry")
        return list(node.value)

    def named_texts(self, node: yaml.Node, name: str) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, yaml.MappingNode):
            raise self.mistake(node, f"{name} must be keys and values")
        pairs = [
            (str(key.value), self.value(value, str(key.value), "str")) for key, value in node.value
        ]
        for (key, _), (given, _) in zip(node.value, pairs, strict=True):
            if [name for name, _ in pairs].count(given) > 1:
                raise self.mistake(key, f"{given} is given twice")
        return tuple(pairs)

    def check(self, node: yaml.Node, key: tuple[type, str], value: Any) -> None:
        if key in _CHECKS and not _CHECKS[key][0](value):
            raise self.mistake(node, f"{key[1]} is {value!r}; it must be {_CHECKS[key][1]}")

    def mistake(self, node: yaml.Node, words: str) -> SiteFileError:
        return SiteFileError(f"{self.path}:{node.start_mark.line + 1}: {words}")


def _disagreements(record: Agency | ListPage | Site | Tls) -> Iterator[tuple[str, str]]:
    """What is wrong with facts that are right one by one: the key to show, and what is allowed."""
    if isinstance(record, ListPage):
        yield from _of_a_list(record)
    elif isinstance(record, Site):
        yield from _of_a_site(record)


def _of_a_list(page: ListPage) -> Iterator[tuple[str, str]]:
    family, given = FAMILIES[page.cms], dict(page.parameters)
    for name in given:
        if name not in family.parameters:
            allowed = ", ".join(family.parameters) or f"none for {page.cms}"
            yield "parameters", f"unknown parameter {name!r}; allowed here: {allowed}"
    missing = [
        name for name, value in family.parameters.items() if value is None and name not in given
    ]
    if missing:
        yield "cms", f"{page.cms} needs parameters: {', '.join(missing)}"
    if page.cms == "hanweb-year" and "{year}" not in page.url:
        yield "url", "hanweb-year needs {year} in the address, where the year stands"
    if page.next and (family.way == "page" or family.request):
        yield "next", f"next is not for {page.cms}, which knows its following pages"
    if page.link and family_of(page).way != "links":
        yield "link", f"link is not for {page.cms}, which reads no links"


def _of_a_site(site: Site) -> Iterator[tuple[str, str]]:
    """Copies of agencies' sites stand on hijacked hosts; none may slip in as a source."""
    others = sorted(host for host in hosts_of(site) if not is_official(host))
    if others and not site.unofficial_host and not site.private_network:
        yield (
            "lists",
            f"{', '.join(others)}: hosts end in .gov.cn; one that does not needs unofficial_host: the "
            "reason why it is the agencies' own (or private_network: the reason why it is near this machine)",
        )


def is_official(host: str) -> bool:
    """Whether only a government body of China can have registered this host's name; this machine has none."""
    name = host.partition(":")[0]
    return name in ("127.0.0.1", "localhost", "gov.cn") or name.endswith(".gov.cn")


def _value_of(node: yaml.Node, key: str) -> yaml.Node:
    """Where a key's value stands; the whole, where the key is not given."""
    assert isinstance(node, yaml.MappingNode)
    return next((value for name, value in node.value if name.value == key), node)


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


def _are_hosts(names: tuple[str, ...]) -> bool:
    return all(name and host_of(f"http://{name}/") == name for name in names)


def _is_key(key: str) -> bool:
    """Eighteen characters are a credit code, or a mistake in one."""
    return bool(key) and (len(key) != 18 or not key.isalnum() or uscc.is_valid(key))


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


_CHECKS: dict[tuple[type, str], tuple[Callable[[Any], object], str]] = {
    (Site, "name"): (_is_name, "small letters, digits and hyphens: it names files"),
    (Site, "delay_seconds"): (lambda seconds: 0 <= seconds < float("inf"), "0 or more"),
    (Site, "hosts"): (_are_hosts, "a list of host names in small letters, such as www.a.gov.cn"),
    (Site, "unofficial_host"): (bool, "the reason"),
    (Site, "private_network"): (bool, "the reason"),
    (Site, "look_again_days"): (
        lambda days: 0 <= days <= 28,
        "0 to 28: a silent revision is to be found within thirty days",
    ),
    (Tls, "reason"): (bool, "given: a reviewer has to agree with it"),
    (Tls, "fingerprint"): (re.compile(r"[0-9a-f]{64}").fullmatch, "a SHA-256: 64 digits, 0-9a-f"),
    (Agency, "key"): (
        _is_key,
        "a 统一社会信用代码 with its right check character, or <division code>-<kind>",
    ),
    (Agency, "name"): (bool, "given"),
    (Agency, "level"): (lambda level: level in LEVELS, f"one of {', '.join(LEVELS)}"),
    (Agency, "region_code"): (re.compile(r"\d{6}").fullmatch, "six digits (GB/T 2260)"),
    (ListPage, "url"): (_is_address, "an address that begins with http:// or https://"),
    (ListPage, "cms"): (lambda cms: cms in FAMILIES, f"one of {', '.join(FAMILIES)}"),
    (ListPage, "link"): (_is_selector, "a CSS selector"),
    (ListPage, "next"): (_is_next, "a pattern with {n} or {n+1}, or a CSS selector"),
    (ListPage, "first_year"): (lambda year: 2008 <= year <= 2100, "a year, 2008 or later"),
    (ListPage, "max_pages"): (lambda pages: pages >= 1, "at least 1"),
}
