"""The mart, visible to analysts in one step: built in a file of its own, checked, and renamed over the old one.

Readers have the old file or the new one, whole, whenever they look and whenever we are killed. Where little changed the
new file is a copy of the old one in which the rows of the touched reports are made again. A mart that says the same as
the published one is thrown away, and the published file is not touched.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from disclosure.parse import PARSER_VERSION
from disclosure.settings import Settings
from disclosure.warehouse import kept
from disclosure.warehouse.checks import check_fall, check_increment, check_whole
from disclosure.warehouse.connect import (
    Connection,
    attach_last,
    attach_new,
    open_beside,
    open_to_export,
    open_work,
    scalar,
    transaction,
)
from disclosure.warehouse.datapackage import is_whole
from disclosure.warehouse.export import LastExport, export
from disclosure.warehouse.files import copy_whole
from disclosure.warehouse.part import find_touched, make_part, note_made_from
from disclosure.warehouse.publication import (
    About,
    digest_of_contents,
    digest_of_scripts,
    read_about,
    read_rows,
    write_about,
)
from disclosure.warehouse.refresh import (
    build_mart,
    changed_tables,
    note_changed_cells,
    refresh_mart,
)
from disclosure.warehouse.scripts import create_tables

# Beyond these shares of the reports it is quicker to build all anew, or it leaves a smaller file.
MOST_TOUCHED = 0.05
MOST_TOUCHED_SINCE_WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What readers find now, and what it took."""

    is_changed: bool  # false: the published file says the same and was left alone
    size: int  # bytes of the DuckDB file
    parquet_size: int = 0  # bytes of the Parquet files; 0 when they were left alone
    touched: int | None = None  # reports whose rows were made again; None when all of the mart was
    cells_changed: int = 0  # cells that say something else than in the publication before
    rows: dict[str, int] = field(default_factory=dict)  # by table of the mart
    seconds: dict[str, float] = field(default_factory=dict)  # by step

    def counts(self) -> dict[str, float]:
        """What the summary of a run shows."""
        return {
            "changed": int(self.is_changed),
            "bytes": self.size,
            "parquet_bytes": self.parquet_size,
            "reports_made_again": self.touched or 0,
            "cells_changed": self.cells_changed,
            **{f"{step}_seconds": seconds for step, seconds in self.seconds.items()},
        }


@dataclass(slots=True)
class Publishing:
    """One publication on its way."""

    settings: Settings
    time: str  # in its name
    reason: str | None
    last: About | None
    scripts: str
    touched: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def new(self) -> Path:
        return self.settings.published.with_name(f"{kept.UNFINISHED}{os.getpid()}.duckdb")

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - began, 2)


def publish(
    settings: Settings, now: datetime | None = None, reason: str | None = None
) -> PublishSummary:
    """Build the mart from the work file and put it in the place of the published one; `now` gives the time in its name.

    Raises PublishError when it fails a check, or when it has lost more than a tenth of its reports and no `reason`
    says why that is right; what was published stays then.
    """
    published = settings.published
    published.parent.mkdir(parents=True, exist_ok=True)
    last = read_about(published)
    _mend_names(published, last)
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging", "quality")
    scripts = digest_of_scripts(settings.sql)
    at = kept.free_time(published, now or datetime.now(UTC))
    publishing = Publishing(settings, at, reason or None, last, scripts)
    try:
        summary = _make(publishing)
        if summary.is_changed:
            with publishing.timed("show"):
                kept.show_warehouse(publishing.new, published, at)
        _show_parquet(settings)
    finally:
        kept.tidy(published)
    return summary


def _mend_names(published: Path, last: About | None) -> None:
    """What a run left that was killed after its publication was shown, and before it was kept."""
    if published.exists():
        modified = datetime.fromtimestamp(published.stat().st_mtime, UTC)
        kept.keep(published, last.published_at if last else kept.free_time(published, modified))
    kept.tidy(published)


