"""Claims: who says what.  Each has a source, a cue and a content, and the spans of the three."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.contents import TOLD, content_before, content_behind, is_clause, trim
from livebrief.events.cues import (
    ANONYMITY,
    CHANNELS,
    Cue,
    find_cues,
)
from livebrief.events.parties import Cast
from livebrief.events.quotes import Quotes
from livebrief.events.scenes import Scene
from livebrief.events.sources import (
    MOST_SOURCE_WORDS,
    find_subject,
    is_apposition,
    looks_like_source,
    phrase_start,
    without_time,
)
from livebrief.events.words import word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Claim, Name, Party, identify

IMPERSONAL = frozenset(load_words("reporting")["impersonal"]["words"])
# What stands before "X said" is a content from so many words on; a source that is neither a name
# nor a noun of the list has at most so many.
FEWEST_WORDS = 3
MOST_PLAIN_WORDS = 6
BE = word_set("claims", "be")


# In a quotation, "I think" and the like are how people speak, not reports.
NOT_INVERTED = word_set("claims", "not_inverted")
AFTER_LISTENER = word_set("claims", "after_listener")
AFTER_STRANDED = word_set("claims", "after_stranded")
FILLERS = word_set("claims", "fillers")


def find_claims(article: str, scene: Scene, cast: Cast) -> list[Claim]:
    """Return the claims of one page or card, in reading order; `article` is the article's id."""
    lines, names = scene.lines, scene.names
    quotes = Quotes(lines)
    claims: list[Claim] = []
    for order, line in enumerate(lines):
        cues = find_cues(line)
        if not cues:
            continue
        of_line: list[Claim] = []
        for number, cue in enumerate(cues):
            claim = _read_claim(
                article, order, line, cue, cues[number + 1 :], quotes, names[order], cast
            )
            if claim is not None and not claim.source_spans and cue.form == "ing" and of_line:
                # "..., adding that": who spoke before speaks on.
                claim = replace(claim, by=of_line[-1].by, source_spans=of_line[-1].source_spans)
            if claim is not None:
                of_line.append(claim)
        claims += _nest(of_line)
    return claims


def _read_claim(
    article: str,
    order: int,
    line: Line,
    cue: Cue,
    later: Sequence[Cue],
    quotes: Quotes,
    names: Sequence[Name],
    cast: Cast,
) -> Claim | None:
    """Return the claim that a cue makes, or nothing where it makes none."""
    if cue.word == "according":
        found = _read_according(line, cue)
    elif cue.word in IMPERSONAL and _is_passive(line, cue):
        found = _read_impersonal(line, cue, later)
    else:
        found = _read_inverted(line, cue) or _read_direct(line, cue, later, quotes, order)
    if found is None:
        return None
    source, contents = found
    spans = tuple(line.span(first, last) for first, last in contents) if contents else ()
    if contents and contents[0][0] == 0 and contents[0][1] <= cue.first:
        spans = (*quotes.preceding(order, line), *spans)
    if order_quote := quotes.following(order, line, cue.last):
        spans = (*spans, *order_quote)
    if not spans:
        return None
    source_spans = (line.span(*source),) if source else ()
    by = cast.read_party(line, *source, names=names) if source else None
    cue_span = line.span(cue.first, cue.last)
    channel = next((value for _, _, value in CHANNELS.find(line.words, line.seen)), None)
    return Claim(
        id=identify(article, str(line.related_index), line.part, "claim", str(cue_span.start)),
        by=by,
        to=_read_listener(line, cue, names, cast),
        span=line.whole,
        source_spans=source_spans,
        cue_spans=(cue_span,),
        content_spans=spans,
        channel=channel,
        stance=cue.stance,
        anonymous=next(ANONYMITY.find(line.words, line.seen), None) is not None,
    )


def _is_passive(line: Line, cue: Cue) -> bool:
    return cue.form in ("past", "participle") and any(
        word in BE for word in line.words[cue.first : cue.head]
    )


