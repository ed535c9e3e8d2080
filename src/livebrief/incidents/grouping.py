"""Which testimonies tell of one incident: the same answer in whichever order they come in.

Testimonies are taken in the order in which they were printed, each joining the incident that most
speaks for, or founding one.  One that comes in late is put where it belongs in that order, and only
those decisions are taken again that it can have changed.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from operator import attrgetter

from livebrief.incidents.consensus import Consensus
from livebrief.incidents.matching import (
    LIKELY_STORY,
    SHARED_NAME,
    SHARED_SPOT,
    THRESHOLD,
    UNLIKELY_STORY,
    find_rest,
    match_profile,
)
from livebrief.incidents.profiles import UNDECIDED, UNLIKELY, Key, Order, Profile, Verdict
from livebrief.model import Incident

# A name or story under which more was told than this is looked up from its latest reports only.
LATEST = 48
# Under a day and a whole country (or none) even fewer: there, only a day's last reports are near.
BROAD_LATEST = 16

# Named in more incidents than this, somebody speaks for the police or rules a country.
NAME_IN_INCIDENTS = 4

# A report of so much earlier says nothing to a later one any more, so that nobody need remember it.
# Trials come late: on the development incidents B3 F1 is .914 without an end, .913 with 550 days,
# .910 with 400, .901 with 180.
WINDOW = 550 * 86_400.0

# Of so many incidents what their reports agree on is remembered; it can be worked out again.
MOST_AGREED = 20_000

# A testimony without a day or place of its own joins only what fits best by so much.
CLEAR_LEAD = 0.5


class Bundle:
    """Testimonies that tell of one incident, in their order."""

    __slots__ = ("_agreed", "_whole", "id", "incident", "members")

    def __init__(self, founder: Profile) -> None:
        self.members = [founder]
        self.id: str | None = None
        self.incident: Incident | None = None
        """What the ledger made of it, as far as it holds it."""
        self._whole: Consensus | None = None
        self._agreed: tuple[int, Consensus] | None = None
        """What so many of the first members agree on: those who come late ask for it in turn."""

    def put(self, profile: Profile) -> None:
        """Add a testimony at its place."""
        if profile.order > self.members[-1].order:
            self.members.append(profile)
            if self._whole is not None:
                self._whole.add(profile)
                self._whole.settle()
        else:
            insort(self.members, profile, key=_order_of)
            self.forget()

    def take(self, profile: Profile) -> None:
        """Remove a testimony."""
        del self.members[bisect_left(self.members, profile.order, key=_order_of)]
        self.forget()

    def forget(self) -> None:
        """Let go of what can be worked out again."""
        self._whole = self._agreed = None

    def consensus_before(self, order: Order) -> Consensus | None:
        """Return what those agree on that were printed before."""
        members = self.members
        if not members or members[0].order >= order:
            return None
        if members[-1].order < order:
            if self._whole is None:
                self._whole = _agree(Consensus(members[0]), members[1:])
            return self._whole
        count = bisect_left(members, order, key=_order_of)
        held, consensus = self._agreed or (count + 1, None)
        if consensus is None or held > count:
            consensus = _agree(Consensus(members[0]), members[1:count])
        elif held < count:
            consensus = _agree(consensus, members[held:count])
        self._agreed = count, consensus
        return consensus


_order_of = attrgetter("order")


def _agree(consensus: Consensus, members: list[Profile]) -> Consensus:
    for profile in members:
        consensus.add(profile)
    consensus.settle()
    return consensus


class Shared:
    """What a testimony shares with a bundle, as evidence."""

    __slots__ = ("names", "story")

    def __init__(self) -> None:
        self.names = 0.0
        self.story = UNLIKELY_STORY * UNLIKELY

    def count(self, key: Key, profile: Profile, met: int) -> None:
        """Count a key that is shared with so many incidents.

        A name counts the less the more incidents it is named in, a story the less the more
        incidents it has.
        """
        _, kind, which = key
        if kind == "story":
            odds = profile.stories[which]
            weight = LIKELY_STORY * odds / met if odds > 0 else UNLIKELY_STORY * odds
            self.story = max(self.story, weight)
        elif kind != "site" and met <= NAME_IN_INCIDENTS:
            self.names += (SHARED_NAME if kind == "name" else SHARED_SPOT) / met


class Sway(IntEnum):
    """What a newcomer, or one that moved, can do to a later testimony that finds its bundle."""

    OF_BUNDLE = 0
    """Only the bundles that have changed may speak more or less for themselves."""
    LESS = 1
    """Those that share a name or a story may also speak less than before."""
    ANY = 2


Day = tuple[str, int]
"""A group of kinds, and a day."""


class Grouping:
    """All testimonies in their bundles, and the keys under which they are found."""

    def __init__(self) -> None:
        self.bundle_of: dict[Profile, Bundle] = {}
        self._days: dict[Day, dict[str, list[Profile]]] = {}
        """Of each day, under each token of a place, who tells of it."""
        self._posted: dict[Key, list[Profile]] = {}
        """Under each name, spot, site and story, who tells of it."""
        # Who would find a newcomer: by story, and by day and country.
        self._asked: dict[Key, list[Profile]] = {}
        self._watching: dict[Day, dict[str | None, list[Profile]]] = {}
        self._agreed: dict[Bundle, None] = {}
        self._last: Order = (-math.inf, 0.0, "", "", "", "")

    def restore(self, bundle: Bundle) -> None:
        """Take in testimonies that are known to tell of one incident."""
        for profile in bundle.members:
            self.bundle_of[profile] = bundle
            self._index(profile)
        self._last = max(self._last, bundle.members[-1].order)

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
            for later, sway in self._find_askers(profile, before, after).items():
                if later.order not in pending and self._is_swayed(later, sway, before, after):
                    pending[later.order] = later
                    heapq.heappush(waiting, later.order)
        return touched, moved

    def _index(self, profile: Profile) -> None:
        for day in profile.posted_days:
            tokens = self._days.setdefault((profile.group, day), {})
            for token in profile.tokens:
                _insert(tokens.setdefault(token, []), profile)
        for key in profile.find_posts():
            _insert(self._posted.setdefault(key, []), profile)
        for day in profile.asked_days:
            watching = self._watching.setdefault((profile.group, day), {})
            _insert(watching.setdefault(profile.country, []), profile)
        for story in profile.stories:
            _insert(self._asked.setdefault((profile.group, "story", story), []), profile)

    def _move(self, profile: Profile, before: Bundle | None, after: Bundle) -> None:
        if before is not None:
            before.take(profile)
        if profile not in after.members[:1]:
            after.put(profile)
        self.bundle_of[profile] = after

    def _decide(self, profile: Profile) -> Bundle:
        """Return the bundle the testimony belongs to: an earlier one, its own, or a new one."""
        first: Bundle | None = None
        runner_up: Bundle | None = None
        highest = second = THRESHOLD
        rest = find_rest(profile)
        for bundle, shared in self._find_candidates(profile).items():
            score = self._compare(profile, bundle, shared, rest)
            if score > highest:
                first, highest, runner_up, second = bundle, score, first, highest
            elif score > second:
                runner_up, second = bundle, score
        profile.verdict = Verdict(first, highest, runner_up, second)
        if first is not None and (not _is_loose(profile) or highest - second >= CLEAR_LEAD):
            return first
        own = self.bundle_of.get(profile)
        if own is not None and own.members[0] is profile:
            return own
        return Bundle(profile)

    def _is_swayed(
        self, profile: Profile, sway: Sway, before: Bundle | None, after: Bundle
    ) -> bool:
        """Tell whether two bundles that have changed can change what was decided of a testimony.

        Its verdict keeps the score of what it found best and a bound for all others, so that most
        need not be decided again.  A loose one, which joins by how far the two lie apart, keeps
        both as they are.
        """
        first, highest, runner_up, second = profile.verdict
        assert first is None or isinstance(first, Bundle)
        if sway is Sway.ANY or profile.verdict is UNDECIDED:
            return True
        if before is not None and before is first:
            return True
        scores = {
            bundle: self._compare(profile, bundle, self._find_shared(profile, bundle))
            for bundle in (before, after)
            if bundle is not None
        }
        if _is_loose(profile):
            return (sway is Sway.LESS and first is not None) or any(
                bundle in (first, runner_up) or score > second or score == highest > THRESHOLD
                for bundle, score in scores.items()
            )
        if first is not None and first not in scores and sway is Sway.LESS:
            scores[first] = self._compare(profile, first, self._find_shared(profile, first))
        highest = scores.pop(first, highest) if first is not None else highest
        second = max(second, *scores.values()) if scores else second
        if first is None:
            return second > THRESHOLD
        profile.verdict = Verdict(first, highest, None, second)
        return highest <= second

    def _compare(
        self, profile: Profile, bundle: Bundle, shared: Shared, rest: float = math.inf
    ) -> float:
        consensus = bundle.consensus_before(profile.order)
        if consensus is None:
            return -math.inf
        self._agreed[bundle] = None
        if len(self._agreed) > MOST_AGREED:
            oldest = next(iter(self._agreed))
            del self._agreed[oldest]
            oldest.forget()
        story = shared.story if profile.testimony.is_main and profile.stories else 0.0
        return match_profile(profile, consensus, shared.names, story, rest)

    def _find_candidates(self, profile: Profile) -> dict[Bundle, Shared]:
        """Return the bundles with an earlier testimony under a key, and what is shared."""
        found: dict[Bundle, Shared] = {}
        bundle_of = self.bundle_of
        for told in self._find_told(profile):
            for other in told:
                bundle = bundle_of[other]
                if bundle not in found:
                    found[bundle] = Shared()
        for key in profile.find_asks():
            posted = self._posted.get(key)
            if posted is None:
                continue
            met = dict.fromkeys(bundle_of[other] for other in _before(posted, profile.order))
            if not met:
                continue
            for bundle in met:
                if bundle not in found:
                    found[bundle] = Shared()
                found[bundle].count(key, profile, len(met))
        return found

    def _find_shared(self, profile: Profile, bundle: Bundle) -> Shared:
        """Return what `_find_candidates` says of one bundle."""
        shared = Shared()
        for key in profile.find_asks():
            posted = self._posted.get(key)
            if posted is not None:
                met = {self.bundle_of[other] for other in _before(posted, profile.order)}
                if bundle in met:
                    shared.count(key, profile, len(met))
        return shared

    def _find_told(self, profile: Profile) -> Iterator[Sequence[Profile]]:
        """Yield who tells of the testimony's days and place, or of what they may lie in."""
        for day in profile.asked_days:
            tokens = self._days.get((profile.group, day))
            if tokens is not None:
                for token in profile.sought:
                    told = tokens.get(token)
                    if told is not None:
                        yield _before(told, profile.order, _most_of(token))

    def _find_askers(
        self, profile: Profile, before: Bundle | None, after: Bundle
    ) -> dict[Profile, Sway]:
        """Return the later testimonies that find a bundle which has changed.

        What they do not find says nothing to them.
        """
        members = dict.fromkeys([profile, *(before.members if before else ()), *after.members])
        tokens_of: dict[Day, set[str]] = {}
        countries: dict[Day, set[str | None]] = {}
        keys: dict[Key, None] = {}
        for member in members:
            for number in member.posted_days:
                tokens_of.setdefault((member.group, number), set()).update(member.tokens)
                countries.setdefault((member.group, number), set()).add(member.country)
            keys.update(dict.fromkeys(member.find_posts()))
        found: dict[Profile, Sway] = {}
        for key in keys:
            posted = self._posted[key]
            asked = self._asked[key] if key[1] == "story" else posted
            for later in _after(asked, profile.order):
                if found.get(later, Sway.OF_BUNDLE) < Sway.ANY:
                    sway = self._find_sway(posted, LATEST, later, profile, before, after, key[1])
                    if sway is not None:
                        found[later] = max(sway, found.get(later, sway))
        for day, tokens in tokens_of.items():
            told = self._days[day]
            for country, watchers in self._watching.get(day, {}).items():
                if country is not None and countries[day].isdisjoint((country, None)):
                    continue
                for later in _after(watchers, profile.order):
                    if found.get(later, Sway.OF_BUNDLE) < Sway.ANY:
                        for token in later.sought:
                            if token in tokens:
                                most = _most_of(token)
                                sway = self._find_sway(
                                    told[token], most, later, profile, before, after, "day"
                                )
                                if sway is not None:
                                    found[later] = max(sway, found.get(later, sway))
        found.pop(profile, None)
        return found

    def _find_sway(
        self,
        posted: Sequence[Profile],
        most: int,
        later: Profile,
        profile: Profile,
        before: Bundle | None,
        after: Bundle,
        kind: str,
    ) -> Sway | None:
        """Return what a change does under one key of a later testimony, `None` if nothing."""
        start, end = _window(posted, later.order, most)
        bundle_of = self.bundle_of
        met = [bundle_of[other] for other in posted[start:end]]
        if after not in met and (before is None or before not in met):
            return None
        is_weighed = kind not in ("day", "site")
        if before is not None:
            return Sway.ANY if is_weighed else Sway.OF_BUNDLE
        if 0 < start == end - most and profile in posted[start:end]:
            # It has taken the place of another, which is not found any more.
            lost = bundle_of[posted[start - 1]]
            if is_weighed or lost in (later.verdict.first, later.verdict.runner_up):
                return Sway.ANY
        if is_weighed and met.count(after) == 1 and profile in posted[start:end]:
            return Sway.LESS
        return Sway.OF_BUNDLE


