"""What the parser sees of a word: word pieces, the word itself where known, its edges, its shape.

Training and reading share this file, so that both see the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Marks that editors write in several ways, as the treebanks write them.
MARKS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "``": '"',
    "''": '"',
    "‘": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "--": "-",
    "…": "...",
}
APOSTROPHES = str.maketrans("’‘", "''")
DIGITS = str.maketrans("0123456789", "0000000000")

# Of a longer word only both ends are looked at; no word of the treebanks is half as long but
# addresses of the web.
LONGEST = 40
EDGES = (1, 2, 3, 4)

RUNS_RE = re.compile(r"[^\W_]+|[^\w\s]|_")
SHAPES = (
    (re.compile(r"[A-Z]"), "X"),
    (re.compile(r"[a-z]"), "x"),
    (re.compile(r"[0-9]"), "0"),
    (re.compile(r"(.)\1+"), r"\1\1"),
)


def fold_form(form: str) -> str:
    """Return the word as the tables know it: marks made alike, the middle of a long one left out.

    >>> fold_form("“"), fold_form("don’t")
    ('"', "don't")
    """
    if len(form) > LONGEST:
        form = form[: LONGEST // 2] + form[-LONGEST // 2 :]
    folded = MARKS.get(form)
    return form.translate(APOSTROPHES) if folded is None else folded


def find_word_key(folded: str) -> str:
    """Return the name of a folded word in the table of known words."""
    return folded.lower().translate(DIGITS)


def find_edge_keys(folded: str) -> list[str]:
    """Return the names of a folded word's edges and shape in their table.

    >>> find_edge_keys("Gen.")
    ['=Xxx.', 'A', '<g', '>.', '<ge', '>n.', '<gen', '>en.', '<gen.', '>gen.']
    """
    shape = folded
    for pattern, mark in SHAPES:
        shape = pattern.sub(mark, shape)
    lowered = find_word_key(folded)
    keys = ["=" + shape[:8], "A" if folded[:1].isupper() else "a"]
    for length in EDGES:
        if len(lowered) >= length:
            keys += ["<" + lowered[:length], ">" + lowered[-length:]]
    return keys


def find_pieces(folded: str, pieces: Mapping[str, int]) -> list[int]:
    """Return the numbers of the pieces a word is made of, the longest first from the left.

    >>> find_pieces("Unrest!", {"un": 0, "##rest": 1, "##re": 2, "!": 3})
    [0, 1, 3]
    """
    lowered = folded.lower()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFD", lowered)
        lowered = "".join(c for c in apart if unicodedata.category(c) != "Mn")
    whole = pieces.get(lowered)
    if whole is not None:
        return [whole]
    found = []
    for run in RUNS_RE.findall(lowered):
        start = 0
        while start < len(run):
            begin = "##" if start else ""
            for end in range(len(run), start, -1):
                piece = pieces.get(begin + run[start:end])
                if piece is not None:
                    found.append(piece)
                    break
            else:
                # What no piece fits is passed over, letter by letter.
                end = start + 1
            start = end
    return found
