"""A convolution over the words: filters that each look for a few words in a row (Kim 2014).

Every window ends at a word of the text and may begin before its first one, where there are zeros. So what a filter
sees at a word depends on no later word, and padding after the text changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator

from core.messages import N_
from core.models.base import Array, Forward, Layer, NetworkSettings, Weights
from core.models.padding import Texts
from core.models.read_out import read_out
from core.models.text_network import TextNetwork, TextSettings
from core.parameters import numbers, parameter

if TYPE_CHECKING:
    from keras import KerasTensor

_WIDTHS = {width: str(width) for width in range(1, 8)}


def _some_widths(value: tuple[int, ...]) -> tuple[int, ...]:
    if not value or not set(value) <= _WIDTHS.keys():
        raise ValueError(N_("choose at least one width from 1 to 7 words"))
    return tuple(sorted(set(value)))


class ConvolutionSettings(TextSettings):
    architecture: Literal["convolution"] = "convolution"
    filters: int = parameter(
        64,
        N_("Filters"),
        N_("How many patterns of each width are looked for. More can find more, and take longer."),
        minimum=1,
        maximum=1_024,
        scale="log",
        level="first",
    )
    widths: Annotated[tuple[int, ...], BeforeValidator(numbers), AfterValidator(_some_widths)] = parameter(
        (3, 4, 5),
        N_("Widths of the filters"),
        N_("How many words in a row a filter looks at. Several widths find short and long turns of phrase."),
        unit=N_("words"),
        choices=_WIDTHS,
    )


class Convolution(TextNetwork[ConvolutionSettings]):
    name = "convolution"
    title = N_("Convolution")
    summary = N_("Filters look for a few words in a row, anywhere in the text, and each keeps its best match. Quick.")
    order = 70
    family = "baseline"
    settings = ConvolutionSettings
    without_states = N_(
        "This network has no memory that goes from word to word: each filter looks at a few words in a row and keeps "
        "its strongest match, so there are no hidden states to show."
    )

    def shares(self, settings: NetworkSettings) -> str:
        return N_(
            "Below it: the share of all filters whose strongest match ends at that word. These passages are all that "
            "the answer is made of; what is missing to 100% falls on the padding, if the network reads it."
        )

    def summary_of(self, settings: ConvolutionSettings, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        from keras import layers, ops

        found = []
        for width in settings.widths:
            name = f"convolution_{width}"
            matches = layers.Conv1D(settings.filters, width, padding="causal", activation="relu", name=name)(vectors)
            found.append(read_out(matches, "max", texts))
        return found[0] if len(found) == 1 else ops.concatenate(found, axis=-1)

    def walk(self, settings: ConvolutionSettings, weights: Weights, vectors: Array) -> Forward:
        matches = np.concatenate([_matches(weights, width, vectors) for width in settings.widths], axis=-1)
        strongest = matches.argmax(axis=1)
        shares = np.stack([np.bincount(row, minlength=matches.shape[1]) for row in strongest]) / matches.shape[2]
        return Forward({}, np.maximum.accumulate(matches, axis=1), shares.astype(np.float32))

    def summary_layers(self, settings: ConvolutionSettings) -> list[Layer]:
        size, filters = settings.embedding_dim, settings.filters
        boxes = [
            Layer(
                f"convolution_{width}",
                N_("Convolution, ReLU"),
                (None, None, filters),
                (width * size + 1) * filters,
                beside=place > 0,
            )
            for place, width in enumerate(settings.widths)
        ]
        return [*boxes, Layer("read_out", N_("Each filter's best match"), (None, filters * len(boxes)), 0)]


def _matches(weights: Weights, width: int, vectors: Array) -> Array:
    """(texts, time, filters): how well each filter of that width matches the words that end at each word."""
    kernel, bias = weights[f"convolution_{width}/kernel"], weights[f"convolution_{width}/bias"]
    time = vectors.shape[1]
    padded = np.pad(vectors, [(0, 0), (width - 1, 0), (0, 0)])
    sums = bias + sum(padded[:, place : place + time] @ kernel[place] for place in range(width))
    return np.maximum(sums, 0)


ARCHITECTURE = Convolution()
