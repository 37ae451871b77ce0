"""The catalogue of rules, expectations/README.md: made from the suites and from not_built.yaml, never written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from disclosure.quality.entries import Rule, read_entries, rules_of

NAME = "README.md"
LEFT_OUT = "not_built.yaml"

HEAD = """# Rules 规则目录

Made from the suites in this folder by `make catalogue`; a test holds it true. Each entry of a suite states one rule or a
part of it: two sides, what must hold between them, and how grave it is when it does not.

* **error**: the document contradicts itself, or cannot be told whose it is. **warning**: probably wrong, exceptions exist.
  **info**: context for a reader.
* An outcome is a pass, a failure, or not assessable: a side is null. A blank is never read as 0. A sum that was itself used
  to tell run-together digits apart passes by construction, which is counted apart and proves nothing.
* A failing rule changes no figure. Reports are published as printed, with their outcomes beside them.
* *Known to break* says what makes a rule fail on a report that is right.
"""


def catalogue(expectations: Path) -> str:
    """Given the folder of the suites, return the catalogue as Markdown."""
    rules = rules_of(read_entries(expectations))
    left_out = not_built(expectations)
    parts = [
        HEAD,
        f"{len(rules) + len(left_out)} rules: {len(rules)} built, {len(left_out)} not.\n",
        "## Built\n",
        *_table(_HEADINGS, map(_built, rules)),
        "\n## Not built\n",
        *_table(_HEADINGS_LEFT_OUT, map(_left_out, left_out)),
    ]
    return "\n".join(parts) + "\n"


def not_built(expectations: Path) -> list[dict[str, str]]:
    """The rules that are known and not built, each with the reason."""
    said: list[dict[str, str]] = yaml.safe_load(
        (expectations / LEFT_OUT).read_text(encoding="utf-8")
    )
    return sorted(said, key=lambda each: each["rule"])


def write_catalogue(expectations: Path) -> None:
    (expectations / NAME).write_text(catalogue(expectations), encoding="utf-8")


_HEADINGS = ("rule", "title", "must hold", "severity", "forms", "basis", "known to break")
_HEADINGS_LEFT_OUT = ("rule", "title", "must hold", "severity", "basis", "why not")


def _built(rule: Rule) -> tuple[str, ...]:
    return (
        rule.rule,
        f"{rule.title_zh}<br>{rule.title_en}",
        rule.formula,
        rule.severity,
        ", ".join(rule.templates),
        rule.basis,
        rule.known_to_break,
    )


def _left_out(rule: dict[str, str]) -> tuple[str, ...]:
    title = f"{rule['title_zh']}<br>{rule['title_en']}"
    return (rule["rule"], title, rule["formula"], rule["severity"], rule["basis"], rule["why_not"])


def _table(headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for row in (headings, ("---",) * len(headings), *rows):
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
