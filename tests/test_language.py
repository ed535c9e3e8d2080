"""The language room: sentences, tokens, times and quantities."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebrief.language import find_quantities, find_sentences, find_times
from livebrief.language.numbers import parse_number
from livebrief.language.tokens import find_tokens
from livebrief.language.vocabulary import load_words
from livebrief.model import Block, Figure, Time
from tests.casefile import Case, parametrize


def read_times(case: Case) -> tuple[Time, ...]:
    published = case.context.get("published")
    part: Literal["text", "headline"] = "headline" if case.context.get("part") else "text"
    return find_times(
        case.text,
        find_sentences(case.text),
        part=part,
        written_at=datetime.fromisoformat(published) if published and "T" in published else None,
        written_on=date.fromisoformat(published[:10]) if published else None,
    )


@parametrize("times.md")
def test_times(case: Case) -> None:
    bounds = [value.partition(" | ")[2] for _, value in case.expected]
    found = [
        (
            case.text[time.span.start : time.span.end],
            f"{time.value} | {time.earliest}..{time.latest}" if bound else time.value,
        )
        for time, bound in zip(read_times(case), [*bounds, *[""] * 99], strict=False)
    ]
    assert found == case.expected


@parametrize("quantities.md")
def test_quantities(case: Case) -> None:
    sentences = find_sentences(case.text)
    times = find_times(case.text, sentences, written_on=date(2020, 3, 11))
    figures = find_quantities(case.text, sentences, times)
    assert [(case.text[f.span.start : f.span.end], tell(f)) for f in figures] == case.expected


def tell(figure: Figure) -> str:
    """Return a figure as the case files write it: `16.. munitions (small rockets)`."""
    unit = f" ({figure.unit})" if figure.unit else ""
    return f"{figure}{'' if figure.what == 'other' else f' {figure.what}'}{unit}"


@parametrize("sentences.md")
def test_sentences(case: Case) -> None:
    found = [case.text[s.start : s.end] for s in find_sentences(case.text)]
    assert found == [value.replace("\\n", "\n") for _, value in case.expected]


def test_a_block_edge_is_a_sentence_edge() -> None:
    text = "Why it matters: nobody knows who did it Smoke over the base"
    blocks = [
        Block(role="paragraph", start=0, end=39, label="Why it matters"),
        Block(role="caption", start=40, end=len(text)),
    ]
    found = find_sentences(text, blocks)
    assert [(text[s.start : s.end], s.role, s.label) for s in found] == [
        ("Why it matters: nobody knows who did it", "paragraph", "Why it matters"),
        ("Smoke over the base", "caption", None),
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("can't won’t O'Neill's", "ca n't wo n’t O'Neill 's"),
        ("the U.S.-led 11th-hour bid", "the U.S. - led 11th - hour bid"),
        ("1,200 at 3:30 p.m. on 2020-03-11.", "1,200 at 3:30 p.m. on 2020-03-11 ."),
        ("“No,” he said... 12.7mm", "“ No , ” he said ... 12.7 mm"),
        ("KABUL (AP) _ Gen. Kim", "KABUL ( AP ) _ Gen. Kim"),
        ("J. R. Smith of Acme Inc., etc.", "J. R. Smith of Acme Inc. , etc."),
    ],
)
def test_tokens_are_those_of_english_treebanks(text: str, tokens: str) -> None:
    assert " ".join(token.text for token in find_tokens(text)) == tokens


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-one", 21),
        ("two hundred and fifty thousand", 250_000),
        ("one million two hundred thousand", 1_200_000),
        ("1.5 bn", 1_500_000_000),
        ("two and a half", 2.5),
        ("one and a half", 1.5),
        ("half a dozen", 6),
        ("three dozen", 36),
        ("1,2,3", None),
        ("9" * 400, None),
        ("a", None),
        ("twelvety", None),
        ("nine hundred nine hundred", None),
        ("", None),
    ],
)
def test_numbers(words: str, number: float | None) -> None:
    assert parse_number(words) == number


# Any text at all, and texts made of what the grammars look for, in no order.
PIECES = """two March 11 , 2020 - the last past week weeks ago of Wednesday night 3:30 p.m. about
    1/2 hundred and a half quarter year 's end 31 February BC every more than $ 5 million dozen no
    one between to first fiscal earlier . 9999 0000 '99 1980s 24:00 99999999999999"""
LISTS = ("months", "weekdays", "seasons", "parts", "noons", "units", "days", "holidays", "zones")
WORDS = [*PIECES.split(), "\n\n", "\u200f", "\x00", "\ud800"]
WORDS += [word.title() for name in LISTS for word in load_words("times")[name]]
TEXTS = st.text() | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
DAYS = st.dates() | st.sampled_from([None, date.min, date.max])


@given(TEXTS, DAYS)
def test_whatever_the_text_spans_lie_in_it_and_say_the_same_twice(
    text: str, written_on: date | None
) -> None:
    def read() -> tuple[Any, ...]:
        sentences = find_sentences(text)
        times = find_times(text, sentences, written_on=written_on)
        return sentences, times, find_quantities(text, sentences, times)

    sentences, times, figures = read()
    assert read() == (sentences, times, figures)
    edges = [edge for s in sentences for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    for sentence in sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text != ""
    for value in (*times, *figures):
        assert 0 <= value.span.start < value.span.end <= len(text)
    for time in times:
        assert (time.earliest is None) == (time.latest is None)
        if time.earliest and time.latest:
            assert time.earliest <= time.latest
    for figure in figures:
        if figure.low is not None and figure.high is not None:
            assert 0 <= figure.low <= figure.high


@pytest.mark.parametrize("word", ["two ", "March 11 ", "'", "Gen. ", "1.", "!", "@", "\n"])
def test_a_sentence_of_100_000_words_is_read_through(word: str) -> None:
    text = word * (100_000 // max(1, len(word.split())))
    sentences = find_sentences(text)
    times = find_times(text, sentences, written_on=date(2020, 3, 11))
    find_quantities(text, sentences, times)
    assert [s.end for s in sentences[-1:]] == ([len(text.rstrip())] if text.strip() else [])


def test_a_time_counted_from_the_minute_keeps_the_offset() -> None:
    text = "It was an hour ago."
    zone = timezone(timedelta(hours=3))
    times = find_times(
        text, find_sentences(text), written_at=datetime(2020, 3, 11, 0, 30, tzinfo=zone)
    )
    assert [(time.value, time.earliest) for time in times] == [
        ("2020-03-10T23:30", "2020-03-10T23:30:00+03:00")
    ]
