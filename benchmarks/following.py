"""How many readings a second are followed, thousand by thousand: flat means that it scales.

Articles of a later year are longer, so each thousand says how much text it holds.

`place + file` is the threading of stories alone.  `follow` is the whole second half: threads,
incidents, changes, and a store in a file, in transactions of the pipeline's size.  Both take the
same readings; reading itself is left out of the time.  Seconds are those of the processor, as in
`reading.py`; "by the clock" also waits for the disk, and for whoever else uses the machine.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.coverage import stream_coverage
from benchmarks.figures import Figure
from eval.doors import read_record
from livebrief.model import Reading
from livebrief.pipeline import TRANSACTION, Desk, follow
from livebrief.store import Store
from livebrief.stories import Threads

THOUSAND = 1000
# A clock that has not moved is taken for a nanosecond.
TINY = 1e-9
LEARNED_AT = datetime(2020, 3, 11, 12, tzinfo=UTC)


class Part(Struct, frozen=True):
    """How long so many readings took, and how much text they hold."""

    count: int
    size: int
    seconds: float


def measure_following(data: Path, *, articles: int = 10_000) -> list[Figure]:
    """Return the rates of following, for all and thousand by thousand."""
    readings = _readings(data, articles)
    threads = Threads()
    alone: list[Part] = []
    whole: list[Part] = []
    by_the_clock = 0.0
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "desk.db") as store:
        desk = Desk(store)
        while thousand := list(islice(readings, THOUSAND)):
            size = sum(len(reading.article.text) for reading in thousand)
            alone.append(Part(len(thousand), size, _time_threads(threads, thousand)))
            started = time.perf_counter()
            whole.append(Part(len(thousand), size, _time_desk(desk, thousand)))
            by_the_clock += time.perf_counter() - started
    total = sum(part.count for part in whole)
    if not total:
        return []
    return [
        *_rates("place + file", alone),
        *_rates("follow", whole),
        Figure("follow: all, by the clock", total / by_the_clock, "a second", total),
    ]


def _readings(data: Path, articles: int) -> Iterator[Reading]:
    """Yield the readings of the coverage, each once: what is known is not followed again."""
    known: set[tuple[str, str]] = set()
    for record in stream_coverage(data, articles):
        reading = read_record(record)
        if reading is None or (reading.article.id, reading.article.revision) in known:
            continue
        known.add((reading.article.id, reading.article.revision))
        yield msgspec.structs.replace(reading, learned_at=LEARNED_AT)


def _time_threads(threads: Threads, readings: list[Reading]) -> float:
    started = time.process_time()
    for reading in readings:
        threads.file(reading, threads.place(reading))
    return time.process_time() - started


def _time_desk(desk: Desk, readings: list[Reading]) -> float:
    started = time.process_time()
    for at in range(0, len(readings), TRANSACTION):
        with desk.store.transaction():
            for reading in readings[at : at + TRANSACTION]:
                follow(reading, desk)
    return time.process_time() - started


def _rates(name: str, parts: list[Part]) -> Iterator[Figure]:
    total, seconds = sum(part.count for part in parts), sum(part.seconds for part in parts)
    yield Figure(f"{name}: all", total / max(seconds, TINY), "a second", total)
    before = 0
    for part in parts:
        label = f"{name}: {before + 1:,} to {before + part.count:,}, {part.size / 1e6:.1f} MB"
        yield Figure(label, part.count / max(part.seconds, TINY), "a second", part.count)
        before += part.count
