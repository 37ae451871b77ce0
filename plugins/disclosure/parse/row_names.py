"""What rows are called: rows that lost their label are named by the form's own order, where it leaves one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from disclosure.form import Table
from disclosure.parse.walk import Remark, Row
from disclosure.records import PrintedRow


def name_rows(
    rows: Sequence[Row], table: Table
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Remark]]:
    """The rows' numbers with their items. Between two labelled rows, rows without a label are the form's rows between,
    in order, when there are exactly as many; one right after a lonely label is that label's. Others stay out."""
    order = [item.code for part in table.parts for item in part.items]
    taken = {item for row in rows for item in row.items}
    named: list[tuple[int, tuple[str, ...]]] = []
    remarks: list[Remark] = []
    start = -1
    for position in range(len(rows) + 1):
        row = rows[position] if position < len(rows) else None
        if row is not None and not row.items:
            continue
        orphans = [number for number in range(start + 1, position) if not rows[number].items]
        before = order.index(rows[start].items[-1]) if start >= 0 else -1
        after = order.index(row.items[0]) if row is not None else len(order)
        missing = [item for item in order[before + 1 : after] if item not in taken]
        named += _name_orphans(rows, orphans, missing, remarks)
        if row is not None:
            named.append((position, row.items))
        start = position
    return named, remarks


def _name_orphans(
    rows: Sequence[Row], orphans: list[int], missing: list[str], remarks: list[Remark]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    if len(orphans) == len(missing):
        yield from ((number, (item,)) for number, item in zip(orphans, missing, strict=True))
        return
    for number in orphans:
        after = rows[number].after
        if after in missing:
            yield number, (after,)
        else:
            message = f"a row without a label; the form has {len(missing)} rows here, the page {len(orphans)}"
            remarks.append(Remark("label_lost", number, message))


def name_of(row: Row, table: Table) -> str:
    labels = {item.code: item.label for part in table.parts for item in part.items}
    return "、".join(labels[item] for item in row.items)


def printed_rows(
    rows: Sequence[Row], items_of: dict[int, tuple[str, ...]], table: Table
) -> Iterator[PrintedRow]:
    """How often each row is printed and with how many figures."""
    times: dict[str, int] = defaultdict(int)
    figures: dict[str, int] = {}
    for number, row in enumerate(rows):
        items = items_of.get(number, row.items)
        for item in items:
            times[item] += 1
            figures[item] = _figures_of(row, len(items), len(table.part(item).columns))
    for item, count in times.items():
        yield PrintedRow(table.code, item, count, figures[item])


def _figures_of(row: Row, items: int, size: int) -> int:
    wanted = size * items
    filled = [position for position, cell in enumerate(row.values) if cell.text.strip()]
    first, last = (filled[0], filled[-1]) if filled else (len(row.values), -1)
    # Blank padding is dropped while there are more cells than the form has: from the end, then from the front.
    end = max(last + 1, min(len(row.values), wanted))
    count = max(end - first, min(end, wanted))
    if row.grid is None and count < wanted:
        return size  # run together: the number of cells is not known from the page
    return size if count == wanted else count
