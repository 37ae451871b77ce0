"""The ledger of fetches: every request of every night, kept for good.

While a night runs, each site's fetches are appended to `<run>/<site>.jsonl`, so that a killed task knows what it has
done. When the night ends they become `<run>.parquet`, and `known.parquet` is brought up to date: the latest fetch of
each address, with what is known of its body. Files are written under another name and renamed; the JSON Lines go last,
so that recording can be killed anywhere and started again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.errors import DisclosureError
from disclosure.records import Fetch

SCHEMA = pa.schema(
    [
        pa.field("run", pa.string(), nullable=False),
        pa.field("site", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("taken_for", pa.string(), nullable=False),
        pa.field("status", pa.int32()),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("final_url", pa.string()),
        pa.field("title", pa.string()),
        pa.field("sha256", pa.string()),
        pa.field("size", pa.int64()),
        pa.field("content_type", pa.string()),
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("page", pa.string()),
        pa.field("looks_like", pa.string()),
    ]
)
"""The fields of records.Fetch, in their order. One that a night was recorded without reads as null."""

KNOWN = "known"
_RUN = re.compile(r"\d[\w.+-]*")


@dataclass(frozen=True, slots=True)
class NightSummary:
    """What came of one night. `outcomes` counts the fetches by outcome (crawl/outcomes.py), `by_site` those of each."""

    run: str
    path: Path  # the night's Parquet file
    fetches: int
    outcomes: dict[str, int]
    by_site: dict[str, dict[str, int]]

    @property
    def stored(self) -> int:
        return self.outcomes.get("stored", 0)

    @property
    def unchanged(self) -> int:
        return self.outcomes.get("unchanged", 0)

    @property
    def refused(self) -> int:
        return self.outcomes.get("refused_by_robots", 0)

    @property
    def failed(self) -> int:
        return self.outcomes.get("failed", 0)

    @property
    def not_found(self) -> int:
        return self.outcomes.get("not_found", 0)

    @property
    def no_reports(self) -> int:
        return self.outcomes.get("no_reports", 0)

    @property
    def troubled(self) -> int:
        """Fetches after which nothing usable is at hand, whatever the cause."""
        return self.fetches - self.stored - self.unchanged


class NightLog:
    """What one night has fetched from one site so far. One writer at a time."""

    def __init__(self, folder: Path, run: str, site: str) -> None:
        self.path = _night_folder(folder, run) / f"{site}.jsonl"
        _drop_torn_line(self.path)

    def done(self) -> dict[str, Fetch]:
        """The fetches of this night by address, for a task that was killed and started again."""
        return {fetch.url: fetch for fetch in _read_lines(self.path)}

    def append(self, fetch: Fetch) -> None:
        """Add a fetch; on return it is on the disk. When the disk refuses, nothing of it remains, and OSError is raised."""
        row = {name: getattr(fetch, name) for name in SCHEMA.names}
        line = json.dumps(row, ensure_ascii=False, default=datetime.isoformat) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            before = file.tell()
            try:
                _write_all(file.fileno(), line.encode())
                os.fsync(file.fileno())
            except OSError:
                file.truncate(before)
                raise


def record_night(folder: Path, run: str) -> NightSummary:
    """Turn the night's lines into `<run>.parquet` and bring known.parquet up to date. Doing it twice is doing it once."""
    lines, path = _night_folder(folder, run), folder / f"{run}.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    # A run that was recorded and then resumed, or killed while it was recorded, has both.
    fetches = list(dict.fromkeys((*_read_table(path), *_read_folder(lines))))
    fetches.sort(key=attrgetter("site", "fetched_at", "url"))
    _write_table(path, fetches)
    _bring_up_to_date(folder, fetches)
    if lines.exists():
        shutil.rmtree(lines)
    by_site = {site: _count(group) for site, group in groupby(fetches, key=attrgetter("site"))}
    return NightSummary(run, path, len(fetches), _count(fetches), by_site)


