"""Syntax: trees over any words at all, and the right ones over sentences as news has them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.parses import find_gold_tokens, judge
from eval.records import Sentence, Word
from livebrief.language import find_sentences
from livebrief.language.syntax import Parse, parse, parse_forms
from livebrief.language.syntax.lexicon import KEPT_WORDS, Lexicon
from livebrief.language.syntax.parses import BETWEEN_WINDOWS, WINDOW
from livebrief.language.syntax.trees import find_heads
from livebrief.language.syntax.weights import PATH, load_weights
from tests.casefile import Case, parametrize

FORMS = st.sampled_from(
    ["The", "army", "said", ",", "“", "U.S.", "12", "killed", "", " ", "\ud800", "\x00", "x" * 90,
     "日本", "🚒", "é", "RIOT", "of", "http://a.b/c"]
)  # fmt: skip


def is_tree(heads: Sequence[int]) -> bool:
    def leads_up(at: int) -> bool:
        for _ in heads:
            if at < 0:
                return True
            at = heads[at]
        return at < 0

    return list(heads).count(-1) == 1 and all(map(leads_up, range(len(heads))))


def relations_of(case: Case, forms: list[str], parsed: Parse) -> dict[str, str]:
    found = {}
    for word, _ in case.expected:
        form, _, nth = word.partition("#")
        at = [i for i, f in enumerate(forms) if f == form][int(nth or 1) - 1]
        head = parsed.heads[at]
        found[word] = "root" if head < 0 else f"{parsed.relations[at]} of {forms[head]}"
    return found


@parametrize("syntax.md")
def test_relations_of_the_cases(case: Case) -> None:
    [sentence] = find_sentences(case.text)
    [parsed] = parse([sentence])
    found = relations_of(case, [token.text for token in sentence.tokens], parsed)
    assert found == dict(case.expected)


@pytest.mark.parametrize(
    ("sentence", "lemmas"),
    [
        ("Bodies were found", "body be find"),
        ("The women left", "the woman leave"),
        ("Baghdad denies it", "Baghdad deny it"),
        ("Shots rang out", "shot ring out"),
    ],
)
def test_lemmas(sentence: str, lemmas: str) -> None:
    [parsed] = parse_forms([sentence.split()])
    assert " ".join(parsed.lemmas) == lemmas


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(FORMS | st.text(max_size=8), max_size=12), max_size=5))
def test_any_words_give_trees_over_all_of_them_and_the_same_twice(
    sentences: list[list[str]],
) -> None:
    parses = parse_forms(sentences)
    assert parses == parse_forms(sentences)
    for forms, parsed in zip(sentences, parses, strict=True):
        assert len(forms) == len(parsed.upos) == len(parsed.relations) == len(parsed.lemmas)
        assert not forms or is_tree(parsed.heads)


def test_nothing_gives_nothing() -> None:
    assert parse([]) == ()
    assert parse_forms([[], ["Yes"], []])[1].heads == (-1,)
    assert parse_forms([[], ["Yes"], []])[2].heads == ()


def test_a_sentence_without_end_is_read_in_windows() -> None:
    forms = ["Shells", "fell", "on", "the", "town", ","] * 1000
    [parsed] = parse_forms([forms])
    assert is_tree(parsed.heads)
    root = parsed.heads.index(-1)
    assert root < WINDOW
    assert parsed.relations[root] == "root"
    starts = [at for at, head in enumerate(parsed.heads) if head == root and at >= WINDOW]
    assert len(starts) >= len(forms) / WINDOW - 1
    assert {parsed.relations[at] for at in starts} == {BETWEEN_WINDOWS}


def test_company_changes_no_parse() -> None:
    alone = ["Police", "said", "two", "men", "were", "arrested", "."]
    others = [
        ["Rain", "fell", "."],
        ["He", "was", "charged", "with", "murder", "on", "Friday", "."],
    ]
    [parsed] = parse_forms([alone])
    assert parse_forms([*others, alone])[2] == parsed


def test_more_words_than_are_kept_are_still_read() -> None:
    lexicon, fresh = Lexicon(load_weights()), Lexicon(load_weights())
    words = [f"w{number}" for number in range(KEPT_WORDS + 10)]
    for first in range(0, len(words), 2000):
        some = words[first : first + 2000]
        both_ways = np.tile(np.arange(len(some)), (2, 1))
        found = lexicon.find(some, both_ways)
        assert np.allclose(found[:, :9], fresh.find(some[:9], both_ways[:, :9]), atol=1e-4)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_heads_are_those_of_the_best_tree(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    np.fill_diagonal(scores[:, 1:], -np.inf)
    trees = (heads for heads in itertools.product(range(-1, count), repeat=count) if is_tree(heads))

    def worth(heads: Sequence[int]) -> float:
        return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))

    assert worth(find_heads(scores)) == pytest.approx(max(map(worth, trees)))


def test_the_weights_say_how_they_were_made_and_under_what_terms() -> None:
    made = json.loads(PATH.with_suffix(".json").read_text("utf-8"))
    assert set(made) >= {"trained_on", "settings", "scores"}
    assert not [name for name in made["trained_on"] if name.endswith(("dev", "test"))]
    assert "CC BY-SA 4.0" in (PATH.parent / "NOTICE.syntax").read_text("utf-8")


def test_a_parse_is_scored_word_by_word() -> None:
    words = (
        Word("Ships", "NOUN", 2, "nsubj"),
        Word("sank", "VERB", 0, "root"),
        Word("off", "ADP", 4, "case"),
        Word("Lamu", "PROPN", 2, "obl"),
    )
    sentence = Sentence("s-1", "Ships sank off Lamu", words)
    parsed = Parse(
        upos=("NOUN", "VERB", "ADV", "PROPN"),
        heads=(1, -1, 1, 1),
        relations=("nsubj", "root", "advmod", "obj"),
        lemmas=("ship", "sink", "off", "Lamu"),
    )
    judgement = judge(sentence, parsed)
    assert judgement.counts == {
        "upos": (3, 4),
        "uas": (3, 4),
        "las": (2, 4),
        "token_f1": (4, 4, 4),
    }
    assert len(judgement.misses) == 2
    assert judgement.misses[0].startswith("s-1: 'off': advmod of 'sank' for case of 'Lamu'")
    assert find_gold_tokens(sentence) == [(0, 5), (6, 10), (11, 14), (15, 19)]
