"""From settings and prepared texts to a trained network, the same way for the engine and for the command line."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.breaks import StoppedEarly, beside, no_stop
from core.config import RunSettings
from core.insight.trained import Trained
from core.models import architecture
from core.models.base import name_of
from core.tasks import task_of
from core.text.neighbours import MOST_TOKENS, neighbour_vectors
from core.text.vectors import VectorsNotFound
from core.training.limits import Texts, foretell
from core.training.observer import Observer
from core.training.quick import quickened
from core.training.runtime import start
from core.training.state import TrainingState
from core.training.trainer import Outcome, train

if TYPE_CHECKING:
    import keras

    from core.text.prepare import Prepared

# Two threads of one worker may begin at once.
_BUILDING = threading.Lock()


def fit(
    settings: RunSettings, prepared: Prepared, observer: Observer | None = None, state: TrainingState | None = None
) -> tuple[Any, Outcome]:
    """Train a network; it is of the class that its task names (`Task.trained`).

    Equal settings, texts and seeds give equal numbers, bit for bit on one machine.
    Raises DoesNotFit where the memory is not enough, and StoppedEarly when the observer asks for a stop before the
    first batch of so many texts that getting ready takes seconds.

    From a `state` the training goes on in the middle; `state.continued()` allows for more epochs.
    """
    foretell(settings, Texts.of(prepared))  # refuses what does not fit
    start()
    model = _model(settings, prepared, state is None, observer or Observer())
    train_part, validation = prepared.parts["train"], prepared.parts["validation"]
    item = task_of(settings)

    def network() -> Any:
        return item.network(settings, prepared, architecture(settings.network.architecture).weights(model))

    watching = item.watched(observer or Observer(), network, prepared)
    outcome = train(model, settings, train_part, validation, watching, state)
    return network(), outcome


def _model(settings: RunSettings, prepared: Prepared, count_words: bool, observer: Observer) -> keras.Model:
    """`initial_model`; of very many texts, a stop is heard meanwhile."""

    def look() -> None:
        if observer.should_stop():
            raise StoppedEarly

    large = len(prepared.parts["train"].sequences.ids) > MOST_TOKENS
    return beside(lambda: initial_model(settings, prepared, count_words), look if large else no_stop)


def initial_model(settings: RunSettings, prepared: Prepared, count_words: bool = True) -> keras.Model:
    """The network as a training with these settings begins: its weights by its seed, or its word vectors.

    Its layers take quicker ways than Keras's own (core/training/quick), to the same numbers.
    Without `count_words` vectors that come from the training texts are left out, for who puts others in their place.
    """
    with _seeded(settings.training.seed):
        model = quickened(task_of(settings).build(settings, task_of(settings).sizes(prepared)))
    if all(layer.name != "embedding" for layer in model.layers):
        return model  # it reads letters only
    if settings.preparation.vectors:
        if prepared.vectors is None:
            raise VectorsNotFound(fingerprint=settings.preparation.vectors)
        model.get_layer("embedding").set_weights([prepared.vectors])
    elif count_words and getattr(settings.network, "vector_start", "random") == "neighbours":
        embedding, texts = model.get_layer("embedding"), prepared.parts["train"].sequences
        words, dimension = embedding.embeddings.shape
        embedding.set_weights([neighbour_vectors(texts, words, dimension, settings.training.seed)])
    return model


def keras_model(network: Trained) -> keras.Model:
    """The Keras model with the weights of `network`, to be saved as model.keras."""
    start()
    with _BUILDING:
        model = task_of(network.settings).build(network.settings, network.sizes)
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(network.weights[name_of(layer.name, variable.name)])
    return model


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Inside, the seeds that Keras draws follow from `seed`; everybody else's random numbers go on as ever.

    Keras draws them by `random.randint`. In a worker, threads of Dask and MLflow draw from the same numbers at any
    moment, so those of Python, seeded, would be others each time: this thread has its own.
    """
    with _BUILDING:
        own, usual, here = random.Random(seed), random.randint, threading.get_ident()

        def drawn(a: int, b: int) -> int:
            return (own.randint if threading.get_ident() == here else usual)(a, b)

        random.randint = drawn
        try:
            yield
        finally:
            random.randint = usual
