"""Train the network that the home page shows: `python -m core.insight.make_demo` (some minutes; the same files again).

It learns from the project's French and English reviews as one set, split in the project's own way before anything is
learned, and from opinions made by rule (core/insight/demo_phrases.py). These are in the training part alone:
settings, seed and calibration are chosen on hand-written validation reviews; the hand-written test reviews decide
nothing.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.samples import load_sample
from core.insight.demo import FOLDER
from core.insight.demo_phrases import generated
from core.insight.network import Network
from core.models.base import Array
from core.text.encoder import TextEncoder
from core.text.prepare import Part, Prepared, prepare

SAMPLES = ("reviews_fr", "reviews_en")
CLASSES = {"positif": "positive", "négatif": "negative", "positive": "positive", "negative": "negative"}
GENERATED_EACH = 9_000
SEEDS = range(3)
FIRST_AVERAGED = 4
CHANGED = {
    "sequence_length": 128,
    # Words that came up once are read as unknown, so that the network learns to live with unknown words.
    "minimum_count": 2,
    "embedding_dropout": 0.6,
    "dropout": 0.5,
    "units": 64,
    "recurrent_dropout": 0.2,
    # The verdict after a word is then read from the state after that word, and can turn.
    "read_out": "last",
    "optimizer": "adamw",
    "lazy_embedding": False,
    "learning_rate": 0.003,
    "batch_size": 32,
    "epochs": 8,
    # The validation loss soon rises while the accuracy does too: the network is right more often, and too sure of it.
    # That is put right afterwards, see `calibrated`.
    "early_stopping": False,
}


def settings(seed: int) -> RunSettings:
    return RunSettings().with_values({**CHANGED, "seed": seed})


def reviews() -> Dataset:
    """Both languages together, with one name for each class."""
    samples = [load_sample(name) for name in SAMPLES]
    texts = [text for sample in samples for text in sample.texts]
    labels = [CLASSES[label] for sample in samples for label in sample.frame["label"]]
    return Dataset.build(texts, labels, "reviews", " + ".join(f"sample:{name}" for name in SAMPLES))


def prepared(chosen: RunSettings) -> tuple[Prepared, int]:
    """The reviews, split and encoded, with generated texts at the end of the training part; how many those are."""
    split = prepare(reviews(), chosen.preparation, chosen.split)
    known = {text for part in split.parts.values() for text in part.texts}
    made = {language: generated(language, GENERATED_EACH) for language in ("fr", "en")}
    added = {text: label for texts in made.values() for text, label in texts.items() if text not in known}
    train = split.parts["train"]
    labels = [split.class_names.index(label) for label in added.values()]
    last = max(int(part.rows.max()) for part in split.parts.values())
    longer = replace(
        train,
        texts=[*train.texts, *added],
        labels=np.concatenate([train.labels, np.array(labels, np.int32)]),
        # They are not rows of the reviews, and get numbers beyond them.
        rows=np.concatenate([train.rows, last + 1 + np.arange(len(added))]),
    )
    encoder = TextEncoder.fit(longer.texts, chosen.preparation)
    parts = {name: _encoded(encoder, part) for name, part in {**split.parts, "train": longer}.items()}
    return replace(split, encoder=encoder, parts=parts), len(added)


def _encoded(encoder: TextEncoder, part: Part) -> Part:
    return replace(part, sequences=encoder.encode(part.texts), token_counts=encoder.encode_whole(part.texts).lengths)


def trained(chosen: RunSettings, texts: Prepared) -> Network:
    """The mean of the weights after each of the last epochs, steadier than any of them (Izmailov et al. 2018)."""
    from core.training.session import fit

    networks, state = [], None
    for epoch in range(FIRST_AVERAGED, chosen.training.epochs + 1):
        network, outcome = fit(chosen.with_values({"epochs": epoch}), texts, state=state)
        networks.append(network)
        state = outcome.state
    weights = {name: np.mean([item.weights[name] for item in networks], axis=0) for name in networks[0].weights}
    return replace(networks[-1], weights=weights)


def calibrated(network: Network, part: Part) -> tuple[Network, float]:
    """The same answers, as sure as they are right on `part`: scores divided by a temperature (Guo et al. 2017)."""
    logs = scores(network, part)
    temperature = min(np.arange(1.0, 6.0, 0.1).round(1).tolist(), key=lambda value: loss(logs / value, part))
    softer = {f"output/{name}": network.weights[f"output/{name}"] / temperature for name in ("kernel", "bias")}
    return replace(network, weights=network.weights | softer), temperature


def scores(network: Network, part: Part) -> Array:
    """(texts, classes): logarithms of the probabilities."""
    return np.log(np.maximum(network.predict(part.texts), 1e-9))


def loss(logs: Array, part: Part) -> float:
    """Mean cross-entropy of logs (texts, classes), which may lack a constant."""
    right = logs[np.arange(len(part)), part.labels]
    return float((np.logaddexp.reduce(logs, axis=1) - right).mean())


def accuracy(network: Network, part: Part) -> float:
    return float((network.predict(part.texts).argmax(axis=1) == part.labels).mean())


def main() -> None:
    texts, made = prepared(settings(0))
    validation, test = texts.parts["validation"], texts.parts["test"]
    tried = []
    for seed in SEEDS:
        network, temperature = calibrated(trained(settings(seed), texts), validation)
        # Half the digits, half the size: far below what the answers depend on.
        halved = {name: values.astype(np.float16).astype(np.float32) for name, values in network.weights.items()}
        network = replace(network, weights=halved)
        value = loss(scores(network, validation), validation)
        tried.append((value, seed, temperature, network))
        print(f"seed {seed}: loss {value:.3f}, accuracy {accuracy(network, validation):.3f}", file=sys.stderr)
    _, seed, temperature, network = min(tried, key=lambda item: item[:2])
    sizes = {name: len(part) for name, part in texts.parts.items()}
    about = {
        "made_by": "python -m core.insight.make_demo",
        "texts": reviews().source,
        "fingerprint": reviews().fingerprint,
        "rows": {**sizes, "train": sizes["train"] - made, "generated": made},
        "seeds_tried": len(SEEDS),
        "temperature": temperature,
        "validation": {"accuracy": accuracy(network, validation)},
        "test": {"accuracy": accuracy(network, test)},
    }
    replace(network, about=about).save(FOLDER, numbers=np.float16)
    print(f"seed {seed}: test accuracy {about['test']}, saved to {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
