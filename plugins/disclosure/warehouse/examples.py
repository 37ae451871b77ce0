"""The questions of sql/examples: each file begins with the sentence that its query answers."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from disclosure.errors import QueryError


@dataclass(frozen=True, slots=True)
class Example:
    name: str  # of the file, without its ending
    question: str
    sql: str


def read_examples(folder: Path) -> list[Example]:
    """Given the folder of the examples, return them in the order of their names."""
    return [_read(path) for path in sorted(folder.glob("*.sql"))]


def find_example(folder: Path, name: str) -> Example:
    """Raises QueryError, with the nearest name, for a name that is not there."""
    known = {example.name: example for example in read_examples(folder)}
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise QueryError(
            f"no example {name!r}; {hint}`./disclosure query --example` lists all {len(known)}"
        )
    return known[name]


def _read(path: Path) -> Example:
    sql = path.read_text(encoding="utf-8")
    return Example(path.stem, sql.splitlines()[0].removeprefix("-- "), sql)
