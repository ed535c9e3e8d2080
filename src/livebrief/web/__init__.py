"""The desk in a browser: every story's brief, each sentence beside the words it came from.

In: what the store knew at a moment.  Out: pages, served or written as files, and their JSON.
"""

from __future__ import annotations

from livebrief.web.alone import write_lines_page, write_readings, write_story_page
from livebrief.web.app import create_app
from livebrief.web.site import SiteError, write_site

__all__ = [
    "SiteError",
    "create_app",
    "write_lines_page",
    "write_readings",
    "write_site",
    "write_story_page",
]
