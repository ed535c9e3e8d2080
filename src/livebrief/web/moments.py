"""Moments in an address (`?as_of=2020-03-11T18:00Z`) and on a page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

# A "+" that was not percent-encoded reaches us as a space: "18:00 03:00" means "18:00+03:00".
LOST_PLUS_RE = re.compile(r"(T\d\d:?\d\d\S*) (\d\d:?\d\d)$")
LONGEST = 40


class BadMomentError(ValueError):
    """The words after `?as_of=` or `?since=` are no moment."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}={words}")
        self.name = name
        self.words = words


def parse_moment(name: str, words: str) -> datetime:
    """Return the moment, in UTC where it names no offset; `BadMomentError` if it is none.

    A bare day means all of it: its end for `as_of`, its beginning for `since`.

    >>> parse_moment("as_of", "2020-03-11T18:00 03:00").isoformat()
    '2020-03-11T18:00:00+03:00'
    >>> parse_moment("since", "2020-03-11").isoformat()
    '2020-03-11T00:00:00+00:00'
    """
    try:
        if len(words) > LONGEST:
            raise ValueError
        cleaned = LOST_PLUS_RE.sub(r"\1+\2", words.strip())
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cleaned):
            edge = time.max if name == "as_of" else time.min
            moment = datetime.combine(date.fromisoformat(cleaned), edge)
        else:
            moment = datetime.fromisoformat(cleaned)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        # The years 1 and 9999 may have no UTC.
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadMomentError(name, words) from None
    return moment


def write_input(moment: datetime | None) -> str:
    """Return the moment as a `datetime-local` input takes it, in UTC.

    >>> write_input(datetime.fromisoformat("2020-03-11T21:30:15+03:00"))
    '2020-03-11T18:30'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if moment else ""
