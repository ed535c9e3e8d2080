"""All testimonies, filed as they are learned: the incidents they tell of, and what changed."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from livebrief.incidents.changes import find_changes
from livebrief.incidents.composing import compose, identify_founder
from livebrief.incidents.grouping import WINDOW, Bundle, Grouping
from livebrief.incidents.profiles import UNDECIDED, Profile, printed_seconds, seconds_of
from livebrief.incidents.shelf import (
    Kept,
    Shelf,
    Witness,
    read_told,
    read_witnesses,
    write_witness,
)
from livebrief.incidents.testimonies import Silence, Testimony
from livebrief.model import Change, Incident

ProfileKey = tuple[str, str, str]

# With a shelf, what has left the window is let go of as soon as memory holds twice as much as the
# last time, and so many testimonies (some 6 kB each): on average each is looked at once more.
LET_GO_FROM = 20_000
# The window reaches back from the earliest printed of so many filed last: one page with a date in
# the future lets go of nothing.
RECENT = 1_000
# So many incidents are held as made last; with a shelf the others can be had from there.
MOST_MADE = 20_000


class Filing(Struct, frozen=True, kw_only=True):
    """What a filing changed."""

    incidents: tuple[Incident, ...]
    """Those touched, as they now stand."""
    gone: tuple[str, ...]
    """Ids that no incident has any more: taken back, or one with another now."""
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...] = ()
    """What the ledger's shelf is to keep, where it has one."""


def merge_testimonies(testimonies: Iterable[Witness]) -> tuple[Incident, ...]:
    """Return the incidents the testimonies tell of, in whatever order, or however often, given."""
    ledger = Ledger()
    ledger.file(tuple(testimonies))
    return ledger.all()


