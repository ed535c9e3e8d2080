"""Time zones as news pages print them.  Ambiguous letters (IST) are left out: unknown, no guess."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# Minutes ahead of UTC.  "CST" is America's beside "AM" or "PM", and else China's or Cuba's as well.
FIXED = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "wat": 60,
    "cest": 120, "mesz": 120, "eet": 120, "cat": 120, "sast": 120, "eest": 180, "eat": 180,
    "msk": 180, "trt": 180, "gst": 240, "pkt": 300, "ict": 420, "wib": 420, "hkt": 480,
    "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600,
    "aedt": 660, "nzst": 720, "nzdt": 780, "nst": -210, "ndt": -150, "brt": -180, "art": -180,
    "adt": -180, "edt": -240, "cdt": -300, "est": -300, "mdt": -360, "mst": -420, "pdt": -420,
    "pst": -480, "cst": -360, "akdt": -480, "akst": -540, "hst": -600,
}  # fmt: skip
# Hours behind UTC in winter; the clocks of these go an hour ahead in summer.
AMERICAN = {"et": 5, "ct": 6, "mt": 7, "pt": 8, "eastern": 5, "central": 6, "pacific": 8}


def find_zone(name: str, day: date) -> timezone | None:
    """Return the zone that a page's letters mean on that day.

    >>> find_zone("ET", date(2020, 3, 11)), find_zone("IST", date(2020, 3, 11))
    (datetime.timezone(datetime.timedelta(days=-1, seconds=72000)), None)
    """
    letters = name.lower()
    if letters in FIXED:
        return timezone(timedelta(minutes=FIXED[letters]))
    if letters in AMERICAN:
        return timezone(timedelta(hours=_is_american_summer(day) - AMERICAN[letters]))
    return None


def _is_american_summer(day: date) -> bool:
    """Return whether it is summer time: from March's second Sunday to November's first (2007 on).

    >>> _is_american_summer(date(2020, 3, 8)), _is_american_summer(date(2020, 11, 1))
    (True, False)
    """
    march = date(day.year, 3, 8)
    november = date(day.year, 11, 1)
    start = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return start <= day < end


def is_zone(name: str) -> bool:
    """Return whether these letters name a zone."""
    return name.lower() in FIXED or name.lower() in AMERICAN


def read_offset(text: str) -> timezone | None:
    """Return the zone of `+03:00` or `-0500`."""
    try:
        return timezone(datetime.strptime(text.replace(":", ""), "%z").utcoffset() or timedelta())
    except ValueError:
        return None
