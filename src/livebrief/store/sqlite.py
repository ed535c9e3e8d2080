"""The store in SQLite: every reading, when it was learned, where it was placed, and why."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from livebrief.model import Article, Change, Incident, Placement, Reading, Refusal
from livebrief.store.migrations import MIGRATIONS

# "lbrf": marks a file as ours (SQLite's application_id), so that another program's database
# is told apart from an old store.
APPLICATION_ID = 0x6C627266

# Readings deflate to a quarter of their JSON at level 1, at 100 MB/s; level 6 saves another
# tenth at a third of the speed.
DEFLATE_LEVEL = 1

# A page written in many transactions is copied from the log to the file once in 32 MB, not in 4;
# the index pages that readings, words and changes go on touching stay in memory.
SPEED = ("wal_autocheckpoint = 8000", "cache_size = -65536")

_encode = msgspec.json.Encoder().encode
_decode_reading = msgspec.json.Decoder(Reading).decode
_decode_placement = msgspec.json.Decoder(Placement).decode
_decode_incident = msgspec.json.Decoder(Incident).decode
_decode_change = msgspec.json.Decoder(Change).decode


class StoreError(Exception):
    """The file is no store of ours, or of a newer livebrief."""


class Filed(Struct, frozen=True):
    """A reading that has been placed, as the store keeps it."""

    reading: Reading
    placement: Placement
    story: str


class Hit(Struct, frozen=True, kw_only=True):
    """One article that a search found."""

    article: str
    story: str | None
    headline: str | None
    outlet: str | None
    published: str | None
    excerpt: str
    score: float


class Store:
    """One SQLite file.  Use it as a context manager, or call `close`."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._unwritten: dict[str, Incident] = {}
        """Incidents that are written when the transaction ends, or somebody asks for them."""
        self._articles: dict[str, str] = {}
        """The articles of their events."""
        try:
            self._db = sqlite3.connect(
                self.path, isolation_level=None, check_same_thread=False, timeout=30
            )
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"cannot open {self.path}: {error}. Does its folder exist, and may you write there?"
            ) from None
        try:
            self._migrate()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise StoreError(
                f"{self.path} is no livebrief store ({error}). Give another file with --store."
            ) from None
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _migrate(self) -> None:
        """Bring the tables up to date, each step whole or not at all."""
        # The write-ahead log lets a server read while `add` writes; NORMAL can lose the last
        # commits in a power cut, never their order: an interrupted `add` is taken up again.
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        for setting in SPEED:
            self._db.execute(f"PRAGMA {setting}")
        taken = self._db.execute("PRAGMA user_version").fetchone()[0]
        application_id = self._db.execute("PRAGMA application_id").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application_id not in (0, APPLICATION_ID) or (application_id == 0 and tables):
            raise StoreError(
                f"{self.path} is a database of another program. Give another file with --store."
            )
        if taken > len(MIGRATIONS):
            raise StoreError(
                f"{self.path} was written by a newer livebrief (tables of step {taken}, this one "
                f"knows {len(MIGRATIONS)}). Update livebrief, or give another file with --store."
            )
        for number, script in enumerate(MIGRATIONS[taken:], start=taken + 1):
            self._db.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {number}; COMMIT;"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is saved inside, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._flush()
        except BaseException:
            self._unwritten.clear()
            self._articles.clear()
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- taking in -------------------------------------------------------------------------

    def has_reading(self, article: Article) -> bool:
        """Return whether this revision of the article has been taken in."""
        row = self._db.execute(
            "SELECT 1 FROM readings WHERE article = ? AND revision = ?",
            (article.id, article.revision),
        ).fetchone()
        return row is not None

    def has_article(self, article_id: str) -> bool:
        """Return whether any revision of the article has been taken in."""
        row = self._db.execute(
            "SELECT 1 FROM readings WHERE article = ? LIMIT 1", (article_id,)
        ).fetchone()
        return row is not None

    def save_reading(self, reading: Reading, *, is_run_time: bool = False) -> bool:
        """Keep a reading, not yet placed; return whether it was new.

        `is_run_time` says that it was learned at the time of the run that takes it in, so that
        a run which takes an interrupted one up again may set it anew (`restamp_pending`).
        """
        article = reading.article
        if reading.learned_at is None:
            raise ValueError("a reading is saved with the time it was learned; got learned_at=None")
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO readings (article, revision, learned_at, is_run_time, "
            "place_order, reading) VALUES (?, ?, ?, ?, ?, ?)",
            (
                article.id,
                article.revision,
                write_instant(reading.learned_at),
                int(is_run_time),
                place_order(article),
                _deflate(reading),
            ),
        )
        if cursor.rowcount == 0:
            return False
        self._db.execute("INSERT INTO pending (reading) VALUES (?)", (cursor.lastrowid,))
        self._db.execute(
            "INSERT INTO words (rowid, headline, text) VALUES (?, ?, ?)",
            (cursor.lastrowid, _plain(article.headline or ""), _plain(article.text)),
        )
        return True

    def pending(self) -> list[tuple[str, str]]:
        """Return (article, revision) of what waits to be placed, in the order of placing."""
        return self._db.execute(
            "SELECT article, revision FROM pending p JOIN readings r ON r.number = p.reading "
            "ORDER BY learned_at, place_order"
        ).fetchall()

    def restamp_pending(self, now: datetime) -> None:
        """Let what an interrupted run kept but never placed count as learned in this run.

        So both runs place as one uninterrupted run would have: all at once, by publication.
        """
        self._db.execute(
            "UPDATE readings SET learned_at = ? "
            "WHERE number IN (SELECT reading FROM pending) AND is_run_time",
            (write_instant(now),),
        )

    def load_reading(self, article_id: str, revision: str) -> Reading:
        """Return one reading; `KeyError` if it is not there."""
        row = self._db.execute(
            "SELECT reading, learned_at FROM readings WHERE article = ? AND revision = ?",
            (article_id, revision),
        ).fetchone()
        if row is None:
            raise KeyError(f"no reading of article {article_id}, revision {revision}")
        return _inflate(*row)

    def save_refusal(self, refusal: Refusal, at: datetime) -> bool:
        """Keep a refusal; return whether it was new."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO refusals (address, reason, at) VALUES (?, ?, ?)",
            (_plain(refusal.address or ""), _plain(refusal.reason), write_instant(at)),
        )
        return cursor.rowcount > 0

    def refusals(self) -> list[Refusal]:
        """Return every refusal, oldest first."""
        rows = self._db.execute("SELECT address, reason, at FROM refusals ORDER BY at, address")
        return [
            Refusal(address=address or None, reason=reason, at=datetime.fromisoformat(at))
            for address, reason, at in rows
        ]

    # -- placing ---------------------------------------------------------------------------

    def save_placement(self, reading: Reading, placement: Placement, story: str) -> None:
        """Keep where a reading was placed."""
        number, learned_at = self._db.execute(
            "SELECT number, learned_at FROM readings WHERE article = ? AND revision = ?",
            (reading.article.id, reading.article.revision),
        ).fetchone()
        self._db.execute(
            "INSERT INTO placements (reading, article, learned_at, story, placement) "
            "VALUES (?, ?, ?, ?, ?)",
            (number, reading.article.id, learned_at, story, _encode(placement)),
        )
        self._db.execute("DELETE FROM pending WHERE reading = ?", (number,))

    def save_incidents(
        self,
        gone: Iterable[str],
        incidents: Iterable[Incident],
        article_of: Mapping[str, str],
        learned_at: datetime,
    ) -> None:
        """Keep the incidents as they now stand; `article_of` maps their events to articles.

        One that is gone is from then on meant by the name of the one that has its events.
        """
        incidents = tuple(incidents)
        for incident_id in gone:
            self._flush()
            events = self._events_of(incident_id)
            heirs = [each.id for each in incidents if not events.isdisjoint(each.events)]
            if heirs:
                self._db.execute(
                    "INSERT INTO incident_names (old, new, learned_at) VALUES (?, ?, ?)",
                    (incident_id, heirs[0], write_instant(learned_at)),
                )
            self._db.execute("DELETE FROM incidents WHERE id = ?", (incident_id,))
            self._db.execute("DELETE FROM incident_events WHERE incident = ?", (incident_id,))
        for incident in incidents:
            # The latest last, as one that takes over an event of another must come after it.
            self._unwritten.pop(incident.id, None)
            self._unwritten[incident.id] = incident
            for event in incident.events:
                self._articles[event] = article_of[event]
        if not self._db.in_transaction:
            self._flush()

    def _flush(self) -> None:
        """Write the incidents that wait for it, each once.

        A transaction mostly tells of some again and again, and a long one takes long to write.
        """
        if not self._unwritten:
            return
        incidents, self._unwritten = self._unwritten, {}
        articles, self._articles = self._articles, {}
        self._db.executemany(
            "INSERT OR REPLACE INTO incidents (id, incident) VALUES (?, ?)",
            [(each.id, _encode(each)) for each in incidents.values()],
        )
        lost: list[tuple[str, str]] = []
        found: list[tuple[str, str, str]] = []
        for incident in incidents.values():
            kept = self._events_of(incident.id)
            lost += [(event, incident.id) for event in kept.difference(incident.events)]
            found += [
                (event, incident.id, articles[event])
                for event in incident.events
                if event not in kept
            ]
        self._db.executemany(
            "DELETE FROM incident_events WHERE event = ? AND incident = ?", sorted(lost)
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO incident_events (event, incident, article) VALUES (?, ?, ?)",
            found,
        )

    def _events_of(self, incident_id: str) -> set[str]:
        rows = self._db.execute(
            "SELECT event FROM incident_events WHERE incident = ?", (incident_id,)
        )
        return {event for (event,) in rows}

    def save_changes(self, changes: Iterable[Change], learned_at: datetime, article: str) -> None:
        """Keep what one article changed."""
        self._db.executemany(
            "INSERT INTO changes (incident, article, learned_at, change) VALUES (?, ?, ?, ?)",
            [
                (change.incident, article, write_instant(learned_at), _encode(change))
                for change in changes
            ],
        )

    # -- asking ----------------------------------------------------------------------------

    def filed(self, *, story: str | None = None, as_of: datetime | None = None) -> Iterator[Filed]:
        """Return what was placed, in the order of placing, all revisions."""
        where, values = ["1"], list[str]()
        if story is not None:
            where.append("p.story = ?")
            values.append(story)
        if as_of is not None:
            where.append("p.learned_at <= ?")
            values.append(write_instant(as_of))
        rows = self._db.execute(
            f"SELECT {FILED} WHERE {' AND '.join(where)} ORDER BY p.number", values
        )
        for row in rows:
            yield _read_filed(row)

    def find_filed(self, article_id: str, *, as_of: datetime | None = None) -> Filed | None:
        """Return the latest revision of an article as known by then."""
        row = self._db.execute(
            f"SELECT {FILED} WHERE p.article = ? AND p.learned_at <= ? "
            "ORDER BY p.learned_at DESC, p.number DESC LIMIT 1",
            (article_id, write_instant(as_of or datetime.max.replace(tzinfo=UTC))),
        ).fetchone()
        return None if row is None else _read_filed(row)

    def story_ids(self, *, as_of: datetime | None = None) -> list[str]:
        """Return the stories, the one that learned something last first."""
        rows = self._db.execute(
            "SELECT story, max(learned_at) AS last, max(number) AS latest FROM placements "
            "WHERE learned_at <= ? GROUP BY story ORDER BY last DESC, latest DESC",
            (write_instant(as_of or datetime.max.replace(tzinfo=UTC)),),
        )
        return [row[0] for row in rows]

    def story_of(self, article_id: str, revision: str | None = None) -> str | None:
        """Return the story an article was placed in; with `revision`, where that one was."""
        row = self._db.execute(
            "SELECT p.story FROM placements p JOIN readings r ON r.number = p.reading "
            "WHERE p.article = ? AND (? IS NULL OR r.revision = ?) ORDER BY p.number DESC LIMIT 1",
            (article_id, revision, revision),
        ).fetchone()
        return None if row is None else str(row[0])

    def article_ids(self, beginning: str) -> list[str]:
        """Return up to ten article ids that begin so."""
        rows = self._db.execute(
            "SELECT DISTINCT article FROM placements WHERE article >= ? AND article < ? "
            "ORDER BY article LIMIT 10",
            (beginning, beginning + "\x7f"),
        )
        return [row[0] for row in rows]

    def last_learned_at(self) -> datetime | None:
        """Return when something was last learned, `None` of an empty store."""
        row = self._db.execute("SELECT max(learned_at) FROM readings").fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def first_learned_at(self) -> datetime | None:
        """Return when the first thing was learned that has been placed, `None` of no such."""
        row = self._db.execute("SELECT min(learned_at) FROM placements").fetchone()
        return datetime.fromisoformat(row[0]) if row[0] else None

    def articles_of_incident(self, incident: Incident) -> list[str]:
        """Return the articles that report any of the incident's events, earliest report first."""
        self._flush()
        found: dict[str, None] = {}
        for event in incident.events:
            row = self._db.execute(
                "SELECT article FROM incident_events WHERE event = ?", (event,)
            ).fetchone()
            if row is not None:
                found[row[0]] = None
        return list(found)

    def incidents(self) -> Iterator[Incident]:
        """Return every incident as it now stands."""
        self._flush()
        for (blob,) in self._db.execute("SELECT incident FROM incidents ORDER BY id"):
            yield _decode_incident(blob)

    def incidents_of(self, articles: Sequence[str]) -> list[Incident]:
        """Return the incidents that any of these articles reports, as they now stand."""
        self._flush()
        found: dict[str, Incident] = {}
        for article_id in articles:
            rows = self._db.execute(
                "SELECT DISTINCT i.id, i.incident FROM incident_events e "
                "JOIN incidents i ON i.id = e.incident WHERE e.article = ? ORDER BY i.id",
                (article_id,),
            )
            for incident_id, blob in rows:
                if incident_id not in found:
                    found[incident_id] = _decode_incident(blob)
        return list(found.values())

    def changes(
        self,
        *,
        incidents: Sequence[str] | None = None,
        since: datetime | None = None,
        as_of: datetime | None = None,
    ) -> list[Change]:
        """Return the changes after `since` and not after `as_of`, in the order learned."""
        after = write_instant(since) if since else ""
        until = write_instant(as_of or datetime.max.replace(tzinfo=UTC))
        names = self._incident_names(until)
        if incidents is None:
            rows = self._db.execute(
                "SELECT number, incident, change FROM changes "
                "WHERE learned_at > ? AND learned_at <= ?",
                (after, until),
            ).fetchall()
        else:
            asked = set(incidents)
            earlier = [old for old, new in names.items() if new in asked and old not in asked]
            rows = [
                row
                for incident in (*dict.fromkeys(incidents), *earlier)
                for row in self._db.execute(
                    "SELECT number, incident, change FROM changes "
                    "WHERE incident = ? AND learned_at > ? AND learned_at <= ?",
                    (incident, after, until),
                )
            ]
        return [
            structs.replace(_decode_change(blob), incident=names.get(incident_id, incident_id))
            for _, incident_id, blob in sorted(rows)
        ]

    def _incident_names(self, until: str) -> dict[str, str]:
        """Return the name that each renamed incident went by at that moment."""
        names: dict[str, str] = {}
        rows = self._db.execute(
            "SELECT old, new FROM incident_names WHERE learned_at <= ? ORDER BY rowid", (until,)
        )
        for old, new in rows:
            for each, name in names.items():
                if name == old:
                    names[each] = new
            names[old] = new
            # One that takes its old name back.
            names.pop(new, None)
        return names

    def search(self, words: str, *, limit: int = 20, as_of: datetime | None = None) -> list[Hit]:
        """Return the articles that hold all these words, the best first; "..." for a phrase."""
        query = write_query(words)
        if not query:
            return []
        rows = self._db.execute(
            "SELECT r.reading, r.learned_at, r.article, p.story, bm25(words, 3.0, 1.0) FROM words "
            "JOIN readings r ON r.number = words.rowid "
            "LEFT JOIN placements p ON p.reading = r.number "
            "WHERE words MATCH ? AND r.learned_at <= ? ORDER BY 5, r.number DESC",
            (query, write_instant(as_of or datetime.max.replace(tzinfo=UTC))),
        )
        hits: dict[str, Hit] = {}
        for blob, learned_at, article_id, story, score in rows:
            if article_id in hits:
                continue
            article = _inflate(blob, learned_at).article
            published = article.published_at or article.published_on
            hits[article_id] = Hit(
                article=article_id,
                story=story,
                headline=article.headline,
                outlet=article.outlet,
                published=published.isoformat() if published else None,
                excerpt=find_excerpt(article.text, words),
                score=round(-score, 3),
            )
            if len(hits) >= limit:
                break
        return list(hits.values())

    def find_headline(self, headline: str) -> list[str]:
        """Return the articles under this very headline, case and marks aside."""
        query = write_query(re.sub(r"\W+", " ", headline))
        if not query:
            return []
        rows = self._db.execute(
            "SELECT r.article, r.reading, r.learned_at FROM words "
            "JOIN readings r ON r.number = words.rowid WHERE words MATCH ? LIMIT 20",
            (f"headline : ({query})",),
        )
        folded = re.findall(r"\w+", headline.casefold())
        return [
            article
            for article, blob, learned_at in rows
            if re.findall(r"\w+", (_inflate(blob, learned_at).article.headline or "").casefold())
            == folded
        ]

    def count(self) -> dict[str, int]:
        """Return how many articles, revisions, stories, incidents and so on it keeps."""
        self._flush()
        row = self._db.execute(
            "SELECT (SELECT count(DISTINCT article) FROM readings),"
            " (SELECT count(*) FROM readings), (SELECT count(DISTINCT story) FROM placements),"
            " (SELECT count(*) FROM incidents),"
            " (SELECT count(*) FROM changes), (SELECT count(*) FROM refusals)"
        ).fetchone()
        names = ("articles", "revisions", "stories", "incidents", "changes", "refusals")
        return dict(zip(names, row, strict=True))


