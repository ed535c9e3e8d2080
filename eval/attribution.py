"""Who said what: cues, sources and contents, as sets of tokens (words and single marks).

Ours and the gold's attributions are aligned one to one by their cues, those that share most cue
tokens first.  `cue_exact_f1`: aligned, with the same cue tokens.  `all_exact_f1`: the same tokens
in all three parts.  Overlaps are averaged as in Citron (bbc/citron, `metrics.py`): the tokens that
aligned attributions share, over all tokens found and over all gold tokens.  Citron itself sums over
every pair, aligned or not, so that nested attributions count twice there; here they do not.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from eval.doors import read_record
from eval.records import AttributedText
from eval.run import Run
from eval.scores import Judgement, Score, f1, sum_up
from eval.sets import DataSet, read_records
from eval.text import Tokens
from livebrief.model import Claim, Span

METRICS = {
    "cue_exact_f1": f1,
    "source_overlap_f1": f1,
    "content_overlap_f1": f1,
    "all_exact_f1": f1,
}


class Parts(Struct, frozen=True):
    """The tokens of the three parts of an attribution."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    records = run.watch(
        read_records(the_set.path, AttributedText, run.limit), f"attribution/{the_set.name}"
    )
    judged = (run.note(judge(record, find_claims(record))) for record in records)
    return sum_up("attribution", the_set.name, judged, METRICS)


def find_claims(record: AttributedText) -> list[Claim]:
    """Return the claims that livebrief reads in a record's text."""
    reading = read_record(record)
    return [claim for claim in reading.claims if claim.span.part == "text"] if reading else []


def judge(record: AttributedText, claims: Sequence[Claim]) -> Judgement:
    """Return the counts of one text."""
    tokens = Tokens(record.text)
    found = [
        Parts(
            tokens.of(*_ranges(claim.source_spans)),
            tokens.of(*_ranges(claim.cue_spans)),
            tokens.of(*_ranges(claim.content_spans)),
        )
        for claim in claims
    ]
    gold = [
        Parts(tokens.of(*one.source), tokens.of(*one.cue), tokens.of(*one.content))
        for one in record.attributions
    ]
    pairs = align(found, gold)
    both = [(found[f], gold[g]) for f, g in pairs]
    return Judgement(
        {
            "cue_exact_f1": (
                sum(ours.cue == theirs.cue for ours, theirs in both),
                len(found),
                len(gold),
            ),
            "source_overlap_f1": (
                sum(len(ours.source & theirs.source) for ours, theirs in both),
                sum(len(parts.source) for parts in found),
                sum(len(parts.source) for parts in gold),
            ),
            "content_overlap_f1": (
                sum(len(ours.content & theirs.content) for ours, theirs in both),
                sum(len(parts.content) for parts in found),
                sum(len(parts.content) for parts in gold),
            ),
            "all_exact_f1": (
                sum(ours == theirs for ours, theirs in both),
                len(found),
                len(gold),
            ),
        },
        tuple(_misses(record, claims, found, gold, pairs)),
    )


def align(found: Sequence[Parts], gold: Sequence[Parts]) -> list[tuple[int, int]]:
    """Return pairs of positions, one to one: most shared cue tokens first, then the earlier.

    Between equals, the pair that shares more content is taken: one cue may have several contents.
    """
    with_cue: dict[int, list[int]] = {}
    for f, ours in enumerate(found):
        for token in ours.cue:
            with_cue.setdefault(token, []).append(f)
    candidates = sorted(
        (
            -len(found[f].cue & theirs.cue),
            len(found[f].cue | theirs.cue),
            -len(found[f].content & theirs.content),
            f,
            g,
        )
        for g, theirs in enumerate(gold)
        for f in {f for token in theirs.cue for f in with_cue.get(token, ())}
    )
    pairs: list[tuple[int, int]] = []
    taken_f: set[int] = set()
    taken_g: set[int] = set()
    for *_, f, g in candidates:
        if f not in taken_f and g not in taken_g:
            taken_f.add(f)
            taken_g.add(g)
            pairs.append((f, g))
    return pairs


def _ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans if span.part == "text"]


def _misses(
    record: AttributedText,
    claims: Sequence[Claim],
    found: Sequence[Parts],
    gold: Sequence[Parts],
    pairs: Sequence[tuple[int, int]],
) -> list[str]:
    def words(spans: Sequence[tuple[int, int]]) -> str:
        return " .. ".join(record.text[start:end] for start, end in spans)

    misses = []
    ours, golds = {f for f, _ in pairs}, {g for _, g in pairs}
    for f, g in pairs:
        claim, one = claims[f], record.attributions[g]
        for part, spans, ranges in (
            ("cue", claim.cue_spans, one.cue),
            ("source", claim.source_spans, one.source),
            ("content", claim.content_spans, one.content),
        ):
            if getattr(found[f], part) != getattr(gold[g], part):
                misses.append(
                    f"{record.id}: {part}: {words(_ranges(spans))!r} for {words(ranges)!r}"
                )
    misses += [
        f"{record.id}: none: {words(_ranges(claim.cue_spans))!r}"
        f" in {words(_ranges([claim.span]))!r}"
        for f, claim in enumerate(claims)
        if f not in ours
    ]
    misses += [
        f"{record.id}: missed: {words(one.cue)!r} of {words(one.source)!r}: {words(one.content)!r}"
        for g, one in enumerate(record.attributions)
        if g not in golds
    ]
    return misses
