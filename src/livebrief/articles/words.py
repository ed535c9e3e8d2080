"""The words that pages use around their stories, of all languages at once.

A page's furniture is read before its language is known, and pages mix languages: so each list is
the union over `language/*/pages.toml`, and of `other_words.toml` for languages without a folder.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

FOLDER = Path(__file__).parent.parent / "language"


class Words(Struct, frozen=True):
    """All lists, ready to be asked; every word in lower case with straight apostrophes."""

    common: dict[str, frozenset[str]]
    byline_openers: tuple[str, ...]
    joiners: tuple[str, ...]
    offices: tuple[str, ...]
    desks: frozenset[str]
    collectives: tuple[str, ...]
    not_names: frozenset[str]
    agency_openers: tuple[str, ...]
    outlet_endings: tuple[str, ...]
    honorifics: frozenset[str]
    crafts: tuple[str, ...]
    agency_endings: tuple[str, ...]
    agency_endings_unspaced: tuple[str, ...]
    credit_openers: tuple[str, ...]
    credit_marks: tuple[str, ...]
    caption_leaders: tuple[str, ...]
    caption_trailers: tuple[str, ...]
    caption_sources: tuple[str, ...]
    corrections: tuple[str, ...]
    notices: tuple[str, ...]
    notice_endings: tuple[str, ...]
    notice_phrases: tuple[str, ...]
    bio_verbs: tuple[str, ...]
    live_closed: tuple[str, ...]
    correction_phrases: tuple[str, ...]
    developing: tuple[str, ...]
    developing_longest: int
    label_endings: frozenset[str]
    label_verbs: frozenset[str]
    label_questions: frozenset[str]
    label_never: frozenset[str]
    not_places: frozenset[str]
    furniture_lines: frozenset[str]
    furniture_openers: tuple[str, ...]
    furniture_longest: int
    invitations: tuple[str, ...]
    networks: tuple[str, ...]
    feed_closings: tuple[str, ...]
    card_openers: frozenset[str]
    pointers: frozenset[str]
    kinds: frozenset[str]
    opener_words: frozenset[str]
    """What the lines that open a list begin with."""
    list_starts: tuple[str, ...]
    list_firsts: tuple[str, ...]
    list_lasts: tuple[str, ...]
    topics: frozenset[str]
    key_openers: frozenset[str]
    comments: frozenset[str]
    comments_starts: tuple[str, ...]
    furniture_endings: tuple[str, ...]
    title_trailers: tuple[str, ...]
    closers: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    published: frozenset[str]
    modified: frozenset[str]
    ago: frozenset[str]
    today: frozenset[str]
    yesterday: frozenset[str]
    now: tuple[str, ...]
    time_words: frozenset[str]
    """Words of which one stands in every stamp without a figure."""
    morning: frozenset[str]
    afternoon: frozenset[str]
    units: dict[str, str]
    numbers: dict[str, int]
    sections: frozenset[str]


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Return the text as the lists have it: lower case, straight apostrophes, single spaces.

    >>> fold(" Editor’s  Note")
    "editor's note"
    """
    return " ".join(text.replace("\u2019", "'").lower().split())


