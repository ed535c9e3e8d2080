"""How many words a second each part of the language room reads, one core, one after the other.

Sentences, times, quantities, places and names are found in the same articles, each given what it
leans on ready made; "words" are runs of letters and digits between blanks.  The gazetteer is loaded
anew each time, from a file that the machine already holds in memory.  Seconds are those of the
processor, as in `reading.py`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.coverage import take_articles
from benchmarks.figures import Figure
from livebrief.language import find_quantities, find_sentences, find_times
from livebrief.language.gazetteer import load_gazetteer
from livebrief.language.names import find_names
from livebrief.language.passage import Sentence
from livebrief.language.places import find_places
from livebrief.model import Place, Time

LOADS = 5

# What "today" means in all texts: which day it is does not change the work.
TODAY = date(2020, 3, 11)


class Ready(NamedTuple):
    """One text with what the parts lean on."""

    text: str
    sentences: tuple[Sentence, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]


PARTS: dict[str, Callable[[Ready], object]] = {
    "sentences": lambda ready: find_sentences(ready.text),
    "times": lambda ready: find_times(ready.text, ready.sentences, written_on=TODAY),
    "quantities": lambda ready: find_quantities(ready.text, ready.sentences, ready.times),
    "places": lambda ready: find_places(ready.text, ready.sentences),
    "names": lambda ready: find_names(ready.text, ready.sentences, ready.places),
}


def measure_language(data: Path, *, articles: int = 500, loads: int = LOADS) -> list[Figure]:
    """Return each part's rate, and how long the gazetteer takes to load."""
    texts = [make_ready(record.text) for record in take_articles(data, articles)]
    words = sum(len(ready.text.split()) for ready in texts)
    figures = [
        Figure(f"language: {name}", words / measure_part(part, texts), "words a second", words)
        for name, part in PARTS.items()
        if texts
    ]
    return [*figures, Figure("language: gazetteer loaded", measure_load(loads), "s", loads)]


def make_ready(text: str) -> Ready:
    """Return a text with what the parts lean on."""
    sentences = find_sentences(text)
    times = find_times(text, sentences, written_on=TODAY)
    return Ready(text, sentences, times, find_places(text, sentences))


def measure_part(part: Callable[[Ready], object], texts: Sequence[Ready]) -> float:
    """Return the seconds that a part takes for all texts."""
    started = time.process_time()
    for ready in texts:
        part(ready)
    return max(time.process_time() - started, 1e-9)


def measure_load(loads: int) -> float:
    """Return the median seconds of loading the gazetteer."""
    seconds = []
    for _ in range(loads):
        load_gazetteer.cache_clear()
        started = time.process_time()
        load_gazetteer()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)
