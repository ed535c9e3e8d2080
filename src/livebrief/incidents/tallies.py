"""A figure of an incident from many reports of it: the range, the best, and why it is best."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from livebrief.incidents.profiles import Profile, fold
from livebrief.model import Figure, Report, Tally, What

# A report counts half as much when the time since the first one has doubled so often: an hour
# matters on the first day, a month does not after a year.
DOUBLINGS = 2.0
FIRST_SECONDS = 3 * 3600.0

# An article about something else tells of the incident in passing, often only in part.
IN_PASSING = 0.4

# "About 30" goes with counts this near to it.
ABOUT = 0.15

# The order in which figures are shown; totals come before groups.
WHATS: tuple[What, ...] = (
    "killed", "injured", "missing", "detained", "displaced", "rescued", "infected", "munitions",
    "vehicles", "buildings", "money", "other",
)  # fmt: skip

Slot = tuple[What, str]


class Word:
    """One report on one slot, with what weighs it."""

    __slots__ = ("figure", "is_main", "report", "told_at")

    def __init__(self, profile: Profile, figure: Figure) -> None:
        testimony = profile.testimony
        self.told_at = profile.told_at
        self.is_main = testimony.is_main
        self.figure = figure
        self.report = Report(
            event=testimony.event.id,
            article=testimony.article,
            outlet=testimony.outlet,
            origin=testimony.origin,
            claims=figure.claims or testimony.event.claims,
            published_at=testimony.published_at,
            learned_at=testimony.learned_at,
            value=figure,
        )


def slot_of(figure: Figure) -> Slot:
    """Return what a figure counts, and of whom: "" for the total."""
    return figure.what, fold(figure.party) if figure.party else ""


def merge_figures(profiles: Sequence[Profile]) -> tuple[Tally, ...]:
    """Return the tallies of the testimonies' figures, given in the order they were told."""
    words: dict[Slot, list[Word]] = {}
    for profile in profiles:
        for figure in profile.testimony.event.figures:
            if _is_told(figure):
                words.setdefault(slot_of(figure), []).append(Word(profile, figure))
    tallies = [merge_words(told) for told in words.values()]
    return tuple(sorted(tallies, key=lambda tally: (tally.party or "", WHATS.index(tally.what))))


def _is_told(figure: Figure) -> bool:
    if figure.low is None or figure.high is None:
        return figure.low is not figure.high
    return figure.low <= figure.high


def merge_words(words: Sequence[Word]) -> Tally:
    """Return the tally of all reports on one slot, given in the order they were told."""
    standing = find_standing(words)
    low, high = _find_range(standing)
    best, rule = _find_best(standing)
    first = words[0].figure
    return Tally(
        what=first.what,
        party=first.party,
        best=best,
        low=low,
        high=high,
        rule=rule,
        reports=tuple(word.report for word in words),
    )


def find_standing(words: Sequence[Word]) -> list[Word]:
    """Return the reports that nobody has taken back by telling otherwise later.

    Of one article the clearest stands; of one outlet and of one origin the latest.
    """
    articles: dict[str, Word] = {}
    for word in words:
        held = articles.get(word.report.article)
        if held is None or _clarity(word) > _clarity(held):
            articles[word.report.article] = word
    standing: dict[str, Word] = {}
    for word in sorted(articles.values(), key=_told):
        standing[word.report.outlet or word.report.article] = word
    origins: dict[str, Word] = {}
    for word in sorted(standing.values(), key=_told):
        origins[word.report.origin] = word
    return sorted(origins.values(), key=_told)


def _clarity(word: Word) -> tuple[bool, bool]:
    """Return what makes a report the clearer: its page is about the event, its count is exact."""
    return word.is_main, _is_exact(word.figure)


def _told(word: Word) -> tuple[float, str, str]:
    return word.told_at, word.report.event, word.report.article


def _is_exact(figure: Figure) -> bool:
    return figure.low is not None and figure.low == figure.high and not figure.about


def _bounds(figure: Figure) -> tuple[float, float]:
    """Return what counts a figure goes with."""
    low = -math.inf if figure.low is None else float(figure.low)
    high = math.inf if figure.high is None else float(figure.high)
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if figure.about else (low, high)


def _find_range(standing: Sequence[Word]) -> tuple[int | None, int | None]:
    """Return the hull of the reports, those left out that say less than another one.

    "At least 12" beside "14" says nothing against it, so the range is 14.
    """
    telling = _find_telling(standing)
    lows = [figure.low for figure in telling]
    highs = [figure.high for figure in telling]
    return (
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


def _find_telling(standing: Sequence[Word]) -> list[Figure]:
    """Return one figure of each range told, but of no range that has another within it."""
    figures: dict[tuple[float, float], Figure] = {}
    for word in standing:
        figures.setdefault(_bounds(word.figure), word.figure)
    # A hundred reports tell a handful of counts, so all pairs are few.
    return [
        figure
        for (low, high), figure in figures.items()
        if not any(
            low <= other_low and other_high <= high and (low, high) != (other_low, other_high)
            for other_low, other_high in figures
        )
    ]


def _find_best(standing: Sequence[Word]) -> tuple[int | None, str]:
    """Return the count that the latest reports of most origins give, and the rule in words."""
    first, latest = standing[0].told_at, standing[-1].told_at
    weights = [_weigh(word, first, latest) for word in standing]
    counts = _candidates(standing)
    if not counts:
        return None, "no more than an upper bound is reported"
    support = {
        count: sum(
            weight * (1.0 if word.figure.low == count or word.figure.high == count else 0.5)
            for word, weight in zip(standing, weights, strict=True)
            if _bounds(word.figure)[0] <= count <= _bounds(word.figure)[1]
        )
        for count in counts
    }
    best = max(counts, key=lambda count: (support[count], count))
    return best, _write_rule(best, standing, len(counts))


def _candidates(standing: Sequence[Word]) -> list[int]:
    """Return the counts told, a bound's too where no more telling count fits it."""
    lows = (figure.low for figure in _find_telling(standing))
    return list(dict.fromkeys(low for low in lows if low is not None))


def _weigh(word: Word, first: float, latest: float) -> float:
    """Return what a report counts: less for each doubling of the time for which more is known."""
    if math.isinf(latest) or math.isinf(word.told_at):
        doublings = 0.0
    else:
        doublings = math.log2(
            (latest - first + FIRST_SECONDS) / (word.told_at - first + FIRST_SECONDS)
        )
    left = math.exp2(-doublings / DOUBLINGS)
    return left if word.is_main else left * IN_PASSING


def _write_rule(best: int, standing: Sequence[Word], candidates: int) -> str:
    origins = len(standing)
    giving = sum(word.figure.low == best or word.figure.high == best for word in standing)
    if origins == 1:
        return "the only report"
    if candidates == 1:
        return f"{giving} of {origins} origins, nothing reported against it"
    return f"{giving} of {origins} origins, later reports counting more"


def total(tallies: Iterable[Tally], what: What) -> Tally | None:
    """Return the tally of all who met a fate, not of one group."""
    return next((tally for tally in tallies if tally.what == what and tally.party is None), None)
