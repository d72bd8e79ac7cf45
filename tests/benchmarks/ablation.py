"""What each part of the recipe brings: `python -m tests.benchmarks.ablation RESULTS.jsonl` (hours; goes on later).

Leaves out one part at a time, or tries something in its place, and scores texts that may decide: those in no test part
of `tests.benchmarks.quality`. Of few of them (commands) seed k is judged on the k-th of five folds and learns from the
others; of many, it learns from so many as `DRAWN` says and is judged on all others, which saves time and noise. Writes
a line for each training, with which texts were answered right, and prints the differences to the recipe, each text
compared with itself, with a 95 % interval over the texts.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from core.config import Split
from core.data.dataset import Dataset
from core.data.given import read_dataset
from core.data.usable import usable_count
from core.evaluation.evaluate import evaluate
from core.evaluation.references import tfidf_logistic_regression
from core.text.prepare import divided, prepare
from core.training.recipes import recipe
from core.training.runtime import start
from core.training.session import fit
from tests.benchmarks.quality import SETS, TRAIN

FOLDS = 5
TESTED = (1, 2, 3)  # seeds whose test parts decide nothing
# What is other than in the recipe.
CHANGES: dict[str, dict[str, Any]] = {
    "recipe": {},
    "word vectors start at random": {"vector_start": "random"},
    "one direction": {"bidirectional": False},
    "constant learning rate": {"schedule": "constant"},
    "no word dropout": {"word_dropout": 0.0},
    "word dropout whatever the length": {"word_dropout_length": 1},
    "validation not learned from": {"validation_learned": 0.0},
    "early stopping, best weights": {"early_stopping": True},
    "last state": {"read_out": "last"},
    "first 256 tokens": {"truncation": "end"},
    "no dropout": {"embedding_dropout": 0.0, "dropout": 0.0},
    "attention": {"read_out": "attention"},
    "mean and maximum": {"read_out": "mean_max"},
    "cosine": {"schedule": "cosine"},
    "label smoothing .1": {"label_smoothing": 0.1},
    "averaged weights": {"average_weights": True},
    "AdamW .01": {"optimizer": "adamw", "weight_decay": 0.01},
}
DRAWN = {"sentences": 2_000, "reviews": 1_000}
SHORTENED = {"reviews": {"sequence_length": 128}}  # the first and the last 64 tokens: half the time
LINEAR = "TF-IDF + logistic regression"


def development(name: str) -> Dataset:
    """The texts of a set that are in none of its test parts; of reviews, the training file."""
    if name == "reviews":
        return read_dataset(TRAIN)
    dataset = read_dataset(SETS[name][0])
    divisions = [divided(dataset, Split(split_seed=seed)) for seed in TESTED]
    kept = set(np.concatenate(list(divisions[0].rows.values())))
    for division in divisions:
        kept -= set(division.rows["test"])
    return replace(dataset, frame=dataset.frame.iloc[sorted(kept)].reset_index(drop=True))


def drawn(dataset: Dataset, count: int, seed: int) -> Dataset:
    """The same with so many texts to learn from, and all others to be judged on."""
    learned = np.random.default_rng(seed).permutation(len(dataset)) < count
    return replace(dataset, frame=dataset.frame.assign(part=np.where(learned, "train", "test")))


def train(name: str, architecture: str, change: str, seed: int) -> dict[str, Any]:
    """Accuracy on the fold, which of its texts were answered right, and processor seconds."""
    dataset = development(name)
    texts = usable_count(dataset)
    own = {"seed": seed, "split_seed": seed, **SETS[name][2], **SHORTENED.get(name, {})}
    if name in DRAWN:
        dataset = drawn(dataset, DRAWN[name], seed)
        texts = round(DRAWN[name] / (1 - Split().test_share))
    else:
        own |= {"split_seed": 0, "split_by": "folds", "folds": FOLDS, "fold": seed}
    values = {} if change == LINEAR else CHANGES[change]
    settings = recipe("recommended", architecture, texts).with_values(own | values)
    prepared = prepare(dataset, settings.preparation, settings.split)
    began = time.process_time()
    if change == LINEAR:
        judged = tfidf_logistic_regression(prepared)
    else:
        judged = evaluate(fit(settings, prepared)[0], prepared)
    seconds = time.process_time() - began
    right = (judged.predictions["label"] == judged.predictions["predicted"]).astype(int)
    scores = {"accuracy": judged.test["accuracy"], "loss": judged.test["loss"], "seconds": seconds}
    return scores | {"rows": len(prepared.parts["train"]), "right": "".join(map(str, right))}


def show(rows: pd.DataFrame) -> None:
    """A line for each set and change: seeds, mean accuracy, and points more than the recipe's LSTM."""
    for name, own in rows.groupby("set", sort=False):
        usual = own[(own["architecture"] == "lstm") & (own["change"] == "recipe")].set_index("seed")["right"]
        for key, each in own.groupby(["architecture", "change"], sort=False):
            each = each.set_index("seed").sort_index()
            seeds = sorted(set(each.index) & set(usual.index))
            more = np.concatenate([_bits(each["right"][seed]) - _bits(usual[seed]) for seed in seeds])
            mean, wide = 100 * more.mean(), 196 * more.std() / len(more) ** 0.5
            told = " ".join(f"{value:.3f}" for value in each["accuracy"])
            seconds = each["seconds"].mean()
            print(f"{name:10} {key[0]:13} {key[1]:34} {each['accuracy'].mean():.4f} [{told}] "
                  f"{mean:+.2f} ± {wide:.2f}  loss {each['loss'].mean():.3f}  {seconds:.0f} s")  # fmt: skip


def _bits(right: str) -> np.ndarray:
    return np.array(list(right), dtype=int)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("results", type=Path)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], choices=range(1, FOLDS + 1))
    options.add_argument("--sets", nargs="+", choices=SETS, default=["commands", "sentences", "reviews"])
    options.add_argument("--architectures", nargs="+", default=["lstm"])
    options.add_argument("--changes", nargs="+", choices=[*CHANGES, LINEAR], default=[*CHANGES, LINEAR])
    told = options.parse_args()
    start()
    done = [json.loads(line) for line in told.results.read_text().splitlines()] if told.results.exists() else []
    for seed, change, name, architecture in product(told.seeds, told.changes, told.sets, told.architectures):
        key = {"architecture": architecture, "change": change, "set": name, "seed": seed}
        if any(key.items() <= row.items() for row in done):
            continue
        done.append(key | train(name, architecture, change, seed))
        with told.results.open("a") as file:
            file.write(json.dumps(done[-1]) + "\n")
    show(pd.DataFrame(done))


if __name__ == "__main__":
    main()
