"""The event that an article is about."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.drafts import Draft
from livebrief.events.triggers import HARM

# Worth of a mention by where it stands.  The lede of a news text tells the news; the headline says
# the same, when there is one; what only later paragraphs tell is seldom the news.
HEADLINE, LEDE, SECOND, LATER = 4.0, 3.0, 1.5, 0.5

# An arrest or a trial is told with the deed that it is about, and it is the deed that readers,
# incidents and tolls turn on.
HARM_BONUS = 4.0
TOLL_BONUS = 2.0
# What the lede tells as gone before its own news ("after strikes that killed 25") is seldom it.
EARLIER = 0.7

# Beside these in the lede, harm told elsewhere alone has no bonus: a vote after a killing.
OWN_NEWS = ("AGREE", "REQUEST", "SANCTION", "RETREAT")


def choose_main(drafts: Sequence[Draft], lede: int) -> Draft | None:
    """Return the event that the article is about; `lede` is the order of its first sentence.

    One that the headline or the lede denies flatly is what its article is about.
    """
    best: Draft | None = None
    best_score = 0.0
    is_other_news = any(
        lede in draft.orders
        and not draft.is_harm
        and (draft.kind in OWN_NEWS or draft.mode == "restrict")
        and draft.reality == "actual"
        and not draft.is_earlier
        for draft in drafts
    )
    for draft in drafts:
        if draft.is_denial and draft.is_harm and draft.orders[0] <= lede:
            return draft
        if draft.reality not in ("actual", "alleged") or draft.is_background:
            continue
        is_aside = draft.is_earlier or (is_other_news and lede not in draft.orders)
        score = 0.0
        for order in sorted(set(draft.orders)):
            if order < lede:
                score += HEADLINE
            elif order == lede:
                score += LEDE
            elif order <= lede + 2:
                score += SECOND
            else:
                score += LATER if score < 12 else 0
        if (draft.kind in HARM or draft.mode == "riot") and not is_aside:
            score += HARM_BONUS if draft.kind != "CRIME" else HARM_BONUS / 2
        if draft.tolls and not is_aside:
            score += TOLL_BONUS
        if draft.is_earlier:
            score *= EARLIER
        if score > best_score:
            best, best_score = draft, score
    return best
