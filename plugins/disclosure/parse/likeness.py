"""A sketch of a report's prose, by which texts that are nearly the same are known without keeping the texts.

What counts as prose is the caller's: no tables, and nothing before the first heading, for that is a province's boilerplate.
The share of shingles that two texts have in common is the share of places at which their sketches agree, give or take 0.02
(one-permutation hashing, a byte of each minimum kept). SQL measures it: quality.likeness.
"""

from __future__ import annotations

import numpy as np

SHINGLE = 5  # characters
PLACES = 256
_BASE = np.uint64(0x100000001B3)  # of the polynomial over a shingle's characters
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd: like shingles get unlike numbers


def sketch_of(text: str) -> str:
    """Given prose without spaces, return two hexadecimal digits for each place; 00 where no shingle fell."""
    characters = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint64)
    count = max(0, len(characters) - SHINGLE + 1)
    shingles = np.zeros(count, np.uint64)
    for start in range(SHINGLE):
        shingles = shingles * _BASE + characters[start : start + count]
    spread = (shingles ^ (shingles >> np.uint64(29))) * _SPREAD
    numbers = np.sort((spread >> np.uint64(32)).astype(np.uint32))
    places = numbers >> 24
    firsts = np.flatnonzero(np.diff(places, prepend=PLACES))
    sketch = np.zeros(PLACES, np.uint8)
    sketch[places[firsts]] = numbers[firsts] % 255 + 1  # of each place the smallest
    return sketch.tobytes().hex()