def _make(publishing: Publishing) -> PublishSummary:
    """Make the new file and its Parquet files beside the published ones; nothing is visible yet."""
    published, last = publishing.settings.published, publishing.last
    with open_beside(publishing.settings) as connection:
        with publishing.timed("build"):
            _begin(connection, publishing)
            with transaction(connection):
                about = _build(connection, publishing)
        is_changed = last is None or about.contents != last.contents
        if is_changed:
            with publishing.timed("parquet"):
                size = _export(connection, publishing)
        summary = PublishSummary(
            is_changed=is_changed,
            size=0,
            parquet_size=size if is_changed else 0,
            touched=publishing.touched,
            cells_changed=scalar(connection, "select count(*) from publication.changed_cells"),
            rows=read_rows(connection),
            seconds=publishing.seconds,
        )
        connection.execute("checkpoint new")
    return replace(summary, size=(publishing.new if is_changed else published).stat().st_size)


def _begin(connection: Connection, publishing: Publishing) -> None:
    """Attach the new file: an empty one, or a copy of the published one, for which what changed is made beside it."""
    note_made_from(connection)
    if publishing.last:
        attach_last(connection, publishing.settings.published)
        publishing.touched = find_touched(connection)
    if not _is_increment(connection, publishing):
        publishing.touched = None
    else:
        make_part(connection, publishing.settings.sql)
        with publishing.timed("copy"):
            copy_whole(publishing.settings.published, publishing.new)
    attach_new(connection, publishing.new)


def _is_increment(connection: Connection, publishing: Publishing) -> bool:
    """Whether the published file is a good beginning: made by the same scripts from the same work file, mostly as now."""
    last, touched = publishing.last, publishing.touched
    if last is None or touched is None or last.scripts != publishing.scripts:
        return False
    reports = scalar(connection, "select count(*) from made_from")
    return (
        last.work_file == _work_file(connection)
        and touched <= MOST_TOUCHED * reports
        and touched + last.reports_since_whole <= MOST_TOUCHED_SINCE_WHOLE * reports
    )


def _build(connection: Connection, publishing: Publishing) -> About:
    """Fill the new file and hold it to the checks; returns what it says of itself."""
    sql, last = publishing.settings.sql, publishing.last
    if publishing.touched is None:
        build_mart(connection, sql)
        check_whole(connection, sql / "checks")
        note_changed_cells(connection, sql, "last.mart" if last else None, "new.mart")
    else:
        refresh_mart(connection)
        check_increment(connection, sql / "checks")
        note_changed_cells(connection, sql, "part.before", "part.mart")
    if last and not publishing.reason:
        check_fall(connection, sql / "checks")
    about = About(
        published_at=publishing.time,
        contents=digest_of_contents(connection, publishing.scripts),
        scripts=publishing.scripts,
        work_file=_work_file(connection),
        parser_version=PARSER_VERSION,
        reports_since_whole=_since_whole(publishing),
        reason=publishing.reason,
    )
    write_about(connection, about)
    return about


def _since_whole(publishing: Publishing) -> int:
    if publishing.last is None or publishing.touched is None:
        return 0
    return publishing.last.reports_since_whole + publishing.touched


def _work_file(connection: Connection) -> str:
    return str(scalar(connection, "select work_file from raw.layout"))


def _export(connection: Connection, publishing: Publishing) -> int:
    """The Parquet files, under the name that they keep; the link of readers does not lead there yet."""
    folder = publishing.new.with_suffix(".parquet")
    size = export(connection, folder, _last_export(connection, publishing))
    folder.rename(kept.parquet_of(publishing.settings.published.parent, publishing.time))
    return size


def _last_export(connection: Connection, publishing: Publishing) -> LastExport | None:
    if publishing.last is None or publishing.touched is None:
        return None
    folder = kept.parquet_of(publishing.settings.published.parent, publishing.last.published_at)
    return LastExport(folder, changed_tables(connection)) if is_whole(folder) else None


def _show_parquet(settings: Settings) -> None:
    """Let readers of Parquet find what readers of DuckDB find; a run may have been killed between the two."""
    for current in kept.kept_publications(settings.published):
        if current.is_current and not current.parquet.is_dir():
            unfinished = settings.published.with_name(f"{kept.UNFINISHED}{os.getpid()}.parquet")
            with open_to_export(settings) as connection:
                export(connection, unfinished, None)
            unfinished.rename(current.parquet)
        if current.is_current and not kept.is_shown(current.parquet):
            kept.show_parquet(current.parquet)
