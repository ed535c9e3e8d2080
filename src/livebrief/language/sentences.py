"""Sentences: news has abbreviations, initials, quotes, datelines, lists and hard-wrapped lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from livebrief.language.passage import Sentence
from livebrief.language.tokens import find_tokens
from livebrief.language.vocabulary import load_words
from livebrief.model import Block

_LISTS = {name: frozenset(group["words"]) for name, group in load_words("abbreviations").items()}

# Where a sentence may end: a mark, with the quotes and brackets that close behind it, before white
# space; or a line's end.  Looking behind keeps it linear on "!!!!!!!...".
END_RE = re.compile(r"""(?<![.!?…])[.!?…]++["'”’)\]»]*+(?=\s)|\n\s*+""")

# The word right before a mark: looked for in the last few characters only.
LAST_WORD_RE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
LAST_WORD_LENGTH = 24

# What stands before the first word of the next sentence without being one.
NEXT_WORD_RE = re.compile(r"""[\s"'“”‘’(\[`«*_\-–—]*+([^\W_][\w.]*+)?""")

# A name and a verb of saying, after a question or a cry in quotes.
SAID_RE = re.compile(r"(?:[A-Z][\w.’'-]*+\s++){1,4}+([a-z]++)")

# A line that begins a new thing even in hard-wrapped text.
BULLET_RE = re.compile(r"[-*•–—▪·]\s|\d{1,3}[.)]\s")

# Lines of mail and old wire text are broken at a width.  A text is such where most of its lines
# that another one follows directly are this long.
WRAP_WIDTHS = range(55, 101)


def find_sentences(text: str, blocks: Sequence[Block] = ()) -> tuple[Sentence, ...]:
    """Return the sentences in reading order, each with its tokens and its block's role and label.

    >>> [text[s.start:s.end] for text in ["Gen. Kim left. Why?"] for s in find_sentences(text)]
    ['Gen. Kim left.', 'Why?']
    """
    edges = sorted({edge for block in blocks for edge in (block.start, block.end)})
    ordered = sorted(blocks, key=lambda block: (block.start, -block.end))
    starts = [block.start for block in ordered]
    sentences: list[Sentence] = []
    for start, end in _part(text, edges):
        tokens = find_tokens(text, start, end)
        if not tokens:
            continue
        # Behind the last token there may be marks of direction or nulls, but nothing to read.
        start, end = tokens[0].start, tokens[-1].end
        at = bisect_right(starts, start) - 1
        block = ordered[at] if at >= 0 and start < ordered[at].end else None
        sentences.append(
            Sentence(
                start=start,
                end=end,
                tokens=tokens,
                role=block.role if block else None,
                label=block.label if block else None,
            )
        )
    return tuple(sentences)


def _part(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the sentences' raw bounds: what lies between two ends, or an end and a block's edge."""
    start = 0
    is_wrapped = _is_wrapped(text)
    bounds = [edge for edge in edges if 0 < edge < len(text)] + [len(text)]
    at = 0
    for match in END_RE.finditer(text):
        while bounds[at] <= match.start():
            yield start, bounds[at]
            start = bounds[at]
            at += 1
        if _ends(text, start, match, is_wrapped=is_wrapped):
            yield start, match.end()
            start = match.end()
    for bound in bounds[at:]:
        if bound > start:
            yield start, bound
            start = bound


def _is_wrapped(text: str) -> bool:
    lines = text.split("\n")
    widths = [len(line) for line, after in pairwise(lines) if line and after.strip()]
    return len(widths) > 2 and sum(width in WRAP_WIDTHS for width in widths) * 2 > len(widths)


def _ends(text: str, start: int, match: re.Match[str], *, is_wrapped: bool) -> bool:
    """Return whether a sentence that began at `start` ends with this mark or line's end."""
    mark = match.group()
    if "\n" in mark:
        if mark.count("\n") > 1 or BULLET_RE.match(text, match.end()):
            return True
        following = text[match.end() : match.end() + 1]
        return not is_wrapped and not following.islower()
    after = NEXT_WORD_RE.match(text, match.end())
    word = (after.group(1) if after else None) or ""
    if not word or "\n\n" in text[match.end() : match.end() + 3]:
        return True
    if word[0].islower():
        return False
    if not mark.startswith("."):
        said = SAID_RE.match(text, match.end() + 1) if len(mark) > 1 else None
        return not (said and said.group(1) in _LISTS["said"])
    if mark.startswith(".."):
        return word[0].isupper()
    return len(mark) > 1 or _stops(text, start, match.start(), word)


def _stops(text: str, start: int, stop: int, following: str) -> bool:
    """Return whether a full stop ends the sentence, rather than shortens the word before it."""
    before = LAST_WORD_RE.search(text, max(start, stop - LAST_WORD_LENGTH), stop)
    if before is None:
        return True
    last = before.group()
    lowered = last.lower()
    if last.isdigit():
        # "1. The president" opens a list's item.
        return before.start() > start or len(last) > 2
    if lowered in _LISTS["before_more"]:
        return False
    if lowered in _LISTS["before_number"]:
        return not following[0].isdigit()
    is_initial = len(last) == 1 and last.isupper()
    if is_initial or lowered in _LISTS["maybe_last"] or "." in last:
        return following.lower().rstrip(".") in _LISTS["starters"]
    return True
