"""An incident from the testimonies that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from livebrief.incidents.profiles import Profile, fold
from livebrief.incidents.tallies import merge_figures, slot_of
from livebrief.model import (
    EventKind,
    Incident,
    Link,
    Party,
    Place,
    Responsibility,
    Time,
    identify,
)

Value = TypeVar("Value")

# An incident with more parties than this is told of in crowds; the most often named stand first.
MOST_PARTIES = 12

# How exactly a time or a place is told, the best last.
PRECISIONS = (
    "vague", "century", "decade", "year", "season", "month", "week", "day", "part_of_day", "hour",
    "minute", "second",
)  # fmt: skip
PLACE_KINDS = ("region", "country", "admin1", "city", "site", "point")

FindIncident = Callable[[Profile, str], str | None]


def identify_founder(founder: Profile) -> str:
    """Return the id of the incident that this testimony, the earliest of all, founds."""
    return identify("incident", *founder.key)


def compose(incident_id: str, profiles: Iterable[Profile], find_incident: FindIncident) -> Incident:
    """Return the incident as these testimonies tell it; `find_incident` resolves their links."""
    told = sorted(profiles, key=lambda profile: (profile.told_at, profile.order))
    events = [profile.testimony.event for profile in told]
    place = _vote(told, _place_of, _place_value, _place_exactness)
    time = _vote(told, _time_of, _time_value, _time_exactness)
    kind: EventKind = _most_told(told, lambda profile: profile.testimony.event.kind) or "DEATH"
    return Incident(
        id=incident_id,
        kind=kind,
        mode=_most_told(told, lambda profile: profile.testimony.event.mode),
        time=time,
        place=place,
        parties=merge_parties(told),
        figures=merge_figures(told),
        responsibility=merge_responsibility(told),
        events=tuple(dict.fromkeys(event.id for event in events)),
        links=_merge_links(told, incident_id, find_incident),
        revisions=_count_revisions(told),
    )


def _most_told(told: Sequence[Profile], value_of: Callable[[Profile], Value]) -> Value | None:
    """Return the value that most origins tell, the first told of those."""
    origins: dict[Value, set[str]] = {}
    for profile in told:
        value = value_of(profile)
        if value is not None:
            origins.setdefault(value, set()).add(profile.testimony.origin)
    return max(origins, key=lambda value: len(origins[value])) if origins else None


def _vote(
    told: Sequence[Profile],
    find: Callable[[Profile], Value | None],
    value_of: Callable[[Value], object],
    exactness: Callable[[Value], int],
) -> Value | None:
    """Return the most exact of what most origins agree on."""
    origins: dict[object, set[str]] = {}
    held: dict[object, Value] = {}
    for profile in told:
        found = find(profile)
        if found is None:
            continue
        value = value_of(found)
        origins.setdefault(value, set()).add(profile.testimony.origin)
        if value not in held or exactness(found) > exactness(held[value]):
            held[value] = found
    if not origins:
        return None
    coarse = max(map(_coarseness, origins))
    best = max(
        (value for value in origins if _coarseness(value) == coarse),
        key=lambda value: len(origins[value]),
    )
    return held[best]


def _coarseness(value: object) -> int:
    """Of two values the one with more told in it is the more exact."""
    assert isinstance(value, tuple)
    return sum(part is not None for part in value)


def _place_of(profile: Profile) -> Place | None:
    return profile.testimony.event.place


def _place_value(place: Place) -> tuple[str | None, ...]:
    city = fold(place.city) if place.city else None
    if city is None and place.kind in ("site", "city", "point"):
        city = fold(place.name)
    admin1 = fold(place.admin1) if place.admin1 else None
    # A city tells its province, whether or not the report does.
    return (place.country, city or admin1, city)


def _place_exactness(place: Place) -> int:
    return PLACE_KINDS.index(place.kind)


def _time_of(profile: Profile) -> Time | None:
    return profile.testimony.event.time


def _time_value(time: Time) -> tuple[str | None, str | None]:
    if time.earliest is None or time.latest is None:
        return (None, None)
    first, last = time.earliest[:10], time.latest[:10]
    return (first, first if first == last else None)


def _time_exactness(time: Time) -> int:
    return PRECISIONS.index(time.precision)


def merge_parties(told: Sequence[Profile]) -> tuple[Party, ...]:
    """Return who acted and who was hit, those that most origins name first."""
    held: dict[str, Party] = {}
    origins: dict[str, set[str]] = {}
    for profile in told:
        event = profile.testimony.event
        for party in (*event.actors, *event.targets):
            key = party.id or fold(party.name)
            if not key:
                continue
            origins.setdefault(key, set()).add(profile.testimony.origin)
            if key not in held or _fulness(party) > _fulness(held[key]):
                held[key] = party
    most = sorted(held, key=lambda key: -len(origins[key]))
    return tuple(held[key] for key in most[:MOST_PARTIES])


def _fulness(party: Party) -> int:
    return (party.kind != "unknown") + (party.country is not None) + (party.within is not None)


def merge_responsibility(told: Sequence[Profile]) -> tuple[Responsibility, ...]:
    """Return who is held responsible, each way once; "disputed" where somebody denies it.

    That nobody has claimed it is left out as soon as somebody has, or somebody is blamed.
    """
    held: dict[tuple[str, str], Responsibility] = {}
    for profile in told:
        for responsibility in profile.testimony.event.responsibility:
            held.setdefault((responsibility.status, _party_key(responsibility)), responsibility)
    statuses = {status for status, _ in held}
    if statuses & {"claimed", "blamed", "disputed"}:
        held = {key: value for key, value in held.items() if key[0] != "unknown"}
    return (*held.values(), *_find_disputed(held))


def _find_disputed(
    held: dict[tuple[str, str], Responsibility],
) -> Iterator[Responsibility]:
    for (status, party), denial in held.items():
        accused = ("claimed", party) in held or ("blamed", party) in held
        if status == "denied" and accused and ("disputed", party) not in held:
            yield Responsibility(
                status="disputed", span=denial.span, party=denial.party, claim=denial.claim
            )


def _party_key(responsibility: Responsibility) -> str:
    party = responsibility.party
    return "" if party is None else party.id or fold(party.name)


def _merge_links(
    told: Sequence[Profile], incident_id: str, find_incident: FindIncident
) -> tuple[Link, ...]:
    held: dict[tuple[str, str], Link] = {}
    for profile in told:
        for link in profile.testimony.event.links:
            incident = find_incident(profile, link.event)
            if incident is not None and incident != incident_id:
                held.setdefault(
                    (link.kind, incident), Link(kind=link.kind, event=incident, span=link.span)
                )
    return tuple(held.values())


def _count_revisions(told: Sequence[Profile]) -> int:
    """Return how many reports after the first told something that none before had told."""
    known: set[object] = set()
    count = 0
    learned = sorted(told, key=lambda profile: (_learned(profile), profile.told_at, profile.order))
    for profile in learned:
        news = {
            (*slot_of(figure), figure.low, figure.high)
            for figure in profile.testimony.event.figures
        } | {
            (responsibility.status, _party_key(responsibility))
            for responsibility in profile.testimony.event.responsibility
        }
        if known and news - known:
            count += 1
        known |= news or {None}
    return count


def _learned(profile: Profile) -> float:
    learned_at = profile.testimony.learned_at
    return profile.told_at if learned_at is None else learned_at.timestamp()
