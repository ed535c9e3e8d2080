"""From counts to figures: what every scorer shares.

A scorer judges one document at a time and gives counts for each metric.  A metric is a formula
over the sums of its counts, so that a bootstrap over documents needs no scorer to run twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Sums = NDArray[np.float64]
"""Sums of the counts of a metric, in the last axis."""

Formula = Callable[[Sums], Sums]

# Under this many documents a figure is given with a 95 % interval (DESIGN section 8).
FEW = 500
RESAMPLES = 1000
SEED = 20200311


class Score(Struct, frozen=True, kw_only=True):
    """One figure."""

    bar: str
    set: str
    metric: str
    value: float
    n: int
    low: float | None = None
    """The 95 % interval, where the documents are few."""
    high: float | None = None
    reruns: dict[str, float] = {}
    """What other methods reach on the same documents, measured in the same run."""


class Judgement(Struct, frozen=True):
    """What one document adds to each metric's counts, and what went wrong in words."""

    counts: dict[str, tuple[float, ...]]
    misses: tuple[str, ...] = ()


def share(sums: Sums) -> Sums:
    """Return the share that is right, of counts (right, asked)."""
    return _divide(sums[..., 0], sums[..., 1])


def f1(sums: Sums) -> Sums:
    """Return the F1 of counts (right, found, gold).

    >>> float(f1(np.array([2.0, 4.0, 4.0])))
    0.5
    """
    return _divide(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


def mean_f1(sums: Sums) -> Sums:
    """Return the harmonic mean of mean precision and mean recall, of counts (p, r, 1)."""
    return _divide(2 * sums[..., 0] * sums[..., 1], (sums[..., 0] + sums[..., 1]) * sums[..., 2])


def _divide(above: Sums, below: Sums) -> Sums:
    result: Sums = np.divide(above, below, out=np.zeros_like(above), where=below != 0)
    return result


def sum_up(
    bar: str, name: str, judgements: Iterable[Judgement], metrics: Mapping[str, Formula]
) -> list[Score]:
    """Return the scores of a set, metric by metric in their order.

    A metric `OURS:METHOD` is what another method reaches in the metric OURS; it stands beside it.
    """
    rows: dict[str, list[tuple[float, ...]]] = {metric: [] for metric in metrics}
    for judgement in judgements:
        for metric, counts in judgement.counts.items():
            rows[metric].append(counts)
    reruns: dict[str, dict[str, float]] = {}
    scores = []
    for metric, formula in metrics.items():
        if not rows[metric]:
            continue
        value, low, high = estimate(rows[metric], formula)
        ours, _, method = metric.partition(":")
        if method:
            reruns.setdefault(ours, {})[method] = value
            continue
        n = round(sum(row[-1] for row in rows[metric]))
        scores.append(
            Score(
                bar=bar,
                set=name,
                metric=metric,
                value=value,
                n=n,
                low=low,
                high=high,
                reruns=reruns.setdefault(metric, {}),
            )
        )
    return scores


def estimate(
    rows: Sequence[Sequence[float]], formula: Formula
) -> tuple[float, float | None, float | None]:
    """Return the value of a formula over documents and, where these are few, its 95 % interval."""
    counts = np.asarray(rows, dtype=np.float64)
    value = float(formula(counts.sum(axis=0)))
    if not 1 < len(rows) < FEW:
        return value, None, None
    draws = np.random.default_rng(SEED).multinomial(
        len(rows), np.full(len(rows), 1 / len(rows)), size=RESAMPLES
    )
    low, high = np.quantile(formula(draws.astype(np.float64) @ counts), (0.025, 0.975))
    return value, float(low), float(high)


def pair_spans(
    found: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return which found span is taken for which gold one, as pairs of positions, one to one.

    The same offsets are paired first; then each gold span, in order, takes the first span left
    that overlaps it.

    >>> pair_spans([(0, 4), (5, 9), (20, 22)], [(3, 9), (5, 9), (30, 31)])
    [(1, 1), (0, 0)]
    """
    places: dict[tuple[int, int], list[int]] = {}
    for f in reversed(range(len(found))):
        places.setdefault(found[f], []).append(f)
    pairs = []
    free_gold = []
    for g, span in enumerate(gold):
        if places.get(span):
            pairs.append((places[span].pop(), g))
        else:
            free_gold.append(g)
    taken = {f for f, _ in pairs}
    free = sorted((f for f in range(len(found)) if f not in taken), key=lambda f: found[f])
    for g in sorted(free_gold, key=lambda g: gold[g]):
        start, end = gold[g]
        for position, f in enumerate(free):
            if found[f][0] >= end:
                break
            if found[f][1] > start:
                pairs.append((f, g))
                del free[position]
                break
    return pairs
