"""The time stamps that pages print about themselves: "Updated 24 mins ago", "Mar 11, 2020"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from msgspec import Struct

from livebrief.articles.words import Words, fold, load_words
from livebrief.articles.zones import find_zone, is_zone, read_offset

# The longest stamp line of real pages: both stamps with weekday, time and zone, and a section.
LONGEST = 160
# "The Harbour Post, Thursday 6 February 2014": a paper's name of so many words before a stamp.
# Two stamps in a line have as many figures.
FEWEST_DIGITS_OF_TWO = 8
MOST_COMMAS, MOST_WORDS_BEFORE, LONGEST_AFTER = 4, 5, 90


class Stamp(Struct, frozen=True, kw_only=True):
    """When a page says it was published or changed, as far as it says."""

    at: datetime | None
    on: date
    is_change: bool = False


class _Found(Struct):
    """What the tokens of one stamp have given so far."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    zone: str | None = None
    offset: timezone | None = None
    days_back: int | None = None
    is_change: bool = False
    is_half_day: bool = False
    """Told with "AM" or "PM"."""


_DASHES = re.compile(r"\s*[|•·/]\s+|\s+[-–—]\s+|\s*[|•·]\s*")
_CLOCKED = re.compile(r"\d\d?(?:[:.h]\d\d|\s?[ap]\.?m)", re.IGNORECASE)
# "2h", "38m": how long ago, where it stands alone.
_SHORT_AGO = re.compile(r"\d{1,2}\s?(?:m|h|d|w|hr|hrs)")
_DIGIT = re.compile(r"\d")
_PLACE_AFTER = re.compile(r"\s*\([^()\d]{2,30}\)\s*$")
_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d\S*)      # 2020-03-11T19:35:00+03:00
  | (?P<ymd>\d{4}[-/.]\d\d?[-/.]\d\d?)         # 2020-03-11
  | (?P<dotted>\d\d?\.\d\d?\.\d{4})            # 11.03.2020: always the day first
  | (?P<slashed>\d\d?/\d\d?/\d{4})             # 3/11/2020: which is which must show
  | (?P<clock>\d\d?[:.h]\d\d(?::\d\d)?)        # 19:35, 7.35, 19h35
  | (?P<offset>[+-]\d\d:?\d\d)
  | (?P<hour>\d\d?)(?=\s?[ap]\.?m\b)           # 7 p.m.
  | (?P<number>\d+)
  | (?P<word>[^\W\d_]+(?:\.[^\W\d_]+)*\.?)     # March, Mar., p.m.
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Words between the parts of a stamp that say nothing.
_FILLERS = frozenset((
    "at", "on", "of", "the", "de", "del", "el", "a", "las", "la", "h", "hrs", "time", "uhr", "and",
    "le", "à", "um", "den", "il",
))  # fmt: skip


def find_stamps(line: str, captured_at: datetime | None = None) -> tuple[list[Stamp], list[str]]:
    """Return the stamps of a line that holds little else, and what else it holds.

    >>> found, rest = find_stamps("Updated Mar 11, 2020 - World")
    >>> found[0].on, found[0].is_change, rest
    (datetime.date(2020, 3, 11), True, ['World'])
    >>> find_stamps("19 mins ago")[0]
    []
    """
    if not line or len(line) > LONGEST:
        return [], []
    words = load_words()
    if not _DIGIT.search(line) and words.time_words.isdisjoint(fold(line).split()):
        return [], []
    stamps: list[Stamp] = []
    rest: list[str] = []
    last = ""
    for segment in _segments(line):
        stamp = parse_stamp(segment, captured_at, words)
        if stamp is not None:
            stamps.append(stamp)
            last = segment
        elif stamps and stamps[-1].at is None and _CLOCKED.match(segment):
            # "Jan 21, 2020 / 8:14 AM GMT": the day, then the hour.
            both = parse_stamp(f"{last} {segment}", captured_at, words)
            if both is not None:
                stamps[-1] = both
        elif not is_relative(segment):
            rest.append(segment)
    if not stamps and len(line) <= LONGEST_AFTER:
        return _find_after(line, captured_at, words, rest)
    return stamps, rest


def _segments(line: str) -> list[str]:
    """Return the parts of a line between its dashes, and before what says that it was changed."""
    wholes = _DASHES.split(line)
    if sum(map(str.isdigit, line)) >= FEWEST_DIGITS_OF_TWO:
        wholes = [part for whole in wholes for part in _changes().split(whole)]
    return [bare for part in wholes if part and (bare := part.strip(" ,;（）[]").lstrip("("))]


@cache
def _changes() -> re.Pattern[str]:
    """Return what stands before a second stamp: "06:18 12 Aug Updated 07:05 12 Aug"."""
    words = "|".join(map(re.escape, sorted(load_words().modified, key=len, reverse=True)))
    return re.compile(
        rf"(?<=[\w.])(?:\s*[,;]|\s*[(（]|\s)\s*(?:and\s+)?(?=(?:last )?(?:{words})\b)(?<!\blast )",
        re.IGNORECASE,
    )


