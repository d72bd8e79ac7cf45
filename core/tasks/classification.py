"""One label for a text (many-to-one, or one-to-one for a bag of words)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from core.breaks import Between, no_stop
from core.data import usable
from core.evaluation import references
from core.evaluation.evaluate import Evaluation, evaluate
from core.evaluation.intervals import Intervals, of_evaluation
from core.insight.network import Network
from core.messages import N_
from core.models import Layer, architecture
from core.models.base import Sizes
from core.tasks.base import Task
from core.text.prepare import Prepared, in_the_order_of, prepare

if TYPE_CHECKING:
    import keras

    from core.config import RunSettings
    from core.data.dataset import Dataset
    from core.evaluation.answering import Answering
    from core.text.cutter import Cutter
    from core.text.encoder import TextEncoder
    from core.training.observer import Observer


class Classification(Task):
    name = "classification"
    title = N_("Classify texts")
    summary = N_("One label for each text.")
    references = references.REFERENCES
    main_reference = "pooling"
    trained = Network
    template = Path(__file__).parents[1] / "export" / "template"
    score_in_zip: ClassVar[Mapping[str, str]] = {
        "fr": "Sur {texts} textes de test jamais vus, son exactitude est de {accuracy} et sa F1 macro de {macro_f1}.",
        "en": "On {texts} test texts that it never saw, its accuracy is {accuracy} and its macro F1 {macro_f1}.",
    }

    def suits(self, dataset: Dataset) -> bool:
        return dataset.task == self.name

    def require_trainable(self, dataset: Dataset) -> None:
        usable.require_trainable(dataset)

    def prepare(
        self,
        dataset: Dataset,
        settings: RunSettings,
        cutter: Cutter | None = None,
        between: Between = no_stop,
    ) -> Prepared:
        return prepare(dataset, settings.preparation, settings.split, cutter, between)

    def prepare_again(
        self,
        dataset: Dataset,
        settings: RunSettings,
        encoder: TextEncoder,
        class_names: Sequence[str],
        between: Between = no_stop,
    ) -> Prepared:
        prepared = prepare(dataset, settings.preparation, settings.split, between=between, encoder=encoder)
        return in_the_order_of(prepared, class_names)

    def build(self, settings: RunSettings, sizes: Sizes) -> keras.Model:
        item, mask = architecture(settings.network.architecture), settings.preparation.mask_padding
        return item.build(settings.network, sizes.vocabulary, sizes.classes, mask)

    def layers(self, settings: RunSettings, sizes: Sizes) -> list[Layer]:
        item = architecture(settings.network.architecture)
        return item.layers(settings.network, sizes.vocabulary, sizes.classes)

    def evaluate(self, network: Network, prepared: Prepared, between: Between = no_stop) -> Evaluation:
        return evaluate(network, prepared, between)

    def intervals(self, evaluation: Evaluation) -> Intervals:
        return of_evaluation(evaluation)

    def each_reference(
        self,
        prepared: Prepared,
        settings: RunSettings,
        observer: Observer | None = None,
        between: Between = no_stop,
    ) -> Iterator[tuple[str, Evaluation]]:
        return references.each_reference(prepared, settings.training.seed, observer, between)

    def told_in_zip(self, network: Network) -> dict[str, Any]:
        preparation = network.settings.preparation
        # Without a mask the zeros are read like words, so their number belongs to the network.
        encoding = {
            "sequence_length": preparation.sequence_length,
            "truncation": preparation.truncation,
            "padding": preparation.padding,
            "padded_length": None if preparation.mask_padding else preparation.sequence_length,
        }
        return {"encoding": encoding}

    def answers_differ(self, network: Network, program: Any, texts: list[str], answering: Answering) -> float:
        there = program.Network()
        found, expected = np.array(there.probabilities(texts)), answering.probabilities(network.predict(texts))
        if found.shape != expected.shape:
            return float("inf")
        # The same numbers lead to the same answers; those of the network itself may be beside the line by a hair.
        answers = [there.answer(row) for row in found.tolist()]
        if answers != answering.names(found, list(network.class_names)).tolist():
            return float("inf")
        return float(np.abs(found - expected).max())
