"""The figures of an event: its victims and its munitions, as `Figure`s."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.victims import Sum, Victims
from livebrief.events.words import pluralize
from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, What

_MUNITIONS = load_words("weapons_modes")["munitions"]["nouns"]
MUNITIONS = frozenset([*_MUNITIONS, *(pluralize(noun) for noun in _MUNITIONS)])


def write_figures(victims: Victims) -> list[Figure]:
    """Return how many were killed and injured: totals first, then the parts told by group."""
    figures: list[Figure] = []
    killed, injured = victims.sums()
    if killed is not None:
        figures.append(_write("killed", killed))
    if injured is not None:
        figures.append(_write("injured", injured))
    told: set[tuple[str, str]] = set()
    for group in victims.groups:
        what: What = "killed" if group.fate == "killed" else "injured"
        parts = [(part, span) for part, span in group.parts if part.unit is not None]
        for part, span in parts:
            if (what, part.unit or "") not in told:
                told.add((what, part.unit or ""))
                figures.append(
                    Figure(what=what, span=span, unit=part.unit, party=part.unit, low=part.low,
                           high=part.high, about=part.about)
                )  # fmt: skip
        if group.is_perpetrators and group.fate == "killed":
            figures.append(
                Figure(what=what, span=group.span, unit=group.unit, party=group.unit, low=group.low,
                       high=group.high, about=group.about)
            )  # fmt: skip
    return figures


def _write(what: What, total: Sum) -> Figure:
    low, high = total.low, total.high
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Figure(
        what=what,
        span=total.span,
        unit=total.unit,
        low=low,
        high=high,
        about=total.about,
        composed_from=total.composed_from,
    )


def find_munitions(quantities: Sequence[Figure]) -> list[Figure]:
    """Return the rockets, shells and bombs among the figures of a line."""
    found = []
    for figure in quantities:
        words = (figure.unit or "").lower().split()
        if figure.what == "munitions" or (words and words[-1] in MUNITIONS):
            found.append(
                Figure(
                    what="munitions",
                    span=figure.span,
                    unit=figure.unit,
                    low=figure.low,
                    high=figure.high,
                    about=figure.about,
                )
            )
    return found
