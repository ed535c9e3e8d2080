from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.events import Findings, find_events
from livebrief.language import annotate
from livebrief.model import Article, Event, Span, identify
from tests.casefile import Case, parametrize


def read(text: str, headline: str | None = None, published: str | None = None) -> Findings:
    day = date.fromisoformat(published) if published else None
    article = Article(
        id=identify(headline or "", text),
        revision="r",
        headline=headline,
        text=text,
        published_on=day,
    )
    passages = [annotate(text, written_on=day)]
    if headline:
        passages.insert(0, annotate(headline, part="headline", written_on=day))
    return find_events(article, passages)


def read_case(case: Case) -> Findings:
    return read(case.text, case.context.get("headline"), case.context.get("published"))


def main_of(findings: Findings) -> Event | None:
    return next((event for event in findings.events if event.id == findings.main_event), None)


def words(case: Case, *spans: Span) -> str:
    texts = {"text": case.text, "headline": case.context.get("headline", "")}
    return " … ".join(texts[span.part][span.start : span.end] for span in spans)


def total(event: Event | None, what: str) -> str:
    figures = [f for f in event.figures if f.what == what and f.party is None] if event else []
    return str(figures[0]) if figures else "unknown"


def describe(event: Event) -> set[str]:
    """Return what a case may ask of an event, in the words of the case files."""
    day = (event.time.value if event.time else "no time")[:10]
    place = [event.place.name, event.place.city, event.place.country] if event.place else []
    return {
        f"{event.kind} {event.mode or ''}".strip(),
        event.kind,
        day,
        event.reality,
        *(f"at {name}" for name in place if name),
        *(f"of {party.name}" for party in event.targets),
        *(f"by {party.name}" for party in event.actors),
        *(f"{what} {total(event, what)}" for what in ("killed", "injured", "munitions")),
    }


@parametrize("casualties.md")
def test_casualties(case: Case) -> None:
    event = main_of(read_case(case))
    parts = [f"{figure} {figure.party}" for figure in event.figures] if event else []
    for key, value in case.expected:
        if key == "part":
            assert value in parts
        else:
            assert total(event, key) == value


@parametrize("attacks.md")
def test_attacks(case: Case) -> None:
    findings = read_case(case)
    event = main_of(findings)
    if event is None:
        assert case.expected == [("events", "0")]
        return
    found: dict[str, list[str]] = {
        "main": [f"{event.kind} {event.mode or ''}".strip()],
        "actor": [party.name for party in event.actors],
        "instrument": [instrument.name for instrument in event.instruments],
        "time": [(event.time.earliest or "")[:10] if event.time else "unknown"],
        "place": [event.place.city or event.place.name if event.place else "unknown"],
        "country": [(event.place.country if event.place else None) or "unknown"],
        "events": [str(len(findings.events))],
    }
    told = [describe(each) for each in findings.events]
    for key, value in case.expected:
        if key == "event":
            parts = {part.strip() for part in value.split(";")}
            assert any(parts <= each for each in told), (value, told)
        else:
            assert value in found[key]


@parametrize("reality.md")
def test_reality(case: Case) -> None:
    findings = read_case(case)
    told = {
        words(case, mention): f"{event.reality} {event.stage}"
        for event in findings.events
        for mention in event.mentions
    }
    for key, value in case.expected:
        assert (str(len(findings.events)) if key == "events" else told.get(key)) == value


@parametrize("responsibility.md")
def test_responsibility(case: Case) -> None:
    event = main_of(read_case(case))
    assert event is not None
    held = [
        f"{one.status} {one.party.name if one.party else ''}".strip()
        for one in event.responsibility
    ]
    assert held == [value for _, value in case.expected if value != "none"]


@parametrize("links.md")
def test_links(case: Case) -> None:
    events = {event.id: event for event in read_case(case).events}
    name = {key: words(case, event.mentions[0]) for key, event in events.items()}
    found = [
        f"{name[later.id]} {link.kind} {name[link.event]}"
        for later in events.values()
        for link in later.links
    ]
    assert sorted(found) == sorted(value for _, value in case.expected if value != "none")


