"""Web archives (WARC) to pages: the news pages among what a crawler was answered.

A page is a response with HTTP status 200 that holds HTML; all other records are passed over, as a
folder's pictures would not be if they were given by name.  A record that is broken is refused by
its address and the next one is read.  Memory holds one record, and no more of it than a page may
have.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from livebrief.model import Page, Refusal
from livebrief.pages.sniffing import sniff

CHUNK = 65_536
GZIP = b"\x1f\x8b\x08"
HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
# A record whose length is wrong runs on into the next.
_NEXT_RECORD = re.compile(rb"\r\n\r\nWARC/1\.[01]\r\nWARC-|\r\n\r\nWARC/1\.[01]\r\nContent-")

_CODINGS: dict[str, Callable[[BinaryIO], Any]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": lambda raw: GzipReader(raw, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


def is_archive(head: bytes) -> bool:
    """Return whether a source that begins like this is a web archive, compressed or not.

    >>> is_archive(b"WARC/1.0\\r\\n"), is_archive(b"<p>WARC/1.0")
    (True, False)
    """
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def read_archive(stream: Any, address: str, limit: int) -> Iterator[Page | Refusal]:
    """Return the pages of a web archive in their order, and what of it is broken."""
    members = Members(stream)
    found_any = False
    while True:
        try:
            for record in ArchiveIterator(
                members,  # type: ignore[arg-type]  # it asks for `read` and `tell` alone
                record_types=WarcRecordType.response,
                parse_http=True,
                quirks_mode=True,
                auto_decode="none",
                fsspec_args=False,
                stream_detect=False,
            ):
                found = _read_record(record, address, limit)
                if found is not None:
                    found_any = True
                    yield found
        except OSError as error:
            found_any = True
            yield Refusal(address=address, reason=f"a record of the archive is broken: {error}")
        if members.reason:
            found_any = True
            yield Refusal(address=address, reason=members.reason)
        if not members.resume():
            break
    if not found_any:
        reason = "the archive holds no page: no response with HTTP status 200 that is HTML"
        yield Refusal(address=address, reason=reason)


def _read_record(record: WarcRecord, address: str, limit: int) -> Page | Refusal | None:
    """Return the page that a response holds, `None` where it is none, or why it is broken."""
    headers = record.http_headers
    target = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if headers is None or headers.status_code is None:
        if target.startswith(("http://", "https://")):
            return Refusal(address=target, reason="the record holds no answer of a server")
        return None
    if headers.status_code != 200:
        return None
    declared = (headers.get("Content-Type") or "").strip()
    kind = declared.partition(";")[0].strip().lower()
    if kind and kind not in HTML_TYPES:
        return None
    at = record.record_date

    def refuse(reason: str) -> Refusal:
        return Refusal(address=target or address, reason=reason, at=at)

    length = record.content_length
    raw = record.reader.read(limit + 1)
    if len(raw) < min(length, limit + 1):
        return refuse("the archive is cut short within this record")
    if len(raw) <= limit:
        if (end := _NEXT_RECORD.search(raw)) is not None and end.start() < length:
            return refuse("the record says a wrong length: another one begins within it")
        raw = _undo(raw, headers.get("Transfer-Encoding"), headers.get("Content-Encoding"), limit)
    if len(raw) > limit:
        return refuse(f"larger than {limit:,} bytes, the most that a page may have")
    if not kind and sniff(raw[:CHUNK])[0] != "html":
        return None
    charset = declared.partition(";")[2].strip()
    media_type = f"text/html; {charset}" if "charset" in charset.lower() else "text/html"
    return Page(address=target or None, bytes=raw, media_type=media_type, captured_at=at)


def _undo(raw: bytes, transfer: str | None, content: str | None, limit: int) -> bytes:
    """Return a body as it was before it was sent: not in chunks, not compressed.

    Many crawlers undo this themselves and leave the header as it was, so a body that is not what
    its header says is taken as it is.
    """
    if "chunked" in (transfer or "").lower():
        raw = _read_all(ChunkedReader, raw, limit)
    for coding in reversed((content or "").lower().split(",")):
        if (reader := _CODINGS.get(coding.strip())) is not None:
            raw = _read_all(reader, raw, limit)
    return raw


def _read_all(reader: Callable[[BinaryIO], Any], raw: bytes, limit: int) -> bytes:
    """Return what a reader makes of a body, no more than a page may have; the body if nothing."""
    parts: list[bytes] = []
    room = limit + 1
    try:
        coded = reader(io.BytesIO(raw))
        while room > 0 and (part := coded.read(min(room, CHUNK))):
            parts.append(part)
            room -= len(part)
    except (OSError, ValueError):
        pass
    return b"".join(parts) or raw


class Members:
    """The bytes of an archive, inflated where it is gzip, up to the next break in it.

    `read` gives no more where a member of the gzip stream is broken; `reason` says so, and
    `resume` goes on with the next member, which is mostly the next record.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._raw = stream.read(CHUNK)
        self._is_gzip = self._raw.startswith(GZIP)
        self._inflater = zlib.decompressobj(31) if self._is_gzip else None
        self._position = 0
        self._has_ended = False
        self.reason = ""

    def tell(self) -> int:
        """Return how many bytes have been given."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end or at a break."""
        size = size if size > 0 else CHUNK
        part = self._inflate(size) if self._is_gzip else self._take(size)
        self._position += len(part)
        return part

    def resume(self) -> bool:
        """Return whether there is more after a break, and go there."""
        had_break, self.reason = bool(self.reason), ""
        if self._has_ended and not self._raw:
            return False
        if not self._is_gzip:
            return True
        if had_break and not self._seek_member():
            return False
        return bool(self._raw or self._inflater)

    def _take(self, size: int) -> bytes:
        raw = self._raw or self._more(size)
        self._raw = raw[size:]
        return raw[:size]

    def _more(self, size: int = CHUNK) -> bytes:
        """Return the next bytes of the file, none where it ends or cannot be read on."""
        try:
            part: bytes = self._stream.read(size)
        except (EOFError, OSError, zlib.error) as error:
            self.reason = f"cannot be read on: {error}"
            part = b""
        self._has_ended = not part
        return part

    def _inflate(self, size: int) -> bytes:
        while not self.reason:
            if self._inflater is None:
                if not self._open_member():
                    return b""
                continue
            if not self._raw and not self._has_ended:
                self._raw = self._more()
            if not self._raw:
                self.reason = self.reason or "the archive is cut short"
                self._inflater = None
                return b""
            part = self._feed(size)
            if part:
                return part
        return b""

    def _feed(self, size: int) -> bytes:
        """Return what the inflater gives for the bytes at hand."""
        inflater = self._inflater
        if inflater is None:
            return b""
        try:
            part = inflater.decompress(self._raw, size)
        except zlib.error as error:
            self.reason = f"a part of the archive is broken and was left out: {error}"
            self._inflater = None
            return b""
        if inflater.eof:
            self._raw = inflater.unused_data
            self._inflater = None
        else:
            self._raw = inflater.unconsumed_tail
        return part

    def _open_member(self) -> bool:
        """Return whether another member follows, as it should where one has ended."""
        self._raw = self._raw.lstrip(b"\x00")  # what disks and tapes fill up with
        while not self._has_ended and len(self._raw) < len(GZIP):
            self._raw = (self._raw + self._more()).lstrip(b"\x00")
        if self._raw.startswith(GZIP):
            self._inflater = zlib.decompressobj(31)
            return True
        if self._raw:
            self.reason = "a part of the archive is broken and was left out: no gzip where it ends"
        return False

    def _seek_member(self) -> bool:
        """Return whether another member begins further on, and go to where it does."""
        self._inflater = None
        start = 1
        while True:
            found = self._raw.find(GZIP, start)
            if found >= 0:
                self._raw = self._raw[found:]
                self._inflater = zlib.decompressobj(31)
                return True
            more = self._more()
            if not more:
                self._raw = b""
                return False
            self._raw = self._raw[-2:] + more
            start = 0
