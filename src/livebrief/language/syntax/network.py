"""The parser's network: words as vectors in, tags, scores of heads and relations out.

A word's own vector (`Lexicon`) is worked out once and kept.  Layers of simple recurrent units
(Lei and others, 2018, without the recurrent gates) carry it over the sentence in both directions,
and a biaffine head (Dozat and Manning, 2017) scores every word as every other one's head.  All
sentences of a batch go in step: everything but a running sum is a product of large matrices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from livebrief.language.syntax.weights import Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Batch(Struct, frozen=True):
    """Sentences in step: first the first words of all, then the second words, and so on.

    The longest sentence stands first, so that the words of a step are always those of the first
    `sizes[step]` sentences.
    """

    order: Ints
    """The sentences' numbers, the longest first."""
    starts: list[int]
    """Where each step's words begin; the last number is the number of words."""
    sizes: list[int]
    places: Ints
    """For each word in reading order (sentences as given) its row."""
    before: Ints
    after: Ints
    """For each row the row of the word before and after it; the row behind the last for none."""


def make_batch(lengths: Sequence[int]) -> Batch:
    """Return how sentences of these lengths, none of them 0, go in step.

    >>> make_batch([1, 2]).places.tolist()
    [1, 0, 2]
    """
    counts = np.asarray(lengths, dtype=np.int64)
    order = np.argsort(-counts, kind="stable")
    total, longest = int(counts.sum()), int(counts.max())
    sizes = np.searchsorted(-counts[order], -np.arange(longest), side="left")
    starts = np.concatenate(([0], np.cumsum(sizes)))
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    first = np.cumsum(counts) - counts
    steps = np.arange(total) - np.repeat(first, counts)
    ranks = np.repeat(ranks, counts)
    places = starts[steps] + ranks
    before = np.full(total, total, dtype=np.int64)
    after = np.full(total, total, dtype=np.int64)
    later = np.flatnonzero(steps)
    before[places[later]] = places[later - 1]
    after[places[later - 1]] = places[later]
    return Batch(order, starts.tolist(), sizes.tolist(), places, before, after)


def encode(vectors: Floats, batch: Batch, weights: Weights) -> tuple[Floats, Floats]:
    """Return what the layers make of the words' vectors: for the tags, and for the tree."""
    x = vectors
    for number, layer in enumerate(weights.layers):
        x = _run_layer(_normalize(x, layer.scale, layer.shift), batch, layer.matrix, layer.bias)
        if number == weights.tag_layer:
            for_tags = x
    return for_tags, _normalize(x, weights.scale, weights.shift)


def _normalize(x: Floats, scale: Floats, shift: Floats) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1])
    centred *= (1 / np.sqrt(spread + np.float32(1e-5)))[:, None]
    centred *= scale
    centred += shift
    return centred


def _run_layer(x: Floats, batch: Batch, matrix: Floats, bias: Floats) -> Floats:
    """Return the layer's output.

    The matrix gives for each direction a candidate, a gate of keeping and one of letting through;
    the gates' halves of the sigmoid (`sigmoid(a) = tanh(a / 2) / 2 + 1 / 2`) are folded into it.
    """
    width = x.shape[1]
    seen = x
    if len(matrix) == 3 * width:
        padded = np.concatenate((x, np.zeros((1, width), dtype=np.float32)))
        seen = np.concatenate((padded[batch.before], x, padded[batch.after]), axis=1)
    mixed = seen @ matrix
    mixed += bias
    np.tanh(mixed, out=mixed)
    gates = mixed[:, width:]
    gates *= np.float32(0.5)
    gates += np.float32(0.5)
    candidate, keep, through = mixed[:, :width], mixed[:, width : 2 * width], mixed[:, 2 * width :]
    state = candidate * (1 - keep)
    half = width // 2
    starts, sizes = batch.starts, batch.sizes
    forward, backward = state[:, :half], state[:, half:]
    keep_forward, keep_backward = keep[:, :half], keep[:, half:]
    for step in range(1, len(sizes)):
        here, size, last = starts[step], sizes[step], starts[step - 1]
        forward[here : here + size] += (
            keep_forward[here : here + size] * forward[last : last + size]
        )
    for step in range(len(sizes) - 2, -1, -1):
        here, size, last = starts[step], sizes[step + 1], starts[step + 1]
        backward[here : here + size] += (
            keep_backward[here : here + size] * backward[last : last + size]
        )
    state -= x
    state *= through
    state += x
    return state


def score_heads(x: Floats, places: Ints, weights: Weights) -> Floats: ...
