"""Who is held responsible: claimed, blamed (by whom), denied, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from livebrief.events.clauses import Line
from livebrief.events.parties import STOPS, Cast
from livebrief.events.words import Phrases, make_phrases, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Claim, Name, Party, Responsibility

PATTERNS: Phrases[Any] = make_phrases(load_words("reporting")["responsibility"])
MOST_WORDS = 10
BEFORE_VERB = word_set("responsibility", "before_verb")


def find_responsibility(
    line: Line, names: Sequence[Name], cast: Cast, claims: Sequence[Claim]
) -> list[Responsibility]:
    """Return what a line says of who did it: nothing where it speaks of other deeds or an "if"."""
    words = line.words
    hits = list(PATTERNS.find(words, line.seen))
    kinds = [kind for _, _, kind in hits]
    if not hits or "past" in kinds or "if" in words:
        return []
    found: list[Responsibility] = []
    for first, last, kind in hits:
        if "unknown" in kinds and kind != "unknown":
            continue
        span = line.span(first, last)
        if kind == "unknown":
            found.append(Responsibility(status="unknown", span=line.whole))
            continue
        is_behind = words[last - 1] in ("by", "to", "on") or (
            kind == "blamed" and words[last - 1] != "responsible"
        )
        party = _behind(line, last, names, cast) if is_behind else _before(line, first, names, cast)
        if party is None:
            continue
        claim = next(
            (
                c.id
                for c in claims
                for cue in c.cue_spans
                if cue.start < span.end and span.start < cue.end
            ),
            None,
        )
        found.append(Responsibility(status=kind, span=span, party=party, claim=claim))
    return found


def _behind(line: Line, first: int, names: Sequence[Name], cast: Cast) -> Party | None:
    end = first
    while (
        end < len(line.words)
        and end - first < MOST_WORDS
        and (line.words[end] not in STOPS or line.words[end] == "'s")
    ):
        end += 1
    return cast.read_party(line, first, end, names=names) if end > first else None


def _before(line: Line, last: int, names: Sequence[Name], cast: Cast) -> Party | None:
    while last and line.words[last - 1] in BEFORE_VERB:
        last -= 1
    start = last
    while start and last - start < MOST_WORDS and line.words[start - 1] not in STOPS:
        start -= 1
    return cast.read_party(line, start, last, names=names) if last > start else None
