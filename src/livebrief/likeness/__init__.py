"""How alike texts are.  In: text.  Out: sparse vectors, near-duplicates."""

from __future__ import annotations

from livebrief.likeness.duplicates import Copy, NearDuplicates, find_phrases
from livebrief.likeness.frequencies import Frequencies
from livebrief.likeness.terms import count_terms, find_names, find_words
from livebrief.likeness.vectors import Vector, cosine, weigh, weigh_counts

__all__ = [
    "Copy",
    "Frequencies",
    "NearDuplicates",
    "Vector",
    "cosine",
    "count_terms",
    "find_names",
    "find_phrases",
    "find_words",
    "weigh",
    "weigh_counts",
]
