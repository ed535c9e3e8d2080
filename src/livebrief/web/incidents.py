"""Incidents as a story's page shows them: each figure's range, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from livebrief.briefs import name_incident, name_slot, write_slot, write_value
from livebrief.model import Incident, Moment, Report, ResponsibilityStatus, Source, Tally
from livebrief.store import Filed
from livebrief.web.changes import write_best, write_spread
from livebrief.web.cuttings import Cutter, Cuttings


class Voice(Struct, frozen=True, kw_only=True):
    """One origin's word on a figure, and who carried it."""

    outlet: str
    value: str
    carried_by: tuple[str, ...]
    source: Source
    published: Moment | None
    stands: bool
    """Whether neither the origin nor the outlet has said otherwise since."""
    is_revised: bool
    """Whether it was a later report that said otherwise."""

    @property
    def others(self) -> str:
        """Return the carriers in words.

        >>> from livebrief.model import Span
        >>> source = Source(article="x", span=Span(start=0, end=1))
        >>> Voice(outlet="A", value="3", carried_by=("B", "C"), source=source, published=None,
        ...       stands=True, is_revised=False).others
        'carried by 2 others'
        """
        count = len(self.carried_by)
        if not count:
            return ""
        return f"carried by {self.carried_by[0]}" if count == 1 else f"carried by {count} others"


class TallyLine(Struct, frozen=True, kw_only=True):
    """A figure: its name, its best value, what reports range over, and who says what."""

    slot: str
    value: str
    spread: str | None
    rule: str
    voices: tuple[Voice, ...]


class HeldLine(Struct, frozen=True, kw_only=True):
    """Who is held responsible, and the words that say so."""

    status: ResponsibilityStatus
    party: str | None
    sources: tuple[Source, ...]
    cuttings: Cuttings

    @property
    def words(self) -> str:
        """Return it in words."""
        return STATUSES[self.status].format(self.party or "somebody unnamed")


class IncidentCard(Struct, frozen=True, kw_only=True):
    """All that is known of one incident."""

    id: str
    name: str
    reports: int
    tallies: tuple[TallyLine, ...]
    held: tuple[HeldLine, ...]


STATUSES: dict[ResponsibilityStatus, str] = {
    "unknown": "nobody is held responsible yet",
    "claimed": "claimed by {}",
    "blamed": "blamed on {}",
    "denied": "denied by {}",
    "disputed": "disputed, {}",
}


def write_incidents(
    incidents: Iterable[Incident], filed: Sequence[Filed], cutter: Cutter
) -> tuple[IncidentCard, ...]:
    """Return the incidents of which something can be shown, the most reported first.

    Of equals the latest comes first.
    """
    cards = [write_incident(each, filed, cutter) for each in incidents]
    cards.reverse()
    shown = (card for card in cards if card.tallies or card.held)
    return tuple(sorted(shown, key=lambda card: -card.reports))


def write_incident(incident: Incident, filed: Sequence[Filed], cutter: Cutter) -> IncidentCard:
    """Return all that is known of one incident."""
    tallies = [write_tally(tally, cutter) for tally in incident.figures]
    return IncidentCard(
        id=incident.id,
        name=name_incident(incident),
        reports=len(incident.events),
        tallies=tuple(each for each in tallies if each.voices),
        held=tuple(_write_held(incident, filed, cutter)),
    )


def write_tally(tally: Tally, cutter: Cutter) -> TallyLine:
    """Return a figure's line: one voice for each value of each origin, standing ones first."""
    # Both an origin and an outlet may say otherwise later.
    by_origin: dict[str, str] = {}
    by_outlet: dict[str, Report] = {}
    together: dict[tuple[str, str], list[Report]] = {}
    for report in tally.reports:
        value = write_value(report.value)
        by_origin[report.origin] = value
        by_outlet[cutter.outlet_key(report.article)] = report
        together.setdefault((report.origin, value), []).append(report)
    voices: dict[tuple[str, str], Voice] = {}
    for (origin, value), reports in together.items():
        # The first carrier speaks; where it gave another value, the first that gave this one.
        first = next((each for each in reports if each.article == origin), reports[0])
        key = cutter.outlet_key(first.article)
        if (key, value) in voices and voices[key, value].stands:
            continue
        speaker = cutter.outlet(first.article)
        outlets = dict.fromkeys(cutter.outlet(each.article) for each in reports)
        latest = by_outlet[key]
        voices[key, value] = Voice(
            outlet=speaker,
            value=value,
            carried_by=tuple(each for each in outlets if each != speaker),
            source=Source(article=first.article, span=first.value.span),
            published=first.published_at,
            stands=value == by_origin[origin] == write_value(latest.value),
            is_revised=first.published_at != latest.published_at,
        )
    return TallyLine(
        slot=write_slot(name_slot(tally)),
        value=write_best(tally) or "not known",
        spread=write_spread(tally),
        rule=tally.rule,
        voices=tuple(sorted(voices.values(), key=lambda voice: not voice.stands)),
    )


def _write_held(incident: Incident, filed: Sequence[Filed], cutter: Cutter) -> Iterable[HeldLine]:
    events = {event.id: (each, event) for each in filed for event in each.reading.events}
    told = set[tuple[str, str | None]]()
    for held in incident.responsibility:
        party = held.party.name if held.party else None
        if (held.status, party) in told:
            continue
        told.add((held.status, party))
        sources = tuple(
            Source(article=found[0].reading.article.id, span=held.span)
            for event_id in incident.events
            if (found := events.get(event_id)) and held in found[1].responsibility
        )[:1]
        yield HeldLine(
            status=held.status,
            party=party,
            sources=sources,
            cuttings=cutter.cut(sources),
        )
