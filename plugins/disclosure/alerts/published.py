"""Reads from the published warehouse what somebody should hear of. Judges and remembers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from disclosure.alerts.findings import (
    Cause,
    Cells,
    Counts,
    Failure,
    Findings,
    Gap,
    Place,
    Reservation,
    Unread,
)
from disclosure.alerts.queries import (
    CAUSES,
    CELLS,
    COUNTS,
    FAILURES,
    GAPS,
    RESERVATIONS,
    SITES,
    STATUSES,
    UNREAD,
)
from disclosure.errors import QueryError
from disclosure.warehouse.connect import Connection, open_published

Facts = TypeVar("Facts")


@contextmanager
def open_mart(published: Path) -> Iterator[Mart]:
    """The published warehouse, open for the length of the block.

    Raises QueryError when nothing was published yet.
    """
    if not published.exists():
        raise QueryError(f"no warehouse yet at {published}; `make run` builds it")
    with open_published(published) as connection:
        yield Mart(connection)


@dataclass(frozen=True)
class Mart:
    """What the published warehouse says that somebody should hear of."""

    connection: Connection

    def findings(self) -> Findings:
        """Its failures (worst first), what could not be read, and what coverage lacks."""
        return Findings(
            by_place={Place(*row[:2]): Counts(*map(int, row[2:])) for row in self._rows(COUNTS)},
            failures=tuple(_placed(Failure, row) for row in self._rows(FAILURES)),
            unread=tuple(_placed(Unread, row) for row in self._rows(UNREAD)),
            reservations=tuple(_placed(Reservation, row) for row in self._rows(RESERVATIONS)),
            causes={
                cause_id: Cause(cause_id, report_id, tuple(cells), en, zh, Place(*place))
                for cause_id, report_id, cells, en, zh, *place in self._rows(CAUSES)
            },
            gaps=tuple(
                Gap(kind, subject, url, tuple(facts), year, Place(*place))
                for kind, subject, url, facts, year, *place in self._rows(GAPS)
            ),
        )

    def cells(self, report_ids: Iterable[str]) -> dict[str, Cells]:
        """Given ids of reports, return the cells that each prints."""
        wanted = sorted(set(report_ids))
        cells: dict[str, Cells] = {report_id: {} for report_id in wanted}
        if wanted:
            ids = ", ".join(quote(report_id) for report_id in wanted)
            for report_id, table, item, column, value, printed in self._rows(CELLS.format(ids)):
                cells[report_id][table, item, column] = (value, printed)
        return cells

    def statuses(self, keys: Iterable[tuple[str, str, str]]) -> dict[str, str]:
        """Given (report, rule, subject) that failed before, return today's status by `Failure.key`.

        Passes are counted, not listed, in the mart: a subject that is not listed passes where its rule was held against
        its report at all. What is left out was not checked any more.
        """
        asked = sorted(set(keys))
        if not asked:
            return {}
        values = ", ".join(f"({', '.join(map(quote, key))})" for key in asked)
        return {f"{r}|{u}|{s}": status for r, u, s, status in self._rows(STATUSES.format(values))}

    def sites(self) -> list[str]:
        """The names of the sites that site files describe."""
        return [site for (site,) in self._rows(SITES)]

    def _rows(self, sql: str) -> list[Any]:
        return list(self.connection.execute(sql).fetchall())


def quote(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _placed(facts: Callable[..., Facts], row: Sequence[Any]) -> Facts:
    """The facts of a row that ends in its site and province."""
    return facts(*row[:-2], place=Place(*row[-2:]))
