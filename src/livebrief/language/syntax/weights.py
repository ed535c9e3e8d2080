"""The learned numbers, as `training/syntax.py` writes them and the network reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PATH = Path(__file__).resolve().parent.parent / "data" / "syntax.npz"


class Table(Struct, frozen=True):
    """Vectors by name, kept as bytes with a scale for each; the first row is for no name."""

    numbers: dict[str, int]
    rows: NDArray[np.int8]
    scales: Floats

    def take(self, numbers: NDArray[np.int64]) -> Floats:
        """Return the vectors of these numbers."""
        taken: Floats = self.rows[numbers] * self.scales[numbers]
        return taken


class Layer(Struct, frozen=True):
    """One layer of long short-term memory, both directions: gates in, forget, out, then the value.

    What goes through a sigmoid is halved: `sigmoid(a) = tanh(a / 2) / 2 + 1 / 2`.
    """

    scale: Floats
    shift: Floats
    matrix: Floats
    bias: Floats
    recurrent: Floats


class Weights(Struct, frozen=True):
    """Everything that was learned."""

    tags: tuple[str, ...]
    relations: tuple[str, ...]
    pieces: Table
    words: Table
    edges: Table
    mix: Floats
    mix_bias: Floats
    layers: tuple[Layer, ...]
    scale: Floats
    shift: Floats
    tag_matrix: Floats
    tag_bias: Floats
    into: Floats
    """Makes of a word its roles: the word of an arc, its head; the word of a relation, its head."""
    into_bias: Floats
    root: Floats
    """The two roles of what stands above the root, as a head."""
    arc_matrix: Floats
    arc_bias: Floats
    relation_matrix: Floats
    relation_of_word: Floats
    relation_of_head: Floats
    relation_bias: Floats
    lemma_words: dict[str, str]
    lemma_endings: dict[str, str]

    @property
    def arc_width(self) -> int:
        """How many numbers stand for a word under an arc; the same for its head."""
        return len(self.arc_matrix)


@cache
def load_weights(path: Path = PATH) -> Weights:
    """Return the weights that ship."""
    with np.load(path) as arrays:
        kept: dict[str, NDArray[Any]] = {name: arrays[name] for name in arrays.files}
    fields: dict[str, Any] = {}
    fields |= msgspec.json.decode(_read_text(kept.pop("labels")), type=dict[str, tuple[str, ...]])
    for name in ("lemma_words", "lemma_endings"):
        fields[name] = _read_pairs(kept.pop(name))
    for name in ("pieces", "words", "edges"):
        fields[name] = _read_table(kept, name)
    numbers = {name: _read_numbers(kept, name) for name in kept if not name.endswith("_scales")}
    layers: list[Layer] = []
    while f"layer{len(layers)}_matrix" in numbers:
        prefix = f"layer{len(layers)}_"
        layers.append(Layer(**{n: numbers.pop(prefix + n) for n in Layer.__struct_fields__}))
    return Weights(**(fields | numbers), layers=tuple(layers))


def _read_text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8")


def _read_pairs(array: NDArray[np.uint8]) -> dict[str, str]:
    return dict(line.split("\t") for line in _read_text(array).split("\n"))


def _read_numbers(kept: dict[str, NDArray[Any]], name: str) -> Floats:
    scales = kept.get(name + "_scales", np.ones(1))
    numbers: Floats = kept[name] * scales.astype(np.float32)
    return numbers


def _read_table(kept: dict[str, NDArray[Any]], name: str) -> Table:
    names = _read_text(kept.pop(name)).split("\n")
    return Table(
        {key: number for number, key in enumerate(names, 1)},
        kept.pop(name + "_rows"),
        kept.pop(name + "_scales").astype(np.float32),
    )
