"""Train the network that the home page shows: `python -m core.insight.make_demo` (a minute; same seed, same files).

It reads the project's French and English reviews as one set, in the project's own way: split before anything is
learned, settings and seed chosen on the validation texts, the test texts looked at once.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.samples import load_sample
from core.insight.demo import FOLDER
from core.insight.network import Network
from core.text.prepare import Part, Prepared, prepare
from core.training.recipes import recipe

SAMPLES = ("reviews_fr", "reviews_en")
CLASSES = {"positif": "positive", "négatif": "negative", "positive": "positive", "negative": "negative"}
SEEDS = range(5)
# Few texts: every word counts, and of its numbers most are switched off at each step, against overfitting.
CHANGED = {
    "sequence_length": 128,
    "minimum_count": 1,
    "embedding_dropout": 0.7,
    "units": 32,
    "recurrent_dropout": 0.3,
    # The verdict after a word is then read from the state after that word, and can turn.
    "read_out": "last",
    "optimizer": "adamw",
    "lazy_embedding": False,
    "learning_rate": 0.003,
    "patience": 6,
}


def settings(seed: int) -> RunSettings:
    return recipe("recommended", "lstm").with_values({**CHANGED, "seed": seed})


def reviews() -> Dataset:
    """Both languages together, with one name for each class."""
    samples = [load_sample(name) for name in SAMPLES]
    texts = [text for sample in samples for text in sample.texts]
    labels = [CLASSES[label] for sample in samples for label in sample.frame["label"]]
    return Dataset.build(texts, labels, "reviews", " + ".join(f"sample:{name}" for name in SAMPLES))


def accuracy(network: Network, part: Part) -> float:
    return float((network.predict(part.texts).argmax(axis=1) == part.labels).mean())


def main() -> None:
    from core.training.session import fit

    dataset = reviews()
    prepared: Prepared = prepare(dataset, settings(0).preparation, settings(0).split)
    tried = []
    for seed in SEEDS:
        network, outcome = fit(settings(seed), prepared)
        kept = outcome.history[outcome.kept_epoch - 1]
        tried.append((kept.val_loss, seed, network, kept))
        print(f"seed {seed}: validation loss {kept.val_loss:.3f}, accuracy {kept.val_accuracy:.3f}", file=sys.stderr)
    _, seed, network, kept = min(tried, key=lambda item: item[:2])
    # Half the digits, half the size: far below what the answers depend on.
    halved = {name: values.astype(np.float16).astype(np.float32) for name, values in network.weights.items()}
    network = replace(network, weights=halved)
    about = {
        "made_by": "python -m core.insight.make_demo",
        "texts": dataset.source,
        "fingerprint": dataset.fingerprint,
        "rows": {name: len(part) for name, part in prepared.parts.items()},
        "seeds_tried": len(SEEDS),
        "epoch": kept.epoch,
        "validation": {"accuracy": accuracy(network, prepared.parts["validation"])},
        "test": {"accuracy": accuracy(network, prepared.parts["test"])},
    }
    replace(network, about=about).save(FOLDER, numbers=np.float16)
    print(f"seed {seed}: test accuracy {about['test']}, saved to {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
