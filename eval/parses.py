"""Syntax: tags and trees on the gold tokens, and how we part text into tokens and sentences.

`upos`, `uas`, `las`: of all words, punctuation too, the share with the right tag, the right head,
the right head and relation (without its subtype).  `words_per_second`: of one core, an article's
worth of sentences at a time.  `token_f1`: our tokens in the gold sentence, with exact bounds.
`sentence_f1`: our sentences, with exact bounds, in the gold sentences of a document joined by
blanks.  What the parser was trained on is not scored.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.records import Sentence, Word
from eval.run import Run
from eval.scores import Formula, Judgement, Score, f1, share, sum_up
from eval.sets import DataSet, read_sentences
from livebrief.language import find_sentences
from livebrief.language.syntax import Parse, parse_forms
from livebrief.language.syntax.weights import PATH
from livebrief.language.tokens import find_tokens

METRICS: dict[str, Formula] = {"upos": share, "uas": share, "las": share, "token_f1": f1}

# About as many sentences as an article has.
SENTENCES_AT_ONCE = 25


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set; none of a set that the parser was trained on."""
    if the_set.name in json.loads(PATH.with_suffix(".json").read_text("utf-8"))["trained_on"]:
        return []
    read = read_sentences(the_set.path, run.limit)
    sentences = list(run.watch(read, f"parses/{the_set.name}"))
    parse_forms([["Loaded", "once", "."]])
    started = time.process_time()
    parses = list(parse_in_batches(sentences))
    seconds = time.process_time() - started
    judged = [run.note(judge(s, p)) for s, p in zip(sentences, parses, strict=True)]
    scores = sum_up("parses", the_set.name, judged, METRICS)
    documents = (
        [sentence.text for sentence in document]
        for _, document in groupby(sentences, lambda sentence: sentence.id.rpartition("-")[0])
    )
    scores += sum_up("parses", the_set.name, map(judge_bounds, documents), {"sentence_f1": f1})
    words = sum(len(sentence.words) for sentence in sentences)
    rate = words / seconds if seconds else 0.0
    scores.append(
        Score(bar="parses", set=the_set.name, metric="words_per_second", value=rate, n=words)
    )
    return scores


def parse_in_batches(sentences: Sequence[Sentence]) -> Iterator[Parse]:
    """Yield the parses of sentences on their gold tokens."""
    for first in range(0, len(sentences), SENTENCES_AT_ONCE):
        batch = sentences[first : first + SENTENCES_AT_ONCE]
        yield from parse_forms([[word.form for word in sentence.words] for sentence in batch])


def judge(sentence: Sentence, parsed: Parse) -> Judgement:
    """Return the counts of one sentence."""
    words = sentence.words
    tags = heads = arcs = 0
    misses = []
    for at, word in enumerate(words):
        headed = parsed.heads[at] + 1 == word.head
        tags += parsed.upos[at] == word.upos
        heads += headed
        arcs += headed and parsed.relations[at] == word.relation
        if not headed or parsed.relations[at] != word.relation:
            ours, gold = _name(words, parsed.heads[at] + 1), _name(words, word.head)
            misses.append(
                f"{sentence.id}: {word.form!r}: {parsed.relations[at]} of {ours}"
                f" for {word.relation} of {gold}: {sentence.text}"
            )
    found = [(token.start, token.end) for token in find_tokens(sentence.text)]
    golds = find_gold_tokens(sentence)
    count = len(words)
    return Judgement(
        {
            "upos": (tags, count),
            "uas": (heads, count),
            "las": (arcs, count),
            "token_f1": (len(set(found) & set(golds)), len(found), len(golds)),
        },
        tuple(misses),
    )


def _name(words: Sequence[Word], head: int) -> str:
    return repr(words[head - 1].form) if head else "nothing"


def find_gold_tokens(sentence: Sentence) -> list[tuple[int, int]]:
    """Return where the gold words stand in the sentence's text; those not found are left out."""
    spans, at = [], 0
    for word in sentence.words:
        start = sentence.text.find(word.form, at)
        if start >= 0:
            at = start + len(word.form)
            spans.append((start, at))
    return spans


def judge_bounds(sentences: Sequence[str]) -> Judgement:
    """Return how many of a document's sentences we find again.

    >>> judge_bounds(["Gen. Kim left.", "Why?"]).counts
    {'sentence_f1': (2, 2, 2)}
    """
    text = " ".join(sentences)
    gold, at = set(), 0
    for sentence in sentences:
        gold.add((at, at + len(sentence)))
        at += len(sentence) + 1
    found = {(sentence.start, sentence.end) for sentence in find_sentences(text)}
    return Judgement({"sentence_f1": (len(found & gold), len(found), len(gold))})