@parametrize("claims.md")
def test_claims(case: Case) -> None:
    claims = read_case(case).claims
    found: dict[str, list[str]] = {
        "claim": [
            " | ".join(
                (
                    words(case, *claim.source_spans),
                    words(case, *claim.cue_spans),
                    words(case, *claim.content_spans),
                )
            )
            for claim in claims
        ],
        "stance": [str(claim.stance) for claim in claims],
        "channel": [claim.channel for claim in claims if claim.channel],
        "to": [claim.to.name for claim in claims if claim.to],
        "anonymous": ["yes" for claim in claims if claim.anonymous],
        "claims": [str(len(claims))],
    }
    for key, value in case.expected:
        assert value.strip() in [str(one).strip() for one in found[key]]


def test_a_cards_events_count_from_its_own_day_and_say_whose_they_are() -> None:
    page, card = date(2020, 3, 11), date(2020, 1, 5)
    passages = [
        annotate("Rockets hit the base on Wednesday.", written_on=page),
        annotate("Gunmen attacked an airfield on Sunday.", related_index=0, written_on=card),
    ]
    findings = find_events(Article(id="a", revision="r", text=passages[0].text), passages)
    own, other = findings.events
    assert findings.main_event == own.id
    assert (own.span.related_index, other.span.related_index) == (None, 0)
    assert own.time is not None
    assert other.time is not None
    assert (own.time.value, other.time.value) == ("2020-03-11", "2020-01-05")


def test_ids_do_not_depend_on_anything_but_the_article() -> None:
    text = "Rockets hit the base on Monday. The attack killed two soldiers, officials said."
    assert read(text) == read(text)


# A soup of what the rules look for, and of what no text should hold.
PIECES = st.sampled_from(
    (
        *(
            "Two",
            "men",
            "and",
            "a",
            "woman",
            "were",
            "killed",
            "shot",
            "wounded",
            "died",
            "himself",
        ),
        *("in", "the", "attack", "on", "Monday,", "police", "said", "according", "to", "If", "not"),
        *(
            "rockets",
            "hit",
            "Gunmen",
            "by",
            "rebels",
            "12",
            "at least",
            "12-year-old",
            "dozens",
            "“",
        ),
        *(
            "on Tuesday",
            "in 2017",
            "in January",
            "two days after",
            "after",
            "where",
            "which",
            "overnight",
        ),
        *("missiles", "jets", "strikes", "a strike that", "protesters", "stormed", "a report that"),
        *("denied", "claimed that", "both", "the number", "the toll", "more", "Iraq's", "-", "—"),
        *("led to", "in retaliation for", "claimed responsibility", "murder-suicide", "could", "”"),
        *('"', "''", ".", ",", ":", ";", "(", ")", "—", "\n\n", "\x00", "\ud800", "é", "\u202e"),
    )
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60), st.one_of(st.none(), st.lists(PIECES, max_size=12)))
def test_whatever_comes_in_spans_lie_inside_and_ranges_are_in_order(
    pieces: list[str], headline_pieces: list[str] | None
) -> None:
    text = " ".join(pieces)
    headline = " ".join(headline_pieces) if headline_pieces else None
    findings = read(text, headline, "2020-03-11")
    length = {"text": len(text), "headline": len(headline or "")}
    for event in findings.events:
        for figure in event.figures:
            assert figure.low is None or figure.high is None or figure.low <= figure.high
        spans = [event.span, *event.mentions, *(figure.span for figure in event.figures)]
        spans += [party.span for party in event.actors]
        assert all(0 <= span.start < span.end <= length[span.part] for span in spans)
    for claim in findings.claims:
        spans = [*claim.source_spans, *claim.cue_spans, *claim.content_spans]
        assert all(0 <= span.start < span.end <= length[span.part] for span in spans)
    known = {event.id for event in findings.events}
    assert findings.main_event is None or findings.main_event in known
    assert all(link.event in known for event in findings.events for link in event.links)


@pytest.mark.parametrize("text", ["", " ", "a" * 10_000, "killed " * 20_000, "said, " * 5_000])
def test_strange_texts_are_read(text: str) -> None:
    assert isinstance(read(text), Findings)
