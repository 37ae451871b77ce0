"""The mart, visible to analysts in one step: built in a file of its own, checked, and renamed over the old one.

Readers have the old file or the new one, whole, whenever they look and whenever we are killed. A mart that says the
same as the published one is thrown away, and the published file is not touched.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from disclosure.errors import PublishError
from disclosure.settings import Settings
from disclosure.warehouse.connect import (
    Connection,
    DatabaseError,
    open_new,
    open_published,
    open_work,
    transaction,
)
from disclosure.warehouse.files import digest_of, flush
from disclosure.warehouse.scripts import ORDER, build_tables, create_tables

UNFINISHED = ".building-"


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What readers find now."""

    is_changed: bool  # false: the published file says the same and was left alone
    size: int  # bytes
    rows: dict[str, int] = field(default_factory=dict)  # by table of the mart


def publish(settings: Settings) -> PublishSummary:
    """Build the mart from the work file and put it in the place of the published one.

    Raises PublishError when the mart fails a check of sql/checks; what was published stays then.
    """
    published = settings.published
    published.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(published.parent)
    new = published.with_name(f"{UNFINISHED}{os.getpid()}.duckdb")
    try:
        rows, contents = _build(settings, new)
        is_changed = contents != _published_contents(published)
        if is_changed:
            flush(new)
            new.replace(published)
            flush(published.parent)
    finally:
        _remove_leftovers(published.parent)
    return PublishSummary(is_changed, published.stat().st_size, rows)


def _build(settings: Settings, new: Path) -> tuple[dict[str, int], str]:
    """Write the new file; return its rows by table, and a digest of what it says."""
    with open_work(settings) as connection, transaction(connection):
        create_tables(connection, settings.sql, "raw", "staging", "quality")
    with open_new(new, settings) as connection, transaction(connection):
        build_tables(connection, settings.sql, "mart")
        _check(connection, settings.sql / "checks")
        rows, contents = _contents(connection, settings.sql / "mart")
        connection.execute("create schema new.publication")
        connection.execute(
            "create table new.publication.contents as select $1 as digest", [contents]
        )
        connection.execute(
            "comment on table new.publication.contents is 'Digest of the mart: the same digest, the same contents'"
        )
    return rows, contents


def _check(connection: Connection, folder: Path) -> None:
    """Each check is a query that finds what is wrong."""
    for path in sorted(folder.glob("*.sql")):
        found = connection.execute(path.read_text(encoding="utf-8")).fetchmany(3)
        if found:
            raise PublishError(f"check {path.stem}: {'; '.join(map(str, found))}")


def _contents(connection: Connection, scripts: Path) -> tuple[dict[str, int], str]:
    """Rows by table, and a digest over all rows in whatever order, and over the scripts that made them."""
    rows, said = {}, [path.read_text(encoding="utf-8") for path in sorted(scripts.glob("*.sql"))]
    for table in ORDER["mart"]:
        count, digest = connection.execute(
            f"select count(*), sum(hash(t)::hugeint)::varchar from mart.{table} as t"
        ).fetchall()[0]
        rows[table] = count
        said.append(f"{table} {count} {digest}")
    return rows, digest_of("\n".join(said))


def _published_contents(published: Path) -> str | None:
    """The digest of what is published; None when there is nothing, or nothing that can be read."""
    if not published.exists():
        return None
    try:
        with open_published(published) as connection:
            found = connection.execute("select digest from publication.contents").fetchone()
    except DatabaseError:
        return None
    return str(found[0]) if found else None


def _remove_leftovers(folder: Path) -> None:
    """What this publisher, or one that was killed, has left. There is one publisher at a time."""
    for leftover in folder.glob(f"{UNFINISHED}*"):
        leftover.unlink(missing_ok=True)
