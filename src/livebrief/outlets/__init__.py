"""In: a name, a domain or an alias.  Out: what is known of that outlet or agency."""

from __future__ import annotations

from livebrief.outlets.facts import Agency, Outlet, find_agency, find_outlet, outlet_of_domain

__all__ = ["Agency", "Outlet", "find_agency", "find_outlet", "outlet_of_domain"]