class Ledger:
    """The testimonies filed so far, and the incidents they make.

    A newer revision of an article takes the place of the older one: what only the older one said
    leaves the values, but still helps to tell which incident is meant, so that ids stay.

    With a `shelf` memory holds no more than what a testimony can find: all that was printed from
    one moment on, and every incident told of then, whole.  A testimony that comes from before is
    no exception: what it can find is taken from the shelf first.
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.article_of: dict[str, str] = {}
        """The article of each event."""
        self._shelf = shelf
        self._reached = math.inf
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._let_go_at = LET_GO_FROM
        self._made: dict[Bundle, None] = {}
        self._revisions: dict[str, dict[str, Rank]] = {}
        self._standing: dict[str, str] = {}
        self._clear()

    def _clear(self) -> None:
        self._grouping = Grouping()
        self.article_of.clear()
        self._profiles: dict[ProfileKey, Profile] = {}
        self._of_article: dict[str, list[Profile]] = {}
        self._linking: dict[ProfileKey, list[Profile]] = {}
        self._bundles: dict[str, Bundle] = {}

    def file(self, testimonies: Iterable[Witness]) -> Filing:
        """Take in testimonies, of one article or of many; return what they changed."""
        witnesses = tuple(testimonies)
        if not witnesses:
            return Filing(incidents=(), gone=(), changes=())
        if self._shelf is not None:
            self._reach(self._shelf, witnesses)
        profiles, restated = self._admit(witnesses)
        touched, moved = self._grouping.add(profiles)
        for profile in (*profiles, *restated):
            touched[self._grouping.bundle_of[profile]] = None
        filing = self._renew(touched, profiles, moved, max(witnesses, key=_rank))
        if self._shelf is None:
            return filing
        self._let_go()
        return structs.replace(filing, kept=tuple(_keep(witnesses, touched)))

    def incidents(self, ids: Iterable[str]) -> tuple[Incident, ...]:
        """Return the incidents with these ids, those that there are."""
        found = (self._incident_of(self._bundles[each]) for each in ids if each in self._bundles)
        return tuple(incident for incident in found if incident is not None)

    def of_event(self, event_id: str) -> Incident | None:
        """Return the incident an event tells of; `None` for what is no incident, or superseded."""
        article = self.article_of.get(event_id)
        if article is None:
            return None
        profile = self._profiles.get((article, self._standing[article], event_id))
        return None if profile is None else self._incident_of(self._grouping.bundle_of[profile])

    def all(self) -> tuple[Incident, ...]:
        """Return all incidents held, in the order of their first reports."""
        bundles = sorted(self._bundles.values(), key=lambda bundle: bundle.members[0].order)
        found = (self._incident_of(bundle) for bundle in bundles)
        return tuple(incident for incident in found if incident is not None)

    # -- memory and shelf

    def _reach(self, shelf: Shelf, witnesses: Iterable[Witness]) -> None:
        """Take from the shelf what these can find, and what their articles told before."""
        first = math.inf
        for witness in witnesses:
            first = min(first, printed_seconds(witness))
        for article in dict.fromkeys(witness.article for witness in witnesses):
            told = shelf.told_by(article)
            for incident_id, _ in told:
                if incident_id:
                    self._take_down(shelf, incident_id)
            ranks = self._revisions.setdefault(article, {})
            for witness in read_told(told):
                ranks[witness.revision] = max(
                    _rank(witness), ranks.get(witness.revision, _rank(witness))
                )
            if told:
                self._standing[article] = max(ranks, key=lambda revision: ranks[revision])
        self._recent.append(first)
        if first - WINDOW < self._reached:
            for incident_id in shelf.incidents_printed(first - WINDOW, self._reached):
                self._take_down(shelf, incident_id)
            self._reached = first - WINDOW

    def _take_down(self, shelf: Shelf, incident_id: str) -> None:
        """Hold an incident's testimonies again."""
        if incident_id in self._bundles:
            return
        members = [Profile(each) for each in read_witnesses(shelf.witnesses_of(incident_id))]
        members.sort(key=lambda profile: profile.order)
        bundle = Bundle(members[0])
        bundle.members = members
        bundle.id = incident_id
        self._bundles[incident_id] = bundle
        for profile in members:
            profile.told_of = incident_id
            self._note(profile)
            article, revision = profile.page
            if article not in self._revisions:
                others = read_told(shelf.other_revisions(article, revision))
                ranks = {witness.revision: _rank(witness) for witness in others}
                ranks[revision] = _rank(profile.testimony)
                self._revisions[article] = ranks
                self._standing[article] = max(ranks, key=lambda revision: ranks[revision])
        self._grouping.restore(bundle)

    def _let_go(self) -> None:
        """Forget what no testimony can find any more."""
        if len(self._profiles) < self._let_go_at:
            return
        first = min(self._recent) - WINDOW
        kept = {
            id: bundle
            for id, bundle in self._bundles.items()
            if bundle.members[-1].order[0] >= first
        }
        self._clear()
        self._bundles = kept
        known: set[object] = {None, *kept.values()}
        for bundle in kept.values():
            for profile in bundle.members:
                self._note(profile)
                if not known.issuperset((profile.verdict.first, profile.verdict.runner_up)):
                    profile.verdict = UNDECIDED
            self._grouping.restore(bundle)
        self._made = {bundle: None for bundle in self._made if bundle in known}
        self._revisions = {article: self._revisions[article] for article in self._of_article}
        self._standing = {article: self._standing[article] for article in self._of_article}
        self._reached = max(self._reached, first)
        self._let_go_at = max(LET_GO_FROM, 2 * len(self._profiles))

    def _incident_of(self, bundle: Bundle) -> Incident | None:
        if bundle.incident is None and self._shelf is not None and bundle.id is not None:
            bundle.incident = self._shelf.find_incident(bundle.id)
            self._hold(bundle)
        return bundle.incident

    def _hold(self, bundle: Bundle) -> None:
        if self._shelf is not None:
            self._made[bundle] = None
            if len(self._made) > MOST_MADE:
                oldest = next(iter(self._made))
                del self._made[oldest]
                oldest.incident = None

    def _note(self, profile: Profile) -> None:
        article, revision = profile.page
        self._profiles[profile.key] = profile
        self._of_article.setdefault(article, []).append(profile)
        self.article_of[profile.key[2]] = article
        for link in profile.testimony.event.links:
            self._linking.setdefault((article, revision, link.event), []).append(profile)

    # -- what a filing does

    def _admit(self, testimonies: Iterable[Witness]) -> tuple[list[Profile], list[Profile]]:
        """Return the new profiles, and the old ones whose article has now another standing."""
        profiles: list[Profile] = []
        articles: dict[str, str | None] = {}
        for testimony in testimonies:
            article, revision = testimony.article, testimony.revision
            articles.setdefault(article, self._standing.get(article))
            ranks = self._revisions.setdefault(article, {})
            rank = _rank(testimony)
            ranks[revision] = max(rank, ranks.get(revision, rank))
            if isinstance(testimony, Silence):
                continue
            profile = Profile(testimony)
            if profile.key in self._profiles:
                continue
            self._note(profile)
            profiles.append(profile)
        restated: list[Profile] = []
        new = {profile.key for profile in profiles}
        for article, before in articles.items():
            ranks = self._revisions[article]
            self._standing[article] = max(ranks, key=lambda revision: ranks[revision])
            if before is not None and before != self._standing[article]:
                restated += [
                    each for each in self._of_article.get(article, ()) if each.key not in new
                ]
        return profiles, restated

    def _renew(
        self,
        touched: dict[Bundle, None],
        profiles: list[Profile],
        moved: list[Profile],
        latest: Witness,
    ) -> Filing:
        """Compose the touched incidents anew, and those whose links lead to them."""
        before = {bundle: self._incident_of(bundle) for bundle in touched}
        gone = {incident.id: None for incident in before.values() if incident is not None}
        for bundle in touched:
            if bundle.id is not None:
                del self._bundles[bundle.id]
        standing: dict[Bundle, list[Profile]] = {}
        renamed: list[Profile] = [*profiles, *moved]
        for bundle, held in before.items():
            bundle.incident = bundle.id = None
            if not bundle.members:
                continue
            bundle.id = identify_founder(bundle.members[0])
            self._bundles[bundle.id] = bundle
            members = [each for each in bundle.members if self._is_standing(each)]
            if members:
                standing[bundle] = members
                gone.pop(bundle.id, None)
                if held is not None and held.id != bundle.id:
                    renamed += members
        for target in renamed:
            for profile in self._linking.get(target.key, ()):
                bundle = self._grouping.bundle_of[profile]
                held = None if bundle in before else self._incident_of(bundle)
                if held is not None:
                    before[bundle] = held
                    standing[bundle] = [each for each in bundle.members if self._is_standing(each)]
        incidents: list[Incident] = []
        for bundle, members in standing.items():
            assert bundle.id is not None
            bundle.incident = compose(bundle.id, members, self._find_incident)
            self._hold(bundle)
            incidents.append(bundle.incident)
        return Filing(
            incidents=tuple(incidents),
            gone=tuple(gone),
            changes=self._find_changes(before, profiles, latest),
        )

    def _find_changes(
        self, before: dict[Bundle, Incident | None], profiles: list[Profile], latest: Witness
    ) -> tuple[Change, ...]:
        told: dict[Bundle, list[Testimony]] = {}
        for profile in sorted(profiles, key=lambda profile: profile.order):
            if self._is_standing(profile):
                bundle = self._grouping.bundle_of[profile]
                told.setdefault(bundle, []).append(profile.testimony)
        return tuple(
            change
            for bundle, held in before.items()
            for change in find_changes(
                held,
                bundle.incident,
                told.get(bundle, ()),
                reported_at=latest.printed_at,
                learned_at=latest.learned_at,
            )
        )

    def _is_standing(self, profile: Profile) -> bool:
        return self._standing[profile.key[0]] == profile.key[1]

    def _find_incident(self, profile: Profile, event_id: str) -> str | None:
        """Return the id of the incident that a link of this testimony leads to."""
        target = self._profiles.get((*profile.key[:2], event_id))
        if target is not None:
            return identify_founder(self._grouping.bundle_of[target].members[0])
        return self._shelf.incident_told(*profile.page, event_id) if self._shelf else None


def _keep(witnesses: Iterable[Witness], touched: Iterable[Bundle]) -> Iterator[Kept]:
    """Yield what is new, or tells of an incident of another name than before."""
    for bundle in touched:
        for profile in bundle.members:
            if bundle.id is not None and profile.told_of != bundle.id:
                article, revision, event = profile.key
                yield Kept(
                    article=article,
                    revision=revision,
                    event=event,
                    printed=profile.order[0],
                    incident=bundle.id,
                    witness=write_witness(profile.testimony) if profile.told_of is None else None,
                )
                profile.told_of = bundle.id
    for witness in witnesses:
        if isinstance(witness, Silence):
            yield Kept(
                article=witness.article,
                revision=witness.revision,
                event="",
                printed=printed_seconds(witness),
                incident="",
                witness=write_witness(witness),
            )


Rank = tuple[float, float, float, str]


def _rank(testimony: Witness) -> Rank:
    """Return what tells the newer of two revisions of one article."""
    return (
        seconds_of(None, testimony.learned_at),
        seconds_of(None, testimony.modified_at),
        seconds_of(testimony.printed_at, None),
        testimony.revision,
    )
