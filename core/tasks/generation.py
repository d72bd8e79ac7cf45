"""A text for a label or a beginning (one-to-many), one token after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, log, log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

import numpy as np
import pandas as pd

from core.breaks import Between, no_stop
from core.config import Split
from core.config.generation import GenerationSettings
from core.evaluation.intervals import Intervals, Score
from core.evaluation.named import SCORES
from core.generation import evaluate as judging
from core.generation import network
from core.generation.live import WritingObserver
from core.generation.prepare import WritingPart, prepare, relabelled, require_writable
from core.generation.rows import NO_LABEL
from core.generation.scores import per_token
from core.generation.spacing import Spacing
from core.generation.writer import Writer
from core.messages import N_
from core.models import Architecture, Layer, architecture
from core.models.base import Sizes
from core.tasks.base import Task

if TYPE_CHECKING:
    import keras

    from core.config import RunSettings
    from core.data.dataset import Dataset
    from core.evaluation.answering import Answering
    from core.generation.judging import WritingEvaluation
    from core.models.base import Weights
    from core.text.cutter import Cutter
    from core.text.encoder import TextEncoder
    from core.text.prepare import Prepared
    from core.training.observer import Observer

_COMPARED = 20  # tokens of a text that an exported program is asked to go on from


class Generation(Task):
    name = "generation"
    title = N_("Write texts")
    summary = N_("A text for a label or a beginning, one token after the other.")
    references = judging.REFERENCES
    main_reference = "trigram"
    scores: ClassVar[Mapping[str, tuple[str, str]]] = {
        "perplexity": (
            N_("Perplexity"),
            N_("As unsure as if so many tokens were equally likely at each step. Lower is better."),
        ),
        "likeliest": (
            N_("Next token foreseen"),
            N_("How often the likeliest token was the one that really came next."),
        ),
        "loss": SCORES["loss"],
    }
    trained = Writer
    template = Path(__file__).parents[1] / "export" / "writing"
    score_in_zip: ClassVar[Mapping[str, str]] = {
        "fr": "Sur {texts} textes de test jamais vus, sa perplexité est de {perplexity} : il hésite comme entre autant "
        "de tokens également probables.",
        "en": "On {texts} test texts that it never saw, its perplexity is {perplexity}: it is as unsure as between so "
        "many tokens that are equally likely.",
    }

    def suits(self, dataset: Dataset) -> bool:
        """Any texts; it comes after the tasks that ask for more."""
        return True

    def require_trainable(self, dataset: Dataset) -> None:
        require_writable(dataset)

    def prepare(
        self,
        dataset: Dataset,
        settings: RunSettings,
        cutter: Cutter | None = None,
        between: Between = no_stop,
    ) -> Prepared:
        by_label = cast(GenerationSettings, settings.of_task).by_label
        return prepare(dataset, settings.preparation, settings.split, by_label, between)

    def with_labels(self, dataset: Dataset, class_names: Sequence[str]) -> Dataset:
        return relabelled(dataset, class_names)

    def as_stored(self, dataset: Dataset) -> Dataset:
        return replace(dataset, frame=dataset.frame.assign(label=dataset.frame["label"].replace(NO_LABEL, "")))

    def prepare_again(
        self,
        dataset: Dataset,
        settings: RunSettings,
        encoder: TextEncoder,
        class_names: Sequence[str],
        between: Between = no_stop,
    ) -> Prepared:
        return prepare(dataset, settings.preparation, settings.split, True, between, (encoder, class_names))

    def can(self, item: Architecture) -> bool:
        return network.can_write(item)

    def require(self, architecture_name: str) -> None:
        """Raise CannotWrite, or UnknownArchitecture, if it is not for this task."""
        network.require_writer(architecture(architecture_name))

    def values(self, recipe: str, texts: int | None) -> Mapping[str, Any]:
        if recipe != "recommended":
            return _ALWAYS
        return {**_ALWAYS, **_RECOMMENDED, **(_enough_steps(texts) if texts else {})}

    def without_effect(self) -> set[str]:
        # There is no vector of the whole text to read out, and nothing to read ahead.
        return {"read_out", "dense_layers", "dense_units", "further_dense_units", "word_dropout",
                "word_dropout_length", "freeze_embedding", "vector_start", "bidirectional"}  # fmt: skip

    def build(self, settings: RunSettings, sizes: Sizes) -> keras.Model:
        return network.build(settings, sizes)

    def layers(self, settings: RunSettings, sizes: Sizes) -> list[Layer]:
        return network.drawing(settings, sizes)

    def network(self, settings: RunSettings, prepared: Prepared, weights: Weights) -> Writer:
        plain = super().network(settings, prepared, weights)
        spacing = _spacing(cast(WritingPart, prepared.parts["train"]))
        return Writer(settings, plain.encoder, plain.class_names, weights, {"spacing": spacing.as_json()})

    def watched(self, observer: Observer, network: Callable[[], Writer], prepared: Prepared) -> Observer:
        return WritingObserver(observer, network, cast(WritingPart, prepared.parts["train"]).of_text)

    def evaluate(self, network: Writer, prepared: Prepared, between: Between = no_stop) -> WritingEvaluation:
        return judging.evaluate(network, prepared, between)

    def intervals(self, evaluation: WritingEvaluation) -> Intervals:
        test = evaluation.test
        overall = {
            "perplexity": Score(test["perplexity"], test["perplexity_low"], test["perplexity_high"]),
            "loss": Score(test["loss"], log(test["perplexity_low"]), log(test["perplexity_high"])),
        }
        table = evaluation.predictions
        foreseen = per_token(table["right"].to_numpy(np.float64), table["tokens"].to_numpy(np.int64))
        if not np.isnan(foreseen[0]):  # counts do not say
            overall["likeliest"] = Score(*foreseen)
        return Intervals(test["texts"], overall, pd.DataFrame({"name": [], "texts": []}))

    def each_reference(
        self,
        prepared: Prepared,
        settings: RunSettings,
        observer: Observer | None = None,
        between: Between = no_stop,
    ) -> Iterator[tuple[str, WritingEvaluation]]:
        return judging.each_reference(prepared, between)

    def told_in_zip(self, network: Writer) -> dict[str, Any]:
        return {}

    def answers_differ(self, network: Writer, program: Any, texts: list[str], answering: Answering) -> float:
        """Of what comes next after the beginnings of texts, and of the texts that the tokens make."""
        there, largest = program.Network(), 0.0
        for place, text in enumerate(texts):
            start = network.start(text, network.class_names[place % len(network.class_names)])
            ids, tokens = start.ids[:_COMPARED], start.tokens[:_COMPARED]
            row = np.array([[network.first_id(start.label), *ids]], np.int32)
            found, expected = np.array(there.following(row.tolist())[0]), network.following(row, {})[0][0]
            if found.shape != expected.shape or there.readable(tokens) != network.readable(tokens):
                return float("inf")
            largest = max(largest, float(np.abs(found - expected).max()))
        return largest


@lru_cache(maxsize=2)
def _spacing(part: WritingPart) -> Spacing:
    """Of the training texts; asked for after every epoch."""
    return Spacing.learned(part.texts)


def _enough_steps(texts: int) -> dict[str, int]:
    """Batches and epochs for that many usable texts: what few texts lack is not epochs but steps.

    >>> _enough_steps(3_108), _enough_steps(50)
    ({'batch_size': 32, 'epochs': 60, 'patience': 3}, {'batch_size': 8, 'epochs': 300, 'patience': 30})
    """
    usual = Split()
    learned = max(1, round(texts * (1 - usual.test_share - usual.validation_share)))
    batch_size = 2 ** min(5, max(3, round(log2(learned / 60))))
    steps = ceil(learned / batch_size)
    return {
        "batch_size": batch_size,
        "epochs": min(300, max(60, ceil(1_500 / steps))),
        "patience": min(50, max(3, ceil(150 / steps))),
    }


# Whatever the recipe: capital letters and signs belong to what is written, and nothing is known of what comes next.
_ALWAYS: Mapping[str, Any] = {
    "cleaning": ("unicode", "html", "spaces"),
    "bidirectional": False,
    "vector_start": "random",
    "word_dropout": 0.0,
    "validation_learned": 0.0,
}
_RECOMMENDED: Mapping[str, Any] = {
    "embedding_dim": 128,
    "units": 128,
    "embedding_dropout": 0.3,
    "dropout": 0.4,
    "learning_rate": 0.004,
    "schedule": "constant",
    "early_stopping": True,
    "batch_size": 32,
    "epochs": 60,
    "patience": 3,
}
