"""Changes in words: what it was, what it is, who brought it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from livebrief.briefs import name_incident, write_bounds, write_slot, write_value
from livebrief.model import Change, Incident, Moment, Source, Tally

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

# What names an incident: told with it, not beside it.
NAMING = ("incident", "place", "time")


class ChangeLine(Struct, frozen=True, kw_only=True):
    """One change as a reader reads it."""

    slot: str
    kind: str
    before: str | None
    """`None` where nothing was known."""
    after: str | None
    """`None` where the value was withdrawn."""
    source: Source | None

    @property
    def words(self) -> str:
        """Return the change in one line."""
        if self.before is None:
            return f"{self.slot}: {self.after or 'nothing'}"
        return f"{self.slot} {self.kind}: {self.before} → {self.after or 'nothing'}"


class Changed(Struct, frozen=True, kw_only=True):
    """What one report changed of one incident."""

    incident: str
    is_new: bool
    lines: tuple[ChangeLine, ...]
    """Empty where the incident is new and nothing is known of it but its name."""


class Bringing(Struct, frozen=True, kw_only=True):
    """What one report changed."""

    article: str | None
    """`None` where it came of joining earlier reports."""
    outlet: str | None
    at: Moment | datetime | None
    changed: tuple[Changed, ...]

    @property
    def words(self) -> str:
        """Return the most telling of the changes in one line."""
        first = self.changed[0]
        return first.lines[0].words if first.lines else f"New: {first.incident}"


def write_changes(
    changes: Iterable[Change], incidents: Mapping[str, Incident]
) -> tuple[Bringing, ...]:
    """Return what each report changed, the latest first; `incidents` may be named, by id."""
    together: list[tuple[tuple[str | None, datetime | None], list[Change]]] = []
    for change in changes:
        key = (change.report.article if change.report else None, change.learned_at)
        if not together or together[-1][0] != key:
            together.append((key, []))
        together[-1][1].append(change)
    return tuple(_write_bringing(each, incidents) for _, each in reversed(together))


def _write_bringing(changes: list[Change], incidents: Mapping[str, Incident]) -> Bringing:
    first = changes[0]
    by_incident: dict[str, list[Change]] = {}
    for change in sorted(changes, key=_weight):
        by_incident.setdefault(change.incident, []).append(change)
    return Bringing(
        article=first.report.article if first.report else None,
        outlet=first.report.outlet if first.report else None,
        at=first.reported_at or first.learned_at,
        changed=tuple(_write_changed(each, incidents) for each in by_incident.values()),
    )


def _weight(change: Change) -> int:
    """Return 0 for what a reader must not miss: a count or a blame that is no longer so."""
    is_new = change.before is None and change.kind == "new"
    return (change.slot in NAMING) + is_new


def _write_changed(changes: list[Change], incidents: Mapping[str, Incident]) -> Changed:
    incident = incidents.get(changes[0].incident)
    is_new = any(each.slot == "incident" and each.before is None for each in changes)
    # A new incident's name holds its place and time.
    told = NAMING if is_new else ()
    return Changed(
        incident=name_incident(incident) if incident else "An incident",
        is_new=is_new,
        lines=tuple(
            write_change(each)
            for each in changes
            if each.slot not in told and not _says_nothing(each)
        ),
    )


def _says_nothing(change: Change) -> bool:
    """Return whether it tells only that a report does not know either."""
    return change.slot == "responsibility" and change.before is None and change.after == "unknown"


def write_change(change: Change) -> ChangeLine:
    """Return the change in words."""
    report = change.report
    return ChangeLine(
        slot=write_slot(change.slot),
        kind=KINDS.get(change.kind, change.kind),
        before=None if change.before is None else write_value(change.before),
        after=None if change.after is None else write_value(change.after),
        source=Source(article=report.article, span=report.value.span) if report else None,
    )


# What a list of stories shows of an incident, in this order.
TOLL = ("killed", "missing", "injured")


class TollFigure(Struct, frozen=True, kw_only=True):
    """One figure of an incident, in short."""

    words: str
    spread: str | None
    """What reports range over, where that says more."""


class Toll(Struct, frozen=True, kw_only=True):
    """What an incident cost, in short."""

    incident: str
    figures: tuple[TollFigure, ...]


def find_toll(incidents: Sequence[Incident]) -> Toll | None:
    """Return the toll of the incident that most reports tell of, of equals the latest.

    `None` where no report gives one.
    """
    best: tuple[int, Toll] | None = None
    for incident in incidents:
        figures = tuple(_find_figures(incident))
        if figures and (best is None or len(incident.events) >= best[0]):
            best = len(incident.events), Toll(incident=name_incident(incident), figures=figures)
    return best[1] if best else None


def _find_figures(incident: Incident) -> Iterator[TollFigure]:
    for what in TOLL:
        totals = (each for each in incident.figures if each.what == what and each.party is None)
        for tally in totals:
            best = write_best(tally)
            if best is not None:
                words = f"{best} {write_slot(what).lower()}"
                yield TollFigure(words=words, spread=write_spread(tally))
                break


def write_best(tally: Tally) -> str | None:
    """Return a figure's best value, else what bounds it; `None` where nothing does."""
    if tally.best is not None and not (tally.best == tally.low and tally.high is None):
        return write_bounds(tally.best, tally.best)
    if tally.low is None and tally.high is None:
        return None
    return write_bounds(tally.low, tally.high)


def write_spread(tally: Tally) -> str | None:
    """Return what reports range over, `None` where that says no more than the best value."""
    if tally.best is None or tally.low is None or tally.high is None or tally.low == tally.high:
        return None
    return f"{tally.low} to {tally.high}"
