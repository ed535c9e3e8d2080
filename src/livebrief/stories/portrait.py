"""What an article is compared by: its words, names and headline, its day, its countries."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from msgspec import Struct

from livebrief.likeness import (
    Frequencies,
    Vector,
    find_names,
    find_phrases,
    find_words,
    weigh_counts,
)
from livebrief.model import Article, Reading, day_of

# A story's subject stands at the head of its articles: so many characters are read.  1,500 to
# 8,000 are equally good on the development coverage, and reading is half of the cost.
CHARACTERS_READ = 2500
# So many of an article's heaviest words are compared, and so many of its names; 60 to 200 words
# are equally good.
WORDS_KEPT = 100
NAMES_KEPT = 32

# "12th package", "the 13th sanctions package": the ordinal, and the one or two words after it.
NUMBERED = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th|º|ª|e|er)\s+([^\W\d_]+)(?:[\s-]+([^\W\d_]+))?")


class Portrait(Struct, frozen=True, kw_only=True):
    """What an article is compared by.  The vectors are of unit length."""

    day: int | None
    words: Vector
    names: Vector
    headline: Vector
    terms: tuple[str, ...]
    """Every distinct word, and names of several words: what the desk's frequencies learn."""
    phrases: tuple[int, ...]
    numbered: tuple[tuple[str, str], ...] = ()
    """What the headline counts, with its ordinal: ("package", "13")."""
    countries: frozenset[str] = frozenset()
    """Every country that the article tells of, as far as known."""


def draw_portrait(reading: Reading, frequencies: Frequencies, *, headline: str) -> Portrait:
    """Return what a reading is compared by, its words weighed by what is rare right now.

    `headline` is the article's own without the parts that its outlet puts everywhere.
    """
    article = reading.article
    text = article.text[:CHARACTERS_READ]
    headline = headline[:CHARACTERS_READ]
    headline_counts = Counter(find_words(headline))
    counts = headline_counts.copy()
    words = find_words(text)
    counts.update(words)
    name_counts = Counter(find_names(text))
    return Portrait(
        day=day_number(article),
        words=weigh_counts(counts, frequencies, limit=WORDS_KEPT),
        names=weigh_counts(name_counts, frequencies, limit=NAMES_KEPT),
        headline=weigh_counts(headline_counts, frequencies, limit=WORDS_KEPT),
        terms=(*counts, *(name for name in name_counts if " " in name)),
        phrases=find_phrases(words),
        numbered=find_numbered(headline),
        countries=frozenset(
            place.country
            for place in reading.places
            if place.country is not None and place.span.related_index is None
        ),
    )


def find_numbered(headline: str) -> tuple[tuple[str, str], ...]:
    """Return what a headline numbers, each with its ordinal.

    >>> find_numbered("EU agrees on 13th sanctions package")
    (('sanctions', '13'), ('package', '13'))
    """
    return tuple(
        (word, ordinal)
        for ordinal, *words in NUMBERED.findall(headline.lower())
        for word in words
        if word
    )


def day_number(article: Article) -> int | None:
    """Return the article's day as a number to count with, `None` where it does not say."""
    day: date | None = article.published_on or day_of(article.published_at)
    return None if day is None else day.toordinal()
