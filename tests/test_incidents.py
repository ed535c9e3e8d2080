"""Incidents: what many reports of one happening agree and disagree on."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief import incidents as room
from livebrief.incidents import (
    Ledger,
    Silence,
    find_background,
    merge_testimonies,
    read_testimonies,
)
from livebrief.model import (
    Article,
    Block,
    Event,
    Figure,
    Incident,
    Link,
    Name,
    Party,
    Place,
    Placement,
    Reading,
    Responsibility,
    Span,
    Time,
    identify,
)

SPAN = Span(start=0, end=10)
TAJI = Place(
    name="Camp Taji",
    span=SPAN,
    kind="site",
    city="Taji",
    admin1="Baghdad",
    country="IQ",
    latitude=33.52,
    longitude=44.26,
)
KIRKUK = Place(
    name="Kirkuk",
    span=SPAN,
    kind="city",
    city="Kirkuk",
    admin1="Kirkuk",
    country="IQ",
    latitude=35.47,
    longitude=44.39,
)
IRAQ = Place(name="Iraq", span=SPAN, kind="country", country="IQ", latitude=33.0, longitude=44.0)


def on(first: str, last: str | None = None) -> Time:
    """Return the time that is a day, or all days from the first to the last."""
    precision: Any = "day" if last in (None, first) else "month"
    return Time(
        span=SPAN,
        type="DATE",
        value=first,
        earliest=first,
        latest=last or first,
        precision=precision,
    )


def count(
    what: Any,
    low: int | None,
    high: int | None = -1,
    party: str | None = None,
    *,
    about: bool = False,
) -> Figure:
    """Return a figure: exact, unless told how high it goes."""
    top = low if high == -1 else high
    return Figure(what=what, span=SPAN, low=low, high=top, party=party, about=about)


def says(
    article: str,
    *figures: Figure,
    at: str = "2020-03-11T20:00:00+00:00",
    place: Place | None = TAJI,
    time: Time | None = None,
    **more: Any,
) -> room.Testimony:
    """Return what the article says of a rocket attack, its main event."""
    fields: dict[str, Any] = {name: more.pop(name) for name in list(more) if name in EVENT_FIELDS}
    event = Event(
        id=more.pop("event", f"{article}-event"),
        kind=fields.pop("kind", "ASSAULT"),
        mode=fields.pop("mode", "rocket"),
        span=SPAN,
        place=place,
        time=time,
        figures=figures,
        **fields,
    )
    learned_at = datetime.fromisoformat(at)
    testimony = room.Testimony(
        event=event,
        article=article,
        revision=more.pop("revision", "1"),
        outlet=more.pop("outlet", f"{article}.example"),
        origin=more.pop("origin", article),
        published_at=at,
        printed_at=at,
        learned_at=learned_at if learned_at.tzinfo else learned_at.replace(tzinfo=UTC),
        is_main=more.pop("is_main", True),
    )
    return msgspec.structs.replace(testimony, **more)


EVENT_FIELDS = {"kind", "mode", "actors", "targets", "responsibility", "links", "claims"}


def tally(incident: Incident, what: str, party: str | None = None) -> tuple[int | None, ...]:
    """Return best, low and high."""
    found = [t for t in incident.figures if t.what == what and t.party == party]
    assert len(found) == 1, incident.figures
    return found[0].best, found[0].low, found[0].high


def events_of(incidents: tuple[Incident, ...]) -> set[frozenset[str]]:
    return {frozenset(incident.events) for incident in incidents}


# -- which testimonies tell of one incident


def test_same_base_three_days_later_is_another_incident() -> None:
    story = "story"
    first = [
        says("a", count("killed", 3), time=on("2020-03-11"), story=story),
        says("b", count("killed", 2), time=on("2020-03-11"), story=story),
    ]
    second = [
        says(
            "c",
            count("injured", 5),
            at="2020-03-14T12:00:00+00:00",
            time=on("2020-03-14"),
            story=story,
        ),
        says(
            "d",
            count("injured", 3),
            at="2020-03-14T15:00:00+00:00",
            time=on("2020-03-14"),
            story=story,
        ),
    ]
    assert events_of(merge_testimonies(first + second)) == {
        frozenset({"a-event", "b-event"}),
        frozenset({"c-event", "d-event"}),
    }


def test_strikes_of_two_months_are_two() -> None:
    strike: dict[str, Any] = {
        "mode": "airstrike",
        "place": IRAQ,
        "actors": (Party(name="United States", span=SPAN, kind="state"),),
    }
    incidents = merge_testimonies(
        [
            says("a", at="2019-12-29T20:00:00+00:00", time=on("2019-12-29"), **strike),
            says(
                "b", at="2020-03-13T02:00:00+00:00", time=on("2020-03-12"), story="answer", **strike
            ),
            says(
                "c", at="2020-03-13T09:00:00+00:00", time=on("2020-03-13"), story="answer", **strike
            ),
        ]
    )
    assert len(incidents) == 2


def test_vague_report_never_bridges_two_incidents() -> None:
    exact = [
        says("a", count("killed", 3), time=on("2020-03-11")),
        says(
            "b",
            count("killed", 1),
            place=KIRKUK,
            time=on("2020-03-09"),
            at="2020-03-10T08:00:00+00:00",
        ),
    ]
    vague = says("c", place=IRAQ, at="2020-03-12T08:00:00+00:00", is_main=False)
    merged = merge_testimonies([*exact, vague])
    together = [incident for incident in merged if len(incident.events) > 1]
    assert len([i for i in merged if {"a-event", "b-event"} & set(i.events)]) == 2
    assert len(together) <= 1


def test_background_mention_joins_its_own_incident() -> None:
    incidents = merge_testimonies(
        [
            says(
                "a",
                count("killed", 1),
                place=KIRKUK,
                time=on("2019-12-27"),
                at="2019-12-28T06:00:00+00:00",
            ),
            says("b", count("killed", 3), time=on("2020-03-11")),
            says(
                "c",
                count("killed", 1),
                place=KIRKUK,
                time=on("2019-12-01", "2019-12-31"),
                at="2020-03-12T06:00:00+00:00",
                is_main=False,
            ),
        ]
    )
    assert frozenset({"a-event", "c-event"}) in events_of(incidents)


def test_another_country_on_the_same_day_is_another_incident() -> None:
    lamu = Place(
        name="Lamu",
        span=SPAN,
        kind="city",
        city="Lamu",
        country="KE",
        latitude=-2.27,
        longitude=40.9,
    )
    incidents = merge_testimonies(
        [
            says("a", count("killed", 3), time=on("2020-03-11")),
            says("b", count("killed", 3), place=lamu, time=on("2020-03-11")),
        ]
    )
    assert len(incidents) == 2


def test_a_quake_is_one_in_all_the_towns_that_felt_it() -> None:
    quake: dict[str, Any] = {"kind": "HAZARD", "mode": "earthquake", "time": on("2020-01-24")}
    elazig = Place(
        name="Elazig",
        span=SPAN,
        kind="city",
        city="Elazig",
        country="TR",
        latitude=38.7,
        longitude=39.2,
    )
    malatya = Place(
        name="Malatya",
        span=SPAN,
        kind="city",
        city="Malatya",
        country="TR",
        latitude=38.4,
        longitude=38.3,
    )
    incidents = merge_testimonies(
        [
            says(
                "a",
                count("killed", 4),
                at="2020-01-24T21:00:00+00:00",
                place=elazig,
                story="q",
                **quake,
            ),
            says(
                "b",
                count("killed", 20),
                at="2020-01-25T21:00:00+00:00",
                place=malatya,
                story="q",
                **quake,
            ),
        ]
    )
    assert len(incidents) == 1


def test_two_dead_are_not_seventy_nine() -> None:
    mogadishu = Place(name="Somalia", span=SPAN, kind="country", country="SO")
    bombing: dict[str, Any] = {"mode": "bombing", "place": mogadishu, "time": on("2019-12-28")}
    incidents = merge_testimonies(
        [
            says("a", count("killed", 79), at="2019-12-28T12:00:00+00:00", **bombing),
            says("b", count("killed", 2), at="2019-12-28T13:00:00+00:00", **bombing),
        ]
    )
    assert len(incidents) == 2


def test_early_toll_that_rises_is_one_incident() -> None:
    incidents = merge_testimonies(
        [
            says(
                "a",
                count("killed", 61, None),
                at="2020-03-11T12:00:00+00:00",
                time=on("2020-03-11"),
            ),
            says(
                "b",
                count("killed", 79, None),
                at="2020-03-11T18:00:00+00:00",
                time=on("2020-03-11"),
            ),
            says("c", count("killed", 85), at="2020-03-13T18:00:00+00:00", time=on("2020-03-11")),
        ]
    )
    assert len(incidents) == 1
    assert tally(incidents[0], "killed") == (85, 85, 85)


def test_shared_victims_outweigh_a_misread_day() -> None:
    named: dict[str, Any] = {
        "targets": (Party(name="Nyreek Horne", span=SPAN, kind="person"),),
        "mode": "shooting",
        "story": "s",
    }
    incidents = merge_testimonies(
        [
            says("a", count("killed", 1), time=on("2020-03-11"), **named),
            says(
                "b",
                count("killed", 1),
                time=on("2020-03-18"),
                at="2020-03-19T12:00:00+00:00",
                **named,
            ),
        ]
    )
    assert len(incidents) == 1


# -- figures


def figures_of(*testimonies: room.Testimony) -> Incident:
    incidents = merge_testimonies(testimonies)
    assert len(incidents) == 1
    return incidents[0]


def at_hour(hour: int) -> str:
    return f"2020-03-11T{hour:02}:00:00+00:00"


def test_reports_of_one_origin_count_once() -> None:
    day = on("2020-03-11")
    copies = [
        says(f"copy{n}", count("killed", 2), at=at_hour(10), origin="wire", time=day)
        for n in range(9)
    ]
    own = [says(f"own{n}", count("killed", 3), at=at_hour(10), time=day) for n in range(2)]
    incident = figures_of(*copies, *own)
    assert tally(incident, "killed") == (3, 2, 3)
    assert len(incident.figures[0].reports) == 11


def test_later_word_of_an_outlet_supersedes_its_earlier() -> None:
    day = on("2020-03-11")
    incident = figures_of(
        says("a", count("killed", 5), at=at_hour(10), outlet="one.example", time=day),
        says("b", count("killed", 3), at=at_hour(14), outlet="one.example", time=day),
    )
    assert tally(incident, "killed") == (3, 3, 3)
    assert len(incident.figures[0].reports) == 2


def test_groups_are_tallies_of_their_own() -> None:
    incident = figures_of(
        says(
            "a",
            count("killed", 2, party="U.S. service members"),
            count("killed", 1, party="British service members"),
            count("killed", 3),
            time=on("2020-03-11"),
        ),
        says("b", count("killed", 2, party="US service members"), time=on("2020-03-11")),
    )
    assert tally(incident, "killed") == (3, 3, 3)
    assert incident.figures[0].party is None
    assert tally(incident, "killed", "U.S. service members") == (2, 2, 2)
    assert [len(t.reports) for t in incident.figures] == [1, 1, 2]


def test_lower_bound_beside_an_exact_count_does_not_widen_the_range() -> None:
    day = on("2020-03-11")
    incident = figures_of(
        says("a", count("munitions", 16, None), time=day, at=at_hour(10)),
        says("b", count("munitions", 18), time=day, at=at_hour(11)),
    )
    assert tally(incident, "munitions") == (18, 18, 18)


def test_disagreement_is_kept_as_a_range() -> None:
    day = on("2020-03-11")
    incident = figures_of(
        says("a", count("injured", 12), time=day, at=at_hour(10)),
        says("b", count("injured", 14), time=day, at=at_hour(10)),
        says("c", count("injured", 12), time=day, at=at_hour(10)),
    )
    assert tally(incident, "injured") == (12, 12, 14)
    assert incident.figures[0].rule == "2 of 3 origins, later reports counting more"


# -- responsibility, links, background


def test_claimed_and_denied_is_disputed() -> None:
    group = Party(name="Kataib Hezbollah", span=SPAN, kind="militia")
    day = on("2020-03-11")
    incident = figures_of(
        says("a", time=day, responsibility=(Responsibility(status="unknown", span=SPAN),)),
        says(
            "b", time=day, responsibility=(Responsibility(status="blamed", span=SPAN, party=group),)
        ),
        says(
            "c", time=day, responsibility=(Responsibility(status="denied", span=SPAN, party=group),)
        ),
    )
    assert [each.status for each in incident.responsibility] == ["blamed", "denied", "disputed"]


def linked() -> list[room.Testimony]:
    link = Link(kind="in_retaliation_for", event="x-earlier", span=SPAN)
    return [
        says("a", count("killed", 3), time=on("2020-03-11")),
        says(
            "x",
            event="x-earlier",
            time=on("2020-03-11"),
            at="2020-03-13T01:00:00+00:00",
            is_main=False,
        ),
        says(
            "x",
            event="x-strike",
            mode="airstrike",
            place=KIRKUK,
            time=on("2020-03-13"),
            at="2020-03-13T01:00:00+00:00",
            links=(link, Link(kind="follows", event="nowhere", span=SPAN)),
        ),
    ]


def test_links_lead_from_incident_to_incident() -> None:
    ledger = Ledger()
    ledger.file(linked())
    strike, attack = ledger.of_event("x-strike"), ledger.of_event("a-event")
    assert strike is not None
    assert attack is not None
    assert [(link.kind, link.event) for link in strike.links] == [("in_retaliation_for", attack.id)]
    found = find_background(strike, lambda each: next(iter(ledger.incidents([each])), None))
    assert [(antecedent.incident.id, antecedent.steps) for antecedent in found] == [(attack.id, 1)]


# -- changes


def kinds(ledger: Ledger, *testimonies: room.Testimony | Silence) -> list[tuple[str, str]]:
    return [(change.slot, change.kind) for change in ledger.file(testimonies).changes]


def test_changes_say_how_a_toll_moved() -> None:
    ledger, day = Ledger(), on("2020-03-11")
    assert kinds(ledger, says("a", count("killed", 2, None), at=at_hour(8), time=day)) == [
        ("incident", "new"), ("killed", "new"), ("place", "new"), ("time", "new"),
    ]  # fmt: skip
    assert kinds(ledger, says("b", count("killed", 2), at=at_hour(9), time=day)) == [
        ("killed", "exact")
    ]
    assert kinds(ledger, says("c", count("killed", 2), at=at_hour(10), time=day)) == []
    later = "2020-03-14T12:00:00+00:00"
    assert kinds(ledger, says("d", count("killed", 3), at=later, time=day)) == [
        ("killed", "raised")
    ]
    blamed = Responsibility(status="blamed", span=SPAN, party=Party(name="militia", span=SPAN))
    assert kinds(ledger, says("e", at=later, time=day, responsibility=(blamed,))) == [
        ("responsibility", "attributed")
    ]


def test_change_names_the_report_that_brought_it() -> None:
    ledger, day = Ledger(), on("2020-03-11")
    ledger.file([says("a", count("killed", 2), at=at_hour(8), time=day)])
    (change,) = ledger.file([says("b", count("killed", 5), at=at_hour(9), time=day)]).changes
    assert change.kind == "raised"
    assert change.report is not None
    assert change.report.article == "b"
    assert change.reported_at == at_hour(9)
    assert change.learned_at == datetime.fromisoformat(at_hour(9))


def test_new_revision_supersedes_and_the_old_value_stays_in_the_changes() -> None:
    ledger, day = Ledger(), on("2020-03-11")
    (first,) = ledger.file([says("a", count("killed", 5), at=at_hour(8), time=day)]).incidents
    filing = ledger.file(
        [says("a", count("killed", 3), at=at_hour(9), time=day, revision="2", event="a-again")]
    )
    (incident,) = ledger.all()
    assert incident.id == first.id
    assert tally(incident, "killed") == (3, 3, 3)
    assert incident.events == ("a-again",)
    (change,) = filing.changes
    assert isinstance(change.before, Figure)
    assert (change.kind, change.before.low) == ("corrected", 5)


def test_withdrawn_article_takes_its_incident_back() -> None:
    ledger = Ledger()
    (hoax,) = ledger.file([says("a", time=on("2020-03-11"), at=at_hour(8))]).incidents
    later = datetime.fromisoformat(at_hour(12))
    filing = ledger.file([Silence(article="a", revision="2", learned_at=later)])
    assert ledger.all() == ()
    assert filing.gone == (hoax.id,)
    (change,) = filing.changes
    assert (change.slot, change.kind, change.learned_at) == ("incident", "retracted", later)
    assert ledger.of_event("a-event") is None


# -- reading testimonies


def reading_of(*events: Event, **fields: Any) -> Reading:
    article = Article(
        id="page",
        revision="1",
        outlet="page.example",
        text="Nyreek Horne was shot, said Sgt. Paul Lindqvist.",
        published_at=datetime(2020, 3, 11, 20, tzinfo=UTC),
        related=(
            Article(
                id="card", revision="1", text="Rockets hit a base.", published_on=date(2020, 1, 3)
            ),
        ),
        **fields,
    )
    names = (
        Name(span=Span(start=0, end=12), kind="person"),
        Name(span=Span(start=33, end=47), kind="person"),
    )
    return Reading(
        article=article, events=events, main_event=events[0].id if events else None, names=names
    )


PLACED = Placement(story="s", score=1.0, origin="wire")


def test_only_what_happened_is_witnessed() -> None:
    events = [
        Event(id=f"{stage}-{reality}", kind="ASSAULT", span=SPAN, stage=stage, reality=reality)
        for stage in ("done", "attempted", "planned", "threatened")
        for reality in ("actual", "alleged", "conditional", "denied", "possible", "habitual")
    ]
    witnessed = [
        testimony.event.id
        for testimony in read_testimonies(reading_of(*events), PLACED)
        if isinstance(testimony, room.Testimony)
    ]
    assert witnessed == ["done-actual", "done-alleged", "attempted-actual", "attempted-alleged"]


def test_a_cards_event_is_reported_at_the_cards_own_date() -> None:
    span = Span(start=0, end=19, related_index=0)
    events = (Event(id="m", kind="ASSAULT", span=SPAN), Event(id="c", kind="ASSAULT", span=span))
    main, card = read_testimonies(reading_of(*events), PLACED)
    assert isinstance(main, room.Testimony)
    assert isinstance(card, room.Testimony)
    assert (main.published_at, main.origin, main.is_main) == (
        "2020-03-11T20:00:00+00:00",
        "wire",
        True,
    )
    assert (card.published_at, card.origin, card.is_card) == ("2020-01-03", "card", True)
    assert (card.outlet, card.printed_at) == ("page.example", "2020-03-11T20:00:00+00:00")
    assert main.names == ("Nyreek Horne", "Paul Lindqvist")
    assert card.names == ()


def test_a_reading_without_incidents_is_a_silence() -> None:
    (silence,) = read_testimonies(reading_of(), PLACED)
    assert isinstance(silence, Silence)
    assert merge_testimonies([silence]) == ()


def test_corrected_page_says_so() -> None:
    block = Block(role="correction", start=0, end=5)
    (testimony,) = read_testimonies(
        reading_of(Event(id="m", kind="ASSAULT", span=SPAN), blocks=(block,)), PLACED
    )
    assert isinstance(testimony, room.Testimony)
    assert testimony.is_correction


# -- promises

ABROAD = msgspec.structs.replace(TAJI, name="Taji", kind="city", country="SY")
AT_SEA = msgspec.structs.replace(TAJI, name="the sea", kind="point", city=None, country=None)
PLACES = [None, TAJI, KIRKUK, IRAQ, ABROAD, AT_SEA]
PEOPLE = ["Nyreek Horne", "Myles Caggins", "Horne", ""]


@st.composite
def coverage(draw: st.DrawFn) -> list[room.Testimony]:
    made = []
    for number in range(draw(st.integers(1, 14))):
        day = date(2020, 3, 8) + timedelta(draw(st.integers(0, 7)))
        told = day - timedelta(draw(st.integers(0, 2)))
        figures = [
            count(what, low, draw(st.sampled_from([low, low + 2, None])), party, about=about)
            for what, low, party, about in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(["killed", "injured"]),
                        st.integers(0, 6),
                        st.sampled_from([None, None, "U.S. troops"]),
                        st.booleans(),
                    ),
                    max_size=3,
                )
            )
        ]
        article = f"article{draw(st.integers(0, 8))}"
        hour = draw(st.integers(0, 23))
        made.append(
            says(
                article,
                *figures,
                event=f"event{number}",
                revision=draw(st.sampled_from(["1", "1", "2"])),
                at=f"{day.isoformat()}T{hour:02}:00:00+00:00",
                place=draw(st.sampled_from(PLACES)),
                time=draw(
                    st.sampled_from([None, on(told.isoformat()), on("2020-03-01", "2020-03-31")])
                ),
                kind=draw(st.sampled_from(["ASSAULT", "ASSAULT", "DEATH", "PROTEST"])),
                mode=draw(st.sampled_from([None, "rocket", "shooting"])),
                origin=draw(st.sampled_from([article, "wire"])),
                outlet=draw(st.sampled_from([None, f"{article}.example", "big.example"])),
                story=draw(st.sampled_from([None, "s1", "s2"])),
                is_main=draw(st.booleans()),
                names=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2))),
                targets=tuple(
                    Party(name=name, span=SPAN, kind="person")
                    for name in draw(st.lists(st.sampled_from(PEOPLE), max_size=1))
                ),
                links=tuple(
                    Link(kind="caused_by", event=f"event{other}", span=SPAN)
                    for other in draw(st.lists(st.integers(0, 13), max_size=1))
                ),
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(coverage(), st.randoms(use_true_random=False))
def test_any_order_or_twice_gives_the_same(
    told: list[room.Testimony], chance: random.Random
) -> None:
    incidents = merge_testimonies(told)
    shuffled = told * 2
    chance.shuffle(shuffled)
    assert merge_testimonies(shuffled) == incidents


@settings(max_examples=60, deadline=None)
@given(coverage(), st.randoms(use_true_random=False))
def test_a_ledger_filed_bit_by_bit_gives_the_same(
    told: list[room.Testimony], chance: random.Random
) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    ledger = Ledger()
    kept: dict[str, Incident] = {}
    for testimony in shuffled:
        filing = ledger.file([testimony])
        for incident_id in filing.gone:
            kept.pop(incident_id, None)
        kept.update((incident.id, incident) for incident in filing.incidents)
    merged = merge_testimonies(told)
    assert ledger.all() == merged
    assert kept == {incident.id: incident for incident in merged}


@settings(max_examples=60, deadline=None)
@given(coverage())
def test_figures_lie_within_what_was_reported(told: list[room.Testimony]) -> None:
    for incident in merge_testimonies(told):
        for each in incident.figures:
            lows = [report.value.low for report in each.reports]
            highs = [report.value.high for report in each.reports]
            numbers = [number for number in (*lows, *highs) if number is not None]
            for number in (each.best, each.low, each.high):
                assert number is None or number in numbers
            if each.low is None:
                assert None in lows
            if each.high is None:
                assert None in highs
            if each.best is not None:
                assert each.low is None or each.low <= each.best
                assert each.high is None or each.best <= each.high


@settings(max_examples=60, deadline=None)
@given(coverage())
def test_every_standing_event_is_in_one_incident(told: list[room.Testimony]) -> None:
    incidents = merge_testimonies(told)
    listed = [event for incident in incidents for event in incident.events]
    assert len(listed) == len(set(listed))
    newest: dict[str, tuple[datetime, str]] = {}
    for testimony in told:
        assert testimony.learned_at is not None
        rank = (testimony.learned_at, testimony.revision)
        newest[testimony.article] = max(rank, newest.get(testimony.article, rank))
    expected = {
        testimony.event.id
        for testimony in told
        if testimony.revision == newest[testimony.article][1]
    }
    assert set(listed) == expected
    assert all(link.event in {i.id for i in incidents} for i in incidents for link in i.links)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_may_come_in(words: str, moment: str) -> None:
    place = msgspec.structs.replace(IRAQ, name=words, city=words, admin1=words)
    time = msgspec.structs.replace(on("2020-03-11"), earliest=moment)
    testimony = msgspec.structs.replace(
        says("a", place=place, time=time, targets=(Party(name=words, span=SPAN),)),
        published_at=moment,
        names=(words,),
    )
    assert len(merge_testimonies([testimony])) == 1
    assert identify(words)
