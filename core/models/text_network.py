"""What all architectures share: ids -> word vectors -> one vector for the text -> dense head.

A subclass says only how the word vectors become one vector: `summary_of` in Keras, `walk` in NumPy, `summary_layers`
for the drawing.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Architecture, Array, Forward, Layer, NetworkSettings, Weights
from core.models.dense_head import HeadSettings, answer, head, head_layers
from core.models.padding import Texts, texts_of
from core.parameters import parameter
from core.text.sequences import PADDING_ID, UNKNOWN_ID

if TYPE_CHECKING:
    import keras
    from keras import KerasTensor


class TextSettings(HeadSettings):
    """Parameters of the word vectors and of the dense head."""

    embedding_dim: int = parameter(
        64,
        N_("Embedding size"),
        N_("How many numbers stand for a word. More can tell more words apart, and need more texts to learn."),
        minimum=1,
        maximum=1_024,
        scale="log",
        level="first",
    )
    vector_start: Literal["random", "neighbours"] = parameter(
        "random",
        N_("Word vectors start"),
        N_(
            "Where the vectors of words begin: at random, or alike for words that stand near the same words in the "
            "training texts, which helps where texts are few. Vectors from a file come before both."
        ),
        choices={"random": N_("at random"), "neighbours": N_("from the words' neighbours")},
    )
    embedding_dropout: float = parameter(
        0.4,
        N_("Embedding dropout"),
        N_("Share of the numbers of each word's vector that is switched off at each training step."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    word_dropout: float = parameter(
        0.0,
        N_("Word dropout"),
        N_("Share of the words that are read as unknown while training, so that no single word decides alone."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    word_dropout_length: int = parameter(
        1,
        N_("Full word dropout from"),
        N_("Texts of fewer tokens lose a smaller share of their words, in proportion: each of few words counts more."),
        unit=N_("tokens"),
        minimum=1,
        maximum=5_000,
        scale="log",
    )
    freeze_embedding: bool = parameter(
        False,
        N_("Keep word vectors fixed"),
        N_("Word vectors stay as they start. Sensible for pre-trained ones, when there are few texts to learn from."),
    )


S = TypeVar("S", bound=TextSettings)


class TextNetwork(Architecture, Generic[S]):
    """An architecture whose settings are of class `S`."""

    def build(self, settings: NetworkSettings, vocabulary_size: int, classes: int, mask_padding: bool) -> keras.Model:
        import keras

        own = cast(S, settings)
        ids = keras.Input((None,), dtype="int32", name="ids")
        texts = texts_of(ids) if mask_padding else None
        size, trainable = own.embedding_dim, not own.freeze_embedding
        embedding = keras.layers.Embedding(vocabulary_size, size, trainable=trainable, name="embedding")
        read = texts.ids if texts else ids
        if own.word_dropout:
            read = words_dropped(read, own.word_dropout, own.word_dropout_length)
        vectors = embedding(read)
        if own.embedding_dropout:
            vectors = keras.layers.Dropout(own.embedding_dropout, name="embedding_dropout")(vectors)
        outputs = head(own, self.summary_of(own, vectors, texts), classes)
        return keras.Model(ids, outputs, name=self.name)

    def layers(self, settings: NetworkSettings, vocabulary_size: int, classes: int) -> list[Layer]:
        own = cast(S, settings)
        size = own.embedding_dim
        learned = 0 if own.freeze_embedding else vocabulary_size * size
        middle = self.summary_layers(own)
        return [
            Layer("ids", N_("Token ids"), (None, None), 0),
            Layer("embedding", N_("Embedding"), (None, None, size), learned),
            *middle,
            *head_layers(own, middle[-1].output_shape[-1] or 0, classes),
        ]

    def forward(self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32]) -> Forward:
        return self.walk(cast(S, settings), weights, weights["embedding"][ids])

    def answer(self, settings: NetworkSettings, weights: Weights, read_outs: Array) -> Array:
        return answer(cast(S, settings), weights, read_outs)

    @abstractmethod
    def summary_of(self, settings: S, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        """(texts, features) from word vectors (texts, time, embedding_dim); without `texts`, padding is read too."""

    @abstractmethod
    def walk(self, settings: S, weights: Weights, vectors: Array) -> Forward:
        """States and read-outs of each step, in NumPy, from word vectors (texts, time, embedding_dim)."""

    @abstractmethod
    def summary_layers(self, settings: S) -> list[Layer]:
        """The boxes between the embedding and the dense head; the last one's shape is (None, features)."""


def words_dropped(ids: KerasTensor, rate: float, full_length: int) -> KerasTensor:
    """While training, ids (texts, time) of which about `rate` have become that of an unknown word; never padding.

    In a text of fewer than `full_length` tokens, in proportion: `rate` * tokens / `full_length`.
    """
    from keras import layers, ops

    words = ops.not_equal(ids, PADDING_ID)
    lengths = ops.sum(ops.cast(words, "float32"), axis=1, keepdims=True)
    rates = rate * ops.minimum(1.0, lengths / full_length)
    # Stock Keras has no layer that draws with a rate of its own for each text: a normal number is drawn, and where it
    # stands among all normal numbers is a number between 0 and 1. Outside of training it is 0 and drops nothing.
    noise = layers.GaussianNoise(1.0, name="word_dropout")(ops.zeros_like(ids, dtype="float32"))
    drawn = (1 + ops.erf(noise / 2**0.5)) / 2
    dropped = ops.logical_and(ops.less(drawn, rates), ops.not_equal(noise, 0.0))
    return ops.where(ops.logical_and(dropped, words), UNKNOWN_ID, ids)
