"""Patterns over the classes of words: what lets times and quantities be rules in a file.

Each token gets one character by the classes it belongs to, so that a sentence becomes a string of
such characters, and each pattern a regular expression over it.  A rule is tried only where a word
stands that it can begin with, and only if a trigger is near: so the cost is one look-up a token,
and little more where the text tells no time and counts nothing.

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

# How often a repeated group may repeat: bounded, so that no text makes a search slow.
REPEATED = 8

# How many words of a match may stand before its first trigger: "the past two hundred and fifty
# years" has five.
LEAD = 9

# Where the characters that stand for sets of classes begin: a plane that is for private use.
FIRST_CODE = 0xF0000

PIECE_RE = re.compile(r"(?P<name>[a-z_0-9]+:)|(?P<mark>[(|]|\)[?*]?)|(?P<word>[^\s()|]+)")


class Found(NamedTuple):
    """A pattern's match: what it means, the tokens it covers, and those of its named groups."""

    means: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


class _Pattern(NamedTuple):
    """A part of a pattern: its regular expression, and the characters that it can begin with."""

    regex: str
    first: frozenset[str]
    may_be_empty: bool


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

        `shape` names the shape of a word, `""` for one that belongs to no class at all, and `None`
        for one to be looked up in the lists.  `rules` are (meaning, pattern): the first that
        matches at a place, and that its meaning does not refuse, wins.  Every match holds a word
        of the classes in `triggers`.
        """
        members: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                members.setdefault(word, set()).add(name)
        for word in _literals([*macros.values(), *(pattern for _, pattern in rules)]):
            members.setdefault(word, set()).add(word)
        sets = sorted({frozenset(s) for s in members.values()} | set(shapes.values()), key=sorted)
        code = {classes_: chr(FIRST_CODE + 1 + at) for at, classes_ in enumerate(sets)}
        self._shape = shape
        self._other = chr(FIRST_CODE)
        self._shapes = {name: code[classes_] for name, classes_ in shapes.items()}
        self._words = {word: code[frozenset(classes_)] for word, classes_ in members.items()}
        self._chars: dict[str, str] = {}
        for classes_, char in code.items():
            for name in classes_:
                self._chars[name] = self._chars.get(name, "") + char
        self._codes = _Codes(self.look_up)
        self._rules: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for means, pattern in rules:
            compiled = _Reader(pattern, macros, self._chars).read()
            rule = (means, re.compile(compiled.regex))
            for char in sorted(compiled.first):
                self._rules.setdefault(char, []).append(rule)
        trigger = f"[{''.join(self._chars[name] for name in triggers)}]"
        self.has_trigger = re.compile(trigger).search
        start = f"[{''.join(self._rules)}]"
        self._next = re.compile(f"(?={trigger}|{start}.{{0,{LEAD}}}?{trigger}).").search

    def code(self, tokens: Sequence[Token]) -> str:
        """Return the sentence as a string of one character a token."""
        if len(self._codes) > REMEMBERED:
            self._codes.clear()
        return "".join([self._codes[token.text] for token in tokens])

    def has(self, word: str, class_: str) -> bool:
        """Return whether a word belongs to a class."""
        return self._codes[word] in self._chars[class_]

    def matches(self, codes: str, at: int) -> Iterator[Found]:
        """Yield what may begin at this token of a coded sentence, the first rule's match first."""
        for means, regex in self._rules.get(codes[at : at + 1], ()):
            match = regex.match(codes, at)
            if match and match.end() > at:
                groups = {n: match.span(n) for n in regex.groupindex if match.start(n) >= 0}
                yield Found(means, at, match.end(), groups)

    def next(self, codes: str, start: int) -> int | None:
        """Return the next token, from this one on, at which something may begin."""
        candidate = self._next(codes, start)
        return candidate.start() if candidate else None

    def look_up(self, word: str) -> str:
        """Return the character of a word, by its shape or by the lists."""
        shape = self._shape(word)
        if shape is None:
            return self._words.get(word.lower().replace("’", "'"), self._other)
        return self._shapes[shape] if shape else self._other


class _Codes(dict[str, str]):
    """The words seen so far and their characters; an unseen one is looked up."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> str:
        code = self[word] = self._look_up(word)
        return code


class _Reader:
    """Reads one pattern."""

    def __init__(self, pattern: str, macros: Mapping[str, str], chars: Mapping[str, str]) -> None:
        self._pieces = list(PIECE_RE.finditer(pattern))
        self._at = 0
        self._pattern = pattern
        self._macros = macros
        self._chars = chars

    def read(self) -> _Pattern:
        """Return the alternatives up to the closing bracket or the end."""
        options = [self._read_sequence()]
        while self._at < len(self._pieces) and self._pieces[self._at]["mark"] == "|":
            self._at += 1
            options.append(self._read_sequence())
        return _Pattern(
            "|".join(option.regex for option in options),
            frozenset().union(*(option.first for option in options)),
            any(option.may_be_empty for option in options),
        )

    def _read_sequence(self) -> _Pattern:
        regex = ""
        first: frozenset[str] = frozenset()
        may_be_empty = True
        while self._at < len(self._pieces):
            if self._pieces[self._at]["mark"] and self._pieces[self._at]["mark"] != "(":
                break
            item = self._read_item()
            regex += item.regex
            if may_be_empty:
                first |= item.first
                may_be_empty = item.may_be_empty
        return _Pattern(regex, first, may_be_empty)

    def _read_item(self) -> _Pattern:
        opening = "(?:"
        if self._pieces[self._at]["name"]:
            opening = f"(?P<{self._pieces[self._at]['name'][:-1]}>"
            self._at += 1
        piece = self._pieces[self._at]
        self._at += 1
        if piece["mark"] == "(":
            inner = self.read()
            if self._at == len(self._pieces):
                raise ValueError(f"a bracket is not closed in {self._pattern!r}")
            mark = self._pieces[self._at]["mark"][1:]
            self._at += 1
        else:
            word, mark = _part(piece["word"])
            if word[0] == "$":
                inner = _Reader(self._macros[word[1:]], self._macros, self._chars).read()
            else:
                chars = self._chars[word]
                inner = _Pattern(f"[{chars}]", frozenset(chars), False)
        times = f"{{0,{REPEATED}}}" if mark == "*" else mark
        return _Pattern(
            f"{opening}{inner.regex}){times}", inner.first, bool(mark) or inner.may_be_empty
        )


def _part(word: str) -> tuple[str, str]:
    return (word[:-1], "?") if word[-1] == "?" and len(word) > 1 else (word, "")


def _literals(patterns: Iterable[str]) -> Iterator[str]:
    """Yield the words that patterns name themselves."""
    for pattern in patterns:
        for match in PIECE_RE.finditer(pattern):
            if match["word"]:
                word, _ = _part(match["word"])
                if word[0] != "$" and not word.isupper():
                    yield word
