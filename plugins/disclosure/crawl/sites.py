"""Site files, read strictly: one YAML file per publishing site, each fact checkable against the web page.

What a file may say is what records.Site, ListPage and Agency hold; a key without a default there must be given. Wrong
files are reported with file and line, and what is allowed, before any site is visited.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml

from disclosure.crawl.site_facts import CHECKS, disagreements
from disclosure.errors import SiteFileError
from disclosure.records import Agency, ListPage, Site, Tls

Facts = TypeVar("Facts", bound=Agency | ListPage | Site | Tls)

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
        for key, words in disagreements(record):
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
        if key in CHECKS and not CHECKS[key][0](value):
            raise self.mistake(node, f"{key[1]} is {value!r}; it must be {CHECKS[key][1]}")

    def mistake(self, node: yaml.Node, words: str) -> SiteFileError:
        return SiteFileError(f"{self.path}:{node.start_mark.line + 1}: {words}")


def _value_of(node: yaml.Node, key: str) -> yaml.Node:
    """Where a key's value stands; the whole, where the key is not given."""
    assert isinstance(node, yaml.MappingNode)
    return next((value for name, value in node.value if name.value == key), node)


def _allowed(name: str, kinds: Mapping[str, Any]) -> str:
    near = get_close_matches(name, kinds, n=1)
    return f"{f'did you mean {near[0]}? ' if near else ''}allowed here: {', '.join(kinds)}"


def _needed(facts: type) -> str:
    return ", ".join(fact.name for fact in fields(facts) if fact.default is MISSING)
