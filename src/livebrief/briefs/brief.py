"""The brief: its headline, its labelled sections, its timeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from livebrief.briefs.coverage import Coverage, source_of, trim_label, words_at
from livebrief.briefs.phrases import (
    name_incident,
    name_slot,
    phrases,
    write_bounds,
    write_day,
    write_list,
    write_slot,
    write_value,
    write_when,
)
from livebrief.briefs.sentences import (
    Quote,
    content_words,
    find_quotes,
    find_telling,
    is_weak,
    pick_quotes,
    quote_entry,
    rank_quotes,
    share_words,
)
from livebrief.model import (
    Brief,
    Change,
    Entry,
    Figure,
    Incident,
    Report,
    Section,
    Source,
    Span,
    Tally,
    TimelineEntry,
    day_of,
)

# How many entries a section holds at the most: a brief is read in two minutes.
MOST = {
    "What we know": 6,
    "What is disputed": 6,
    "Who says so": 6,
    "What is new": 8,
    "The background": 6,
}

# How many incidents "What we know" gives in a composed line, before it quotes.
LINES = 3

# What "new" means where no `since` is given: since this long before the story last learned
# something.
NEW_FOR = timedelta(hours=24)

# An event may be told to the day, or to one of two (overnight, or by the zone of the teller).
ONE_DAY = timedelta(days=1)
ONE_MONTH = timedelta(days=31)

# That a place or a day became known is seen in the incident's own name.
QUIET_SLOTS = frozenset({"place", "time"})


def write_brief(coverage: Coverage) -> Brief:
    """Return the story's brief.  What cannot be cited is left out: the entry, never the brief."""
    quotes = [quote for reading in coverage.readings for quote in find_quotes(reading)]
    ranked = rank_quotes(coverage, quotes)
    sections = []
    lede = find_lede(coverage, ranked)
    if lede:
        sections.append(Section(label="The lede", entries=(quote_entry(coverage, lede),)))
    # A sentence is told once.  What somebody says stands with who says it, so that is asked first.
    told = {lede.text} if lede else set()
    written: dict[str, tuple[Entry, ...]] = {}
    for label in ("Who says so", *SECTIONS):
        if label not in written:
            fresh = (
                entry
                for entry in SECTIONS[label](coverage, ranked, lede)
                if entry.sources and entry.text not in told
            )
            written[label] = tuple(islice(fresh, MOST[label]))
            told.update(entry.text for entry in written[label])
    sections += [
        Section(label=label, entries=written[label]) for label in SECTIONS if written[label]
    ]
    return Brief(
        story=coverage.story.id,
        as_of=coverage.as_of,
        headline=coverage.story.headline,
        sections=tuple(sections),
        timeline=find_timeline(coverage),
        changes=coverage.changes,
        go_deeper=coverage.deeper,
    )


def find_lede(coverage: Coverage, ranked: list[Quote]) -> Quote | None:
    """Return the sentence that opens the brief: an article's own opening, of the latest day."""
    openings = [quote for quote in ranked if quote.position == 0] or ranked
    if not openings:
        return None
    last = max((_learned(quote) for quote in openings), default=None)
    if last is None:
        return openings[0]
    late = [quote for quote in openings if last - _learned(quote) <= NEW_FOR]
    return late[0]


def _learned(quote: Quote) -> datetime:
    learned_at = quote.reading.learned_at
    if learned_at is None:
        raise ValueError("a brief is written from readings that were taken in (learned_at set)")
    return learned_at


def know(coverage: Coverage, ranked: list[Quote], lede: Quote | None) -> Iterable[Entry]:
    """Return each incident in one composed line, then what else most origins tell."""
    composed = (compose_incident(coverage, incident) for incident in leading(coverage))
    yield from [entry for entry in composed if entry][:LINES]
    besides = [lede] if lede else []
    for quote, others in pick_quotes(ranked, MOST["What we know"], besides=besides):
        yield quote_entry(coverage, quote, others)


def leading(coverage: Coverage) -> list[Incident]:
    """Return what the story is news of: what most origins tell first, of these the latest."""

    def weight(incident: Incident) -> tuple[int, str, str]:
        origins = {coverage.origin(each.article.id) for each, _ in coverage.events_of(incident)}
        earliest = incident.time.earliest if incident.time else None
        return len(origins), earliest or "", incident.id

    news = [incident for incident in coverage.incidents if coverage.is_news(incident)]
    return sorted(news, key=weight, reverse=True)


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
    return Entry(text=f"{name_incident(incident)}. {'. '.join(parts)}.", sources=_once(sources))


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
        if tally.low == tally.high == 1 and not _COUNTED.search(words):
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


_COUNTED = re.compile(r"\d|\b(?:an?|one)\b", re.IGNORECASE)


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


