"""Sparse vectors of unit length, as plain dicts from term to weight."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, log, sqrt
from operator import itemgetter

from livebrief.likeness.frequencies import Frequencies
from livebrief.likeness.terms import count_terms

Vector = dict[str, float]


def weigh(text: str, frequencies: Frequencies | None = None, *, limit: int | None = None) -> Vector:
    """Return the text as a vector of unit length: rare terms weigh more, repeated ones a little.

    >>> vector = weigh("Rockets hit the base at Taji.")
    >>> max(vector, key=vector.__getitem__)
    'taji'
    """
    return weigh_counts(count_terms(text), frequencies or Frequencies(), limit=limit)


def weigh_counts(
    counts: Mapping[str, float], frequencies: Frequencies, *, limit: int | None = None
) -> Vector:
    """Return counted terms as a vector of unit length, the heaviest `limit` terms only."""
    known = frequencies.counts.get
    top = log(frequencies.texts + 1.0)
    weights = {
        term: (top - log(known(term, 0.0) + 0.5)) * (1.0 + log(count) if count != 1 else 1.0)
        for term, count in counts.items()
    }
    if limit is not None and len(weights) > limit:
        weights = dict(sorted(weights.items(), key=itemgetter(1), reverse=True)[:limit])
    length = sqrt(sum(weight * weight for weight in weights.values()))
    if length == 0.0:
        return {}
    return {term: weight / length for term, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of unit length are, from 0 to 1.

    >>> round(cosine({"taji": 0.6, "base": 0.8}, {"base": 1.0}), 2)
    0.8
    """
    # `fsum` is exact, so the sum does not hang on the order in which a set gives its terms.
    return fsum([one[term] * other[term] for term in one.keys() & other.keys()])
