"""The brief: its headline, its labelled sections, its timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice

from livebrief.briefs.changes import compose_change
from livebrief.briefs.counts import compose_dispute, compose_incident
from livebrief.briefs.coverage import Coverage, leading, source_of, trim_label, words_at
from livebrief.briefs.past import MOST_BACKGROUND, find_background, find_timeline
from livebrief.briefs.sentences import (
    Quote,
    find_quotes,
    is_weak,
    pick_quotes,
    quote_entry,
    rank_quotes,
)
from livebrief.model import Brief, Entry, Incident, Section, Span

# How many entries a section holds at the most: a brief is read in two minutes.
MOST = {
    "What we know": 6,
    "What is disputed": 6,
    "Who says so": 6,
    "What is new": 8,
    "The background": MOST_BACKGROUND,
}

# How many incidents "What we know" gives in a composed line, before it quotes.
LINES = 3

# What "new" means where no `since` is given: since this long before the story last learned
# something.
NEW_FOR = timedelta(hours=24)

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
            # Asked what is new since a moment, a reader wants all of it.
            most = None if label == "What is new" and coverage.since else MOST[label]
            written[label] = tuple(islice(fresh, most))
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


Write = Callable[[Coverage, list[Quote], Quote | None], Iterable[Entry]]

SECTIONS: dict[str, Write] = {
    "What is new": new,
    "What we know": know,
    "What is disputed": disputed,
    "Who says so": who,
    "The background": lambda coverage, ranked, lede: find_background(coverage),
}
