"""Tolls: what the main event of an article says, beside what became of the incident.

`killed_exact` and `injured_exact`: the event's figure without a party, else the sum over its
groups, is exactly the gold number.  Where the gold is 0, nothing said is right too: no text counts
those who were not hurt.  `day_exact`: the event's day.  `city_exact`: its city, where "A (B)" in
the gold means that the post town A holds B, and either will do; `city_exact_or_null` also takes
"unknown" for right where the article names the city nowhere.  Beside it: always the set's most
frequent number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from eval.doors import read_record
from eval.records import Record, ToldToll, Toll
from eval.run import Run
from eval.scores import Judgement, Score, share, sum_up
from eval.sets import DataSet, read_records
from eval.text import fold_name
from livebrief.model import Event, Reading, Time, day_of

METRICS = {
    "killed_exact": share,
    "killed_exact:most frequent": share,
    "injured_exact": share,
    "injured_exact:most frequent": share,
    "day_exact": share,
    "city_exact": share,
    "city_exact_or_null": share,
}


class Numbers(Struct, frozen=True):
    """A number of killed and of injured."""

    killed: int | None
    injured: int | None


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    usual = find_usual(read_records(the_set.path, ToldToll, run.limit))
    records = run.watch(
        read_records(the_set.path, ToldToll, run.limit), f"casualties/{the_set.name}"
    )
    judged = (run.note(judge(record, read_record(record), usual)) for record in records)
    return sum_up("casualties", the_set.name, judged, METRICS)


def find_usual(records: Iterable[ToldToll]) -> Numbers:
    """Return the most frequent numbers of a set: the floor."""
    killed: Counter[int | None] = Counter()
    injured: Counter[int | None] = Counter()
    for record in records:
        killed[record.gold.killed] += 1
        injured[record.gold.injured] += 1
    return Numbers(_most_frequent(killed), _most_frequent(injured))


def _most_frequent(counts: Counter[int | None]) -> int | None:
    return min(counts, key=lambda number: (-counts[number], number or 0), default=None)


def judge(record: ToldToll, reading: Reading | None, usual: Numbers) -> Judgement:
    """Return the counts of one article."""
    event = main_event(reading)
    counts: dict[str, tuple[float, ...]] = {}
    misses = []
    for what in ("killed", "injured"):
        gold: int | None = getattr(record.gold, what)
        if gold is None:
            continue
        ours = find_total(event, what)
        right = is_exactly(ours, gold)
        counts[f"{what}_exact"] = (right, 1)
        counts[f"{what}_exact:most frequent"] = (getattr(usual, what) == gold, 1)
        if not right:
            misses.append(f"{record.id}: {what} {ours} for {gold}: {record.headline}")
    if record.gold.on is not None:
        day = find_day(event.time if event else None)
        counts["day_exact"] = (day == record.gold.on, 1)
        if day != record.gold.on:
            misses.append(
                f"{record.id} ({record.published}): day {day} for {record.gold.on}: "
                f"{record.headline}"
            )
    if record.gold.city is not None:
        city = event.place.city if event and event.place else None
        cities = city_names(record.gold)
        right = city is not None and _tight(city) in {_tight(name) for name in cities}
        or_null = right or (city is None and not any(is_named(name, record) for name in cities))
        counts["city_exact"] = (right, 1)
        counts["city_exact_or_null"] = (or_null, 1)
        if not or_null:
            misses.append(f"{record.id}: city {city!r} for {record.gold.city!r}: {record.headline}")
    return Judgement(counts, tuple(misses))


def main_event(reading: Reading | None) -> Event | None:
    """Return the event that a reading is mainly about."""
    if reading is None or reading.main_event is None:
        return None
    return next((event for event in reading.events if event.id == reading.main_event), None)


def find_total(event: Event | None, what: str) -> tuple[int | None, int | None] | None:
    """Return the bounds of how many met a fate in all: the figure of no party, else the sum."""
    figures = [figure for figure in event.figures if figure.what == what] if event else []
    whole = next((figure for figure in figures if figure.party is None), None)
    if whole is not None:
        return whole.low, whole.high
    if not figures:
        return None
    lows = [figure.low for figure in figures]
    highs = [figure.high for figure in figures]
    return (
        None if None in lows else sum(low or 0 for low in lows),
        None if None in highs else sum(high or 0 for high in highs),
    )


def is_exactly(bounds: tuple[int | None, int | None] | None, gold: int) -> bool:
    """Tell whether the bounds say the gold number; nothing said is right for 0.

    >>> is_exactly((3, 3), 3), is_exactly((3, None), 3), is_exactly(None, 0), is_exactly(None, 1)
    (True, False, True, False)
    """
    return gold == 0 if bounds is None else bounds == (gold, gold)


DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_day(time: Time | None) -> str | None:
    """Return the day that a time says, or whose bounds lie in one day."""
    if time is None:
        return None
    if told := DAY.match(time.value):
        return told.group()
    first, last = day_of(time.earliest), day_of(time.latest)
    return first.isoformat() if first is not None and first == last else None


def city_names(gold: Toll) -> list[str]:
    """Return the names that a gold city goes by, folded.

    >>> city_names(Toll(city="Trenton (Hamilton Township)"))
    ['trenton', 'hamilton township']
    """
    return [name for part in re.split("[()]", gold.city or "") if (name := fold_name(part))]


def is_named(name: str, record: Record) -> bool:
    """Tell whether a folded name stands in an article's words."""
    return f" {name} " in f" {fold_name(record.headline or '')} {fold_name(record.text)} "


def _tight(name: str) -> str:
    return fold_name(name).replace(" ", "")
