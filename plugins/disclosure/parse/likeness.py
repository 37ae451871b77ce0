"""A sketch of a report's prose, by which texts that are nearly the same are known without keeping the texts.

What counts as prose is the caller's: no tables, and nothing before the first heading, for that is a province's boilerplate.
The share of shingles that two texts have in common is the share of places at which their sketches agree, give or take 0.02
(one-permutation hashing, a byte of each minimum kept). SQL measures it: quality.likeness.
"""

from __future__ import annotations

from zlib import crc32

SHINGLE = 5  # characters
PLACES = 256
_SPREAD = 0x9E3779B1  # odd: another number for each checksum, without the order that checksums of like texts keep


def sketch_of(text: str) -> str:
    """Given prose without spaces, return two hexadecimal digits for each place; 00 where no shingle fell."""
    body = text.encode("utf-16-le", "surrogatepass")
    checksums = {
        crc32(body[start : start + 2 * SHINGLE])
        for start in range(0, len(body) - 2 * SHINGLE + 2, 2)
    }
    spread = sorted(((checksum * _SPREAD) & 0xFFFFFFFF for checksum in checksums), reverse=True)
    least = {number >> 24: number for number in spread}  # of each place the last one, the smallest
    return bytes(least[place] % 255 + 1 if place in least else 0 for place in range(PLACES)).hex()
