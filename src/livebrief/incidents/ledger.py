"""All testimonies, filed as they are learned: the incidents they tell of, and what changed."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from livebrief.incidents.changes import find_changes
from livebrief.incidents.composing import compose, identify_founder
from livebrief.incidents.grouping import Bundle, Grouping
from livebrief.incidents.profiles import Profile, seconds_of
from livebrief.incidents.testimonies import Silence, Testimony
from livebrief.model import Change, Incident

ProfileKey = tuple[str, str, str]


class Filing(Struct, frozen=True, kw_only=True):
    """What a filing changed."""

    incidents: tuple[Incident, ...]
    """Those touched, as they now stand."""
    gone: tuple[str, ...]
    """Ids that no incident has any more: taken back, or one with another now."""
    changes: tuple[Change, ...]


Witness = Testimony | Silence


def merge_testimonies(testimonies: Iterable[Witness]) -> tuple[Incident, ...]:
    """Return the incidents the testimonies tell of, in whatever order, or however often, given."""
    ledger = Ledger()
    ledger.file(tuple(testimonies))
    return ledger.all()


class Ledger:
    """The testimonies filed so far, and the incidents they make.

    A newer revision of an article takes the place of the older one: what only the older one said
    leaves the values, but still helps to tell which incident is meant, so that ids stay.
    """

    def __init__(self) -> None:
        self.article_of: dict[str, str] = {}
        """The article of each event."""
        self._grouping = Grouping()
        self._profiles: dict[ProfileKey, Profile] = {}
        self._revisions: dict[str, dict[str, Rank]] = {}
        self._standing: dict[str, str] = {}
        self._of_article: dict[str, list[Profile]] = {}
        self._linking: dict[ProfileKey, list[Profile]] = {}
        self._incident_of: dict[Bundle, Incident] = {}
        self._bundles: dict[str, Bundle] = {}

    def file(self, testimonies: Iterable[Witness]) -> Filing:
        """Take in testimonies, of one article or of many; return what they changed."""
        witnesses = tuple(testimonies)
        if not witnesses:
            return Filing(incidents=(), gone=(), changes=())
        profiles, restated = self._admit(witnesses)
        touched, moved = self._grouping.add(profiles)
        for profile in (*profiles, *restated):
            touched[self._grouping.bundle_of[profile]] = None
        return self._renew(touched, profiles, moved, max(witnesses, key=_rank))

    def incidents(self, ids: Iterable[str]) -> tuple[Incident, ...]:
        """Return the incidents with these ids, those that there are."""
        return tuple(
            self._incident_of[self._bundles[each]] for each in ids if each in self._bundles
        )

    def of_event(self, event_id: str) -> Incident | None:
        """Return the incident an event tells of; `None` for what is no incident, or superseded."""
        article = self.article_of.get(event_id)
        if article is None:
            return None
        profile = self._profiles.get((article, self._standing[article], event_id))
        return None if profile is None else self._incident_of[self._grouping.bundle_of[profile]]

    def all(self) -> tuple[Incident, ...]:
        """Return all incidents, in the order of their first reports."""
        bundles = sorted(self._incident_of, key=lambda bundle: bundle.members[0].order)
        return tuple(self._incident_of[bundle] for bundle in bundles)

    def _admit(self, testimonies: Iterable[Witness]) -> tuple[list[Profile], list[Profile]]:
        """Return the new profiles, and the old ones whose article has now another standing."""
        profiles: list[Profile] = []
        articles: dict[str, str | None] = {}
        for testimony in testimonies:
            article, revision = testimony.article, testimony.revision
            articles.setdefault(article, self._standing.get(article))
            ranks = self._revisions.setdefault(article, {})
            ranks[revision] = max(_rank(testimony), ranks.get(revision, _rank(testimony)))
            if isinstance(testimony, Silence):
                continue
            profile = Profile(testimony)
            if profile.key in self._profiles:
                continue
            self._profiles[profile.key] = profile
            self._of_article.setdefault(article, []).append(profile)
            self.article_of[testimony.event.id] = article
            for link in testimony.event.links:
                self._linking.setdefault((article, revision, link.event), []).append(profile)
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
        before = {bundle: self._incident_of.pop(bundle, None) for bundle in touched}
        gone = {incident.id: None for incident in before.values() if incident is not None}
        for incident_id in gone:
            self._bundles.pop(incident_id, None)
        standing: dict[Bundle, list[Profile]] = {}
        renamed: list[Profile] = [*profiles, *moved]
        for bundle, held in before.items():
            members = [each for each in bundle.members if self._is_standing(each)]
            if members:
                standing[bundle] = members
                incident_id = identify_founder(bundle.members[0])
                self._bundles[incident_id] = bundle
                gone.pop(incident_id, None)
                if held is not None and held.id != incident_id:
                    renamed += members
        for target in renamed:
            for profile in self._linking.get(target.key, ()):
                bundle = self._grouping.bundle_of[profile]
                if bundle in self._incident_of and bundle not in before:
                    before[bundle] = self._incident_of[bundle]
                    standing[bundle] = [each for each in bundle.members if self._is_standing(each)]
        incidents: list[Incident] = []
        for bundle, members in standing.items():
            incident_id = identify_founder(bundle.members[0])
            incident = compose(incident_id, members, self._find_incident)
            self._incident_of[bundle] = incident
            incidents.append(incident)
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
                self._incident_of.get(bundle),
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
        if target is None:
            return None
        return identify_founder(self._grouping.bundle_of[target].members[0])


Rank = tuple[float, float, float, str]


def _rank(testimony: Witness) -> Rank:
    """Return what tells the newer of two revisions of one article."""
    return (
        seconds_of(None, testimony.learned_at),
        seconds_of(None, testimony.modified_at),
        seconds_of(testimony.printed_at, None),
        testimony.revision,
    )
