"""Speed: what `python -m benchmarks` measures, as figures beside the others.

One core, one document after the other, in this process.  `articles_per_second`: text to `Reading`,
claims included.  `pages_per_second`: saved HTML to `Article`, beside trafilatura (fast) on the same
pages.  `followed_per_second`: readings followed into stories alone (`threads`), and into stories,
incidents and a store (`follow`).
"""

from __future__ import annotations

from benchmarks.following import measure_following
from benchmarks.reading import measure_reading
from eval.run import Run
from eval.scores import Score
from eval.sets import DataSet

ARTICLES_READ = 1000
ARTICLES_FOLLOWED = 3000


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the rates."""
    read = measure_reading(the_set.path, articles=min(run.limit or ARTICLES_READ, ARTICLES_READ))
    followed = measure_following(
        the_set.path, articles=min(run.limit or ARTICLES_FOLLOWED, ARTICLES_FOLLOWED)
    )
    rates = {figure.name: figure for figure in (*read, *followed) if figure.unit == "a second"}
    theirs = rates.get("trafilatura alone (fast): HTML to text")
    named = {
        "text": ("articles_per_second", "read: text to Reading, claims included"),
        "html": ("pages_per_second", "read_article: HTML to Article"),
        "threads": ("followed_per_second", "place + file: all"),
        "follow": ("followed_per_second", "follow: all"),
    }
    return [
        Score(
            bar="speed",
            set=name,
            metric=metric,
            value=rates[figure].value,
            n=rates[figure].n,
            reruns={"trafilatura fast": theirs.value} if theirs and name == "html" else {},
        )
        for name, (metric, figure) in named.items()
        if figure in rates
    ]
