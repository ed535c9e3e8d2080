"""Names: each with its kind, short forms meaning what the full form meant."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.language.listed import LISTED, find_listed
from livebrief.language.names import find_names
from livebrief.language.places import find_places
from livebrief.language.sentences import find_sentences
from livebrief.language.vocabulary import load_words
from livebrief.model import Name
from tests.casefile import Case, parametrize

WORDS = st.sampled_from(
    ["Gen.", "Ann", "Lee", "Kataib Hezbollah", "(KH)", "KH", "U.S.", "Police", "of", "and", "Iraqi",
     "USS", "Hospital", "said", "AK-47", "\ud800", "\x00", "’s", "Prime Minister", "34,", "É"]
)  # fmt: skip


def read(text: str) -> tuple[Name, ...]:
    sentences = find_sentences(text, ())
    return find_names(text, sentences, find_places(text, sentences))


@parametrize("names.md")
def test_names_of_the_cases(case: Case) -> None:
    found = [
        (case.text[name.span.start : name.span.end], f"{name.kind} {name.id}")
        for name in read(case.text)
    ]
    assert found == case.expected


def test_every_listed_group_and_state_is_found_by_each_of_its_names() -> None:
    for name, group in load_words("armed_groups")["groups"].items():
        assert find_listed(name) is not None, name
        assert all(len(code) == 2 for code in group.get("countries", ())), name
    for code, state in load_words("states")["states"].items():
        listed = find_listed(state["name"])
        assert listed is not None
        assert (listed.kind, listed.id) == ("country", code)


def test_lists_are_as_long_as_promised() -> None:
    kinds = [listed.kind for listed in LISTED.values()]
    assert kinds.count("weapon") >= 60
    assert kinds.count("armed_group") >= 80
    assert len(load_words("organizations")["international"]) >= 60


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=120)))
def test_any_text_gives_names_inside_it_and_the_same_twice(text: str) -> None:
    names = read(text)
    assert names == read(text)
    last = 0
    for name in names:
        assert last <= name.span.start < name.span.end <= len(text)
        last = name.span.end
