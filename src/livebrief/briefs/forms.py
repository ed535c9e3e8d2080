"""A brief, and its parts, as plain text and as Markdown: every sentence with its sources."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

from livebrief.briefs.phrases import (
    name_incident,
    name_slot,
    phrases,
    write_bounds,
    write_day,
    write_instant,
    write_list,
    write_slot,
    write_value,
)
from livebrief.model import (
    Article,
    Brief,
    Change,
    Deeper,
    Entry,
    Incident,
    Source,
    Story,
    TimelineEntry,
)

FindArticle = Callable[[str], Article | None]

WIDTH = 88


class Notes:
    """The sources of a text, numbered in the order cited: one number an article."""

    def __init__(self, find_article: FindArticle) -> None:
        self._find_article = find_article
        self._numbers: dict[str, int] = {}

    def cite(self, sources: Iterable[Source]) -> str:
        """Return the mark that follows a sentence: `[1, 4]`."""
        numbers = {
            self._numbers.setdefault(source.article, len(self._numbers) + 1) for source in sources
        }
        return f"[{', '.join(str(number) for number in sorted(numbers))}]"

    def lines(self) -> list[str]:
        """Return one line a source: its number, outlet, day, headline and address."""
        lines = []
        for article_id, number in self._numbers.items():
            article = self._find_article(article_id)
            if article is None:
                lines.append(f"[{number}] article {article_id}")
                continue
            published = article.published_at or article.published_on
            day = write_instant(published)
            parts = [article.outlet or "unnamed outlet", day, article.headline or "no headline"]
            lines.append(f"[{number}] {', '.join(parts)} <{article.url or article_id}>")
        return lines


def write_text(brief: Brief, find_article: FindArticle) -> str:
    """Return the brief as plain text of 88 columns, its sources numbered below."""
    notes = Notes(find_article)
    lines = [*textwrap.wrap(brief.headline or "Without a headline", WIDTH)]
    lines += ["=" * max(map(len, lines)), f"As of {write_instant(brief.as_of)}", ""]
    for section in brief.sections:
        if section.label != "The lede":
            lines += [section.label, "-" * len(section.label)]
        for entry in section.entries:
            first = "" if section.label == "The lede" else "* "
            lines += _wrap(_cited(entry, notes), first)
        lines.append("")
    if brief.timeline:
        lines += ["Timeline", "--------"]
        for line in _timeline_lines(brief.timeline, notes):
            lines += _wrap(line, "* ")
        lines.append("")
    if brief.go_deeper:
        lines += ["Go deeper", "---------"]
        for deeper in brief.go_deeper:
            lines += _wrap(_deeper_line(deeper), "* ")
        lines.append("")
    if sources := notes.lines():
        lines += ["Sources", "-------"]
        for line in sources:
            lines += textwrap.wrap(
                line, WIDTH, subsequent_indent="    ", break_long_words=False,
                break_on_hyphens=False,
            )  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def write_markdown(brief: Brief, find_article: FindArticle) -> str:
    """Return the brief as Markdown, its sources numbered below."""
    notes = Notes(find_article)
    lines = [f"# {escape(brief.headline or 'Without a headline')}", ""]
    lines += [f"*As of {write_instant(brief.as_of)}*", ""]
    for section in brief.sections:
        if section.label == "The lede":
            lines += [escape(_cited(entry, notes)) for entry in section.entries]
        else:
            lines += [f"## {section.label}", ""]
            lines += [f"- {escape(_cited(entry, notes))}" for entry in section.entries]
        lines.append("")
    if brief.timeline:
        lines += ["## Timeline", ""]
        lines += [f"- {escape(line)}" for line in _timeline_lines(brief.timeline, notes)]
        lines.append("")
    if brief.go_deeper:
        lines += ["## Go deeper", ""]
        lines += [f"- {escape(_deeper_line(deeper))}" for deeper in brief.go_deeper]
        lines.append("")
    if sources := notes.lines():
        lines += ["## Sources", ""]
        for line in sources:
            words, mark, address = line.rpartition(" <")
            # The address stays an autolink of Markdown.
            lines.append(f"{escape(words)}{mark}{address}  ")
    return "\n".join(lines).rstrip() + "\n"


def write_timeline(entries: Sequence[TimelineEntry], find_article: FindArticle) -> str:
    """Return the timeline as plain text, an entry a line, its sources numbered below."""
    notes = Notes(find_article)
    lines = _timeline_lines(entries, notes)
    return "\n".join([*lines, "", *notes.lines()]).strip() + "\n"


def write_changes(changes: Sequence[Change], incidents: Sequence[Incident]) -> str:
    """Return one line a change: when learned, what, from what to what, who brought it."""
    names = {each.id: name_incident(each) for each in incidents}
    lines = []
    for change in changes:
        word = phrases()["changes"].get(change.kind, change.kind)
        value = write_value(change.after)
        if change.before is not None:
            value = f"{write_value(change.before)} → {value}"
        what = names.get(change.incident, f"incident {change.incident}")
        if change.slot != "incident":
            what += f": {write_slot(change.slot)} {value}"
        by = change.report.outlet if change.report else None
        lines.append(f"{write_instant(change.learned_at)}  {word}: {what} ({by or 'unnamed'})")
    return "".join(f"{line}\n" for line in lines)


def write_incidents(incidents: Sequence[Incident]) -> str:
    """Return each incident in a line, and below it its figures with who says what."""
    lines = []
    for incident in incidents:
        lines.append(f"{incident.id}  {name_incident(incident)}")
        for tally in incident.figures:
            best = "" if tally.best is None or tally.low == tally.high else f", best {tally.best}"
            origins = len({report.origin for report in tally.reports})
            outlets = write_list(report.outlet or "unnamed" for report in tally.reports)
            lines.append(
                f"    {write_slot(name_slot(tally))}: {write_bounds(tally.low, tally.high)}{best}"
                f" ({origins} {'origin' if origins == 1 else 'origins'}: {outlets})"
            )
        for held in incident.responsibility:
            party = held.party.name if held.party else "nobody named"
            lines.append(f"    Responsibility {held.status}: {party}")
    return "".join(f"{line}\n" for line in lines)


def write_stories(stories: Sequence[Story]) -> str:
    """Return each story in two lines: id and headline, then how it stands."""
    lines = []
    for story in stories:
        lines.append(f"{story.id}  {story.headline or 'Without a headline'}")
        count = len(story.articles)
        facts = [
            story.state,
            f"{count} {'article' if count == 1 else 'articles'}",
            f"last {write_instant(story.last_at)}",
        ]
        if story.section:
            facts.insert(0, story.section)
        lines.append(f"              {' · '.join(facts)}")
    return "".join(f"{line}\n" for line in lines)


def write_go_deeper(deeper: Sequence[Deeper]) -> str:
    """Return each earlier story in a line: its headline, day and section, and why.

    >>> write_go_deeper([])
    ''
    """
    return "".join(f"{_deeper_line(each)}\n" for each in deeper)


def escape(text: str) -> str:
    r"""Return the text with the characters escaped that Markdown would take for marks.

    >>> escape("a *b* <c> [1] #2")
    'a \\*b\\* \\<c\\> [1] #2'
    """
    for mark in "\\`*_<>":
        text = text.replace(mark, f"\\{mark}")
    return text


def _cited(entry: Entry, notes: Notes) -> str:
    return f"{entry.text} {notes.cite(entry.sources)}"


def _timeline_lines(entries: Sequence[TimelineEntry], notes: Notes) -> list[str]:
    return [f"{write_day(each.time)}: {each.text} {notes.cite(each.sources)}" for each in entries]


def _deeper_line(deeper: Deeper) -> str:
    parts = [write_day(deeper.on.isoformat()) if deeper.on else "undated", deeper.section]
    facts = " - ".join(part for part in parts if part)
    return f"{deeper.headline or 'Without a headline'} ({facts}; {deeper.reason}) {deeper.story}"


def _wrap(text: str, first: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