@cache
def load_words() -> Words:
    """Return the lists of all languages; read once."""
    tables = {
        path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*/pages.toml"))
    }
    others = tomllib.loads(Path(__file__).with_name("other_words.toml").read_text(encoding="utf-8"))
    pages = [*tables.values(), others]

    def gather(section: str, name: str) -> list[str]:
        return [word for page in pages for word in page.get(section, {}).get(name, ())]

    def longest_first(section: str, name: str) -> tuple[str, ...]:
        return tuple(sorted(set(gather(section, name)), key=lambda word: (-len(word), word)))

    def largest(section: str, name: str) -> int:
        return max(int(page.get(section, {}).get(name, 0)) for page in pages)

    def positions(name: str) -> dict[str, int]:
        lists = [page.get("stamps", {}).get(name, ()) for page in pages]
        return {w: n for names in lists for n, words in enumerate(names, 1) for w in words.split()}

    def merged(name: str) -> list[tuple[str, Any]]:
        return [pair for page in pages for pair in page.get("stamps", {}).get(name, {}).items()]

    return Words(
        common={code: frozenset(page["language"]["common"]) for code, page in tables.items()},
        byline_openers=longest_first("byline", "openers"),
        joiners=longest_first("byline", "joiners"),
        offices=longest_first("byline", "offices"),
        desks=frozenset(gather("byline", "desks")),
        collectives=tuple(f" {ending}" for ending in longest_first("byline", "collectives")),
        not_names=frozenset(gather("byline", "not_names")),
        outlet_endings=tuple(f" {e}" for e in longest_first("byline", "outlet_endings")),
        honorifics=frozenset(gather("byline", "honorifics")),
        crafts=longest_first("byline", "crafts"),
        agency_openers=tuple(f"{o} " for o in longest_first("byline", "agency_openers")),
        agency_endings=tuple(f" {e}" for e in longest_first("byline", "agency_endings")),
        agency_endings_unspaced=tuple(
            e for e in longest_first("byline", "agency_endings") if not e.isascii()
        ),
        credit_openers=longest_first("credit", "openers"),
        credit_marks=longest_first("credit", "marks"),
        caption_leaders=longest_first("credit", "leaders"),
        caption_trailers=longest_first("credit", "trailers"),
        caption_sources=longest_first("credit", "sources"),
        corrections=longest_first("correction", "openers"),
        notices=longest_first("notice", "openers"),
        notice_endings=longest_first("notice", "endings"),
        notice_phrases=longest_first("notice", "phrases"),
        bio_verbs=longest_first("notice", "bio_verbs"),
        live_closed=longest_first("notice", "closed"),
        correction_phrases=longest_first("correction", "phrases"),
        developing=longest_first("developing", "phrases"),
        developing_longest=largest("developing", "longest"),
        label_endings=frozenset(gather("label", "endings")),
        label_verbs=frozenset(gather("label", "verbs")),
        label_questions=frozenset(gather("label", "questions")),
        label_never=frozenset(gather("label", "never")),
        not_places=frozenset(gather("dateline", "not_places")),
        furniture_lines=frozenset(gather("furniture", "lines")),
        furniture_openers=longest_first("furniture", "openers"),
        furniture_longest=largest("furniture", "longest"),
        invitations=tuple(f"{opener} " for opener in longest_first("furniture", "invitations")),
        networks=longest_first("furniture", "networks"),
        feed_closings=longest_first("feeds", "closings"),
        card_openers=frozenset(gather("cards", "openers")),
        pointers=frozenset(gather("cards", "pointers")),
        opener_words=frozenset(
            word.partition(" ")[0]
            for name in ("openers", "list_starts", "list_firsts", "topics")
            for word in gather("cards", name)
        ),
        kinds=frozenset(gather("cards", "kinds")),
        list_starts=tuple(f"{start} " for start in longest_first("cards", "list_starts")),
        list_firsts=tuple(f"{first} " for first in longest_first("cards", "list_firsts")),
        list_lasts=tuple(f" {last}" for last in longest_first("cards", "list_lasts")),
        key_openers=frozenset(gather("summary", "openers")),
        comments=frozenset(gather("furniture", "comments")),
        comments_starts=longest_first("furniture", "comments_starts"),
        furniture_endings=longest_first("furniture", "endings"),
        topics=frozenset(gather("cards", "topics")),
        title_trailers=longest_first("cards", "title_trailers"),
        closers=longest_first("cards", "closers"),
        months=positions("months"),
        weekdays=positions("weekdays"),
        published=frozenset(gather("stamps", "published")),
        modified=frozenset(gather("stamps", "modified")),
        ago=frozenset(gather("stamps", "ago")),
        today=frozenset(gather("stamps", "today")),
        yesterday=frozenset(gather("stamps", "yesterday")),
        time_words=frozenset(
            word
            for name in ("ago", "today", "yesterday", "now")
            for phrase in gather("stamps", name)
            for word in phrase.split()
        ),
        now=longest_first("stamps", "now"),
        morning=frozenset(gather("stamps", "morning")),
        afternoon=frozenset(gather("stamps", "afternoon")),
        units={word: unit for unit, words in merged("units") for word in words},
        numbers=dict(merged("words")),
        sections=frozenset(gather("sections", "names")),
    )