def _read_impersonal(
    line: Line, cue: Cue, later: Sequence[Cue]
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return the content of "X is expected to Y", which nobody in particular says."""
    words = line.words
    after = content_behind(line, cue, later)
    if after is None or words[after[0]] not in ("to", "that"):
        return None
    start = phrase_start(line, cue.first)
    contents = [(start, cue.first), after] if start < cue.first else [after]
    return None, contents


def _read_according(
    line: Line, cue: Cue
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "according to X, Y" and "Y, according to X"."""
    words = line.words
    end = cue.last
    while (
        end < len(words)
        and end - cue.last < MOST_SOURCE_WORDS
        and words[end] not in (",", ".", ";", ":", "—", "–", ")", '"', "“")
    ):
        end += 1
    if end == cue.last:
        return None
    content: list[tuple[int, int]]
    before = trim(words, 0, cue.first)
    after = trim(words, end, len(words))
    if before is not None and before[1] - before[0] >= 3:
        content = [before]
        if after is not None and words[end] == "," and after[1] - after[0] >= 4:
            content.append(after)
    elif after is not None:
        content = [after]
    else:
        return None
    return (cue.last, end), content


def _read_inverted(
    line: Line, cue: Cue
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "..., said X" and "“...,” said X"."""
    words = line.words
    if (
        cue.strength not in ("strong", "plain")
        or cue.form not in ("past", "s")
        or cue.first != cue.head
        or cue.head == 0
    ):
        return None
    before = words[cue.head - 1]
    if before not in (",", '"', "”", "''", "?", "!", "—") or cue.word in TOLD:
        return None
    end = cue.last
    while (
        end < len(words)
        and end - cue.last < MOST_SOURCE_WORDS
        and words[end] not in (".", ";", ":", '"', "“", "—")
    ):
        if words[end] == "," and not is_apposition(words, end):
            break
        end += 1
    if end == cue.last or words[cue.last] in NOT_INVERTED:
        return None
    if not looks_like_source(line, cue.last, end):
        return None
    content = content_before(line, cue.head)
    if content is None:
        return None
    return (cue.last, end), [content]


def _read_direct(
    line: Line, cue: Cue, later: Sequence[Cue], quotes: Quotes, order: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "X said Y" and "Y, X said"."""
    words = line.words
    source = find_subject(line, cue)
    if source is not None:
        source = without_time(line, *source)
    if source is not None and cue.word in FILLERS and words[source[1] - 1] in ("i", "you", "we"):
        return None
    after = content_behind(line, cue, later)
    if cue.strength == "nominal" and (after is None or source is None):
        return None
    if source is None and cue.form not in ("ing", "participle", "past"):
        return None
    if source is not None and not looks_like_source(line, *source):
        # "engineers warned that": whoever they are, what follows is what they say.
        tells = cue.strength == "strong" and after is not None and is_clause(words, after)
        if not tells or source[1] - source[0] > MOST_PLAIN_WORDS:
            return None
    anchor = source[0] if source else cue.first
    contents: list[tuple[int, int]] = []
    is_behind = anchor > 0 and words[anchor - 1] in (",", '"', "”", "''", "?", "!", "—")
    before = content_before(line, anchor) if is_behind and cue.strength == "strong" else None
    if (
        before is not None
        and before[1] - before[0] >= FEWEST_WORDS
        and (after is None or words[cue.last] in AFTER_STRANDED or cue.word in TOLD)
    ):
        contents.append(before)
        if (
            after is not None
            and words[cue.last : cue.last + 1] == [","]
            and after[1] - after[0] > 3
        ):
            contents.append(after)
    elif after is not None and (cue.strength != "plain" or is_clause(words, after)):
        contents.append(after)
    if not contents and not quotes.following(order, line, cue.last):
        return None
    if source is None and cue.strength != "strong":
        return None
    return source, contents


def _read_listener(line: Line, cue: Cue, names: Sequence[Name], cast: Cast) -> Party | None:
    """Return to whom it was said: "told Axios", "confirmed to the newspaper"."""
    words = line.words
    start = cue.last
    if cue.word not in TOLD:
        if words[start : start + 1] != ["to"]:
            return None
        start += 1
    end = start
    while end < len(words) and end - start < 8 and words[end] not in AFTER_LISTENER:
        end += 1
    if end == start or not looks_like_source(line, start, end):
        return None
    return cast.read_party(line, start, end, names=names)


def _nest(claims: list[Claim]) -> list[Claim]:
    """Return a line's claims, those inside another's content telling so."""
    nested = []
    for claim in claims:
        cue = claim.cue_spans[0]
        outer = [
            other
            for other in claims
            if other is not claim
            and any(
                span.start <= cue.start and cue.end <= span.end and span.part == cue.part
                for span in other.content_spans
            )
            and not any(
                span.start <= other.cue_spans[0].start < span.end for span in claim.content_spans
            )
        ]
        inner = min(
            outer,
            key=lambda other: sum(span.end - span.start for span in other.content_spans),
            default=None,
        )
        nested.append(replace(claim, within=inner.id) if inner else claim)
    return nested
