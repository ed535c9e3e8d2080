"""Words as vectors: worked out once for each word, then kept for as long as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from livebrief.language.syntax.network import normalize
from livebrief.language.syntax.weights import Table, Weights
from livebrief.language.syntax.words import find_edge_keys, find_pieces, find_word_key

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# So many words are kept, at some 6 KB each; an article holds 200 to 600 different ones.
KEPT_WORDS = 6000


class Lexicon:
    """What the first layer is given for each word, which no other word of the sentence changes."""

    def __init__(self, weights: Weights) -> None:
        """Begin with no word."""
        self._weights = weights
        self._layer = weights.layers[0]
        self._rows: dict[str, int] = {}
        self._kept = np.empty((2, 256, self._layer.matrix.shape[2]), dtype=np.float32)
        # The web serves from several threads.
        self._lock = Lock()

    def find(self, forms: Sequence[str], order: Ints) -> Floats:
        """Return what the first layer is given, both ways; `order` tells which word comes when.

        The forms are folded ones (`fold_form`), so none is long.
        """
        with self._lock:
            missing = list(dict.fromkeys(form for form in forms if form not in self._rows))
            if len(self._rows) + len(missing) > KEPT_WORDS:
                self._rows.clear()
                missing = list(dict.fromkeys(forms))
            if missing:
                self._add(missing)
            rows = np.array([self._rows[form] for form in forms], dtype=np.int64)[order]
            found: Floats = np.stack([self._kept[way][rows[way]] for way in range(2)])
            return found

    def _add(self, forms: Sequence[str]) -> None:
        first, end = len(self._rows), len(self._rows) + len(forms)
        if end > self._kept.shape[1]:
            room = max(end, 2 * self._kept.shape[1])
            larger = np.empty((2, room, self._kept.shape[2]), dtype=np.float32)
            larger[:, :first] = self._kept[:, :first]
            self._kept = larger
        self._kept[:, first:end] = self._work_out(forms)
        self._rows.update((form, first + at) for at, form in enumerate(forms))

    def _work_out(self, forms: Sequence[str]) -> Floats:
        weights = self._weights
        numbers = weights.words.numbers
        words = [numbers.get(find_word_key(form), 0) for form in forms]
        known = weights.edges.numbers
        edges = [[known.get(key, 0) for key in find_edge_keys(form)] for form in forms]
        pieces = [find_pieces(form, weights.pieces.numbers) or [0] for form in forms]
        counts = np.array([[len(found)] for found in pieces], dtype=np.float32)
        vectors = np.concatenate(
            (
                _add_up(weights.pieces, pieces) / counts,
                weights.words.take(np.array(words, dtype=np.int64)),
                _add_up(weights.edges, edges),
            ),
            axis=1,
        )
        mixed = vectors @ weights.mix + weights.mix_bias
        # GELU, as training has it.
        bent = np.tanh(np.float32(0.7978845608) * (mixed + np.float32(0.044715) * mixed**3))
        layer = self._layer
        seen = normalize(np.float32(0.5) * mixed * (1 + bent), layer.scale, layer.shift)
        found: Floats = seen @ layer.matrix + layer.bias[:, None]
        return found


def _add_up(table: Table, found: Sequence[Sequence[int]]) -> Floats:
    """Return for each list of numbers the sum of their vectors; no list is empty."""
    starts = np.cumsum([0, *(len(numbers) for numbers in found[:-1])])
    flat = np.array([number for numbers in found for number in numbers], dtype=np.int64)
    total: Floats = np.add.reduceat(table.take(flat), starts, axis=0)
    return total
