"""The numbers of a sentence, word by word: where one begins, what it says, and where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from livebrief.events.clauses import Line
from livebrief.events.words import word_set
from livebrief.language.numbers import SCALES, SMALL, TENS, parse_numeral
from livebrief.model import Figure, Time

Count = tuple[int | None, int | None, bool, int]
"""Low, high, about, and the word behind the number."""

VAGUE = word_set("counts", "vague")
MOST_COUNTED = 10_000_000


def find_counts(
    line: Line, quantities: Mapping[int, list[Figure]], times: Sequence[Time] = ()
) -> dict[int, Count]:
    """Return the numbers of a line by the word they begin at.

    What is part of a time counts nobody.  `quantities` holds the passage's figures by the
    number of the sentence they stand in.
    """
    counts: dict[int, Count] = {}
    taken: set[int] = set()
    words = line.words
    for figure in quantities.get(line.index, ()):
        at = line.words_of(figure.span)
        if at is None or figure.what == "money":
            continue
        first, last = at
        end = 0
        for k in range(first, last):
            if is_number(words[k]):
                end = k + 1
            elif end and words[k] not in ("and", "-", "or", "to", "a", "of"):
                break
        if end:
            counts[first] = (figure.low, figure.high, figure.about, end)
    for time in times:
        at = line.words_of(time.span)
        if at is not None:
            taken.update(range(*at))
    taken |= {k for first, count in counts.items() for k in range(first, count[3])}
    for k, word in enumerate(words):
        if k in taken or (k and words[k - 1] in ("$", "£", "€", "#", "no.", "-", "/", "of")):
            continue
        if k > 1 and words[k - 1] == ":" and word[0].isdigit() and words[k - 2][0].isdigit():
            # Of "10:30" the hour counts nobody.
            continue
        if word in SMALL:
            counts[k] = (SMALL[word], SMALL[word], False, k + 1)
        elif word[0].isdigit() and len(word) <= 3:
            value = parse_numeral(word)
            if value is not None and value.denominator == 1 and value < MOST_COUNTED:
                counts[k] = (int(value), int(value), False, k + 1)
    return counts


def is_number(word: str) -> bool:
    """Return whether the word is a number or a vague one ("dozens")."""
    return word[0].isdigit() or word in SMALL or word in TENS or word in SCALES or word in VAGUE


def by_sentence(lines: list[Line], quantities: tuple[Figure, ...]) -> dict[int, list[Figure]]:
    """Return the figures of a passage by the number of the sentence they stand in."""
    found: dict[int, list[Figure]] = {}
    ordered = sorted(quantities, key=lambda figure: figure.span)
    at = 0
    for line in lines:
        while at < len(ordered) and ordered[at].span.start < line.end:
            if ordered[at].span.start >= line.start:
                found.setdefault(line.index, []).append(ordered[at])
            at += 1
    return found
