"""What the room hands on."""

from __future__ import annotations

from msgspec import Struct

from livebrief.model import Cause, Claim, Event


class Findings(Struct, frozen=True, kw_only=True):
    """The events, claims and causes of an article and its cards, as `Reading` holds them."""

    main_event: str | None = None
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    causes: tuple[Cause, ...] = ()
