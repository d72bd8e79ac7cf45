"""How long a text each cell can read: `python -m tests.benchmarks.lengths RESULTS.jsonl` (goes on later).

The samples' own words, lengthened: of the order texts, sentences that say nothing of it follow, the same in both texts
of a pair, so that an average is at chance; of the first-word texts, more sentences that begin with either answer, each
answer as often. 600 texts; a fifth of them, in whole groups, are judged. Three networks for each cell: the recipe,
which reads in both directions and keeps each unit's maximum; one direction with the last state alone, to which the
answer has to be carried over all words; and that without any dropout, the bare cell. Trained as recommended, and
stopped as soon as all validation texts are right.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from itertools import product
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from core.data.dataset import Dataset
from core.data.generated import order_pairs
from core.data.phrases import FIRST_WORD, ORDER, FirstWordPhrases
from core.evaluation.evaluate import evaluate
from core.text.prepare import prepare
from core.training.observer import EpochResult, Observer
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.session import fit

TEXTS = 600
_LAST = {"bidirectional": False, "read_out": "last"}
FORMS: dict[str, dict[str, Any]] = {
    "recipe": {},
    "last state": _LAST,
    "last state, no dropout": {**_LAST, "word_dropout": 0.0, "embedding_dropout": 0.0, "dropout": 0.0},
}


def texts(kind: str, language: str, words: int) -> Dataset:
    """Texts of about so many words; the two of a pair are in the same part of any split, by their group."""
    rng = random.Random(f"{kind} {language} {words}")
    rows: dict[str, tuple[str, int]] = {}
    groups = _orders(rng, language, words) if kind == "order" else _first_words(rng, FIRST_WORD[language], words)
    for number, group in enumerate(groups):
        rows |= {text: (label, number) for text, label in group.items()}
        if len(rows) >= TEXTS:
            break
    table = pd.DataFrame([(text, *told) for text, told in rows.items()], columns=["text", "label", "group"])
    table = table.sample(frac=1, random_state=0)
    return Dataset.build(table["text"], table["label"], kind, "generated", group=table["group"].astype(str))


def _orders(rng: random.Random, language: str, words: int) -> Iterator[dict[str, str]]:
    for pair in order_pairs(rng, ORDER[language]):
        have = len(next(iter(pair)).split())
        more = _sentences(rng, FIRST_WORD[language], words - have)
        yield {" ".join([text, *(each[0].upper() + each[1:] + "." for each in more)]): pair[text] for text in pair}


def _first_words(rng: random.Random, phrases: FirstWordPhrases, words: int) -> Iterator[dict[str, str]]:
    each = max(1, ceil(words / 15.3))  # of either answer; a sentence has up to 8 words
    while True:
        pair = {}
        for answer in phrases.answers:
            others = sorted(phrases.answers * each)
            others.remove(answer)
            rng.shuffle(others)
            clauses = _clauses(rng, phrases, 2 * each, words - 2 * each)
            pair[" ".join(f"{a}, {c}." for a, c in zip([answer, *others], clauses, strict=True))] = answer.lower()
        yield pair


def _clauses(rng: random.Random, phrases: FirstWordPhrases, count: int, words: int) -> list[str]:
    """So many clauses, as many of them with an ending as the words allow."""
    clauses = [f"{rng.choice(phrases.subjects)} {rng.choice(phrases.verbs)}" for _ in range(count)]
    for place in rng.sample(range(count), count):
        if sum(len(clause.split()) for clause in clauses) + 2 > words:
            break
        clauses[place] += f" {rng.choice(phrases.endings)}"
    return clauses


def _sentences(rng: random.Random, phrases: FirstWordPhrases, words: int) -> list[str]:
    """Clauses of so many words or a few less; none where there is hardly room."""
    made: list[str] = []
    while sum(len(each.split()) for each in made) + 5 <= words:
        made += _clauses(rng, phrases, 1, 8)
    return made


class _Solved(Observer):
    """Stops a training in which all validation texts are right."""

    def __init__(self) -> None:
        self.solved = False

    def on_epoch(self, result: EpochResult) -> None:
        self.solved = result.val_accuracy == 1.0 and result.accuracy > 0.99

    def should_stop(self) -> bool:
        return self.solved


def train(kind: str, language: str, words: int, cell: str, form: str, seed: int) -> dict[str, Any]:
    dataset = texts(kind, language, words)
    own = {"seed": seed, "split_seed": seed, "split_by": "group", "test_share": 0.2, **FORMS[form]}
    settings = recipe("recommended", cell, len(dataset)).with_values(own)
    prepared = prepare(dataset, settings.preparation, settings.split)
    began = time.process_time()
    judged = evaluate(fit(settings, prepared, _Solved())[0], prepared)
    mean = sum(len(text.split()) for text in dataset.texts) / len(dataset)
    told = {"mean_words": mean, "texts": len(prepared.parts["test"]), "seconds": time.process_time() - began}
    return {"accuracy": judged.test["accuracy"], **told}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("results", type=Path)
    options.add_argument("--lengths", type=int, nargs="+", default=[10, 25, 50, 100, 200])
    options.add_argument("--kinds", nargs="+", choices=["order", "first_word"], default=["order", "first_word"])
    options.add_argument("--languages", nargs="+", choices=["en", "fr"], default=["en", "fr"])
    options.add_argument("--cells", nargs="+", default=["simple_rnn", "gru", "lstm"])
    options.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    told = options.parse_args()
    start()
    done = [json.loads(line) for line in told.results.read_text().splitlines()] if told.results.exists() else []
    names = ("seed", "form", "language", "kind", "words", "cell")
    for values in product(told.seeds, told.forms, told.languages, told.kinds, told.lengths, told.cells):
        key = dict(zip(names, values, strict=True))
        if any(key.items() <= row.items() for row in done):
            continue
        done.append(key | train(**key))
        with told.results.open("a") as file:
            file.write(json.dumps(done[-1]) + "\n")
    rows = pd.DataFrame(done)
    table = rows.pivot_table(
        "accuracy", ["form", "kind", "language", "cell"], "words", aggfunc=["mean", "min", "count"]
    )
    print(table.round(3).to_string())


if __name__ == "__main__":
    main()
