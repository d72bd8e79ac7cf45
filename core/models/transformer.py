"""A small transformer encoder: every word looks at all others at once (Vaswani et al. 2017).

Normalisation comes before attention and before the feed-forward layers (Xiong et al. 2020), which trains without a
warm-up. Without positions the words are a bag: any other order of them gives the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from core.messages import N_
from core.models.attention import attended, attended_arrays, attention_layers
from core.models.base import Array, Forward, Layer, NetworkSettings, Weights
from core.models.between import EPSILON, normalized
from core.models.padding import Texts
from core.models.per_word import PerWord
from core.models.positions import POSITIONS, Positions, added, added_arrays, position_layers
from core.models.read_out import ReadOut, attention_of, features_of, read_out, read_out_of
from core.models.text_network import TextNetwork, TextSettings
from core.parameters import parameter

if TYPE_CHECKING:
    from keras import KerasTensor

_READ_OUTS = {
    "mean": N_("the mean of all words"),
    "max": N_("each number's maximum"),
    "mean_max": N_("mean and maximum"),
    "attention": N_("attention"),
    "first": N_("the first word"),
    "last": N_("the last word"),
}


class TransformerSettings(TextSettings):
    architecture: Literal["transformer"] = "transformer"
    # As many learned positions as the longest text has tokens; core.config keeps it so.
    longest_text: int = 256
    positions: Positions = parameter(
        "sinusoidal",
        N_("Positions"),
        N_("How a word's place in the text is told. With none, the network is blind to the order of the words."),
        choices=POSITIONS,
        level="first",
    )
    attention_layers: int = parameter(
        1,
        N_("Attention layers"),
        N_("How often the words look at each other. More can combine more, need more texts and longer."),
        minimum=1,
        maximum=4,
        step=1,
    )
    heads: int = parameter(
        4,
        N_("Heads"),
        N_("How many looks a word takes at the others in each layer, each with a question of its own."),
        minimum=1,
        maximum=16,
    )
    feed_forward: int = parameter(
        128,
        N_("Feed-forward units"),
        N_("Size of the hidden layer that each word passes after it has looked at the others."),
        minimum=1,
        maximum=4_096,
        scale="log",
    )
    layer_dropout: float = parameter(
        0.1,
        N_("Dropout within layers"),
        N_("Share of what attention and feed-forward layers give that is switched off at each training step."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    read_out: Literal[ReadOut, "first"] = parameter(
        "mean",
        N_("Read-out"),
        N_("Which words' vectors the answer is read from, once they have looked at each other."),
        choices=_READ_OUTS,
    )


class Transformer(TextNetwork[TransformerSettings], PerWord):
    name = "transformer"
    title = "Transformer"
    summary = N_("No recurrence: every word looks at all others at once. Must be told where each word stands.")
    order = 50
    family = "remedy"
    settings = TransformerSettings
    pairwise = True
    without_states = N_(
        "No memory goes from word to word here: each word has a vector of its own, which changes in every layer by "
        "what it hears from the others."
    )

    def one_way(self, settings: NetworkSettings) -> bool:
        return False

    def shares(self, settings: NetworkSettings) -> str:
        if cast(TransformerSettings, settings).read_out == "attention":
            return super().shares(settings)
        return N_(
            "Below it: how much each word is listened to in the last layer, on average over the heads and over the "
            "words from which the answer is read. What is missing to 100% falls on the padding, if the network reads "
            "it."
        )

    def summary_of(self, settings: TransformerSettings, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        words = self.states_of(settings, vectors, texts)
        # Texts stand at the left end, so the first word is the first column.
        return words[:, 0] if settings.read_out == "first" else read_out(words, settings.read_out, texts)

    def states_of(self, settings: Any, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        """(texts, time, numbers) each word's vector after all layers, from word vectors of as many numbers."""
        from keras import layers

        def some(values: KerasTensor, name: str) -> KerasTensor:
            rate = settings.layer_dropout
            return layers.Dropout(rate, name=f"dropout_of_{name}")(values) if rate else values

        def even(values: KerasTensor, name: str) -> KerasTensor:
            return layers.LayerNormalization(epsilon=EPSILON, name=name)(values)

        words = added(settings.positions, settings.longest_text, vectors, texts)
        for number in range(1, settings.attention_layers + 1):
            name = f"attention_{number}"
            words += some(attended(name, settings.heads, even(words, f"before_{name}"), texts), name)
            name = f"feed_forward_{number}"
            hidden = layers.Dense(settings.feed_forward, activation="relu", name=name)(even(words, f"before_{name}"))
            words += some(layers.Dense(vectors.shape[-1], name=f"{name}_out")(hidden), name)
        return even(words, "normalization")

    def walk(self, settings: TransformerSettings, weights: Weights, vectors: Array) -> Forward:
        lengths = np.full(len(vectors), vectors.shape[1])
        states, top, listened = self._read(settings, weights, vectors, lengths)
        if settings.read_out == "attention":
            shares = attention_of(top, weights)
        else:
            shares = listened[:, {"first": 1, "last": 2}.get(settings.read_out, 0)]
        return Forward(states, self._ends(settings, weights, top, lengths)[:, None], shares)

    def read_outs_of(
        self, settings: NetworkSettings, weights: Weights, ids: NDArray[np.int32], lengths: NDArray[np.int64]
    ) -> Array:
        own = cast(TransformerSettings, settings)
        _, top = self.read(own, weights, weights["embedding"][ids], lengths)
        return self._ends(own, weights, top, lengths)

    def read(
        self, settings: Any, weights: Weights, vectors: Array, lengths: NDArray[np.int64]
    ) -> tuple[dict[str, Array], Array]:
        states, top, _ = self._read(settings, weights, vectors, lengths)
        return states, top

    def _ends(self, settings: TransformerSettings, weights: Weights, words: Array, lengths: NDArray[np.int64]) -> Array:
        if settings.read_out == "first":
            return words[:, 0]
        return read_out_of(words, settings.read_out, weights, lengths, two_ways=False)

    def _read(
        self, settings: TransformerSettings, weights: Weights, vectors: Array, lengths: NDArray[np.int64]
    ) -> tuple[dict[str, Array], Array, Array]:
        """The words' vectors after each layer by name, the last of them, and who listened to whom: (texts, 3, time)."""
        words = added_arrays(settings.positions, vectors, weights)
        listened = np.empty(0, np.float32)
        states = {}
        for number in range(1, settings.attention_layers + 1):
            name = f"attention_{number}"
            even = normalized(words, weights, f"before_{name}")
            heard, listened = attended_arrays(name, settings.heads, even, weights, lengths)
            words = words + heard
            name = f"feed_forward_{number}"
            hidden = normalized(words, weights, f"before_{name}") @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]
            words = words + np.maximum(hidden, 0) @ weights[f"{name}_out/kernel"] + weights[f"{name}_out/bias"]
            states[f"layer {number}/vectors" if settings.attention_layers > 1 else "vectors"] = words
        last = next(reversed(states))
        states[last] = normalized(words, weights, "normalization")
        return states, states[last], listened

    def summary_layers(self, settings: TransformerSettings) -> list[Layer]:
        boxes, size = self.state_layers(settings, settings.embedding_dim)
        kind = settings.read_out
        if kind == "attention":
            boxes.append(Layer("attention", N_("A weight for each word"), (None, None, 1), size))
        features = size if kind == "first" else features_of(size, kind)
        return [*boxes, Layer("read_out", _READ_OUTS[kind], (None, features), 0)]

    def state_layers(self, settings: Any, numbers: int) -> tuple[list[Layer], int]:
        inner = settings.feed_forward
        boxes = position_layers(settings.positions, settings.longest_text, numbers)
        for number in range(1, settings.attention_layers + 1):
            name = f"attention_{number}"
            boxes.append(_even(f"before_{name}", numbers))
            boxes += attention_layers(name, settings.heads, numbers)
            name = f"feed_forward_{number}"
            boxes += [
                _even(f"before_{name}", numbers),
                Layer(name, N_("Dense, ReLU"), (None, None, inner), (numbers + 1) * inner),
                Layer(f"{name}_out", N_("Dense, added to what came in"), (None, None, numbers), (inner + 1) * numbers),
            ]
        return [*boxes, _even("normalization", numbers)], numbers


def _even(name: str, size: int) -> Layer:
    return Layer(name, N_("Layer normalisation"), (None, None, size), 2 * size)


ARCHITECTURE = Transformer()
