"""The kinds of questions in the order of the bars, how each one's sets are read, who scores it.

A kind without a scorer is not answered yet: its sets are read, counted and named all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from eval import (
    attribution,
    background,
    casualties,
    incidents,
    pages,
    parses,
    parts,
    places,
    quantities,
    speed,
    stories,
    times,
)
from eval.records import (
    AttributedText,
    CausalSentence,
    CountingText,
    Entry,
    MentioningText,
    NamedText,
    PlacedText,
    TemplatedText,
    TimedText,
    ToldStory,
    ToldToll,
)
from eval.run import Run
from eval.scores import Score
from eval.sets import DataSet, read_pages, read_records, read_sentences, read_topic


class Kind(Struct, frozen=True):
    """How a kind's documents are read, and how a set of them is scored."""

    read: Callable[[Path], Iterable[object]] | None
    """`None` where the documents are other kinds'."""
    measure: Callable[[DataSet, Run], list[Score]] | None = None


def _read_pages(folder: Path) -> Iterable[object]:
    return parts.read_golds(folder) if parts.is_parts_set(folder) else read_pages(folder)


def _measure_pages(the_set: DataSet, run: Run) -> list[Score]:
    measure = parts.measure if parts.is_parts_set(the_set.path) else pages.measure
    return measure(the_set, run)


def _read_articles(folder: Path) -> Iterable[object]:
    return read_topic(folder).articles


KINDS: dict[str, Kind] = {
    "pages": Kind(_read_pages, _measure_pages),
    "casualties": Kind(partial(read_records, of=ToldToll), casualties.measure),
    "times": Kind(partial(read_records, of=TimedText), times.measure),
    "places": Kind(partial(read_records, of=PlacedText), places.measure),
    "quantities": Kind(partial(read_records, of=CountingText), quantities.measure),
    "attribution": Kind(partial(read_records, of=AttributedText), attribution.measure),
    "causes": Kind(partial(read_records, of=CausalSentence)),
    "templates": Kind(partial(read_records, of=TemplatedText)),
    "names": Kind(partial(read_records, of=NamedText)),
    "parses": Kind(read_sentences, parses.measure),
    "stories": Kind(partial(read_records, of=ToldStory), stories.measure),
    "mentions": Kind(partial(read_records, of=MentioningText)),
    "timelines": Kind(_read_articles),
    "background": Kind(partial(read_records, of=Entry), background.measure),
    "incidents": Kind(None, incidents.measure),
    "speed": Kind(None, speed.measure),
}


def count_documents(kind: str, the_set: DataSet) -> int:
    """Return how many documents a set holds."""
    read = KINDS[kind].read
    return sum(1 for _ in read(the_set.path)) if read else 0
