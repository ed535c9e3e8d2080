"""Earlier items that explain a later one: the archive to go deeper into."""

from __future__ import annotations

from datetime import date
from math import log

from livebrief.likeness import find_words

HALF_LIFE_DAYS = 90.0


class Archive:
    """Everything told so far, to look up what came before.

    >>> archive = Archive()
    >>> archive.add("a", date(2020, 3, 11), "Rockets hit the base at Taji", story="s1")
    >>> archive.rank("More rockets on Taji", date(2020, 3, 14))[0][0]
    'a'
    """

    def __init__(self) -> None:
        self.items: list[tuple[str, int | None, str | None]] = []
        self.numbers: dict[str, int] = {}
        self.postings: dict[str, list[int]] = {}

    def add(self, id: str, on: date | None, text: str, story: str | None = None) -> None:
        """Take an item in, once."""
        if id in self.numbers:
            return
        number = self.numbers[id] = len(self.items)
        self.items.append((id, None if on is None else on.toordinal(), story))
        for word in dict.fromkeys(find_words(text)):
            self.postings.setdefault(word, []).append(number)

    def rank(self, text: str, on: date | None, limit: int = 100) -> list[tuple[str, float]]:
        """Return the earlier items most likely to be background, best first."""
        scores: dict[int, float] = {}
        total = len(self.items)
        for word in dict.fromkeys(find_words(text)):
            postings = self.postings.get(word, ())
            if not postings:
                continue
            weight = log(1 + total / len(postings)) ** 2
            for number in postings:
                scores[number] = scores.get(number, 0.0) + weight
        today = None if on is None else on.toordinal()
        ranked = []
        for number, score in scores.items():
            id, day, _ = self.items[number]
            if today is not None and day is not None:
                if day >= today:
                    continue
                score *= 0.5 ** ((today - day) / HALF_LIFE_DAYS)
            ranked.append((id, score))
        ranked.sort(key=lambda pair: (-pair[1], pair[0]))
        return ranked[:limit]
