"""Everything told so far, to look up what came before: the archive to go deeper into."""

from __future__ import annotations

import re
from array import array
from datetime import date
from math import log, sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from livebrief.likeness import find_words

# Words are compared by their first letters, so that "Syria" meets "Syrian" and "attack"
# "attackers" in any language that inflects at the end.  4 and 6 are a little worse.
STEM_LENGTH = 5
# A capitalised word counts double: what an item is about are mostly names.  1.5 and 3 are worse.
CAPITAL_WEIGHT = 2.0
# What is left of likeness after so many days: (1 + days) ** -0.4.  Of powers of 0.4, 0.6, 0.8 with
# a scale of 1, 3, 10 days; better than any half-life, since background may be a day old or years.
FORGETTING = 0.4
# How far a long item is held to be about less of everything: 0 not at all, 1 as the cosine has it.
LENGTH_NORM = 0.85

# A run of letters that opens with a capital.
CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][\w'’.-]*")
# So much of an item's text is looked at.
CHARACTERS_READ = 4000


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """An item of the archive."""

    id: str
    on: date | None
    story: str | None


class Archive:
    """Everything told so far, indexed by its words.

    >>> archive = Archive()
    >>> archive.add("a", date(2020, 3, 11), "Rockets hit the base at Taji in Iraq", story="s1")
    >>> archive.add("b", date(2020, 3, 11), "Parliament votes on the budget", story="s2")
    >>> archive.rank("Iraqi base near Taji is hit again", date(2020, 3, 14))[0][0]
    'a'
    """

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.numbers: dict[str, int] = {}
        self.postings: dict[str, array[int]] = {}
        """Of each stem the numbers of the items that hold it, rising."""
        self.weights: dict[str, array[float]] = {}
        """Of each stem how much it weighs in each of these items."""
        self.days = array("i")
        self.lengths = array("f")

    def add(self, id: str, on: date | None, text: str, story: str | None = None) -> None:
        """Take an item in, once; the same id again changes nothing."""
        if id in self.numbers:
            return
        number = self.numbers[id] = len(self.items)
        stems = weigh_stems(text)
        length = sqrt(sum(weight * weight for weight in stems.values())) or 1.0
        day = 0 if on is None else on.toordinal()
        self.items.append(Item(id=id, on=on, story=story))
        self.days.append(day)
        self.lengths.append(length**LENGTH_NORM)
        for stem, weight in stems.items():
            numbers = self.postings.get(stem)
            if numbers is None:
                numbers = self.postings[stem] = array("I")
                self.weights[stem] = array("f")
            numbers.append(number)
            self.weights[stem].append(weight)

    def rank(
        self,
        text: str,
        on: date | None,
        limit: int = 100,
        *,
        story: str | None = None,
    ) -> list[tuple[str, float]]:
        """Return the items of earlier days most likely to be background, best first.

        Items of the given story are left out.  Where the day is not known, all items are earlier.
        """
        scores = self.score(text)
        if scores is None:
            return []
        if on is not None:
            ages = on.toordinal() - np.frombuffer(self.days, dtype=np.int32)
            scores *= (1.0 + np.maximum(ages, 0)) ** -FORGETTING
            scores[ages <= 0] = 0.0
        found = np.flatnonzero(scores)
        if story is not None:
            found = np.array([n for n in found if self.items[n].story != story], dtype=np.intp)
        if len(found) > limit:
            found = found[np.argpartition(-scores[found], limit)[: limit + 1]]
        # Of equals the later one, so that the order never hangs on the machine.
        order = np.lexsort((-found, -scores[found]))[:limit]
        return [(self.items[n].id, float(scores[n])) for n in found[order]]

    def score(self, text: str) -> NDArray[np.float64] | None:
        """Return how like every item is to the text, `None` where nothing is."""
        stems = weigh_stems(text)
        total = len(self.items)
        scores = np.zeros(total)
        length = 0.0
        for stem, weight in stems.items():
            numbers = self.postings.get(stem)
            if numbers is None:
                continue
            rarity = log((total + 1.0) / (len(numbers) + 0.5))
            length += (weight * rarity) ** 2
            held = np.frombuffer(self.weights[stem], dtype=np.float32)
            scores[np.frombuffer(numbers, dtype=np.uint32)] += held * (weight * rarity * rarity)
        if length == 0.0:
            return None
        scores /= np.frombuffer(self.lengths, dtype=np.float32) * sqrt(length)
        return scores


def weigh_stems(text: str) -> dict[str, float]:
    """Return the stems of a text, those of capitalised words with double weight.

    >>> weigh_stems("Syrian rebels hit the base")
    {'syria': 2.0, 'rebel': 1.0, 'hit': 1.0, 'base': 1.0}
    """
    text = text[:CHARACTERS_READ]
    stems = {word[:STEM_LENGTH]: 1.0 for word in find_words(text)}
    for word in find_words(" ".join(CAPITALISED.findall(text))):
        stems[word[:STEM_LENGTH]] = CAPITAL_WEIGHT
    return stems
