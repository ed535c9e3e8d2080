"""The network: words as vectors in, tags and the scores of heads and relations out.

Layers of long short-term memory read the sentence in both directions, and a biaffine head (Dozat
and Manning, 2017) scores every word as every other one's head.  All sentences of a batch go in
step, so that the work is in products of matrices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from livebrief.language.syntax.weights import Layer, Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Steps(Struct, frozen=True):
    """Sentences in step: the first words of all, then the second words, and so on.

    The longest sentence stands first, so that the words of a step are those of the first
    `sizes[step]` sentences.
    """

    starts: list[int]
    """Where each step's rows begin."""
    sizes: list[int]
    rows: Ints
    """For each word in reading order its row."""
    words: Ints
    """For each row its word in reading order."""
    mirrored: Ints
    """For each row that of the word as far from the other end of the sentence."""


def make_steps(lengths: Sequence[int]) -> Steps:
    """Return how sentences of these lengths, none of them 0, go in step.

    >>> make_steps([1, 2]).rows.tolist(), make_steps([1, 2]).mirrored.tolist()
    ([1, 0, 2], [2, 1, 0])
    """
    counts = np.asarray(lengths, dtype=np.int64)
    order = np.argsort(-counts, kind="stable")
    sizes = np.searchsorted(-counts[order], -np.arange(counts.max()), side="left")
    starts = np.cumsum(sizes) - sizes
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    within = np.arange(len(firsts)) - firsts
    ranks = np.repeat(ranks, counts)
    rows = starts[within] + ranks
    words = np.empty_like(rows)
    words[rows] = np.arange(len(rows))
    mirrored = (starts[np.repeat(counts, counts) - 1 - within] + ranks)[words]
    return Steps(starts.tolist(), sizes.tolist(), rows, words, mirrored)


def normalize(x: Floats, scale: Floats, shift: Floats) -> Floats:
    """Return each row with mean 0 and variance 1, then scaled and shifted."""
    centred: Floats = x - x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1])
    centred *= (1 / np.sqrt(variance + np.float32(1e-5)))[:, None]
    centred *= scale
    centred += shift
    return centred


def encode(gates: Floats, steps: Steps, weights: Weights) -> tuple[Floats, Floats]:
    """Return what the first and the last layer make of a batch, in reading order.

    `gates` is what the first layer is given, in step and both ways: a `Lexicon` has worked it out.
    """
    lowest = x = _remember(gates, steps, weights.layers[0])
    for layer in weights.layers[1:]:
        x = normalize(x, layer.scale, layer.shift)
        gates = np.stack((x, x[steps.mirrored])) @ layer.matrix
        gates += layer.bias[:, None]
        x = _remember(gates, steps, layer)
    return lowest[steps.rows], normalize(x, weights.scale, weights.shift)[steps.rows]


def _remember(gates: Floats, steps: Steps, layer: Layer) -> Floats:
    """Return a layer's output for each row: what it holds reading forwards, and backwards.

    Backwards, the mirrored rows are read in the same steps.  The gates are used up.
    """
    width = layer.recurrent.shape[1]
    outputs = np.empty((2, gates.shape[1], width), dtype=np.float32)
    cells = np.zeros((2, steps.sizes[0], width), dtype=np.float32)
    half = np.float32(0.5)
    last = 0
    for step, (start, size) in enumerate(zip(steps.starts, steps.sizes, strict=True)):
        now = gates[:, start : start + size]
        if step:
            now += outputs[:, last : last + size] @ layer.recurrent
        np.tanh(now, out=now)
        gated = now[:, :, : 3 * width]
        gated *= half
        gated += half
        cell = cells[:, :size]
        cell *= now[:, :, width : 2 * width]
        cell += now[:, :, :width] * now[:, :, 3 * width :]
        np.multiply(
            np.tanh(cell), now[:, :, 2 * width : 3 * width], out=outputs[:, start : start + size]
        )
        last = start
    return np.concatenate((outputs[0], outputs[1][steps.mirrored]), axis=1)


def find_tags(lowest: Floats, weights: Weights) -> list[int]:
    """Return each word's tag, by number."""
    tags: list[int] = (lowest @ weights.tag_matrix + weights.tag_bias).argmax(axis=1).tolist()
    return tags


class Roles(Struct, frozen=True):
    """What each word is in an arc and in a relation, as the word under it and as its head."""

    arc_word: Floats
    arc_head: Floats
    relation_word: Floats
    relation_head: Floats


def find_roles(x: Floats, weights: Weights) -> Roles:
    """Return the roles of a batch's words."""
    roles: Floats = x @ weights.into
    roles += weights.into_bias
    np.maximum(roles, np.float32(0.1) * roles, out=roles)
    arc = weights.arc_width
    relation = (roles.shape[1] - 2 * arc) // 2
    word: Floats = roles[:, :arc] @ weights.arc_matrix
    word += weights.arc_bias
    return Roles(
        word,
        roles[:, arc : 2 * arc],
        roles[:, 2 * arc : 2 * arc + relation],
        roles[:, 2 * arc + relation :],
    )


def score_heads(roles: Roles, start: int, end: int, weights: Weights) -> Floats:
    """Return how well each head serves each word of a sentence; the first column is for none."""
    words = roles.arc_word[start:end]
    scores = np.empty((end - start, end - start + 1), dtype=np.float32)
    np.matmul(words, weights.root[: weights.arc_width], out=scores[:, 0])
    scores[:, 1:] = words @ roles.arc_head[start:end].T
    np.fill_diagonal(scores[:, 1:], -np.inf)
    return scores


def find_relations(roles: Roles, heads: Ints, weights: Weights) -> list[int]:
    """Return each word's relation to its head, by number; head -1 is none."""
    above = weights.root[weights.arc_width :]
    head = np.where((heads < 0)[:, None], above, roles.relation_head[heads])
    width = head.shape[1]
    turned = (roles.relation_word @ weights.relation_matrix).reshape(len(head), -1, width)
    scores = np.matmul(turned, head[:, :, None])[:, :, 0]
    scores += roles.relation_word @ weights.relation_of_word
    scores += head @ weights.relation_of_head
    scores += weights.relation_bias
    relations: list[int] = scores.argmax(axis=1).tolist()
    return relations
