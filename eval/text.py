"""Comparing strings and words: what counts as the same."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter

WORD = re.compile(r"\w+")
TOKEN = re.compile(r"\w+|[^\w\s]")
QUOTES = str.maketrans("‘’‚‛′`“”„‟″", "''''''" + '"""""')


def fold_line(line: str) -> str:
    """Return a line with its blanks and quotation marks made alike.

    >>> fold_line("The  “end” of\\u00a0it ")
    'The "end" of it'
    """
    return " ".join(unicodedata.normalize("NFC", line).translate(QUOTES).split())


def fold_name(name: str) -> str:
    """Return a name's letters and digits, without case, accents or marks, words apart.

    >>> fold_name("St. Louis-Sud"), fold_name("Saint Louis")
    ('saint louis sud', 'saint louis')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(SHORT.get(word, word) for word in words)


SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def word_f1(found: str, gold: str) -> float:
    r"""Return the F1 of two texts as bags of words (`\w+`, case kept); two empty texts agree.

    >>> word_f1("the cat sat", "the cat sat on the mat")
    0.6666666666666666
    """
    ours, theirs = Counter(WORD.findall(found)), Counter(WORD.findall(gold))
    both = sum((ours & theirs).values())
    total = ours.total() + theirs.total()
    return 2 * both / total if total else 1.0


def show_around(text: str, start: int, end: int, wide: int = 40) -> str:
    """Return a stretch of a text between brackets, with the words around it, in one line.

    >>> show_around("It began\\non Sunday at noon", 12, 18)
    'It began on [Sunday] at noon'
    """
    before, here, after = (
        text[max(0, start - wide) : start],
        text[start:end],
        text[end : end + wide],
    )
    return f"{before}[{here}]{after}".replace("\n", " ")


class Tokens:
    """The tokens of a text (words and single marks), to say which ones a span touches."""

    def __init__(self, text: str) -> None:
        """Cut the text."""
        found = [match.span() for match in TOKEN.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, *spans: tuple[int, int]) -> frozenset[int]:
        """Return the numbers of the tokens that the spans touch.

        >>> sorted(Tokens("He said: go.").of((3, 8)))
        [1, 2]
        """
        numbers: set[int] = set()
        for start, end in spans:
            first = bisect_left(self._ends, start + 1)
            numbers.update(range(first, max(first, bisect_left(self._starts, end))))
        return frozenset(numbers)
