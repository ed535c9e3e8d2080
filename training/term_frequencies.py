"""Make `likeness/term_frequencies.tsv`: how common each term is in general English.

    python training/term_frequencies.py ../shared/data > src/livebrief/likeness/term_frequencies.tsv

From material that may train what ships: GUM's open genres (less the two that are share-alike),
re3d, wikigold and the Causal News Corpus.  A desk starts with this table and learns on top of it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from livebrief.likeness.terms import find_words

# A term held by fewer texts says nothing certain, and there are tens of thousands of them.
FEWEST_TEXTS = 3
# The corpus of causes holds single sentences of protest news; so many make one text.
SENTENCES_A_TEXT = 20
# GUM genres whose texts are share-alike.
LEFT_OUT = re.compile(r"GUM_(bio|voyage)_")


def read_texts(folder: Path) -> Iterator[str]:
    """Yield every text that the table is made of."""
    for name in ("gum-open-train", "gum-open-dev", "re3d", "wikigold"):
        for line in (folder / "names" / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if not LEFT_OUT.match(record["id"]):
                yield record["text"]
    lines = (folder / "causes" / "cnc-v2-train.jsonl").read_text("utf-8").splitlines()
    sentences = [json.loads(line)["text"] for line in lines]
    for first in range(0, len(sentences), SENTENCES_A_TEXT):
        yield "\n".join(sentences[first : first + SENTENCES_A_TEXT])


def main() -> None:
    """Write the table: its first line holds the number of texts."""
    counts: Counter[str] = Counter()
    texts = 0
    for text in read_texts(Path(sys.argv[1])):
        counts.update(set(find_words(text)))
        texts += 1
    sys.stdout.write(f"\t{texts}\n")
    for term, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if count >= FEWEST_TEXTS:
            sys.stdout.write(f"{term}\t{count}\n")


if __name__ == "__main__":
    main()
