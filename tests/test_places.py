"""Places: found in the text, resolved with the article as evidence, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.language.gazetteer import load_gazetteer, normalize_name
from livebrief.language.places import find_places, resolve_spans
from livebrief.language.sentences import find_sentences
from livebrief.model import Place
from tests.casefile import Case, parametrize

WORDS = st.sampled_from(
    ["Baghdad", "Paris,", "Texas", "north", "of", "27 km", "Mr.", "U.S.", "IN", "(AP) —", "al-Asad",
     "Nice", "in", "\ud800", "\x00", "’s", "and", "\n\n", "São", "York.", "St.", "base", "é", "ß"]
)  # fmt: skip


def describe(place: Place) -> str:
    known = [place.kind, place.admin1 or "", place.country or ""]
    if place.latitude is None:
        known.append("unknown")
    return ", ".join(part for part in known if part)


@parametrize("places.md")
def test_places_of_the_cases(case: Case) -> None:
    found = find_places(case.text, find_sentences(case.text, ()))
    assert [(place.name, describe(place)) for place in found] == case.expected


def test_point_lies_as_far_off_as_told() -> None:
    text = "The camp lies 111 km north of Baghdad."
    (place,) = find_places(text, find_sentences(text, ()))
    assert place.latitude == pytest.approx(34.34, abs=0.02)
    assert place.longitude == pytest.approx(44.401)
    assert place.city is None


def test_short_form_refers_to_the_full_one() -> None:
    text = "Rockets hit Camp Taji. Taji was hit again."
    first, second = find_places(text, find_sentences(text, ()))
    assert second.refers_to == first.span


def test_town_unknown_to_the_gazetteer_has_no_position() -> None:
    text = "HARTSVILLE, Ind. (WISH) — A man was shot."
    place = find_places(text, find_sentences(text, ()))[0]
    assert (place.city, place.admin1) == ("Hartsville", "Indiana")
    assert place.latitude is None
    assert place.geoname_id is None


def test_home_of_the_outlet_decides_between_equals() -> None:
    text = "Police in Perth closed the bridge."
    assert [p.country for p in find_places(text, (), country="AU")] == ["AU"]
    text = "Police in York closed the bridge."
    assert [p.country for p in find_places(text, (), country="US")] == ["US"]
    assert [p.country for p in find_places(text, (), country="GB")] == ["GB"]


def test_given_spans_resolve_also_where_no_place_would_be_found() -> None:
    text = "The Iraqi left Xyzzyville for Basra."
    iraq, nowhere, basra = resolve_spans(text, (), [(4, 9), (15, 25), (30, 35)])
    assert iraq is not None
    assert iraq.country == "IQ"
    assert nowhere is None
    assert basra is not None
    assert basra.name == "Basra"


def test_part_and_card_are_kept_in_the_span() -> None:
    (place,) = find_places("In Baghdad.", (), part="headline", related_index=2)
    assert (place.span.part, place.span.related_index) == ("headline", 2)


def test_list_of_five_thousand_names_is_bounded_work() -> None:
    text = ", ".join(["Springfield", "Paris", "London", "Georgia", "San Antonio"] * 1000)
    assert len(find_places(text, ())) == 5000


def test_list_of_five_thousand_different_names_is_bounded_work() -> None:
    text = "They went to " + ", ".join(f"Port Nr{at} Springfield" for at in range(5000)) + "."
    places = find_places(text, find_sentences(text, ()))
    assert len(places) <= 5000


def test_no_distance_moves_a_place_off_the_map() -> None:
    (place,) = find_places("It lies 9999 km north of Baghdad.", ())
    assert (place.kind, place.latitude, place.longitude) == ("point", None, None)


@pytest.mark.parametrize(
    "piece", ["Al-", "Word ", "A.", "O'", "Bank of ", "27 km north of Baghdad "]
)
def test_endless_names_end(piece: str) -> None:
    text = piece * 3000
    assert all(place.span.end <= len(text) for place in find_places(text, ()))


def test_gazetteer_knows_names_in_any_dress() -> None:
    find = load_gazetteer().find
    assert find(normalize_name("SÃO PAULO"))[0].name == find(normalize_name("Sao Paulo"))[0].name
    assert find("") == ()
    assert find("no such place anywhere") == ()


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=120)))
def test_any_text_gives_places_inside_it_and_the_same_twice(text: str) -> None:
    sentences = find_sentences(text, ())
    places = find_places(text, sentences)
    assert places == find_places(text, sentences)
    last = 0
    for place in places:
        assert last <= place.span.start < place.span.end <= len(text)
        last = place.span.end
        assert (place.latitude is None) == (place.longitude is None)
        if place.latitude is not None and place.longitude is not None:
            assert -90 <= place.latitude <= 90
            assert -180 <= place.longitude <= 180
