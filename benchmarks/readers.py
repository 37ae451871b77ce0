"""What readers see while publications follow one another and publishers are killed at random moments.

    PYTHONPATH=plugins:tests python benchmarks/readers.py [readers] [publications] [kills]

Every look must show one whole publication, in the warehouse and in its Parquet files; afterwards nothing may be left
over. All of it competes for the same processors, so that kills fall anywhere in a publication.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from disclosure.warehouse.kept import KEPT, kept_publications
from warehouse.quick import QuickWorld
from warehouse.readers import publish_among_readers


def main(readers: int, publications: int, kills: int) -> None:
    with tempfile.TemporaryDirectory(prefix="readers-") as folder:
        world = QuickWorld(Path(folder) / "data")
        start = time.perf_counter()
        told, ends = publish_among_readers(world, readers, publications, kills)
        took = time.perf_counter() - start
        published = world.settings.published
        left = [path.name for path in published.parent.glob(".*")]
        kept = len(kept_publications(published))
        parquet = len(list(published.parent.glob("parquet-*")))
    troubles = [one for one in told if not isinstance(one, int)]
    looks = sum(one for one in told if isinstance(one, int))
    in_time = sum(end == -9 for end in ends)
    print(
        f"{readers} readers, {publications} publications, {len(ends)} kills ({in_time} in the midst of one): {took:.0f} s"
    )
    print(f"  {looks:,} looks at whole publications, {len(troubles)} at anything else {troubles}")
    print(
        f"  left over: {left}; kept {kept} of at most {KEPT} files and {parquet} folders of Parquet"
    )
    if troubles or left or kept > KEPT or parquet > KEPT:
        sys.exit("a reader saw something else than a whole publication, or something was left over")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or (10, 30, 10)))
