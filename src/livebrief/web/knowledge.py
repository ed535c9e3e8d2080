"""What the pages ask, and of whom: a `View` of the store, opened for one page and closed after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from livebrief.model import Article, Brief, Change, Incident, Story
from livebrief.pipeline import View
from livebrief.store import Filed, Hit, Store


class Placements(Protocol):
    """Where articles were placed."""

    def story_of(self, article_id: str) -> str | None:
        """Return the story an article was placed in."""


class Knowledge(Protocol):
    """What was known at a moment, as far as the pages ask: `pipeline.View` is one."""

    @property
    def store(self) -> Placements:
        """What remembers the placements."""

    @property
    def as_of(self) -> datetime | None:
        """The moment asked for, `None` for the latest."""

    @property
    def moment(self) -> datetime:
        """The moment it is."""

    def stories(self, limit: int | None = None) -> list[Story]:
        """Return the stories, newest change first."""

    def story(self, story_id: str) -> Story:
        """Return the story; `KeyError` where it was not known."""

    def find_story(self, words: str | None) -> Story:
        """Return the story that goes by these words; `UnknownStoryError` where none does."""

    def article(self, article_id: str) -> Article | None:
        """Return the article, if it was known."""

    def filed(self, story_id: str) -> Sequence[Filed]:
        """Return the story's readings and placements, in the order learned."""

    def incidents(self, story_id: str | None = None) -> list[Incident]:
        """Return the incidents, latest last."""

    def changes(self, story_id: str | None = None, since: datetime | None = None) -> list[Change]:
        """Return what changed, latest last."""

    def brief(self, story_id: str, since: datetime | None = None) -> Brief:
        """Return the story's brief."""

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Return the articles that hold the words."""

    def counts(self) -> dict[str, int]:
        """Return how many articles, stories and so on are known."""


OpenKnowledge = Callable[[datetime | None], AbstractContextManager[Knowledge]]
"""Opens what was known at a moment (`None`: the latest), for one page."""

# So many moments are kept in mind: the latest, and the few earlier ones that readers compare.
MOST_VIEWS = 4


class Shelf:
    """Views of a store, which other processes may add to meanwhile.

    What a view has worked out serves the next page too, until the file changes.  One page is
    made at a time: making it is computing, which the threads of a process do not share.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._kept: dict[datetime | None, tuple[Stamp, Store, View]] = {}

    @contextmanager
    def open(self, as_of: datetime | None) -> Iterator[Knowledge]:
        """Open what was known at a moment, `None` for the latest."""
        with self._lock:
            kept = self._kept.pop(as_of, None)
            if kept is not None and kept[0] != read_stamp(self._path):
                kept[1].close()
                kept = None
            if kept is None:
                store = Store(self._path)
                kept = read_stamp(self._path), store, View(store, as_of)
            self._kept[as_of] = kept
            while len(self._kept) > MOST_VIEWS:
                self._kept.pop(next(iter(self._kept)))[1].close()
            yield kept[2]

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            while self._kept:
                self._kept.popitem()[1][1].close()


Stamp = tuple[tuple[int, int] | None, ...]


def read_stamp(path: Path) -> Stamp:
    """Return what changes whenever the store does: size and time of its file and of its log."""
    stamp: list[tuple[int, int] | None] = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = each.stat()
            stamp.append((status.st_size, status.st_mtime_ns))
        except FileNotFoundError:
            stamp.append(None)
    return tuple(stamp)
