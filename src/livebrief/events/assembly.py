"""The door of the room: an article and its passages in, its events, claims and causes out."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.causes import find_causes
from livebrief.events.claims import find_claims
from livebrief.events.drafts import Draft, fits
from livebrief.events.findings import Findings
from livebrief.events.main_event import choose_main
from livebrief.events.parties import Cast
from livebrief.events.scenes import Scene
from livebrief.events.telling import read_line
from livebrief.events.told import Telling
from livebrief.events.triggers import Trigger
from livebrief.events.writing import write_events
from livebrief.language.passage import Passage
from livebrief.model import Article, Cause, Claim, Event

# A page of thousands of events is a list; each new one is compared with so many of the first and
# of the last, so that no page makes the work grow with the square of its length.
MOST_COMPARED = 30


# A suicide told further down, apart from the event, is often another's: a suspect's in his cell.
EARLY = 6


def find_events(article: Article, passages: Sequence[Passage]) -> Findings:
    """Return what an article and its cards report: events, claims, causes, and the main event.

    `passages` are of the article's text and headline, and of each card's; each tells by its
    `related_index` whose it is.
    """
    events: list[Event] = []
    claims: list[Claim] = []
    causes: list[Cause] = []
    main_event: str | None = None
    indexes = sorted({p.related_index for p in passages}, key=lambda i: -1 if i is None else i)
    for index in indexes:
        scene = Scene(index, [p for p in passages if p.related_index == index])
        cast = Cast()
        said = find_claims(article.id, scene, cast)
        tellings: list[Telling] = []
        for order in range(len(scene.lines)):
            corrected = tellings[-1].corrected if tellings else None
            tellings.append(read_line(scene, order, cast, corrected=corrected))
        drafts = gather(scene, tellings)
        main = choose_main(drafts, scene.lede)
        written = write_events(article.id, scene, drafts, main, said, cast)
        if index is None and main is not None:
            main_event = next(event.id for draft, event in written if draft is main)
        events += [event for _, event in written]
        claims += said
        for telling in tellings:
            causes += find_causes(telling.line, telling.triggers)
    return Findings(
        main_event=main_event, events=tuple(events), claims=tuple(claims), causes=tuple(causes)
    )


def gather(scene: Scene, tellings: Sequence[Telling]) -> list[Draft]:
    """Return a scene's events: what its lines tell of the same one made one."""
    drafts: list[Draft] = []
    loose: list[Telling] = []
    for telling in tellings:
        for new in telling.drafts:
            old = _find_same(drafts, new, scene.lede)
            if old is None:
                drafts.append(new)
            else:
                old.take(new)
                new.merged_into = old
        is_loose = (
            telling.tolls
            or telling.implied
            or telling.hit
            or telling.self_killings
            or telling.none_killed
        )
        if is_loose and not telling.is_background:
            loose.append(telling)
    for telling in tellings:
        _answer(drafts, telling)
    drafts = _settle_denials(drafts, scene.lede)
    if not any(draft.is_harm for draft in drafts):
        drafts += _begin_by_toll(scene, loose)
    main = choose_main(drafts, scene.lede)
    for telling in loose:
        owner = _find_owner(drafts, telling.order, main)
        if owner is not None:
            owner.tolls += [(telling.order, telling.line, toll) for toll in telling.tolls]
            owner.none_killed += telling.none_killed
            if telling.order <= scene.lede + EARLY:
                owner.implied += telling.implied
                owner.hit += telling.hit
                owner.self_killings += telling.self_killings
            owner.times += telling.times
            owner.places += telling.places
    return drafts


def _begin_by_toll(scene: Scene, loose: Sequence[Telling]) -> list[Draft]:
    """Return the deaths that a text begins with without a word of what brought them about."""
    for telling in loose:
        for toll in telling.tolls:
            if toll.fate == "killed" and telling.order <= scene.lede:
                trigger = Trigger(
                    first=toll.first, last=toll.last, kind="DEATH", mode=None, form="phrase"
                )
                return [Draft(telling.order, telling.line, trigger)]
    return []


def _answer(drafts: Sequence[Draft], telling: Telling) -> None:
    """Link what a line says was followed or answered to the last harm told before it."""
    for kind, earlier, span in telling.answered:
        later = next(
            (
                draft
                for draft in reversed(drafts)
                if draft.is_harm and draft.orders[0] < telling.order and not draft.is_background
                and draft is not earlier and not draft.is_earlier
            ),
            None,
        )  # fmt: skip
        if later is not None:
            later.linked.append((kind, earlier, span))


def _settle_denials(drafts: list[Draft], lede: int) -> list[Draft]:
    """Return the drafts, one that the beginning denies flatly made one with the reports of it."""
    denial = next((d for d in drafts if d.is_denial and d.is_harm and d.orders[0] <= lede), None)
    if denial is None:
        return drafts
    kept = [denial]
    for draft in drafts:
        if draft is denial:
            continue
        is_same = draft.is_harm and not draft.is_background and (
            draft.kind == denial.kind or draft.kind == "DEATH" or draft.mode == denial.mode
        ) and (draft.mode in (None, denial.mode) or denial.mode is None)  # fmt: skip
        if is_same:
            denial.take(draft)
            draft.merged_into = denial
        else:
            kept.append(draft)
    denial.reality = "denied"
    kept.sort(key=lambda draft: draft.mentions[0][0])
    return kept


def _find_same(drafts: Sequence[Draft], new: Draft, lede: int) -> Draft | None:
    """Return the event that a new draft tells of again, the earliest told first."""
    near = drafts
    if len(drafts) > 2 * MOST_COMPARED:
        near = [*drafts[:MOST_COMPARED], *drafts[-MOST_COMPARED:]]
    return next((old for old in near if fits(old, new, lede)), None)


def _find_owner(drafts: Sequence[Draft], order: int, main: Draft | None) -> Draft | None:
    """Return the event whose victims a line without an event of its own tells of.

    It is the one told right before, where it hurt people; else the one the article is about.
    """
    for draft in reversed(drafts[-MOST_COMPARED:]):
        if (
            draft.is_harm
            and order - 1 in draft.orders
            and draft.reality == "actual"
            and not draft.is_background
            and not draft.is_earlier
        ):
            return draft
    return main if main is not None and main.is_harm else None
