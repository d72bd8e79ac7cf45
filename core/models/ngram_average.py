"""The average of the vectors of all words and of all runs of two or three words: fastText (Joulin et al. 2016).

There are too many pairs of words for a vector each, so a pair's place in a table of fixed size is worked out from its
words' numbers (a hash); pairs that happen to share a place share a vector.

>>> hashed(np.array([[5, 7, 5]], np.int32), 2, 100).tolist()
[[5, 62, 42]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.base import Architecture, Array, Forward, Layer, NetworkSettings, Weights
from core.models.dense_head import answer, head, head_layers
from core.models.padding import Texts, all_of, texts_of
from core.models.text_network import TextSettings, words_dropped
from core.parameters import parameter

if TYPE_CHECKING:
    import keras
    from keras import KerasTensor

# A prime so small that the largest product of it and a place in the largest table is still an int32.
_FACTOR = 8_191
_MOST_PLACES = 2**17


class NgramAverageSettings(TextSettings):
    architecture: Literal["ngram_average"] = "ngram_average"
    longest_ngram: int = parameter(
        2,
        N_("Longest run of words"),
        N_("With 2, each pair of neighbours has a vector, so “not good” is more than its words; with 3, threes, too."),
        unit=N_("words"),
        minimum=1,
        maximum=4,
        step=1,
        level="first",
    )
    ngram_places: int = parameter(
        2**15,
        N_("Places for runs of words"),
        N_("Vectors that all runs of words share. More tell more of them apart, and need more memory."),
        minimum=2,
        maximum=_MOST_PLACES,
        scale="log",
    )


class NgramAverage(Architecture):
    name = "ngram_average"
    title = N_("N-gram average")
    summary = N_("Averages the vectors of words and of word pairs, as fastText does. Quick, and good at topics.")
    order = 85
    family = "baseline"
    settings = NgramAverageSettings
    without_states = N_(
        "This network has no memory that changes word by word: it averages the vectors of all words and of their "
        "neighbours, so there are no hidden states to show."
    )

    def build(self, settings: NetworkSettings, vocabulary_size: int, classes: int, mask_padding: bool) -> keras.Model:
        import keras
        from keras import layers, ops

        own = cast(NgramAverageSettings, settings)
        ids = keras.Input((None,), dtype="int32", name="ids")
        texts = texts_of(ids) if mask_padding else all_of(ids)
        size = own.embedding_dim
        read = texts.ids
        if own.word_dropout:
            read = words_dropped(read, own.word_dropout, own.word_dropout_length)
        embedding = layers.Embedding(vocabulary_size, size, trainable=not own.freeze_embedding, name="embedding")
        total, count = _summed(own, texts, embedding(read), 1), texts.lengths
        if own.longest_ngram > 1:
            table = layers.Embedding(own.ngram_places, size, name="ngrams")
            runs = ops.mod(read, own.ngram_places)
            for length in range(2, own.longest_ngram + 1):
                runs = ops.mod(ops.pad(runs[:, :-1], [[0, 0], [1, 0]]) * _FACTOR + read, own.ngram_places)
                total += _summed(own, texts, table(runs), length)
                count += ops.maximum(texts.lengths - (length - 1), 0)
        features = total / ops.cast(count, "float32")
        return keras.Model(ids, head(own, features, classes), name=self.name)

    def layers(self, settings: NetworkSettings, vocabulary_size: int, classes: int) -> list[Layer]:
        own = cast(NgramAverageSettings, settings)
        size = own.embedding_dim
        learned = 0 if own.freeze_embedding else vocabulary_size * size
        boxes = [
            Layer("ids", N_("Token ids"), (None, None), 0),
            Layer("embedding", N_("Embedding"), (None, None, size), learned),
        ]
        if own.longest_ngram > 1:
            title = N_("And a vector for each run of words")
            runs = own.longest_ngram - 1
            boxes.append(Layer("ngrams", title, (None, None, size), own.ngram_places * size, looks=runs))
        mean = Layer("read_out", N_("Mean of all these vectors"), (None, size), 0)
        return [*boxes, mean, *head_layers(own, size, classes)]

    def forward(self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32]) -> Forward:
        own = cast(NgramAverageSettings, settings)
        sums = np.cumsum(weights["embedding"][ids], axis=1, dtype=np.float64)
        steps = np.arange(1, ids.shape[1] + 1)
        counts = steps.copy()
        for length in range(2, own.longest_ngram + 1):
            vectors = weights["ngrams"][hashed(ids, length, own.ngram_places)]
            vectors[:, : length - 1] = 0
            sums += np.cumsum(vectors, axis=1, dtype=np.float64)
            counts += np.maximum(steps - (length - 1), 0)
        return Forward({}, (sums / counts[:, None]).astype(np.float32))

    def answer(self, settings: NetworkSettings, weights: Weights, read_outs: Array) -> Array:
        return answer(cast(NgramAverageSettings, settings), weights, read_outs)


def hashed(ids: NDArray[np.int32], length: int, places: int) -> NDArray[np.int32]:
    """(texts, time) the place of the run of `length` words that ends at each word, as if zeros were before the text."""
    runs = ids % places
    for _ in range(length - 1):
        runs = (np.pad(runs[:, :-1], [(0, 0), (1, 0)]) * _FACTOR + ids) % places
    return runs


def _summed(settings: NgramAverageSettings, texts: Texts, vectors: KerasTensor, length: int) -> KerasTensor:
    """(texts, numbers) the sum of vectors (texts, time, numbers) where a run of `length` words ends inside the text."""
    from keras import layers, ops

    if settings.embedding_dropout:
        vectors = layers.Dropout(settings.embedding_dropout, name=f"dropout_of_{length}")(vectors)
    ends = ops.logical_and(ops.less(texts.positions, texts.lengths), ops.greater_equal(texts.positions, length - 1))
    return ops.squeeze(ops.matmul(ops.expand_dims(ops.cast(ends, "float32"), 1), vectors), axis=1)


ARCHITECTURE = NgramAverage()
