"""The victims of one event: told over many sentences, counted once.

Groups ("two men were killed") give totals: the largest stands.  Single people are kept apart by
name, age and sex, so that "the teen" of the fifth paragraph is the boy of the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.people import CHILDREN, FIGHTERS, GROWN, PERPETRATORS, Mention
from livebrief.events.tolls import Fate, Toll
from livebrief.model import Span

GRAVITY: tuple[Fate, ...] = ("shot", "injured", "killed")

# A text may tell of the same dead as "a man" again within so many sentences; chosen on
# casualties/gva, as is that the hurt are told of again anywhere.
RETOLD = 6


class Victim(Struct, kw_only=True):
    """One person, as far as the text tells."""

    fate: Fate
    span: Span
    line: int
    first_line: int
    sex: str | None = None
    age: int | None = None
    name: tuple[str, ...] = ()
    is_child: bool | None = None
    is_more: bool = False
    is_self: bool = False
    ordinal: int = 0


class Group(Struct, frozen=True, kw_only=True):
    """People counted together, as one sentence tells it."""

    fate: Fate
    low: int | None
    high: int | None
    about: bool
    span: Span
    unit: str | None
    line: int
    is_more: bool = False
    is_part: bool = False
    is_rival: bool = False
    is_deed: bool = False
    is_perpetrators: bool = False
    """Attackers among the dead are told apart from their victims."""
    parts: tuple[tuple[Mention, Span], ...] = ()


class Sum(Struct, frozen=True, kw_only=True):
    """How many met one fate, by which words."""

    low: int | None
    high: int | None
    about: bool
    span: Span
    unit: str | None = None
    composed_from: tuple[Span, ...] = ()


class Victims:
    """Takes tolls in reading order, answers with sums."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.people: list[Victim] = []
        self.groups: list[Group] = []
        self.implied: list[tuple[int, Span]] = []
        self.hit: list[tuple[int, Span]] = []
        self.self_killing: Span | None = None
        self.zeros: dict[Fate, Span] = {}
        self.perpetrators: frozenset[str] = PERPETRATORS
        self.early = -1
        """The last line of the beginning: its people are the event's for sure."""
        self._last: Victim | None = None
        self._has_text = False
        self._last_known: tuple[int, tuple[Mention, ...]] = (-1, ())
        """Whom the last toll tells of, and its line."""
        self._loose: list[tuple[Fate, Span]] = []
        """Persons told by a pronoun alone, of whom no other word is found."""
        self._told: dict[tuple[int, int], Victim] = {}
        """Of each mention, by line and word, whom it told of: one may meet two fates."""

    def add(self, line: Line, toll: Toll, *, order: int) -> None:
        """Take in what one sentence says became of some people."""
        known = [
            mention
            for mention in toll.people
            if not mention.is_pronoun or (mention.is_single and len(toll.people) > 1)
        ]
        if len(known) > 1 and all(mention.low is not None for mention in known):
            self._add_sum(line, toll, known, order)
        beside: list[Victim] = []
        for mention in toll.people:
            if mention.low == 0 and mention.high == 0:
                self.zeros.setdefault(
                    toll.fate,
                    line.span(mention.first, toll.last)
                    if toll.last > mention.first
                    else line.span(mention.first, mention.last),
                )
            elif mention.is_pronoun:
                self._add_pronoun(line, toll, mention, order)
            elif mention.is_single:
                self._add_person(line, toll, mention, order, beside)
            elif mention.low is not None or mention.high is not None:
                self._add_group(line, toll, mention, order, is_listed=len(known) > 1)
        self._has_text = self._has_text or line.part == "text"
        if known:
            self._last_known = (order, tuple(known))

    def _add_sum(self, line: Line, toll: Toll, known: list[Mention], order: int) -> None:
        highs = [mention.high for mention in known]
        self.groups.append(
            Group(
                fate=toll.fate,
                low=sum(mention.low or 0 for mention in known),
                high=None if None in highs else sum(high or 0 for high in highs),
                about=any(mention.about for mention in known),
                span=line.span(known[0].first, known[-1].last),
                unit=None,
                line=order,
                is_more=known[0].is_more,
                is_deed=toll.is_deed,
                parts=tuple((mention, line.span(mention.first, mention.last)) for mention in known),
            )
        )

    def _add_group(
        self, line: Line, toll: Toll, mention: Mention, order: int, *, is_listed: bool = False
    ) -> None:
        self.groups.append(
            Group(
                fate=toll.fate,
                low=mention.low,
                high=mention.high,
                about=mention.about,
                span=line.span(mention.first, mention.last),
                unit=mention.unit,
                line=order,
                # "His daughter and seven others": already in their sum.
                is_more=mention.is_more and not is_listed,
                is_part=mention.is_part,
                is_rival=toll.is_rival,
                is_perpetrators=mention.head in self.perpetrators,
                is_deed=toll.is_deed,
            )
        )

    def _add_pronoun(self, line: Line, toll: Toll, mention: Mention, order: int) -> None:
        if mention.low == 2:
            self._add_group(line, toll, mention, order)
            return
        if mention.head == "they" and toll.fate == "killed":
            told_at, told = self._last_known
            if told_at == order and len(told) > 1 and all(one.is_single for one in told):
                # "A man and a woman were taken to a hospital, where they died."
                self.add(line, replace(toll, people=told), order=order)
            return
        victim = self._last
        if mention.head in ("himself", "herself", "self"):
            if not any(other.is_self for other in self.people):
                self.people.append(
                    Victim(fate=toll.fate, span=line.span(mention.first, mention.last), line=order,
                           first_line=order, sex=mention.sex, is_self=True)
                )  # fmt: skip
            return
        if (
            victim is not None
            and mention.head in ("he", "she", "him", "her", "who")
            and order - victim.line <= 2
            and (victim.sex is None or mention.sex is None or victim.sex == mention.sex)
        ):
            victim.fate = _worse(victim.fate, toll.fate)
            victim.sex = victim.sex or mention.sex
        elif mention.head in ("he", "she", "him", "her"):
            self._loose.append((toll.fate, line.span(mention.first, mention.last)))

    def _add_person(
        self, line: Line, toll: Toll, mention: Mention, order: int, beside: list[Victim]
    ) -> None:
        is_child = True if mention.head in CHILDREN else (False if mention.head in GROWN else None)
        if mention.age is not None and is_child is None:
            is_child = mention.age < 13 or None
        # "The fifth man" is one of those told of, "a second man" one more.
        is_more = mention.is_more or (mention.ordinal > 1 and not mention.is_definite)
        if not (self._has_text if line.part == "text" else self.people or self.groups):
            # "A boy shot another teen": beside the boy, not beside a victim.
            is_more = is_more and mention.ordinal > 1
        if 1 < mention.ordinal <= sum(victim.fate == toll.fate for victim in self.people):
            is_more = False
        victim = self._told.get((order, mention.first))
        if victim is None and toll.is_self:
            victim = next((other for other in self.people if other.is_self), None)
        if victim is None:
            for other in self.people:
                if all(other is not one for one in beside) and self._is_same(
                    other, mention, is_child, order, is_more=is_more, fate=toll.fate
                ):
                    victim = other
                    break
        if victim is None:
            victim = Victim(fate=toll.fate, span=line.span(mention.first, mention.last), line=order,
                            first_line=order, is_more=is_more)  # fmt: skip
            self.people.append(victim)
        beside.append(victim)
        victim.fate = _worse(victim.fate, toll.fate)
        victim.is_self = victim.is_self or toll.is_self
        victim.ordinal = victim.ordinal or mention.ordinal
        victim.sex = victim.sex or mention.sex
        victim.age = victim.age if victim.age is not None else mention.age
        victim.name = max(victim.name, mention.name, key=len)
        victim.is_child = victim.is_child if victim.is_child is not None else is_child
        victim.line = order
        self._last = victim
        self._told[order, mention.first] = victim

    def _is_same(
        self,
        victim: Victim,
        mention: Mention,
        is_child: bool | None,
        order: int,
        *,
        is_more: bool,
        fate: Fate,
    ) -> bool:
        if victim.ordinal and mention.ordinal and victim.ordinal != mention.ordinal:
            return False
        if victim.name and mention.name:
            return _is_same_name(victim.name, mention.name)
        if victim.sex and mention.sex and victim.sex != mention.sex:
            return False
        if victim.age is not None and mention.age is not None and victim.age != mention.age:
            return False
        if victim.is_child is not None and is_child is not None and victim.is_child != is_child:
            return False
        if mention.age is not None and victim.age == mention.age and not is_more:
            return True
        if is_more != victim.is_more:
            return not is_more and (mention.is_definite or bool(mention.name))
        if mention.is_indefinite and fate == "killed" and order - victim.first_line > RETOLD:
            # "A boy was killed", far down: somebody else, unless his age is the same.
            return victim.age is not None and victim.age == mention.age
        return not (mention.is_indefinite and victim.line == order)

    def sums(self) -> tuple[Sum | None, Sum | None]:
        """Return how many were killed and how many injured; `None` where nothing is said."""
        if self.self_killing is not None:
            selves = [victim for victim in self.people if victim.is_self]
            for victim in selves:
                victim.fate = "killed"
            if not selves:
                self.people.append(
                    Victim(
                        fate="killed", span=self.self_killing, line=-1, first_line=-1, is_self=True
                    )
                )
        is_told = self.people or self.groups or self.implied or self.hit or self.self_killing
        if self._loose and not is_told:
            fate, span = max(self._loose, key=lambda one: GRAVITY.index(one[0]))
            self.people.append(Victim(fate=fate, span=span, line=-1, first_line=-1))
        dead = {(group.line, group.span) for group in self.groups if group.fate == "killed"}
        self.groups = [
            group
            for group in self.groups
            # "Taken to a hospital, where they died"
            if group.fate == "killed" or (group.line, group.span) not in dead
        ]
        killed = self._sum("killed")
        if self.implied:
            number, span = max(self.implied, key=lambda one: one[0])
            if killed is None or (killed.low or 0) < number:
                killed = Sum(low=number, high=number, about=False, span=span)
        injured = self._sum("injured")
        shot = self._hit(killed)
        if shot is not None and (
            injured is None
            or (shot.low or 0) > (injured.low or 0)
            or (
                injured.high is None
                and shot.high is not None
                and (shot.low or 0) >= (injured.low or 0)
            )
        ):
            injured = shot
        if killed is None and "killed" in self.zeros:
            killed = Sum(low=0, high=0, about=False, span=self.zeros["killed"])
        if injured is None and "injured" in self.zeros:
            injured = Sum(low=0, high=0, about=False, span=self.zeros["injured"])
        return killed, injured

    def _sum(self, fate: Fate) -> Sum | None:
        groups = [group for group in self.groups if group.fate == fate]
        groups = [group for group in groups if not group.is_perpetrators] or groups
        people = self._people(fate)
        rivals = [group for group in groups if group.is_rival and _size(group)]
        groups = [group for group in groups if not group.is_rival] or groups
        totals = [group for group in groups if not group.is_more]
        totals = [group for group in totals if group.line <= self.early] or totals
        best = max(
            totals,
            key=lambda group: (
                _size(group),
                # "At least 25" in the text is "25" in its headline.
                group.span.part == "text" or group.high is None,
                group.high is not None,
                -group.line,
            ),
            default=None,
        )
        more = [group for group in groups if group.is_more]
        more = [group for group in more if group.line <= self.early] or more
        most = max(more, key=_size, default=None)
        size = _size(best) if best else 0
        if best is not None and best.is_deed and fate == "killed" and self.self_killing is not None:
            return Sum(low=size + 1, high=size + 1, about=best.about, span=best.span,
                       composed_from=(best.span, self.self_killing))  # fmt: skip
        if most is not None:
            # "Two died at the scene, another three in hospital": beside those of the same line.
            beside = max(
                (
                    _size(group)
                    for group in totals
                    if group.line == most.line and group.span.start < most.span.start
                ),
                default=0,
            )
            if beside and beside + _size(most) > size and best is not None:
                return Sum(low=beside + _size(most), high=beside + _size(most), about=most.about,
                           span=most.span, composed_from=(best.span, most.span))  # fmt: skip
            if _size(most) > size:
                best, size = most, _size(most)
        if len(people) > size:
            return _count(people)
        if best is None:
            return None
        rival = next((group for group in rivals if _size(group) != _size(best)), None)
        if rival is not None and rival is not best:
            # Two sources of one article disagree: both ends are kept.
            highs = (best.high, rival.high)
            return Sum(
                low=min(_size(best), _size(rival)),
                high=None if None in highs else max(high or 0 for high in highs),
                about=best.about,
                span=best.span,
                unit=best.unit,
                composed_from=(best.span, rival.span),
            )
        return Sum(
            low=best.low,
            high=best.high,
            about=best.about,
            span=best.span,
            unit=best.unit,
            composed_from=tuple(span for _, span in best.parts),
        )

    def _people(self, fate: Fate) -> list[Victim]:
        """Return the single people who met a fate; where the beginning tells it, only its own."""
        people = [victim for victim in self.people if victim.fate == fate]
        early = [victim for victim in people if victim.first_line <= self.early or victim.is_self]
        return early if early and self.early >= 0 else people

    def _hit(self, killed: Sum | None) -> Sum | None:
        """Return how many of those hit lived, as far as nobody says they died."""
        dead = killed.low or 0 if killed else 0
        best: Sum | None = None
        hit = [group for group in self.groups if group.fate == "shot" and group.low is not None]
        for group in [group for group in hit if group.line <= self.early] or hit:
            if group.low is None:
                continue
            left = group.low if group.is_more else group.low - dead
            if left > 0 and (best is None or left > (best.low or 0)):
                high = None if group.high is None else left + group.high - group.low
                best = Sum(low=left, high=high, about=group.about, span=group.span, unit=group.unit)
        for number, span in self.hit:
            if number > dead and (best is None or number - dead > (best.low or 0)):
                best = Sum(low=number - dead, high=number - dead, about=False, span=span)
        people = [victim for victim in self.people if victim.fate != "killed"]
        # Dead whom no sentence names are among those hit of whom nothing more is told.
        unnamed = dead - sum(victim.fate == "killed" for victim in self.people)
        for victim in [victim for victim in people if victim.fate == "shot"][: max(unnamed, 0)]:
            people.remove(victim)
        people = [v for v in people if v.first_line <= self.early] or people
        if people and (best is None or len(people) > (best.low or 0)):
            return _count(people)
        return best


