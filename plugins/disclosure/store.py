"""The object store: the raw bytes of everything fetched, by SHA-256, kept for good.

Three verbs (put, get, has), so that a bucket can take the folder's place. Bodies are compressed, written under a
temporary name and renamed: a reader sees a whole body or none, and a killed writer leaves nothing that counts.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol


class ObjectStore(Protocol):
    def put(self, body: bytes) -> str:
        """Keep the body and return its SHA-256 (hex). Keeping it twice is keeping it once."""

    def get(self, sha256: str) -> bytes:
        """Return the body. Raises KeyError when it was never kept."""

    def has(self, sha256: str) -> bool: ...


class FolderStore:
    """An object store in a folder: `ab/abcdef….gz`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, body: bytes) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, gzip.compress(body, mtime=0))
        return sha256

    def get(self, sha256: str) -> bytes:
        try:
            return gzip.decompress(self._path(sha256).read_bytes())
        except FileNotFoundError:
            raise KeyError(f"no object {sha256} in {self.folder}") from None

    def has(self, sha256: str) -> bool:
        return self._path(sha256).exists()

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.gz"


def _write_whole(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)  # gone already, unless something failed
