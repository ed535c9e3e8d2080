"""What an article is compared by: its words, its names, its headline, its day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from livebrief.likeness import Frequencies, Vector, find_names, find_words, weigh_counts
from livebrief.likeness.duplicates import find_phrases
from livebrief.model import Article, Reading

# A story's subject stands at the head of its articles: so many characters are read.
CHARACTERS_READ = 4000
# So many of an article's heaviest words are compared, and so many of its names.
WORDS_KEPT = 120
NAMES_KEPT = 40
# A word of the headline counts as so many in the text; so does one that is part of a name.
HEADLINE_WEIGHT = 2.0


class Portrait(Struct, frozen=True, kw_only=True):
    """What an article is compared by."""

    day: int | None
    words: Vector
    names: Vector
    headline: Vector
    terms: tuple[str, ...]
    """Every distinct word and name: what the desk's frequencies learn from it."""
    phrases: tuple[int, ...]


def draw_portrait(
    reading: Reading, frequencies: Frequencies, *, mind_headline: bool = True
) -> Portrait:
    """Return what a reading is compared by, its words weighed by what is rare right now."""
    article = reading.article
    text = article.text[:CHARACTERS_READ]
    headline = (article.headline or "") if mind_headline else ""
    headline_counts: dict[str, float] = {}
    for word in find_words(headline):
        headline_counts[word] = headline_counts.get(word, 0.0) + 1.0
    counts = {word: HEADLINE_WEIGHT * count for word, count in headline_counts.items()}
    for word in find_words(text):
        counts[word] = counts.get(word, 0.0) + 1.0
    name_counts: dict[str, float] = {}
    for name in find_names(text):
        name_counts[name] = name_counts.get(name, 0.0) + 1.0
    terms = tuple(counts) + tuple(name for name in name_counts if " " in name)
    return Portrait(
        day=day_ordinal(article),
        words=weigh_counts(counts, frequencies, limit=WORDS_KEPT),
        names=weigh_counts(name_counts, frequencies, limit=NAMES_KEPT),
        headline=weigh_counts(headline_counts, frequencies),
        terms=terms,
        phrases=find_phrases(article.text),
    )


def day_ordinal(article: Article) -> int | None:
    """Return the article's day as a number to count with, `None` where it does not say."""
    day: date | None = article.published_on
    if day is None and article.published_at is not None:
        day = article.published_at.date()
    return None if day is None else day.toordinal()
