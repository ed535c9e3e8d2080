"""What is counted from another time, and how long: "two weeks ago", "last year", "every day"."""

from __future__ import annotations

import math
from datetime import date, timedelta

from livebrief.language.numbers import parse_ordinal
from livebrief.language.times.calendar import When, containing, shift, shift_day
from livebrief.language.times.context import Context
from livebrief.language.times.meaning import (
    UNIT_NAMES,
    UNKNOWN,
    Match,
    Meaning,
    dated,
    is_in_name,
    read_count,
    read_unit,
    step_of,
    undated,
    write_duration,
)
from livebrief.language.times.words import (
    FUZZY,
    GRAMMAR,
    HISTORY_ONLY,
    MONTHS,
    OFTEN,
    PARTS,
    PERIOD_OPENERS,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
)


def ago(match: Match) -> Meaning | None:
    """Read two weeks ago, a year earlier, three days later."""
    context = match.context
    unit_word = match.first("UNIT") or ""
    code = UNITS[unit_word]
    way = match.group("way")
    is_deictic = bool({"ago", "now", "today"} & set(way))
    if way == ["before"] and context.following()[:1].isalnum():
        # "30 days before closing": counted from what no calendar knows.
        count = read_count(match)
        return Meaning(
            "DURATION", write_duration(count, code), span=(match.found.start, match.found.end - 1)
        )
    sign = -1 if {"ago", "earlier", "before", "previously"} & set(way) else 1
    base = context.today if is_deictic else (context.day if code in ("D", "W", "2W") else None)
    if base is None and not is_deictic:
        base = context.told.start if context.told else context.here
    fuzzy = "PAST_REF" if sign < 0 else "FUTURE_REF"
    count = read_count(match)
    if count is None:
        return undated(fuzzy)
    if code.startswith("T"):
        return _clock_ago(context, sign * count, code, base, is_deictic=is_deictic)
    unit, size = read_unit(code)
    count *= size
    if base is None:
        return undated(UNKNOWN[unit])
    if code == "Y" and count == 1 and context.told and context.told.unit == "quarter":
        # In a company's report, of the quarter told: "net rose 5% from a year earlier".
        same = shift(context.told, 4 * sign)
        return dated(same, base)._replace(when=None) if same else None
    if count != int(count):
        if unit == "year":
            unit, count = "month", round(count * 12)
        elif unit == "month":
            unit, count = "week", round(count * 4)
        else:
            return undated(fuzzy)
    moved = shift_day(base, sign * int(count), unit)
    if moved is None:
        return undated(fuzzy)
    meaning = dated(containing(moved, unit), base)
    # "Twenty years earlier" looks back for a moment; the story does not go on from there.
    return meaning._replace(when=None) if sign < 0 else meaning


def _clock_ago(
    context: Context, count: float, code: str, base: date | None, *, is_deictic: bool
) -> Meaning:
    """Return the instant of "18 minutes ago", where the hour of writing is known."""
    if is_deictic and context.written_at is not None:
        seconds = count * {"TH": 3600, "TM": 60, "TS": 1}[code]
        if abs(seconds) < 10**9:
            moment = context.written_at + timedelta(seconds=round(seconds))
            text = moment.isoformat(timespec="seconds")
            return Meaning(
                "TIME",
                moment.strftime("%Y-%m-%dT%H:%M"),
                text,
                text,
                "hour" if code == "TH" else "minute",
                context.written_at.isoformat(),
                When("day", moment.date()),
            )
    if base is None:
        return undated("PAST_REF" if count < 0 else "FUTURE_REF")
    # Without an hour to count from, nothing finer than the day is told, and not even that for sure.
    return Meaning("TIME", f"{base.isoformat()}TXX", anchor=base.isoformat())


def stretch(match: Match) -> Meaning | None:
    """Read the past three months, the first nine months, recent weeks, the next few days."""
    codes = [UNITS[word] for word in match.words if word in UNITS]
    code = codes[-1] if codes else "D"
    if match.first("AN") and not match.group("count"):
        return None
    if not match.group("count") and match.group("unit"):
        return Meaning("DURATION", write_duration(1, code))
    if {"past", "future"} & set(match.group("recent")):
        return undated("PAST_REF" if "past" in match.words else "FUTURE_REF")
    count = read_count(match) if match.group("count") else None
    meaning = Meaning("DURATION", write_duration(count, codes[0] if codes else code))
    today, words = match.context.today, set(match.words)
    if count is None or today is None or match.context.is_retrospective:
        return meaning
    way = -1 if words & {"last", "past"} else 1 if words & {"next", "coming"} else 0
    if not way or "of" in words:
        return meaning
    if code.startswith("T"):
        count, code = count / (24 if code == "TH" else 1440 if code == "TM" else 86400), "D"
    unit, size = read_unit(code)
    other = shift_day(today, way * math.ceil(count * size), unit)
    if other is None:
        return meaning
    first, last = sorted((today.isoformat(), other.isoformat()))
    return meaning._replace(earliest=first, latest=last, anchor=today.isoformat())


