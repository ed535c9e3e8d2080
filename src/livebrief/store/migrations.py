"""The tables, as a list of steps: a store remembers how many it has taken.

A step, once released, is never changed; a new need is a new step at the end.
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    # 1: what was taken in, where it was placed, what was made of it
    """
    CREATE TABLE readings (
        number INTEGER PRIMARY KEY,
        article TEXT NOT NULL,
        revision TEXT NOT NULL,
        learned_at TEXT NOT NULL,      -- UTC, fixed width: sorts as text
        is_run_time INTEGER NOT NULL,  -- 1: learned_at is the time of the run that took it in
        place_order TEXT NOT NULL,     -- (published, id, modified, revision), sorts as text
        reading BLOB NOT NULL,         -- JSON, deflated
        UNIQUE (article, revision)
    ) STRICT;
    CREATE INDEX readings_by_learned ON readings (learned_at);

    -- taken in, not yet placed
    CREATE TABLE pending (reading INTEGER PRIMARY KEY) STRICT;

    -- beside the readings, not in them: a row with a long reading is slow to write again
    CREATE TABLE placements (
        number INTEGER PRIMARY KEY,    -- 1, 2, 3 ... in the order of placing
        reading INTEGER NOT NULL UNIQUE,
        article TEXT NOT NULL,
        learned_at TEXT NOT NULL,
        story TEXT NOT NULL,
        placement BLOB NOT NULL
    ) STRICT;
    CREATE INDEX placements_by_story ON placements (story, learned_at);
    CREATE INDEX placements_by_article ON placements (article);

    CREATE TABLE refusals (
        address TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (address, reason)
    ) STRICT;

    CREATE TABLE incidents (
        id TEXT PRIMARY KEY,
        incident BLOB NOT NULL
    ) STRICT;
    CREATE TABLE incident_events (
        event TEXT PRIMARY KEY,
        incident TEXT NOT NULL,
        article TEXT NOT NULL
    ) STRICT;
    CREATE INDEX incident_events_by_incident ON incident_events (incident);
    CREATE INDEX incident_events_by_article ON incident_events (article);

    -- an incident goes by another name when an earlier report of it is learned later
    CREATE TABLE incident_names (
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        learned_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE changes (
        number INTEGER PRIMARY KEY,
        incident TEXT NOT NULL,
        article TEXT,
        learned_at TEXT NOT NULL,
        change BLOB NOT NULL
    ) STRICT;
    CREATE INDEX changes_by_incident ON changes (incident, learned_at);
    CREATE INDEX changes_by_article ON changes (article);
    CREATE INDEX changes_by_learned ON changes (learned_at);

    CREATE VIRTUAL TABLE words USING fts5 (
        headline, text, content = '', tokenize = "unicode61 remove_diacritics 2"
    );
    """,
)
