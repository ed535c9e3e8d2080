"""When and where an event happened: of the event, not of the statement about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.model import Place, Precision, Time

FINE: frozenset[Precision] = frozenset(("second", "minute", "hour", "part_of_day", "day"))
COARSE: tuple[Precision, ...] = ("week", "month", "season", "year")

# Between a trigger and a time, these say that the time is of the words, not of the deed.
SPEECH = frozenset(
    """said says told announced confirmed reported tweeted wrote statement charged arrested
    arraigned court sentenced hearing identified released trial booked appeared""".split()
)


def times_of(line: Line, trigger: Trigger, times: Sequence[Time]) -> list[Time]:
    """Return the times in a line that may be the event's, the likeliest first."""
    scored: list[tuple[float, int, Time]] = []
    for number, time in enumerate(times):
        if time.type not in ("DATE", "TIME") or time.earliest is None:
            continue
        at = line.words_of(time.span)
        if at is None:
            continue
        first, last = at
        low, high = sorted((trigger.first, first))
        distance = float(high - low)
        if any(word in SPEECH for word in line.words[low:high]):
            distance += 15
        if line.words[max(0, first - 1) : first] and line.words[first - 1] in SPEECH:
            distance += 15
        clause = line.clause(trigger.first)
        if not clause[0] <= first < clause[1]:
            distance += 4
        scored.append((distance, number, time))
        del last
    return [time for distance, _, time in sorted(scored, key=lambda one: one[:2]) if distance < 40]


def choose_time(times: Sequence[tuple[int, Time]]) -> Time | None:
    """Return the time that tells best when: to the day before coarser, first told before later."""
    for grades in (FINE, frozenset(COARSE)):
        fitting = [(order, time) for order, time in times if time.precision in grades]
        if not fitting:
            continue
        days = Counter((time.earliest or "")[:10] for _, time in fitting)
        best = max(range(len(fitting)), key=lambda i: (days[(fitting[i][1].earliest or "")[:10]], -i))
        day = (fitting[best][1].earliest or "")[:10]
        exact = [time for _, time in fitting if (time.earliest or "")[:10] == day]
        return exact[0]
    return None


def choose_place(places: Sequence[tuple[int, Place]]) -> Place | None:
    """Return the place that most of an event's sentences name, a city before its country."""
    votes: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for order, place in places:
        weight = 3 if order <= 2 else 1
        if place.city:
            votes[(place.city, place.admin1, place.country)] += weight
    if votes:
        best = max(votes.values())
        for _, place in places:
            key = (place.city, place.admin1, place.country)
            if place.city and votes[key] == best:
                same = [p for _, p in places if (p.city, p.admin1, p.country) == key]
                return next((p for p in same if p.kind == "site"), same[0])
    return places[0][1] if places else None
