"""Contents: the words around a cue that it reports."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.cues import Cue
from livebrief.events.sources import MARKS
from livebrief.events.words import word_set

# A paragraph's label ("What we know:") is not what anybody said.
LABEL_WORDS = 5
TOLD = word_set("claims", "told")
# Behind a comma these begin what the writer adds, not what the source said.
ASIDES = word_set("claims", "asides")
ASKED = word_set("claims", "asked")
CONTENT_STARTS = word_set("claims", "content_starts")
BESIDE_CUE = word_set("claims", "beside_cue")
CLAUSE_OPENERS = word_set("claims", "clause_openers")


def content_behind(line: Line, cue: Cue, later: Sequence[Cue]) -> tuple[int, int] | None:
    """Return the words behind a cue, up to the sentence's end or another's turn to speak."""
    words = line.words
    start = cue.last
    if cue.word in TOLD or cue.word == "asked":
        # The listener stands between.
        k = start if words[start : start + 1] and words[start] not in ASKED else len(words)
        while k < len(words) and k - start < 10 and words[k] not in ("that", ",", '"', "“", "."):
            if k > start and words[k] in ("he", "she", "it", "they", "we", "i", "the", "there"):
                break
            k += 1
        if k < len(words) and words[k] in CONTENT_STARTS:
            start = k
    k = start
    # "said Monday that", "said in an interview that": the time and place of the words.
    if k < len(words) and words[k] in BESIDE_CUE:
        for j in range(k, min(k + 14, len(words))):
            if words[j] in ("that", "“", '"'):
                start = j
                break
            if words[j] in (",", ".", ";"):
                break
    end = _content_end(line, cue, start, later)
    return trim(words, start, end)


def _content_end(line: Line, cue: Cue, start: int, later: Sequence[Cue]) -> int:
    """Return where what a cue reports ends: the sentence's end, or where another turn begins."""
    words = line.words
    heads = {other.first: other for other in later if other.strength != "nominal"}
    in_quote = False
    for k in range(start, len(words)):
        word = words[k]
        if word in MARKS:
            in_quote = word in ("“", "``") or (word not in ("”",) and not in_quote)
            continue
        if in_quote or k == start:
            continue
        after = words[k + 1] if k + 1 < len(words) else ""
        if word == ",":
            if after in ASIDES:
                return k
            if k + 1 in heads and heads[k + 1].form == "ing":
                return k
            if cue.strength == "nominal" and after not in ("and", "or"):
                return k
            if after in ("and", "according") and any(j in heads for j in range(k + 2, k + 5)):
                return k
            if any(
                j in heads and _ends_sentence(words, heads[j].last)
                for j in range(k + 2, min(k + 8, len(words)))
            ):
                # "..., he said": that claim tells the same, and comes from another.
                return k
        if word == "and" and k + 1 in heads and heads[k + 1].form == cue.form:
            return k
    return len(words)


def _ends_sentence(words: Sequence[str], at: int) -> bool:
    return at >= len(words) or words[at] in (".", "!", "?")


def content_before(line: Line, anchor: int) -> tuple[int, int] | None:
    """Return the words before "X said" or "said X", from the sentence's beginning."""
    words = line.words
    start = 0
    for k in range(anchor - 1, -1, -1):
        if words[k] == ";" or (words[k] == ":" and k <= LABEL_WORDS):
            start = k + 1
            break
    end = anchor
    while end > start and words[end - 1] in ("—", "–"):
        end -= 1
    if (
        end > start
        and words[end - 1] == ","
        and not ('"' in words[start:end] or "“" in words[start:end])
    ):
        end -= 1
    while start < end and words[start] in (",", "—", "and", "but"):
        start += 1
    return (start, end) if end > start else None


def trim(words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Return a stretch of words without the marks around it, or nothing where none is left."""
    while start < end and words[start] in (",", ":", ".", "-", "—", "–", ";"):
        start += 1
    while end > start and words[end - 1] in (".", ",", ";", ":", "—", "–", "!"):
        end -= 1
    return (start, end) if end - start >= 1 else None


def is_clause(words: Sequence[str], after: tuple[int, int]) -> bool:
    """Return whether what follows is a sentence or a quotation, not a thing."""
    return words[after[0]] in CLAUSE_OPENERS
