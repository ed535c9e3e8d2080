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
from livebrief.language.vocabulary import load_words
from livebrief.model import Claim, Name, Party, identify

# A source is rarely longer: beyond it a comma was missed.
MOST_SOURCE_WORDS = 28

BREAKS = frozenset((";", ":", "—", "--", "–", '"', "“", "”", "''", "``", "―"))
TOLD = frozenset("told tell tells telling informed assured advised".split())
# A paragraph's label ("What we know:") is not what anybody said.
LABEL_WORDS = 5
MARKS = frozenset(('"', "“", "”", "''", "``"))
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())
IMPERSONAL = frozenset(load_words("reporting")["impersonal"]["words"])
BE = frozenset("is are was were be been being 's".split())

# Behind a comma these begin what the writer adds, not what the source said.
ASIDES = frozenset("but though although while whereas even despite".split())

# In a quotation, "I think" and the like are how people speak, not reports.
ASKED = frozenset("whether how why what if about that when where who".split())
FILLERS = frozenset(
    "think know mean guess hope want wish believe feel see remember wanted thought knew".split()
)
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
        found = _read_inverted(line, cue, quotes, order) or _read_direct(
            line, cue, later, quotes, order
        )
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


def _is_passive(line: Line, cue: Cue) -> bool:
    return cue.form in ("past", "participle") and any(
        word in BE for word in line.words[cue.first : cue.head]
    )


