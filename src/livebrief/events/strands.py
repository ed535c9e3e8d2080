"""Which words of a sentence tell of which event: the strands it is cut into.

"Five were wounded on Saturday in a barrage on the base where three were killed on Wednesday" tells
of two events.  It is cut where words link one event to another ("in retaliation for"), where a
clause has a day of its own, and where an armed party answers a deed ("jets struck depots after a
rocket attack").  Figures, times, places and weapons belong to the event of their strand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from livebrief.events.casualties import AUXILIARIES
from livebrief.events.clauses import OPENERS, Line
from livebrief.events.counts import is_number
from livebrief.events.links import Signal
from livebrief.events.tolls import Toll
from livebrief.events.triggers import HARM, Trigger
from livebrief.events.whereabouts import Moment, is_apart
from livebrief.events.words import word_set

# Where a clause of its own may begin, beside the openers of `clauses.py`.
BREAKS = word_set("strands", "breaks") | OPENERS

# Verbs of what came of a deed: who was shot on Monday may have died on Friday.
OUTCOMES = word_set("strands", "outcomes")


# "Just two hours after": so many words at most before the link that begins a line.
FRONT = 3
FRONT_WORDS = word_set("strands", "front_words")


class Strands:
    """The strands of a line: where each begins, and which tell of something earlier."""

    __slots__ = ("cuts", "earlier", "openers")

    def __init__(self, cuts: Sequence[int] = ()) -> None:
        """Take the words at which the line is cut."""
        self.cuts = sorted({0, *cuts})
        self.earlier: set[int] = set()
        """Numbers of strands that tell of what happened before the others."""
        self.openers: dict[int, str] = {}

    def of(self, word: int) -> int:
        """Return the number of the strand a word stands in."""
        return bisect_right(self.cuts, word) - 1


def find_strands(
    line: Line,
    triggers: Sequence[Trigger],
    tolls: Sequence[Toll],
    moments: Sequence[Moment],
    signals: Sequence[Signal],
) -> Strands:
    """Return the strands of a line."""
    harms = [trigger for trigger in triggers if trigger.kind in HARM]
    if not harms:
        return Strands()
    cuts: dict[int, bool | None] = {}
    """Of each cut: does what is behind it lie before (True) or behind (False) in time?"""
    for signal in signals:
        cut = _cut_at(line, triggers, signal)
        if cut is not None:
            cuts.setdefault(*cut)
    _cut_by_day(line, harms, tolls, moments, cuts)
    strands = Strands(tuple(cuts))
    for at, is_earlier in cuts.items():
        number = strands.of(at)
        strands.openers[number] = line.words[at]
        if is_earlier is True:
            strands.earlier.add(number)
        elif is_earlier is False:
            strands.earlier.add(number - 1)
    return strands


def _cut_at(line: Line, triggers: Sequence[Trigger], signal: Signal) -> tuple[int, bool] | None:
    """Return where a link parts two events of the line, and whether the second is the earlier."""
    before = [trigger for trigger in triggers if trigger.first < signal.first]
    after = [t for t in triggers if t.last > signal.first and t not in before]
    if all(_closes(line, trigger) for trigger in after):
        return None
    if before:
        if _is_outcome(line, before, signal) or (
            signal.is_forward and _is_outcome(line, after, signal)
        ):
            return None
        return signal.first, not signal.is_forward
    if not is_fronted(line, signal):
        return None
    # "Hours after the attack, air strikes hit ..."
    comma = next(
        (k for k in range(after[0].last, len(line.words)) if line.words[k] == ","), len(line.words)
    )
    return (comma, False) if any(trigger.first > comma for trigger in after) else None


def is_fronted(line: Line, signal: Signal) -> bool:
    """Return whether a line begins with what went before: "Two hours after the attack, ..."."""
    before = line.words[line.label_end : signal.first]
    return (
        not signal.is_forward
        and len(before) <= FRONT
        and all(word in FRONT_WORDS or is_number(word) for word in before)
    )


def _closes(line: Line, trigger: Trigger) -> bool:
    """Return whether a participle tells what came of the main clause: ", killing all aboard"."""
    return trigger.form == "ing" and line.words[trigger.first - 1 : trigger.first] == [","]


def _is_outcome(line: Line, triggers: Sequence[Trigger], signal: Signal) -> bool:
    """Return whether all that a side of a link tells is who died of the other side's deed."""
    return signal.kind in ("follows", "caused_by") and all(
        trigger.kind == "DEATH"
        and (
            line.words[trigger.first] in OUTCOMES
            or (line.words[trigger.first] == "killed" and _is_passive(line, trigger))
        )
        for trigger in triggers
    )


def _is_passive(line: Line, trigger: Trigger) -> bool:
    """Return whether a "killed" is of who died: "was killed", a headline's "two killed"."""
    before = line.words[max(0, trigger.first - 2) : trigger.first]
    return line.part == "headline" or not AUXILIARIES.isdisjoint(before)


def _cut_by_day(
    line: Line,
    harms: Sequence[Trigger],
    tolls: Sequence[Toll],
    moments: Sequence[Moment],
    cuts: dict[int, bool | None],
) -> None:
    """Cut before a clause that tells of harm on a day of its own."""
    sure: list[tuple[int, Moment]] = []
    for moment in moments:
        where = line.words_of(moment.time.span)
        if moment.weight >= 1 and where is not None:
            sure.append((where[0], moment))
    if len(sure) < 2:
        return
    sure.sort(key=lambda one: one[0])
    matter = sorted(
        {trigger.first for trigger in harms if line.words[trigger.first] not in OUTCOMES}
        | {toll.first for toll in tolls if line.words[toll.first] not in OUTCOMES}
    )
    if not matter:
        return
    for (one_at, one), (two_at, two) in pairwise(sure):
        order = is_apart(one.time, two.time)
        if order == 0:
            continue
        for at in range(two_at, one_at, -1):
            is_break = line.words[at] in BREAKS or (
                line.words[at] == "and" and line.words[at - 1] == ","
            )
            if is_break and matter[0] < at and any(at < word for word in matter):
                if not any(one_at < cut <= two_at for cut in cuts):
                    cuts[at] = order > 0
                break
