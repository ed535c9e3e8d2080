"""Hours and parts of the day: "3:30 a.m.", "noon Thursday", "Friday morning", "overnight"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from livebrief.language.numbers import parse_number
from livebrief.language.times.calendar import When, shift_day
from livebrief.language.times.days import read_day
from livebrief.language.times.meaning import Match, Meaning
from livebrief.language.times.words import CLOCK_OPENERS, DAYS, GRAMMAR, NOONS, PARTS, ZONES

# Up to this hour a night belongs to the day that it leads to.
LAST_OF_NIGHT = 6


def clock(match: Match) -> Meaning | None:
    """Read 10 p.m. Wednesday, 3:30 a.m., noon Thursday, 0300 GMT, four o'clock."""
    words = match.group("clock")
    hour = minute = None
    is_bare = len(words) == 1 and ":" in words[0]
    for word in words:
        if word in NOONS:
            hour, minute = int(NOONS[word][:2]), 0
            break
        if ":" in word or (word.count(".") == 1 and word.replace(".", "").isdigit()):
            parts = word.replace(".", ":").split(":")
            hour, minute = int(parts[0]), int(parts[1])
        elif word.isdigit():
            number = int(word)
            hour, minute = divmod(number, 100) if len(word) == 4 else (number, 0)
        elif hour is None:
            hour, minute = int(parse_number(word) or 0), 0
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    text = "".join(words).replace(".", "")
    near = match.group("near")
    part = next((PARTS[word] for word in (*words, *near) if word in PARTS), None)
    part = part or ("NI" if near == ["tonight"] else None)
    if text.endswith("pm") or part in ("AF", "EV") or (part == "NI" and hour > 5):
        if hour > 12:
            return None
        hour = hour % 12 + 12
    elif text.endswith("am") or part == "MO":
        if hour > 12:
            return None
        hour %= 12
    # "won 3:2", "2:11 lap": a bare one is a score as often as a time.
    if (
        is_bare
        and not match.group("date")
        and not near
        and match.context.previous() not in CLOCK_OPENERS
    ):
        return None
    context = match.context
    if near:
        on = _day_near(match, near, hour)
    else:
        on = read_day(match, match.group("date")) if match.group("date") else _day_behind(match)
    day = context.sentence_day or context.day or context.written_on
    if on is not None:
        day = on.when.start if on.when else None
    written = f"T{hour:02d}:{minute:02d}"
    if day is None:
        unknown = on.value if on else "XXXX-XX-XX"
        return Meaning("TIME", f"{unknown}{written}", precision="minute")
    zone = next((ZONES[word] for word in match.words if word in ZONES), None)
    moment: str | None = day.isoformat()
    if zone is not None and hour < 24:
        sign = "+" if zone >= 0 else "-"
        offset = f"{sign}{int(abs(zone)):02d}:{int(math.fmod(abs(zone), 1) * 60):02d}"
        moment = f"{day.isoformat()}{written}:00{offset}"
    return Meaning(
        "TIME",
        f"{day.isoformat()}{written}",
        moment,
        moment,
        "minute" if minute or ":" in text else "hour",
        None if on else day.isoformat(),
        When("day", day),
    )


def _day_near(match: Match, near: Sequence[str], hour: int) -> Meaning | None:
    """Return the day of "11 p.m. last night"; "2 a.m. last night" was today."""
    if near[0] in DAYS:
        return read_day(match, near[:1])
    was_yesterday = near[0] == "last" and (hour >= LAST_OF_NIGHT or near[-1] != "night")
    return read_day(match, ["yesterday" if was_yesterday else "today"])


def _day_behind(match: Match) -> Meaning | None:
    """Return the day of "10 p.m. on Wednesday", which is an expression of its own."""
    words = match.context.words
    at = match.found.end
    if list(words[at + 1 : at + 2]) == ["time"]:
        # "Baghdad time"
        at += 2
    if list(words[at : at + 1]) != ["on"]:
        return None
    found = next(GRAMMAR.matches(GRAMMAR.code(match.tokens[at + 1 : at + 8]), 0), None)
    if found is None or found.means != "day":
        return None
    start, end = found.groups["date"]
    return read_day(match, match.context.words[at + 1 + start : at + 1 + end])


def part_of_day(match: Match) -> Meaning | None:
    """Read Friday morning, this evening, last night, the night of April 18, overnight."""
    context = match.context
    words = match.words
    named = match.group("part")
    part = "NI" if {"tonight", "overnight"} & set(words) else ""
    for word in named:
        part = PARTS.get(word) or ("DT" if word in NOONS else "")
    if not part and not named:
        part = next((PARTS[word] for word in words if word in PARTS), "")
    if words[0] == "at":
        # "They moved only at night": a history's, and no night of its own.
        if not context.is_retrospective:
            return None
        span = (match.found.start + 1, match.found.end)
        return Meaning("TIME", "XXXX-XX-XXTNI", precision="part_of_day", span=span)
    if words[0] == "in" and words[1] == "the" and len(words) == 3:
        after = context.sentence_day or context.day or context.written_on
        at = (match.found.start + 1, match.found.end)
        if after is None:
            return None
        text = after.isoformat()
        return Meaning("TIME", f"{text}T{part}", text, text, "part_of_day", None, None, at)
    clock_value = next((NOONS[word] for word in named if word in NOONS), None)
    suffix = f"T{clock_value}" if clock_value else f"T{part}"
    day: date | None
    date_words = match.group("date")
    if date_words:
        on = read_day(match, date_words)
        if on is None:
            return None
        if on.when is None:
            return Meaning("TIME", f"{on.value}{suffix}", precision="part_of_day")
        day = on.when.start
    else:
        told = context.sentence_day or context.day
        today = context.written_on
        if "last" in words or "yesterday" in words:
            day = shift_day(today, -1, "day") if today else None
        elif "tomorrow" in words:
            day = shift_day(today, 1, "day") if today else None
        elif {"next", "following"} & set(words):
            base = told or today
            day = shift_day(base, 1, "day") if base else None
        elif "previous" in words:
            base = told or today
            day = shift_day(base, -1, "day") if base else None
        elif "overnight" in words:
            # In the news it is the night that led to the day of writing, or to the day just told.
            base = context.sentence_day or today
            day = context.sentence_day or (shift_day(base, -1, "day") if base else None)
        elif {"that", "same", "very"} & set(words):
            day = told or today
        elif words[0] == "this" or "tonight" in words:
            day = today if not context.is_retrospective else None
        else:
            day = told or today
    if day is None:
        return Meaning("TIME", f"XXXX-XX-XX{suffix}", precision="part_of_day")
    text = latest = day.isoformat()
    if "overnight" in words:
        after = shift_day(day, 1, "day")
        latest = after.isoformat() if after else text
    return Meaning(
        "TIME", f"{text}{suffix}", text, latest, "part_of_day",
        None if date_words else text, When("day", day),
    )  # fmt: skip
