"""What a published file says of itself, in its schema `publication`: when, of what, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.warehouse.connect import Connection, DatabaseError, database_version, open_published
from disclosure.warehouse.files import digest_of


@dataclass(frozen=True, slots=True)
class About:
    """A row of publication.about, whose columns it has."""

    published_at: str  # the time in the name under which it is kept, UTC
    contents: str
    scripts: str
    work_file: str
    parser_version: str
    reports_since_whole: int
    reason: str | None


def read_about(published: Path) -> About | None:
    """What is published; None when there is nothing, or nothing that can be read or that says this of itself."""
    if not published.exists():
        return None
    try:
        with open_published(published) as connection:
            columns = ", ".join(About.__slots__)
            row = connection.execute(f"select {columns} from publication.about").fetchone()
    except DatabaseError:
        return None
    return About(*row) if row else None


def write_about(connection: Connection, about: About) -> None:
    """Replace what the new file says of itself."""
    connection.execute("delete from publication.about")
    values = [getattr(about, name) for name in About.__slots__]
    connection.execute("insert into publication.about values (?, ?, ?, ?, ?, ?, ?)", values)


def read_rows(connection: Connection) -> dict[str, int]:
    """Rows by table of the mart in the file that is being made."""
    rows = connection.execute("select table_name, row_count from publication.tables order by all")
    return dict(rows.fetchall())


def digest_of_contents(connection: Connection, scripts: str) -> str:
    """Over all rows of the mart, in whatever order, and over what made them."""
    rows = connection.execute("select * from publication.tables order by all").fetchall()
    return digest_of("\n".join([scripts, *map(str, rows)]))


def digest_of_scripts(sql: Path) -> str:
    """Of everything but the data that decides what a published file looks like."""
    files = [
        path for layer in ("publication", "mart") for path in sorted((sql / layer).glob("*.sql"))
    ]
    return digest_of(
        "\n".join([database_version(), *(path.read_text(encoding="utf-8") for path in files)])
    )
