"""The baseline that any recurrent network must beat: the average of the word vectors, which knows no word order.

Known as a deep averaging network (Iyyer et al. 2015).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.messages import N_
from core.models.base import Array, Forward, Layer, Weights
from core.models.padding import Texts
from core.models.read_out import read_out, read_outs
from core.models.text_network import TextNetwork, TextSettings
from core.parameters import parameter

if TYPE_CHECKING:
    from keras import KerasTensor


class PoolingSettings(TextSettings):
    architecture: Literal["pooling"] = "pooling"
    dense_layers: int = parameter(
        1,
        N_("Dense layers"),
        N_("Hidden layers between the text's vector and the answer. More can combine features, and overfit."),
        minimum=0,
        maximum=3,
    )
    dropout: float = parameter(
        0.3,
        N_("Dropout"),
        N_("Share of the values before the answer that is switched off at each training step, against overfitting."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    embedding_dropout: float = parameter(
        0.0,
        N_("Embedding dropout"),
        N_("Share of the numbers of each word's vector that is switched off at each training step."),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )


class Pooling(TextNetwork[PoolingSettings]):
    name = "pooling"
    title = N_("Pooling (no recurrence)")
    summary = N_("Averages the word vectors and ignores their order. The baseline that recurrent networks must beat.")
    order = 90
    family = "baseline"
    settings = PoolingSettings
    without_states = N_(
        "This network has no memory that changes word by word: it averages the vectors of all words, so there are no "
        "hidden states to show."
    )

    def summary_of(self, settings: PoolingSettings, vectors: KerasTensor, texts: Texts | None) -> KerasTensor:
        return read_out(vectors, "mean", texts)

    def walk(self, settings: PoolingSettings, weights: Weights, vectors: Array) -> Forward:
        return Forward({}, read_outs(vectors, "mean", weights))

    def summary_layers(self, settings: PoolingSettings) -> list[Layer]:
        return [Layer("read_out", N_("Mean of the word vectors"), (None, settings.embedding_dim), 0)]


ARCHITECTURE = Pooling()