def write_instant(instant: datetime) -> str:
    """Return an instant in UTC and of fixed width, so that text sorts as time does.

    >>> write_instant(datetime.fromisoformat("2020-03-11T19:35:00+03:00"))
    '2020-03-11T16:35:00.000000+00:00'
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant is aware (has an offset); got {instant.isoformat()}")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def place_order(article: Article) -> str:
    """Return the key in whose order articles that arrive together are placed.

    By publication, then id; the revisions of one article by the time they were changed or caught.
    """
    published = _moment(article.published_at) or (
        article.published_on.isoformat() if article.published_on else "~"
    )
    later = _moment(article.modified_at) or _moment(article.captured_at) or ""
    return "\x1f".join((published, article.id, later, article.revision))


def _moment(instant: datetime | None) -> str | None:
    return None if instant is None else write_instant(instant)


def write_query(words: str) -> str:
    """Return the FTS5 query for what a person typed: every word, and phrases in quotes.

    >>> write_query('taji "base attack" AND (')
    '"taji" "base attack" "AND"'
    """
    parts = re.findall(r'"([^"]+)"|([\w][\w\'’.-]*)', words)
    texts = [(phrase or word).strip() for phrase, word in parts]
    return " ".join(f'"{text}"' for text in texts if re.search(r"\w", text))


def find_excerpt(text: str, words: str, width: int = 160) -> str:
    """Return the part of the text around the first of the words that stands in it.

    >>> find_excerpt("Rockets hit the base on Wednesday.", "base", width=12)
    '… the base …'
    """
    folded = text.casefold()
    places = [folded.find(word.casefold()) for word in re.findall(r"\w+", words)]
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - width // 2)
    end = min(len(text), start + width)
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    excerpt = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{excerpt}{' …' if end < len(text) else ''}"


def _plain(text: str) -> str:
    """Return the text as SQLite can keep it: lone surrogates replaced, no null characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


# What a placed reading is made from, whole.
FILED = (
    "r.reading, r.learned_at, p.placement, p.story "
    "FROM placements p JOIN readings r ON r.number = p.reading"
)


def _read_filed(row: tuple[bytes, str, bytes, str]) -> Filed:
    reading, learned_at, placement, story = row
    return Filed(_inflate(reading, learned_at), _decode_placement(placement), story)


def _deflate(reading: Reading) -> bytes:
    # learned_at has a column of its own, and only there may it change.
    return zlib.compress(_encode(structs.replace(reading, learned_at=None)), DEFLATE_LEVEL)


def _inflate(blob: bytes, learned_at: str) -> Reading:
    reading = _decode_reading(zlib.decompress(blob))
    return structs.replace(reading, learned_at=datetime.fromisoformat(learned_at))
