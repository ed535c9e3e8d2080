"""Sources to pages: a stream of what is found, refusals where it cannot be read.

A folder is walked in sorted order.  Left out: hidden files, files called README (with any ending),
the folder `NAME_files` that a browser puts beside a saved `NAME.html`, and `NAME.json` beside it
that is a record of the same page: the page itself is read, and no story is taken twice.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from livebrief.model import Page, Refusal
from livebrief.pages import feeds
from livebrief.pages.archives import is_archive, read_archive
from livebrief.pages.records import decode_json, read_lines
from livebrief.pages.sniffing import sniff
from livebrief.settings import Settings

# Enough to see past a long run of comments and blank lines at the top of a page.
HEAD_BYTES = 65_536
# What a saver writes beside a page says less than the page.
LARGEST_RECORD = 16_000_000
RECORD_FIELDS = frozenset(("url", "headline", "title", "text", "published", "authors"))
BROKEN_STREAM = (EOFError, OSError, zlib.error)


def read_sources(
    sources: Iterable[str | Path],
    *,
    captured_at: datetime | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    settings: Settings | None = None,
) -> Iterator[Page | Refusal]:
    """Return the pages of files, folders and `-` (standard input), one by one as they are read.

    >>> [page.reason for page in read_sources(["no/such/file"])]
    ['no such file or folder']
    """
    limit = (settings or Settings()).page_bytes
    for source in sources:
        for found in _read(str(source), stdin, limit):
            if isinstance(found, Page):
                yield msgspec.structs.replace(
                    found,
                    captured_at=found.captured_at or captured_at,
                    outlet=found.outlet or outlet,
                )
            else:
                yield found


def _read(source: str, stdin: BinaryIO | None, limit: int) -> Iterator[Page | Refusal]:
    if source == "-":
        yield from _read_stream(stdin or sys.stdin.buffer, "-", limit)
    elif source.startswith(("http://", "https://")):
        yield _refuse(source, "fetching is not built yet: save the page and give the file")
    elif "\x00" in source:
        yield _refuse(source, "no such file or folder")
    else:
        path = Path(source)
        if path.is_dir():
            yield from _read_folder(path, limit)
        elif path.exists():
            yield from _read_file(path, limit)
        else:
            yield _refuse(source, "no such file or folder")


def _read_folder(folder: Path, limit: int) -> Iterator[Page | Refusal]:
    found_any = False
    for entry in _walk(folder):
        found_any = True
        if isinstance(entry, Refusal):
            yield entry
        else:
            yield from _read_file(entry, limit)
    if not found_any:
        yield _refuse(str(folder), "nothing to read in this folder")


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """Return the files below a folder, in the order of their paths; links to folders stay shut."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _refuse(str(folder), f"cannot open the folder: {error.strerror}")
        return
    stems = {Path(e.name).stem for e in entries if e.name.lower().endswith((".html", ".htm"))}
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name.split(".", 1)[0].upper() == "README":
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (name.endswith("_files") and name.removesuffix("_files") in stems):
                yield from _walk(folder / name)
        elif entry.is_dir() or (_is_beside(name, stems) and _is_record(folder / name)):
            continue
        else:
            yield folder / name


def _is_beside(name: str, stems: set[str]) -> bool:
    """Return whether a file is called `NAME.json` or `NAME.html.json`, as a page beside it is."""
    if not name.lower().endswith(".json"):
        return False
    return not stems.isdisjoint((name[:-5], Path(name[:-5]).stem))


def _is_record(path: Path) -> bool:
    """Return whether a file holds one record of an article, and no feed."""
    try:
        if path.stat().st_size > LARGEST_RECORD:
            return False
        value, _ = decode_json(path.read_bytes())
    except OSError:
        return False
    return isinstance(value, dict) and "items" not in value and not RECORD_FIELDS.isdisjoint(value)


