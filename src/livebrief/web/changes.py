"""Changes in words: what it was, what it is, who brought it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from livebrief.briefs import name_incident, write_bounds, write_slot, write_value
from livebrief.model import Change, Incident, Moment, Source

KINDS = {
    "new": "new",
    "raised": "raised",
    "lowered": "lowered",
    "exact": "now exact",
    "corrected": "corrected",
    "retracted": "withdrawn",
    "disputed": "disputed",
    "attributed": "attributed",
}


class ChangeLine(Struct, frozen=True, kw_only=True):
    """One change as a reader reads it."""

    slot: str
    kind: str
    before: str | None
    """`None` where nothing was known."""
    after: str | None
    """`None` where the value was withdrawn."""
    incident: str
    source: Source | None
    outlet: str | None
    reported_at: Moment | None
    learned_at: datetime | None

    @property
    def words(self) -> str:
        """Return the change in one line."""
        if self.slot == "Incident":
            return f"New: {self.incident}" if self.kind == "new" else f"{self.incident}: {self.kind}"
        if self.before is None:
            return f"{self.slot}: {self.after or 'nothing'}"
        return f"{self.slot} {self.kind}: {self.before} → {self.after or 'withdrawn'}"


def write_change(change: Change, incidents: Mapping[str, Incident]) -> ChangeLine:
    """Return the change in words; `incidents` are those that may be named, by id."""
    incident = incidents.get(change.incident)
    name = name_incident(incident) if incident else "an incident"
    report = change.report
    return ChangeLine(
        slot=write_slot(change.slot),
        kind=KINDS.get(change.kind, change.kind),
        before=None if change.before is None else write_value(change.before),
        after=None if change.after is None else write_value(change.after),
        incident=name,
        source=Source(article=report.article, span=report.value.span) if report else None,
        outlet=report.outlet if report else None,
        reported_at=change.reported_at,
        learned_at=change.learned_at,
    )


# What a list of stories shows of an incident, in this order.
TOLL = ("killed", "missing", "injured")


def find_toll(incidents: Sequence[Incident]) -> str | None:
    """Return the toll of the latest incident that has one, with what reports range over."""
    for incident in reversed(incidents):
        parts = list(_write_toll(incident))
        if parts:
            return " · ".join(parts)
    return None


def _write_toll(incident: Incident) -> Iterable[str]:
    for what in TOLL:
        for tally in incident.figures:
            if tally.what != what or tally.party is not None:
                continue
            low, high = (tally.best, tally.best) if tally.best is not None else (tally.low, tally.high)
            if low is None and high is None:
                continue
            words = f"{write_bounds(low, high)} {write_slot(what).lower()}"
            if None not in (tally.best, tally.low, tally.high) and tally.low != tally.high:
                words += f" ({tally.low} to {tally.high} reported)"
            yield words
            break
