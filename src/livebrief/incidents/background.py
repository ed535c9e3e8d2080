"""What led to an incident: the earlier ones its reports link it to, and what led to those."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from livebrief.model import Incident, Link


class Antecedent(NamedTuple):
    """An earlier incident, and the link that leads to it."""

    incident: Incident
    link: Link
    steps: int
    """How many links lie between the two: 1 for what the reports name themselves."""


def find_background(
    incident: Incident, find: Callable[[str], Incident | None], *, most: int = 12
) -> tuple[Antecedent, ...]:
    """Return the incidents that led to this one, the nearest first; `find` gives one by its id.

    A chain that comes back to where it started is followed once.
    """
    seen = {incident.id}
    found: list[Antecedent] = []
    edge = [incident]
    steps = 0
    while edge and len(found) < most:
        steps += 1
        reached = []
        for later in edge:
            for link in later.links:
                earlier = None if link.event in seen else find(link.event)
                if earlier is not None:
                    seen.add(earlier.id)
                    reached.append(Antecedent(earlier, link, steps))
        found += reached
        edge = [antecedent.incident for antecedent in reached]
    return tuple(found[:most])
