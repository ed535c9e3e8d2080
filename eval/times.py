"""Time expressions: found where the gold has them, and with its value.

Strict: the same offsets.  Relaxed: overlapping ones, one to one.  Value: relaxed, and the same
TIMEX3 value, letter by letter; an expression whose value the gold does not give is left out of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.doors import read_record
from eval.records import TimedText
from eval.run import Run
from eval.scores import Judgement, Score, f1, pair_spans, sum_up
from eval.sets import DataSet, read_records
from eval.text import show_around
from livebrief.model import Time

METRICS = {"strict_f1": f1, "relaxed_f1": f1, "value_f1": f1}


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    records = run.watch(read_records(the_set.path, TimedText, run.limit), f"times/{the_set.name}")
    judged = (run.note(judge(record, find_times(record))) for record in records)
    return sum_up("times", the_set.name, judged, METRICS)


def find_times(record: TimedText) -> list[Time]:
    """Return the times that livebrief reads in a record's text."""
    reading = read_record(record)
    return [time for time in reading.times if time.span.part == "text"] if reading else []


def judge(record: TimedText, times: Sequence[Time]) -> Judgement:
    """Return the counts of one text."""
    found = [(time.span.start, time.span.end) for time in times]
    gold = [(time.start, time.end) for time in record.times]
    pairs = pair_spans(found, gold)
    strict = sum(found[f] == gold[g] for f, g in pairs)
    valued = [(f, g) for f, g in pairs if record.times[g].value is not None]
    right = sum(times[f].value == record.times[g].value for f, g in valued)
    without_value = len(pairs) - len(valued)
    asked = sum(time.value is not None for time in record.times)
    return Judgement(
        {
            "strict_f1": (strict, len(found), len(gold)),
            "relaxed_f1": (len(pairs), len(found), len(gold)),
            "value_f1": (right, len(found) - without_value, asked),
        },
        tuple(_misses(record, times, pairs)),
    )


def _misses(
    record: TimedText, times: Sequence[Time], pairs: Sequence[tuple[int, int]]
) -> list[str]:
    misses = []
    text = record.text
    ours, golds = {f for f, _ in pairs}, {g for _, g in pairs}
    for f, g in pairs:
        time, gold = times[f], record.times[g]
        here, there = text[time.span.start : time.span.end], text[gold.start : gold.end]
        if here != there:
            misses.append(f"{record.id}: bounds: {here!r} for {there!r}")
        elif gold.value is not None and time.value != gold.value:
            around = show_around(text, gold.start, gold.end)
            misses.append(
                f"{record.id} ({record.published}): value: {time.value} for {gold.value}: {around}"
            )
    misses += [
        f"{record.id}: none: {show_around(text, time.span.start, time.span.end)}"
        for f, time in enumerate(times)
        if f not in ours
    ]
    misses += [
        f"{record.id}: missed: {gold.value}: {show_around(text, gold.start, gold.end)}"
        for g, gold in enumerate(record.times)
        if g not in golds
    ]
    return misses