def _find_after(
    line: str, captured_at: datetime | None, words: Words, rest: list[str]
) -> tuple[list[Stamp], list[str]]:
    """Return the stamp that ends a line, after a word that says so or after commas."""
    for found in _said().finditer(line):
        before, stamp = (
            line[: found.start()],
            parse_stamp(line[found.start() :], captured_at, words),
        )
        if stamp is not None and before.strip():
            return [stamp], [before.strip(" ,;|")]
    place = -1
    for _ in range(MOST_COMMAS):
        place = line.find(", ", place + 1)
        if place < 0:
            break
        stamp = parse_stamp(line[place + 2 :], captured_at, words)
        if stamp is not None and len(line[:place].split()) <= MOST_WORDS_BEFORE:
            return [stamp], [line[:place]]
    return [], rest


@cache
def _said() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(load_words().published - {"on", "date"}, key=len)[::-1]))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def is_relative(segment: str) -> bool:
    """Return whether the words are a stamp that counts from the reader's clock.

    >>> is_relative("Updated 19 mins ago"), is_relative("Two years ago he left")
    (True, False)
    """
    if len(segment) >= LONGEST:
        return False
    folded = fold(segment)
    return bool(_SHORT_AGO.fullmatch(folded)) or (
        _parse_ago(folded.split(), load_words()) is not None
    )


def parse_stamp(
    segment: str, captured_at: datetime | None = None, words: Words | None = None
) -> Stamp | None:
    """Return the stamp that these words are, if they are nothing else.

    >>> parse_stamp("March 11, 2020 7:35 p.m. ET").at.isoformat()
    '2020-03-11T19:35:00-04:00'
    >>> parse_stamp("March 11, 2020 7:35 p.m.").at is None
    True
    """
    words = words or load_words()
    # "9:10 am (Baghdad)": a place tells no offset by itself.
    folded = fold(_PLACE_AFTER.sub("", segment)).strip(" .,:()")
    if not folded:
        return None
    if _SHORT_AGO.fullmatch(folded):
        folded += " ago"
    ago = _parse_ago(folded.split(), words)
    if ago is not None:
        return _count_back(*ago, captured_at) if captured_at else None
    if not _DIGIT.search(folded) and not _names_day(folded, words):
        return None
    found = _Found()
    for place, token in enumerate(_TOKEN.finditer(folded)):
        if token.lastgroup == "iso":
            moment = _from_iso(token[0].upper())
            if moment is None:
                return None
            at = moment if moment.tzinfo else None
            return Stamp(at=at, on=moment.date(), is_change=found.is_change)
        if not _take(token, found, words, place):
            return None
    return _resolve(found, captured_at)


def _names_day(folded: str, words: Words) -> bool:
    parts = folded.split()
    return not words.today.isdisjoint(parts) or not words.yesterday.isdisjoint(parts)


def _take(token: re.Match[str], found: _Found, words: Words, place: int) -> bool:
    """Return whether the token can be part of a stamp, and note what it says."""
    kind, text = token.lastgroup, token[0]
    if kind in ("ymd", "dotted", "slashed"):
        return _take_figures(kind, [int(n) for n in re.split(r"[-/.]", text)], found)
    if kind == "clock":
        return _take_clock([int(n) for n in re.split(r"[:.h]", text)], found)
    if kind == "hour":
        return _take_clock([int(text)], found)
    if kind == "offset":
        found.offset = read_offset(text)
        return found.hour is not None
    if kind == "number":
        return _take_number(int(text) if len(text) < 5 else -1, found)
    if kind == "mark":
        return text in ",:()-|@"
    return _take_word(text.rstrip("."), text, found, words, place)


def _take_word(word: str, printed: str, found: _Found, words: Words, place: int) -> bool:
    if word in words.modified:
        found.is_change = True
    elif word in words.months:
        found.month = words.months[word]
    elif printed in words.afternoon or word in words.afternoon:
        found.hour = found.hour % 12 + 12 if found.hour is not None else None
        found.is_half_day = True
    elif printed in words.morning or word in words.morning:
        found.hour = found.hour % 12 if found.hour is not None else None
        found.is_half_day = True
    elif word in words.today:
        found.days_back = 0
    elif word in words.yesterday:
        found.days_back = 1
    elif is_zone(word) and found.hour is not None:
        found.zone = word if word != "cst" or found.is_half_day else None
    elif word in _FILLERS or word in words.weekdays or word in ("st", "nd", "rd", "th"):
        pass
    elif word in words.published or word in ("last", "first", "originally", "publish", "date"):
        return place < 4 or word in ("on", "date")
    else:
        return False
    return True


def _take_figures(kind: str, figures: list[int], found: _Found) -> bool:
    if kind == "ymd":
        found.year, found.month, found.day = figures
    elif kind == "dotted":
        found.day, found.month, found.year = figures
    else:
        first, second, found.year = figures
        if first <= 12 and second <= 12 and first != second:
            return False  # the third of April or the fourth of March: it does not say
        found.month, found.day = (first, second) if first <= 12 else (second, first)
    return True