def _read_impersonal(
    line: Line, cue: Cue, later: Sequence[Cue]
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return the content of "X is expected to Y", which nobody in particular says."""
    words = line.words
    after = _after(line, cue, later)
    if after is None or words[after[0]] not in ("to", "that"):
        return None
    start = _phrase_start(line, cue.first)
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
        if words[end] == "," and not _is_apposition(words, end):
            break
        end += 1
    if end == cue.last or words[cue.last] in (
        "that",
        "the" if False else "",
        "it",
        "he",
        "she",
        "they",
        "there",
        "to",
        "in",
    ):
        return None
    if not _looks_like_source(line, cue.last, end):
        return None
    content = _before(line, cue.head, quotes, order)
    if content is None:
        return None
    return (cue.last, end), [content]


def _is_apposition(words: Sequence[str], comma: int) -> bool:
    """Return whether a comma opens "a spokesman for X" or "who ...", which belong to the name."""
    if comma + 1 >= len(words):
        return False
    if words[comma + 1] in ("a", "an", "the", "who", "whose", "of"):
        return True
    # "..., said Jane Li, director of the institute.": nothing else follows.
    rest = words[comma + 1 :]
    return len(rest) <= 14 and not any(
        word in MARKS or word in CONNECTORS or word.endswith("ing") for word in rest
    )


def _looks_like_source(line: Line, first: int, last: int) -> bool:
    """Return whether words can speak: a name, a pronoun, a noun of the list."""
    return any(
        line.tokens[k].text[:1].isupper()
        or line.words[k] in SOURCE_NOUNS
        or line.words[k] in PRONOUNS
        for k in range(first, min(last, first + 12))
    )


def _read_direct(
    line: Line, cue: Cue, later: Sequence[Cue], quotes: Quotes, order: int
) -> tuple[tuple[int, int] | None, list[tuple[int, int]]] | None:
    """Return source and content of "X said Y" and "Y, X said"."""
    words = line.words
    source = _subject(line, cue)
    if source is not None:
        source = _without_time(line, *source)
    if source is not None and cue.word in FILLERS and words[source[1] - 1] in ("i", "you", "we"):
        return None
    after = _after(line, cue, later)
    if cue.strength == "nominal" and (after is None or source is None):
        return None
    if source is None and cue.form not in ("ing", "participle", "past"):
        return None
    if source is not None and not _looks_like_source(line, *source):
        is_clause = after is not None and _is_clause(words, after, line)
        if not (cue.strength == "strong" and is_clause and source[1] - source[0] <= 6):
            return None
    anchor = source[0] if source else cue.first
    contents: list[tuple[int, int]] = []
    is_behind = anchor > 0 and words[anchor - 1] in (",", '"', "”", "''", "?", "!", "—")
    content_before = (
        _before(line, anchor, quotes, order) if is_behind and cue.strength == "strong" else None
    )
    if (
        content_before is not None
        and content_before[1] - content_before[0] >= 3
        and _is_stranded(words, cue, after, quotes, line)
    ):
        contents.append(content_before)
        if (
            after is not None
            and words[cue.last : cue.last + 1] == [","]
            and after[1] - after[0] > 3
        ):
            contents.append(after)
    elif after is not None and (cue.strength != "plain" or _is_clause(words, after, line)):
        contents.append(after)
    if not contents and not quotes.following(order, line, cue.last):
        return None
    if source is None and cue.strength != "strong":
        return None
    return source, contents


def _without_time(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """Return a source without the time of its words: "Sanders on Tuesday"."""
    words = line.words
    if last - first > 1 and words[last - 1] in DAYS:
        last -= 1
        if last - first > 1 and words[last - 1] == "on":
            last -= 1
    return (first, last) if last > first else None


def _is_stranded(
    words: Sequence[str], cue: Cue, after: tuple[int, int] | None, quotes: Quotes, line: Line
) -> bool:
    """Return whether what the cue reports stands before it: nothing follows but time and place."""
    if after is None:
        return True
    follow = words[cue.last]
    if follow in (
        ",",
        ".",
        "at",
        "in",
        "on",
        "during",
        "after",
        "to",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "as",
        "when",
        "while",
        "before",
        "last",
        "earlier",
        "reporters",
        "from",
        "via",
    ):
        return True
    if cue.word in TOLD:
        return True
    return False


def _is_clause(words: Sequence[str], after: tuple[int, int], line: Line) -> bool:
    """Return whether what follows is a sentence or a quotation, not a thing."""
    first = words[after[0]]
    if first in (
        "that",
        "how",
        "why",
        "what",
        "whether",
        '"',
        "“",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "there",
        "if",
    ):
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
        return _subject_with_apposition(line, end)
    start = _phrase_start(line, end)
    if start >= end:
        return None
    return start, end


def _subject_with_apposition(line: Line, end: int) -> tuple[int, int] | None:
    """Return the source before a comma: "X, a spokesman for Y," or "X, who saw it,"."""
    words = line.words
    k = end - 2
    best = None
    while k > 0 and end - k < MOST_SOURCE_WORDS:
        if words[k] in BREAKS:
            break
        if words[k] == ",":
            start = _phrase_start(line, k)
            is_name = start < k and (
                line.tokens[k - 1].text[:1].isupper() or words[start] in ("the", "a", "an")
            )
            if (
                is_name
                and k - start <= 10
                and (
                    start == 0
                    or words[start - 1] in CONNECTORS
                    or words[start - 1] in BREAKS
                    or words[start - 1] == ","
                )
            ):
                best = start
                if start == 0 or words[start - 1] != ",":
                    break
        k -= 1
    return (best, end - 1) if best is not None else None


def _phrase_start(line: Line, end: int) -> int:
    """Return where the noun phrase begins that ends right before a word."""
    words = line.words
    if end and words[end - 1] in PRONOUNS:
        return end - 1
    k = end - 1
    while k >= 0 and end - k <= MOST_SOURCE_WORDS:
        word = words[k]
        if word in BREAKS or word in CONNECTORS or word == ",":
            if (
                word == "and"
                and k
                and line.tokens[k - 1].text[:1].isupper()
                and line.tokens[k + 1].text[:1].isupper()
            ):
                k -= 1
                continue
            break
        k -= 1
    start = k + 1
    while start < end and words[start] in (
        "meanwhile",
        "still",
        "yet",
        "then",
        "also",
        "later",
        "instead",
        "earlier",
    ):
        start += 1
    return start


def _after(line: Line, cue: Cue, later: Sequence[Cue]) -> tuple[int, int] | None:
    """Return the words behind a cue, up to the sentence's end or another's turn to speak."""
    words = line.words
    start = cue.last
    if cue.word in TOLD or cue.word == "asked":
        # The listener stands between.
        k = start if words[start : start + 1] and words[start] not in ASKED else len(words)
        while k < len(words) and k - start < 10 and words[k] not in ("that", ",", '"', "“", "."):
            if k > start and words[k] in ("he", "she", "it", "they", "we", "i", "the", "there"):
                break
            k += 1
        if k < len(words) and words[k] in (
            "that",
            "he",
            "she",
            "it",
            "they",
            "we",
            "i",
            "the",
            "there",
            ",",
            '"',
            "“",
        ):
            start = k
    k = start
    # "said Monday that", "said in an interview that": the time and place of the words.
    if k < len(words) and words[k] in (
        "in",
        "at",
        "on",
        "during",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "last",
        "earlier",
        "late",
        "to",
    ):
        for j in range(k, min(k + 14, len(words))):
            if words[j] in ("that", "“", '"'):
                start = j
                break
            if words[j] in (",", ".", ";"):
                break
    end = _content_end(line, cue, start, later)
    return _trim(words, start, end)


def _content_end(line: Line, cue: Cue, start: int, later: Sequence[Cue]) -> int:
    """Return where what a cue reports ends: the sentence's end, or where another turn begins."""
    words = line.words
    heads = {other.first: other for other in later if other.strength != "nominal"}
    in_quote = False
    for k in range(start, len(words)):
        word = words[k]
        if word in MARKS:
            in_quote = word in ("“", "``") or (word not in ("”",) and not in_quote)
            continue
        if in_quote or k == start:
            continue
        after = words[k + 1] if k + 1 < len(words) else ""
        if word == ",":
            if after in ASIDES:
                return k
            if k + 1 in heads and heads[k + 1].form == "ing":
                return k
            if cue.strength == "nominal" and after not in ("and", "or"):
                return k
            if after in ("and", "according") and any(j in heads for j in range(k + 2, k + 5)):
                return k
            if any(
                j in heads and _ends_sentence(words, heads[j].last)
                for j in range(k + 2, min(k + 8, len(words)))
            ):
                # "..., he said": that claim tells the same, and comes from another.
                return k
        if word == "and" and k + 1 in heads and heads[k + 1].form == cue.form:
            return k
    return len(words)


def _ends_sentence(words: Sequence[str], at: int) -> bool:
    return at >= len(words) or words[at] in (".", "!", "?")


def _before(line: Line, anchor: int, quotes: Quotes, order: int) -> tuple[int, int] | None:
    """Return the words before "X said" or "said X", from the sentence's beginning."""
    words = line.words
    start = 0
    for k in range(anchor - 1, -1, -1):
        if words[k] == ";" or (words[k] == ":" and k <= LABEL_WORDS):
            start = k + 1
            break
    end = anchor
    while end > start and words[end - 1] in ("—", "–"):
        end -= 1
    if (
        end > start
        and words[end - 1] == ","
        and not ('"' in words[start:end] or "“" in words[start:end])
    ):
        end -= 1
    while (
        start < end
        and words[start] in (",", "—", "and", "but")
        and words[start : start + 1] != ["“"]
    ):
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
    if cue.word not in TOLD:
        if words[start : start + 1] != ["to"]:
            return None
        start += 1
    end = start
    while (
        end < len(words)
        and end - start < 8
        and words[end]
        not in (
            ",",
            ".",
            "that",
            "in",
            "on",
            "at",
            "“",
            '"',
            "he",
            "she",
            "they",
            "it",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "there",
            ";",
        )
    ):
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
