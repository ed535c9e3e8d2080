"""Quotations: where they begin and end, over more than one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.words import word_set
from livebrief.model import Span

OPENING = word_set("quotes", "opening")
CLOSING = word_set("quotes", "closing")

# A quotation that runs on for more sentences than this has lost its closing mark.
MOST_SENTENCES = 12


class Quotes:
    """The quotations of one page or card, by the lines they cover."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Find which lines stand in, or begin with, a quotation."""
        self._lines = lines

    def following(self, order: int, line: Line, last: int) -> tuple[Span, ...]:
        """Return the spans of the sentences that go on a quotation begun or left open in a line."""
        lines = self._lines
        if not any(word in OPENING or word in CLOSING for word in line.words):
            follows_colon = line.words[-1] == ":"
            if not follows_colon:
                return ()
        is_open = self._is_open(line)
        spans: list[Span] = []
        for number in range(order + 1, min(order + 1 + MOST_SENTENCES, len(lines))):
            other = lines[number]
            if other.part != line.part or other.related_index != line.related_index:
                break
            begins = other.words[0] in OPENING
            is_same_paragraph = "\n" not in line.text[lines[number - 1].end : other.start]
            if (
                not is_open
                and not (begins and is_same_paragraph)
                and not (line.words[-1] == ":" and number == order + 1)
            ):
                break
            closes = next(
                (
                    k
                    for k in range(1 if begins else 0, len(other.words))
                    if other.words[k] in CLOSING
                ),
                None,
            )
            if closes is not None:
                rest = len(other.words) - closes - 1
                if rest > 2:
                    # The mark closes before another's words: that sentence speaks for itself.
                    if is_open and not begins:
                        spans.append(other.span(0, closes + 1))
                    break
                spans.append(other.whole)
                is_open = False
            elif begins or is_open:
                spans.append(other.whole)
                is_open = True
            else:
                break
        return tuple(spans)

    def preceding(self, order: int, line: Line) -> tuple[Span, ...]:
        """Return the spans of the sentences that began a quotation which a line only closes."""
        if not _closes_first(line.words):
            return ()
        spans: list[Span] = []
        for number in range(order - 1, max(order - 1 - MOST_SENTENCES, -1), -1):
            other = self._lines[number]
            if (
                other.part != line.part
                or "\n\n" in line.text[other.end : self._lines[number + 1].start]
            ):
                return ()
            marks = [k for k, word in enumerate(other.words) if word in OPENING or word in CLOSING]
            if not marks:
                spans.append(other.whole)
                continue
            if self._is_open(other):
                spans.append(other.span(marks[-1], len(other.words)))
                return tuple(reversed(spans))
            return ()
        return ()

    def _is_open(self, line: Line) -> bool:
        """Return whether a quotation is left open at the end of a line."""
        depth = False
        for word in line.words:
            if word == "“":
                depth = True
            elif word == "”":
                depth = False
            elif word in ('"', "''"):
                depth = not depth
        return depth


def _closes_first(words: Sequence[str]) -> bool:
    """Return whether the first quotation mark of a line closes one that was opened before."""
    for k, word in enumerate(words):
        if word in ("“", "``"):
            return False
        if word == "”":
            return True
        if word in ('"', "''"):
            return k > 0 and words[k - 1] in (",", ".", "?", "!")
    return False
