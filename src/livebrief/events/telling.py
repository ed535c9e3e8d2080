"""What one line tells: its triggers gathered into events, its tolls, times and places."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from livebrief.events.arms import ARMS, Actors, add_deeds, find_answers, is_armed
from livebrief.events.casualties import find_tolls
from livebrief.events.clauses import Line
from livebrief.events.corrections import find_corrected, read_echo
from livebrief.events.crowds import read_crowd
from livebrief.events.drafts import RANK, Draft, is_told_as_new
from livebrief.events.figures import find_munitions
from livebrief.events.implied import (
    find_hit,
    find_implied,
    find_none_killed,
    find_self_killing,
)
from livebrief.events.instruments import MODES, find_instruments
from livebrief.events.linking import count_days_back, inherit_kind, link_events
from livebrief.events.links import find_signals
from livebrief.events.locations import weigh_places
from livebrief.events.parties import Cast
from livebrief.events.reality import find_reality, find_stage, is_flat_denial
from livebrief.events.scenes import SILENT_ROLES, Scene, is_background
from livebrief.events.strands import Strands, find_strands
from livebrief.events.told import Telling
from livebrief.events.tolls import Fate, Toll
from livebrief.events.triggers import Trigger, find_triggers
from livebrief.events.whereabouts import Moment, weigh_times
from livebrief.model import Instrument, Name, PartyKind, Time

# Worth of a place in a line that tells of the event; `writing.py` holds that of other lines.
EVENT_LINE = 3.0
# Worth, beside its own, of a time that stands nearer to another event of the same words.
BESIDE = 0.5


# Who kills: where one of them does, a death is an assault.
DOERS: frozenset[PartyKind] = frozenset(
    (
        "state",
        "government",
        "military",
        "police",
        "rebel",
        "militia",
        "terrorist",
        "person",
        "civilian",
    )
)


def read_line(scene: Scene, order: int, cast: Cast, *, corrected: Fate | None = None) -> Telling:
    """Return what a line of a scene tells.

    `corrected` is the fate of which the line before told a number as wrong.
    """
    line = scene.lines[order]
    telling = Telling(order, line)
    if line.role in SILENT_ROLES:
        return telling
    telling.triggers = find_triggers(line)
    tolls = find_tolls(line, scene.quantities(line), scene.times[order])
    telling.corrected = find_corrected(line, tolls)
    echo = read_echo(line, corrected, scene.quantities(line)) if corrected else None
    if echo is not None:
        tolls = [echo]
    is_told = find_implied(line) or find_none_killed(line)
    if not telling.triggers and not tolls and is_told is None:
        return telling
    telling.is_background = is_background(scene.lede, order, line)
    instruments = find_instruments(line)
    actors = Actors(line, scene.names[order], cast)
    telling.triggers = [
        read_crowd(line, trigger)
        for trigger in telling.triggers
        if not trigger.is_weak or is_armed(trigger, actors, instruments)
    ]
    telling.triggers = add_deeds(line, telling.triggers, tolls, instruments)
    signals = find_signals(line) if telling.triggers else []
    signals += [
        answer
        for answer in find_answers(line, telling.triggers, actors)
        if not any(signal.first <= answer.first < signal.last for signal in signals)
    ]
    moments = _weigh_near(order, line, telling.triggers, scene.times[order])
    strands = find_strands(line, telling.triggers, tolls, moments, signals)
    telling.drafts = _cluster(order, line, telling.triggers, strands, scene.lede)
    for draft in telling.drafts:
        draft.reality = find_reality(line, draft.trigger)
        draft.stage = find_stage(line, draft.trigger)
        draft.is_background = telling.is_background
        draft.is_denial = draft.reality == "denied" and is_flat_denial(line, draft.trigger)
        draft.is_earlier = strands.of(draft.trigger.first) in strands.earlier
        if order <= scene.lede and draft.trigger.form == "plural":
            # "Three hurt in shootings": the lede's own plural is the news, not beside it.
            draft.is_new = False
    link_events(telling, signals)
    _dress(telling, scene, strands, instruments, actors)
    inherit_kind(telling, strands)
    count_days_back(telling, signals)
    _assign(telling, tolls, strands, cast, names=scene.names[order])
    _imply(telling)
    for munitions in find_munitions(scene.quantities(line).get(line.index, ())):
        at = line.words_of(munitions.span)
        harm = [draft for draft in telling.drafts if draft.kind == "ASSAULT"]
        own = [draft for draft in harm if at and _strand(draft, strands) == strands.of(at[0])]
        if harm:
            (own or harm)[0].figures.append(munitions)
    return telling


def _weigh_near(
    order: int, line: Line, triggers: Sequence[Trigger], times: Sequence[Time]
) -> list[Moment]:
    """Return the times of a line, each weighed by the trigger nearest to it."""
    if len(times) < 2 or not triggers:
        return []
    moments: list[Moment] = []
    for time in times:
        where = line.words_of(time.span)
        if where is not None:
            near = min(triggers, key=lambda trigger: abs(trigger.first - where[0]))
            moments += weigh_times(order, line, near.first, [time])
    return moments


def _strand(draft: Draft, strands: Strands) -> int:
    return strands.of(draft.mentions[0][2].first)


def _cluster(
    order: int, line: Line, triggers: list[Trigger], strands: Strands, lede: int
) -> list[Draft]:
    """Return the events of a line: triggers of one strand whose kinds agree are one."""
    drafts: list[Draft] = []
    for trigger in triggers:
        # Deaths belong to what was told last: "shelled last week when seven died".
        for draft in reversed(drafts) if trigger.kind == "DEATH" else drafts:
            if (
                _agree(draft, trigger)
                and strands.of(draft.mentions[-1][2].first) == strands.of(trigger.first)
                and (
                    (trigger.form == "plural" and order <= lede)
                    or not is_told_as_new(line, trigger)
                )
            ):
                draft.take_trigger(order, line, trigger)
                if RANK.get(trigger.kind, 0) > RANK.get(draft.trigger.kind, 0):
                    draft.trigger = trigger
                break
        else:
            drafts.append(Draft(order, line, trigger))
    return drafts


def _agree(draft: Draft, trigger: Trigger) -> bool:
    """Return whether a trigger's kind and mode may be of the same event."""
    if draft.kind == trigger.kind:
        is_soft = draft.is_soft or trigger.is_soft
        return is_soft or not draft.mode or not trigger.mode or draft.mode == trigger.mode
    kinds = {draft.kind, trigger.kind}
    if "DEATH" in kinds and kinds & {"ASSAULT", "ACCIDENT", "HAZARD"}:
        return True
    return kinds == {"ASSAULT", "ACCIDENT"} and "explosion" in (draft.mode, trigger.mode)


