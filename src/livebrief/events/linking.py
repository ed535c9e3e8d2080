"""Events of one line put in relation: linked, dated by one another, alike in kind."""

from __future__ import annotations

from livebrief.events.links import Signal
from livebrief.events.people import NOUNS
from livebrief.events.strands import Strands, is_fronted
from livebrief.events.told import Telling
from livebrief.events.whereabouts import count_back, read_lag
from livebrief.events.words import word_set

BACK_REFERENCES = word_set("crowds", "back_references")


def link_events(telling: Telling, signals: list[Signal]) -> None:
    """Put the links that a line states on the later of two events."""
    drafts, line = telling.drafts, telling.line
    for signal in signals:
        before = [draft for draft in drafts if draft.mentions[0][2].first < signal.first]
        after = [
            draft
            for draft in drafts
            if draft.mentions[0][2].last > signal.first and draft not in before
        ]
        if not before and is_fronted(line, signal) and len(after) > 1:
            # "Hours after the attack, air strikes hit ..."
            before, after = after[1:2], after[:1]
        opening = line.words[line.label_end : signal.first]
        is_told_before = opening[:1] != [] and opening[0] in BACK_REFERENCES and not any(
            word in NOUNS for word in opening
        )  # fmt: skip
        is_answer = signal.kind == "in_retaliation_for" or line.words[signal.first] == "in"
        is_alone = not before and after and not signal.is_forward
        if is_alone and (is_told_before or is_answer):
            # "They followed the killing of a general": what came later was told before.
            after[0].is_linked = after[0].is_earlier = True
            telling.answered.append((signal.kind, after[0], line.span(signal.first, signal.last)))
        if not before or not after:
            continue
        one, other = before[-1], after[0]
        span = line.span(signal.first, signal.last)
        later, earlier = (other, one) if signal.is_forward else (one, other)
        later.linked.append((signal.kind, earlier, span))
        later.is_linked = earlier.is_linked = True


def count_days_back(telling: Telling, signals: list[Signal]) -> None:
    """Give what lies "two days" before an event of the same line its day."""
    for draft in telling.drafts:
        for kind, earlier, span in draft.linked:
            if kind != "follows" or earlier.times or not draft.times:
                continue
            signal = next((s for s in signals if telling.line.span(s.first, s.last) == span), None)
            days = read_lag(telling.line, signal.first) if signal is not None else None
            if signal is None or days is None:
                continue
            first = max(0, signal.first - (telling.line.words[signal.first] not in ("a", "the")))
            moment = count_back(draft.times[0], days, telling.line, first, signal.last)
            if moment is not None:
                earlier.times = [moment]


def inherit_kind(telling: Telling, strands: Strands) -> None:
    """Give deaths at the scene of an attack its kind: "a base where three were killed before"."""
    for draft in telling.drafts:
        number = strands.of(draft.mentions[0][2].first)
        if draft.kind == "DEATH" and strands.openers.get(number) == "where":
            scene = next(
                (d for d in telling.drafts if strands.of(d.mentions[0][2].first) == number - 1),
                None,
            )
            if scene is not None and scene.kind == "ASSAULT":
                draft.kind, draft.mode = scene.kind, scene.mode
