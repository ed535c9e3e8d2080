"""Addresses: the same page under its many spellings has one canonical form."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

# Parameters that say who sent the reader, never which page it is.
_TRACKING = re.compile(
    r"utm_|at_|ns_|mc_|pk_|hsa_|_ga$|(?:fbclid|gclid|dclid|msclkid|igshid|cmpid|cmp|ito|ref|src|"
    r"referrer|smid|smtyp|partner|rss|ftag|icid|intcmp|outputtype|amp|share|campaign|xtor|"
    r"spm|guccounter|taid|tpcc|mod|rand|__twitter_impression|s_cid|cid|via|source|feed)$",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[/_-](\d\d?|[a-z]{3})[/_-](\d\d?)|(\d\d)(\d\d))(?!\d)", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=512)
def canonicalize(url: str | None) -> str | None:
    """Return an address without what does not tell pages apart, or `None` where it is none.

    >>> canonicalize("http://www.a.example/x/amp/?utm_source=rss&id=7#top")
    'a.example/x?id=7'
    >>> canonicalize("notes/page.html")
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    host = re.sub(r"^(?:www|amp|m|mobile)\.(?=[^.]+\.)", "", host)
    path = re.sub(r"(?:/amp|\.amp|/index\.html?|\.amp\.html)/?$", "", parts.path.rstrip("/"))
    path = path.removeprefix("/amp/") if path.startswith("/amp/") else path
    path = path if path.startswith("/") or not path else f"/{path}"
    kept = sorted(pair for pair in pairs if not _TRACKING.match(pair[0]))
    return f"{host}{port}{path.rstrip('/')}{'?' + urlencode(kept) if kept else ''}"


def find_day(url: str | None) -> date | None:
    """Return the day that an address holds, as many outlets' do.

    >>> find_day("https://a.example/2020/mar/11/rockets"), find_day("https://a.example/20200311")
    (datetime.date(2020, 3, 11), datetime.date(2020, 3, 11))
    """
    for found in _DAY_IN_PATH.finditer((url or "")[:2000]):
        year, month, day = found[1], found[2] or found[4], found[3] or found[5]
        number = int(month) if month.isdigit() else _month(month)
        try:
            return date(int(year), number, int(day))
        except ValueError:
            continue
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0
