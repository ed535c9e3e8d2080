"""What the reports of many articles agree and disagree to have happened.

In: `Event`s of many articles.  Out: `Incident`s, and the `Change`s that each report made to them.
"""

from __future__ import annotations

from livebrief.incidents.background import find_background
from livebrief.incidents.changes import find_changes
from livebrief.incidents.ledger import Filing, Ledger, merge_testimonies
from livebrief.incidents.testimonies import Silence, Testimony, read_testimonies

__all__ = [
    "Filing",
    "Ledger",
    "Silence",
    "Testimony",
    "find_background",
    "find_changes",
    "merge_testimonies",
    "read_testimonies",
]
