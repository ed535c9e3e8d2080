"""A sentence made ready for reading: its words in lower case, its clauses, its spans.

There is no parser here: clauses are cut at marks and conjunctions.  Whoever brings one changes
this module and nothing above it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from livebrief.events.words import word_set
from livebrief.language.passage import Passage, Token
from livebrief.model import Part, Role, Span

# Words that open a clause of their own.
OPENERS = word_set("clauses", "openers")
MARKS = word_set("clauses", "marks")

# Beyond this many words a sentence is a table or a list of names: only its beginning is read, so
# that no page can make the work grow with the square of its length.
MOST_WORDS = 400


# A dateline ends within so many words: "BAGHDAD, March 11 (Agency) -".
DATELINE_REACH = 16
LABEL_REACH = 10
DASHES = word_set("clauses", "dashes")
NO_DATELINE = word_set("clauses", "no_dateline")


class Line:
    """One sentence of a passage, its words in lower case, and where it stands."""

    __slots__ = (
        "_clauses",
        "_dateline_end",
        "end",
        "index",
        "label",
        "part",
        "passage",
        "related_index",
        "role",
        "seen",
        "start",
        "starts",
        "text",
        "tokens",
        "words",
    )  # fmt: skip

    def __init__(
        self,
        passage: Passage,
        index: int,
        tokens: Sequence[Token],
        role: Role | None,
        label: str | None,
    ) -> None:
        """Take a sentence's tokens."""
        self.passage = passage
        self.text = passage.text
        self.part: Part = passage.part
        self.related_index = passage.related_index
        self.index = index
        self.tokens = tokens[:MOST_WORDS]
        self.words = [token.text.lower().replace("’", "'") for token in self.tokens]
        self.seen: dict[str, list[int]] = {}
        """Where each word stands."""
        for number, word in enumerate(self.words):
            self.seen.setdefault(word, []).append(number)
        self.starts = [token.start for token in self.tokens]
        self.start = self.tokens[0].start
        self.end = tokens[-1].end
        self.role = role
        self.label = label
        self._clauses: list[int] | None = None
        self._dateline_end: int | None = None

    def span(self, first: int, last: int) -> Span:
        """Return the span of the words from `first` up to, not with, `last`."""
        return Span(
            start=self.tokens[first].start,
            end=self.tokens[last - 1].end,
            part=self.part,
            related_index=self.related_index,
        )

    @property
    def whole(self) -> Span:
        """The span of the sentence."""
        return Span(
            start=self.start, end=self.end, part=self.part, related_index=self.related_index
        )

    def words_of(self, span: Span) -> tuple[int, int] | None:
        """Return the first and the last (exclusive) word that a span covers, or `None`."""
        if span.start >= self.tokens[-1].end or span.end <= self.start:
            return None
        first = bisect_right(self.starts, span.start) - 1
        return max(first, 0), bisect_left(self.starts, span.end)

    @property
    def dateline_end(self) -> int:
        """The word behind the dateline that a text begins with, 0 where it has none."""
        if self._dateline_end is None:
            self._dateline_end = self._find_dateline_end()
        return self._dateline_end

    @property
    def label_end(self) -> int:
        """The word behind the label of a labelled paragraph ("Why it matters:"), else 0."""
        if self.label is None or ":" not in self.words[:LABEL_REACH]:
            return 0
        return self.words.index(":") + 1

    def _find_dateline_end(self) -> int:
        words = self.words
        if self.part != "text" or not self.tokens[0].text[:1].isupper():
            return 0
        for k in range(1, min(DATELINE_REACH, len(words))):
            if words[k] in NO_DATELINE:
                return 0
            if words[k] in DASHES:
                is_spaced = self.tokens[k].start > self.tokens[k - 1].end
                return k + 1 if is_spaced else 0
        return 0

    def clause(self, index: int) -> tuple[int, int]:
        """Return the first and the last (exclusive) word of the clause around a word."""
        edges = self.edges
        at = bisect_right(edges, index)
        return edges[at - 1], edges[at] if at < len(edges) else len(self.words)

    @property
    def edges(self) -> list[int]:
        """Where clauses begin."""
        if self._clauses is None:
            words = self.words
            self._clauses = [0] + [
                i
                for i in range(1, len(words))
                if words[i] in MARKS
                or words[i] in OPENERS
                or (words[i] in ("and", "but") and words[i - 1] == ",")
            ]
        return self._clauses


def make_lines(passage: Passage) -> list[Line]:
    """Return the sentences of a passage, ready for reading."""
    return [
        Line(passage, index, sentence.tokens, sentence.role, sentence.label)
        for index, sentence in enumerate(passage.sentences)
        if sentence.tokens
    ]
