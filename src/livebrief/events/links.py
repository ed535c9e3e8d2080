"""Links that a sentence states between two of its events: "in retaliation for", "led to"."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.words import Phrases, make_phrases
from livebrief.language.vocabulary import load_words
from livebrief.model import LinkKind

_LISTS = load_words("causes")["links"]
FORWARD: Phrases[LinkKind] = make_phrases(_LISTS["forward"])
BACKWARD: Phrases[LinkKind] = make_phrases(_LISTS["backward"])


class Signal:
    """Words between two events, and which of them is the later."""

    __slots__ = ("first", "is_forward", "kind", "last")

    def __init__(self, first: int, last: int, kind: LinkKind, *, is_forward: bool) -> None:
        """Take where it stands."""
        self.first = first
        self.last = last
        self.kind = kind
        self.is_forward = is_forward


def find_signals(line: Line) -> list[Signal]:
    """Return the words of a line that link one event to another, left to right."""
    found = [
        Signal(first, last, kind, is_forward=True)
        for first, last, kind in FORWARD.find(line.words, line.seen)
    ]
    found += [
        Signal(first, last, kind, is_forward=False)
        for first, last, kind in BACKWARD.find(line.words, line.seen)
    ]
    found.sort(key=lambda signal: (signal.first, -signal.last))
    # "triggered by" is not "triggered": the longer one stands.
    return [
        signal
        for number, signal in enumerate(found)
        if not any(
            other.first <= signal.first and signal.last <= other.last for other in found[:number]
        )
    ]
