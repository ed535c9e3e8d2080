"""Pages that stand alone: one file each, its style inside, for `--format html` of the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from livebrief.briefs import write_place, write_value
from livebrief.model import Article, Claim, Event, Figure, Reading, Span
from livebrief.web.article_page import Marks, ShownText, show_text
from livebrief.web.knowledge import Knowledge
from livebrief.web.links import Links
from livebrief.web.marked import Mark
from livebrief.web.rendering import ASSETS, render
from livebrief.web.story_page import describe_story, make_story_page

ALONE = Links(is_alone=True, is_static=True)


def write_story_page(knowledge: Knowledge, story_id: str, since: datetime | None = None) -> str:
    """Return a story's page; `KeyError` where the story was not known."""
    page = make_story_page(knowledge, ALONE, knowledge.story(story_id), since)
    described = describe_story(page)
    return _render("story.html", knowledge=knowledge, since=since, page=page, described=described)


def write_lines_page(title: str, text: str) -> str:
    """Return a page with these lines of text; what is indented stays so."""
    return _render("lines.html", knowledge=None, title=title, text=text)


def write_readings(readings: Sequence[Reading], parts: Sequence[str]) -> str:
    """Return a page that shows what was read, in the words it was read from.

    `parts` are those of `extract --only`: events, claims, causes, times, places, names, quantities.
    """
    shown = [
        ShownReading(
            shown=tuple(
                show_text(holder, mark_values(reading, parts, index))
                for index, holder in _holders(reading)
            ),
            events=tuple(_show_event(each, reading) for each in reading.events)
            if "events" in parts
            else (),
        )
        for reading in readings
    ]
    return _render("readings.html", knowledge=None, readings=shown, parts=parts)


class ShownEvent(Struct, frozen=True, kw_only=True):
    """An event in a few words."""

    is_main: bool
    kind: str
    what: str
    sentence: str
    facts: tuple[tuple[str, str], ...]


class ShownReading(Struct, frozen=True, kw_only=True):
    """A reading: its article and cards with marks, and its events."""

    shown: tuple[ShownText, ...]
    events: tuple[ShownEvent, ...]


def mark_values(reading: Reading, parts: Sequence[str], related_index: int | None) -> Marks:
    """Return the marks of what was read from an article or its n-th card, by part."""
    marks: Marks = {"text": [], "headline": []}
    for part in parts:
        for span, title in _READ[part](reading):
            if span.related_index == related_index:
                mark = Mark(span.start, span.end, kind=part, title=title)
                marks[span.part].append(mark)
    return marks


def _find_events(reading: Reading) -> Iterator[tuple[Span, str]]:
    for event in reading.events:
        title = f"{event.kind} {event.mode or ''}, {event.stage}, {event.reality}"
        for span in event.mentions:
            yield span, title


def _find_claims(reading: Reading) -> Iterator[tuple[Span, str]]:
    for claim in reading.claims:
        for span in claim.cue_spans:
            yield span, f"{claim.stance} by {_speaker(claim)}"


def _speaker(claim: Claim) -> str:
    return claim.by.name if claim.by else "nobody named"


_READ: dict[str, Callable[[Reading], Iterable[tuple[Span, str]]]] = {
    "events": _find_events,
    "claims": _find_claims,
    "causes": lambda reading: [
        (span, title)
        for each in reading.causes
        for span, title in ((each.cause, "cause"), (each.effect, "effect"))
    ],
    "times": lambda reading: [(each.span, f"{each.type} {each.value}") for each in reading.times],
    "places": lambda reading: [(each.span, write_place(each)) for each in reading.places],
    "names": lambda reading: [(each.span, each.kind) for each in reading.names],
    "quantities": lambda reading: [
        (each.span, f"{each.what} {each}") for each in reading.quantities
    ],
}


def _holders(reading: Reading) -> Iterable[tuple[int | None, Article]]:
    return [(None, reading.article), *enumerate(reading.article.related)]


def _show_event(event: Event, reading: Reading) -> ShownEvent:
    claims = {each.id: each for each in reading.claims}
    holder = dict(_holders(reading))[event.span.related_index]
    words = (holder.headline or "") if event.span.part == "headline" else holder.text
    facts = [
        ("Stage", f"{event.stage}, {event.reality}"),
        ("By", ", ".join(each.name for each in event.actors)),
        ("To", ", ".join(each.name for each in event.targets)),
        ("With", ", ".join(each.name for each in event.instruments)),
        ("Where", write_place(event.place)),
        ("When", event.time.value if event.time else ""),
        *((_name(each), write_value(each)) for each in event.figures),
        ("Says so", ", ".join(_speaker(claims[each]) for each in event.claims if each in claims)),
    ]
    return ShownEvent(
        is_main=event.id == reading.main_event,
        kind=event.kind,
        what=event.mode or "",
        sentence=" ".join(words[event.span.start : event.span.end].split()),
        facts=tuple((name, value) for name, value in facts if value),
    )


def _name(figure: Figure) -> str:
    return f"{figure.what} ({figure.party})" if figure.party else figure.what


def _render(template: str, **values: object) -> str:
    style = Markup((ASSETS / "livebrief.css").read_text(encoding="utf-8"))
    return render(template, links=ALONE, style=style, **values).decode()
