"""Background: which earlier items explain a later one.

For an item with a story, the items with a story of earlier days are ranked; right are those of the
same story, which the archive is not told.  `recall_at_5`, `recall_at_10`: hits / min(k, number of
right ones).  `mrr`: one over the rank of the first hit, within the first hundred.  Asked are the
2,000 items with the smallest MD5 of `id` that have something to find.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from eval.records import Entry
from eval.run import Run
from eval.scores import Judgement, Score, share, sum_up
from eval.sets import DataSet, read_records
from livebrief.stories import Archive

METRICS = {"recall_at_5": share, "recall_at_10": share, "mrr": share}
QUERIES = 2000
RANKED = 100


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    right = find_queries(read_records(the_set.path, Entry, run.limit))
    entries = run.watch(read_records(the_set.path, Entry, run.limit), f"background/{the_set.name}")
    archive = Archive()
    judgements = []
    for entry in entries:
        if entry.story is None:
            continue
        on = date.fromisoformat(entry.on)
        if entry.id in right:
            ranked = [other for other, _ in archive.rank(entry.text, on, limit=RANKED)]
            judgements.append(run.note(judge(entry, ranked, right[entry.id])))
        archive.add(entry.id, on, entry.text)
    return sum_up("background", the_set.name, judgements, METRICS)


def find_queries(entries: Iterable[Entry], queries: int = QUERIES) -> dict[str, frozenset[str]]:
    """Return the ids of the items that are asked for, each with what is right for it."""
    stories: dict[str, list[tuple[str, str]]] = {}
    told = []
    for entry in entries:
        if entry.story is not None:
            stories.setdefault(entry.story, []).append((entry.on, entry.id))
            told.append((entry.id, entry.on, entry.story))
    told.sort(key=lambda item: hashlib.md5(item[0].encode(), usedforsecurity=False).digest())
    right: dict[str, frozenset[str]] = {}
    for id, on, story in told:
        if len(right) == queries:
            break
        if earlier := frozenset(other for day, other in stories[story] if day < on):
            right[id] = earlier
    return right


def judge(entry: Entry, ranked: Sequence[str], right: Collection[str]) -> Judgement:
    """Return the counts of one query."""
    rank = next((at for at, id in enumerate(ranked[:RANKED], 1) if id in right), None)
    counts: dict[str, tuple[float, ...]] = {
        f"recall_at_{k}": (sum(id in right for id in ranked[:k]) / min(k, len(right)), 1)
        for k in (5, 10)
    }
    counts["mrr"] = (1 / rank if rank else 0.0, 1)
    miss = f"{entry.id}: first of {len(right)} at {rank}: {entry.text[:160]}"
    return Judgement(counts, (miss,) if rank != 1 else ())
