"""The brief: each part says what it should, and nothing stands in it that is not cited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from livebrief.briefs import Coverage, write_brief, write_changes, write_markdown, write_text
from livebrief.briefs.sentences import content_words, find_quotes, is_weak, share_words
from livebrief.model import (
    Article,
    Brief,
    Change,
    Claim,
    Event,
    Figure,
    Incident,
    Party,
    Place,
    Reading,
    Report,
    Span,
    Story,
    Tally,
    Time,
    identify,
)

NOON = datetime(2020, 3, 11, 12, tzinfo=UTC)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def make_reading(
    name: str,
    text: str,
    *,
    wounded: str | None = None,
    low: int | None = None,
    high: int | None = None,
    hours: int = 0,
    claims: tuple[Claim, ...] = (),
) -> Reading:
    """Return a reading of one attack at Taji; `wounded` are the words that give the number."""
    article = Article(
        id=identify(name),
        revision="1",
        outlet=name,
        url=f"https://{name}.example/1",
        headline=f"{name} reports",
        published_at=NOON + timedelta(hours=hours),
        text=text,
    )
    first = Span(start=0, end=text.find(".") + 1 or len(text))
    figures: tuple[Figure, ...] = ()
    if wounded:
        figures = (Figure(what="injured", span=span_of(text, wounded), low=low, high=high),)
    event = Event(id=f"e-{name}", kind="ASSAULT", mode="rocket", span=first, figures=figures)
    return Reading(
        article=article,
        learned_at=NOON + timedelta(hours=hours),
        main_event=event.id,
        events=(event,),
        claims=claims,
    )


def make_report(reading: Reading) -> Report:
    (event,) = reading.events
    return Report(
        event=event.id,
        article=reading.article.id,
        outlet=reading.article.outlet,
        origin=reading.article.id,
        claims=(),
        published_at="2020-03-11",
        learned_at=reading.learned_at,
        value=event.figures[0],
    )


def make_brief(
    *readings: Reading,
    low: int | None = None,
    high: int | None = None,
    changes: tuple[Change, ...] = (),
    since: datetime | None = None,
) -> Brief:
    reports = tuple(make_report(each) for each in readings if each.events[0].figures)
    here = readings[0].events[0].span
    incident = Incident(
        id="i",
        kind="ASSAULT",
        mode="rocket",
        time=Time(
            span=here, type="DATE", value="2020-03-11", earliest="2020-03-11", latest="2020-03-11"
        ),
        place=Place(name="Camp Taji", span=here, kind="site", country="IQ"),
        figures=(Tally(what="injured", best=low, low=low, high=high, rule="", reports=reports),)
        if reports
        else (),
        events=tuple(each.events[0].id for each in readings),
    )
    return write_brief(
        Coverage(
            story=Story(id="s", headline="Rockets on Taji"),
            readings=readings,
            origins={each.article.id: each.article.id for each in readings},
            incidents=(incident,),
            changes=changes,
            as_of=NOON + timedelta(hours=9),
            since=since,
        )
    )


def lines_of(brief: Brief, label: str) -> list[str]:
    return [entry.text for each in brief.sections if each.label == label for entry in each.entries]


FIRST = make_reading(
    "Ledger",
    "Rockets hit Camp Taji on Wednesday and wounded about 12 soldiers there. More was not known.",
    wounded="about 12",
    low=12,
    high=12,
)
SECOND = make_reading(
    "Courier",
    "A barrage struck the Iraqi base of Taji, and 14 people were wounded, officials said.",
    wounded="14",
    low=14,
    high=14,
    hours=3,
)


def test_a_range_is_composed_from_both_ends_and_cites_both() -> None:
    brief = make_brief(FIRST, SECOND, low=12, high=14)
    (line,) = [each for each in lines_of(brief, "What we know") if each.startswith("Rocket attack")]
    assert line == "Rocket attack, Camp Taji, Iraq, 11 March 2020. Wounded: between 12 and 14."
    entry = next(entry for each in brief.sections for entry in each.entries if entry.text == line)
    assert {source.article for source in entry.sources} == {identify("Ledger"), identify("Courier")}


def test_a_bound_is_given_in_the_words_of_its_source() -> None:
    reading = make_reading(
        "Wire", "More than 15 troops were wounded at Camp Taji on Wednesday.",
        wounded="More than 15", low=16,
    )  # fmt: skip
    brief = make_brief(reading, low=16)
    assert "Wounded: “More than 15”." in lines_of(brief, "What we know")[0]


def test_numbers_that_cannot_both_be_right_are_disputed() -> None:
    (line,) = lines_of(make_brief(FIRST, SECOND, low=12, high=14), "What is disputed")
    assert "“about 12” (Ledger, 11 March)" in line
    assert "“14” (Courier, 11 March)" in line


def test_numbers_that_can_both_be_right_are_not() -> None:
    bound = make_reading(
        "Wire", "At least 12 troops were wounded at Camp Taji on Wednesday.",
        wounded="At least 12", low=12,
    )  # fmt: skip
    assert lines_of(make_brief(bound, SECOND, low=12), "What is disputed") == []


def test_the_latest_opening_is_the_lede() -> None:
    brief = make_brief(FIRST, SECOND, low=12, high=14)
    assert lines_of(brief, "The lede")[0].startswith(("A barrage", "Rockets hit"))


def test_what_is_new_tells_before_and_after() -> None:
    change = Change(
        incident="i", slot="injured", before=FIRST.events[0].figures[0],
        after=SECOND.events[0].figures[0], kind="raised", report=make_report(SECOND),
        reported_at="2020-03-11", learned_at=SECOND.learned_at,
    )  # fmt: skip
    brief = make_brief(FIRST, SECOND, low=12, high=14, changes=(change,))
    (line,) = lines_of(brief, "What is new")
    assert line.startswith("Wounded (raised): 12 → 14. Rocket attack")
    late = make_brief(FIRST, SECOND, changes=(change,), since=NOON + timedelta(hours=3))
    assert not any("→" in each for each in lines_of(late, "What is new"))


def test_who_says_so_quotes_those_who_speak() -> None:
    text = (
        "A volley of rockets hit the base of Camp Taji on Wednesday. "
        "Nobody claimed the attack by nightfall, a coalition colonel said."
    )
    sentence = span_of(text, "Nobody claimed the attack by nightfall, a coalition colonel said.")
    claim = Claim(
        id="c", by=Party(name="a coalition colonel", span=span_of(text, "a coalition colonel")),
        span=sentence, content_spans=(span_of(text, "Nobody claimed the attack by nightfall"),),
    )  # fmt: skip
    brief = make_brief(make_reading("Wire", text, claims=(claim,)))
    assert lines_of(brief, "Who says so") == [text[sentence.start : sentence.end]]


def test_what_cannot_be_cited_is_left_out() -> None:
    brief = make_brief(make_reading("Wire", "Short."))
    assert all(entry.sources for each in brief.sections for entry in each.entries)
    assert "What we know" not in [each.label for each in brief.sections]


def test_text_and_markdown_number_their_sources() -> None:
    brief = make_brief(FIRST, SECOND, low=12, high=14)
    articles = {each.article.id: each.article for each in (FIRST, SECOND)}
    text = write_text(brief, articles.get)
    assert "[1] " in text
    assert "[2] " in text
    assert (
        "Ledger, 11 March 2020, 12:00 UTC, Ledger reports <https://Ledger.example/1>"
        in " ".join(text.split())
    )
    markdown = write_markdown(brief, articles.get)
    assert markdown.startswith("# Rockets on Taji\n")
    assert "## What is disputed" in markdown


def test_a_change_is_one_line() -> None:
    change = Change(
        incident="x", slot="killed", before=None, after="5 < 9", kind="corrected",
        report=None, reported_at=None, learned_at=NOON,
    )  # fmt: skip
    assert write_changes([change], []) == (
        "11 March 2020, 12:00 UTC  corrected: incident x: Killed 5 < 9 (unnamed)\n"
    )


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("Rockets hit the base at Camp Taji on Wednesday evening.", True),
        ("He said that rockets had hit the base on Wednesday.", False),
        ("Did rockets hit the base at Camp Taji on Wednesday?", False),
        ("Rockets hit.", False),
        ("“Rockets hit the base at Camp Taji on Wednesday.", False),
        (f"Rockets hit {'and hit ' * 40}the base.", False),
    ],
)
def test_only_sentences_that_stand_alone_are_quoted(text: str, quotable: bool) -> None:
    assert bool(find_quotes(make_reading("Wire", text))) is quotable


def test_wire_copies_say_the_same_and_different_tolls_do_not() -> None:
    one = content_words("Rockets killed three troops at Camp Taji on Wednesday, officials said.")
    copy = content_words("Rockets killed three troops at Camp Taji Wednesday, U.S. officials said.")
    other = content_words("The ministry of defence in London named the medic who died.")
    assert share_words(one, copy)
    assert not share_words(one, other)
    assert is_weak("They said so.")