def _take_clock(figures: list[int], found: _Found) -> bool:
    if found.hour is not None:
        return False
    found.hour, found.minute, found.second = (*figures, 0, 0)[:3]
    return found.hour < 24 and found.minute < 60 and found.second < 60


def _take_number(number: int, found: _Found) -> bool:
    if 1 <= number <= 31 and found.day is None:
        found.day = number
    elif 1900 <= number <= 2100 and found.year is None:
        found.year = number
    else:
        return False
    return True


def _resolve(found: _Found, captured_at: datetime | None) -> Stamp | None:
    """Return the stamp of what was found; counted from the capture only where it must be."""
    zone: timezone | None = None
    if found.days_back is not None:
        if captured_at is None or found.day is not None:
            return None
        day = captured_at.date() - timedelta(days=found.days_back)
        zone = _zone_of(captured_at)
    else:
        known = _find_day(found, captured_at)
        if known is None:
            return None
        day = known
    zone = found.offset or (find_zone(found.zone, day) if found.zone else zone)
    at = None
    if found.hour is not None and zone is not None:
        at = datetime(
            day.year, day.month, day.day, found.hour, found.minute, found.second, tzinfo=zone
        )
    return Stamp(at=at, on=day, is_change=found.is_change)


def _find_day(found: _Found, captured_at: datetime | None) -> date | None:
    if found.day is None or found.month is None:
        return None
    try:
        if found.year is not None:
            return date(found.year, found.month, found.day)
        if captured_at is None:
            return None
        # "11 March" on a page is the last one before it was saved.
        day = date(captured_at.year, found.month, found.day)
        return day if day <= captured_at.date() else day.replace(year=day.year - 1)
    except ValueError:
        return None


def _parse_ago(tokens: list[str], words: Words) -> tuple[int, str, bool] | None:
    """Return how much of which unit ago, and whether it is a change's stamp."""
    if (
        not words.ago.intersection(tokens)
        and " ".join(tokens[-2:]) not in words.now
        and " ".join(tokens[-3:]) not in words.now
    ):
        return None
    is_change = False
    while tokens and tokens[0].strip(":") in words.modified | words.published | {"last"}:
        is_change = is_change or tokens[0].strip(":") in words.modified
        tokens = tokens[1:]
    if " ".join(tokens) in words.now:
        return 0, "minute", is_change
    tokens = [part for token in tokens for part in re.findall(r"\d+|[^\W\d_]+", token)]
    if not 3 <= len(tokens) <= 6 or not words.ago.intersection((tokens[0], tokens[-1])):
        return None
    tokens = tokens[1:] if tokens[0] in words.ago else tokens[:-1]
    seconds_known = 0
    unit = ""
    for amount, name in zip(tokens[::2], tokens[1::2], strict=False):
        number = int(amount[:4]) if amount.isdigit() else words.numbers.get(amount, -1)
        if number < 0 or name not in words.units:
            return None
        unit = words.units[name]
        seconds_known += number * UNIT_SECONDS[unit]
    if len(tokens) % 2 or not unit:
        return None
    return seconds_known, unit, is_change


UNIT_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def _count_back(seconds: int, unit: str, is_change: bool, captured_at: datetime) -> Stamp:
    at = captured_at - timedelta(seconds=seconds)
    exact = unit in ("second", "minute", "hour")
    return Stamp(at=at if exact else None, on=at.date(), is_change=is_change)


def _zone_of(moment: datetime) -> timezone | None:
    offset = moment.utcoffset()
    return timezone(offset) if offset is not None else None


def parse_instant(value: object) -> tuple[datetime | None, date | None]:
    """Return the instant and the day of a stamp made for machines, as far as it says.

    >>> parse_instant("2020-03-11T19:35:00Z")[0].isoformat()
    '2020-03-11T19:35:00+00:00'
    >>> parse_instant("2020-03-11T19:35:00")
    (None, datetime.date(2020, 3, 11))
    >>> parse_instant("Wed, 11 Mar 2020 10:00:00 GMT")[1]
    datetime.date(2020, 3, 11)
    """
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not text or len(text) > LONGEST:
        return None, None
    if text.isdigit() and len(text) in (10, 13):
        return _from_epoch(int(text[:10]))
    moment = _from_iso(text) or _from_mail(text)
    if moment is None:
        stamp = parse_stamp(text)
        return (stamp.at, stamp.on) if stamp else (None, None)
    moment = moment.replace(microsecond=0)
    return (moment if moment.tzinfo else None), moment.date()


def _from_epoch(seconds: int) -> tuple[datetime, date]:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment, moment.date()


def _from_iso(text: str) -> datetime | None:
    text = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text)
    text = re.sub(r"(\.\d{6})\d+", r"\1", text)
    text = re.sub(r"\s?(?:UTC|GMT)$", "+00:00", text)
    try:
        return datetime.fromisoformat(text) if len(text) >= 10 and text[:4].isdigit() else None
    except ValueError:
        return None


def _from_mail(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
