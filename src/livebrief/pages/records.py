"""JSON Lines to pages: one page a line, its bytes the line as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from livebrief.model import Page, Refusal

MEDIA_TYPE = "application/json"


def read_lines(stream: BinaryIO, address: str, limit: int) -> Iterator[Page | Refusal]:
    """Return the pages of a stream of JSON Lines; a broken line is refused by its number.

    >>> import io
    >>> lines = io.BytesIO(b'{"id": "a", "text": "Rain."}\\n\\n{"id":\\n')
    >>> [found.address for found in read_lines(lines, "x.jsonl", 1000)]
    ['a', 'x.jsonl:3']
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        here = f"{address}:{number}"
        if len(line) > limit:
            while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
                pass
            reason = f"larger than {limit:,} bytes, the most that a page may have"
            yield Refusal(address=here, reason=reason)
            continue
        line = line.strip(b" \t\r\n\x00")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            continue
        record, reason = decode_json(line)
        if not isinstance(record, dict):
            yield Refusal(address=here, reason=reason or "not a JSON object")
            continue
        known = (record.get("url"), record.get("id"))
        name = next((str(value) for value in known if value not in (None, "")), here)
        yield Page(address=name, bytes=line, media_type=MEDIA_TYPE)
    if number == 0:
        yield Refusal(address=address, reason="the file is empty")


def decode_json(raw: bytes) -> tuple[Any, str]:
    """Return the value and no words, or `None` and why there is none.

    >>> decode_json(b'{"id"')
    (None, 'broken JSON: Input data was truncated')
    """
    try:
        return msgspec.json.decode(raw), ""
    except msgspec.DecodeError as error:
        reason = f"broken JSON: {error}"
    except RecursionError:
        return None, "broken JSON: nested too deeply"
    try:  # lone surrogates and stray bytes, which msgspec is right to be strict about
        return json.loads(raw.decode("utf-8", "replace")), ""
    except (ValueError, RecursionError):
        return None, reason
