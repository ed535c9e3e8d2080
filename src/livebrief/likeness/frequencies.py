"""How common each term is in the coverage, learned as it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log
from pathlib import Path

# Beyond so many articles all counts are halved: what is common follows the times, and terms seen
# once or twice, the bulk of any vocabulary, are forgotten.
HALVED_AT = 100_000


@lru_cache(maxsize=1)
def load_prior() -> tuple[dict[str, float], float]:
    """Return how many texts of general English hold each term, and how many texts there were.

    Made by `training/term_frequencies.py`; see NOTICE beside the table.
    """
    counts: dict[str, float] = {}
    texts = 0.0
    path = Path(__file__).with_name("term_frequencies.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        term, _, count = line.partition("\t")
        if term:
            counts[term] = float(count)
        else:
            texts = float(count)
    return counts, texts


class Frequencies:
    """In how many texts each term was seen, on top of what general English is like.

    >>> frequencies = Frequencies()
    >>> frequencies.learn(["rocket", "taji"])
    >>> frequencies.rarity("taji") > frequencies.rarity("people")
    True
    """

    def __init__(self, *, prior: bool = True) -> None:
        self.counts: dict[str, float] = {}
        self.texts = 0.0
        if prior:
            counts, self.texts = load_prior()
            self.counts = dict(counts)

    def learn(self, terms: Iterable[str]) -> None:
        """Take in one text's distinct terms."""
        counts = self.counts
        for term in terms:
            counts[term] = counts.get(term, 0.0) + 1.0
        self.texts += 1.0
        if self.texts >= HALVED_AT:
            self.counts = {term: count / 2 for term, count in counts.items() if count > 2.0}
            self.texts /= 2

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term, smoothed, never negative."""
        return log((self.texts + 1.0) / (self.counts.get(term, 0.0) + 0.5))
