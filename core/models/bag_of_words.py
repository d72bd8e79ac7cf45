"""The counts of a text's words as one vector, and dense layers: one vector in, one class out, no word order.

A dense layer on a vector of 20,000 counts, nearly all of them zero, is the sum of the rows of its kernel that belong
to the words of the text. So the kernel is kept as an embedding, and a step reads and moves only the rows in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Architecture, Array, Forward, Layer, NetworkSettings, Weights, both_classes
from core.models.dense_head import HeadSettings, activated, answer, head, head_layers, of_layer, outputs_of
from core.models.text_network import words_dropped
from core.parameters import parameter
from core.text.sequences import PADDING_ID

if TYPE_CHECKING:
    import keras
    from keras import KerasTensor


class BagOfWordsSettings(HeadSettings):
    architecture: Literal["bag_of_words"] = "bag_of_words"
    counting: Literal["presence", "counts"] = parameter(
        "presence",
        N_("What is counted"),
        N_("Whether a word occurs in the text, or how often. In short texts there is little difference."),
        choices={"presence": N_("whether it occurs"), "counts": N_("how often it occurs")},
        level="first",
    )
    word_dropout: float = parameter(
        0.2,
        N_("Word dropout"),
        N_("Share of the words that are read as unknown while training, so that no single word decides alone."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )


class BagOfWords(Architecture):
    """read_outs are the first dense layer's sums with their bias, before its ReLU or, without hidden layers, before
    the answer's sigmoid or softmax.
    """

    name = "bag_of_words"
    title = N_("Bag of words")
    summary = N_("One vector in, one class out: which words occur, each with a weight for each class. Knows no order.")
    order = 80
    family = "baseline"
    settings = BagOfWordsSettings
    embeds = False
    without_states = N_(
        "This network has no memory that changes word by word: each word adds its own numbers to the answer, wherever "
        "it stands, so there are no hidden states to show."
    )

    def build(self, settings: NetworkSettings, vocabulary_size: int, classes: int, mask_padding: bool) -> keras.Model:
        import keras
        from keras import layers, ops

        own = cast(BagOfWordsSettings, settings)
        ids = keras.Input((None,), dtype="int32", name="ids")
        words = words_dropped(ids, own.word_dropout, 1) if own.word_dropout else ids
        width = _width(own, classes)
        if own.counting == "presence":
            words = ops.sort(words, axis=1)  # words that are the same stand side by side
        rows = layers.Embedding(vocabulary_size, width, name="words")(words)
        # A bias is a row that every text has.
        bias = layers.Embedding(1, width, embeddings_initializer="zeros", name="bias")(ops.zeros_like(ids[:, 0]))
        sums = bias + ops.sum(rows * ops.expand_dims(_counted(own, words, mask_padding), -1), axis=1)
        if own.dense_layers:
            outputs = head(_after_the_first(own), layers.Activation("relu", name="relu")(sums), classes)
        else:
            outputs = layers.Activation("sigmoid" if width == 1 else "softmax", name="output")(sums)
        return keras.Model(ids, outputs, name=self.name)

    def layers(self, settings: NetworkSettings, vocabulary_size: int, classes: int) -> list[Layer]:
        own = cast(BagOfWordsSettings, settings)
        width = _width(own, classes)
        counts = N_("Which words occur") if own.counting == "presence" else N_("How often each word occurs")
        boxes = [
            Layer("ids", N_("Token ids"), (None, None), 0),
            Layer("counts", counts, (None, vocabulary_size), 0),
            Layer("words", N_("Dense: a row of weights for each word"), (None, width), vocabulary_size * width),
            Layer("bias", N_("Bias"), (None, width), width),
        ]
        if own.dense_layers:
            return [*boxes, *head_layers(_after_the_first(own), width, classes)]
        answers = N_("Answer: one sigmoid unit") if width == 1 else N_("Answer: softmax over the classes")
        return [*boxes, Layer("output", answers, (None, width), 0)]

    def forward(self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32]) -> Forward:
        own = cast(BagOfWordsSettings, settings)
        rows = weights["words"][ids]
        if own.counting == "presence":
            rows = rows * _first_of_their_kind(ids)[..., None]
        return Forward({}, (np.cumsum(rows, axis=1, dtype=np.float64) + weights["bias"][0]).astype(np.float32))

    def answer(self, settings: NetworkSettings, weights: Weights, read_outs: Array) -> Array:
        own = cast(BagOfWordsSettings, settings)
        if own.dense_layers:
            return answer(_after_the_first(own), weights, np.maximum(read_outs, 0))
        return both_classes(activated(read_outs))


def _width(settings: BagOfWordsSettings, classes: int) -> int:
    """Units of the first dense layer: a hidden one's, or the answer's."""
    return settings.dense_units if settings.dense_layers else outputs_of(classes)


def _after_the_first(settings: BagOfWordsSettings) -> BagOfWordsSettings:
    further = settings.further_dense_units
    second = of_layer(settings.dense_units, further, 2)
    changed = {"dense_layers": settings.dense_layers - 1, "dense_units": second, "further_dense_units": further[1:]}
    return settings.model_copy(update=changed)


def _counted(settings: BagOfWordsSettings, words: KerasTensor, mask_padding: bool) -> KerasTensor:
    """(texts, time) 1 where a word counts, else 0: padding, and words that were there already."""
    from keras import ops

    counted = ops.not_equal(words, PADDING_ID) if mask_padding else ops.ones_like(words, dtype="bool")
    if settings.counting == "presence":
        # No word has the number -1.
        before = ops.pad(words[:, :-1], [[0, 0], [1, 0]], constant_values=-1)
        counted = ops.logical_and(counted, ops.not_equal(words, before))
    return ops.cast(counted, "float32")


def _first_of_their_kind(ids: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(texts, time) whether the word did not occur before: [[5, 7, 5]] is [[True, True, False]]."""
    order = np.argsort(ids, axis=1, kind="stable")
    ordered = np.take_along_axis(ids, order, axis=1)
    first = np.ones(ids.shape, bool)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    found = np.empty_like(first)
    np.put_along_axis(found, order, first, axis=1)
    return found


ARCHITECTURE = BagOfWords()