def relative(match: Match) -> Meaning | None:
    """Read last year, this week, the following day, earlier this month, the end of next week."""
    context = match.context
    which = match.group("which")
    unit_word = match.group("unit")[0].replace("period", "quarter")
    code = UNITS[unit_word]
    if unit_word == "quarter" and (not which or which == ["latest"]):
        reported = context.reported_quarter
        return dated(reported, context.today) if reported else undated("XXXX-QX")
    if code not in UNIT_NAMES:
        return None
    unit = UNIT_NAMES[code]
    if unit == "year" and not which and context.following() in ("ended", "ending"):
        # A company's year, which no calendar knows.
        return Meaning("DURATION", "P1Y")
    if unit == "day" and which in (["this"], ["current"], ["last"], ["past"], ["latest"]):
        return None
    step = step_of(which)
    told = context.told
    if context.year_bc is not None and unit == "year" and context.is_retrospective:
        if {"last", "next", "current", "past", "latest"} & set(which):
            return None
        year = context.year_bc - step
        return undated(f"BC{year:04d}", "year") if year > 0 else None
    if set(which) & {"that", "same", "following", "previous", "preceding", "subsequent"} or (
        unit == "day" and "next" in which
    ):
        base = (context.day if unit in ("day", "week", "weekend") else None) or (
            told.start if told else context.here
        )
        if {"that", "same"} & set(which) and told is None and not context.today:
            base = None
    elif context.is_retrospective and (not which or {"next", "this"} & set(which)):
        base = context.here
    else:
        base = context.today
    if set(which) & {"past"}:
        return Meaning("DURATION", write_duration(1, code))
    if base is None:
        return undated(UNKNOWN[unit])
    when = shift(containing(base, unit), step)
    # "[For] the week, the index dropped": only behind that word is it a week of its own.
    span = (match.found.start + 1, match.found.end) if match.words[0] == "for" else None
    return dated(when, base)._replace(span=span) if when else None


def duration(match: Match) -> Meaning | None:
    """Read two weeks, nearly two years, three-day, half an hour, months."""
    words = match.words
    code = UNITS[match.first("UNIT") or "day"]
    if words[-1] == "long" and words[0] in ("a", "an"):
        start, end = match.found.start, match.found.end
        return Meaning("DURATION", write_duration(1, code), span=(start + 1, end))
    if not match.group("count") and GRAMMAR.has(match.context.following() or "x", "YEAR"):
        return None
    if words[-1] in ("second", "min", "sec") and "-" not in words:
        return None
    if match.first("AN") and words[-1] in ("second",):
        return None
    if not match.group("count"):
        if code == "Q":
            # "Three-quarters", "the winter quarters": no stretch of the year.
            return None
        if words[0] == "half":
            return Meaning("DURATION", write_duration(0.5, code))
        if match.first("HALF"):
            return Meaning("DURATION", write_duration(1.5, code))
        if match.context.previous()[-1:].isdigit():
            # A number of too many digits counts nothing, not "some days".
            return None
        return Meaning("DURATION", write_duration(None, code))
    count = read_count(match)
    if count is None and not (set(match.group("count")) & FUZZY):
        return None
    is_share = match.context.following() == "of" and count == 3
    is_vague = count is None and not {"several", "few"} & set(words)
    if code == "Q" and (words[-1] == "quarter" or is_share or "-" in words or is_vague):
        # "A quarter of the town", "three-quarters", "in some quarters".
        return None
    return Meaning("DURATION", write_duration(count, code))


def age(match: Match) -> None:
    """Read a 12-year-old: no time of anything that happened."""


def set_(match: Match) -> Meaning | None:
    """Read Every Friday, each July, Tuesday nights, daily."""
    words = match.words
    if words[0] in OFTEN:
        if is_in_name(match):
            return None
        return Meaning("SET", OFTEN[words[0]])
    parts = next((PARTS[w] for w in words if w in PARTS), None)
    named = next((w for w in words if w in WEEKDAYS), None)
    if named:
        return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[named]}{(parts and f'T{parts}') or ''}")
    if parts:
        return Meaning("SET", f"XXXX-XX-XXT{parts}")
    name = match.first("MONTH")
    if name and name in MONTHS:
        return Meaning("SET", f"XXXX-{MONTHS[name]:02d}")
    name = match.first("SEASON")
    if name and name in SEASONS:
        return Meaning("SET", f"XXXX-{SEASONS[name]}")
    unit = match.group("unit")
    if not unit:
        return None
    count: float | None = 1
    if match.group("count") and words[0] in ("every", "each"):
        nth = parse_ordinal(match.group("count")[0])
        count = nth or (2 if match.group("count") == ["other"] else read_count(match))
    return Meaning("SET", write_duration(count, UNITS[unit[0]]))


def reference(match: Match) -> Meaning | None:
    """Read now, recently, in the past, the near future."""
    words = match.words
    last = words[-1]
    if last in ("past", "present"):
        if words[0] not in ("the", "at"):
            return None
        if last == "present" and match.context.following().isalpha() and words[0] == "the":
            # "the present owner"
            return None
        return undated("PAST_REF" if last == "past" else "PRESENT_REF")
    if last in ("days", "day", "moment", "now"):
        return undated("PRESENT_REF")
    if last == "future" and words[0] == "the":
        return undated("FUTURE_REF")
    if is_in_name(match):
        return None
    if last in ("time", "period"):
        # "At the same time" is an idiom of the news; a history tells its periods by it.
        if not match.context.is_retrospective or match.context.previous() not in PERIOD_OPENERS:
            return None
        return undated("PRESENT_REF" if last == "time" and "same" not in words else "XXXX")
    if last in HISTORY_ONLY and not match.context.is_retrospective:
        return None
    return undated(REFERENCES[last])
