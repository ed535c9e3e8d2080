"""One story told so that every sentence leads back to the words it came from.

In: a `Story`, its readings and `Incident`s.  Out: a `Brief`, and its text and Markdown forms.
"""

from __future__ import annotations

from livebrief.briefs.brief import write_brief
from livebrief.briefs.coverage import Coverage
from livebrief.briefs.forms import (
    write_changes,
    write_go_deeper,
    write_incidents,
    write_markdown,
    write_stories,
    write_text,
    write_timeline,
)
from livebrief.briefs.phrases import (
    name_incident,
    name_slot,
    write_bounds,
    write_day,
    write_instant,
    write_list,
    write_place,
    write_slot,
    write_value,
)

__all__ = [
    "Coverage",
    "name_incident",
    "name_slot",
    "write_bounds",
    "write_brief",
    "write_changes",
    "write_day",
    "write_go_deeper",
    "write_incidents",
    "write_instant",
    "write_list",
    "write_markdown",
    "write_place",
    "write_slot",
    "write_stories",
    "write_text",
    "write_timeline",
    "write_value",
]
