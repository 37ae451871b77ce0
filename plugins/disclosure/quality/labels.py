"""The form's printed words for cells, short enough for a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.form import TEMPLATES
from disclosure.quality.identities import Key

_HEADS = {"denied": "（三）", "unavailable": "（四）", "not_processed": "（五）", "other": "（六）"}
"""The heading an outcome is printed under, where its own label does not say it."""


def _read_labels() -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    items: dict[tuple[str, str], str] = {}
    columns: dict[tuple[str, str], str] = {}
    for template in TEMPLATES.values():
        for table in template.tables:
            for part in table.parts:
                for item in part.items:
                    label = item.label.split("（区分")[0].split("、行政机关不再")[0]
                    head = "" if label.startswith("（") else _HEADS.get(item.group, "")
                    items.setdefault((table.code, item.code), head + label)
                for column in part.columns:
                    columns.setdefault((table.code, column.code), column.label)
    return items, columns


_ITEMS, _COLUMNS = _read_labels()


def item_label(key: Key) -> str:
    """（四）2.没有现成信息需要另行制作, as the form prints it with its heading."""
    return _ITEMS[key[0], key[1]]


def column_label(key: Key) -> str:
    return _COLUMNS[key[0], key[2]]


def in_print_order(template: str, keys: Iterable[Key]) -> list[Key]:
    order = {key: place for place, key in enumerate(TEMPLATES[template].cells)}
    return sorted(keys, key=order.__getitem__)
