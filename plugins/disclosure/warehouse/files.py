"""Files that are there as a whole or not at all, whenever the process is killed."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def flush(path: Path) -> None:
    """Return when the file's bytes (or the folder's entries) are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_whole(source: Path, path: Path) -> None:
    """Copy the file's bytes and return when they are on the disk; whoever flushes the copy later waits for his own
    changes alone."""
    shutil.copyfile(source, path)
    flush(path)


def write_whole(path: Path, body: bytes) -> None:
    """Write under another name and rename."""
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(body)
    flush(unfinished)
    unfinished.replace(path)
    flush(path.parent)
