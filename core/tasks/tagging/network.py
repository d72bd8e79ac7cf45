"""The network of a tagger: what is known of each word -> the architecture's states -> a tag at each word.

With padding after a sentence nothing before it changes; where a network also reads from the end, states stay zero until
the sentence begins (`Recurrent._cell`). So the states of a sentence are the same in every batch, and what is answered
to padding is never asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.config import RunSettings
from core.config.tagging import TaggingSettings
from core.messages import N_
from core.models import Layer, architecture
from core.models.base import Array, Sizes, Weights
from core.models.dense_head import answer, head, head_layers
from core.models.padding import Texts
from core.models.per_word import PerWord
from core.models.text_network import TextSettings, words_dropped
from core.tasks.tagging.letters import spelled, spelling, spelling_layer

if TYPE_CHECKING:
    import keras


def build(settings: RunSettings, sizes: Sizes, states: PerWord | None = None) -> keras.Model:
    """ids (texts, time), letters (texts, time, letters), both int32, sentences at the left end -> (texts, time, tags)
    probabilities; of two tags one number, that of the second. states: in place of the architecture's own."""
    import keras
    from keras import ops

    own, tagging, item = _parts(settings)
    item = states or item
    ids = keras.Input((None,), dtype="int32", name="ids")
    letters = keras.Input((None, None), dtype="int32", name="letters")
    ones = ops.ones_like(ids)
    present = ops.sum(ops.cast(ops.not_equal(ids, 0), "int32"), axis=1, keepdims=True)
    texts = Texts(ids, ops.cumsum(ones, axis=1) - 1, ops.maximum(present, 1))
    known = []
    if tagging.reads != "letters":
        embedding = keras.layers.Embedding(
            sizes.vocabulary, own.embedding_dim, trainable=not own.freeze_embedding, name="embedding"
        )
        dropped = own.word_dropout
        known.append(embedding(words_dropped(ids, dropped, own.word_dropout_length) if dropped else ids))
    if tagging.reads != "words":
        known.append(spelling(tagging, letters, sizes.letters))
    vectors = known[0] if len(known) == 1 else ops.concatenate(known, axis=-1)
    if own.embedding_dropout:
        vectors = keras.layers.Dropout(own.embedding_dropout, name="embedding_dropout")(vectors)
    outputs = head(own, item.states_of(own, vectors, texts), sizes.classes)
    return keras.Model([ids, letters], outputs, name=f"{settings.network.architecture}_tagger")


def layers(settings: RunSettings, sizes: Sizes) -> list[Layer]:
    """The same as a drawing."""
    own, tagging, item = _parts(settings)
    boxes, numbers = [Layer("ids", N_("Ids of the words and their letters"), (None, None), 0)], 0
    if tagging.reads != "letters":
        learned = 0 if own.freeze_embedding else sizes.vocabulary * own.embedding_dim
        boxes.append(Layer("embedding", N_("Embedding"), (None, None, own.embedding_dim), learned))
        numbers += own.embedding_dim
    if tagging.reads != "words":
        boxes.append(spelling_layer(tagging, sizes.letters, beside=len(boxes) > 1))
        numbers += tagging.letter_filters
    states, features = item.state_layers(own, numbers)
    above = [replace(box, output_shape=(None, *box.output_shape)) for box in head_layers(own, features, sizes.classes)]
    above[-1] = replace(above[-1], title=N_("Answer: a tag for each word"))
    return [*boxes, *states, *above]


def read(
    settings: RunSettings, weights: Weights, ids: NDArray[np.int32], letters: NDArray[np.int32]
) -> tuple[Array, dict[str, Array], Array]:
    """The same in NumPy, of ids (texts, time) and letters (texts, time, letters): what stands for each word (texts,
    time, numbers), the states by name, each (texts, time, units), and (texts, time, features) at the top. What stands
    at padding means nothing."""
    own, tagging, item = _parts(settings)
    known = []
    if tagging.reads != "letters":
        known.append(weights["embedding"][ids])
    if tagging.reads != "words":
        # Words come back: each is looked at once.
        words, places = np.unique(letters.reshape(-1, letters.shape[-1]), axis=0, return_inverse=True)
        known.append(spelled(tagging, weights, words)[places.reshape(-1)].reshape(*ids.shape, -1))
    lengths = np.maximum(np.count_nonzero(ids, axis=1), 1)
    vectors = np.concatenate(known, axis=-1)
    return vectors, *item.read(own, weights, vectors, lengths)


def answered(settings: RunSettings, weights: Weights, top: Array) -> Array:
    """(..., tags) probabilities from what is at the top (..., features)."""
    return answer(_parts(settings)[0], weights, top)


def _parts(settings: RunSettings) -> tuple[TextSettings, TaggingSettings, PerWord]:
    item = architecture(settings.network.architecture)
    return cast(TextSettings, settings.network), cast(TaggingSettings, settings.of_task), cast(PerWord, item)
