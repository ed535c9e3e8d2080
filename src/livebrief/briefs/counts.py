"""The counts of an incident in words that their sources hold: what is known, what is disputed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from livebrief.briefs.coverage import Coverage, source_of, words_at
from livebrief.briefs.phrases import (
    name_incident,
    name_slot,
    write_bounds,
    write_day,
    write_list,
    write_slot,
)
from livebrief.model import Entry, Incident, Report, Source, Tally, day_of

# What origins say is compared within a day of the latest: older counts may have risen since.
ONE_DAY = timedelta(days=1)

# Words that hold a count; those that do not name who is meant.
COUNTED = re.compile(r"\d|\b(?:an?|one)\b", re.IGNORECASE)


def compose_incident(coverage: Coverage, incident: Incident) -> Entry | None:
    """Return what is known of the incident in one line, composed from cited values.

    `None` where no figure of it can be cited.
    """
    parts, sources = [], list[Source]()
    for tally in incident.figures:
        if tally.party is not None:
            continue
        written = write_tally(coverage, tally)
        if written:
            parts.append(f"{write_slot(tally.what)}: {written[0]}")
            sources.extend(written[1])
    if not parts:
        return None
    for _, event in coverage.events_of(incident):
        found = coverage.event(event.id)
        if found is None:
            continue
        for value in (event.place, event.time):
            if value is not None:
                sources.append(source_of(found[0], value.span))
        break
    return Entry(
        text=f"{name_incident(incident)}. {'. '.join(parts)}.", sources=drop_repeats(sources)
    )


def compose_dispute(coverage: Coverage, incident: Incident, tally: Tally) -> Entry | None:
    """Return who says which number, `None` where all origins can be right at once."""
    values: dict[tuple[int | None, int | None], list[Report]] = {}
    for report in current_reports(tally):
        if coverage.reading(report.article):
            values.setdefault((report.value.low, report.value.high), []).append(report)
    lows = [low for low, _ in values if low is not None]
    highs = [high for _, high in values if high is not None]
    if len(values) < 2 or not lows or not highs or max(lows) <= min(highs):
        return None
    parts, sources = [], list[Source]()
    for reports in values.values():
        words = report_words(coverage, reports[-1])
        outlets = write_list(coverage.outlet(report.article) for report in reports)
        parts.append(f"“{words}” ({outlets}, {write_day(reports[-1].published_at, year=False)})")
        for report in reports:
            sources.extend(report_sources(coverage, report))
    return Entry(
        text=f"{write_slot(name_slot(tally))}, {name_incident(incident)}: {'; '.join(parts)}.",
        sources=drop_repeats(sources),
    )


def write_tally(coverage: Coverage, tally: Tally) -> tuple[str, list[Source]] | None:
    """Return a figure in words that its sources hold, and the sources.

    Exact numbers are given as numbers; where reports only bound it, in the words of a report.
    """
    standing = [report for report in standing_reports(tally) if coverage.reading(report.article)]
    if not standing:
        return None
    exact = {each.value.low for each in standing if each.value.low == each.value.high}
    ends = [end for end in (tally.low, tally.high) if end is not None]
    if ends and len(ends) == 2 and set(ends) <= exact:
        cited = [each for each in standing if each.value.low in ends or each.value.high in ends]
        words = report_words(coverage, cited[-1])
        if tally.low == tally.high == 1 and not COUNTED.search(words):
            # One who is named: the name says more than "1", and is what the source holds.
            return f"“{words}”", report_sources(coverage, cited[-1])
        text = write_bounds(tally.low, tally.high, about=all(each.value.about for each in cited))
        return text, [source for each in cited for source in report_sources(coverage, each)]
    # Where a bound is all there is, the one that says most; of equals the latest.
    best = [each for each in standing if tally.best in (each.value.low, each.value.high)]
    chosen = max(best or standing, key=lambda each: each.value.low or 0)
    words = report_words(coverage, chosen)
    if not words:
        return None
    return f"“{words}”", report_sources(coverage, chosen)


def standing_reports(tally: Tally) -> list[Report]:
    """Return the last report of each origin, earliest first."""
    last: dict[str, Report] = {}
    for report in tally.reports:
        last.pop(report.origin, None)
        last[report.origin] = report
    return list(last.values())


def current_reports(tally: Tally) -> list[Report]:
    """Return the last reports of each origin that are of the last day of reports, or undated.

    An older count that has risen since is no longer what its origin would say.
    """
    standing = standing_reports(tally)
    days = [day for report in standing if (day := day_of(report.published_at))]
    last = max(days, default=None)
    return [
        report
        for report in standing
        if last is None or last - (day_of(report.published_at) or last) <= ONE_DAY
    ]


def report_words(coverage: Coverage, report: Report) -> str:
    """Return the words that give the report's value."""
    reading = coverage.reading(report.article)
    return words_at(reading.article, report.value.span) if reading else ""


def report_sources(coverage: Coverage, report: Report) -> list[Source]:
    """Return the words that the report's value rests on."""
    reading = coverage.reading(report.article)
    if reading is None:
        return []
    spans = report.value.composed_from or (report.value.span,)
    return [source_of(reading, span) for span in spans]


def drop_repeats(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the sources, each once, in their order."""
    return tuple(dict.fromkeys(sources))