def _insert(profiles: list[Profile], profile: Profile) -> None:
    if not profiles or profiles[-1].order < profile.order:
        profiles.append(profile)
    else:
        insort(profiles, profile, key=_order_of)


def _before(profiles: Sequence[Profile], order: Order, most: int = LATEST) -> Sequence[Profile]:
    """Return the last ones before an order, no more than so many, and none from long before."""
    start, end = _window(profiles, order, most)
    return profiles[start:end]


def _window(profiles: Sequence[Profile], order: Order, most: int) -> tuple[int, int]:
    end = len(profiles)
    if profiles[-1].order >= order:
        end = bisect_left(profiles, order, key=_order_of)
    start = max(0, end - most)
    # What has no moment at all comes last, and may be of any time.
    if start < end and profiles[start].order[0] < (first := order[0] - WINDOW) < math.inf:
        start = bisect_left(profiles, first, start, end, key=_printed)
    return start, end


def _printed(profile: Profile) -> float:
    return profile.order[0]


def _after(profiles: Sequence[Profile], order: Order) -> Sequence[Profile]:
    return profiles[bisect_left(profiles, order, key=_order_of) :]


def _most_of(token: str) -> int:
    return BROAD_LATEST if token[0] in "*<?" else LATEST


def _is_loose(profile: Profile) -> bool:
    return profile.is_vague or profile.place is None
