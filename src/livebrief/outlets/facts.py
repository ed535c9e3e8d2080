"""Facts about outlets and wire agencies, from `outlets.toml` and `agencies.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

HERE = Path(__file__).parent


class Outlet(Struct, frozen=True, kw_only=True):
    """A publisher of news pages."""

    name: str
    domain: str
    country: str
    """Of its seat: ISO 3166 alpha-2."""
    owner: str | None = None
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Its other domains."""
    is_agency: bool = False


class Agency(Outlet, frozen=True, kw_only=True):
    """An outlet whose reports other outlets carry."""

    is_agency: bool = True


def find_outlet(name_or_domain: str) -> Outlet | None:
    """Return the outlet or agency of that name, alias, domain or address.

    >>> find_outlet("https://www.bbc.co.uk/news/1").name, find_outlet("The AP").name
    ('BBC News', 'Associated Press')
    >>> find_outlet("WSJ").domain
    'wsj.com'
    """
    key = name_or_domain.strip()
    return _named(key) or outlet_of_domain(key)


def outlet_of_domain(domain: str) -> Outlet | None:
    """Return the outlet that a host or an address belongs to: the longest known domain wins.

    >>> outlet_of_domain("edition.cnn.com").name, outlet_of_domain("quickline.example")
    ('CNN', None)
    """
    host = domain.strip().lower().partition("://")[2] or domain.strip().lower()
    host = host.partition("/")[0].rpartition("@")[2].partition(":")[0][:253]
    labels = host.split(".")
    for first in range(len(labels) - 1):
        outlet = _by_domain().get(".".join(labels[first:]))
        if outlet is not None:
            return outlet
    return None


def find_agency(text: str) -> Agency | None:
    """Return the wire agency that these words name, if they are nothing else.

    >>> find_agency("AFP").name, find_agency("the Associated Press").name, find_agency("map")
    ('Agence France-Presse', 'Associated Press', None)
    """
    key = text.strip().strip(".,()")
    found = _named(key)
    return found if isinstance(found, Agency) else None


def _named(key: str) -> Outlet | None:
    return _by_name().get(_fold(key)) or _by_alias().get(key.removeprefix("The "))


@cache
def _load() -> tuple[Outlet, ...]:
    outlets = tomllib.loads((HERE / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    agencies = tomllib.loads((HERE / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    return (*convert(agencies, tuple[Agency, ...]), *convert(outlets, tuple[Outlet, ...]))


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: o for o in reversed(_load()) for domain in (o.domain, *o.domains)}


@cache
def _by_name() -> dict[str, Outlet]:
    """Names, and aliases that are no abbreviations: both may be written in any case."""
    names = [(name, o) for o in reversed(_load()) for name in (o.name, *o.aliases)]
    return {_fold(name): outlet for name, outlet in names if not name.isupper() or len(name) > 6}


@cache
def _by_alias() -> dict[str, Outlet]:
    """Abbreviations, told from common words by their capitals."""
    return {alias: o for o in reversed(_load()) for alias in (o.name, *o.aliases)}


def _fold(name: str) -> str:
    return name.lower().removeprefix("the ")
