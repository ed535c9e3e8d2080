"""Times in a text, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from livebrief.language.passage import Sentence
from livebrief.language.times.context import Context
from livebrief.language.times.meanings import MEANINGS, Match
from livebrief.language.times.words import GRAMMAR
from livebrief.model import Part, Span, Time

# Full years, to tell a history from the news.
YEAR_RE = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?![-,.]?\d)")


def find_times(
    text: str,
    sentences: Sequence[Sentence],
    *,
    part: Part = "text",
    related_index: int | None = None,
    written_at: datetime | None = None,
    written_on: date | None = None,
) -> tuple[Time, ...]:
    """Return the time expressions, each with its TIMEX3 value as far as the text says it."""
    if written_on is None and written_at is not None:
        written_on = written_at.date()
    years = [int(year) for year in YEAR_RE.findall(text)]
    context = Context(written_on, years, is_headline=part == "headline")
    times: list[Time] = []
    for sentence in sentences:
        codes = GRAMMAR.code(sentence.tokens)
        if not GRAMMAR.has_trigger(codes):
            continue
        context.open_sentence(sentence.tokens)
        at = 0
        while (found := GRAMMAR.find(codes, at)) is not None:
            context.at, context.end = found.start, found.end
            meanings = MEANINGS[found.means](Match(found, sentence.tokens, context))
            if meanings is None:
                at = found.end if found.means == "age" else found.start + 1
                continue
            at = found.end
            for meaning in meanings if isinstance(meanings, list) else [meanings]:
                first, last = meaning.span or (found.start, found.end)
                if meaning.when is not None:
                    context.tell(meaning.when)
                times.append(
                    Time(
                        span=Span(
                            start=sentence.tokens[first].start,
                            end=sentence.tokens[last - 1].end,
                            part=part,
                            related_index=related_index,
                        ),
                        type=meaning.type,
                        value=meaning.value,
                        earliest=meaning.earliest,
                        latest=meaning.latest,
                        precision=meaning.precision,
                        anchor=meaning.anchor,
                    )
                )
    return tuple(times)
