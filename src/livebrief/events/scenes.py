"""A scene: the lines of one page, or of one card on it, headline first, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from livebrief.events.clauses import Line, make_lines
from livebrief.events.counts import by_sentence
from livebrief.events.words import Phrases, word_set
from livebrief.language.passage import Passage
from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, Name, Place, Span, Time

Value = TypeVar("Value", Time, Place, Name)

# Notices ("check back for updates") and the like report nothing.
SILENT_ROLES = word_set("scenes", "silent_roles")

LAST_ROLES = word_set("scenes", "last_roles")

BACKGROUND: Phrases[bool] = Phrases()
"""Of each phrase: does it say so even right behind the lede?"""
_LISTS = load_words("casualties")["background"]
for _phrase in dict.fromkeys((*_LISTS["phrases"], *_LISTS["strong"])):
    BACKGROUND.add(_phrase, _phrase in _LISTS["strong"])

# What the first sentences tell is the news, even where they say "the second attack this year".
OWN_LINES = 2


class Scene:
    """The lines of one page or card in reading order, with the values that stand in each."""

    def __init__(self, related_index: int | None, passages: Sequence[Passage]) -> None:
        """Take the passages of one page or card."""
        self.related_index = related_index
        self.lede = 0
        """The order of the first line of the text."""
        ordered = sorted(passages, key=lambda passage: passage.part != "headline")
        self.lines: list[Line] = []
        self.figures: dict[int, dict[int, list[Figure]]] = {}
        self.times: list[list[Time]] = []
        self.places: list[list[Place]] = []
        self.names: list[list[Name]] = []
        for passage in ordered:
            lines = make_lines(passage)
            self.figures[id(passage)] = by_sentence(lines, passage.quantities)
            self.lines += lines
            if passage.part == "headline":
                self.lede = len(self.lines)
            self.times += _share_out(lines, passage.times)
            self.places += _share_out(lines, passage.places)
            self.names += _share_out(lines, passage.names)
        self._put_last()

    def _put_last(self) -> None:
        """Put captions and corrections behind the text: neither is its lede."""
        if all(line.role not in LAST_ROLES for line in self.lines):
            return
        numbers = sorted(
            range(len(self.lines)), key=lambda number: self.lines[number].role in LAST_ROLES
        )
        self.lines = [self.lines[number] for number in numbers]
        self.times = [self.times[number] for number in numbers]
        self.places = [self.places[number] for number in numbers]
        self.names = [self.names[number] for number in numbers]

    def quantities(self, line: Line) -> dict[int, list[Figure]]:
        """Return the figures of a line's passage, by sentence."""
        return self.figures[id(line.passage)]


def _share_out(lines: list[Line], values: Sequence[Value]) -> list[list[Value]]:
    """Return the values of each line, both being in the order of the text."""
    shares: list[list[Value]] = [[] for _ in lines]
    ordered = sorted(values, key=_start)
    at = 0
    for number, line in enumerate(lines):
        while at < len(ordered) and ordered[at].span.start < line.end:
            if ordered[at].span.end > line.start:
                shares[number].append(ordered[at])
            at += 1
    return shares


def _start(value: Time | Place | Name) -> Span:
    return value.span


def is_background(lede: int, order: int, line: Line) -> bool:
    """Return whether a line speaks of other incidents: the headline and the lede never do."""
    if order <= lede:
        return False
    is_early = order <= lede + OWN_LINES
    return any(
        is_strong or not is_early for _, _, is_strong in BACKGROUND.find(line.words, line.seen)
    )
