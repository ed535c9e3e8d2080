"""Where testimonies lie that need not be held in memory: what a ledger asks of a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from livebrief.incidents.testimonies import Silence, Testimony
from livebrief.model import Incident

Witness = Testimony | Silence


class Kept(Struct, frozen=True, kw_only=True):
    """A testimony to be kept, or one kept that tells of another incident now."""

    article: str
    revision: str
    event: str
    """ "" of a silence."""
    printed: float
    """When it was printed, in seconds: what it is looked up by."""
    incident: str
    """The id of the incident it tells of, "" of a silence."""
    witness: bytes | None
    """The testimony or silence itself; `None` of one that has been kept before."""


class Shelf(Protocol):
    """What was kept of testimonies, and the incidents that they made."""

    def incidents_printed(self, first: float, until: float) -> list[str]:
        """Return the ids of those told of in print from one moment until before another."""

    def witnesses_of(self, incident: str) -> Sequence[bytes]:
        """Return the testimonies that tell of an incident."""

    def told_by(self, article: str) -> Sequence[tuple[str, bytes]]:
        """Return the ids of the incidents an article has told of, each with its testimony."""

    def other_revisions(self, article: str, revision: str) -> Sequence[tuple[str, bytes]]:
        """Return the like of `told_by`, one for each other revision."""

    def incident_told(self, article: str, revision: str, event: str) -> str | None:
        """Return the id of the incident that an event was found to tell of."""

    def find_incident(self, id: str) -> Incident | None:
        """Return an incident as last made."""


write_witness = msgspec.msgpack.Encoder().encode
_read_testimony = msgspec.msgpack.Decoder(Testimony).decode
_read_silence = msgspec.msgpack.Decoder(Silence).decode


def read_witnesses(kept: Iterable[bytes]) -> list[Testimony]:
    """Return testimonies as they were."""
    return [_read_testimony(each) for each in kept]


def read_told(told: Iterable[tuple[str, bytes]]) -> list[Witness]:
    """Return testimonies as they were, and silences: those that tell of no incident."""
    return [_read_testimony(kept) if id else _read_silence(kept) for id, kept in told]
