"""How many readings a second are followed, thousand by thousand: flat means that it scales.

`place + file` is the threading of stories alone.  `follow` is the whole second half: threads,
incidents, changes, and a store in a file, in transactions of the pipeline's size.  Both take the
same readings; reading itself is left out of the time.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec

from benchmarks.coverage import stream_coverage
from benchmarks.figures import Figure
from eval.doors import read_record
from livebrief.model import Reading
from livebrief.pipeline import TRANSACTION, Desk, follow
from livebrief.store import Store
from livebrief.stories import Threads

THOUSAND = 1000
LEARNED_AT = datetime(2020, 3, 11, 12, tzinfo=UTC)


def measure_following(data: Path, *, articles: int = 10_000) -> list[Figure]:
    """Return the rates of following, for all and thousand by thousand."""
    readings = _readings(data, articles)
    threads = Threads()
    parts: list[tuple[int, float, float]] = []
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "desk.db") as store:
        desk = Desk(store)
        while thousand := list(islice(readings, THOUSAND)):
            alone = _time_threads(threads, thousand)
            parts.append((len(thousand), alone, _time_desk(desk, thousand)))
    return [
        *_rates("place + file", [(count, alone) for count, alone, _ in parts]),
        *_rates("follow", [(count, whole) for count, _, whole in parts]),
    ]


def _readings(data: Path, articles: int) -> Iterator[Reading]:
    for record in stream_coverage(data, articles):
        reading = read_record(record)
        if reading is not None:
            yield msgspec.structs.replace(reading, learned_at=LEARNED_AT)


def _time_threads(threads: Threads, readings: list[Reading]) -> float:
    started = time.perf_counter()
    for reading in readings:
        threads.file(reading, threads.place(reading))
    return time.perf_counter() - started


def _time_desk(desk: Desk, readings: list[Reading]) -> float:
    started = time.perf_counter()
    for at in range(0, len(readings), TRANSACTION):
        with desk.store.transaction():
            for reading in readings[at : at + TRANSACTION]:
                follow(reading, desk)
    return time.perf_counter() - started


def _rates(name: str, parts: list[tuple[int, float]]) -> Iterator[Figure]:
    total = sum(count for count, _ in parts)
    if total:
        seconds = sum(seconds for _, seconds in parts)
        yield Figure(f"{name}: all", total / seconds, "a second", total)
    before = 0
    for count, seconds in parts:
        label = f"{name}: {before + 1:,} to {before + count:,}"
        yield Figure(label, count / seconds, "a second", count)
        before += count
