"""A tag for each word (many-to-many): parts of speech, names, and what else words are told apart by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from core.breaks import Between, no_stop
from core.data import usable
from core.evaluation.tagging import references
from core.evaluation.tagging import scores as judging
from core.evaluation.tagging.intervals import of_tagging
from core.evaluation.tagging.named import SCORES
from core.messages import N_
from core.models import Architecture, Layer
from core.models.base import Sizes, Weights
from core.models.per_word import PerWord
from core.tasks.base import Task
from core.tasks.tagging import network, recipes
from core.tasks.tagging.prepared import prepare_tagged
from core.tasks.tagging.tagger import Tagger
from core.text.prepare import in_the_order_of
from core.text.words import BEGIN, END, FIRST, LETTERS, WordEncoder

if TYPE_CHECKING:
    import keras

    from core.config import RunSettings
    from core.data.dataset import Dataset
    from core.evaluation.answering import Answering
    from core.evaluation.evaluate import Evaluation
    from core.evaluation.intervals import Intervals
    from core.text.cutter import Cutter
    from core.text.encoder import TextEncoder
    from core.text.prepare import Prepared
    from core.training.observer import Observer


class Tagging(Task):
    name = "tagging"
    title = N_("Tag words")
    summary = N_("A tag for each word, such as its part of speech, or whether it belongs to a name.")
    references = references.REFERENCES
    main_reference = "tag_per_word"
    hard_reference = "tag_linear"
    trained = Tagger
    scores = SCORES
    template = Path(__file__).parents[2] / "export" / "tagging"
    score_in_zip: ClassVar[Mapping[str, str]] = {
        "fr": "Sur {texts} mots de phrases de test jamais vues, son exactitude est de {accuracy} et sa F1 macro de "
        "{macro_f1}.",
        "en": "On {texts} words of test sentences that it never saw, its accuracy is {accuracy} and its macro F1 "
        "{macro_f1}.",
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
        return prepare_tagged(dataset, settings.preparation, settings.split, between)

    def prepare_again(
        self,
        dataset: Dataset,
        settings: RunSettings,
        encoder: TextEncoder,
        class_names: Sequence[str],
        between: Between = no_stop,
    ) -> Prepared:
        assert isinstance(encoder, WordEncoder)
        prepared = prepare_tagged(dataset, settings.preparation, settings.split, between, encoder)
        return in_the_order_of(prepared, class_names)

    def sizes(self, prepared: Prepared) -> Sizes:
        encoder = prepared.encoder
        assert isinstance(encoder, WordEncoder)
        return Sizes(encoder.vocabulary_size, len(prepared.class_names), encoder.letter_ids)

    def can(self, item: Architecture) -> bool:
        return isinstance(item, PerWord)

    def values(self, recipe: str, texts: int | None) -> Mapping[str, Any]:
        return recipes.values(recipe, texts)

    def without_effect(self) -> set[str]:
        # Words are given and stand at the left end; there is no vector of the whole sentence to read out.
        return {"tokens", "truncation", "padding", "mask_padding", "read_out"}

    def build(self, settings: RunSettings, sizes: Sizes) -> keras.Model:
        return network.build(settings, sizes)

    def layers(self, settings: RunSettings, sizes: Sizes) -> list[Layer]:
        return network.layers(settings, sizes)

    def network(self, settings: RunSettings, prepared: Prepared, weights: Weights) -> Tagger:
        known = prepared.encoder
        assert isinstance(known, WordEncoder)
        encoder = WordEncoder(known.tokenizer, settings.preparation, known.letters)
        return Tagger(settings, encoder, prepared.class_names, weights)

    def evaluate(self, network: Tagger, prepared: Prepared, between: Between = no_stop) -> Evaluation:
        return judging.evaluate(network, prepared, between)

    def intervals(self, evaluation: Evaluation) -> Intervals:
        return of_tagging(evaluation)

    def each_reference(
        self,
        prepared: Prepared,
        settings: RunSettings,
        observer: Observer | None = None,
        between: Between = no_stop,
    ) -> Iterator[tuple[str, Evaluation]]:
        return references.each_reference(prepared, between)

    def told_in_zip(self, network: Tagger) -> dict[str, Any]:
        own = {"letters": network.words.letters, "first": FIRST, "begin": BEGIN, "end": END, "most": LETTERS}
        return {"spelling": own}

    def answers_differ(self, network: Tagger, program: Any, texts: list[str], answering: Answering) -> float:
        found = program.Network().tagged(texts)
        expected = [network.trace(text) for text in texts]
        worst = 0.0
        for (words, probabilities), trace in zip(found, expected, strict=True):
            if words != [token.text for token in trace.tokens]:
                return float("inf")
            if words:
                worst = max(worst, float(np.abs(np.array(probabilities) - trace.probabilities).max()))
        return worst
