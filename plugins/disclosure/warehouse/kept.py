"""The folder of publications: the current one, and the last seven under their times, to go back to.

    warehouse.duckdb → the same file as one of the kept, by a hard link
    warehouse-<time>.duckdb
    parquet → parquet-<time>, a symbolic link
    parquet-<time>/

One rename makes a publication visible and one undoes it. Whatever moment we are killed at, each name shows a whole
publication or is not there; `tidy` takes away what was left unfinished.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from disclosure.errors import PublishError
from disclosure.warehouse.files import flush

KEPT = 7
UNFINISHED = ".building-"
PARQUET = "parquet"
_TIME = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True, slots=True)
class Kept:
    """A publication that can be gone back to. `time` is when it was published, as in its name."""

    time: str
    warehouse: Path
    is_current: bool

    @property
    def parquet(self) -> Path:
        return parquet_of(self.warehouse.parent, self.time)


def kept_publications(published: Path) -> list[Kept]:
    """All of them, the latest first."""
    current = published.stat().st_ino if published.exists() else None
    paths = sorted(published.parent.glob(f"{published.stem}-*{published.suffix}"), reverse=True)
    return [
        Kept(path.stem.removeprefix(f"{published.stem}-"), path, path.stat().st_ino == current)
        for path in paths
    ]


def lasting_name(published: Path) -> Path:
    """The name that leads to what is published now whatever is published meanwhile; the given one while it has none."""
    try:
        current = [kept.warehouse for kept in kept_publications(published) if kept.is_current]
    except FileNotFoundError:  # one was taken away while we looked
        return published
    return current[0] if current else published


def free_time(published: Path, at: datetime) -> str:
    """The time under which to keep a publication: the given one, or the next second that is not taken."""
    taken = {kept.time for kept in kept_publications(published)}
    moment = at.astimezone(UTC)
    while (time := moment.strftime(_TIME)) in taken:
        moment += timedelta(seconds=1)
    return time


def parquet_of(folder: Path, time: str) -> Path:
    return folder / f"{PARQUET}-{time}"


def show_warehouse(new: Path, published: Path, time: str) -> None:
    """Put a finished file in the place of the published one, and keep it under its time."""
    flush(new)
    new.replace(published)
    keep(published, time)


def keep(published: Path, time: str) -> None:
    """Let the published file have its name with the time too. A killed run may have left it without one, and a folder
    that was copied or restored has two files where one had two names."""
    if not any(kept.is_current for kept in kept_publications(published)):
        link = published.with_name(f"{UNFINISHED}{os.getpid()}-name")
        link.unlink(missing_ok=True)
        os.link(published, link)
        link.replace(published.with_stem(f"{published.stem}-{time}"))
    flush(published.parent)


def show_parquet(folder: Path) -> None:
    """Let the name `parquet` lead to this folder from now on."""
    link = folder.with_name(f"{UNFINISHED}{os.getpid()}-link")
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(folder.with_name(PARQUET))
    flush(folder.parent)


def is_shown(folder: Path) -> bool:
    """Whether the name `parquet` leads to this folder."""
    link = folder.with_name(PARQUET)
    return link.is_symlink() and link.readlink() == Path(folder.name)


def roll_back(published: Path, time: str | None = None) -> Kept:
    """Show an earlier publication again: of that time, or the one before the current. Returns it.

    Raises PublishError when there is none. The next build publishes what it finds, whatever was gone back to.
    """
    kept = kept_publications(published)
    wanted = _before_current(kept) if time is None else [one for one in kept if one.time == time]
    if not wanted:
        times = ", ".join(one.time for one in kept) or "none"
        what = "no publication before the current one" if time is None else f"none of {time}"
        raise PublishError(f"{published.parent}: {what}; kept are: {times}")
    again = published.with_name(f"{UNFINISHED}{os.getpid()}{published.suffix}")
    again.unlink(missing_ok=True)
    os.link(wanted[0].warehouse, again)
    again.replace(published)
    if wanted[0].parquet.is_dir():
        show_parquet(wanted[0].parquet)
    flush(published.parent)
    return wanted[0]


def _before_current(kept: list[Kept]) -> list[Kept]:
    """From the latest to the earliest; none when nothing is known to be current."""
    places = [place for place, one in enumerate(kept) if one.is_current]
    return kept[places[0] + 1 :] if places else []


def tidy(published: Path) -> None:
    """Take away what a killed run left, and publications beyond the number that is kept; never the current one."""
    for leftover in published.parent.glob(f"{UNFINISHED}*"):
        _remove(leftover)
    kept = kept_publications(published)
    for one in kept[KEPT:]:
        if not one.is_current:
            _remove(one.warehouse)
    times = {one.time for one in kept_publications(published)}
    for folder in _parquet_folders(published.parent):
        if folder.name.removeprefix(f"{PARQUET}-") not in times:
            _remove(folder)


def _parquet_folders(folder: Path) -> Iterator[Path]:
    shown = folder / PARQUET
    target = shown.resolve() if shown.is_symlink() else None
    return (path for path in folder.glob(f"{PARQUET}-*") if path.resolve() != target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        # Renamed first: a folder that is half gone must not look like a publication.
        gone = path.with_name(f"{UNFINISHED}gone-{path.name}")
        shutil.rmtree(path.rename(gone) if not path.name.startswith(UNFINISHED) else path)
    else:
        path.unlink(missing_ok=True)
