"""Heads: the best tree over a sentence's words, exactly one of them its root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# So much less is a word's score as a root counted when a tree is looked for, that a tree with two
# roots is always worse than one with a single root.  Scores stay within some hundreds.
OF_A_ROOT = np.float32(1e5)


def find_heads(scores: Scores) -> list[int]:
    """Return each word's head in the best tree: the head's position, -1 for the root.

    `scores[word, 0]` tells how well a word serves as the root, `scores[word, 1 + head]` how well a
    head serves a word; a word's score as its own head is not looked at.

    >>> find_heads(np.array([[1, 0, 5], [3, 4, 0]], dtype=np.float32))
    [1, -1]
    """
    chosen = scores.argmax(axis=1).tolist()
    if not _is_tree(chosen):
        chosen = _span(scores)
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


def _span(scores: Scores) -> list[int]:
    """Return the heads of the maximum spanning tree, by Chu, Liu and Edmonds, without recursion.

    A cycle of best heads becomes one node: its members' ways out of it are weighed against the way
    within it that they would replace.  Each turn takes a node away, at O(n) for each that is left.
    """
    count = len(scores) + 1
    weights = np.full((count, count), -np.inf, dtype=np.float64)
    weights[1:] = scores
    weights[1:, 0] -= OF_A_ROOT
    np.fill_diagonal(weights, -np.inf)
    # For each pair of nodes that stand for themselves or for a cycle: which words it really joins.
    word = np.broadcast_to(np.arange(count)[:, None], weights.shape).copy()
    head = np.broadcast_to(np.arange(count), weights.shape).copy()
    alive = np.ones(count, dtype=bool)
    turns: list[tuple[list[int], list[int], list[tuple[int, int]]]] = []
    parent = weights.argmax(axis=1)
    while cycle := _find_cycle(parent.tolist(), alive.tolist()):
        keeper, inner = cycle[0], [int(parent[node]) for node in cycle]
        joined = [(int(word[n, p]), int(head[n, p])) for n, p in zip(cycle, inner, strict=True)]
        within = weights[cycle, inner]
        coming = weights[cycle] - within[:, None]
        entry = coming.argmax(axis=0)
        leaving = weights[:, cycle]
        exit_ = leaving.argmax(axis=1)
        rows = np.asarray(cycle)
        everyone = np.arange(count)
        came = (word[rows[entry], everyone], head[rows[entry], everyone])
        left = (word[everyone, rows[exit_]], head[everyone, rows[exit_]])
        weights[keeper], weights[:, keeper] = coming.max(axis=0), leaving.max(axis=1)
        word[keeper], head[keeper] = came
        word[:, keeper], head[:, keeper] = left
        gone = rows[1:]
        alive[gone] = False
        weights[gone], weights[:, gone] = -np.inf, -np.inf
        weights[keeper, keeper] = -np.inf
        turns.append((cycle, inner, joined))
        parent = np.where(np.isin(parent, gone), keeper, parent)
        parent[keeper] = weights[keeper].argmax()
    return _unfold(parent.tolist(), alive.tolist(), word, head, turns)


def _find_cycle(parent: list[int], alive: list[bool]) -> list[int]:
    """Return the nodes of a cycle, or nothing."""
    seen = [0] * len(parent)
    for start in range(1, len(parent)):
        if not alive[start]:
            continue
        at = start
        while at and not seen[at]:
            seen[at] = start
            at = parent[at]
        if at and seen[at] == start:
            cycle = [at]
            while parent[cycle[-1]] != at:
                cycle.append(parent[cycle[-1]])
            return cycle
    return []
