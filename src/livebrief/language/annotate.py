"""The door of the room: a text in, a passage with everything its words mean out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from livebrief.language.names import find_names
from livebrief.language.passage import Passage
from livebrief.language.places import find_places
from livebrief.language.quantities import find_quantities
from livebrief.language.sentences import find_sentences
from livebrief.language.times import find_times
from livebrief.model import Block, Part


def annotate(
    text: str,
    *,
    part: Part = "text",
    related_index: int | None = None,
    blocks: Sequence[Block] = (),
    written_at: datetime | None = None,
    written_on: date | None = None,
    country: str | None = None,
) -> Passage:
    """Return the text as a passage: its sentences, times, quantities, places and names.

    `written_on` is what "today" means in it; where it is not given, the day of `written_at`.
    `country` is where its outlet is at home, one more hint for a place's name.

    >>> passage = annotate("Three were hurt on Monday.", written_on=date(2020, 3, 11))
    >>> passage.times[0].value, str(passage.quantities[0])
    ('2020-03-09', '3')
    """
    if written_on is None and written_at is not None:
        written_on = written_at.date()
    sentences = find_sentences(text, blocks)
    times = find_times(
        text,
        sentences,
        part=part,
        related_index=related_index,
        written_at=written_at,
        written_on=written_on,
    )
    quantities = find_quantities(text, sentences, times, part=part, related_index=related_index)
    places = find_places(text, sentences, part=part, related_index=related_index, country=country)
    names = find_names(text, sentences, places, part=part, related_index=related_index)
    return Passage(
        text=text,
        part=part,
        related_index=related_index,
        written_at=written_at,
        written_on=written_on,
        sentences=sentences,
        times=times,
        quantities=quantities,
        places=places,
        names=names,
    )
