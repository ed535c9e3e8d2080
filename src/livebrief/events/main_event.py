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


def choose_main(drafts: Sequence[Draft], lede: int) -> Draft | None:
    """Return the event that the article is about; `lede` is the order of its first sentence."""
    best: Draft | None = None
    best_score = 0.0
    for draft in drafts:
        if draft.reality not in ("actual", "alleged") or draft.is_background:
            continue
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
        if draft.kind in HARM:
            score += HARM_BONUS if draft.kind != "CRIME" else HARM_BONUS / 2
        if draft.tolls:
            score += TOLL_BONUS
        if score > best_score:
            best, best_score = draft, score
    return best