def _dress(
    telling: Telling,
    scene: Scene,
    strands: Strands,
    instruments: list[Instrument],
    actors: Actors,
) -> None:
    """Give each event of a line its times, places, means and actors."""
    line, order = telling.line, telling.order
    places = weigh_places(order, line, EVENT_LINE, scene.places[order])
    if not telling.drafts:
        telling.places = places
        telling.times = weigh_times(order, line, 0, scene.times[order])[:1]
        return
    for number in range(len(strands.cuts)):
        drafts = [draft for draft in telling.drafts if _strand(draft, strands) == number]
        if not drafts:
            continue
        first_harm = next((draft for draft in drafts if draft.is_harm), drafts[0])
        for draft in drafts:
            times = weigh_times(order, line, draft.trigger.first, scene.times[order])
            if len(strands.cuts) > 1:
                times = [one for one in times if _stands_in(line, one.time, strands, number)]
            if len(drafts) > 1:
                times = [one for one in times if _nearest(drafts, line, one.time) is draft] or (
                    [replace(one, weight=one.weight * BESIDE) for one in times[:1]]
                    if draft is first_harm and not draft.is_new
                    else []
                )
            draft.times = times[:1]
        first_harm.places = [spot for spot in places if strands.of(spot.first) == number]
        armed = [draft for draft in drafts if draft.kind in ("ASSAULT", "DEATH")]
        if armed:
            draft = next((one for one in armed if one.kind == "ASSAULT"), armed[0])
            own = [
                one
                for one in instruments
                if (at := line.words_of(one.span)) and strands.of(at[0]) == number
            ]
            draft.instruments += own
            if draft.kind == "DEATH" and any(one.type in ARMS for one in own):
                draft.kind = "ASSAULT"
    for draft in telling.drafts:
        actor = actors.of(draft.trigger)
        if actor is not None:
            draft.actors.append(actor)
            if draft.kind == "DEATH" and actor.kind in DOERS:
                draft.kind = "ASSAULT"
        if draft.kind == "ASSAULT" and (draft.mode is None or draft.is_soft):
            told = actors.mode_of(draft.trigger)
            by_weapon = next(
                (MODES[one.type] for one in draft.instruments if one.type in MODES), None
            )
            draft.is_soft = told is None
            draft.mode = told or by_weapon or draft.mode


def _stands_in(line: Line, time: Time, strands: Strands, number: int) -> bool:
    at = line.words_of(time.span)
    return at is not None and strands.of(at[0]) == number


def _imply(telling: Telling) -> None:
    """Put on the event of a line that somebody was killed in it, where the line only implies so."""
    line = telling.line
    harms = [draft for draft in telling.drafts if draft.is_harm]
    owner = next((draft for draft in harms if draft.reality in ("actual", "alleged")), None)
    implied = find_implied(line)
    none_killed = find_none_killed(line)
    if none_killed is not None:
        (owner or telling).none_killed.append(line.span(*none_killed))
    hit = find_hit(line)
    if hit is not None:
        number, first, last = hit
        (owner or telling).hit.append((number, line.span(first, last)))
    self_killing = find_self_killing(line)
    if implied is not None:
        number, first, last = implied
        (owner or telling).implied.append((number, line.span(first, last)))
    if self_killing is not None:
        (owner or telling).self_killings.append(line.span(*self_killing))


def _nearest(drafts: list[Draft], line: Line, time: Time) -> Draft:
    at = line.words_of(time.span)
    first = at[0] if at else 0
    return min(drafts, key=lambda draft: abs(draft.trigger.first - first))


def _assign(
    telling: Telling, tolls: list[Toll], strands: Strands, cast: Cast, *, names: Sequence[Name]
) -> None:
    """Give each toll to the nearest event of its strand that hurts people; the rest are left."""
    harms = [draft for draft in telling.drafts if draft.is_harm]
    for toll in tolls:
        if not harms:
            telling.tolls.append(toll)
            continue
        number = strands.of(toll.first)
        own = [draft for draft in harms if _strand(draft, strands) == number]
        own = [draft for draft in own if draft.kind != "CRIME"] or own
        nearest = min(
            own or harms,
            key=lambda draft: min(abs(m[2].first - toll.first) for m in draft.mentions),
        )
        nearest.tolls.append((telling.order, telling.line, toll))
        for mention in toll.people:
            if not mention.is_pronoun and not mention.is_bare and mention.low != 0:
                party = cast.read_party(telling.line, mention.first, mention.last, names=names)
                nearest.add_target(party)
