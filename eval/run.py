"""One run of the measures: how much of each set, how its course is shown, what went wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from eval.scores import Judgement

T = TypeVar("T")

# How often a line that shows the course is written anew: more often than that nobody reads.
SHOWN_EVERY_SECONDS = 0.2


class Run:
    """The choices of a run, and the misses it has met."""

    def __init__(self, *, limit: int | None = None, misses: int = 0) -> None:
        """Take the first `limit` documents of each file, and keep `misses` misses of each set."""
        self.limit = limit
        self.misses_wanted = misses
        self.misses: list[str] = []

    def watch(self, things: Iterable[T], label: str) -> Iterator[T]:
        """Pass the things on, showing on a terminal how many have gone by."""
        if not sys.stderr.isatty():
            yield from things
            return
        started = shown = time.monotonic()
        count = 0
        for count, thing in enumerate(things, 1):
            yield thing
            now = time.monotonic()
            if now - shown >= SHOWN_EVERY_SECONDS:
                shown = now
                rate = count / (now - started)
                sys.stderr.write(f"\r\x1b[K{label}: {count:,} ({rate:,.0f}/s)")
                sys.stderr.flush()
        sys.stderr.write("\r\x1b[K")

    def note(self, judgement: Judgement) -> Judgement:
        """Keep the misses of a judgement as long as more are wanted, and pass it on."""
        room = self.misses_wanted - len(self.misses)
        self.misses.extend(judgement.misses[: max(room, 0)])
        return judgement
