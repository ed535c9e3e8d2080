"""Which testimonies tell of one incident: the same answer in whichever order they come in.

Testimonies are taken in the order in which they were printed, each joining the incident that most
speaks for, or founding one.  One that comes in late is put where it belongs in that order, and only
those decisions are taken again that it can have changed.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from livebrief.incidents.consensus import Consensus
from livebrief.incidents.matching import (
    LIKELY_STORY,
    SHARED_NAME,
    SHARED_SPOT,
    THRESHOLD,
    UNLIKELY_STORY,
    match_profile,
)
from livebrief.incidents.profiles import UNLIKELY, Key, Profile

Order = tuple[float, float, str, str, str, str]

# A name or story under which more was told than this is looked up from its latest reports only.
LATEST = 48
# Under a day and a whole country (or none) even fewer: there, only a day's last reports are near.
BROAD_LATEST = 16

# Named in more incidents than this, somebody speaks for the police or rules a country.
NAME_IN_INCIDENTS = 4

# A testimony without a day or place of its own joins only what fits best by so much.
CLEAR_LEAD = 0.5


class Bundle:
    """Testimonies that tell of one incident, in their order."""

    __slots__ = ("_consensus", "members")

    def __init__(self, founder: Profile) -> None:
        self.members = [founder]
        self._consensus: Consensus | None = None

    def put(self, profile: Profile) -> None:
        """Add a testimony at its place."""
        if self._consensus is not None and profile.order > self.members[-1].order:
            self._consensus.add(profile)
        else:
            self._consensus = None
        insort(self.members, profile, key=_order_of)

    def take(self, profile: Profile) -> None:
        """Remove a testimony."""
        del self.members[bisect_left(self.members, profile.order, key=_order_of)]
        self._consensus = None

    def consensus_before(self, order: Order) -> Consensus | None:
        """Return what those agree on that were printed before."""
        if not self.members or self.members[0].order >= order:
            return None
        if self.members[-1].order < order:
            if self._consensus is None:
                self._consensus = _agree(self.members)
            return self._consensus
        return _agree(self.members[: bisect_left(self.members, order, key=_order_of)])


def _order_of(profile: Profile) -> Order:
    return profile.order


def _agree(members: list[Profile]) -> Consensus:
    consensus = Consensus(members[0])
    for profile in members[1:]:
        consensus.add(profile)
    return consensus


class Shared:
    """What a testimony shares with a bundle, as evidence."""

    __slots__ = ("names", "story")

    def __init__(self) -> None:
        self.names = 0.0
        self.story = UNLIKELY_STORY * UNLIKELY


class Grouping:
    """All testimonies in their bundles, and the keys under which they are found."""

    def __init__(self) -> None:
        self.bundle_of: dict[Profile, Bundle] = {}
        self._posted: dict[Key, list[Profile]] = {}
        # Who would find a newcomer: by story, and by day and country.
        self._asked: dict[Key, list[Profile]] = {}
        self._watching: dict[tuple[str, int], dict[str | None, list[Profile]]] = {}
        self._last: Order = (-math.inf, 0.0, "", "", "", "")

    def add(self, profiles: Iterable[Profile]) -> tuple[dict[Bundle, None], list[Profile]]:
        """Take in new testimonies; return the bundles that changed, and who moved between them."""
        waiting: list[Order] = []
        pending: dict[Order, Profile] = {}
        touched: dict[Bundle, None] = {}
        moved: list[Profile] = []
        for profile in profiles:
            pending[profile.order] = profile
            heapq.heappush(waiting, profile.order)
        while waiting:
            order = heapq.heappop(waiting)
            profile = pending.pop(order)
            before = self.bundle_of.get(profile)
            after = self._decide(profile)
            if after is before:
                continue
            if before is None:
                self._index(profile)
            else:
                moved.append(profile)
            for bundle in (before, after):
                if bundle is not None:
                    touched[bundle] = None
            self._move(profile, before, after)
            if order > self._last:
                self._last = order
                continue
            for later in self._askers(profile, before, after):
                if later.order not in pending:
                    pending[later.order] = later
                    heapq.heappush(waiting, later.order)
        return touched, moved

    def _index(self, profile: Profile) -> None:
        for key in profile.find_posts():
            insort(self._posted.setdefault(key, []), profile, key=_order_of)
        days = profile.find_days()
        for day in range(days.start - 1, days.stop + 1) if days else ():
            watching = self._watching.setdefault((profile.group, day), {})
            insort(watching.setdefault(profile.country, []), profile, key=_order_of)
        for story in profile.stories:
            key = (profile.group, "story", story)
            insort(self._asked.setdefault(key, []), profile, key=_order_of)

    def _move(self, profile: Profile, before: Bundle | None, after: Bundle) -> None:
        if before is not None:
            before.take(profile)
        if profile not in after.members[:1]:
            after.put(profile)
        self.bundle_of[profile] = after

    def _decide(self, profile: Profile) -> Bundle:
        """Return the bundle the testimony belongs to: an earlier one, its own, or a new one."""
        best: Bundle | None = None
        highest = second = THRESHOLD
        for bundle, shared in self._find_candidates(profile).items():
            consensus = bundle.consensus_before(profile.order)
            if consensus is None:
                continue
            story = shared.story if profile.testimony.is_main and profile.stories else 0.0
            score = match_profile(profile, consensus, shared.names, story)
            if score > highest:
                best, highest, second = bundle, score, highest
            elif score > second:
                second = score
        if best is not None and (not _is_loose(profile) or highest - second >= CLEAR_LEAD):
            return best
        own = self.bundle_of.get(profile)
        if own is not None and own.members[0] is profile:
            return own
        return Bundle(profile)

    def _find_candidates(self, profile: Profile) -> dict[Bundle, Shared]:
        """Return the bundles with an earlier testimony under one of the keys, and what is shared.

        A name counts the less the more incidents it is named in, a story the less the more
        incidents it has.
        """
        found: dict[Bundle, Shared] = {}
        for key in profile.find_asks():
            earlier = self._find_earlier(key, profile.order)
            if not earlier:
                continue
            met = dict.fromkeys(self.bundle_of[other] for other in earlier)
            for bundle in met:
                if bundle not in found:
                    found[bundle] = Shared()
            if key[1] == "story":
                odds = profile.stories[str(key[2])]
                weight = LIKELY_STORY * odds / len(met) if odds > 0 else UNLIKELY_STORY * odds
                for bundle in met:
                    found[bundle].story = max(found[bundle].story, weight)
            elif key[1] in ("name", "spot") and len(met) <= NAME_IN_INCIDENTS:
                weight = SHARED_NAME if key[1] == "name" else SHARED_SPOT
                for bundle in met:
                    found[bundle].names += weight / len(met)
        return found

    def _find_earlier(self, key: Key, order: Order) -> list[Profile]:
        posted = self._posted.get(key)
        if posted is None:
            return []
        end = len(posted)
        if posted[-1].order >= order:
            end = bisect_left(posted, order, key=_order_of)
        is_broad = isinstance(key[1], int) and str(key[2])[0] in "*<?"
        return posted[max(0, end - (BROAD_LATEST if is_broad else LATEST)) : end]

    def _askers(self, profile: Profile, before: Bundle | None, after: Bundle) -> list[Profile]:
        """Return the later testimonies that could have found a bundle which has changed."""
        found: dict[Profile, None] = {}
        members = {profile: None}
        for bundle in (before, after):
            if bundle is not None:
                members.update(dict.fromkeys(bundle.members))
        watched: dict[tuple[str, int, str | None], None] = {}
        for member in members:
            for key in member.find_posts():
                if isinstance(key[1], int):
                    watched[(member.group, key[1], member.country)] = None
                else:
                    asked = self._asked if key[1] == "story" else self._posted
                    found.update(dict.fromkeys(_after(asked.get(key, ()), profile.order)))
        for group, day, country in watched:
            watching = self._watching.get((group, day), {})
            for where in watching if country is None else (country, None):
                found.update(dict.fromkeys(_after(watching.get(where, ()), profile.order)))
        found.pop(profile, None)
        return list(found)


def _after(profiles: Sequence[Profile], order: Order) -> Sequence[Profile]:
    return profiles[bisect_left(profiles, order, key=_order_of) :]


def _is_loose(profile: Profile) -> bool:
    return profile.is_vague or profile.place is None
