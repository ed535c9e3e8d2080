"""What happened before and after, incident by incident: the background and the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from livebrief.briefs.coverage import Coverage, leading
from livebrief.briefs.phrases import write_when
from livebrief.briefs.sentences import content_words, find_telling, share_words
from livebrief.model import Entry, Incident, TimelineEntry, day_of

# How many earlier incidents a brief tells: those that its own are linked to come first.
MOST_BACKGROUND = 6

# An event may be told to the day, or to one of two (overnight, or by the zone of the teller).
ONE_DAY = timedelta(days=1)
ONE_MONTH = timedelta(days=31)


def find_background(coverage: Coverage) -> Iterable[Entry]:
    """Return the earlier incidents, each in the sentence that tells it best, in order of time."""
    kinds = {link.event: link.kind for incident in coverage.incidents for link in incident.links}
    latest_first = list(reversed(coverage.earlier))
    linked = [each for each in latest_first if each.id in kinds]
    dated = [each for each in latest_first if _is_dated(each, within=ONE_MONTH)]
    news = [each for each in dated if each.id not in kinds and coverage.is_news(each)]
    rest = [each for each in dated if each not in linked and each not in news]
    chosen = {each.id for each in [*linked, *news, *rest][:MOST_BACKGROUND]}
    told: list[frozenset[str]] = []
    for incident in coverage.earlier:
        found = find_telling(coverage, incident) if incident.id in chosen else None
        if found is None or _is_told(found.text, told):
            continue
        when = write_when(incident.time)
        yield Entry(text=f"{when}: {found.text}" if when else found.text, sources=found.sources)


def find_timeline(coverage: Coverage) -> tuple[TimelineEntry, ...]:
    """Return every dated incident, earlier and own, in order of time, in its best sentence."""
    entries = []
    told: dict[date, list[frozenset[str]]] = {}
    earlier = (incident for incident in coverage.earlier if coverage.is_news(incident))
    for incident in (*earlier, *leading(coverage)):
        time = incident.time
        first = day_of(time.earliest) if time else None
        # A month or a week is no place on a line of days.
        if not _is_dated(incident, within=ONE_DAY) or time is None or time.earliest is None:
            continue
        found = find_telling(coverage, incident) if first else None
        if found is None or first is None or _is_told(found.text, told.setdefault(first, [])):
            continue
        entries.append(
            TimelineEntry(
                time=time.earliest,
                text=found.text,
                sources=found.sources,
                incident=incident.id,
            )
        )
    return tuple(sorted(entries, key=lambda each: (day_of(each.time), each.time, each.text)))


def _is_dated(incident: Incident, *, within: timedelta) -> bool:
    """Return whether it is known when the incident was, up to so much."""
    first = day_of(incident.time.earliest) if incident.time else None
    last = day_of(incident.time.latest) if incident.time else None
    return first is not None and last is not None and last - first <= within


def _is_told(text: str, told: list[frozenset[str]]) -> bool:
    """Return whether a sentence on the same has been told; if not, it is from now on."""
    words = content_words(text)
    if any(share_words(words, other) for other in told):
        return True
    told.append(words)
    return False
