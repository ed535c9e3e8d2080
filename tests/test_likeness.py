"""Likeness: terms, vectors, and which text carries the same report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebrief.likeness import (
    Frequencies,
    NearDuplicates,
    cosine,
    find_names,
    find_phrases,
    find_words,
    weigh,
)
from tests.casefile import Case, parametrize


@parametrize("copies.md")
def test_copies(case: Case) -> None:
    earlier, later = case.text.split("\n")
    duplicates = NearDuplicates()
    duplicates.add("earlier", find_phrases(find_words(earlier)), day=1)
    found = duplicates.find(find_phrases(find_words(later)))
    assert case.expected == [("copy", "no" if found is None else "yes")]


WIRE = (
    "A truck bomb exploded at a busy security checkpoint in the Somali capital on Saturday, "
    "killing at least 79 people and wounding more than 100 others, the director of the Aamin "
    "ambulance service said. It was one of the deadliest attacks in recent years."
)


def test_the_origin_of_a_copy_of_a_copy_is_the_first() -> None:
    duplicates = NearDuplicates()
    phrases = find_phrases(find_words(WIRE))
    duplicates.add("first", phrases, day=1)
    duplicates.add("second", phrases, day=1, origin="first")
    found = duplicates.find(phrases)
    assert found is not None
    assert (found.id, found.origin, found.containment, found.resemblance) == ("first",) * 2 + (1, 1)


def test_texts_beyond_the_window_are_forgotten() -> None:
    duplicates = NearDuplicates(days=7)
    phrases = find_phrases(find_words(WIRE))
    duplicates.add("old", phrases, day=1)
    duplicates.add("new", find_phrases(find_words(WIRE[::-1])), day=9)
    assert duplicates.find(phrases) is None
    assert all(duplicates.carriers.values())


def test_a_text_added_twice_stands_once() -> None:
    duplicates = NearDuplicates()
    phrases = find_phrases(find_words(WIRE))
    duplicates.add("a", phrases, day=1)
    duplicates.add("a", phrases, day=1)
    assert len(duplicates.texts) == 1
    assert all(len(carriers) == 1 for carriers in duplicates.carriers.values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12th and 13th packages", ["12th", "13th", "package"]),
        ("U.S. troops", ["u.s.", "troop"]),
        ("the O'Briens", ["o'brien"]),
        ("magnitude 5.8; 1,200 homes", ["magnitude", "5.8", "1,200", "home"]),
        ("台風19号", ["台風", "19", "号"]),
        ("", []),
        ("\ud800 \x00", ["\ud800"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word for word in find_words(text) if word != "\ud800"] == [
        word for word in words if word != "\ud800"
    ]


def test_names_at_the_start_of_a_sentence_are_not_counted() -> None:
    assert find_names("Rescuers left. Divers of the Kenyan Navy came.") == ["kenyan navy"]


def test_what_is_common_in_the_coverage_weighs_less() -> None:
    frequencies = Frequencies()
    before = weigh("shooting in Fresno", frequencies)
    for _ in range(50):
        frequencies.learn(["shooting"])
    after = weigh("shooting in Fresno", frequencies)
    assert after["shooting"] < before["shooting"]
    assert after["fresno"] > before["fresno"]


@given(st.text(), st.text())
def test_a_cosine_lies_between_0_and_1_either_way_round(one: str, other: str) -> None:
    frequencies = Frequencies(prior=False)
    a, b = weigh(one, frequencies), weigh(other, frequencies)
    assert 0.0 <= cosine(a, b) <= 1.0 + 1e-9
    assert cosine(a, b) == cosine(b, a)
