"""What one report changed in what was known of an incident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import structs

from livebrief.incidents.composing import PLACE_KINDS, PRECISIONS
from livebrief.incidents.profiles import fold
from livebrief.incidents.testimonies import Testimony
from livebrief.model import (
    Change,
    ChangeKind,
    Figure,
    Incident,
    Moment,
    Place,
    Report,
    Responsibility,
    Span,
    Tally,
    Time,
)


def find_changes(
    before: Incident | None,
    after: Incident | None,
    testimonies: Sequence[Testimony],
    *,
    reported_at: Moment | None = None,
    learned_at: datetime | None = None,
) -> tuple[Change, ...]:
    """Return what these testimonies, just learned, changed: slot by slot.

    The two moments are those of a change that no report brought, but its being taken back.
    """
    witness = _Witness(testimonies)
    changes: list[Change] = []
    if after is None:
        if before is not None:
            told = before.mode or before.kind
            changes.append(_change(before, "incident", told, None, "retracted", None))
    else:
        if before is None:
            report = witness.report(None)
            changes.append(
                _change(after, "incident", None, after.mode or after.kind, "new", report)
            )
        changes += _figure_changes(before, after, witness)
        changes += _place_changes(before, after, witness)
        changes += _time_changes(before, after, witness)
        changes += _responsibility_changes(before, after, witness)
    return tuple(
        change
        if change.report is not None
        else structs.replace(change, reported_at=reported_at, learned_at=learned_at)
        for change in changes
    )


class _Witness:
    """The testimonies that were just learned, asked for the one that brought a value."""

    def __init__(self, testimonies: Sequence[Testimony]) -> None:
        self.testimonies = testimonies
        self.articles = {testimony.article for testimony in testimonies}
        self.outlets = {testimony.outlet for testimony in testimonies if testimony.outlet}
        self.is_correction = any(testimony.is_correction for testimony in testimonies)

    def report(self, span: Span | None) -> Report | None:
        """Return the word of the one whose event holds the span; the first where none is given.

        A place or a time is no count, so the report's figure only carries the words.
        """
        for testimony in self.testimonies:
            event = testimony.event
            spans = [
                event.span,
                *(value.span for value in (event.place, event.time) if value),
                *(each.span for each in event.responsibility),
            ]
            if span is None or span in spans:
                return Report(
                    event=event.id,
                    article=testimony.article,
                    outlet=testimony.outlet,
                    origin=testimony.origin,
                    claims=event.claims,
                    published_at=testimony.published_at,
                    learned_at=testimony.learned_at,
                    value=Figure(what="other", span=span or event.span),
                )
        return None

    def report_of(self, tally: Tally) -> Report | None:
        """Return the latest word on the tally that was just learned."""
        new = [report for report in tally.reports if report.article in self.articles]
        telling = [report for report in new if _gives(report.value, tally.best)]
        said = telling or new
        return said[-1] if said else None


def _change(
    incident: Incident,
    slot: str,
    before: Figure | str | None,
    after: Figure | str | None,
    kind: ChangeKind,
    report: Report | None,
) -> Change:
    return Change(
        incident=incident.id,
        slot=slot,
        before=before,
        after=after,
        kind=kind,
        report=report,
        reported_at=report.published_at if report else None,
        learned_at=report.learned_at if report else None,
    )


def _figure_changes(
    before: Incident | None, after: Incident, witness: _Witness
) -> Iterator[Change]:
    earlier = {_key(tally): tally for tally in before.figures} if before else {}
    later = {_key(tally): tally for tally in after.figures}
    for key, tally in later.items():
        held = earlier.get(key)
        kind = _figure_kind(held, tally, witness)
        if kind is not None:
            report = witness.report_of(tally)
            shown = report.value if report and kind == "disputed" else _shown(tally)
            yield _change(after, key, _shown(held) if held else None, shown, kind, report)
    for key, tally in earlier.items():
        if key not in later:
            yield _change(after, key, _shown(tally), None, "retracted", witness.report(None))


def _key(tally: Tally) -> str:
    return f"{tally.what}: {tally.party}" if tally.party else tally.what


def _figure_kind(before: Tally | None, after: Tally, witness: _Witness) -> ChangeKind | None:
    if before is None:
        return "new"
    if before.best is not None and before.best != after.best:
        if witness.is_correction or _is_revised(before, after, witness):
            return "corrected"
        return "raised" if after.best is not None and after.best > before.best else "lowered"
    if _width(after) > _width(before):
        return "disputed"
    return "exact" if (before.low, before.high) != (after.low, after.high) else None


def _width(tally: Tally) -> float:
    if tally.low is None or tally.high is None:
        return float("inf")
    return tally.high - tally.low


def _is_revised(before: Tally, after: Tally, witness: _Witness) -> bool:
    """Tell whether an article that had told the old count now tells a lower one."""
    if before.best is None or after.best is None or after.best > before.best:
        return False
    return any(
        report.article in witness.articles and _gives(report.value, before.best)
        for report in before.reports
    )


def _gives(figure: Figure, count: int | None) -> bool:
    return count is not None and count in (figure.low, figure.high)


def _shown(tally: Tally) -> Figure:
    """Return the best count as a figure with the words of the latest report that gives it."""
    giving = [report.value for report in tally.reports if _gives(report.value, tally.best)]
    return giving[-1] if giving else tally.reports[-1].value


def _place_changes(before: Incident | None, after: Incident, witness: _Witness) -> Iterator[Change]:
    held, place = before.place if before else None, after.place
    if place is None or (held is not None and _place_words(held) == _place_words(place)):
        return
    kind: ChangeKind = "new"
    if held is not None:
        is_finer = PLACE_KINDS.index(place.kind) > PLACE_KINDS.index(held.kind)
        kind = "exact" if is_finer and held.country in (None, place.country) else "corrected"
    report = witness.report(place.span)
    yield _change(after, "place", held.name if held else None, place.name, kind, report)


def _place_words(place: Place) -> tuple[str | None, ...]:
    return fold(place.name), place.city, place.admin1, place.country


def _time_changes(before: Incident | None, after: Incident, witness: _Witness) -> Iterator[Change]:
    held, time = before.time if before else None, after.time
    if time is None or (held is not None and held.value == time.value):
        return
    kind: ChangeKind = "new"
    if held is not None:
        is_finer = PRECISIONS.index(time.precision) > PRECISIONS.index(held.precision)
        kind = "exact" if is_finer and _overlap(held, time) else "corrected"
    report = witness.report(time.span)
    yield _change(after, "time", held.value if held else None, time.value, kind, report)


def _overlap(held: Time, time: Time) -> bool:
    if not (held.earliest and held.latest and time.earliest and time.latest):
        return True
    return held.earliest[:10] <= time.latest[:10] and time.earliest[:10] <= held.latest[:10]


def _responsibility_changes(
    before: Incident | None, after: Incident, witness: _Witness
) -> Iterator[Change]:
    held = [_write(each) for each in before.responsibility] if before else []
    for responsibility in after.responsibility:
        words = _write(responsibility)
        if words in held:
            continue
        kind: ChangeKind = "attributed"
        if responsibility.status in ("denied", "disputed"):
            kind = "disputed"
        elif responsibility.status == "unknown":
            kind = "new"
        report = witness.report(responsibility.span)
        said = "; ".join(held) or None
        yield _change(after, "responsibility", said, words, kind, report)


def _write(responsibility: Responsibility) -> str:
    party = responsibility.party
    return f"{responsibility.status}: {party.name}" if party else responsibility.status
