"""Quantities in a text, in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from livebrief.language.passage import Sentence, Token
from livebrief.language.quantities.bounds import READERS, Bounds
from livebrief.language.quantities.units import find_unit, is_count
from livebrief.language.quantities.words import GRAMMAR, LISTS, WHAT, Counted
from livebrief.model import Figure, Part, Span, Time, What


def find_quantities(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[Time] = (),
    *,
    part: Part = "text",
    related_index: int | None = None,
) -> tuple[Figure, ...]:
    """Return what the text counts: never a date, an age, a distance, a share or a name's number.

    >>> from livebrief.language.sentences import find_sentences
    >>> text = "More than 15 small rockets hit the base, wounding a dozen people."
    >>> [(f.what, str(f), f.unit) for f in find_quantities(text, find_sentences(text))]
    [('munitions', '16..', 'small rockets'), ('other', '12', 'people')]
    """
    figures: list[Figure] = []
    starts = [time.span.start for time in times]
    for sentence in sentences:
        codes = GRAMMAR.code(sentence.tokens)
        if not GRAMMAR.has_trigger(codes):
            continue
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end, first)
        taken = _find_taken(sentence.tokens, times[first:last])
        words = [token.text.lower() for token in sentence.tokens]
        start = 0
        while (at := GRAMMAR.next(codes, start)) is not None:
            start = at + 1
            for found in GRAMMAR.matches(codes, at):
                if not taken.isdisjoint(range(found.start, found.end)):
                    continue
                unit = find_unit(sentence.tokens, words, found, taken)
                counted = Counted(found, sentence.tokens, words, unit)
                bounds = READERS[found.means](counted)
                if bounds is not None or "to" not in words[found.start : found.end]:
                    # "From 312 to 4,518" may be no range: then its second number stands alone.
                    start = max(start, found.end)
                if bounds is not None and is_count(counted):
                    figures.append(_write(text, counted, bounds, part, related_index))
                    break
    return tuple(figures)


def _find_taken(tokens: Sequence[Token], times: Sequence[Time]) -> set[int]:
    taken: set[int] = set()
    for time in times:
        at = bisect_left(tokens, time.span.start, key=lambda token: token.start)
        while at < len(tokens) and tokens[at].start < time.span.end:
            taken.add(at)
            at += 1
    return taken


def _write(
    text: str, counted: Counted, bounds: Bounds, part: Part, related_index: int | None
) -> Figure:
    found, tokens, words, unit = counted
    low, high, about = bounds
    what: What = "other"
    unit_text = None
    if found.means == "money":
        what = "money"
        matched = tokens[found.start : found.end]
        unit_text = next(t.text for t in matched if GRAMMAR.has(t.text, "CURRENCY"))
    elif unit[0] < unit[1]:
        head = words[unit[1] - 1]
        what = "money" if head in LISTS["currencies"] else WHAT.get(head, "other")
        unit_text = text[tokens[unit[0]].start : tokens[unit[1] - 1].end]
    return Figure(
        what=what,
        unit=unit_text,
        low=low,
        high=high,
        about=about,
        span=Span(
            start=tokens[found.start].start,
            end=tokens[found.end - 1].end,
            part=part,
            related_index=related_index,
        ),
    )
