"""The file of routes, read strictly: who hears of which provinces and sites. Everything else goes to ALERT_TO.

    - to: [zwgk@liaoning.example, desk@liaoning.example]
      provinces: [辽宁省]
    - to: archive@example.org
      sites: [shenyang-ybj, chongming-ybj]

Mistakes are reported with file and line, and what is allowed: a finding sent nowhere would pass in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from email.headerregistry import Address
from pathlib import Path

import yaml

from disclosure.alerts.findings import Place
from disclosure.errors import RouteError

KEYS = ("to", "provinces", "sites")


@dataclass(frozen=True, slots=True)
class Route:
    to: tuple[str, ...]
    provinces: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def takes(self, place: Place) -> bool:
        return place.province in self.provinces or place.site in self.sites


def load_routes(
    path: Path, provinces: Collection[str], sites: Collection[str]
) -> tuple[Route, ...]:
    """Given the file and the names that may stand in it, return its routes.

    Raises RouteError with file and line for the first mistake, and when the file is not there.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise RouteError(f"{path}: cannot be read ({error.strerror}); see ALERT_ROUTES") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RouteError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RouteError(f"{path}:1: not YAML in UTF-8: {error}") from error
    if node is None:
        return ()
    known = {"provinces": provinces, "sites": sites}
    reader = _Reader(path, known)
    if not isinstance(node, yaml.SequenceNode):
        raise reader.mistake(node, "expected a list of routes, each beginning with a hyphen")
    return tuple(reader.route(part) for part in node.value)


class _Reader:
    """Reads the nodes of the file; knows where a mistake stands."""

    def __init__(self, path: Path, known: Mapping[str, Collection[str]]) -> None:
        self.path = path
        self.known = known

    def route(self, node: yaml.Node) -> Route:
        values: dict[str, tuple[str, ...]] = {}
        if not isinstance(node, yaml.MappingNode):
            raise self.mistake(node, f"expected keys and values: {', '.join(KEYS)}")
        for key, value in node.value:
            name = str(key.value)
            if name not in KEYS:
                raise self.mistake(key, f"unknown key {name!r}; allowed here: {', '.join(KEYS)}")
            if name in values:
                raise self.mistake(key, f"{name} is given twice")
            values[name] = tuple(self.texts(value, name))
        if "to" not in values:
            raise self.mistake(node, "to is missing: the addresses that this route leads to")
        if len(values) < 2:
            raise self.mistake(node, "give provinces, sites or both: what this route is for")
        return Route(
            values["to"],
            frozenset(values.get("provinces", ())),
            frozenset(values.get("sites", ())),
        )

    def texts(self, node: yaml.Node, name: str) -> Iterator[str]:
        """One text or a list of them, each allowed under this key."""
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not parts:
            raise self.mistake(node, f"{name} must name at least one")
        for part in parts:
            text = str(part.value).strip() if isinstance(part, yaml.ScalarNode) else ""
            if name == "to" and not is_address(text):
                raise self.mistake(part, f"{text!r} is no mail address")
            if name in self.known and text not in self.known[name]:
                raise self.mistake(part, f"{text!r} is none of our {name}; {self.near(name, text)}")
            yield text

    def near(self, name: str, text: str) -> str:
        close = get_close_matches(text, self.known[name], n=1, cutoff=0.3)
        return f"did you mean {close[0]}?" if close else f"known: {', '.join(self.known[name])}"

    def mistake(self, node: yaml.Node, words: str) -> RouteError:
        return RouteError(f"{self.path}:{node.start_mark.line + 1}: {words}")


def is_address(text: str) -> bool:
    """Whether a mail can be sent there: name@host, alone."""
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return bool(address.username and address.domain)
