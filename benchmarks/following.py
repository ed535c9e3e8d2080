"""How many readings a second are placed and filed, thousand by thousand: flat means it scales.

Reading is left out of the time.  `place + file` is the threading of stories alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.coverage import stream_coverage
from benchmarks.figures import Figure
from eval.doors import read_record
from livebrief.model import Reading
from livebrief.stories import Threads

THOUSAND = 1000


def measure_following(data: Path, *, articles: int = 10_000) -> list[Figure]:
    """Return the rates of following, for all and thousand by thousand."""
    threads = Threads()

    def place_and_file(reading: Reading) -> None:
        threads.file(reading, threads.place(reading))

    return _rates("place + file", _readings(data, articles), place_and_file)


def _readings(data: Path, articles: int) -> Iterator[Reading]:
    for record in stream_coverage(data, articles):
        reading = read_record(record)
        if reading is not None:
            yield reading


def _rates(name: str, readings: Iterable[Reading], act: Callable[[Reading], None]) -> list[Figure]:
    figures = []
    total_seconds = part_seconds = 0.0
    total = part = 0
    for reading in readings:
        started = time.perf_counter()
        act(reading)
        part_seconds += time.perf_counter() - started
        part += 1
        if part == THOUSAND:
            figures.append(_part(name, total, part, part_seconds))
            total, total_seconds = total + part, total_seconds + part_seconds
            part, part_seconds = 0, 0.0
    if part:
        figures.append(_part(name, total, part, part_seconds))
        total, total_seconds = total + part, total_seconds + part_seconds
    if not total:
        return []
    return [Figure(f"{name}: all", total / total_seconds, "a second", total), *figures]


def _part(name: str, before: int, count: int, seconds: float) -> Figure:
    label = f"{name}: {before + 1:,} to {before + count:,}"
    return Figure(label, count / seconds, "a second", count)
