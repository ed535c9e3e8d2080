"""Names that our word lists hold: states, peoples, bodies, armed groups, weapons, offices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from livebrief.language.gazetteer import normalize_name
from livebrief.language.vocabulary import load_words


class Listed(NamedTuple):
    """What a listed name means."""

    kind: str
    id: str


def make_id(name: str) -> str:
    """Return the id of a name: its words in lower case, joined by hyphens.

    >>> make_id("Kata'ib Hezbollah")
    'kataib-hezbollah'
    """
    return normalize_name(name).replace(" ", "-")


def find_listed(surface: str) -> Listed | None:
    """Return what a name means if a list holds it, as written or without "the".

    >>> find_listed("Kataeb Hezbollah"), find_listed("Iraqis")
    (Listed(kind='armed_group', id='kataib-hezbollah'), Listed(kind='nationality', id='IQ'))
    """
    found = LISTED.get(surface)
    if found is None and surface[:4] in ("the ", "The "):
        found = LISTED.get(surface[4:])
    return found


def is_body(surface: str) -> bool:
    """Return whether a list knows the name as a body's or an armed group's, not as a place's."""
    found = find_listed(surface)
    return found is not None and found.kind in ("organization", "armed_group")


def read_lists() -> Iterator[tuple[str, Listed]]:
    """Yield each listed name with its meaning; where two share a name, the later one counts."""
    for weapons in load_words("weapons")["weapons"].values():
        for name in weapons:
            yield name, Listed("weapon", make_id(name))
    for name in load_words("titles")["offices"]["names"]:
        yield name, Listed("office", make_id(name))
    for group in ("media", "national", "international"):
        for name, others in load_words("organizations")[group].items():
            for other in (name, *others):
                yield other, Listed("organization", make_id(name))
    for name, group in load_words("armed_groups")["groups"].items():
        for other in (name, *group.get("also", ())):
            yield other, Listed("armed_group", make_id(name))
    # Of states that share an adjective the first by code keeps it; names win over adjectives.
    states = load_words("states")["states"]
    for code in sorted(states, reverse=True):
        for adjective in states[code].get("adjective", ()):
            for form in (adjective, adjective + "s"):
                yield form, Listed("nationality", code)
    for code in sorted(states, reverse=True):
        for name in (states[code]["name"], *states[code].get("also", ())):
            yield name.removeprefix("the "), Listed("country", code)


LISTED: dict[str, Listed] = dict(read_lists())