def _count(people: list[Victim]) -> Sum:
    """Return the number of people told one by one."""
    spans = tuple(victim.span for victim in people)
    return Sum(
        low=len(people),
        high=len(people),
        about=False,
        span=spans[0],
        composed_from=spans if len(spans) > 1 else (),
    )


def _is_same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names may be one person's: a surname stands for the full name."""
    if len(one) > 1 and len(other) > 1 and one[0] != other[0]:
        short, long = sorted((one, other), key=len)
        return long[-len(short) :] == short and len(long) > len(short)
    return bool(set(one) & set(other))


def _size(group: Group) -> int:
    return group.low if group.low is not None else group.high or 0


def _worse(one: Fate, other: Fate) -> Fate:
    """Return the graver of two fates: who was hit, then injured, then died, is dead."""
    return max(one, other, key=GRAVITY.index)


def count_victims(tolls: Iterable[tuple[int, Line, Toll]], doers: Iterable[str] = ()) -> Victims:
    """Return the victims of tolls given with their order in the article.

    What one side only claims counts where nothing else is told, and what was said at first where
    nothing was said later.  `doers` are the words that name
    who did it: fighters among the dead are victims unless fighters attacked.
    """
    told = _settle_corrections(sorted(tolls, key=lambda told: (told[0], told[2].first)))
    sure = {
        toll.fate
        for _, _, toll in told
        if not (toll.is_claimed or toll.is_superseded) and toll.people[0].low is not None
    }
    victims = Victims()
    victims.perpetrators = PERPETRATORS | (FIGHTERS & set(doers))
    for order, line, toll in told:
        if not (toll.is_claimed and sure) and not (toll.is_superseded and toll.fate in sure):
            victims.add(line, toll, order=order)
    return victims


def _settle_corrections(
    told: list[tuple[int, Line, Toll]],
) -> list[tuple[int, Line, Toll]]:
    """Return the tolls, those of a number that the text itself calls wrong made superseded."""
    wrong = {(toll.fate, _number(toll)) for _, _, toll in told if toll.is_superseded}
    right = {toll.fate for _, _, toll in told if toll.is_correction}
    if not wrong:
        return told
    return [
        (order, line, replace(toll, is_superseded=True))
        if not toll.is_correction and (toll.fate in right or (toll.fate, _number(toll)) in wrong)
        else (order, line, toll)
        for order, line, toll in told
    ]


def _number(toll: Toll) -> tuple[int | None, int | None]:
    """Return how many people a toll tells of, by its first mention where they are not listed."""
    return toll.people[0].low, toll.people[0].high
