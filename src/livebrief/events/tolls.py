"""A toll: what became of whom, as one sentence tells it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from livebrief.events.people import Mention

Fate = Literal["killed", "injured", "shot"]
"""`shot`: hit, and the words alone do not tell whether they lived."""


class Toll(Struct, frozen=True, kw_only=True):
    """One fate of one group of people, as one sentence tells it."""

    fate: Fate
    people: tuple[Mention, ...]
    """Told side by side: "two men and a woman"."""
    first: int
    last: int
    is_deed: bool = False
    """What somebody did to them: he is not among them."""
    is_self: bool = False
    """"shot himself"."""
    is_claimed: bool = False
    """One side's boast: "claimed to have killed 17"."""
    is_rival: bool = False
    """Another source's count of the same people: "a second official put the number at 14"."""
    is_correction: bool = False
    """Put in the place of what was said first: it stands, whatever else is told."""
    is_superseded: bool = False
    """What was said first and no longer is: "an earlier report said that five"."""