def disputed(coverage: Coverage, ranked: list[Quote], lede: Quote | None) -> Iterable[Entry]:
    """Return the figures on which origins differ, who is blamed and denies, and the denials."""
    for incident in reversed(coverage.incidents):
        for tally in incident.figures:
            entry = compose_dispute(coverage, incident, tally)
            if entry:
                yield entry
    for incident in reversed(coverage.incidents):
        for held in incident.responsibility:
            if held.status in ("denied", "disputed"):
                yield from _quote_span(coverage, incident, held.span)
    told = set[str]()
    for reading in reversed(coverage.readings):
        for claim in reading.claims:
            if claim.stance in ("denies", "doubts", "retracts") and claim.span.part == "text":
                span = trim_label(reading.article, claim.span)
                text = words_at(reading.article, span)
                if text and text not in told and claim.span.related_index is None:
                    told.add(text)
                    yield Entry(text=text, sources=(source_of(reading, span),))


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
        sources=_once(sources),
    )


def _quote_span(coverage: Coverage, incident: Incident, span: Span) -> Iterable[Entry]:
    """Yield the sentence of the first event of the incident that holds this responsibility."""
    for reading, event in coverage.events_of(incident):
        if any(held.span == span for held in event.responsibility):
            text = words_at(reading.article, span)
            if text:
                yield Entry(text=text, sources=(source_of(reading, span),))
            return


def who(coverage: Coverage, ranked: list[Quote], lede: Quote | None) -> Iterable[Entry]:
    """Return what those who speak most often say, one sentence each, by independent origins."""
    origins: dict[str, set[str]] = {}
    latest: dict[str, tuple[str, Entry]] = {}
    for reading in coverage.readings:
        for claim in reading.claims:
            if claim.by is None or claim.span.related_index is not None:
                continue
            if claim.span.part != "text" or not claim.content_spans:
                continue
            span = trim_label(reading.article, claim.span)
            text = words_at(reading.article, span)
            if not 5 <= text.count(" ") < 60 or is_weak(text):
                continue
            speaker = claim.by.name.casefold()
            origins.setdefault(speaker, set()).add(coverage.origin(reading.article.id))
            latest[speaker] = text, Entry(text=text, sources=(source_of(reading, span),))
    told = set[str]()
    for speaker in sorted(latest, key=lambda each: (-len(origins[each]), each)):
        text, entry = latest[speaker]
        if text not in told:
            told.add(text)
            yield entry


def new(coverage: Coverage, ranked: list[Quote], lede: Quote | None) -> Iterable[Entry]:
    """Return what changed, latest first; where no value changed, what the latest reports add."""
    since = coverage.since or _default_since(coverage)
    told = set[str]()
    for change in reversed(coverage.changes):
        if since and change.learned_at and change.learned_at <= since:
            continue
        is_new = change.kind == "new" and change.before is None
        if change.slot in QUIET_SLOTS or (is_new and change.after == "unknown"):
            continue
        # The first count of a group is part of the first count of all.
        if is_new and ": " in change.slot:
            continue
        entry = compose_change(coverage, change)
        if entry and entry.text not in told:
            told.add(entry.text)
            yield entry
    if not told:
        late = [quote for quote in ranked if since is None or _learned(quote) > since]
        besides = [lede] if lede else []
        for quote, others in pick_quotes(late, 3, besides=besides):
            yield quote_entry(coverage, quote, others)


def _default_since(coverage: Coverage) -> datetime | None:
    learned = [each.learned_at for each in coverage.readings if each.learned_at]
    return max(learned) - NEW_FOR if learned else None


def compose_change(coverage: Coverage, change: Change) -> Entry | None:
    """Return one change in a line: the slot, what it was, what it is, who brought it."""
    if change.report is None or coverage.reading(change.report.article) is None:
        return None
    incidents = [*coverage.earlier, *coverage.incidents]
    incident = next((each for each in incidents if each.id == change.incident), None)
    if incident is None:
        return None
    if change.slot == "incident":
        found = find_telling(coverage, incident) if coverage.is_news(incident) else None
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
        text=f"{text}{after}. {name_incident(incident)} ({brought}).", sources=_once(sources)
    )


def _change_words(coverage: Coverage, change: Change) -> str:
    """Return the new value, in the report's own words where the value only bounds it."""
    after = change.after
    if isinstance(after, Figure) and change.report:
        words = report_words(coverage, change.report)
        is_named = after.low == after.high == 1 and not _COUNTED.search(words)
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


def background(coverage: Coverage, ranked: list[Quote], lede: Quote | None) -> Iterable[Entry]:
    """Return the earlier incidents, each in the sentence that tells it best, in order of time."""
    kinds = {link.event: link.kind for incident in coverage.incidents for link in incident.links}
    latest_first = list(reversed(coverage.earlier))
    linked = [each for each in latest_first if each.id in kinds]
    news = [each for each in latest_first if each.id not in kinds and coverage.is_news(each)]
    rest = [
        each
        for each in latest_first
        if each not in linked and each not in news and _is_dated(each, within=ONE_MONTH)
    ]
    chosen = {each.id for each in [*linked, *news, *rest][: MOST["The background"]]}
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


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))


Write = Callable[[Coverage, list[Quote], Quote | None], Iterable[Entry]]

SECTIONS: dict[str, Write] = {
    "What is new": new,
    "What we know": know,
    "What is disputed": disputed,
    "Who says so": who,
    "The background": background,
}
