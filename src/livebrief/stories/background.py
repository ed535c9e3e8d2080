"""Which earlier stories explain a later one, and why."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from livebrief.likeness import find_words
from livebrief.model import Background
from livebrief.stories.archive import (
    CAPITAL_WEIGHT,
    CHARACTERS_READ,
    STEM_LENGTH,
    Archive,
    weigh_stems,
)

# So many of the likest items are gone through for their stories.
ITEMS_READ = 50
# Below this nothing but everyday words is shared.
FROM_SCORE = 0.05
STORIES_TOLD = 5
WORDS_TOLD = 4


def find_background(
    archive: Archive,
    text: str,
    on: date | None,
    *,
    story: str | None = None,
    limit: int = STORIES_TOLD,
) -> tuple[Background, ...]:
    """Return the earlier stories that explain a text, the likest first, each with the reason.

    >>> archive = Archive()
    >>> archive.add("a", date(2020, 3, 11), "Rockets hit the Taji base in Iraq", story="s1")
    >>> archive.add("b", date(2020, 3, 11), "Parliament votes on the budget", story="s2")
    >>> [found.reason for found in find_background(archive, "Taji is hit", date(2020, 3, 14))]
    ['taji, hit; 3 days earlier']
    """
    found: dict[str, Background] = {}
    for id, score in archive.rank(text, on, ITEMS_READ, story=story):
        number = archive.numbers[id]
        item = archive.items[number]
        if score < FROM_SCORE or item.story is None or item.story in found:
            continue
        words = find_shared(archive, number, text)
        reason = "; ".join(filter(None, (", ".join(words), say_distance(item.on, on))))
        found[item.story] = Background(story=item.story, reason=reason, score=round(score, 4))
        if len(found) == limit:
            break
    return tuple(found.values())


def find_shared(archive: Archive, number: int, text: str) -> list[str]:
    """Return the words of a text that an item holds too, names first, then the rare ones."""
    stems = weigh_stems(text)
    shared: dict[str, tuple[bool, int]] = {}
    words: dict[str, str] = {}
    for word in find_words(text[:CHARACTERS_READ]):
        words.setdefault(word[:STEM_LENGTH], word)
    for stem, word in words.items():
        numbers = archive.postings.get(stem)
        if numbers is None:
            continue
        at = bisect_left(numbers, number)
        if at < len(numbers) and numbers[at] == number:
            shared[word] = (stems.get(stem) != CAPITAL_WEIGHT, len(numbers))
    return sorted(shared, key=lambda word: (*shared[word], word))[:WORDS_TOLD]


def say_distance(earlier: date | None, later: date | None) -> str:
    """Return how long before a day another was.

    >>> say_distance(date(2020, 3, 11), date(2020, 3, 14)), say_distance(None, date(2020, 3, 14))
    ('3 days earlier', '')
    """
    if earlier is None or later is None:
        return ""
    days = (later - earlier).days
    if days <= 0:
        return "same day" if days == 0 else ""
    for name, length in (("year", 365), ("month", 30), ("week", 7), ("day", 1)):
        count = days // length
        if count >= (2 if length > 1 else 1):
            return f"{count} {name}{'s' if count > 1 else ''} earlier"
    return f"{days} days earlier"
