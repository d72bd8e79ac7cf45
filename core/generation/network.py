"""The network that writes: ids in, the probabilities of each next token out; in Keras, and as a drawing.

Two forms. In the usual one each step reads the token before, with the label's vector added (teacher forcing while it
learns: the token is the text's own). In the course's form each step reads the label's vector alone, repeated
(RepeatVector): all that it knows of the tokens before is how many there were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from core.config import RunSettings
from core.config.generation import GenerationSettings
from core.errors import SettingsError
from core.generation.rows import FIRST, end_of, outputs_of, start_of
from core.messages import N_
from core.models import Architecture, architecture, architectures
from core.models.base import Layer, Sizes
from core.models.recurrent import Recurrent
from core.models.stack import RecurrentSettings, units_of

if TYPE_CHECKING:
    import keras

Cells = Recurrent[RecurrentSettings]


class CannotWrite(SettingsError):
    message = N_("“{name}” cannot write texts: that takes a network that reads step by step. Choose one of: {names}.")


class ReadsAhead(SettingsError):
    message = N_(
        "A network that writes cannot read in both directions: what comes next is what it has to find out. Switch "
        "“Read in both directions” off (bidirectional=false)."
    )


class LearnsItsVectors(SettingsError):
    message = N_("A network that writes learns the vectors of its words by itself. Start it without word vectors.")


def can_write(item: Architecture) -> bool:
    """Whether an architecture reads from left to right, step by step, and can be asked after each."""
    return isinstance(item, Recurrent)


def require_writer(item: Architecture) -> None:
    """Raises CannotWrite, with those that can."""
    if not can_write(item):
        names = [name for name, each in architectures().items() if can_write(each)]
        raise CannotWrite(name=item.name, names=", ".join(names))


def parts_of(settings: RunSettings) -> tuple[Cells, RecurrentSettings, GenerationSettings]:
    """The architecture, its parameters and the task's; raises the errors above."""
    item = architecture(settings.network.architecture)
    require_writer(item)
    own = cast(RecurrentSettings, settings.network)
    if own.bidirectional:
        raise ReadsAhead
    if settings.preparation.vectors:
        raise LearnsItsVectors
    return cast(Cells, item), own, cast(GenerationSettings, settings.of_task)


def build(settings: RunSettings, sizes: Sizes, cells: Cells | None = None) -> keras.Model:
    """An uncompiled model of stock Keras layers: ids (texts, time) int32 as in rows.py -> (texts, time, outputs).

    It reads from left to right and masks nothing, so zeros after a text change nothing before them. `cells`: in place
    of the architecture's own.
    """
    import keras
    from keras import layers, ops

    item, own, of_task = parts_of(settings)
    item = cells or item
    ids = keras.Input((None,), dtype="int32", name="ids")
    rows = start_of(sizes.vocabulary, sizes.classes)
    embedding = layers.ReversibleEmbedding(rows, own.embedding_dim, name="embedding", tie_weights=of_task.tied)
    starts = ids[:, :1]
    if of_task.form == "repeat_vector":
        vectors = embedding(starts + ops.zeros_like(ids))
    elif sizes.classes > 1:
        vectors = embedding(ids) + embedding(starts)
    else:
        vectors = embedding(ids)
    if own.embedding_dropout:
        vectors = layers.Dropout(own.embedding_dropout, name="embedding_dropout")(vectors)
    states = item.states_of(own, vectors, None)
    if own.dropout:
        states = layers.Dropout(own.dropout, name="dropout")(states)
    if units_of(own, own.layers) != own.embedding_dim:
        states = layers.Dense(own.embedding_dim, name="projection")(states)
    logits = embedding(states, reverse=True)[..., FIRST : end_of(sizes.vocabulary) + 1]
    return keras.Model(ids, layers.Softmax(name="output")(logits), name=f"{item.name}_writer")


def drawing(settings: RunSettings, sizes: Sizes) -> list[Layer]:
    """The same as boxes; their parameters add up to the model's."""
    item, own, of_task = parts_of(settings)
    rows, outputs, size = start_of(sizes.vocabulary, sizes.classes), outputs_of(sizes.vocabulary), own.embedding_dim
    boxes = [
        Layer("ids", N_("Token ids"), (None, None), 0),
        Layer("embedding", N_("Embedding"), (None, None, size), rows * size * (1 if of_task.tied else 2)),
    ]
    if of_task.form == "repeat_vector":
        boxes.append(Layer("repeat_vector", N_("RepeatVector: the label at every step"), (None, None, size), 0))
    boxes += [box for box in item.summary_layers(own) if box.name not in ("attention", "read_out")]
    if (units := units_of(own, own.layers)) != size:
        boxes.append(Layer("projection", N_("Dense"), (None, None, size), (units + 1) * size))
    return [*boxes, Layer("output", N_("Next token: softmax over the vocabulary"), (None, None, outputs), 0)]
