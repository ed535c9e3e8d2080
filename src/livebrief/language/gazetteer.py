"""The gazetteer: which places of the world bear a name.

Compiled by `training/compile_gazetteer.py` from GeoNames, Natural Earth and our own lists into one
compressed file of arrays.  A name is never stored for looking up, only 40 bits of its hash; names
are kept once per place, for showing.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

DATA = Path(__file__).parent / "data" / "gazetteer.npz"

# Codes of `Entry.kind` in the file; the order is that of the first word on a tie.
KINDS = ("country", "admin1", "city", "county", "region", "site", "capital", "seat")

# The hashes are sorted; the first 18 of their 40 bits find the bucket, which holds two or three.
HASH_BITS = 40
BUCKET_BITS = 18

# Most entries that one name gives ("San Antonio" has hundreds): the most populous.
MOST_ENTRIES = 60


class Entry(NamedTuple):
    """One place of the gazetteer."""

    id: int
    name: str
    kind: str
    country: str
    """ISO 3166 alpha-2; empty where it lies in none or in several."""
    admin1: str
    """The name of the first division it lies in, or that it is; else empty."""
    latitude: float
    longitude: float
    population: int
    geoname_id: int
    is_main_name: bool
    """Whether the name it was found by is its usual one."""


def normalize_name(name: str) -> str:
    """Return the form under which a name is looked up: folded, without marks or points.

    >>> normalize_name("Côte d’Ivoire"), normalize_name("Ain al-Asad"), normalize_name("St. Paul")
    ('cote divoire', 'ain al asad', 'st paul')
    >>> normalize_name("N.C.")
    'nc'
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if c not in MARKS)
        name = "".join(c for c in name if not unicodedata.combining(c))
    return " ".join(name.translate(SEPARATORS).lower().split())


# Left out within a word: points, and all that news and gazetteers write for an apostrophe.
MARKS = frozenset("'’‘`´ʻʼʹ.")
SEPARATORS = str.maketrans(
    {"'": None, "’": None, "`": None, ".": None, "-": " ", "–": " ", "/": " ", ",": " "}
)


def hash_name(normal: str) -> int:
    """Return the 40 bits by which the gazetteer knows a normalized name."""
    return int.from_bytes(blake2b(normal.encode("utf-8", "replace"), digest_size=5).digest(), "big")


class Gazetteer:
    """All places, to be asked by name."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        hashes = np.cumsum(arrays["hash_steps"].astype(np.uint64), dtype=np.uint64)
        edges = np.arange((1 << BUCKET_BITS) + 1, dtype=np.uint64) << np.uint64(
            HASH_BITS - BUCKET_BITS
        )
        # Memory views answer for one number much faster than arrays do.
        self._buckets = np.searchsorted(hashes, edges).astype(np.int64).data
        self._hashes = hashes.data
        self._targets = memoryview(arrays["targets"])
        self._kind = memoryview(arrays["kind"])
        self._country = memoryview(arrays["country"])
        self._admin1 = memoryview(arrays["admin1"])
        self._latitude = memoryview(arrays["latitude"])
        self._longitude = memoryview(arrays["longitude"])
        self._population = memoryview(arrays["population"])
        self._geoname_id = memoryview(arrays["geoname_id"])
        self._names = arrays["names"].tobytes()
        starts = np.zeros(len(arrays["name_lengths"]) + 1, dtype=np.int64)
        np.cumsum(arrays["name_lengths"], out=starts[1:])
        self._name_starts = starts.data
        self._countries = arrays["countries"].tobytes().decode().split("\n")
        self._divisions = arrays["divisions"].tobytes().decode().split("\n")
        self.find = lru_cache(maxsize=20_000)(self._find)

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._kind)

    def _find(self, normal: str) -> tuple[Entry, ...]:
        """Return the places that bear a normalized name, most populous first, at most 60."""
        key = hash_name(normal)
        bucket = key >> (HASH_BITS - BUCKET_BITS)
        found = []
        hashes = self._hashes
        for at in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if hashes[at] == key:
                target = self._targets[at]
                found.append(self._entry(target >> 1, is_main_name=not target & 1))
                if len(found) == MOST_ENTRIES:
                    break
        return tuple(found)

    def _entry(self, at: int, *, is_main_name: bool) -> Entry:
        name = self._names[self._name_starts[at] : self._name_starts[at + 1]]
        return Entry(
            id=at,
            name=name.decode(),
            kind=KINDS[self._kind[at]],
            country=self._countries[self._country[at]],
            admin1=self._divisions[self._admin1[at]],
            latitude=self._latitude[at] / 1000,
            longitude=self._longitude[at] / 1000,
            population=self._population[at],
            geoname_id=self._geoname_id[at],
            is_main_name=is_main_name,
        )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with livebrief, read once per process.

    >>> [(entry.kind, entry.country) for entry in load_gazetteer().find("baghdad")[:2]]
    [('admin1', 'IQ'), ('capital', 'IQ')]
    """
    with np.load(DATA, allow_pickle=False) as arrays:
        return Gazetteer({name: arrays[name] for name in arrays.files})
