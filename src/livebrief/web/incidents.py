"""Incidents as a story's page shows them: each figure's range, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from livebrief.briefs import name_incident, write_bounds, write_slot, write_value
from livebrief.model import Incident, Moment, Report, Source, Tally
from livebrief.store import Filed
from livebrief.web.cuttings import Cutter, Cuttings


class Voice(Struct, frozen=True, kw_only=True):
    """One origin's word on a figure, and who carried it."""

    outlet: str
    value: str
    carried_by: tuple[str, ...]
    source: Source
    published: Moment | None
    stands: bool
    """Whether this origin has not said otherwise since."""

    @property
    def others(self) -> str:
        """Return the carriers in words.

        >>> from livebrief.model import Span
        >>> Voice(outlet="A", value="3", carried_by=("B", "C"), published=None, stands=True,
        ...       source=Source(article="x", span=Span(start=0, end=1))).others
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

    status: str
    party: str | None
    sources: tuple[Source, ...]
    cuttings: Cuttings


class IncidentCard(Struct, frozen=True, kw_only=True):
    """All that is known of one incident."""

    id: str
    name: str
    reports: int
    revisions: int
    tallies: tuple[TallyLine, ...]
    held: tuple[HeldLine, ...]


STATUSES = {
    "unknown": "Nobody has been held responsible",
    "claimed": "Claimed by",
    "blamed": "Blamed",
    "denied": "Denied by",
    "disputed": "Disputed",
}


def write_incidents(
    incidents: Iterable[Incident], filed: Sequence[Filed], cutter: Cutter
) -> list[IncidentCard]:
    """Return the incidents' cards, the latest first, those of which nothing can be shown last."""
    cards = [write_incident(each, filed, cutter) for each in incidents]
    return sorted(reversed(cards), key=lambda card: not (card.tallies or card.held))


def write_incident(incident: Incident, filed: Sequence[Filed], cutter: Cutter) -> IncidentCard:
    """Return all that is known of one incident."""
    tallies = [write_tally(tally, cutter) for tally in incident.figures]
    return IncidentCard(
        id=incident.id,
        name=name_incident(incident),
        reports=len(incident.events),
        revisions=incident.revisions,
        tallies=tuple(each for each in tallies if each.voices),
        held=tuple(_write_held(incident, filed, cutter)),
    )


def write_tally(tally: Tally, cutter: Cutter) -> TallyLine:
    """Return a figure's line: one voice for each value of each origin, standing ones first."""
    latest: dict[str, Report] = {}
    together: dict[tuple[str, str], list[Report]] = {}
    for report in tally.reports:
        latest[report.origin] = report
        together.setdefault((report.origin, write_value(report.value)), []).append(report)
    voices = []
    for (origin, value), reports in together.items():
        # The first carrier speaks; where it gave another value, the first that gave this one.
        first = next((each for each in reports if each.article == origin), reports[0])
        outlets = dict.fromkeys(cutter.outlet(each.article) for each in reports)
        speaker = cutter.outlet(first.article)
        voices.append(
            Voice(
                outlet=speaker,
                value=value,
                carried_by=tuple(each for each in outlets if each != speaker),
                source=Source(article=first.article, span=first.value.span),
                published=first.published_at,
                stands=write_value(latest[origin].value) == value,
            )
        )
    slot = tally.what if tally.party is None else f"{tally.what} ({tally.party})"
    spread = write_bounds(tally.low, tally.high)
    value = spread if tally.best is None else write_bounds(tally.best, tally.best)
    return TallyLine(
        slot=write_slot(slot),
        value=value,
        spread=spread if spread != value else None,
        rule=tally.rule,
        voices=tuple(sorted(voices, key=lambda voice: not voice.stands)),
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
            status=STATUSES[held.status],
            party=party,
            sources=sources,
            cuttings=cutter.cut(sources),
        )
