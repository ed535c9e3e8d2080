"""Text to terms: what two texts may have in common, in any language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

# Five kinds of word, in this order:
WORD = re.compile(
    r"""
      [a-z]{2,}+(?!['’\w])         # nearly all: letters that nothing clings to.  Only for speed:
                                  # the last kind would find the same, in twice the time.
    | \d+(?:[.,]\d+)*[^\W\d_]*    # a number and what clings to it: "12th", "5.8", "1,200", "15kg".
                                  # Digits are never dropped: the 12th and the 13th sanctions
                                  # package are two things.
    | (?:[^\W\d_]\.){2,}          # initials: "U.S.", "a.m."
    | [^\W\d_]+                   # any other word ...
      (?: ['’][^\W\d_]+            # ... "don't", "O'Brien", "Kenya's",
        | [^\W_]*                 # ... "covid19" too
      )
    """,
    re.VERBOSE,
)

# Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, Han, and beyond the
# basic plane the rare Han.  (Hangul is spaced.)
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)

# A run of capitalised words right after a lower-case word, a comma or a bracket: there a capital
# means a name, whereas at the start of a sentence and in headlines it means little.  What stands
# before is looked back at from the capital: only there does the search stop.
NAME_RUN = re.compile(
    r"([A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f]"
    r"(?:(?<=[^\W\d_A-Z][ ,(].)|(?<=[^\W\d_A-Z][ ,(][ ].))[\w'’.-]*"
    r"(?:[ ][A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][\w'’-]*)*)"
)

# A word longer than this is no word (an encoded picture, a line of dashes).
LONGEST_WORD = 40


@lru_cache(maxsize=1)
def load_stop_words() -> frozenset[str]:
    """Return the words that say nothing of the subject, of every language we have a list for."""
    path = Path(__file__).with_name("stopwords.toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in words.split())


def fold(word: str) -> str:
    """Return a lower-case word without possessive and plural endings.

    >>> [fold(word) for word in ("rockets", "kenya's", "crisis", "glass", "parties", "us")]
    ['rocket', 'kenya', 'crisis', 'glass', 'party', 'us']
    """
    if word.endswith(("'s", "’s")):
        return word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def split_unspaced(word: str) -> list[str]:
    """Return a word's pairs of characters where its script has no spaces; else the word itself.

    >>> split_unspaced("地震速報"), split_unspaced("quake")
    (['地震', '震速', '速報'], ['quake'])
    """
    if word.isascii() or not UNSPACED.search(word):
        return [word]
    terms: list[str] = []
    last = 0
    for run in UNSPACED.finditer(word):
        if run.start() > last:
            terms.append(word[last : run.start()])
        letters = run.group()
        terms.extend([a + b for a, b in pairwise(letters)] or [letters])
        last = run.end()
    if last < len(word):
        terms.append(word[last:])
    return terms


def find_words(text: str) -> list[str]:
    """Return the text's words in order: lower case, folded, stop words left out.

    >>> find_words("The 13th package hit Kenya's banks; 15kg of U.S. rice.")
    ['13th', 'package', 'hit', 'kenya', 'bank', '15kg', 'u.s.', 'rice']
    """
    return list(chain.from_iterable(map(FOLDED.__getitem__, WORD.findall(text.lower()))))


class Folded(dict[str, tuple[str, ...]]):
    """What each word seen counts as: news repeats its words, so this saves nearly all the work."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[word] = counts_as = fold_word(word)
        return counts_as


MOST_REMEMBERED = 200_000
FOLDED = Folded()


def fold_word(word: str) -> tuple[str, ...]:
    """Return what a lower-case word counts as: nothing, itself, or where unspaced its pairs.

    >>> fold_word("the"), fold_word("rockets"), fold_word("13th")
    ((), ('rocket',), ('13th',))
    """
    stop_words = load_stop_words()
    if word in stop_words:
        return ()
    return tuple(
        part
        for part in map(fold, split_unspaced(word))
        if part not in stop_words
        and len(part) <= LONGEST_WORD
        and (len(part) > 1 or part.isdigit() or not part.isascii())
    )


def find_names(text: str) -> list[str]:
    """Return the names in running text, folded, in order; runs of capitals stay together.

    >>> find_names("Police said that Tyrone Brown, of East Flatbush, fled. He drove to Ohio.")
    ['tyrone brown', 'east flatbush', 'ohio']
    """
    names = []
    for run in NAME_RUN.findall(text):
        name = run.lower().rstrip(".'’-")
        if name.endswith(("'s", "’s")):
            name = name[:-2]
        if len(name) > 1:
            names.append(name)
    return names


def count_terms(text: str) -> dict[str, int]:
    """Return how often each word stands in the text, in the order of first standing.

    >>> count_terms("Rockets hit the base. More rockets hit Taji.")
    {'rocket': 2, 'hit': 2, 'base': 1, 'taji': 1}
    """
    return dict(Counter(find_words(text)))