def _read_file(path: Path, limit: int) -> Iterator[Page | Refusal]:
    if not path.is_file():
        yield _refuse(str(path), "not a file that can be read (a socket, a pipe or a broken link)")
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        yield _refuse(str(path), f"cannot open the file: {error.strerror}")
        return
    with stream:
        yield from _read_stream(stream, str(path), limit)


def _read_stream(stream: BinaryIO, address: str, limit: int) -> Iterator[Page | Refusal]:
    """Return the pages of one stream, inflated where it is gzip; told apart by its first bytes."""
    plain = cast("io.BufferedReader", _Whole(stream))
    try:
        head = plain.read(HEAD_BYTES)
        if is_archive(head):
            yield from read_archive(_Joined(head, plain), address, limit)
            return
        if head.startswith(b"\x1f\x8b"):
            rest = _Joined(head, plain)
            plain = cast("io.BufferedReader", gzip.GzipFile(fileobj=cast("BinaryIO", rest)))
            head = plain.read(HEAD_BYTES)
    except BROKEN_STREAM as error:
        yield _refuse(address, _broken(error))
        return
    kind, words = sniff(head, address)
    if kind == "empty":
        yield _refuse(address, "the file is empty")
    elif kind == "binary":
        yield _refuse(address, f"not a page: {words}")
    elif kind == "jsonl":
        joined = io.BufferedReader(cast("io.RawIOBase", _Joined(head, plain)), 1 << 18)
        try:
            yield from read_lines(joined, address, limit)
        except BROKEN_STREAM as error:
            yield _refuse(address, _broken(error))
    else:
        try:
            raw = head + plain.read(max(0, limit + 1 - len(head)))
        except BROKEN_STREAM as error:
            yield _refuse(address, _broken(error))
            return
        if len(raw) > limit:
            yield _refuse(address, f"larger than {limit:,} bytes, the most that a page may have")
        elif kind == "xml":
            yield from _read_entries(feeds.read_feed(raw), address)
        elif kind == "json":
            yield from _read_json(raw, address)
        else:
            media_type = "text/html" if kind == "html" else "text/plain"
            yield Page(address=None, bytes=raw, media_type=media_type)


def _read_json(raw: bytes, address: str) -> Iterator[Page | Refusal]:
    """Return the pages of one JSON value: a JSON Feed, a record, or a list of records."""
    value, reason = decode_json(raw)
    if isinstance(value, dict) and "items" in value and "jsonfeed" in str(value.get("version")):
        yield from _read_entries(feeds.read_json_feed(value), address)
    elif isinstance(value, dict):
        yield from read_lines(io.BytesIO(b" ".join(raw.splitlines())), address, len(raw) + 1)
    elif isinstance(value, list):
        lines = b"\n".join(msgspec.json.encode(item) for item in value)
        yield from read_lines(io.BytesIO(lines), address, len(raw) + 1)
    else:
        yield _refuse(address, reason or "JSON, but no record and no feed")


def _read_entries(
    entries: Iterator[dict[str, Any] | str] | Iterator[dict[str, Any]] | str, address: str
) -> Iterator[Page | Refusal]:
    for fields in [entries] if isinstance(entries, str) else entries:
        if isinstance(fields, str):
            yield _refuse(address, fields)
            continue
        url = fields.get("url") or fields.get("id")
        yield Page(
            address=url if isinstance(url, str) else None,
            bytes=feeds.write_entry(fields),
            media_type=feeds.MEDIA_TYPE,
        )


def _broken(error: Exception) -> str:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"the gzip stream is broken or cut short: {error}"
    return f"cannot be read: {error}"


def _refuse(address: str, reason: str) -> Refusal:
    return Refusal(address=address, reason=reason)


class _Whole:
    """A stream whose `read(n)` gives n bytes as long as there are so many, as pipes may not."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        parts = []
        while size > 0 and (part := self._stream.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class _Joined(io.RawIOBase):
    """Bytes already read, followed by the stream that they were read from."""

    def __init__(self, head: bytes, rest: Any) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
