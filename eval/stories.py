"""Stories: which articles tell the same one, asked online in file order with one frozen setting.

`b3_p`, `b3_r`, `b3_f1`: B-cubed over articles.  `ami`: adjusted mutual information.  `groups`: how
many stories were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from sklearn.metrics import adjusted_mutual_info_score

from eval.doors import read_record
from eval.records import ToldStory
from eval.run import Run
from eval.scores import Formula, Judgement, Score, mean_f1, share, sum_up
from eval.sets import DataSet, read_records
from livebrief.stories import Threads

METRICS: dict[str, Formula] = {"b3_f1": mean_f1, "b3_p": share, "b3_r": share}


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    records = run.watch(read_records(the_set.path, ToldStory, run.limit), f"stories/{the_set.name}")
    gold, found, headlines = [], [], []
    for record, story in follow(records):
        gold.append(record.story)
        found.append(story)
        headlines.append(f"{record.id} ({record.published}): {record.headline}")
    for judgement in judge(found, gold, headlines):
        run.note(judgement)
    return score("stories", the_set.name, found, gold)


def follow(records: Iterable[ToldStory]) -> Iterable[tuple[ToldStory, str]]:
    """Yield the records, each with the story it was filed in."""
    threads = Threads()
    for record in records:
        reading = read_record(record)
        if reading is None:
            yield record, f"refused {record.id}"
        else:
            yield record, threads.file(reading, threads.place(reading))


def score(bar: str, name: str, found: Sequence[str], gold: Sequence[str]) -> list[Score]:
    """Return the scores of a grouping against the gold one, article by article."""
    if not gold:
        return []
    scores = sum_up(bar, name, judge(found, gold), METRICS)
    ami = float(adjusted_mutual_info_score(list(gold), list(found)))
    groups = len(set(found))
    scores.append(Score(bar=bar, set=name, metric="ami", value=ami, n=len(gold)))
    scores.append(Score(bar=bar, set=name, metric="groups", value=groups, n=len(gold)))
    return scores


def judge(
    found: Sequence[str], gold: Sequence[str], names: Sequence[str] | None = None
) -> list[Judgement]:
    """Return the counts of each article."""
    return [
        Judgement(
            {"b3_f1": (p, r, 1), "b3_p": (p, 1), "b3_r": (r, 1)},
            (f"p {p:.2f} r {r:.2f}: {names[number]}",) if names and min(p, r) < 1 else (),
        )
        for number, (p, r) in enumerate(b_cubed(found, gold))
    ]


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> list[tuple[float, float]]:
    """Return B-cubed precision and recall of each item (Bagga and Baldwin 1998).

    >>> b_cubed("aab", "xyy")
    [(0.5, 1.0), (0.5, 0.5), (1.0, 0.5)]
    """
    in_found, in_gold = Counter(found), Counter(gold)
    in_both = Counter(zip(found, gold, strict=True))
    return [
        (in_both[f, g] / in_found[f], in_both[f, g] / in_gold[g])
        for f, g in zip(found, gold, strict=True)
    ]
