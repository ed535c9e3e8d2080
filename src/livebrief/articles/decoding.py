"""Bytes to characters: by mark, by declaration, else UTF-8 with the stray bytes of older pages."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do: pages that say Latin-1 mean Windows-1252.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
          "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}  # fmt: skip
# Their letters are ASCII between escapes, which reads as UTF-8 and means nothing.
SHIFTING = frozenset(("iso-2022-jp", "iso-2022-kr"))
ESCAPE = b"\x1b"


def decode(raw: bytes, media_type: str | None = None) -> str:
    """Return the characters of a page.

    >>> decode("Málaga".encode()), decode("Málaga".encode("utf-16")), decode(b"caf\\xe9 \\xc3\\xa9")
    ('Málaga', 'Málaga', 'café é')
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace").lstrip("\ufeff")
    half = len(raw[:64]) // 2
    if half > 4 and raw[:64].count(0) * 3 > half * 2:
        odd_nulls = raw[1:64:2].count(0) > raw[0:64:2].count(0)
        return raw.decode("utf-16-le" if odd_nulls else "utf-16-be", "replace")
    if ESCAPE not in raw or find_charset(raw, media_type) not in SHIFTING:
        # What reads as UTF-8 is UTF-8, whatever is declared; no other charset does by chance.
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    name = find_charset(raw, media_type)
    if name and name not in ("utf-8", "utf8"):
        try:
            return raw.decode(name, "replace")
        except (LookupError, UnicodeError):
            pass
    return raw.decode("utf-8", "livebrief-stray")


def find_charset(raw: bytes, media_type: str | None = None) -> str:
    """Return the charset that the server or else the page declares, empty where none does.

    >>> find_charset(b'<meta charset="iso-8859-1">'), find_charset(b"", "text/html; charset=GBK")
    ('cp1252', 'gb18030')
    """
    declared = _HEADER.search(media_type or "") or _META.search(raw[:4096])
    if declared is None:
        return ""
    found = declared[1]
    name = (found if isinstance(found, str) else found.decode("ascii", "replace")).lower()
    return _MEANT.get(name, name)


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """Return the characters that bytes outside UTF-8 have in Windows-1252, their usual origin."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "replace"), error.start + 1


codecs.register_error("livebrief-stray", _read_stray)
