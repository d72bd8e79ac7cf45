"""Networks with random weights and their Keras models, built once for all tests: none of these changes one."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from core.config import validated
from core.generation.writer import Writer
from core.insight.network import Network
from core.models.base import Sizes, name_of
from core.tasks import task
from core.tasks.tagging.tagger import Tagger
from core.text.encoder import TextEncoder
from core.text.words import WordEncoder

TEXTS = ["one two three four five", "six", "seven eight nine ten one two three", "two two two"]
LENGTH = 6
# What is tried of every cell: the plainest network, and one with two directions, two layers and what is between them.
PLAIN: dict[str, Any] = {}
DEEP = {"bidirectional": True, "layers": 2, "residual": True, "layer_normalization": True}


def pair(name: str, padding: str = "right", mask: bool = True, classes: int = 3, **values: Any) -> tuple[Network, Any]:
    """A network and the Keras model with the same weights, which does not know on which side the padding is."""
    weights, model = _built(name, mask, classes, tuple(values.items()))
    return Network(_settings(name, padding, mask, values), _encoder(), _names(classes), weights), model


def made(name: str, padding: str = "right", mask: bool = True, classes: int = 3, **values: Any) -> Network:
    return pair(name, padding, mask, classes, **values)[0]


def _settings(name: str, padding: str, mask: bool, values: dict[str, Any]) -> Any:
    told = {"sequence_length": LENGTH, "minimum_count": 1, "padding": padding, "mask_padding": mask}
    settings = validated({"preparation": told, "network": {"architecture": name}})
    small = {"embedding_dim": 4, "units": 4, "filters": 2, "ngram_places": 7, "dense_units": 3} | values
    known = settings.flat()
    return settings.with_values({key: value for key, value in small.items() if key in known})


@cache
def _encoder() -> TextEncoder:
    return TextEncoder.fit(TEXTS, _settings("gru", "right", True, {}).preparation)


def _names(classes: int) -> list[str]:
    return [f"class {number}" for number in range(classes)]


@cache
def _built(name: str, mask: bool, classes: int, values: tuple[tuple[str, Any], ...]) -> tuple[Any, Any]:
    from core.models import architecture

    settings = _settings(name, "right", mask, dict(values))
    item = architecture(name)
    model = item.build(settings.network, _encoder().vocabulary_size, classes, mask)
    numbers = np.random.default_rng(1)
    model.set_weights([numbers.normal(0, 0.5, weight.shape).astype(np.float32) for weight in model.get_weights()])
    return item.weights(model), model


@cache
def tagger(name: str = "lstm", reads: str = "both", tags: int = 3, **values: Any) -> tuple[Tagger, Any]:
    """A tagger of random weights and its Keras model; the words of TEXTS, capital letters unknown."""
    start = validated({"task": "tagging", "network": {"architecture": name}, "preparation": {"minimum_count": 1}})
    small = {"units": 4, "embedding_dim": 4, "letter_dim": 2, "letter_filters": 3, "dense_units": 3, "reads": reads}
    settings = start.with_values({key: value for key, value in (small | values).items() if key in start.flat()})
    encoder = WordEncoder.learn([text.split() for text in TEXTS], settings.preparation)
    sizes = Sizes(encoder.vocabulary_size, tags, encoder.letter_ids)
    model = task("tagging").build(settings, sizes)
    return Tagger(settings, encoder, [f"tag {number}" for number in range(tags)], _random(model)), model


@cache
def writer(name: str = "lstm", labels: tuple[str, ...] = ("no", "yes"), **values: Any) -> tuple[Writer, Any]:
    """A network that writes, of random weights, and its Keras model."""
    start = validated({"task": "generation", "network": {"architecture": name}, "preparation": {"minimum_count": 1}})
    small = {"units": 4, "embedding_dim": 5}
    settings = start.with_values({key: value for key, value in (small | values).items() if key in start.flat()})
    encoder = TextEncoder.fit(TEXTS, settings.preparation)
    model = task("generation").build(settings, Sizes(encoder.vocabulary_size, len(labels)))
    return Writer(settings, encoder, list(labels), _random(model)), model


def _random(model: Any) -> dict[str, Any]:
    numbers = np.random.default_rng(1)
    model.set_weights([numbers.normal(0, 0.5, weight.shape).astype(np.float32) for weight in model.get_weights()])
    return {name_of(layer.name, each.name): each.numpy() for layer in model.layers for each in layer.weights}
