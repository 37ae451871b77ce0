"""Brings the crawl's nights and the site files into the work file, and lists the documents that wait to be parsed.

Everything further on is derived from what is taken in here, so times come from the fetches and never from a clock.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq

from disclosure.convert import WITHOUT_CONVERTER, is_installed
from disclosure.ledger import recorded_nights
from disclosure.parse import PARSER_VERSION
from disclosure.records import Site
from disclosure.settings import Settings
from disclosure.warehouse.connect import Connection, open_work, quoted, scalar, transaction
from disclosure.warehouse.files import digest_of, write_whole
from disclosure.warehouse.list_titles import replace_list_titles
from disclosure.warehouse.registry import replace_registry
from disclosure.warehouse.scripts import create_tables


def collect(settings: Settings, scope: str, sites: Iterable[Site] | None = None) -> list[Path]:
    """Take in what is new and return batch files of the documents to parse, for batches.parse_batch.

    With scope "all" the work file and everything parsed are given up first, and every stored document is listed; what
    was published stays until publish replaces it. A batch file is a JSON list of {sha256, name, content_type}.
    Sites are those of the site files unless given.
    """
    if scope == "all":
        shutil.rmtree(settings.batches / PARSER_VERSION, ignore_errors=True)
    if scope == "all" or _is_outdated(settings):
        remove_work_file(settings)
    with open_work(settings) as connection:
        with transaction(connection):
            create_tables(connection, settings.sql, "raw", "staging")
            _name_work_file(connection, _layout(settings))
            for night in recorded_nights(settings.fetches):
                _take_in(connection, night)
            replace_list_titles(connection)
            replace_registry(connection, _registry(settings) if sites is None else sites)
        documents = _documents_to_parse(connection)
    return _write_batches(settings, documents)


def _registry(settings: Settings) -> tuple[Site, ...]:
    from disclosure.crawl.sites import load_sites

    return load_sites(settings.sites)


def remove_work_file(settings: Settings) -> None:
    """Give up the work file: all that is in it can be had again from the nights and the parsed batches."""
    for leftover in settings.work.glob(f"{settings.warehouse.name}*"):
        leftover.unlink()


def _is_outdated(settings: Settings) -> bool:
    """Whether the work file was made by other SQL than today's, or was never finished."""
    if not settings.warehouse.exists():
        return False
    with open_work(settings) as connection:
        if not scalar(connection, TABLE_COUNT, ["raw", "layout"]):
            return True
        return bool(scalar(connection, "select layout from raw.layout") != _layout(settings))


def _layout(settings: Settings) -> str:
    layers = (settings.sql / layer for layer in ("raw", "staging", "quality"))
    files = (path for layer in layers for path in sorted(layer.glob("*.sql")))
    return digest_of("".join(path.read_text(encoding="utf-8") for path in files))


def _name_work_file(connection: Connection, layout: str) -> None:
    """A new work file gets a name of its own, so that what was published from another is known for that."""
    if not scalar(connection, "select count(*) from raw.layout"):
        connection.execute("insert into raw.layout values (?, ?)", [layout, uuid4().hex])


def _take_in(connection: Connection, night: Path) -> None:
    """Take in a night's fetches, once; again when the night was resumed and has more."""
    fetches = pq.read_metadata(night).num_rows
    known = connection.execute("select fetches from raw.nights where night = ?", [night.stem])
    if known.fetchone() == (fetches,):
        return
    connection.execute("delete from raw.nights where night = ?", [night.stem])
    connection.execute("delete from raw.fetches where run = ?", [night.stem])
    connection.execute("insert into raw.nights values (?, ?)", [night.stem, fetches])
    connection.execute(
        f"""
        insert into raw.fetches by name
        select * replace (fetched_at at time zone 'UTC' as fetched_at)
        from read_parquet({quoted(night)})
        """
    )


TABLE_COUNT = """
select count(*) from information_schema.tables where table_schema = ? and table_name = ?
"""

DOCUMENTS_TO_PARSE = """
-- one row per report document that this version of the parser has not read, with what its first answer said of it
select
    sha256,
    arg_min(coalesce(final_url, url), fetched_at) as address,
    coalesce(arg_min(content_type, fetched_at), '') as content_type
from raw.fetches
anti join (
    select document_sha256 as sha256 from staging.documents where list_contains(?, parser_version)
) using (sha256)
where taken_for in ('report', 'attachment') and sha256 is not null
group by sha256
order by sha256
"""


def _documents_to_parse(connection: Connection) -> list[dict[str, str]]:
    rows = connection.execute(DOCUMENTS_TO_PARSE, [_versions()]).fetchall()
    return [
        {"sha256": sha256, "name": address.rsplit("/", 1)[-1], "content_type": content_type}
        for sha256, address, content_type in rows
    ]


def _versions() -> list[str]:
    """The parser versions under which a document counts as read: what waits for LibreOffice does so while there is none."""
    return [PARSER_VERSION] if is_installed() else [PARSER_VERSION, WITHOUT_CONVERTER]


def _write_batches(settings: Settings, documents: list[dict[str, str]]) -> list[Path]:
    """One file a batch, named after what is in it and what can read it: the same documents make the same batch."""
    folder = settings.work / "to_parse"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    waiting = iter(documents)
    batches = []
    while batch := list(islice(waiting, settings.documents_per_batch)):
        text = json.dumps(batch, ensure_ascii=False, indent=0)
        name = digest_of("".join([text, *_versions()]))[:16]
        batches.append(folder / f"{name}.json")
        write_whole(batches[-1], text.encode())
    return batches
