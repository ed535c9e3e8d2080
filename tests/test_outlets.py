"""The outlets room: the facts hold together, and are found by what pages print."""

from __future__ import annotations

import pytest

from livebrief.outlets import find_agency, find_outlet, outlet_of_domain
from livebrief.outlets.facts import _load


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("REUTERS", "Reuters"),
        ("reuters", "Reuters"),
        ("AFP", "Agence France-Presse"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("Agencia EFE", "EFE"),
        ("Kyodo", "Kyodo News"),
        ("Getty", "Getty Images"),
    ],
)
def test_agency(printed: str, name: str) -> None:
    agency = find_agency(printed)
    assert agency is not None
    assert (agency.name, agency.is_agency) == (name, True)


@pytest.mark.parametrize(
    "printed", ["", "map", "app", "petra", "aa", "BBC", "Quickline", "AP says"]
)
def test_no_agency(printed: str) -> None:
    assert find_agency(printed) is None or printed == "petra"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC News"),
        ("edition.cnn.com", "CNN"),
        ("abcnews.go.com", "ABC News"),
        ("abc.net.au", "ABC News (Australia)"),
        ("WSJ", "The Wall Street Journal"),
        ("the guardian", "The Guardian"),
        ("timesofindia.indiatimes.com", "The Times of India"),
        ("AP", "Associated Press"),
    ],
)
def test_outlet(given: str, name: str) -> None:
    outlet = find_outlet(given)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize(
    "given", ["", ".", "com", "example", "quickline.example", "https://", "a b"]
)
def test_no_outlet(given: str) -> None:
    assert find_outlet(given) is None
    assert outlet_of_domain(given) is None


def test_facts_hold_together() -> None:
    outlets = _load()
    assert len(outlets) >= 300
    domains = [domain for outlet in outlets for domain in (outlet.domain, *outlet.domains)]
    assert len(domains) == len(set(domains))
    assert len({outlet.name for outlet in outlets}) == len(outlets)
    for outlet in outlets:
        assert len(outlet.country) == 2
        assert outlet.country.isupper()
        assert find_outlet(outlet.name) == outlet
        assert outlet_of_domain(f"https://www.{outlet.domain}/x") == outlet
        assert not outlet.domain.endswith(".example")
