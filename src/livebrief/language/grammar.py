"""Patterns over the classes of words: what lets times and quantities be rules in a file.

Each token gets one character by the classes it belongs to, a sentence becomes a string of such
characters, and all patterns together are one regular expression over that string.  So the cost is
one look-up a token, and one linear search in those sentences that hold a trigger at all.

A pattern is written in words: `lower` stands for that word itself, `UPPER` for a class, `$lower`
for a pattern of the grammar's own, and `name:` before a word or a group keeps what it matched.
`?` makes optional, `|` and round brackets are as ever, and `*` behind a bracket repeats it, not
without end: `early? day:WEEKDAY (part:PART | night)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from livebrief.language.passage import Token

# How many different words keep their classes before they are looked up anew: bounds the memory.
REMEMBERED = 100_000

PATTERN_RE = re.compile(r"(?P<name>[a-z_0-9]+:)|(?P<mark>\(|\)[?*]?|\|)|(?P<word>[^\s()|]+)")

# How often a repeated group may repeat: bounded, so that no text makes a search slow.
REPEATED = "{0,8}"

# Where the characters that stand for sets of classes begin: a plane that is for private use.
FIRST = 0xF0000


class Found(NamedTuple):
    """A pattern's match: what it means, the tokens it covers, and those of its named groups."""

    means: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


class Grammar:
    """Words and their classes, and patterns over them."""

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        shapes: Mapping[str, frozenset[str]],
        shape: Callable[[str], str | None],
        macros: Mapping[str, str],
        rules: Sequence[tuple[str, str]],
        triggers: Sequence[str],
    ) -> None:
        """Take the words of each class, and the classes of each shape that a word may have.

        `rules` are (meaning, pattern), the first that matches at a place wins; a sentence without
        a word of a class in `triggers` is never searched.
        """
        self._macros = macros
        self._shape = shape
        members: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                members.setdefault(word, set()).add(name)
        for word in _literals([*macros.values(), *(pattern for _, pattern in rules)]):
            members.setdefault(word, set()).add(word)
        sets = sorted({frozenset(s) for s in members.values()} | set(shapes.values()), key=sorted)
        code = {classes_: chr(FIRST + 1 + at) for at, classes_ in enumerate(sets)}
        self._other = chr(FIRST)
        self._shapes = {name: code[classes_] for name, classes_ in shapes.items()}
        self._words = {word: code[frozenset(classes_)] for word, classes_ in members.items()}
        self._chars: dict[str, str] = {}
        for classes_, char in code.items():
            for name in classes_:
                self._chars[name] = self._chars.get(name, "") + char
        self._remembered = _Codes(self)
        self._means = [means for means, _ in rules]
        translated = [self._translate(pattern, f"r{at}_") for at, (_, pattern) in enumerate(rules)]
        self._regex = re.compile(
            f"(?!{self._other})(?:"
            + "|".join(f"(?P<r{at}>{pattern})" for at, pattern in enumerate(translated))
            + ")"
        )
        self._names: dict[str, list[tuple[str, str]]] = {f"r{at}": [] for at in range(len(rules))}
        for name in self._regex.groupindex:
            rule, _, rest = name.partition("_")
            if rest:
                self._names[rule].append((rest, name))
        self.has_trigger = re.compile(f"[{''.join(self._chars[t] for t in triggers)}]").search

    def code(self, tokens: Sequence[Token]) -> str:
        """Return the sentence as a string of one character a token."""
        if len(self._remembered) > REMEMBERED:
            self._remembered.clear()
        return "".join([self._remembered[token.text] for token in tokens])

    def has(self, word: str, class_: str) -> bool:
        """Return whether a word belongs to a class."""
        return self._remembered[word] in self._chars[class_]

    def match(self, codes: str, at: int) -> Found | None:
        """Return what stands in a coded sentence from this token on."""
        match = self._regex.match(codes, at)
        return self._found(match) if match else None

    def find(self, codes: str, start: int = 0) -> Found | None:
        """Return the first thing that stands in a coded sentence from this token on."""
        match = self._regex.search(codes, start)
        return self._found(match) if match else None

    def _found(self, match: re.Match[str]) -> Found:
        rule = match.lastgroup or ""
        groups = {
            name: match.span(full)
            for name, full in self._names[rule]
            if match.start(full) >= 0
        }
        return Found(self._means[int(rule[1:])], match.start(), match.end(), groups)

    def _translate(self, pattern: str, prefix: str) -> str:
        """Return the regular expression over class characters that a pattern stands for."""
        parts: list[str] = []
        opening = "(?:"
        for match in PATTERN_RE.finditer(pattern):
            if match["name"]:
                opening = f"(?P<{prefix}{match['name'][:-1]}>"
            elif match["mark"] == "(":
                parts.append(opening)
                opening = "(?:"
            elif match["mark"]:
                parts.append(match["mark"].replace("*", REPEATED))
            else:
                word, _, optional = match["word"].partition("?")
                mark = "?" if match["word"].endswith("?") and word else ""
                if word.startswith("$"):
                    inner = self._translate(self._macros[word[1:]], prefix)
                else:
                    inner = f"[{self._chars[word]}]"
                parts.append(f"{opening}{inner}){mark}")
                opening = "(?:"
        return "".join(parts)

    def lookup(self, word: str) -> str:
        """Return the character of a word: by itself, in lower case, or by its shape."""
        lowered = word.lower().replace("’", "'")
        shape = self._shape(word)
        if shape is not None:
            return self._shapes[shape] if shape else self._other
        return self._words.get(lowered, self._other)


class _Codes(dict[str, str]):
    """The words seen so far and their characters; an unseen one is looked up."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar

    def __missing__(self, word: str) -> str:
        code = self[word] = self._grammar.lookup(word)
        return code


def _literals(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        for match in PATTERN_RE.finditer(pattern):
            word = match["word"]
            if word:
                word = word[:-1] if word.endswith("?") and len(word) > 1 else word
                if word[0] != "$" and not word.isupper():
                    yield word
