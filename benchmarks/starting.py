"""How long the command takes to start, beside Python alone."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks.figures import Figure

STARTS = 10


def measure_starting(starts: int = STARTS) -> list[Figure]:
    """Return the median seconds of `livebrief --version`, and of a Python that does nothing."""
    return [
        Figure(
            "livebrief --version", _median(("-m", "livebrief", "--version"), starts), "s", starts
        ),
        Figure("python -c pass", _median(("-c", "pass"), starts), "s", starts),
    ]


def _median(arguments: tuple[str, ...], starts: int) -> float:
    seconds = []
    for _ in range(starts):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)