def _count(fetches: Iterable[Fetch]) -> dict[str, int]:
    return dict(sorted(Counter(fetch.outcome for fetch in fetches).items()))


def record_leftovers(folder: Path, before: str | None = None) -> list[NightSummary]:
    """Record the nights that were killed and never ended, oldest first; with `before`, only those before that run."""
    runs = sorted(path.name for path in folder.glob("*/") if _RUN.fullmatch(path.name))
    return [record_night(folder, run) for run in runs if before is None or run < before]


def recorded_nights(folder: Path) -> list[Path]:
    """The Parquet files of all recorded nights, oldest first."""
    return sorted(path for path in folder.glob("*.parquet") if path.stem != KNOWN)


def known(folder: Path, site: str) -> dict[str, Fetch]:
    """The latest recorded fetch of each address of a site. Its final_url, sha256, etag and last_modified are those of the
    last body that the address gave, also when it has vanished or failed since."""
    rows = _read_table(folder / f"{KNOWN}.parquet", [("site", "==", site)])
    return {fetch.url: fetch for fetch in rows}


def _bring_up_to_date(folder: Path, fetches: Iterable[Fetch]) -> None:
    path = folder / f"{KNOWN}.parquet"
    latest: dict[tuple[str, str], Fetch] = {}
    for fetch in sorted((*_read_table(path), *fetches), key=attrgetter("fetched_at")):
        key = (fetch.site, fetch.url)
        latest[key] = _with_body_of(fetch, latest.get(key))
    _write_table(path, [latest[key] for key in sorted(latest)])


def _with_body_of(fetch: Fetch, earlier: Fetch | None) -> Fetch:
    """A page that vanished does not take back what it said: the last body stays known."""
    if earlier is None or fetch.sha256 is not None:
        return fetch
    return replace(
        fetch,
        title=fetch.title or earlier.title,
        final_url=earlier.final_url,
        sha256=earlier.sha256,
        size=earlier.size,
        looks_like=earlier.looks_like,
        content_type=earlier.content_type,
        etag=earlier.etag,
        last_modified=earlier.last_modified,
    )


# --- lines ---------------------------------------------------------------------------------------


def _night_folder(folder: Path, run: str) -> Path:
    if not _RUN.fullmatch(run):
        raise DisclosureError(
            f"{run!r} cannot name a night; it needs a sortable name such as 2026-11-22T02-00-00Z"
        )
    return folder / run


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _drop_torn_line(path: Path) -> None:
    """A killed writer leaves at most one line without an end."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        file.truncate(file.read().rfind(b"\n") + 1)


def _read_folder(folder: Path) -> Iterator[Fetch]:
    for path in sorted(folder.glob("*.jsonl")):
        _drop_torn_line(path)
        yield from _read_lines(path)


def _read_lines(path: Path) -> Iterator[Fetch]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DisclosureError(f"{path}, line {number}: not a fetch ({error})") from error
        yield Fetch(**{**row, "fetched_at": datetime.fromisoformat(row["fetched_at"])})


# --- tables --------------------------------------------------------------------------------------


def _read_table(path: Path, filters: list[tuple[str, str, Any]] | None = None) -> list[Fetch]:
    if not path.exists():
        return []
    table = pq.read_table(path, schema=SCHEMA, filters=filters)
    columns = [table[field.name].to_pylist() for field in fields(Fetch)]
    return [Fetch(*row) for row in zip(*columns, strict=True)]


def _write_table(path: Path, fetches: list[Fetch]) -> None:
    columns = [[getattr(fetch, name) for fetch in fetches] for name in SCHEMA.names]
    table = pa.table(columns, schema=SCHEMA)
    unfinished = path.with_name(path.name + ".part")
    # Sorted and in small groups, so that reading one site's rows does not read everybody's.
    pq.write_table(table, unfinished, compression="zstd", row_group_size=20_000)
    _flush(unfinished)
    unfinished.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
