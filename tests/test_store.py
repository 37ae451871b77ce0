"""The object store keeps bytes by their SHA-256, whole or not at all."""

import hashlib
import os

import pytest

from disclosure.store import FolderStore


def test_what_was_put_can_be_had_again(tmp_path):
    store = FolderStore(tmp_path)
    body = "年度报告".encode() * 1000
    sha256 = store.put(body)
    assert sha256 == hashlib.sha256(body).hexdigest()
    assert store.has(sha256)
    assert store.get(sha256) == body


def test_putting_twice_is_putting_once(tmp_path):
    store = FolderStore(tmp_path)
    sha256 = store.put(b"body")
    written = (tmp_path / sha256[:2] / f"{sha256}.gz").stat()
    assert store.put(b"body") == sha256
    assert (tmp_path / sha256[:2] / f"{sha256}.gz").stat().st_ino == written.st_ino


def test_what_was_never_put_is_missed_by_name(tmp_path):
    store = FolderStore(tmp_path)
    assert not store.has("0" * 64)
    with pytest.raises(KeyError, match="0000"):
        store.get("0" * 64)


def test_a_writer_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            store.put(b"body")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert store.get(store.put(b"body")) == b"body"
