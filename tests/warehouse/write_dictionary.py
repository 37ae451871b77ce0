"""`make dictionary`: publish the sample, and write sql/README.md from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from disclosure.warehouse.dictionary import write_dictionary
from warehouse.sample import build_sample

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        world = build_sample(Path(folder) / "data")
        write_dictionary(world.settings.published, world.settings.sql)
