"""Places: named, and put where they are.

`acc161_gold_spans`: of the gold places with coordinates, the share that is put within 161 km (100
miles) when told where the names stand.  `acc161_end_to_end`: the same when livebrief finds the
names itself (an overlapping one counts).  `span_f1`: overlapping spans, one to one, over all gold
names, those without coordinates too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from eval.doors import read_record
from eval.records import GoldPlace, PlacedText
from eval.run import Run
from eval.scores import Judgement, Score, f1, pair_spans, share, sum_up
from eval.sets import DataSet, read_records
from eval.text import show_around
from livebrief.language import find_sentences
from livebrief.language.places import resolve_spans
from livebrief.model import Place

METRICS = {"acc161_gold_spans": share, "acc161_end_to_end": share, "span_f1": f1}

NEAR_KM = 161.0
EARTH_KM = 6371.0


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    records = run.watch(read_records(the_set.path, PlacedText, run.limit), f"places/{the_set.name}")
    judged = (
        run.note(judge(record, place_names(record), find_places(record))) for record in records
    )
    return sum_up("places", the_set.name, judged, METRICS)


def place_names(record: PlacedText) -> Sequence[Place | None]:
    """Return where livebrief puts the gold names of a record, name by name."""
    spans = [(place.start, place.end) for place in record.places]
    return resolve_spans(record.text, find_sentences(record.text), spans)


def find_places(record: PlacedText) -> list[Place]:
    """Return the places that livebrief reads in a record's text."""
    reading = read_record(record)
    return [place for place in reading.places if place.span.part == "text"] if reading else []


def judge(record: PlacedText, told: Sequence[Place | None], places: Sequence[Place]) -> Judgement:
    """Return the counts of one text: `told` are places for the gold spans, `places` ours."""
    asked = [g for g, gold in enumerate(record.places) if gold.lat is not None]
    found = [(place.span.start, place.span.end) for place in places]
    pairs = pair_spans(found, [(gold.start, gold.end) for gold in record.places])
    ours = {g: places[f] for f, g in pairs}
    near_told = [g for g in asked if is_near(told[g], record.places[g])]
    near_found = [g for g in asked if is_near(ours.get(g), record.places[g])]
    misses = [
        f"{record.id} ({record.outlet}): {gold.name!r} at {gold.lat},{gold.lon}: {_where(told[g])}"
        for g, gold in enumerate(record.places)
        if g in asked and g not in near_told
    ]
    misses += [
        f"{record.id}: not found: {show_around(record.text, gold.start, gold.end)}"
        for g, gold in enumerate(record.places)
        if g not in ours
    ]
    taken = {f for f, _ in pairs}
    misses += [
        f"{record.id}: no place: {show_around(record.text, *span)}"
        for f, span in enumerate(found)
        if f not in taken
    ]
    return Judgement(
        {
            "acc161_gold_spans": (len(near_told), len(asked)),
            "acc161_end_to_end": (len(near_found), len(asked)),
            "span_f1": (len(pairs), len(found), len(record.places)),
        },
        tuple(misses),
    )


def is_near(place: Place | None, gold: GoldPlace) -> bool:
    """Tell whether a place is put within 161 km of the gold one."""
    if place is None or place.latitude is None or place.longitude is None:
        return False
    if gold.lat is None or gold.lon is None:
        return False
    return distance_km(place.latitude, place.longitude, gold.lat, gold.lon) <= NEAR_KM


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the length of the great circle between two points.

    >>> round(distance_km(52.52, 13.405, 48.8566, 2.3522))
    877
    """
    a = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(min(1.0, a)))


def _where(place: Place | None) -> str:
    if place is None:
        return "put nowhere"
    return (
        f"put at {place.latitude},{place.longitude} ({place.name}, {place.admin1}, {place.country})"
    )
