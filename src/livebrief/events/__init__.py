"""What an article reports.

In: an `Article` and its `Passage`s.  Out: `Event`s and `Claim`s: what happened, where, when, how
many, who says so, and who is held responsible.
"""

from livebrief.events.assembly import find_events
from livebrief.events.findings import Findings

__all__ = ["Findings", "find_events"]
