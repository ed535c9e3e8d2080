"""Incidents: one for each thing that happened, with the toll that many articles agree on.

The articles of a `stories` set whose story is an incident of the `casualties` set of the same name
are followed in file order.  An article's incident is the one that its main event was merged into.
`b3_f1`: B-cubed over the articles of incidents with two or more; what was wrongly merged with them
counts.  `lookalike_pair_f1`: same or not, over pairs of articles from one state and within seven
days.  `killed_exact`, `injured_exact`: the best toll of the incident that holds most of a gold
incident's articles (two or more of them); where the gold is 0, nothing known is right.
`first_in_range`: the final toll lay in the range that was known after the first article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from eval.doors import read_record
from eval.records import ToldStory, ToldToll, Toll
from eval.run import Run
from eval.scores import Formula, Judgement, Score, f1, mean_f1, share, sum_up
from eval.sets import DataSet, read_records
from eval.stories import b_cubed
from livebrief.incidents import Ledger, read_testimonies
from livebrief.model import Incident, Tally
from livebrief.stories import Threads

METRICS: dict[str, Formula] = {
    "b3_f1": mean_f1,
    "lookalike_pair_f1": f1,
    "killed_exact": share,
    "injured_exact": share,
    "first_in_range": share,
}
LOOKALIKE_DAYS = 7
FATES = ("killed", "injured")


class Followed(Struct, frozen=True):
    """An article that was followed, and the incidents as they stood right after it."""

    gold: str
    main_event: str | None
    after: Incident | None
    """The incident of its main event, as known once it was filed."""


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    assert the_set.beside is not None
    tolls = {str(record.incident): record.gold for record in read_records(the_set.beside, ToldToll)}
    records = (
        record
        for record in read_records(the_set.path, ToldStory, run.limit)
        if record.story in tolls
    )
    ledger = Incidents()
    followed = list(ledger.follow(run.watch(records, f"incidents/{the_set.name}")))
    judgements = [run.note(each) for each in judge(followed, ledger.known, tolls)]
    return sum_up("incidents", the_set.name, judgements, METRICS)


class Incidents:
    """The incidents known so far."""

    def __init__(self) -> None:
        self.known: dict[str, Incident] = {}
        self._of_event: dict[str, str] = {}
        self._threads = Threads()
        self._ledger = Ledger()

    def follow(self, records: Iterable[ToldStory]) -> Iterator[Followed]:
        """Yield each record as it was followed."""
        for record in records:
            reading = read_record(record)
            if reading is None:
                yield Followed(record.story, None, None)
                continue
            placement = self._threads.place(reading)
            self._threads.file(reading, placement)
            filing = self._ledger.file(read_testimonies(reading, placement))
            for id in filing.gone:
                self.known.pop(id, None)
            for incident in filing.incidents:
                self.known[incident.id] = incident
                self._of_event.update(dict.fromkeys(incident.events, incident.id))
            here = self._of_event.get(reading.main_event or "")
            yield Followed(record.story, reading.main_event, self.known.get(here or ""))


def judge(
    followed: Sequence[Followed], known: Mapping[str, Incident], tolls: Mapping[str, Toll]
) -> list[Judgement]:
    """Return the counts: article by article, of all pairs, and incident by incident."""
    of_event = {event: incident.id for incident in known.values() for event in incident.events}
    gold = [each.gold for each in followed]
    found = [
        of_event.get(each.main_event or "", f"none of {number}")
        for number, each in enumerate(followed)
    ]
    sizes = Counter(gold)
    judgements = [
        Judgement({"b3_f1": (p, r, 1)})
        for story, (p, r) in zip(gold, b_cubed(found, gold), strict=True)
        if sizes[story] > 1
    ]
    judgements.append(Judgement({"lookalike_pair_f1": count_pairs(found, gold, tolls)}))
    held: dict[str, Counter[str]] = {}
    first: dict[str, Incident | None] = {}
    for story, incident, each in zip(gold, found, followed, strict=True):
        held.setdefault(story, Counter())[incident] += 1
        first.setdefault(story, each.after)
    for story, holders in held.items():
        if sizes[story] > 1:
            holder = known.get(holders.most_common(1)[0][0])
            judgements.append(judge_toll(tolls[story], holder, first[story]))
    return judgements


def judge_toll(gold: Toll, holder: Incident | None, first: Incident | None) -> Judgement:
    """Return the counts of one incident's toll, in the end and after the first article."""
    counts: dict[str, tuple[float, ...]] = {}
    in_range = asked = 0
    misses = []
    for what in FATES:
        number: int | None = getattr(gold, what)
        if number is None:
            continue
        best, _, _ = sum_tallies(holder, what)
        counts[f"{what}_exact"] = (best == number or (best is None and number == 0), 1)
        if not counts[f"{what}_exact"][0]:
            misses.append(f"{gold.on} {gold.city}: {what} {best} for {number}")
        _, low, high = sum_tallies(first, what)
        asked += 1
        if low is None and high is None:
            in_range += number == 0
        else:
            in_range += (low or 0) <= number and (high is None or number <= high)
    counts["first_in_range"] = (in_range, asked)
    return Judgement(counts, tuple(misses))


def sum_tallies(incident: Incident | None, what: str) -> tuple[int | None, int | None, int | None]:
    """Return best, low and high of a fate: as told of no party, else the sums over the groups."""
    tallies = [tally for tally in incident.figures if tally.what == what] if incident else []
    whole: list[Tally] = [tally for tally in tallies if tally.party is None][:1]

    def total(numbers: list[int | None]) -> int | None:
        told = [number for number in numbers if number is not None]
        return sum(told) if told and len(told) == len(numbers) else None

    counted = whole or tallies
    return (
        total([tally.best for tally in counted]),
        total([tally.low for tally in counted]),
        total([tally.high for tally in counted]),
    )


def count_pairs(
    found: Sequence[str], gold: Sequence[str], tolls: Mapping[str, Toll]
) -> tuple[int, int, int]:
    """Return (right, found, gold) of "the same incident" over the pairs of look-alikes."""
    by_state: dict[str, list[tuple[date, int]]] = {}
    for number, story in enumerate(gold):
        toll = tolls[story]
        if toll.state and toll.on:
            by_state.setdefault(toll.state, []).append((date.fromisoformat(toll.on), number))
    right = in_found = in_gold = 0
    for dated in by_state.values():
        dated.sort()
        start = 0
        for at, (on, number) in enumerate(dated):
            while (on - dated[start][0]).days > LOOKALIKE_DAYS:
                start += 1
            for _, other in dated[start:at]:
                same = found[number] == found[other]
                truly = gold[number] == gold[other]
                in_found += same
                in_gold += truly
                right += same and truly
    return right, in_found, in_gold
