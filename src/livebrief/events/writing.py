"""Drafts written down: each with its figures, claims, responsibility and links, as an `Event`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from livebrief.events.drafts import Draft
from livebrief.events.figures import write_figures
from livebrief.events.locations import choose_place, weigh_places
from livebrief.events.parties import Cast
from livebrief.events.responsibility import find_responsibility
from livebrief.events.scenes import Scene, is_background
from livebrief.events.tolls import Toll
from livebrief.events.victims import count_victims
from livebrief.events.whereabouts import choose_time, tells_when, weigh_times
from livebrief.model import Claim, Event, Figure, Link, Responsibility, Span, identify

# Worth of a place in the headline and the first sentences, and in a later one, beside that in a
# sentence that tells of the event (3); and of a time in the first sentences beside that (1).
NEAR, FAR, NEAR_TIME = 2.0, 0.5, 0.4
# A picture may be of another day; it tells where nothing else does.
CAPTION_TIME = 0.1

# The first so many sentences behind the lede tell who the victims are; single people told of
# further down are counted only where those tell of none.
EARLY = 4

# "Two deadly attacks": so many characters between a number and what it counts.
COUNT_REACH = 14


def write_events(
    article: str,
    scene: Scene,
    drafts: Sequence[Draft],
    main: Draft | None,
    claims: Sequence[Claim],
    cast: Cast,
) -> list[tuple[Draft, Event]]:
    """Return the drafts of a scene, each with the event it has become, in reading order."""
    ids = {id(draft): _identify(article, scene, draft) for draft in drafts}
    claims_of = _by_line(claims)
    held = _hold_responsible(scene, drafts, main, claims_of, cast)
    if main is not None:
        _set_main(scene, main, drafts)
    return [
        (draft, _write(scene, draft, ids, held.get(id(draft), []), claims_of, main))
        for draft in drafts
    ]


def _identify(article: str, scene: Scene, draft: Draft) -> str:
    _, line, trigger = draft.mentions[0]
    span = line.span(trigger.first, trigger.last)
    return identify(article, str(scene.related_index), line.part, draft.kind, str(span.start))


def _by_line(claims: Sequence[Claim]) -> dict[Span, list[Claim]]:
    found: dict[Span, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.span, []).append(claim)
    return found


def _set_main(scene: Scene, main: Draft, drafts: Sequence[Draft]) -> None:
    """Give the main event the times and places that the rest of the text tells it by."""
    own = set(main.orders)
    others = {
        order
        for draft in drafts
        if draft is not main and (draft.is_earlier or draft.is_linked)
        for order in draft.orders
    }
    for order, line in enumerate(scene.lines):
        if order in own or order in others or is_background(scene.lede, order, line):
            continue
        is_dateline = line.role == "dateline"
        is_near = order <= scene.lede + 2 or is_dateline
        main.places += weigh_places(order, line, NEAR if is_near else FAR, scene.places[order])
        at = tells_when(line)
        is_caption = line.role == "caption"
        if scene.times[order] and (at is not None or is_near or is_caption) and not is_dateline:
            times = weigh_times(order, line, at or 0, scene.times[order])[:1]
            share = CAPTION_TIME if is_caption else 1.0 if at is not None else NEAR_TIME
            main.times += [replace(moment, weight=moment.weight * share) for moment in times]


def _hold_responsible(
    scene: Scene,
    drafts: Sequence[Draft],
    main: Draft | None,
    claims_of: Mapping[Span, list[Claim]],
    cast: Cast,
) -> dict[int, list[Responsibility]]:
    """Return who is held responsible for which event: the line's own, else the main one."""
    found: dict[int, list[Responsibility]] = {}
    for order, line in enumerate(scene.lines):
        said = find_responsibility(line, scene.names[order], cast, claims_of.get(line.whole, ()))
        if not said:
            continue
        owner = next(
            (
                d
                for d in drafts
                if order in d.orders and d.kind == "ASSAULT" and d.reality != "conditional"
            ),
            main,
        )
        if owner is not None and owner.kind in ("ASSAULT", "ACCIDENT", "DEATH"):
            found.setdefault(id(owner), []).extend(said)
    return found


def _write(
    scene: Scene,
    draft: Draft,
    ids: dict[int, str],
    held: list[Responsibility],
    claims_of: dict[Span, list[Claim]],
    main: Draft | None,
) -> Event:
    line = draft.mentions[0][1]
    own_claims: list[str] = []
    for _, other, one in draft.mentions:
        span = other.span(one.first, one.last)
        for claim in claims_of.get(other.whole, ()):
            if (
                any(_covers(content, span) for content in claim.content_spans)
                and claim.id not in own_claims
            ):
                own_claims.append(claim.id)
    figures = []
    doers = {word for party in draft.actors for word in party.name.lower().split()}
    tolls = draft.tolls
    if draft is not main and all(_is_named(toll) for _, _, toll in tolls):
        # "The killing of a general in January": he is a target; how many died is not told.
        tolls = []
    victims = count_victims(tolls, doers)
    victims.early = scene.lede + EARLY
    victims.implied = draft.implied
    victims.hit = draft.hit
    if draft.none_killed:
        victims.zeros.setdefault("killed", draft.none_killed[0])
    victims.self_killing = draft.self_killings[0] if draft.self_killings else None
    for figure in write_figures(victims) + draft.figures:
        by = tuple(
            claim.id
            for _, other, _ in draft.tolls
            if other.part == figure.span.part and other.start <= figure.span.start < other.end
            for claim in claims_of.get(other.whole, ())
            if any(_covers(content, figure.span) for content in claim.content_spans)
        )
        figures.append(replace(figure, claims=tuple(dict.fromkeys(by))))
    links = []
    for kind, earlier, span in draft.linked:
        while earlier.merged_into is not None:
            earlier = earlier.merged_into
        if earlier is not draft and id(earlier) in ids:
            links.append(Link(kind=kind, event=ids[id(earlier)], span=span))
    return Event(
        id=ids[id(draft)],
        kind=draft.kind,
        span=line.whole,
        mode=draft.mode,
        count=_find_count(scene, draft),
        stage=draft.stage,
        reality=draft.reality,
        mentions=tuple(
            dict.fromkeys(other.span(one.first, one.last) for _, other, one in draft.mentions)
        ),
        actors=tuple(draft.actors),
        targets=tuple(draft.targets),
        instruments=tuple(draft.instruments),
        place=choose_place(draft.places),
        time=choose_time(draft.times),
        figures=tuple(figures),
        claims=tuple(own_claims),
        responsibility=tuple(held),
        links=tuple(links),
    )


def _is_named(toll: Toll) -> bool:
    """Return whether a toll tells of one person by name."""
    return len(toll.people) == 1 and bool(toll.people[0].name)


def _find_count(scene: Scene, draft: Draft) -> Figure | None:
    """Return how many the words speak of: "two attacks", "several shootings"."""
    _, line, trigger = draft.mentions[0]
    if trigger.form != "plural":
        return None
    start = line.tokens[trigger.first].start
    return next(
        (
            figure
            for figure in scene.quantities(line).get(line.index, ())
            if 0 < start - figure.span.end <= COUNT_REACH and figure.what == "other"
        ),
        None,
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.part == inner.part and outer.start <= inner.start and inner.end <= outer.end
