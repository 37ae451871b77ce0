"""datapackage.json (Data Package, https://datapackage.org): what the Parquet files are, from the comments of the tables.

A table in parts is one resource whose `path` lists its files; `files` then says the bytes and hash of each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from disclosure.warehouse.connect import Connection
from disclosure.warehouse.files import write_whole
from disclosure.warehouse.keys import FOREIGN, PRIMARY

FILE = "datapackage.json"
Column = Sequence[Any]
_TYPES = (
    (r"^(BIGINT|INTEGER|HUGEINT|SMALLINT|TINYINT|U[A-Z]*INT[A-Z]*)$", "integer"),
    (r"^(DECIMAL.*|DOUBLE|FLOAT)$", "number"),
    (r"^BOOLEAN$", "boolean"),
    (r"^DATE$", "date"),
    (r"^TIMESTAMP.*$", "datetime"),
    (r"\[\]$", "array"),
    (r"^VARCHAR$", "string"),
)
_FIRST_WORDS = re.compile(r"[^.;:(]+")


def write_datapackage(connection: Connection, folder: Path, before: Path | None) -> None:
    """Describe every table of the mart whose files are in the folder.

    Files that are still those of the export `before` are not hashed again.
    """
    known = _known_hashes(before) if before else {}
    tables = connection.execute(
        """
        select table_name, comment from duckdb_tables()
        where database_name = 'new' and schema_name = 'mart' order by 1
        """
    ).fetchall()
    columns = _columns(connection)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-information-disclosure-reports",
        "title": "政府信息公开工作年度报告 · yearly government information disclosure reports",
        "description": "The tables of warehouse.duckdb, schema mart, of the publication of the same time.",
        "resources": [
            _resource(folder, name, comment, columns[name], known) for name, comment in tables
        ],
    }
    text = json.dumps(package, ensure_ascii=False)
    write_whole(folder / FILE, text.encode())


def _resource(
    folder: Path, name: str, comment: str, columns: list[Column], known: dict[Any, str]
) -> dict[str, Any]:
    paths = [folder / f"{name}.parquet"]
    if not paths[0].exists():
        paths = sorted((folder / name).glob("*.parquet"))
    files = [_file(folder, path, known) for path in paths]
    resource = {
        "name": name,
        "title": _title(comment),
        "description": comment,
        "path": [file["path"] for file in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(file["bytes"] for file in files),
        "files": files,
        "schema": _schema(name, columns),
    }
    if not (folder / name).is_dir():
        del resource["files"]
        resource |= files[0]
    return resource


def _file(folder: Path, path: Path, known: dict[Any, str]) -> dict[str, Any]:
    state = path.stat()
    found = known.get(state.st_ino)
    if found is None:
        with path.open("rb") as file:
            found = f"sha256:{file_digest(file, 'sha256').hexdigest()}"
    return {"path": str(path.relative_to(folder)), "bytes": state.st_size, "hash": found}


def is_whole(folder: Path) -> bool:
    """Whether every file that the folder's package lists is there, with as many bytes."""
    if not (folder / FILE).exists():
        return False
    sizes = ((folder / file["path"], file["bytes"]) for file in _files(folder))
    return all(path.exists() and path.stat().st_size == size for path, size in sizes)


def _known_hashes(before: Path) -> dict[Any, str]:
    """By inode: a hard link to a file that was hashed is that file."""
    return {(before / file["path"]).stat().st_ino: file["hash"] for file in _files(before)}


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    package = json.loads((folder / FILE).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        yield from resource.get("files", [resource])


def _schema(name: str, columns: list[Column]) -> dict[str, Any]:
    # Parquet has nulls of its own, so an empty string is a value.
    schema: dict[str, Any] = {
        "fields": [_field(*column) for column in columns],
        "missingValues": [],
    }
    if name in PRIMARY:
        schema["primaryKey"] = list(PRIMARY[name])
    if foreign := list(_foreign_keys(name)):
        schema["foreignKeys"] = foreign
    return schema


def _columns(connection: Connection) -> dict[str, list[Column]]:
    """Of each table of the mart: name, type, comment, whether it can be null."""
    rows = connection.execute(
        """
        select table_name, column_name, data_type, comment, is_nullable from duckdb_columns()
        where database_name = 'new' and schema_name = 'mart' order by table_name, column_index
        """
    ).fetchall()
    return {table: [column for _, *column in of] for table, of in groupby(rows, key=itemgetter(0))}


def _foreign_keys(name: str) -> Iterable[dict[str, Any]]:
    for column, other in FOREIGN.get(name, {}).items():
        yield {"fields": [column], "reference": {"resource": other, "fields": [column]}}


def _field(name: str, kind: str, comment: str, is_nullable: bool) -> dict[str, Any]:
    field = {
        "name": name,
        "title": _title(comment),
        "description": comment,
        "type": _type_of(kind),
    }
    return field if is_nullable else field | {"constraints": {"required": True}}


def _type_of(kind: str) -> str:
    for pattern, said in _TYPES:
        if re.search(pattern, kind):
            return said
    return "any"


def _title(comment: str) -> str:
    """The first words of a comment."""
    found = _FIRST_WORDS.match(comment)
    return (found[0] if found else comment).strip()
