"""The stories being followed.  In: `Reading`.  Out: `Placement`, and what a `Story` shows."""

from __future__ import annotations

from livebrief.stories.archive import Archive
from livebrief.stories.background import find_background
from livebrief.stories.state import headline_of, section_of, state_of
from livebrief.stories.threads import Threads

__all__ = ["Archive", "Threads", "find_background", "headline_of", "section_of", "state_of"]
