"""Sentences to parses: tags, heads, relations and lemmas of Universal Dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from msgspec import Struct

from livebrief.language.passage import Sentence
from livebrief.language.syntax.lemmas import find_lemma
from livebrief.language.syntax.lexicon import Lexicon
from livebrief.language.syntax.network import (
    encode,
    find_relations,
    find_roles,
    find_tags,
    make_steps,
    score_heads,
)
from livebrief.language.syntax.trees import find_heads
from livebrief.language.syntax.weights import load_weights
from livebrief.language.syntax.words import LONGEST, fold_form

# Every word is weighed as the head of every other one, so a sentence is read in windows of so many
# words.  Of 2,694 sentences of the development treebanks none is longer but lists and tables.
WINDOW = 120

# A batch of so many words keeps the processor busy and its memory small.
BATCH_WORDS = 2000

# What joins the main word of a later window to that of the first.
BETWEEN_WINDOWS = "parataxis"

# After these a long sentence is parted.
PARTING = frozenset(".;:!?,–—-|•)")


class Parse(Struct, frozen=True, kw_only=True, gc=False):
    """What the words of a sentence are to each other; each field holds one value for each token."""

    upos: tuple[str, ...]
    """Universal parts of speech: NOUN, VERB, PROPN ..."""
    heads: tuple[int, ...]
    """The position of the token's head in the sentence; -1 for the root."""
    relations: tuple[str, ...]
    """What the token is to its head: nsubj, obj, obl ...; without subtypes."""
    lemmas: tuple[str, ...]


def parse(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
    """Return the parse of each sentence; it costs little more to parse many at once than a few.

    >>> from livebrief.language import find_sentences
    >>> [parsed] = parse(find_sentences("Rockets hit the base."))
    >>> parsed.heads, parsed.relations[:2]
    ((1, -1, 3, 1, 1), ('nsubj', 'root'))
    """
    return parse_forms([[token.text for token in sentence.tokens] for sentence in sentences])


def parse_forms(sentences: Sequence[Sequence[str]]) -> tuple[Parse, ...]:
    """Return the parse of each sentence given as its words.

    >>> parse_forms([["Police", "said", "so"], []])[1].heads
    ()
    """
    windows = [
        (number, start, end)
        for number, forms in enumerate(sentences)
        for start, end in _part(forms)
    ]
    parses: list[list[Parse]] = [[] for _ in sentences]
    for batch in _batch(windows):
        forms = [list(sentences[number][start:end]) for number, start, end in batch]
        for (number, _, _), parsed in zip(batch, _parse_batch(forms), strict=True):
            parses[number].append(parsed)
    return tuple(parts[0] if len(parts) == 1 else _join(parts) for parts in parses)


def _part(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the windows of a sentence: almost always one."""
    start = 0
    while len(forms) - start > WINDOW:
        end = start + WINDOW
        for at in range(end, start + WINDOW // 2, -1):
            if forms[at - 1] in PARTING:
                end = at
                break
        yield start, end
        start = end
    if start < len(forms):
        yield start, len(forms)


def _batch(windows: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    batch: list[tuple[int, int, int]] = []
    words = 0
    for window in windows:
        length = window[2] - window[1]
        if batch and words + length > BATCH_WORDS:
            yield batch
            batch, words = [], 0
        batch.append(window)
        words += length
    if batch:
        yield batch


def _parse_batch(sentences: Sequence[Sequence[str]]) -> Iterator[Parse]:
    weights = load_weights()
    lengths = [len(forms) for forms in sentences]
    flat = [fold_form(form) for forms in sentences for form in forms]
    steps = make_steps(lengths)
    order = np.stack((steps.words, steps.words[steps.mirrored]))
    lowest, highest = encode(load_lexicon().find(flat, order), steps, weights)
    tags = [weights.tags[number] for number in find_tags(lowest, weights)]
    roles = find_roles(highest, weights)
    ends = np.cumsum(lengths).tolist()
    heads: list[int] = []
    for length, end in zip(lengths, ends, strict=True):
        heads += find_heads(score_heads(roles, end - length, end, weights))
    firsts = np.repeat(np.array(ends) - lengths, lengths)
    within = np.array(heads)
    absolute = np.where(within < 0, -1, within + firsts)
    relations = [weights.relations[n] for n in find_relations(roles, absolute, weights)]
    for forms, length, end in zip(sentences, lengths, ends, strict=True):
        upos = tuple(tags[end - length : end])
        yield Parse(
            upos=upos,
            heads=tuple(heads[end - length : end]),
            relations=tuple(relations[end - length : end]),
            lemmas=tuple(map(_find_lemma, forms, upos)),
        )


def _find_lemma(form: str, upos: str) -> str:
    # A word of any length may come, and is not to be remembered.
    return _recall_lemma(form, upos) if len(form) <= LONGEST else form


# Some 10 MB when full; an article asks for a few hundred.
@lru_cache(maxsize=1 << 15)
def _recall_lemma(form: str, upos: str) -> str:
    weights = load_weights()
    return find_lemma(fold_form(form), upos, weights.lemma_words, weights.lemma_endings)


@cache
def load_lexicon() -> Lexicon:
    """Return the words met so far by this process."""
    return Lexicon(load_weights())


def _join(parts: Sequence[Parse]) -> Parse:
    """Return the windows of a sentence as one parse."""
    heads: list[int] = []
    relations: list[str] = []
    root = -1
    for part in parts:
        shift = len(heads)
        heads += [root if head < 0 else head + shift for head in part.heads]
        relations += part.relations
        if root < 0:
            root = heads.index(-1)
        else:
            relations[shift + part.heads.index(-1)] = BETWEEN_WINDOWS
    return Parse(
        upos=tuple(tag for part in parts for tag in part.upos),
        heads=tuple(heads),
        relations=tuple(relations),
        lemmas=tuple(lemma for part in parts for lemma in part.lemmas),
    )
