"""Names in a text: persons, bodies, states, peoples and more, each with its kind."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.language.passage import Sentence
from livebrief.model import Name, Part, Place


def find_names(
    text: str,
    sentences: Sequence[Sentence],
    places: Sequence[Place],
    *,
    part: Part = "text",
    related_index: int | None = None,
) -> tuple[Name, ...]:
    """Return the names that a text holds, in order."""
    return tuple(
        Name(span=p.span, kind="country" if p.kind == "country" else "place", id=None)
        for p in places
    )
