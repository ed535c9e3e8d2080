"""Quantities: the numbers that count something, how many they say, and the words they count.

Strict: the same offsets.  Relaxed: overlapping ones, one to one.  Bounds: relaxed, and the same
lower and upper bound, both exact or both about.  Unit: relaxed, and the same counted words.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.doors import read_record
from eval.records import CountingText, GoldQuantity
from eval.run import Run
from eval.scores import Judgement, Score, f1, pair_spans, sum_up
from eval.sets import DataSet, read_records
from eval.text import show_around
from livebrief.model import Figure, write_range

METRICS = {"strict_f1": f1, "relaxed_f1": f1, "bounds_f1": f1, "unit_f1": f1}


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    records = run.watch(
        read_records(the_set.path, CountingText, run.limit), f"quantities/{the_set.name}"
    )
    judged = (run.note(judge(record, find_figures(record))) for record in records)
    return sum_up("quantities", the_set.name, judged, METRICS)


def find_figures(record: CountingText) -> list[Figure]:
    """Return the quantities that livebrief reads in a record's text."""
    reading = read_record(record)
    return (
        [figure for figure in reading.quantities if figure.span.part == "text"] if reading else []
    )


def judge(record: CountingText, figures: Sequence[Figure]) -> Judgement:
    """Return the counts of one text."""
    found = [(figure.span.start, figure.span.end) for figure in figures]
    gold = [(quantity.start, quantity.end) for quantity in record.quantities]
    pairs = pair_spans(found, gold)
    strict = bounds = units = 0
    misses = []
    for f, g in pairs:
        figure, quantity = figures[f], record.quantities[g]
        is_strict = found[f] == gold[g]
        has_bounds = _bounds(figure) == _bounds(quantity)
        has_unit = figure.unit == quantity.unit
        strict += is_strict
        bounds += has_bounds
        units += has_unit
        if not (is_strict and has_bounds and has_unit):
            misses.append(
                f"{record.id}: {_tell(record, figure, found[f])}"
                f" for {_tell(record, quantity, gold[g])}"
            )
    ours, golds = {f for f, _ in pairs}, {g for _, g in pairs}
    misses += [
        f"{record.id}: none: {show_around(record.text, *found[f])}"
        for f in range(len(found))
        if f not in ours
    ]
    misses += [
        f"{record.id}: missed: {show_around(record.text, *gold[g])}"
        for g in range(len(gold))
        if g not in golds
    ]
    sizes = (len(found), len(gold))
    return Judgement(
        {
            "strict_f1": (strict, *sizes),
            "relaxed_f1": (len(pairs), *sizes),
            "bounds_f1": (bounds, *sizes),
            "unit_f1": (units, *sizes),
        },
        tuple(misses),
    )


def _bounds(number: Figure | GoldQuantity) -> tuple[int | None, int | None, bool]:
    return number.low, number.high, number.about


def _tell(record: CountingText, number: Figure | GoldQuantity, span: tuple[int, int]) -> str:
    words = record.text[slice(*span)]
    return f"{words!r} {write_range(number.low, number.high, about=number.about)} ({number.unit})"
