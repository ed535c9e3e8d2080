"""What a report changed, in one line: what it was, what it is, who brought it."""

from __future__ import annotations

from livebrief.briefs.counts import COUNTED, drop_repeats, report_sources, report_words
from livebrief.briefs.coverage import Coverage
from livebrief.briefs.phrases import (
    name_incident,
    phrases,
    write_day,
    write_slot,
    write_value,
)
from livebrief.briefs.sentences import find_telling
from livebrief.model import Change, Entry, Figure, Incident, Source


def compose_change(coverage: Coverage, change: Change) -> Entry | None:
    """Return one change in a line: the slot, what it was, what it is, who brought it."""
    if change.report is None or coverage.reading(change.report.article) is None:
        return None
    incidents = [*coverage.earlier, *coverage.incidents]
    incident = next((each for each in incidents if each.id == change.incident), None)
    if incident is None or not coverage.is_news(incident):
        return None
    if change.slot == "incident":
        found = find_telling(coverage, incident)
        if found is None:
            return None
        return Entry(text=found.text, sources=found.sources)
    sources = report_sources(coverage, change.report)
    after = _change_words(coverage, change)
    brought = f"{coverage.outlet(change.report.article)}, {write_day(change.reported_at)}"
    word = phrases()["changes"].get(change.kind, change.kind)
    text = f"{write_slot(change.slot)} ({word}): "
    if change.before is not None:
        before = _before_words(coverage, incident, change, sources)
        if before.casefold() == after.casefold():
            return None
        text += f"{before} → "
    return Entry(
        text=f"{text}{after}. {name_incident(incident)} ({brought}).", sources=drop_repeats(sources)
    )


def _change_words(coverage: Coverage, change: Change) -> str:
    """Return the new value, in the report's own words where the value only bounds it."""
    after = change.after
    if isinstance(after, Figure) and change.report:
        words = report_words(coverage, change.report)
        is_named = after.low == after.high == 1 and not COUNTED.search(words)
        if words and (is_named or after.low != after.high):
            return f"“{words}”"
    return write_value(after)


def _before_words(
    coverage: Coverage, incident: Incident, change: Change, sources: list[Source]
) -> str:
    """Return the old value; the report that gave it joins the sources."""
    before = change.before
    if not isinstance(before, Figure):
        return write_value(before)
    for tally in incident.figures:
        for report in tally.reports:
            value = report.value
            if tally.what == before.what and (value.low, value.high) == (before.low, before.high):
                cited = report_sources(coverage, report)
                if cited:
                    sources.extend(cited)
                    if before.low == before.high:
                        return write_value(before)
                    return f"“{report_words(coverage, report)}”"
    return write_value(before)
