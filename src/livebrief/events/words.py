"""The words that events are told with, made ready to be looked up: phrases and inflections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from livebrief.language.tokens import find_tokens
from livebrief.language.vocabulary import load_words

Value = TypeVar("Value")


def word_set(module: str, name: str) -> frozenset[str]:
    """Return a set of small words that a module of this room reads with.

    >>> "an" in word_set("people", "indefinite")
    True
    """
    return frozenset(load_words("event_words")[module][name])


def split_phrase(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase, in lower case, cut as a text is.

    >>> split_phrase("non-life-threatening")
    ('non', '-', 'life', '-', 'threatening')
    """
    return tuple(token.text.lower().replace("’", "'") for token in find_tokens(phrase))


class Phrases(Generic[Value]):
    """Fixed phrases, each with a value, found at a word by its first word: longest first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}

    def add(self, phrase: str, value: Value) -> None:
        """Take in a phrase."""
        words = split_phrase(phrase)
        if not words:
            raise ValueError(f"an empty phrase in a word list, for {value!r}")
        entries = self._by_first.setdefault(words[0], [])
        entries.append((words, value))
        entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], index: int) -> tuple[int, Value] | None:
        """Return the length and value of the longest phrase that begins at a word."""
        second = words[index + 1] if index + 1 < len(words) else None
        for phrase, value in self._by_first.get(words[index], ()):
            length = len(phrase)
            if length == 1:
                return length, value
            if phrase[1] == second and (
                length == 2 or tuple(words[index : index + length]) == phrase
            ):
                return length, value
        return None

    def find(
        self, words: Sequence[str], seen: Mapping[str, Sequence[int]] | None = None
    ) -> Iterator[tuple[int, int, Value]]:
        """Yield start, end and value of every phrase, left to right, none overlapping another.

        `seen` tells of each word where it stands, where that is known: most lists have none.
        """
        by_first = self._by_first
        if seen is None:
            starts: Iterable[int] = [k for k, word in enumerate(words) if word in by_first]
        else:
            known = by_first.keys() & seen.keys()
            if not known:
                return
            starts = sorted(k for word in known for k in seen[word])
        end = 0
        for index in starts:
            if index >= end and (found := self.at(words, index)):
                end = index + found[0]
                yield index, end, found[1]


def make_phrases(table: Mapping[str, Iterable[str]]) -> Phrases[Any]:
    """Return the phrases of a table, each with its key as the value."""
    phrases: Phrases[Any] = Phrases()
    for key, entries in table.items():
        for entry in entries:
            phrases.add(entry, key)
    return phrases


def inflect(verb: str, irregular: dict[str, list[str]]) -> tuple[str, str, str, str]:
    """Return a verb's -s form, past, participle and -ing form; of several words the first moves.

    >>> inflect("carry out", {})
    ('carries out', 'carried out', 'carried out', 'carrying out')
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head in irregular:
        s, past, participle, ing = irregular[head]
    else:
        s, past, ing = _inflect_regular(head)
        participle = past
    return s + tail, past + tail, participle + tail, ing + tail


def _inflect_regular(verb: str) -> tuple[str, str, str]:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    s = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if verb.endswith("ie"):
        return s, verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return s, verb + "d", verb[:-1] + "ing"
    return s, verb + "ed", verb + "ing"


def pluralize(noun: str) -> str:
    """Return the plural of a noun; of several words the last moves.

    >>> pluralize("car bomb"), pluralize("body"), pluralize("crash")
    ('car bombs', 'bodies', 'crashes')
    """
    if noun.endswith("man") and not noun.endswith(("human", "german", "roman")):
        return noun[:-3] + "men"
    if noun.endswith("child"):
        return noun + "ren"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun + "es"
    return noun + "s"
