"""Where an event happened: the places said to be its scene, not those of who acts or speaks.

"Rockets hit a base in Iraq, the United States said": Iraq is where, the United States is who.  A
place counts by the words it stands behind; what neither a preposition nor a verb of hitting makes
a scene counts little, and a country so named counts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from livebrief.events.clauses import Line
from livebrief.events.words import word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Place

LOCATIVE = word_set("locations", "locative")
HITTING = word_set("locations", "hitting")
MODIFIERS = word_set("locations", "modifiers")
COMPASS = word_set("locations", "compass")
PARTS = word_set("locations", "parts")
SCENES = word_set("locations", "scenes")
DISTANCES = word_set("locations", "distances")
BELONGINGS = word_set("locations", "belongings")
ACTS = word_set("locations", "acts")
# A place behind one of these is where somebody comes from or is brought to.
ELSEWHERE = word_set("locations", "elsewhere")
NEIGHBORHOODS = word_set("locations", "neighborhoods")
HOSPITALS = word_set("locations", "hospitals")

CAPITALS = frozenset(
    state["capital"].lower() for state in load_words("states")["states"].values()
    if "capital" in state
)  # fmt: skip
"""Cities that stand for a government when they speak or act."""

# Worth of a place by what makes it one: a scene; a scene by its form alone ("the Texas shooting");
# where a report was written; a city that nothing makes a scene; a part of a town or a hospital.
SCENE, COMPOUND, DATELINE, UNCLEAR, PART, HOSPITAL = 1.0, 1.0, 1.0, 1.0, 0.3, 0.2
# Reports of a war are written in capitals far from it.
CAPITAL_DATELINE = 0.2

# Between a preposition and the place it governs stand at most so many words.
MOST_MODIFIERS = 5


class Spot(Struct, frozen=True, kw_only=True):
    """A place that may be an event's, and how likely."""

    order: int
    place: Place
    weight: float
    first: int = 0
    """Its first word in the line."""


def weigh_places(order: int, line: Line, weight: float, places: Sequence[Place]) -> list[Spot]:
    """Return the places of a line that may be an event's, those that cannot be left out."""
    spots: list[Spot] = []
    if not places:
        return spots
    behind_dateline = line.dateline_end
    share = 0.0
    end = -1
    for place in places:
        where = line.words_of(place.span)
        if where is None:
            continue
        first, last = where
        gap = line.words[end:first] if 0 <= end <= first else None
        is_chained = gap in ([","], ["and"], [",", "and"]) or (
            # "taken to Mercy Hospital in Leeds"
            share == HOSPITAL and gap == ["in"]
        )
        if last <= behind_dateline:
            is_capital = (place.city or place.name).lower() in CAPITALS
            share = CAPITAL_DATELINE if is_capital else DATELINE
        elif not (is_chained and share > 0) or first == 0:
            share = _weigh(line, place, first, last)
        end = last
        if share > 0:
            spots.append(Spot(order=order, place=place, weight=weight * share, first=first))
    return spots


def _weigh(line: Line, place: Place, first: int, last: int) -> float:
    """Return how likely a place is a scene, by the words around it."""
    words = line.words
    behind = words[last : last + 3]
    if any(word in HOSPITALS for word in behind) or words[last - 1] in HOSPITALS:
        return HOSPITAL
    if any(word in NEIGHBORHOODS for word in behind[:2]):
        # A part of a town, though a town of that name may stand elsewhere.
        return PART
    is_owner = behind[:1] in (["'s"], ["'"])
    is_nation = place.kind in ("country", "region")
    is_land = is_owner and last + 1 < len(words) and line.tokens[last + 1].text[:1].isupper()
    if is_nation and not is_land and (is_owner or (behind and behind[0] in BELONGINGS)):
        # "Iran's missile attack", "in US air strikes"; but "hit Iraq's Taji camp"
        return 0.0
    governor = _governor(line, first)
    if governor == "scene":
        return SCENE
    if governor == "elsewhere":
        return PART if place.city else 0.0
    if place.kind == "site":
        return UNCLEAR
    if not is_owner and any(word in SCENES for word in behind[:2]):
        # "Calabasas helicopter crash", "Turkey quake"; but who shot in an "Iran missile attack"?
        return COMPOUND if place.kind != "country" or behind[0] in SCENES else 0.0
    if is_nation:
        return 0.0
    is_capital = (place.city or "").lower() in CAPITALS
    if is_capital and (is_owner or (behind and behind[0] in ACTS)):
        return 0.0
    return UNCLEAR


def _governor(line: Line, first: int) -> str | None:
    """Return what the words before a place make of it: "scene", "elsewhere" or nothing."""
    words = line.words
    k = first - 1
    steps = 0
    while k >= 0 and steps < MOST_MODIFIERS:
        word = words[k]
        if word in LOCATIVE:
            return "scene"
        if word == "of":
            before = words[k - 1] if k else ""
            if before in COMPASS or before in PARTS:
                return "scene"
            return "elsewhere"
        if word in ELSEWHERE:
            is_near = word == "from" and k > 0 and words[k - 1] in DISTANCES
            return "scene" if is_near else "elsewhere"
        if word in HITTING:
            return "scene"
        is_modifier = word in MODIFIERS or word in COMPASS or (
            steps > 0 and line.tokens[k].text[:1].isupper()
        )  # fmt: skip
        if not is_modifier:
            return None
        k -= 1
        steps += 1
    return None


def choose_place(spots: Sequence[Spot]) -> Place | None:
    """Return the place that most of what tells of an event names, the most exact one of it.

    The country is decided first, by all that lies in it; then the city; a site stands for both.
    """
    countries: Counter[str] = Counter()
    for spot in spots:
        if spot.place.country:
            countries[spot.place.country] += spot.weight  # type: ignore[assignment]
    if countries:
        most = max(countries.values())
        country = next(
            spot.place.country
            for spot in spots
            if spot.place.country and countries[spot.place.country] == most
        )
        spots = [spot for spot in spots if spot.place.country in (country, None)]
    votes: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for spot in spots:
        if spot.place.city:
            votes[_key(spot.place)] += spot.weight  # type: ignore[assignment]
    if votes:
        best = max(votes.values())
        named = [s for s in spots if s.place.city and votes[_key(s.place)] == best]
        key = _key(named[0].place)
        same = [spot.place for spot in named if _key(spot.place) == key]
        sure = [s.place for s in spots if s.place.kind == "site" and s.weight > 2 * best]
        return next((place for place in [*sure, *same] if place.kind == "site"), same[0])
    heaviest = max(
        spots,
        key=lambda spot: (
            spot.place.kind == "site",
            spot.place.kind not in ("country", "region"),
            spot.weight,
            -spot.order,
        ),
        default=None,
    )
    return heaviest.place if heaviest else None


def _key(place: Place) -> tuple[str | None, str | None, str | None]:
    return place.city, place.admin1, place.country
