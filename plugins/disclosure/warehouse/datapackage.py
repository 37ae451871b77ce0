"""datapackage.json (Data Package, https://datapackage.org): what the Parquet files are, from the comments of the tables.

A table in parts is one resource whose `path` lists its files; `files` then says the bytes and hash of each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from typing import Any

from disclosure.warehouse.connect import Connection
from disclosure.warehouse.files import write_whole
from disclosure.warehouse.keys import FOREIGN, PRIMARY

FILE = "datapackage.json"
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
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-information-disclosure-reports",
        "title": "政府信息公开工作年度报告 · yearly government information disclosure reports",
        "description": "The tables of warehouse.duckdb, schema mart, of the publication of the same time.",
        "resources": [
            _resource(connection, folder, name, comment, known) for name, comment in tables
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    write_whole(folder / FILE, text.encode())


def _resource(
    connection: Connection, folder: Path, name: str, comment: str, known: dict[Any, str]
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
        "schema": _schema(connection, name),
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


def _known_hashes(before: Path) -> dict[Any, str]:
    """By inode: a hard link to a file that was hashed is that file."""
    package = json.loads((before / FILE).read_text(encoding="utf-8"))
    files = (file for one in package["resources"] for file in one.get("files", [one]))
    return {(before / file["path"]).stat().st_ino: file["hash"] for file in files}


def _schema(connection: Connection, name: str) -> dict[str, Any]:
    columns = connection.execute(
        """
        select column_name, data_type, comment, is_nullable from duckdb_columns()
        where database_name = 'new' and schema_name = 'mart' and table_name = ? order by column_index
        """,
        [name],
    ).fetchall()
    schema: dict[str, Any] = {"fields": [_field(*column) for column in columns]}
    if name in PRIMARY:
        schema["primaryKey"] = list(PRIMARY[name])
    if foreign := list(_foreign_keys(name)):
        schema["foreignKeys"] = foreign
    return schema


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
