"""Heads: the best tree over a sentence's words, exactly one of them its root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# So much less is a word's score as a root counted when a tree is looked for, that a tree with two
# roots is always worse than one with a single root.  Scores stay within some hundreds.
OF_A_ROOT = np.float64(1e5)


def find_heads(scores: Scores) -> list[int]:
    """Return each word's head in the best tree: the head's position, -1 for the root.

    `scores[word, 0]` tells how well a word serves as the root, `scores[word, 1 + head]` how well a
    head serves a word; a word's score as its own head is not looked at.

    >>> find_heads(np.array([[1, 0, 5], [3, 4, 0]], dtype=np.float32))
    [1, -1]
    """
    chosen = scores.argmax(axis=1).tolist()
    if not _is_tree(chosen):
        chosen = _span(scores, np.float64(0))
    if chosen.count(0) != 1:
        chosen = _span(scores, OF_A_ROOT)
    return [head - 1 for head in chosen]


def _is_tree(heads: list[int]) -> bool:
    """Return whether there is one root and every word leads to it; 0 stands for above the root."""
    if heads.count(0) != 1:
        return False
    # 0: not looked at, its own number + 1: on the way now, -1: leads to the root.
    seen = [0] * len(heads)
    for start in range(len(heads)):
        at = start
        while at >= 0 and not seen[at]:
            seen[at] = start + 1
            at = heads[at] - 1
        if at >= 0 and seen[at] == start + 1:
            return False
        at = start
        while at >= 0 and seen[at] == start + 1:
            seen[at] = -1
            at = heads[at] - 1
    return True


def _span(scores: Scores, of_a_root: np.float64) -> list[int]:
    """Return the heads of the maximum spanning tree; 0 stands for above the root.

    A tree whose roots cost nothing may have several: only then is it looked for again.
    """
    count = len(scores) + 1
    weights = np.full((count, count), -np.inf)
    weights[1:] = scores
    weights[1:, 0] -= of_a_root
    weights[np.arange(1, count), np.arange(1, count)] = -np.inf
    return _contract(weights)[1:]


def _contract(weights: NDArray[np.float64]) -> list[int]:
    """Return the best head of each node but 0, by Chu, Liu and Edmonds: `weights[node, head]`.

    A cycle of best heads becomes one node, the last; a way into it is worth what it gains over
    the way within the cycle that it replaces.  Each turn takes a node away, so there are at most
    half as many turns as words in a window.
    """
    heads: list[int] = [0, *weights[1:].argmax(axis=1).tolist()]
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    within = set(cycle)
    outside = [node for node in range(len(heads)) if node not in within]
    gains = weights[np.ix_(cycle, outside)] - weights[cycle, [heads[n] for n in cycle]][:, None]
    ways_out = weights[np.ix_(outside, cycle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = weights[np.ix_(outside, outside)]
    smaller[-1, :-1] = gains.max(axis=0)
    smaller[:-1, -1] = ways_out.max(axis=1)
    entered, left = gains.argmax(axis=0), ways_out.argmax(axis=1)
    found = _contract(smaller)
    for at, head in enumerate(found[1:-1], 1):
        heads[outside[at]] = cycle[left[at]] if head == len(outside) else outside[head]
    heads[cycle[entered[found[-1]]]] = outside[found[-1]]
    return heads


def _find_cycle(heads: list[int]) -> list[int]:
    """Return the nodes of a cycle, or nothing; node 0 has no head."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = heads[at]
        if at and seen[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []
