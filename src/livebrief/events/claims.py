"""Claims: who says what.  Each has a source, a cue and a content, and the spans of the three."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.cues import (
    ANONYMITY,
    CHANNELS,
    PRONOUNS,
    SOURCE_NOUNS,
    Cue,
    find_cues,
)
from livebrief.events.parties import Cast
from livebrief.events.quotes import Quotes
from livebrief.events.scenes import Scene
from livebrief.model import Claim, Name, Party, identify

# A source is rarely longer: beyond it a comma was missed.
MOST_SOURCE_WORDS = 28

BREAKS = frozenset((";", ":", "—", "--", "–", '"', "“", "”"))
CONNECTORS = frozenset(
    "and but or that though although while because as when if so yet however meanwhile whereas "
    "which where after before since what how why whether than".split()
)
STRANDED = frozenset("said says say told according".split())


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
            claim = _read_claim(article, order, line, cue, cues[number + 1 :], quotes, names[order], cast)
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
    else:
        found = _read_inverted(line, cue, quotes, order) or _read_direct(line, cue, later, quotes, order)
    if found is None:
        return None
    source, contents = found
    spans = tuple(line.span(first, last) for first, last in contents) if contents else ()
    if order_quote := quotes.following(order, line, cue.last):
        spans = (*spans, *order_quote)
    if not spans:
        return None
    source_spans = (line.span(*source),) if source else ()
    by = cast.read_party(line, *source, names=names) if source else None
    cue_span = line.span(cue.first, cue.last)
    channel = next((value for _, _, value in CHANNELS.find(line.words)), None)
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
        anonymous=next(ANONYMITY.find(line.words), None) is not None,
    )


def _read_according(line: Line, cue: Cue) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "according to X, Y" and "Y, according to X"."""
    words = line.words
    end = cue.last
    while end < len(words) and end - cue.last < MOST_SOURCE_WORDS and words[end] not in (",", ".", ";", ":", "—", "–", ")", '"', "“"):
        end += 1
    if end == cue.last:
        return None
    content: list[tuple[int, int]]
    before = _trim(words, 0, cue.first)
    after = _trim(words, end, len(words))
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
    line: Line, cue: Cue, quotes: Quotes, order: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "..., said X" and "“...,” said X"."""
    words = line.words
    if cue.strength not in ("strong", "plain") or cue.form not in ("past", "s") or cue.first != cue.head or cue.head == 0:
        return None
    before = words[cue.head - 1]
    if before not in (",", '"', "”", "''", "?", "!", "—"):
        return None
    end = cue.last
    while end < len(words) and end - cue.last < MOST_SOURCE_WORDS and words[end] not in (".", ";", ":", '"', "“", "—"):
        if words[end] == "," and not _is_apposition(words, end):
            break
        end += 1
    if end == cue.last or words[cue.last] in ("that", "the" if False else "", "it", "he", "she", "they", "there", "to", "in"):
        return None
    if not _looks_like_source(line, cue.last, end):
        return None
    content = _before(line, cue.head, quotes, order)
    if content is None:
        return None
    return (cue.last, end), [content]


def _is_apposition(words: Sequence[str], comma: int) -> bool:
    """Return whether a comma opens "a spokesman for X" or "who ...", which belong to the name."""
    return comma + 1 < len(words) and words[comma + 1] in ("a", "an", "the", "who", "whose", "of", "an")


def _looks_like_source(line: Line, first: int, last: int) -> bool:
    """Return whether words can speak: a name, a pronoun, a noun of the list."""
    return any(
        line.tokens[k].text[:1].isupper() or line.words[k] in SOURCE_NOUNS or line.words[k] in PRONOUNS
        for k in range(first, min(last, first + 12))
    )


def _read_direct(
    line: Line, cue: Cue, later: Sequence[Cue], quotes: Quotes, order: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "X said Y" and "Y, X said"."""
    words = line.words
    source = _subject(line, cue)
    after = _after(line, cue, later)
    if cue.strength == "nominal" and (after is None or source is None):
        return None
    if source is None and cue.form not in ("ing", "participle", "past"):
        return None
    if source is not None and not _looks_like_source(line, *source):
        return None
    anchor = source[0] if source else cue.first
    contents: list[tuple[int, int]] = []
    is_behind = anchor > 0 and words[anchor - 1] in (",", '"', "”", "''", "?", "!", "—")
    content_before = _before(line, anchor, quotes, order) if is_behind and cue.strength == "strong" else None
    if content_before is not None and content_before[1] - content_before[0] >= 3 and _is_stranded(words, cue, after, quotes, line):
        contents.append(content_before)
        if after is not None and words[cue.last : cue.last + 1] == [","] and after[1] - after[0] > 3:
            contents.append(after)
    elif after is not None and (cue.strength != "plain" or _is_clause(words, after, line)):
        contents.append(after)
    if not contents and not quotes.following(order, line, cue.last):
        return None
    if source is None and cue.strength != "strong":
        return None
    return source, contents


def _is_stranded(words: Sequence[str], cue: Cue, after: tuple[int, int] | None, quotes: Quotes, line: Line) -> bool:
    """Return whether what the cue reports stands before it: nothing follows but time and place."""
    if after is None:
        return True
    follow = words[cue.last]
    if follow in (",", ".", "at", "in", "on", "during", "after", "to", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "as", "when", "while", "before", "last", "earlier", "reporters", "from", "via"):
        return True
    if cue.word in ("told", "tells", "tell", "telling"):
        return True
    return False


def _is_clause(words: Sequence[str], after: tuple[int, int], line: Line) -> bool:
    """Return whether what follows is a sentence or a quotation, not a thing."""
    first = words[after[0]]
    if first in ("that", "how", "why", "what", "whether", '"', "“", "he", "she", "it", "they", "we", "i", "there", "if"):
        return True
    return False


def _subject(line: Line, cue: Cue) -> tuple[int, int] | None:
    """Return the words before a cue that name its source."""
    words = line.words
    end = cue.first
    if end and words[end - 1] in ("who", "which", "that") and end >= 2:
        # "officials who said": the noun before; "who" itself stands where it is too far.
        return end - 1, end
    if end and words[end - 1] == ",":
        # "X, a spokesman for Y, said": the name before the apposition.
        k = end - 2
        commas = 0
        while k >= 0 and end - k < MOST_SOURCE_WORDS:
            if words[k] in BREAKS:
                break
            if words[k] == ",":
                commas += 1
                if _is_apposition(words, k) or words[k + 1].isdigit():
                    start = _phrase_start(line, k)
                    return (start, end - 1) if start < k else None
            k -= 1
        return None
    start = _phrase_start(line, end)
    if start >= end:
        return None
    return start, end


def _phrase_start(line: Line, end: int) -> int:
    """Return where the noun phrase begins that ends right before a word."""
    words = line.words
    if end and words[end - 1] in PRONOUNS:
        return end - 1
    k = end - 1
    while k >= 0 and end - k <= MOST_SOURCE_WORDS:
        word = words[k]
        if word in BREAKS or word in CONNECTORS or word == ",":
            if word == "and" and k and line.tokens[k - 1].text[:1].isupper() and line.tokens[k + 1].text[:1].isupper():
                k -= 1
                continue
            break
        k -= 1
    start = k + 1
    while start < end and words[start] in ("meanwhile", "still", "yet", "then", "also", "later", "instead", "earlier"):
        start += 1
    return start


def _after(line: Line, cue: Cue, later: Sequence[Cue]) -> tuple[int, int] | None:
    """Return the words behind a cue, up to the sentence's end or another's turn to speak."""
    words = line.words
    start = cue.last
    if cue.word in ("told", "tell", "tells", "telling", "informed", "assured", "asked", "advised"):
        # The listener stands between.
        k = start
        while k < len(words) and k - start < 10 and words[k] not in ("that", ",", '"', "“", "."):
            if k > start and words[k] in ("he", "she", "it", "they", "we", "i", "the", "there"):
                break
            k += 1
        if k < len(words) and words[k] in ("that", "he", "she", "it", "they", "we", "i", "the", "there", ",", '"', "“"):
            start = k
    k = start
    # "said Monday that", "said in an interview that": the time and place of the words.
    if k < len(words) and words[k] in ("in", "at", "on", "during", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "last", "earlier", "late", "to"):
        for j in range(k, min(k + 14, len(words))):
            if words[j] in ("that", "“", '"'):
                start = j
                break
            if words[j] in (",", ".", ";"):
                break
    end = len(words)
    for other in later:
        if other.strength == "strong" and other.head > start and words[other.first - 1] == "," and other.form == "ing":
            end = other.first - 1
            break
    return _trim(words, start, end)


def _before(line: Line, anchor: int, quotes: Quotes, order: int) -> tuple[int, int] | None:
    """Return the words before "X said" or "said X", from the sentence's beginning."""
    words = line.words
    start = 0
    for k in range(anchor - 1, -1, -1):
        if words[k] == ";":
            start = k + 1
            break
    end = anchor
    while end > start and words[end - 1] in ("—", "–"):
        end -= 1
    if end > start and words[end - 1] == "," and not ('"' in words[start:end] or "“" in words[start:end]):
        end -= 1
    while start < end and words[start] in (",", "—", "and", "but") and words[start : start + 1] != ["“"]:
        start += 1
    return (start, end) if end > start else None


def _trim(words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Return a stretch of words without the marks around it, or nothing where none is left."""
    while start < end and words[start] in (",", ":", ".", "-", "—", "–", ";"):
        start += 1
    while end > start and words[end - 1] in (".", ",", ";", ":", "—", "–", "!"):
        end -= 1
    return (start, end) if end - start >= 1 else None


def _read_listener(line: Line, cue: Cue, names: Sequence[Name], cast: Cast) -> Party | None:
    """Return to whom it was said: "told Axios", "confirmed to the newspaper"."""
    words = line.words
    start = cue.last
    if cue.word not in ("told", "tell", "tells", "telling"):
        if words[start : start + 1] != ["to"]:
            return None
        start += 1
    end = start
    while end < len(words) and end - start < 8 and words[end] not in (",", ".", "that", "in", "on", "at", "“", '"', "he", "she", "they", "it", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "there", ";"):
        end += 1
    if end == start or not _looks_like_source(line, start, end):
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
            and any(span.start <= cue.start and cue.end <= span.end and span.part == cue.part for span in other.content_spans)
            and not any(span.start <= other.cue_spans[0].start < span.end for span in claim.content_spans)
        ]
        inner = min(outer, key=lambda other: sum(span.end - span.start for span in other.content_spans), default=None)
        nested.append(replace(claim, within=inner.id) if inner else claim)
    return nested
